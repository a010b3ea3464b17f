"""Exact rational values where there are any: for ties, and for claims about integers and counts."""

from __future__ import annotations

import operator
from collections.abc import Callable, Sequence
from fractions import Fraction
from math import isqrt

import sympy
from flint import fmpq
from sympy import Expr

from verify.evaluate.field import Element, Key, Truth, Undefined, Unsupported
from verify.evaluate.points import Point
from verify.evaluate.special.integers import integer_function
from verify.terms import Array, fraction, relu, sigmoid

ZERO, ONE = fmpq(0), fmpq(1)
LARGEST_POWER, LARGEST_SIZE = 10_000, 10_000_000  # of an exponent, and of a power in bits
_AT: dict[type[Expr], tuple[int, fmpq]] = {  # a whole number, and the value there, which is rational
    sympy.exp: (0, ONE),
    sympy.log: (1, ZERO),
    sympy.sin: (0, ZERO),
    sympy.cos: (0, ONE),
    sympy.tan: (0, ZERO),
    sympy.sinh: (0, ZERO),
    sympy.cosh: (0, ONE),
    sympy.tanh: (0, ZERO),
    sympy.asin: (0, ZERO),
    sympy.atan: (0, ZERO),
    sympy.asinh: (0, ZERO),
    sympy.atanh: (0, ZERO),
    sympy.erf: (0, ZERO),
    sigmoid: (0, fmpq(1, 2)),
}


def rational(value: Fraction) -> fmpq:
    """The same number in FLINT's arithmetic, which is ten times as fast."""
    return fmpq(value.numerator, value.denominator)


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
    """Rational arithmetic at one point (FLINT's numbers); whatever is not rational is unsupported."""

    real = True
    add, mul = staticmethod(operator.add), staticmethod(operator.mul)

    def __init__(self, point: Point) -> None:
        self.point = point

    def lookup(self, key: Key) -> Element:
        value = self.point.entries[key[0]][key[1:]] if isinstance(key[0], Array) else self.point.scalars[key[0]]
        if isinstance(value, tuple):
            raise Unsupported("a complex number")
        return rational(value)

    def const(self, value: Fraction) -> Element:
        return rational(value)

    def number(self, value: Expr) -> Element:
        raise Unsupported(f"{value} is not rational")

    def inv(self, a: Element) -> Element:
        if not a:
            raise Undefined("a division by zero")
        return 1 / a

    def power_int(self, base: Element, exponent: int) -> Element:
        if exponent < 0 and not base:
            raise Undefined("a division by zero")
        if abs(exponent) > LARGEST_POWER or abs(exponent) * base.height_bits() > LARGEST_SIZE:
            raise Unsupported("a power too large to write down")
        return base**exponent

    def power(self, base: Element, exponent: Element) -> Element:
        if base < 0:  # as a real power, even where the exponent happens to be whole here
            raise Undefined("a root that leaves the reals")
        if exponent.q == 1:
            return self.power_int(base, int(exponent.p))
        if not base:
            if exponent < 0:
                raise Undefined("a division by zero")
            return ZERO
        found = root(fraction(base), int(exponent.q))
        if found is None:
            raise Unsupported("an irrational root")
        return self.power_int(rational(found), int(exponent.p))

    def call(self, function: type[Expr], args: Sequence[Element]) -> Element:
        if function is sympy.Max:
            return max(args)
        if function is sympy.Min:
            return min(args)
        (x,) = args[:1]
        if len(args) == 1:
            if function is relu:
                return max(x, ZERO)
            if function is sympy.Abs:
                return abs(x)
            if function is sympy.sign:
                return fmpq((x > 0) - (x < 0))
            if function is sympy.floor:
                return fmpq(x.floor())
            if function is sympy.ceiling:
                return fmpq(x.ceil())
            if function is sympy.log and x <= 0:
                raise Undefined("a logarithm that leaves the reals")
            known = _AT.get(function)
            if known is not None and x == known[0]:
                return known[1]
        integer = integer_function(function, len(args))
        if integer is not None and all(a.q == 1 for a in args):
            return fmpq(integer(*(int(a.p) for a in args)))
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
