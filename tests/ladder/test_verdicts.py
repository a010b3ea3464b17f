"""Single claims by the whole ladder: verdicts, scopes, conflicts, limits."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from sympy import Abs, Derivative, Expr, I, Integer, Integral, Rational, besselj, erf, exp, gamma, log, pi, sin, tanh

from tests.judging import judge
from verify import engine, ladder
from verify.checks.equations import canonical
from verify.config import Settings
from verify.model import Claim, Evidence, Relation, Run, Verdict, Witness
from verify.notation import (
    Eq,
    Gt,
    Lt,
    Ne,
    derivation,
    dimension,
    eq,
    frac,
    ge,
    gt,
    implies,
    index_set,
    le,
    lt,
    ne,
    positive,
    real,
    sigmoid,
    vector,
)
from verify.show import show

x, y = real("x y")


def test_a_proof_beside_a_refutation_is_a_conflict(monkeypatch: pytest.MonkeyPatch) -> None:
    def lies(claim: Claim, settings: Settings) -> Evidence:
        return Evidence("liar", Verdict.PROVED, "because I say so")

    lies.__module__ = "verify.checks.liar"
    monkeypatch.setattr(ladder, "SYMBOLIC", (lies,))
    (step,) = judge(eq(x, x + 1))
    assert step.verdict is Verdict.CONFLICT
    assert "liar proves it, numeric refutes it" in step.judgement.reason
    made = derivation("t", "T", steps=[eq(x, x + 1, erratum="known")])
    assert made is not None
    assert Run("", 0, (engine.judge(made, Settings()),)).exit_code == 2


def test_of_what_balls_contradict_at_once_the_canonical_form_is_asked_but_searches_no_proof(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    asked = []

    def prover(claim: Claim, settings: Settings) -> None:
        asked.append(settings.refuted)

    prover.__module__ = "verify.checks.prover"
    monkeypatch.setattr(ladder, "SYMBOLIC", (prover,))
    (wrong,) = judge(eq(sin(x) ** 2, 1 - sin(x + 1) ** 2))
    assert wrong.verdict is Verdict.REFUTED
    judge(eq(sin(x) ** 2, 1 - sin(x + pi / 2) ** 2))
    assert asked == [True, False]


VACUOUS: list[tuple[str, Callable[[], object], list[object]]] = [
    ("two bounds", lambda: ge(x**2, 1), [Gt(x, 2), Lt(x, 1)]),
    ("a square below zero", lambda: eq(x, x), [Lt(x**2, 0)]),
    ("an equation without roots", lambda: gt(x, 5), [Eq(x**2, -1)]),
]


@pytest.mark.parametrize(("make", "given"), [row[1:] for row in VACUOUS], ids=[row[0] for row in VACUOUS])
def test_assumptions_that_admit_no_point_make_a_claim_vacuous(make: Callable[[], object], given: list[object]) -> None:
    (step,) = judge(make(), given=given)
    assert step.verdict is Verdict.VACUOUS
    result = engine.judge(derivation("t", "T", steps=[make()], given=given), Settings())  # type: ignore[list-item, arg-type]
    assert Run("", 0, (result,)).exit_code == 1


def test_both_sides_speak() -> None:
    (step,) = judge(eq(log(exp(x)), x))
    assert {e.verdict for e in step.judgement.evidence} == {Verdict.PROVED, Verdict.SUPPORTED}


def test_one_check_that_fails_leaves_the_others(monkeypatch: pytest.MonkeyPatch) -> None:
    def guard(name: str, check: Callable[[], Evidence | None]) -> Evidence | None:
        if name.endswith("/canonical"):
            return Evidence("canonical", Verdict.UNDECIDED, "time limit, 10 s")
        return check()

    made = derivation("t", "T", steps=[eq((x + 1) ** 2, x**2 + 2 * x + 1)])
    assert made is not None
    (step,) = engine.judge(made, Settings(), guard).steps
    assert step.verdict.holds
    assert any(e.detail == "time limit, 10 s" for e in step.judgement.evidence)


def test_a_claim_whose_checks_all_end_at_a_limit_is_undecided_with_the_reason() -> None:
    def guard(name: str, check: Callable[[], Evidence | None]) -> Evidence | None:
        return Evidence(name.rsplit("/", 1)[-1], Verdict.UNDECIDED, "time limit, 10 s")

    made = derivation("t", "T", steps=[eq(x, x + 1)])
    assert made is not None
    (step,) = engine.judge(made, Settings(), guard).steps
    assert step.verdict is Verdict.UNDECIDED
    assert "time limit, 10 s" in step.judgement.reason


def test_the_witness_is_inside_the_givens() -> None:
    (step,) = judge(gt(x, 3), given=[Gt(x, 2)])
    witness = step.judgement.witness
    assert isinstance(witness, Witness)
    assert 2 < eval_fraction(witness.point["x"]) <= 3


def eval_fraction(written: str) -> float:
    from fractions import Fraction

    return float(Fraction(written))


def test_canonical_form_says_nothing_of_strict_inequalities() -> None:
    from verify.engine import make_claim

    made = derivation("t", "T", steps=[gt(x, x - 1)])
    assert made is not None
    step = made.steps[0]
    assert step.alone_lhs is not None
    claim = make_claim("t:1", step.alone_lhs, step.relation, step, made, ())
    assert canonical.check(claim, Settings()) is None


DOMAINS = [
    (lambda: eq(frac(x, x), 1), "x ≠ 0"),
    (lambda: ge(frac(x**2 * y, y), 0), "y ≠ 0"),
    (lambda: eq(log(x) - log(x), 0 * y), ""),
    (lambda: le(log(x), x), "x > 0"),
    (lambda: gt(frac(1, x**2 + 1), 0), ""),
]


@pytest.mark.parametrize(("make", "scope"), DOMAINS)
def test_where_the_sides_are_defined_goes_into_the_scope(make: Callable[[], object], scope: str) -> None:
    (step,) = judge(make())
    assert step.verdict.holds
    assert step.judgement.scope == scope


def test_a_relation_that_is_defined_nowhere_is_not_passed() -> None:
    (step,) = judge(ge(log(x) + log(-x), log(-x) + log(x)))
    assert step.verdict is Verdict.UNDECIDED
    assert "no point was found" in step.judgement.reason


def test_a_side_that_is_defined_nowhere_is_named() -> None:
    p, q = positive("p q")
    (step,) = judge(eq(log(p - q), log(-q)))
    assert step.verdict is Verdict.UNDECIDED
    assert "the right side is defined nowhere" in step.judgement.reason


IMPOSSIBLE = [Eq(x**2, -1), Lt(Abs(x), 0), Ne(x, x)]


@pytest.mark.parametrize("premise", IMPOSSIBLE)
def test_an_implication_from_the_impossible_is_vacuous(premise: object) -> None:
    (step,) = judge(implies(premise, Eq(x, 1)))
    assert step.verdict is Verdict.VACUOUS


def test_a_counterexample_at_an_irrational_point_forbids_support() -> None:
    (step,) = judge(ne(x**3 - x, 5))
    assert step.verdict is Verdict.UNDECIDED
    assert "irrational point" in step.judgement.reason


@pytest.mark.parametrize("side", [sigmoid(x + 1600), sigmoid(x + exp(8)), 1 + Rational(1, 2**3000) * x, erf(x**2 + 50)])
def test_a_difference_of_hundreds_of_digits_shows_itself(side: Expr) -> None:
    (step,) = judge(eq(side, 1))
    assert step.verdict is Verdict.REFUTED


@pytest.mark.parametrize("side", [tanh(x**2 + 10**7), besselj(0, x) + 1 - besselj(0, x + Rational(1, 2**3000))])
def test_where_a_difference_cannot_show_itself_numbers_are_no_support(side: Expr) -> None:
    (step,) = judge(eq(side, 1))
    assert step.verdict is Verdict.UNDECIDED


def test_a_very_long_number_is_no_trouble() -> None:
    (step,) = judge(eq(Integer(2) ** 20000, 1))
    assert step.verdict is Verdict.REFUTED
    assert len(step.lhs) < 100


def test_an_expression_of_shared_parts_is_no_trouble() -> None:
    e = x
    for _ in range(12):
        e = sin(e) + e**2
    made = derivation("t", "T", steps=[eq(e, e)])
    assert made is not None
    claim = engine.make_claim("t:1", made.steps[0].line.content, Relation.EQ, made.steps[0], made, ())
    assert "parts" in show(claim.lhs)


def test_where_it_holds_is_not_outside_the_givens() -> None:
    n = dimension("n")
    i, j = index_set("O", n).indices("i j")
    v = vector("v", n)
    (step,) = judge(eq(v[i], v[j]), given=[Ne(i, j)])
    assert step.verdict is Verdict.REFUTED
    assert step.judgement.scope == ""


def test_a_premise_that_excludes_every_defined_point_is_vacuous() -> None:
    (step,) = judge(implies(Eq(y, 0), Eq(frac(x, y), frac(x, y))))
    assert step.verdict is Verdict.VACUOUS


def test_a_derivative_of_symbolic_order_has_values() -> None:
    n = dimension("n")
    (step,) = judge(eq(Derivative(exp(2 * x), (x, n)), 2 * exp(2 * x)))
    assert step.verdict is Verdict.REFUTED


def test_values_too_large_for_floats_do_not_seem_to_touch() -> None:
    t = positive("t")
    (step,) = judge(lt(Abs(gamma(x + 2 * t * I)), Abs(gamma(x + t * I))))
    assert step.judgement.verdict is Verdict.SUPPORTED


def test_a_range_without_length_at_a_pole_is_no_counterexample() -> None:
    (step,) = judge(eq(Integral(1 / y, (y, x, 2 * x)), log(2)))
    assert step.verdict.holds
