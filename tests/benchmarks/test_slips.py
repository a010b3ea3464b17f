"""Slips that are made on purpose: of every kind, at every place, the same ones every time; and how they are counted."""

from __future__ import annotations

from collections.abc import Iterable

import pytest
from sympy import Expr, Integer, KroneckerDelta, Product, S, Symbol, asin, cos, exp, gamma, log, sin, sqrt

from benchmarks.slips import report, ways
from benchmarks.slips.draw import Trial, trials
from benchmarks.slips.examine import Finding, examine, named_rightly
from benchmarks.slips.kinds import mutants
from benchmarks.slips.places import exchanged, places, same_place
from benchmarks.slips.same import is_original, one_edit, one_for_another
from benchmarks.slips.subjects import Subject
from verify.config import Settings, unguarded
from verify.model import Claim, Givens, Relation, Verdict
from verify.notation import Sum, delta, dimension, frac, index_set, matrix, real, sigmoid, vector
from verify.occurs import free_symbols
from verify.terms import Content
from verify.terms.whole import gcd

x, y = real("x y")
n, d = dimension("n"), dimension("d")
Omega = index_set("Omega", n)
i, j, k = Omega.indices("i j k")
u = vector("u", Omega)
U = matrix("U", Omega, Omega)


def claim(lhs: Content, relation: Relation, rhs: Content) -> Claim:
    return Claim("a:1", lhs, relation, rhs, Givens(free_symbols((lhs, rhs))))


def subject(lhs: Expr, rhs: Expr, relation: Relation = Relation.EQ) -> Subject:
    return Subject("made up", "a:1", lhs, relation, rhs, (), claim)


def found_as(*named: str) -> Finding:
    return Finding(Verdict.REFUTED, named=named)


def made(line: Expr, code: str, beside: Iterable[Expr] = ()) -> set[Expr]:
    return {mutant.line for mutant in mutants(line, tuple(beside)) if code in mutant.codes[0]}


@pytest.mark.parametrize(
    ("code", "line", "wrong"),
    [
        ("sign", x + 2 * y, x - 2 * y),
        ("sign", x * y, -x * y),
        ("missing-term", x + y + 1, x + y),
        ("extra-term", x + y, 2 * x + y),
        ("missing-factor", x * y * sin(x), x * y),
        ("extra-factor", x + sin(y), x + y * sin(y)),
        ("constant", 3 * x + 1, 4 * x + 1),
        ("exponent", x**3 + y, x**2 + y),
        ("exponent", x**2 * y, x * y),
        ("reciprocal", x / y, x * y),
        ("function", sin(x) * y, cos(x) * y),
        ("lost-function", log(x) + y, x + y),
        ("extra-function", log(x) + y, log(x) + log(y)),
        ("argument", sigmoid(x), sigmoid(-x)),
        ("not-linear", exp(x + y), exp(x) + exp(y)),
        ("brackets", x * (y + sin(x)), y + x * sin(x)),
        ("variable", sin(x) + y, sin(y) + y),
        ("index", U[i, j] + u[j], U[j, j] + u[j]),
        ("transposed", U[i, j] + u[j], U[j, i] + u[j]),
        ("missing-delta", delta(i, j) * u[i], u[i]),
        ("extra-delta", u[i] + u[j], u[i] * KroneckerDelta(i, j) + u[j]),
    ],
)
def test_slips_of_every_kind(code: str, line: Expr, wrong: Expr) -> None:
    assert wrong in made(line, code)


def test_slips_with_sums() -> None:
    total = Sum(u[k], k)
    assert u[i] in made(total, "lost-sum", [u[i]])
    assert any(isinstance(wrong, Product) for wrong in made(total, "sum-for-product"))
    assert len(made(total, "range")) == 2
    assert total * n in made(total, "average")
    assert [w for w in made(u[i] + 1, "extra-sum") if w.has(type(total))]


def test_a_part_is_exchanged_where_it_stands() -> None:
    line = sin(x) * exp(y) + 1
    for place in places(line):
        assert exchanged(line, place.path, place.part) == line
    (at,) = [place for place in places(line) if place.part == y]
    assert exchanged(line, at.path, x) == sin(x) * exp(x) + 1


def test_the_same_slips_are_drawn_every_time_and_of_many_kinds() -> None:
    given = subject((x + y) ** 2, x**2 + 2 * x * y + y**2)
    drawn = trials(0, given, 6, 2, seed=0)
    assert drawn == trials(0, given, 6, 2, seed=0)
    assert drawn != trials(0, given, 6, 2, seed=1)
    assert sum(trial.double for trial in drawn) == 2
    assert len({min(trial.codes[0]) for trial in drawn if not trial.double}) == 6
    assert all(trial.line != given.rhs for trial in drawn)


def test_a_relation_is_turned_and_made_strict() -> None:
    drawn = trials(0, subject(2 * x * y, x**2 + y**2, Relation.LE), 6, 2, seed=0)
    assert [trial.relation for trial in drawn] == [Relation.GE, Relation.LT, Relation.EQ]


def finding(line: Expr, *codes: str) -> tuple[Trial, Finding]:
    trial = Trial(0, 0, (frozenset(codes),), Relation.EQ, line)
    return trial, examine(subject((x + y) ** 2, x**2 + 2 * x * y + y**2), trial, Settings(), unguarded)


def test_a_slip_is_caught_named_and_mended() -> None:
    trial, found = finding(x**2 - 2 * x * y + y**2, "sign")
    assert found.caught
    assert found.named == ("sign",)
    assert found.mended
    assert named_rightly(trial, found, family=False)
    assert not named_rightly(trial, found_as("exponent"), family=True)


def test_what_is_equal_after_all_is_no_slip() -> None:
    _, found = finding((-x - y) ** 2, "sign")
    assert found.dropped == "equal"


def test_a_right_side_that_is_defined_nowhere_is_caught_and_mended() -> None:
    m = Symbol("m", integer=True, positive=True)
    trial = Trial(0, 0, (frozenset({"argument"}),), Relation.EQ, m * gamma(-m))
    found = examine(subject(gamma(m + 1), m * gamma(m)), trial, Settings(), unguarded, points=True)
    assert (found.verdict, found.dropped) == (Verdict.UNDECIDED, "")
    assert found.caught and found.mended and found.named == ("argument",)


def test_each_of_two_slips_wants_its_name() -> None:
    trial = Trial(0, 0, (frozenset({"sign"}), frozenset({"exponent"})), Relation.EQ, x)
    assert named_rightly(trial, found_as("exponent", "sign"), family=False)
    assert named_rightly(trial, found_as("reciprocal", "sign"), family=True)
    assert not named_rightly(trial, found_as("sign"), family=True)


@pytest.mark.parametrize(
    ("original", "wrong", "one"),
    [
        (2 * x, 2 * x + y * sin(x), True),  # a term too many, whatever is in it
        (sin(x), sin(x * cos(y) * 1), True),  # a factor too many
        (x, -2 * x, True),
        (S.One, sin(x), True),
        (S.One, y * sin(x), False),
        (sin(x) + 1, sin(x) - 2, True),  # a wrong number
        (x * sin(y), -x * sin(y) * cos(x), False),
        (x + y, -x + y * sin(x), False),
        (x**2 + y, x + 2 * y, False),
        (x, x, False),
    ],
)
def test_two_slips_on_one_term_factor_or_number_are_one(original: Expr, wrong: Expr, one: bool) -> None:
    assert one_edit(original, wrong) is one


def test_one_name_is_enough_for_two_slips_that_are_one() -> None:
    codes = frozenset({"extra-term"}), frozenset({"extra-factor"})
    assert named_rightly(Trial(0, 0, codes, Relation.EQ, x, one=True), found_as("extra-term"), family=False)
    assert not named_rightly(Trial(0, 0, codes, Relation.EQ, x), found_as("extra-term"), family=False)
    assert not named_rightly(Trial(0, 0, codes, Relation.EQ, x, one=True), found_as("sign"), family=False)


def test_two_slips_have_the_names_of_any_two_that_make_the_line() -> None:
    assert ways.make(x + 1, -x + y + 1, ("extra-term", "sign"), (y,))
    assert not ways.make(x + 1, -x + y + 1, ("extra-term", "exponent"), (y,))


def test_a_single_slip_may_explain_two() -> None:
    square = sin(x) ** 2 + cos(x) ** 2
    assert ways.one_explains(subject(square, S.One), square + 2 * x, Settings(), unguarded)  # a term too many
    assert not ways.one_explains(subject(square, S.One), 2 * x + y, Settings(), unguarded)


def test_tables_and_misses() -> None:
    trial, good = finding(x**2 - 2 * x * y + y**2, "sign")
    bad = Finding(Verdict.SUPPORTED, wrong_line="w", right_line="r", lhs="l =")
    subjects = [subject(x, x)]
    text = report.tables(subjects, [Verdict.PROVED], [trial, trial], [good, bad])
    assert "| all | 2 | 50.0 % | 1 | 0 | 100.0 % | 100.0 % | 100.0 % | 0 |" in text
    listed = report.misses(subjects, [Verdict.REFUTED], [trial, trial], [good, bad])
    assert listed.startswith("FALSE ALARM a:1")
    assert listed.count("CALLED TRUE") == 1


def folded(line: Expr, wrong: Expr) -> bool:
    return next(mutant.folded for mutant in mutants(line, ()) if mutant.line == wrong)


def test_what_nobody_has_written_is_told_from_what_somebody_may_write() -> None:
    assert folded(x + y, 2 * y)
    assert folded(x**2 * sin(x) ** 2, x**4)
    assert folded(1 / (1 + exp(-x)), exp(x))
    assert folded((1 - sigmoid(x)) * sigmoid(x), -(sigmoid(x) ** 2))
    assert folded(3 * x**2 + 2, Integer(5))
    assert folded(1 - frac(1, 1 + exp(x)), Integer(0))
    assert folded(x ** (y / 2 - 1), 1 / sqrt(x))
    assert folded(x - 3 * log(2), x - 6)
    assert folded(10 * asin(exp(-1)), Integer(10))
    assert not folded(2 * x + y, 3 * x + y)
    assert not folded(x * sin(y), -x * sin(y))
    assert not folded(x**2 * sin(x) ** 2, x**2 * sin(x))


def test_the_original_is_an_expression_tree_but_for_what_was_erased() -> None:
    total = sin(x) * (y - x) + cos(x)
    assert is_original(cos(x) - sin(x) * (x - y), total, "", None)
    assert not is_original(total.expand(), total, "", None)
    assert is_original(Sum(u[j] * U[i, j], j), Sum(u[k] * U[i, k], k), "", None)
    assert not is_original(Sum(u[j] * U[i, k], j), Sum(u[k] * U[i, k], k), "", None)
    assert not is_original(cos(x) + exp(x), total, "", None)
    lost = next(mutant.lost for mutant in mutants(total, ()) if mutant.line == cos(x))
    assert is_original(cos(x) + exp(x), total, "", lost)
    assert not is_original(exp(x) + sin(x), total, "", lost)
    quotient = x * frac(2, 1 + 2 * x + x**2)
    lost = next(mutant.lost for mutant in mutants(quotient, ()) if mutant.line == 2 * x)
    assert is_original(2 * x / (1 + x) ** 2, quotient, "", lost)
    assert not is_original(x / (1 + x) ** 2, quotient, "", lost)
    assert is_original(gcd(y, x), gcd(x, y), "", None)
    assert is_original((x / 4 - y / 4) * (x - 1), (x - y) * (x - 1) / 4, "", None)
    bracket = sin(x) * (y + x) + 2
    lost = next(mutant.lost for mutant in mutants(bracket, ()) if mutant.line == x * sin(x) + 2)
    assert is_original(y * sin(x) + x * sin(x) + 2, bracket, "", lost)
    assert not is_original(y * sin(x) + y + 2, bracket, "", lost)


def test_two_slips_that_a_single_one_makes_or_undoes_are_no_pair() -> None:
    assert one_for_another(x + sin(y), y + sin(y))
    assert one_for_another(x * sin(y), x + sin(y))
    assert one_for_another(S.One, x + 1 / x)  # x·(1/x), which SymPy makes 1 of
    assert not one_for_another(x + sin(y), y + sin(x))
    assert one_edit(S.Zero, 2 * x**2) and not one_edit(S.Zero, x + y)
    given = subject(sin(x) ** 2 + cos(x) ** 2, S.One)
    lines = [trial.line for seed in range(8) for trial in trials(0, given, 0, 4, seed=seed)]
    assert lines and (x + 1) ** 2 not in lines  # without x it is 1


def test_what_a_pair_has_erased_is_known_to_be_lost() -> None:
    total = sin(x) + cos(y)
    assert same_place(cos(total) + exp(x), (1, 0), x + exp(x)) is None
    assert same_place(exp(total), (0, 1), total) == (1,)


def test_two_changes_of_which_one_changes_nothing_are_no_pair() -> None:
    given = subject((x + y) ** 2, x**2 + 2 * x * y + y**2)
    codes = (frozenset({"sign"}), frozenset({"exponent"}))
    for between, dropped in ((x**2 + 2 * x * y + y**3, ""), ((x + y) ** 2, "one slip, the other one changes nothing")):
        trial = Trial(0, 0, codes, Relation.EQ, x**2 - 2 * x * y + y**3, between=between)
        assert examine(given, trial, Settings(), unguarded).dropped == dropped
