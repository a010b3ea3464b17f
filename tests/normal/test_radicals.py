"""Radicals that depend on one another: nested ones, conjugates, constants."""

from __future__ import annotations

import pytest
from sympy import Derivative, Expr, Integer, Rational, Symbol, cbrt, cos, log, pi, sin, sqrt, tan

from verify.facts import Facts
from verify.model import Givens
from verify.normal import prove_equal

x, y = Symbol("x", real=True), Symbol("y", positive=True)
z = Symbol("z")
REAL = Facts(Givens(symbols=(x, y)))
COMPLEX = Facts(Givens(symbols=(z,)), real_mode=False)
s = sqrt(x**2 + 1)

EQUAL = [
    (sqrt(5 + 2 * sqrt(6)), sqrt(2) + sqrt(3)),
    (sqrt(3 - 2 * sqrt(2)), sqrt(2) - 1),
    (sqrt(-110 + 50 * sqrt(5)) * sqrt(110 + 50 * sqrt(5)), 20),
    (sqrt(sqrt(10) - Rational(13, 5)) * sqrt(1 + sqrt(10)), sqrt(Rational(32, 5)) - 1),
    ((7 + 5 * sqrt(2)) ** Rational(1, 3), 1 + sqrt(2)),
    (sqrt(y + 2 * sqrt(y - 1)), 1 + sqrt(y - 1)),
    (sqrt(1 + sqrt(1 - y**2)), sqrt((1 + y) / 2) + sqrt((1 - y) / 2)),
    (sqrt(s - x) * sqrt(s + x), 1),
    (sqrt(sqrt(1 + y) - 1) * sqrt(sqrt(1 + y) + 1), sqrt(y)),
    (cbrt(2 + sqrt(5)) - cbrt(sqrt(5) - 2), 1),
    (cos(pi / 7) - cos(2 * pi / 7) + cos(3 * pi / 7), Rational(1, 2)),
    (tan(3 * pi / 11) + 4 * sin(2 * pi / 11), sqrt(11)),
    (x * sqrt(2) + x * sqrt(3), x * sqrt(5 + 2 * sqrt(6))),
    (log(2 + sqrt(3)), -log(2 - sqrt(3))),
    (log(s + x), -log(s - x)),
    (log(s + x) + log(s - y), log(s - y) - log(s - x)),
    (Derivative(sqrt(1 + sqrt(1 + sqrt(y))), y), 1 / (8 * sqrt(y) * sqrt(1 + sqrt(y)) * sqrt(1 + sqrt(1 + sqrt(y))))),
]
UNEQUAL = [
    (sqrt(3 - 2 * sqrt(2)), 1 - sqrt(2)),
    (sqrt(5 - 2 * sqrt(6)), sqrt(2) - sqrt(3)),
    (sqrt(y - 2 * sqrt(y - 1)), 1 - sqrt(y - 1)),  # |1 − √(y − 1)|
    (sqrt(x**2 + 2 * x + 1), x + 1),
    (sqrt(5 + 2 * sqrt(6)), sqrt(2) + sqrt(3) + Integer(10) ** -30),
    (cos(pi / 7) - cos(2 * pi / 7) + cos(3 * pi / 7), Rational(1, 2) + Integer(10) ** -50),
    (log(s + x), log(s - x)),
    (log(2 + sqrt(3)), -log(3 - sqrt(3))),
]


@pytest.mark.parametrize(("lhs", "rhs"), EQUAL)
def test_equal(lhs: Expr, rhs: Expr) -> None:
    assert prove_equal(lhs, rhs, REAL)


@pytest.mark.parametrize(("lhs", "rhs"), UNEQUAL)
def test_unequal(lhs: Expr, rhs: Expr) -> None:
    assert prove_equal(lhs, rhs, REAL) is None


def test_squaring_needs_signs() -> None:
    assert prove_equal(sqrt(z**2 + 2 * z + 1), z + 1, COMPLEX) is None
    assert prove_equal(sqrt(z - 1) * sqrt(z + 1), sqrt(z**2 - 1), COMPLEX) is None
