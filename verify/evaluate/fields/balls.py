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
from verify.evaluate.points import Point, Value
from verify.evaluate.special import ENTRIES
from verify.evaluate.special.entry import Entry, whole
from verify.evaluate.special.hypergeometric import Shape
from verify.evaluate.special.integers import integer_function
from verify.terms import Array, relu, sigmoid, softplus


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
        special = _SPECIAL.get(function)
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
        if radius < 1e-6:
            raise Undefined("outside the domain")
        raise Indeterminate("an argument known too roughly")

    # -- functions that need care -----------------------------------------------------------------------------

    def _log(self, x: Any, base: Any = None) -> Any:
        if x == 0:
            raise Undefined("log 0")
        if self.real:
            if x < 0:
                raise Undefined("a logarithm that leaves the reals")
            if not x > 0:
                raise Indeterminate("a logarithm of what may be negative")
        elif 0 in x.real and 0 in x.imag:
            raise Indeterminate("a logarithm of what may be zero")
        value = x.log()
        return value if base is None else value * self.inv(self._log(base))

    def _exp(self, x: Any) -> Any:
        size = x if self.real else x.real
        if size > 10**9 or size < -(10**9):
            raise Indeterminate("an exponential too large to be useful")
        return x.exp()

    def _sigmoid(self, x: Any) -> Any:
        return self.inv(1 + self._exp(-x))

    def _softplus(self, x: Any) -> Any:
        return self._log(1 + self._exp(x))

    def _need_real(self, x: Any) -> Any:
        if self.real:
            return x
        if x.imag == 0:
            return x.real
        raise Undefined("an order relation between complex numbers")

    def _lift(self, x: Any) -> Any:
        return x if self.real else acb(x)

    def _relu(self, x: Any) -> Any:
        return self._lift(self._need_real(x).max(arb(0)))

    def _max(self, *args: Any) -> Any:
        total = self._need_real(args[0])
        for a in args[1:]:
            total = total.max(self._need_real(a))
        return self._lift(total)

    def _min(self, *args: Any) -> Any:
        total = self._need_real(args[0])
        for a in args[1:]:
            total = total.min(self._need_real(a))
        return self._lift(total)

    def _abs(self, x: Any) -> Any:
        return self._lift(abs(x))

    def _sign(self, x: Any) -> Any:
        if x == 0:
            return self.const(Fraction(0))
        if self.real:
            if x > 0 or x < 0:
                return arb(1 if x > 0 else -1)
            raise Indeterminate("the sign of what may be zero")
        return x * self.inv(acb(abs(x)))

    def _arg(self, x: Any) -> Any:
        if x == 0:
            raise Undefined("arg 0")
        return acb(self._complex(x).log().imag)

    def _complex(self, x: Any) -> Any:
        if self.real:
            raise Unsupported("a complex function among the reals")
        return x

    def _round(self, x: Any, method: str) -> Any:
        value = getattr(self._need_real(x), method)()
        if not value.is_exact():
            raise Indeterminate("a value that may be rounded either way")
        return self._lift(value)

    def _atan2(self, y: Any, x: Any) -> Any:
        """The argument of ``x + iy``; of complex numbers by its logarithm."""
        if x == 0 and y == 0:
            raise Undefined("the direction of the origin")
        if self.real or (x.imag == 0 and y.imag == 0):
            x, y = (x, y) if self.real else (x.real, y.real)
            if not (x > 0 or y > 0 or y < 0 or (x < 0 and y == 0)):
                raise Indeterminate("a direction that may be either of two")
            return self._lift(arb.atan2(y, x))
        i = acb(0, 1)
        return -i * self._log((x + i * y) * self.inv((x * x + y * y).sqrt()))

    def _mod(self, a: Any, b: Any) -> Any:
        """``a − b⌊a/b⌋``."""
        return a - b * self._round(a * self.inv(b), "floor")

    def _heaviside(self, x: Any, at_zero: Any = None) -> Any:
        value = self._need_real(x)
        if value == 0:
            if at_zero is None:
                raise Undefined("the step function at its step")  # conventions differ
            return at_zero
        if not (value > 0 or value < 0):
            raise Indeterminate("on which side of the step cannot be told")
        return self.const(Fraction(1 if value > 0 else 0))

    def _delta(self, a: Any, b: Any) -> Any:
        equal = self.equal(a, b)
        if equal is None:
            raise Indeterminate("whether two numbers are equal cannot be told")
        return self.const(Fraction(int(equal)))

    # -- comparisons -------------------------------------------------------------------------------------------

    def less(self, a: Element, b: Element, strict: bool) -> Truth:
        a, b = self._need_real(a), self._need_real(b)
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


_SPECIAL: dict[type[Expr], Callable[..., Any]] = {
    sympy.log: Balls._log,
    sympy.exp: Balls._exp,
    sigmoid: Balls._sigmoid,
    softplus: Balls._softplus,
    relu: Balls._relu,
    sympy.Max: Balls._max,
    sympy.Min: Balls._min,
    sympy.Abs: Balls._abs,
    sympy.sign: Balls._sign,
    sympy.arg: Balls._arg,
    sympy.re: lambda f, x: acb(f._complex(x).real),
    sympy.im: lambda f, x: acb(f._complex(x).imag),
    sympy.conjugate: lambda f, x: x if f.real else acb(x.real, -x.imag),
    sympy.floor: lambda f, x: f._round(x, "floor"),
    sympy.ceiling: lambda f, x: f._round(x, "ceil"),
    sympy.atan2: Balls._atan2,
    sympy.Mod: Balls._mod,
    sympy.Heaviside: Balls._heaviside,
    sympy.KroneckerDelta: Balls._delta,
}
