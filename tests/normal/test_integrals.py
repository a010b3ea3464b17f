"""Integrals by the fundamental theorem, and what must not be taken for one."""

from __future__ import annotations

import pytest
from sympy import (
    Abs,
    Derivative,
    Expr,
    I,
    Integral,
    Rational,
    Si,
    Symbol,
    bernoulli,
    cos,
    digamma,
    erf,
    exp,
    gamma,
    laguerre,
    log,
    oo,
    pi,
    sin,
    sinc,
    sqrt,
    symbols,
    tan,
    uppergamma,
)

from verify.facts import Facts
from verify.model import Givens
from verify.normal import prove_equal

z, w = symbols("z w")
a, b, p, q = symbols("a b p q", positive=True)
x = Symbol("x", real=True)
s = Symbol("s", positive=True)
t = Symbol("t", positive=True)
r = Symbol("r", real=True)
c = Symbol("c", complex=True)
n = Symbol("n", integer=True, nonnegative=True)
m = Symbol("m", integer=True)
FACTS = Facts(Givens(symbols=(z, w, a, b, p, q, x, s, n, m)), real_mode=False)

TRUE = [
    (Integral(c**3, (c, 0, z)), z**4 / 4),
    (Integral(w * c**2 + z * c + 1, (c, 0, p)), w * p**3 / 3 + z * p**2 / 2 + p),
    (Integral(exp(z * c), (c, 0, 1)), (exp(z) - 1) / z),
    (Integral(c**2 * exp(-c), (c, 0, z)), 2 - (z**2 + 2 * z + 2) * exp(-z)),
    (Integral(exp(-a * t), (t, 0, oo)), 1 / a),
    (Integral(t**n * exp(-t), (t, 0, oo)), gamma(n + 1)),
    (Integral(t ** (s - 1) * exp(-a * t), (t, 0, oo)), gamma(s) / a**s),
    (Integral(t ** (s - 1) * exp(-t), (t, p, oo)), uppergamma(s, p)),
    (Integral(exp(-(r**2)), (r, -oo, oo)), sqrt(pi)),
    (Integral(r**2 * exp(-((r - x) ** 2) / (2 * a**2)), (r, -oo, oo)), a * sqrt(2 * pi) * (x**2 + a**2)),
    (Integral(exp(-(c**2)), (c, 0, z)), sqrt(pi) / 2 * erf(z)),
    (Integral(cos(b * r) * exp(-a * r**2), (r, -oo, oo)), sqrt(pi / a) * exp(-(b**2) / (4 * a))),
    (Integral(sin(r) ** 2, (r, 0, pi)), pi / 2),
    (Integral(r * sin(r), (r, 0, pi)), pi),
    (Integral(exp(-t) * t * sin(t), (t, 0, oo)), Rational(1, 2)),
    (Integral(exp(I * z * r), (r, -1, 1)), 2 * sinc(z)),
    (Integral(log(t), (t, 0, 1)), -1 + 0 * z),
    (Integral(t**s * log(t), (t, 0, 1)), -1 / (s + 1) ** 2),
    (Integral(sqrt(t), (t, 0, p)), 2 * p * sqrt(p) / 3),
    (Integral(bernoulli(n, c), (c, z, z + 1)), z**n),
    (Integral(laguerre(n, r), (r, 0, x)), laguerre(n, x) - laguerre(n + 1, x)),
    (Integral(sin(r) / r, (r, -oo, oo)), pi),
    (Integral(sin(r) ** 3 / r**3, (r, 0, oo)), 3 * pi / 8),
    (Integral((sin(r) - r * cos(r)) / r**3, (r, 0, oo)), pi / 4),
    (Integral(sin(a * r) * sin(b * r) / r**2, (r, 0, oo)), pi * (a + b - Abs(a - b)) / 4),
    (Integral((1 - cos(c)) / c**2, (c, 0, z)), Si(z) - (1 - cos(z)) / z),
    (Integral(2 * tan(r**2) + 1, (r, 0, 1)), 2 * Integral(tan(x**2), (x, 0, 1)) + 1),
    (Derivative(Integral(tan(c**2), (c, 0, z**2)), z), 2 * z * tan(z**4)),
    (Integral(Integral(r * c, (r, 0, c)), (c, 0, 1)), Rational(1, 8) + 0 * z),
    (Integral(r, (r, x, x)), 0 * z),
    (Integral(t ** (p - 1) * (1 - t) ** (q - 1), (t, 0, 1)), gamma(p) * gamma(q) / gamma(p + q)),
    (Integral(sqrt(t) * sqrt(1 - t), (t, 0, 1)), pi / 8),
    (Integral(t**s * log(t) * exp(-t), (t, 0, oo)), gamma(s + 1) * digamma(s + 1)),
]
FALSE = [
    (Integral(1 / r, (r, -1, 1)), 0 * z),  # a pole between the ends
    (Integral(1 / r**2, (r, -1, 1)), -2 + 0 * z),
    (Integral(1 / c, (c, -1, z)), log(z) - log(-1)),  # the branch depends on the path
    (Integral(Abs(r), (r, -1, 1)), 0 * z),
    (Integral(cos(r) / r, (r, -oo, oo)), 0 * z),
    (Integral(sin(t) / t**2, (t, 0, 1)), Integral(sin(t) / t**2, (t, 0, 1))),
    (Integral(t**z, (t, 0, 1)) * (z + 1), 2 + 0 * z),
    (Integral(1 / t, (t, 1, oo)), 0 * z),
    (Integral(exp(t), (t, 0, oo)), -1 + 0 * z),
    (Integral(t ** (p - 1) * (1 - t) ** (q - 1), (t, 0, x)), gamma(p) * gamma(q) / gamma(p + q)),
    (Integral(1 / (1 - t), (t, 0, 1)), 0 * z),
    (Integral(t ** Rational(-3, 2) * exp(-t), (t, 0, oo)), -2 * sqrt(pi)),  # these diverge
    (Integral(exp(r**2), (r, -oo, oo)), -I * sqrt(pi)),
    (Integral(t ** Rational(-3, 2) * (1 - t), (t, 0, 1)), -4 + 0 * z),
    (Integral(cos(m * r), (r, 0, pi)), 0 * z),  # m = 0
    (Integral(exp(-(r**2)), (r, 0, oo)), sqrt(pi)),
    (Derivative(Integral(tan(c**2), (c, 0, z**2)), z), tan(z**4)),
    (Integral(tan(r * x), (r, 0, 1)), Integral(tan(r * a), (r, 0, 1))),
]


@pytest.mark.parametrize(("lhs", "rhs"), TRUE, ids=str)
def test_proved(lhs: Expr, rhs: Expr) -> None:
    assert prove_equal(lhs, rhs, FACTS, convergent=True) is not None


@pytest.mark.parametrize(("lhs", "rhs"), FALSE, ids=str)
def test_not_proved(lhs: Expr, rhs: Expr) -> None:
    assert prove_equal(lhs, rhs, FACTS, convergent=True) is None


def test_nothing_is_asked_of_the_variable_of_integration() -> None:
    proof = prove_equal(Integral(1 / sqrt(t) * exp(-t), (t, 0, oo)) * z / z, sqrt(pi) + 0 * z, FACTS)
    assert proof is not None
    assert proof.conditions == ()
