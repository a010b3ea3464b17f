"""Conjugates, real and imaginary parts, moduli and arguments; arctangents over Gaussian primes."""

from __future__ import annotations

import pytest
from sympy import (
    Abs,
    Derivative,
    Expr,
    I,
    Integer,
    Rational,
    Symbol,
    acos,
    arg,
    asin,
    atan,
    atan2,
    besselj,
    conjugate,
    cos,
    cosh,
    exp,
    gamma,
    im,
    legendre,
    log,
    pi,
    re,
    sign,
    sin,
    sinh,
    sqrt,
    symbols,
)

from verify.facts import Facts
from verify.model import Givens
from verify.normal import prove_equal
from verify.recheck import recheck

z, w = symbols("z w")
u = Symbol("u", zero=False)
x, y = symbols("x y", real=True)
p = Symbol("p", positive=True)
n = Symbol("n", integer=True, nonnegative=True)
FACTS = Facts(Givens(symbols=(z, w, u, x, y, p, n)), real_mode=False)

TRUE = [
    (re(z) + I * im(z), z),
    (conjugate(z * w + 1), conjugate(z) * conjugate(w) + 1),
    (Abs(z) ** 2, re(z) ** 2 + im(z) ** 2),
    (Abs(z * w), Abs(z) * Abs(w)),
    (Abs(exp(z)), exp(re(z))),
    (re(exp(z)), exp(re(z)) * cos(im(z))),
    (im(z**2), 2 * re(z) * im(z)),
    (sign(exp(z)), exp(I * im(z))),
    (sign(u), exp(I * arg(u))),
    (arg(sqrt(z)), arg(z) / 2),
    (re(log(u)), log(Abs(u))),
    (Abs(sqrt(z)), sqrt(Abs(z))),
    (Abs(u**w), Abs(u) ** re(w) * exp(-im(w) * arg(u))),
    (conjugate(u**w) * u ** conjugate(w), Abs(u) ** (2 * conjugate(w))),
    (conjugate(gamma(z)), gamma(conjugate(z))),
    (conjugate(besselj(n, z)), besselj(n, conjugate(z))),
    (conjugate(legendre(n, z)), legendre(n, conjugate(z))),
    (Abs(sin(x + I * y)) ** 2, sin(x) ** 2 + sinh(y) ** 2),
    (re(cos(x + I * y)), cos(x) * cosh(y)),
    (im(1 / (x + I * y)), -y / (x**2 + y**2)),
    (atan2(y, x), im(log(x + I * y))),
    (Derivative(atan2(y, x), x), -y / (x**2 + y**2)),
    (Derivative(atan2(y, x), y), x / (x**2 + y**2)),
    (Derivative(log(Abs(x + I * y)), x), x / (x**2 + y**2)),
    (atan2(x, p), atan(x / p)),
    (4 * atan(Rational(1, 5)) - atan(Rational(1, 239)), pi / 4),
    (atan(Integer(1) / 2) + atan(Integer(1) / 3), pi / 4),
    (atan(1) + atan(2) + atan(3), pi),
    (asin(z), -I * log(I * z + sqrt(1 - z**2))),
    (atan(z), I / 2 * (log(1 - I * z) - log(1 + I * z))),
    (acos(z), pi / 2 + I * log(I * z + sqrt(1 - z**2))),
    (2 * atan(Rational(3, 2)), pi - atan(Rational(12, 5))),
]
FALSE = [
    (conjugate(u**w), conjugate(u) ** conjugate(w)),  # on the cut
    (Abs(u**w), Abs(u) ** re(w)),
    (sign(z), exp(I * arg(z))),  # sign 0 = 0
    (conjugate(log(z)), log(conjugate(z))),  # on the cut
    (conjugate(sqrt(z)), sqrt(conjugate(z))),
    (arg(z**2), 2 * arg(z)),
    (arg(z * w), arg(z) + arg(w)),
    (sign(z) * conjugate(sign(z)), Integer(1)),
    (atan2(y, x), atan(y / x)),
    (Abs(z + w), Abs(z) + Abs(w)),
    (conjugate(z**x), conjugate(z) ** x),
    (atan(1) + atan(2) + atan(3), Integer(0) * x),
    (asin(z), I * log(I * z + sqrt(1 - z**2))),
    (asin(z), -I * log(I * z + I * sqrt(z**2 - 1))),
    (atan(z), I / 2 * log((1 - I * z) / (1 + I * z))),
    (atan(Integer(2)) * 2, atan(Rational(-4, 3))),  # a turn apart
]


@pytest.mark.parametrize(("lhs", "rhs"), TRUE, ids=str)
def test_proved(lhs: Expr, rhs: Expr) -> None:
    assert prove_equal(lhs, rhs, FACTS) is not None
    found = recheck(lhs, rhs, tuple(lhs.free_symbols | rhs.free_symbols))
    assert not found.disagreement


@pytest.mark.parametrize(("lhs", "rhs"), FALSE, ids=str)
def test_not_proved(lhs: Expr, rhs: Expr) -> None:
    assert prove_equal(lhs, rhs, FACTS) is None
