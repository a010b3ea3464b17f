"""Lipschitz conditions by a bound of the derivative, and what is close to them and not proved so."""

from __future__ import annotations

import pytest
from sympy import Abs, Expr, Rational, Symbol, cos, exp, log, sin, sqrt, tanh

from verify.checks.inequalities import mean_value
from verify.config import Settings
from verify.model import Claim, Givens, Relation, Verdict
from verify.terms import Proposition, Rel, sigmoid, softplus

a, b = Symbol("a", real=True), Symbol("b", real=True)
u, v = Symbol("u", positive=True), Symbol("v", positive=True)
k, m = Symbol("k", integer=True), Symbol("m", integer=True)
QUARTER = Rational(1, 4)


def claim(small: Expr, large: Expr, *given: Proposition) -> Claim:
    symbols = tuple(sorted(small.free_symbols | large.free_symbols, key=str))
    return Claim("a claim", small, Relation.LE, large, Givens(symbols, given))


TRUE = [
    claim(Abs(sigmoid(a) - sigmoid(b)), Abs(a - b) / 4),
    claim(sigmoid(a) - sigmoid(b), Abs(b - a) / 4),
    claim(Abs(softplus(a) - softplus(b)), Abs(a - b)),
    claim(Abs(sin(a) * cos(b) - cos(a) * sin(b)), Abs(a - b)),
    claim(Abs(log(1 + u) - log(1 + v)), Abs(u - v)),
    claim(Abs(tanh(u * a) - tanh(u * b)), u * Abs(a - b)),
    claim(Abs(sigmoid(2 * a) - sigmoid(3 * b)), Abs(2 * a - 3 * b) / 4),
]
NOT_SO = [
    claim(Abs(sigmoid(a) - sigmoid(b)), Abs(a - b) / 5),
    claim(Abs(exp(a) - exp(b)), Abs(a - b)),
    claim(Abs(sigmoid(a) - sigmoid(-b)), Abs(a - b) / 4),
    claim(Abs(sqrt(u) - sqrt(v)), Abs(u - v)),
    claim(Abs(1 / (9 * a) - 1 / (9 * b)), Abs(a - b), Rel(Relation.GT, a**2, 1), Rel(Relation.GT, b**2, 1)),
    claim(Abs(sin(a) - sin(b)), Abs(a - b) * cos(b)),
    claim(Abs(sin(k) - sin(m)), Abs(k - m) / 9),
]


@pytest.mark.parametrize("true", TRUE, ids=lambda c: str(c.lhs))
def test_a_bound_of_the_derivative_is_a_bound_of_the_change(true: Claim) -> None:
    found = mean_value.check(true, Settings())
    assert found is not None
    assert found.verdict is Verdict.PROVED
    assert "mean value" in found.detail


@pytest.mark.parametrize("other", NOT_SO, ids=lambda c: str(c.lhs))
def test_what_no_bound_of_the_derivative_shows_is_left(other: Claim) -> None:
    """Some of these hold for other reasons, or on two intervals: none follows from this rule."""
    assert mean_value.check(other, Settings()) is None
