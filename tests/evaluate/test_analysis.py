"""Integrals, infinite sums, limits and derivatives in balls: known values, and nothing where there is none."""

from __future__ import annotations

from fractions import Fraction

import pytest
import sympy
from flint import arb
from sympy import (
    Abs,
    Catalan,
    Derivative,
    E,
    EulerGamma,
    Expr,
    Heaviside,
    I,
    Integral,
    Limit,
    Max,
    Piecewise,
    Product,
    Rational,
    S,
    Sum,
    Symbol,
    atan,
    besseli,
    besselj,
    bessely,
    binomial,
    cos,
    cosh,
    cot,
    erf,
    erfc,
    exp,
    expint,
    factorial,
    fibonacci,
    floor,
    gamma,
    harmonic,
    log,
    oo,
    pi,
    sign,
    sin,
    sinc,
    sinh,
    sqrt,
    tan,
    totient,
    uppergamma,
    zeta,
)  # fmt: skip

from verify.evaluate.evaluator import Evaluator
from verify.evaluate.field import Undefined
from verify.evaluate.fields.balls import Balls, precision
from verify.evaluate.points import Point
from verify.terms import Array, Axis, Index

x = Symbol("x", positive=True)
s, t = Symbol("s", real=True), Symbol("t", real=True)
y = Symbol("y", positive=True)
z = Symbol("z", complex=True)
k, n = Index("k", S.One, oo), Index("n", S.Zero, oo)


def value(e: Expr, real: bool = True, **at: object):
    point = Point({}, {Symbol(name, complex=True): v for name, v in at.items()})
    with precision(160):
        return Evaluator(Balls(point, real), point)(e)


INTEGRALS = [
    (Integral(sin(x), (x, 0, 1)), 1 - cos(1)),
    (Integral(Abs(t), (t, -2, 1)), Rational(5, 2)),
    (Integral(sign(t), (t, -2, 1)), S(-1)),
    (Integral(Heaviside(t) + Max(t, 0), (t, -2, 1)), Rational(3, 2)),
    (Integral(Piecewise((t**2, t < 1), (2, True)), (t, 0, 3)), Rational(13, 3)),
    (Integral(sqrt(1 - t**2), (t, -1, 1)), pi / 2),
    (Integral(1 / sqrt(1 - t**2), (t, -1, 1)), pi),
    (Integral(x ** Rational(-9, 10), (x, 0, 1)), S(10)),
    (Integral(log(x), (x, 0, 1)), S(-1)),
    (Integral(log(x) ** 2, (x, 0, 1)), S(2)),
    (Integral(exp(-x) * log(x), (x, 0, oo)), -EulerGamma),
    (Integral(exp(-(t**2)), (t, -oo, oo)), sqrt(pi)),
    (Integral(exp(t), (t, -oo, 1)), E),
    (Integral(1 / (1 + t**2), (t, -oo, oo)), pi),
    (Integral(1 / (sqrt(x) * (x + 1)), (x, 0, oo)), pi),
    (Integral(x / cosh(x), (x, 0, oo)), 2 * Catalan),
    (Integral(atan(x) / x, (x, 0, 1)), Catalan),
    (Integral(log(cos(x)), (x, 0, pi / 2)), -pi * log(2) / 2),
    (Integral(1 / sqrt(cos(x)), (x, 0, pi / 2)), gamma(Rational(1, 4)) ** 2 / (2 * sqrt(2 * pi))),
    (Integral(x * cot(x), (x, 0, pi / 2)), pi * log(2) / 2),
    (Integral(sin(x) / x, (x, 0, oo)), pi / 2),
    (Integral(sin(x) ** 2 / x**2, (x, 0, oo)), pi / 2),
    (Integral(cos(2 * x) / (1 + x**2), (x, 0, oo)), pi * exp(-2) / 2),
    (Integral(cos(x**2), (x, 0, oo)), sqrt(2 * pi) / 4),
    (Integral(x / (exp(x) - 1), (x, 0, oo)), pi**2 / 6),
    (Integral((exp(-x) - exp(-2 * x)) / x, (x, 0, oo)), log(2)),
    (Integral(exp(-x) * besselj(0, x), (x, 0, oo)), 1 / sqrt(2)),
    (Integral(x * exp(-(x**2)) * besseli(0, x), (x, 0, oo)), exp(Rational(1, 4)) / 2),
    (Integral(erfc(x), (x, 0, oo)), 1 / sqrt(pi)),
    (Integral(expint(1, x), (x, 0, oo)), S.One),
    (Integral(uppergamma(Rational(1, 2), x), (x, 0, oo)), sqrt(pi) / 2),
    (Integral(gamma(x) * exp(-x) / gamma(x), (x, 0, oo)), S.One),
    (Integral(x ** (-x), (x, 0, 1)), Sum(k ** (-k), (k, 1, oo))),
    (Integral(Integral(x * y, (x, 0, y)), (y, 0, 1)), Rational(1, 8)),
    (Integral(t, (t, 1, 1)), S.Zero),
    (Integral(exp(-t), (t, oo, 0)), S.NegativeOne),
]

SERIES = [
    (Sum(1 / k**2, (k, 1, oo)), pi**2 / 6),
    (Sum(log(k) / k**2, (k, 1, oo)), -Derivative(zeta(t), t).subs(t, 2)),
    (Sum((-1) ** n / (2 * n + 1), (n, 0, oo)), pi / 4),
    (Sum(1 / factorial(n), (n, 0, oo)), E),
    (Sum((-20) ** n / factorial(n), (n, 0, oo)), exp(-20)),
    (Sum(3 ** (-n), (n, 4, oo)), Rational(1, 54)),
    (Sum(n**2 / 2**n, (n, 0, oo)), S(6)),
    (Sum(harmonic(k) / (k + 1) ** 2, (k, 1, oo)), zeta(3)),
    (Sum(1 / binomial(2 * n, n), (n, 0, oo)), Rational(4, 3) + 2 * sqrt(3) * pi / 27),
    (Sum(cos(k) / k**2, (k, 1, oo)), pi**2 / 6 - pi / 2 + Rational(1, 4)),
    (Sum(exp(-pi * n**2), (n, -oo, oo)), pi ** Rational(1, 4) / gamma(Rational(3, 4))),
    (Sum(totient(k) / k * log(1 - 3 ** (-k)), (k, 1, oo)), Rational(-1, 2)),
    (Sum(1 / (fibonacci(2 * n + 1) + 1), (n, 0, oo)), sqrt(5) / 2),
    (Sum(besselj(2 * k, 1), (k, 1, oo)), (1 - besselj(0, 1)) / 2),
    (Sum(zeta(k + 1) - 1, (k, 1, oo)), S.One),
    (Sum(Sum(1 / (k + n) ** 2, (n, 0, 1)), (k, 1, oo)), pi**2 / 3 - 1),
    (Product(1 - 1 / (4 * k**2), (k, 1, oo)), 2 / pi),
    (Product(cos(2 ** (-k)), (k, 1, oo)), sin(1)),
]  # fmt: skip

LIMITS = [
    (Limit(sin(x) / x, x, 0, "+"), S.One),
    (Limit((1 - cos(t)) / t**2, t, 0, "+-"), Rational(1, 2)),
    (Limit((1 + 1 / x) ** x, x, oo, "-"), E),
    (Limit(log(x) / x, x, oo, "-"), S.Zero),
    (Limit(sinc(x), x, oo, "-"), S.Zero),
    (Limit(erf(t), t, -oo, "+"), S.NegativeOne),
    (Limit(harmonic(x) - log(x), x, oo, "-"), EulerGamma),
    (Limit(x**2 + tan(x), x, 1, "+"), 1 + tan(1)),
]

DERIVATIVES = [
    (Derivative(erf(t), (t, 6)).subs(t, Rational(1, 2)), erf(t).diff(t, 6).subs(t, Rational(1, 2))),
    (Derivative(besselj(t, 2), t).subs(t, 0), pi * bessely(0, 2) / 2),
    (Derivative(zeta(t), (t, 1)).subs(t, 0), -log(2 * pi) / 2),
    (Derivative(Integral(exp(t * x), (x, 0, 1)), t).subs(t, 1), S.One),
    (Derivative(Integral(sin(x) / x, (x, 1, t**2)), t).subs(t, 2), sin(4)),
    (Derivative(Integral(exp(-(x**2)), (x, 3 * t, oo)), (t, 2)).subs(t, 1), 54 * exp(-9)),
    (Derivative(Integral(Abs(s), (s, -1, t)), t).subs(t, -2), S(2)),
]


@pytest.mark.parametrize(("left", "right"), INTEGRALS + SERIES + LIMITS + DERIVATIVES, ids=lambda e: str(e)[:50])
def test_known_values(left: Expr, right: Expr) -> None:
    a, b = value(left), value(right)
    assert a.overlaps(b)
    assert a.rad() < 1e-32


COMPLEX = [
    (Integral(exp(I * t), (t, 0, z)), I - I * exp(I * z)),
    (Integral(1 / z, (z, 1, I)), I * pi / 2),
    (Integral(exp(-(t**2)), (t, z, oo)), sqrt(pi) / 2 * erfc(z)),
    (Integral(exp(-x) * x ** (z - 1), (x, 0, oo)), gamma(z)),
    (Sum(z**n / factorial(n), (n, 0, oo)), exp(z)),
    (Sum(1 / (n + z) ** 2, (n, 0, oo)), zeta(2, z)),
]


@pytest.mark.parametrize(("left", "right"), COMPLEX, ids=lambda e: str(e)[:50])
@pytest.mark.parametrize("at", [(Fraction(1, 2), Fraction(1)), (Fraction(5, 2), Fraction(-1, 3))])
def test_values_at_complex_points(left: Expr, right: Expr, at: object) -> None:
    a, b = value(left, False, z=at), value(right, False, z=at)
    assert a.overlaps(b)
    assert a.rad() < 1e-32


NONE = [
    Integral(1 / x, (x, 0, 1)),
    Integral(1 / x, (x, 1, oo)),
    Integral(1 / t, (t, -1, 1)),
    Integral(sin(x), (x, 0, oo)),
    Integral(exp(x), (x, 0, oo)),
    Integral(1 / (x - 1) ** 2, (x, 0, 2)),
    Integral(sqrt(t), (t, -1, 1)),
    Sum(1 / k, (k, 1, oo)),
    Sum((-1) ** k, (k, 1, oo)),
    Sum(k ** Rational(-99, 100), (k, 1, oo)),
    Sum(2**k / k**5, (k, 1, oo)),
    Product(1 + 1 / k, (k, 1, oo)),
    Limit(sin(x), x, oo, "-"),
    Limit(Abs(t) / t, t, 0, "+-"),
    Limit(1 / x, x, 0, "+"),
    Limit(floor(x), x, 1, "-"),
    Limit(harmonic(x, 2), x, oo, "-"),  # it has one, of which nothing is known here
    Limit(zeta(x, 3), x, oo, "-"),
]


@pytest.mark.parametrize("e", NONE, ids=str)
def test_what_diverges_or_jumps_has_no_value(e: Expr) -> None:
    with pytest.raises((Undefined, ArithmeticError)):
        value(e)


def test_an_integral_across_a_cut_follows_the_principal_branch() -> None:
    across = Integral(log(z), (z, -1 - I, -1 + I))  # the path crosses the cut at −1
    a = value(across, False)
    upper = (-1 + I) * (sympy.log(-1 + I) - 1) - (-1) * (I * pi - 1)
    lower = (-1) * (-I * pi - 1) - (-1 - I) * (sympy.log(-1 - I) - 1)
    assert a.overlaps(value(upper + lower, False))
    assert a.rad() < 1e-25


def test_hyperbolic_integrand_with_a_parameter() -> None:
    e = Integral(sinh(x / 2) / sinh(pi * x), (x, 0, oo))
    assert value(e).overlaps(value(tan(Rational(1, 4)) / 2))


def test_values_are_not_taken_over_from_another_table() -> None:
    size = Symbol("m", integer=True, positive=True)
    v = Array("v", (Axis(S.One, size),))
    e = Integral(exp(-x * v[1]), (x, 0, oo))
    for entry in (Fraction(2), Fraction(4)):
        point = Point({size: 1}, {}, {}, {v: {(1,): entry}})
        assert Evaluator(Balls(point, True), point)(e).overlaps(1 / arb(int(entry)))


@pytest.mark.parametrize("entry", [5, 30, 100])
def test_a_sum_that_ends_by_itself_is_not_cut_off(entry: int) -> None:
    top = Symbol("t", integer=True)
    point = Point({top: entry})
    with precision(200):
        found = Evaluator(Balls(point, True), point)(Sum(binomial(top, n) * 3 ** (-n), (n, 0, oo)))
        assert found.overlaps((arb(4) / 3) ** entry)


def test_a_finite_sum_of_infinite_ones() -> None:
    k = Symbol("k", integer=True)
    e = Sum(2 ** (-n) * 3**k, (n, 0, oo), (k, 0, 2))
    assert value(e).overlaps(value(sympy.Integer(26)))
