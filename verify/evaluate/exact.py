"""Exact rational values where there are any: for ties, and for claims about integers and counts."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from fractions import Fraction
from math import isqrt

import sympy
from sympy import Expr

from verify.evaluate.field import Element, Key, Truth, Undefined, Unsupported
from verify.evaluate.points import Point
from verify.evaluate.special.integers import integer_function
from verify.terms import Array, relu, sigmoid

_AT: dict[type[Expr], dict[int, Fraction]] = {  # values at whole numbers that are rational
    sympy.exp: {0: Fraction(1)},
    sympy.log: {1: Fraction(0)},
    sympy.sin: {0: Fraction(0)},
    sympy.cos: {0: Fraction(1)},
    sympy.tan: {0: Fraction(0)},
    sympy.sinh: {0: Fraction(0)},
    sympy.cosh: {0: Fraction(1)},
    sympy.tanh: {0: Fraction(0)},
    sympy.asin: {0: Fraction(0)},
    sympy.atan: {0: Fraction(0)},
    sympy.asinh: {0: Fraction(0)},
    sympy.atanh: {0: Fraction(0)},
    sympy.erf: {0: Fraction(0)},
    sigmoid: {0: Fraction(1, 2)},
}


def root(value: Fraction, degree: int) -> Fraction | None:
    """The nonnegative root, if it is rational."""
    if value < 0:
        return None
    parts = []
    for whole in (value.numerator, value.denominator):
        guess = isqrt(whole) if degree == 2 else round(whole ** (1 / degree)) if whole < 2**50 else -1
        if guess < 0 or guess**degree != whole:
            return None
        parts.append(guess)
    return Fraction(parts[0], parts[1])


class Exact:
    """Rational arithmetic at one point; whatever is not rational is unsupported."""

    real = True

    def __init__(self, point: Point) -> None:
        self.point = point

    def lookup(self, key: Key) -> Element:
        value = self.point.entries[key[0]][key[1:]] if isinstance(key[0], Array) else self.point.scalars[key[0]]
        if isinstance(value, tuple):
            raise Unsupported("a complex number")
        return value

    def const(self, value: Fraction) -> Element:
        return value

    def number(self, value: Expr) -> Element:
        raise Unsupported(f"{value} is not rational")

    def add(self, a: Element, b: Element) -> Element:
        return a + b

    def mul(self, a: Element, b: Element) -> Element:
        return a * b

    def inv(self, a: Element) -> Element:
        if a == 0:
            raise Undefined("a division by zero")
        return 1 / a

    def power_int(self, base: Element, exponent: int) -> Element:
        if base == 0 and exponent < 0:
            raise Undefined("a division by zero")
        if abs(exponent) > 10_000:
            raise Unsupported("a power too large to write down")
        return base**exponent

    def power(self, base: Element, exponent: Element) -> Element:
        if base < 0:  # as a real power, even where the exponent happens to be whole here
            raise Undefined("a root that leaves the reals")
        if exponent.denominator == 1:
            return self.power_int(base, exponent.numerator)
        if base == 0:
            if exponent < 0:
                raise Undefined("a division by zero")
            return Fraction(0)
        rational = root(base, exponent.denominator)
        if rational is None:
            raise Unsupported("an irrational root")
        return self.power_int(rational, exponent.numerator)

    def call(self, function: type[Expr], args: Sequence[Element]) -> Element:
        if function is sympy.Max:
            return max(args)
        if function is sympy.Min:
            return min(args)
        (x,) = args[:1]
        if len(args) == 1:
            if function is relu:
                return max(x, Fraction(0))
            if function is sympy.Abs:
                return abs(x)
            if function is sympy.sign:
                return Fraction((x > 0) - (x < 0))
            if function is sympy.floor:
                return Fraction(x // 1)
            if function is sympy.ceiling:
                return Fraction(-(-x // 1))
            if function is sympy.log and x <= 0:
                raise Undefined("a logarithm that leaves the reals")
            known = _AT.get(function, {})
            if x.denominator == 1 and int(x) in known:
                return known[int(x)]
        integer = integer_function(function, len(args))
        if integer is not None and all(a.denominator == 1 for a in args):
            return Fraction(integer(*map(int, args)))
        raise Unsupported(f"no rational value of {function.__name__}")

    def less(self, a: Element, b: Element, strict: bool) -> Truth:
        return bool(a < b if strict else a <= b)

    def equal(self, a: Element, b: Element) -> Truth:
        return bool(a == b)

    def select(self, cases: Sequence[tuple[Truth, Callable[[], Element]]]) -> Element:
        for truth, thunk in cases:
            if truth is None:
                raise Unsupported("a case on the boundary of a derivative")
            if truth:
                return thunk()
        raise Undefined("no case holds")
