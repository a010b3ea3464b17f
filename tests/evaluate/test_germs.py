"""Expansions at the end of a range hold what they expand: each enclosure against the value itself, place by place."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

import pytest
import sympy
from flint import acb, arb
from sympy import Expr, Piecewise, Rational, S, Symbol, exp, log, sqrt

from verify.evaluate.codes.code import code
from verify.evaluate.evaluator import Evaluator
from verify.evaluate.field import Undefined
from verify.evaluate.fields.balls import Balls, precision
from verify.evaluate.germs.germ import Germ, Term
from verify.evaluate.germs.germs import Germs
from verify.evaluate.germs.scale import Scale, number
from verify.evaluate.germs.taylor import constant
from verify.evaluate.points import Point
from verify.terms import sigmoid, softplus

x = Symbol("x", positive=True)
BITS, ORDER = 160, 6
LARGE = (16, 17, 41, 100)
SMALL = (Fraction(1, 8), Fraction(1, 16), Fraction(3, 400))


def germ(e: Expr, power: int, reach: Fraction) -> Germ:
    """What is known of ``e`` for ``x = u^power`` and all u up to ``reach``."""
    bound = arb(reach.numerator) / reach.denominator
    variable = Germ((), ORDER, bound).of([Term(Scale(Fraction(power)), constant(acb(1), ORDER, bound))], True)
    below = Evaluator(Balls(Point(), False), Point())
    field = Germs(below.field, (x,), variable)
    found: Germ = code(e)(below.upon(field, frozenset((x,)), field.lift))
    return found


def enclosure(expanded: Germ, u: Any) -> Any:
    """The ball that an expansion gives for one value of its variable."""
    length, total = -u.log(), acb(0)
    for term in expanded.terms:
        scale, model = term.scale, term.model
        growth = sum((c * acb(u) ** -number(r) * length**k for (r, k), c in scale.growth), acb(0))
        size = acb(u) ** number(scale.power) * acb(length) ** scale.logs * growth.exp()
        polynomial = sum((c * acb(u) ** j for j, c in enumerate(model.coefficients)), acb(0))
        total = total + size * (polynomial + model.rest * acb(u) ** model.order)
    return total


def value(e: Expr, at: Fraction) -> Any:
    """The value itself, in a ball."""
    point = Point({}, {x: at})
    return Evaluator(Balls(point, False), point)(e)


def agrees(e: Expr, power: int, reach: Fraction, places: tuple[Fraction, ...]) -> None:
    """The expansion of ``e`` for ``x = u^power`` holds its values at some places u up to ``reach``."""
    with precision(BITS):
        expanded = germ(e, power, reach)
        for u in places:
            real = value(e, u**power)
            assert enclosure(expanded, arb(u.numerator) / u.denominator).overlaps(real), (e, u)
            assert not expanded.real or real.imag.contains(0)


ONE_ARGUMENT = "erf erfc atan asinh acosh airyai Ei gamma loggamma digamma zeta harmonic Si Ci fresnels fresnelc"
BESSEL = (sympy.besselj, sympy.bessely, sympy.besselk, sympy.besseli)
LARGE_ARGUMENTS = [
    *(getattr(sympy, name)(x) for name in f"{ONE_ARGUMENT} sin cosh tanh coth sech csch factorial acot acoth".split()),
    *(bessel(order, x) for bessel in BESSEL for order in (0, S.Half)),
    sympy.Ei(-x), sympy.expint(2, x), sympy.uppergamma(S.Half, x), sympy.uppergamma(Rational(7, 2), x),
    sympy.lowergamma(S.Half, x), sympy.erf(-x), sympy.fibonacci(x),
    sympy.RisingFactorial(S.Half, x), sympy.FallingFactorial(Rational(5, 2), x),
    sympy.FallingFactorial(x, 3, evaluate=False),
    sympy.binomial(2 * x, x), sympy.binomial(S.Half, x), sympy.beta(x, Rational(3, 2)), sympy.catalan(x),
    sigmoid(x), softplus(x), softplus(-x), sqrt(1 + x**2) - x, (1 + 1 / x) ** x, x ** (1 / x), log(x) ** 2 / x,
    exp(-x) * x**5,
    sympy.asin(1 / x), sympy.atanh(1 / x), sympy.tan(1 / x), sympy.cot(1 / x), sympy.sec(1 / x), sympy.csc(1 / x),
    sympy.sinc(1 / x), sympy.Abs(3 - x), Piecewise((1 / x, x > 3), (x, True)), sympy.loggamma(1 + 1 / x),
    sympy.erfi(1 / x),
]  # fmt: skip
WHOLE_ARGUMENTS = [
    sympy.bernoulli(x), sympy.bernoulli(x, Rational(1, 3)), sympy.euler(x), sympy.totient(x), sympy.mobius(x),
    sympy.divisor_sigma(x), sympy.divisor_sigma(x, 2),
    sympy.besselj(x, 2), sympy.besseli(x, 2), sympy.besselj(x + 1, 3), sympy.legendre(x, Rational(1, 3)),
    sympy.legendre(x, 2), sympy.chebyshevt(x, S.Half), sympy.chebyshevu(x, 3), sympy.hermite(x, S.Half),
    sympy.laguerre(x, 1),
]  # fmt: skip
SMALL_ARGUMENTS = [
    *(getattr(sympy, name)(x) for name in "gamma digamma Ei Ci Chi Si Shi erf atan asin sinh log".split()),
    *(sympy.besselk(order, x) for order in (0, 1, S.Half)), sympy.bessely(0, x), sympy.besselj(S.Half, x),
    sympy.besselj(0, x),
    sympy.besseli(Rational(1, 3), x), sympy.Ei(-x), sympy.expint(1, x), sympy.uppergamma(0, x),
    sympy.uppergamma(S.Half, x),
    sympy.lowergamma(Rational(3, 2), x), x**x, x**sqrt(2), log(1 + x) / x, (1 - sympy.cos(x)) / x**2,
    exp(-1 / x) / x**3,
]  # fmt: skip


@pytest.mark.parametrize("e", LARGE_ARGUMENTS, ids=str)
def test_large_arguments(e: Expr) -> None:
    agrees(e, -1, Fraction(1, LARGE[0]), tuple(Fraction(1, n) for n in LARGE))


@pytest.mark.parametrize("e", WHOLE_ARGUMENTS, ids=str)
def test_large_orders_and_degrees(e: Expr) -> None:
    agrees(e, -1, Fraction(1, LARGE[0]), tuple(Fraction(1, n) for n in LARGE))


@pytest.mark.parametrize("e", SMALL_ARGUMENTS, ids=str)
def test_small_arguments(e: Expr) -> None:
    agrees(e, 1, SMALL[0], SMALL)


@pytest.mark.parametrize(
    "e",
    [
        1 / sympy.sin(x), sympy.gamma(-x), sympy.tan(x), log(-x), sympy.Abs(sympy.sin(x)), sympy.zeta(-x),
        sympy.besselj(x, x), sympy.legendre(x + S.Half, 2), sympy.besselj(-x, 2),
    ],
    ids=str,
)  # fmt: skip
def test_nothing_is_said_where_there_is_no_expansion(e: Expr) -> None:
    with precision(BITS), pytest.raises(ArithmeticError):
        agrees(e, -1, Fraction(1, LARGE[0]), (Fraction(1, LARGE[0]),))


def test_a_quotient_by_what_vanishes_identically_has_no_value() -> None:
    with precision(BITS), pytest.raises(Undefined):
        germ(1 / sympy.Add(x, -x, evaluate=False), -1, Fraction(1, 16))
