"""The gamma function's relatives in balls: at whole numbers, at poles and beside them, and where definitions differ."""

from __future__ import annotations

from fractions import Fraction

import pytest
import sympy
from flint import acb, arb
from sympy import Expr, Rational, S, Symbol, pi, sqrt

from tests.evaluate.balls import value
from verify.evaluate.field import Indeterminate, Undefined
from verify.evaluate.special.gamma import MOST_FACTORS, TABLE

HALF = Rational(1, 2)


def unevaluated(function: type[Expr], *args: object) -> Expr:
    return function(*map(S, args), evaluate=False)


@pytest.mark.parametrize("function", [sympy.RisingFactorial, sympy.FallingFactorial])
@pytest.mark.parametrize("start", [HALF, S(3), S(-5), Rational(-7, 3)], ids=str)
@pytest.mark.parametrize("count", [0, 1, 4, -1, -2])
def test_factorial_powers_are_the_products_that_they_stand_for(function, start: Expr, count: int) -> None:
    step = 1 if function is sympy.RisingFactorial else -1
    above = [start + step * i for i in range(count)]
    below = [start - step * i for i in range(1, 1 - count)]
    expected = sympy.Mul(*above) / sympy.Mul(*below)
    assert value(unevaluated(function, start, count)).overlaps(value(expected))


def test_factorial_powers_continue_the_products() -> None:
    assert value(unevaluated(sympy.RisingFactorial, HALF, HALF)).overlaps(value(1 / sqrt(pi)))
    assert value(unevaluated(sympy.FallingFactorial, HALF, HALF)).overlaps(value(sqrt(pi) / 2))
    assert value(unevaluated(sympy.RisingFactorial, -2, HALF)) == 0  # 1/Γ(−2) = 0
    many = MOST_FACTORS + 5
    ratio = value(unevaluated(sympy.RisingFactorial, HALF, many + 1) / unevaluated(sympy.RisingFactorial, HALF, many))
    assert ratio.overlaps(acb(many) + acb(0.5))


@pytest.mark.parametrize(
    "e",
    [
        unevaluated(sympy.RisingFactorial, 2, -3),  # 1/((2 − 1)(2 − 2)(2 − 3))
        unevaluated(sympy.FallingFactorial, -2, -3),
        unevaluated(sympy.RisingFactorial, -MOST_FACTORS - 9, MOST_FACTORS + 5),  # Γ(−4)/Γ(−2009)
        unevaluated(sympy.FallingFactorial, -3, MOST_FACTORS + 5),
        unevaluated(sympy.binomial, -3, -1),  # conventions differ
        unevaluated(sympy.harmonic, -2),
        unevaluated(sympy.harmonic, -2, 3),
        unevaluated(sympy.factorial2, -4),
        unevaluated(sympy.factorial, -1),
        unevaluated(sympy.loggamma, 0),
        unevaluated(sympy.uppergamma, -1, 0),
        unevaluated(sympy.lowergamma, -1, 0),
        unevaluated(sympy.lowergamma, -1, 2),
        unevaluated(sympy.expint, 1, 0),
    ],
    ids=str,
)
def test_at_poles_there_is_no_value(e: Expr) -> None:
    with pytest.raises(Undefined) as caught:
        value(e)
    assert not isinstance(caught.value, Indeterminate)


@pytest.mark.parametrize(
    "e",
    [unevaluated(sympy.polygamma, HALF, 2), unevaluated(sympy.polygamma, -1, 2), unevaluated(sympy.factorial2, HALF)],
)
def test_between_whole_orders_definitions_differ(e: Expr) -> None:
    with pytest.raises(Indeterminate):
        value(e)


@pytest.mark.parametrize("top", range(-4, 8))
@pytest.mark.parametrize("bottom", range(8))
def test_binomial_coefficients_are_sympys(top: int, bottom: int) -> None:
    assert value(unevaluated(sympy.binomial, top, bottom)) == acb(int(sympy.binomial(top, bottom)))


def test_binomial_coefficients_beyond_whole_numbers() -> None:
    assert value(unevaluated(sympy.binomial, 5, -1)) == 0
    assert value(unevaluated(sympy.binomial, HALF, -1)) == 0
    assert value(unevaluated(sympy.binomial, HALF, 3)) == acb(1) / 16
    assert value(unevaluated(sympy.binomial, 3, HALF)).overlaps(value(32 / (5 * pi)))
    large = value(unevaluated(sympy.binomial, 3 * MOST_FACTORS, 3 * MOST_FACTORS - 2))
    assert large == acb(3 * MOST_FACTORS * (3 * MOST_FACTORS - 1) // 2)  # by symmetry two factors


def test_harmonic_numbers() -> None:
    assert value(unevaluated(sympy.harmonic, 4)).overlaps(value(Rational(25, 12)))
    assert value(unevaluated(sympy.harmonic, 3, -2)).overlaps(acb(14))
    assert value(unevaluated(sympy.harmonic, HALF, 2)).overlaps(value(4 - pi**2 / 3))
    assert value(unevaluated(sympy.harmonic, HALF, 1)).overlaps(value(2 - 2 * sympy.log(2)))
    many = MOST_FACTORS + 1
    gap = value(unevaluated(sympy.harmonic, many) - unevaluated(sympy.harmonic, many - 1))
    assert gap.overlaps(acb(1) / many)  # summed below, by digamma above


def test_double_factorials_on_either_side_of_zero() -> None:
    assert [value(unevaluated(sympy.factorial2, n)) for n in (0, 1, 7, 8)] == [1, 1, 105, 384]
    assert value(unevaluated(sympy.factorial2, -1)) == 1
    assert value(unevaluated(sympy.factorial2, -5)).overlaps(acb(1) / 3)


def test_incomplete_functions_at_the_ends_of_their_range() -> None:
    assert value(unevaluated(sympy.uppergamma, 3, 0)).overlaps(acb(2))
    assert value(unevaluated(sympy.lowergamma, HALF, 0)) == 0
    assert value(unevaluated(sympy.expint, 3, 0)).overlaps(acb(0.5))
    whole = value(sympy.betainc(S(2), S(3), S(0), S(1)))
    assert whole.overlaps(value(unevaluated(sympy.beta, 2, 3)))
    parts = [value(sympy.betainc(S(2), S(3), low, high)) for low, high in ((S(0), HALF), (HALF, S(1)))]
    assert (parts[0] + parts[1]).overlaps(whole)
    assert value(unevaluated(sympy.catalan, HALF)).overlaps(value(8 / (3 * pi)))


def test_cuts_are_known() -> None:
    across, off = acb(arb(-1, 0.1), arb(0, 0.1)), acb(arb(2, 0.1), arb(0, 0.1))
    for function, whole, between in ((sympy.lowergamma, acb(2), acb(1.5)), (sympy.expint, acb(-1), acb(1.5))):
        regular = TABLE[function].regular
        assert regular(whole, across)
        assert not regular(between, across)
        assert regular(between, off)
    assert not TABLE[sympy.expint].regular(acb(-1), acb(arb(0, 0.1)))  # a pole
    assert not TABLE[sympy.betainc].regular(acb(1.5), acb(1), acb(0), acb(arb(1, 0.1)))
    assert TABLE[sympy.betainc].regular(acb(1.5), acb(1), acb(0), acb(arb(0.5, 0.1)))


def test_among_the_reals_values_are_real_or_none() -> None:
    t = Symbol("t", real=True)
    assert isinstance(value(sympy.expint(S(-1), t), real=True, at={t: Fraction(-2)}), arb)
    with pytest.raises(Undefined):
        value(sympy.expint(S(2), t), real=True, at={t: Fraction(-2)})
