"""The chain: how steps add up, errata, and what is kept from line to line."""

from __future__ import annotations

import pytest
from sympy import Abs, Max, Rational, log, sign, sqrt

from tests.judging import judge
from verify import engine
from verify.config import Settings
from verify.model import Relation, Run, Standing, StepResult, Verdict
from verify.notation import Eq, Sum, derivation, dimension, eq, frac, ge, implies, index_set, le, line, real, vector
from verify.standing import compose, standing_of

x, y = real("x y")
R = Relation

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
