"""Limits at ±∞, and the interval to which the givens confine a variable."""

from __future__ import annotations

import pytest
from sympy import Expr, S, Symbol, atan, exp, oo, pi

from verify.checks.interval import Interval, interval_of
from verify.checks.limits import limit
from verify.facts import Facts
from verify.model import Givens, Relation
from verify.terms import Rel

x, t = Symbol("x", real=True), Symbol("t", real=True, nonzero=True)
a = Symbol("a", positive=True)


@pytest.mark.parametrize(
    ("function", "expected"),
    [
        (exp(-x) + 1 / (1 - pi), 1 / (1 - pi)),  # a power that does not move is no power that falls to 0
        (1 / a + 1 / x, 1 / a),
        (atan(x) + 1 / (a + 1), pi / 2 + 1 / (a + 1)),
        (1 / (x + a), 0),
        (exp(x) - x, None),
    ],
)
def test_limit(function: Expr, expected: Expr | None) -> None:
    assert limit(function, x, oo, Facts(Givens((x, a), ()))) == expected


def test_a_variable_that_is_not_zero_lies_in_two_intervals() -> None:
    assert interval_of(Givens((t,), ()), t) is None
    positive = Givens((t,), (Rel(Relation.GT, t, S.Zero),))
    assert interval_of(positive, t) == Interval(S.Zero, oo, (False, True))
