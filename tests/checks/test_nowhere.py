"""A line with one side that is defined nowhere is told so; one that is defined at a single place is not."""

from __future__ import annotations

import pytest
from sympy import log, sqrt

from tests.judging import judge
from verify.model import Verdict
from verify.notation import eq, positive, real

x, m = real("x m")
s = positive("s")

NOWHERE = [
    log(-((x - m) ** 2) / (2 * s**2)),  # at x = m no ball tells that log 0 is meant
    sqrt(2) * log(-((x - m) ** 2) / (2 * s**2)) / s,
    1 / log(-((x - m) ** 2)),
    -log(log(1 - x**2)) / 2,
]
SOMEWHERE = [
    sqrt(-((x - m) ** 2)),  # where x = m
    sqrt(-((3 * x - 1) ** 2)),
    log(m - x**2),
]


@pytest.mark.parametrize("side", NOWHERE, ids=str)
def test_a_side_without_a_value_at_any_point_is_named(side: object) -> None:
    (step,) = judge(eq(x + s, side))
    assert step.verdict is Verdict.UNDECIDED
    assert "the right side is defined nowhere" in step.judgement.reason


@pytest.mark.parametrize("side", SOMEWHERE, ids=str)
def test_a_side_with_a_value_at_some_point_is_not(side: object) -> None:
    (step,) = judge(eq(x + s, side))
    assert "defined nowhere" not in step.judgement.reason
