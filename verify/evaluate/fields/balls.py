"""Arb balls at one point: every value comes with a rigorous error bound (Johansson, *Arb*, 2017).

Two balls that do not meet are two different numbers; that is what a witness rests on. Real points are computed with
real balls, so that a logarithm or root that leaves the reals is undefined there, as the contract says.
"""

from __future__ import annotations

import operator
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from fractions import Fraction
from typing import Any

import flint
import sympy
from flint import acb, arb, fmpq
from sympy import Expr

from verify.evaluate.field import Element, Indeterminate, Key, Truth, Undefined, Unsupported, first_case
from verify.evaluate.fields.ball_functions import CAREFUL, real_of
from verify.evaluate.points import Point, Value
from verify.evaluate.special import ENTRIES
from verify.evaluate.special.entry import Entry, broken, whole
from verify.evaluate.special.hypergeometric import Shape
from verify.evaluate.special.integers import OF_POSITIVE_NUMBERS, integer_function
from verify.terms import Array


@contextmanager
def precision(bits: int) -> Iterator[None]:
    """Work with so many bits within."""
    before = flint.ctx.prec
    flint.ctx.prec = bits
    try:
        yield
    finally:
        flint.ctx.prec = before


def ball(value: Value, real: bool) -> Any:
    """An exact number as the tightest ball."""
    if isinstance(value, tuple):
        return acb(_arb(value[0]), _arb(value[1]))
    return _arb(value) if real else acb(_arb(value))


def _arb(value: Fraction) -> Any:
    return arb(fmpq(value.numerator, value.denominator))


_METHODS: dict[type[Expr], str] = {
    getattr(sympy, name): name
    for name in """
        exp log sin cos tan cot sec csc sinh cosh tanh coth sech csch asin acos atan asinh acosh atanh gamma erf erfc
    """.split()
}
SHARP = 1e-6  # an argument known so well is not to blame for a value that is not finite
DEEPEST_SPECIAL = 1_300  # bits to which special functions are computed


class Balls:
    """Balls at one point, at the precision in force; ``real`` means that no complex number can occur."""

    add, mul = staticmethod(operator.add), staticmethod(operator.mul)

    def __init__(self, point: Point, real: bool) -> None:
        self.point = point
        self.real = real
        self._memo: dict[Key, Any] = {}

    def lookup(self, key: Key) -> Element:
        if key not in self._memo:
            value = self.point.entries[key[0]][key[1:]] if isinstance(key[0], Array) else self.point.scalars[key[0]]
            self._memo[key] = ball(value, self.real)
        return self._memo[key]

    def const(self, value: Fraction) -> Element:
        return ball(value, self.real)

    def number(self, value: Expr) -> Element:
        if value is sympy.S.ImaginaryUnit:
            if self.real:
                raise Unsupported("i among the reals")
            return acb(0, 1)
        known: Callable[[], Any] | None = {
            sympy.pi: arb.pi,
            sympy.E: arb.const_e,
            sympy.EulerGamma: arb.const_euler,
            sympy.Catalan: arb.const_catalan,
            sympy.GoldenRatio: lambda: (1 + arb(5).sqrt()) / 2,
        }.get(value)
        if known is None:
            raise Unsupported(f"the number {value}")
        return known() if self.real else acb(known())

    def inv(self, a: Element) -> Element:
        if a == 0:
            raise Undefined("a division by zero")
        if 0 in a if self.real else (0 in a.real and 0 in a.imag):
            raise Indeterminate("a denominator that may be zero")
        return 1 / a

    def power_int(self, base: Element, exponent: int) -> Element:
        if exponent < 0:
            return self.inv(self.power_int(base, -exponent))
        return base**exponent

    def power(self, base: Element, exponent: Element) -> Element:
        if base == 0:
            if exponent == 0:
                return self.const(Fraction(1))
            positive = exponent > 0 if self.real else exponent.real > 0
            if positive:
                return self.const(Fraction(0))
            raise Undefined("0 to a power that is not positive")
        if self.real:
            if exponent * 2 == 1:
                return self._checked(base.sqrt(), base)
            if base < 0:
                raise Undefined("a root that leaves the reals")
            if not base > 0:
                raise Indeterminate("a base that may be negative")
        elif 0 in base.real and 0 in base.imag:
            raise Indeterminate("a base that may be zero")
        return self._checked(base**exponent, base)

    def call(self, function: type[Expr], args: Sequence[Element]) -> Element:
        special = CAREFUL.get(function)
        if special is not None:
            return special(self, *args)
        method = _METHODS.get(function)
        if method is not None:
            (x,) = args
            return self._checked(getattr(x, method)(), x)
        integer = integer_function(function, len(args))
        if integer is not None:
            numbers = [whole(acb(a)) for a in args]
            if None not in numbers:
                return self.const(Fraction(integer(*numbers)))
        entry = function.entry() if isinstance(function, Shape) else ENTRIES.get(function)
        if entry is None:
            if function in OF_POSITIVE_NUMBERS and (broken(acb(args[0])) or acb(args[0]).real < 1):
                raise Undefined(f"{function.__name__} of what is no positive whole number")
            if integer is not None:
                raise Indeterminate(f"{function.__name__} of what may be no whole number")
            raise Unsupported(f"no rigorous {function.__name__}")
        if flint.ctx.prec > DEEPEST_SPECIAL:
            raise Unsupported(f"{function.__name__} to more than {DEEPEST_SPECIAL} bits")
        return self._entry(entry, args, function.__name__)

    def _entry(self, entry: Entry, args: Sequence[Element], name: str) -> Element:
        """A special function; among the reals its value has to be real."""
        lifted = [acb(a) for a in args] if self.real else args
        value = entry.value(*lifted)
        if not value.is_finite():
            raise Indeterminate(f"{name} cannot be computed there")
        return self.down(value, entry.reflects and entry.regular(*lifted)) if self.real else value

    def down(self, value: Any, known: bool) -> Any:
        """A complex ball as an element of this field; ``known`` says that the value is real."""
        if not self.real:
            return value
        if known or value.imag == 0:
            return value.real
        if not value.imag.contains(0):
            raise Undefined("a value that leaves the reals")
        raise Indeterminate("a value that may leave the reals")

    def _checked(self, result: Any, argument: Any) -> Any:
        """NaN means outside the domain where the argument is sharp, too little precision otherwise."""
        if result.is_finite():
            return result
        radius = argument.rad() if self.real else max(argument.real.rad(), argument.imag.rad())
        if radius < SHARP:
            raise Undefined("outside the domain")
        raise Indeterminate("an argument known too roughly")

    def less(self, a: Element, b: Element, strict: bool) -> Truth:
        a, b = real_of(self, a), real_of(self, b)
        if a < b:
            return True
        if a > b:
            return False
        if strict:
            return False if a >= b else None
        return True if a <= b else None

    def equal(self, a: Element, b: Element) -> Truth:
        if not a.overlaps(b):
            return False
        return True if a == b else None

    select = staticmethod(first_case)
