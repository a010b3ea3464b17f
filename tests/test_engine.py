"""The ladder and the chain: what the verdicts add up to."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from sympy import Abs, Derivative, Expr, Integer, Max, Rational, besselj, erf, exp, log, sign, sin, sqrt, tanh

from verify import engine, ladder
from verify.checks.equations import canonical
from verify.config import Settings
from verify.model import Claim, Derivation, Evidence, Relation, Run, Standing, StepResult, Verdict, Witness
from verify.notation import (
    Eq,
    Gt,
    Lt,
    Ne,
    Sum,
    derivation,
    dimension,
    eq,
    frac,
    ge,
    gt,
    implies,
    index_set,
    le,
    line,
    ne,
    real,
    sigmoid,
    vector,
)
from verify.show import show
from verify.standing import compose, standing_of

x, y = real("x y")
R = Relation


def judge(*steps: object, **more: object) -> tuple[StepResult, ...]:
    made = derivation("test", "A test", steps=steps, **more)  # type: ignore[arg-type]  # test input
    assert isinstance(made, Derivation)
    return engine.judge(made, Settings()).steps


COMPOSED = [
    (R.EQ, R.EQ, R.EQ),
    (R.EQ, R.LT, R.LT),
    (R.LE, R.EQ, R.LE),
    (R.LE, R.LT, R.LT),
    (R.LT, R.LE, R.LT),
    (R.GE, R.GE, R.GE),
    (R.GE, R.GT, R.GT),
    (R.LE, R.GE, None),
    (R.NE, R.EQ, R.NE),
    (R.NE, R.NE, None),
    (R.LT, R.NE, None),
    (R.IMPLIES, R.IFF, R.IMPLIES),
    (R.IFF, R.IFF, R.IFF),
    (R.SAME_MAXIMISERS, R.IMPLIES, R.IMPLIES),
    (R.SAME_MAXIMISERS, R.SAME_MAXIMISERS, R.SAME_MAXIMISERS),
    (None, R.EQ, None),
]


@pytest.mark.parametrize(("first", "second", "both"), COMPOSED)
def test_relations_compose_along_the_chain(first: R | None, second: R, both: R | None) -> None:
    assert compose(first, second) is both


STANDINGS = [
    (Verdict.PROVED, Verdict.PROVED, Standing.SOUND),
    (Verdict.SUPPORTED, Verdict.PROVED, Standing.SOUND),
    (Verdict.REFUTED, Verdict.REFUTED, Standing.OWN_SLIP),
    (Verdict.PROVED, Verdict.REFUTED, Standing.CARRIED),
    (Verdict.REFUTED, Verdict.SUPPORTED, Standing.CANCELS),
    (Verdict.UNDECIDED, Verdict.PROVED, Standing.UNKNOWN),
    (Verdict.PROVED, None, Standing.UNKNOWN),
]


@pytest.mark.parametrize(("step", "start", "standing"), STANDINGS)
def test_standing(step: Verdict, start: Verdict | None, standing: Standing) -> None:
    assert standing_of(step, start) is standing


def test_a_proof_beside_a_refutation_is_a_conflict(monkeypatch: pytest.MonkeyPatch) -> None:
    def lies(claim: Claim, settings: Settings) -> Evidence:
        return Evidence("liar", Verdict.PROVED, "because I say so")

    lies.__module__ = "verify.checks.liar"
    monkeypatch.setattr(ladder, "SYMBOLIC", (lies,))
    (step,) = judge(eq(x, x + 1))
    assert step.verdict is Verdict.CONFLICT
    assert "liar proves it, numeric refutes it" in step.judgement.reason
    result = engine.judge(derivation("t", "T", steps=[eq(x, x + 1, erratum="known")]), Settings())  # type: ignore[arg-type]
    assert Run("", 0, (result,)).exit_code == 2


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


def test_an_erratum_acknowledges_and_the_step_that_cancels_is_covered() -> None:
    steps = judge(eq(2 * x, erratum="a factor"), eq(x), start=line(x))
    assert [s.acknowledged for s in steps] == [True, True]
    steps = judge(eq(2 * x), eq(x), start=line(x))
    assert [s.acknowledged for s in steps] == [False, False]


def test_an_erratum_on_a_step_that_verifies_is_stale() -> None:
    (step,) = judge(eq(x + 0, erratum="wrong"), start=line(x))
    assert step.stale_erratum
    result = engine.judge(derivation("t", "T", start=line(x), steps=[eq(x, erratum="wrong")]), Settings())  # type: ignore[arg-type]
    assert Run("", 0, (result,)).exit_code == 1


def test_a_chain_of_inequalities_is_judged_from_its_first_line() -> None:
    steps = judge(le(x**2 + 1), le(x**2 + 2), eq(2 + x**2), start=line(x**2))
    assert [s.standing for s in steps] == [Standing.SOUND] * 3
    assert steps[-1].from_start is not None
    assert steps[-1].from_start.verdict is Verdict.PROVED


def test_relations_that_do_not_compose_leave_the_standing_open() -> None:
    steps = judge(le(x**2 + 1), ge(x**2), start=line(x**2))
    assert steps[1].from_start is None
    assert steps[1].standing is Standing.UNKNOWN


def test_implications_keep_earlier_lines_as_premises() -> None:
    steps = judge(
        implies(Eq(x, 2), tag="b"),
        implies(Eq(x + y, 5), tag="c", keep="a"),
        start=line(Eq(y, 3), tag="a"),
        given=[Eq(x, 2)],
    )
    assert [s.verdict for s in steps] == [Verdict.PROVED, Verdict.PROVED]


def test_verdicts_are_deterministic() -> None:
    def once() -> tuple[StepResult, ...]:
        from dataclasses import replace

        steps = judge(eq(sqrt(x**2), x), eq((x + y) ** 3, x**3 + y**3))
        return tuple(replace(s, judgement=replace(s.judgement, evidence=()), from_start=None) for s in steps)

    assert once() == once()


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


def test_transitivity_does_not_skip_the_points_where_a_line_between_is_undefined() -> None:
    steps = judge(eq(frac(x * log(x), log(x))), eq(x), start=line(Abs(x)))
    assert [s.verdict for s in steps] == [Verdict.PROVED, Verdict.PROVED]
    assert steps[1].from_start is not None
    assert steps[1].from_start.verdict is Verdict.REFUTED
    assert steps[1].standing is Standing.CARRIED


def test_a_wrong_line_that_is_kept_does_not_make_a_later_one_right() -> None:
    steps = judge(
        implies(Eq(x, 2), tag="a"), implies(Eq(y, y)), implies(Eq(x, 2), keep="a"), start=line(Eq(x, 1), tag="0")
    )
    assert [s.standing for s in steps] == [Standing.OWN_SLIP, Standing.SOUND, Standing.CARRIED]


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


@pytest.mark.parametrize("side", [tanh(x + 10**7), besselj(0, x) + 1 - besselj(0, x + Rational(1, 2**3000))])
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


def test_conditions_on_bound_indices_are_told_and_break_transitivity() -> None:
    n = dimension("n")
    i = index_set("O", n).index("i")
    v = vector("v", n)
    steps = judge(
        eq(Sum(frac(v[i], v[i]), i)),
        eq(Sum(Max(sign(v[i]) ** 2, Rational(1, 2)), i)),
        start=line(Sum(sign(v[i]) ** 2, i)),
    )
    assert "v[i] ≠ 0 for i = 1, …, n" in steps[0].judgement.scope
    assert steps[1].from_start is not None
    assert steps[1].from_start.verdict is Verdict.REFUTED


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
