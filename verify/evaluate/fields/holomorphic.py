"""Values of an expression on a ball of its variable, and whether it is holomorphic there.

Rigorous quadrature (Johansson, *Numerical integration in arbitrary-precision ball arithmetic*, 2018) asks two things of
an integrand: an enclosure of its values on a ball, and (where ``analytic`` is set) a value that is not finite unless it
is holomorphic on the whole ball. A number here is a pair: the ball, and whether the number is surely real wherever the
variable is, so that absolute values, signs and cases, which are not holomorphic, can be continued from the real line.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from fractions import Fraction
from typing import Any, TypeAlias

import sympy
from flint import acb, arb
from sympy import Expr

from verify.evaluate.field import Element, Field, Key, Truth, Undefined, Unsupported
from verify.evaluate.special import ENTRIES
from verify.evaluate.special.entry import NOT_FINITE, exactly, rational, right_of_cut, whole
from verify.evaluate.special.hypergeometric import Shape
from verify.evaluate.special.integers import integer_function
from verify.terms import relu, sigmoid, softplus

Number: TypeAlias = tuple[Any, bool]

_NOTHING: Number = (NOT_FINITE, False)


def lift(value: Any) -> Number:
    """A number of the field below, which does not depend on the variable."""
    if isinstance(value, tuple):
        return value
    if isinstance(value, arb):
        return acb(value), True
    return value, bool(value.imag.is_zero())


class Holomorphic:
    """Numbers that depend on one variable, whose value is a ball; everything else is looked up below."""

    real = False

    def __init__(self, outer: Field, key: Key, value: Any, on_line: bool, analytic: bool) -> None:
        self.outer, self.key = outer, key
        self.value: Number = (value, on_line)
        self.analytic = analytic

    def lookup(self, key: Key) -> Element:
        return self.value if key == self.key else lift(self.outer.lookup(key))

    def const(self, value: Fraction) -> Element:
        return rational(value), True

    def number(self, value: Expr) -> Element:
        return (acb(0, 1), False) if value is sympy.I else lift(self.outer.number(value))

    def add(self, a: Number, b: Number) -> Number:
        return a[0] + b[0], a[1] and b[1]

    def mul(self, a: Number, b: Number) -> Number:
        return a[0] * b[0], a[1] and b[1]

    def inv(self, a: Number) -> Number:
        return 1 / a[0], a[1]

    def power_int(self, base: Number, exponent: int) -> Number:
        return base[0] ** exponent, base[1]

    def power(self, base: Number, exponent: Number) -> Number:
        b, e = base[0], exponent[0]
        n = whole(e)
        if n is not None:
            return b**n, base[1]
        regular = right_of_cut(b)
        if self.analytic and not regular:
            return _NOTHING
        value = b.pow(e)
        if not value.is_finite() and b.contains(0) and e.real > 0:
            value = _near_zero(b, e)
        return value, base[1] and exponent[1] and bool(b.real > 0)

    # -- functions ---------------------------------------------------------------------------------------------

    def call(self, function: Any, args: Sequence[Number]) -> Number:
        continued = _FROM_THE_LINE.get(function)
        if continued is not None:
            return continued(self, *args)
        balls = [a[0] for a in args]
        if not all(b.is_finite() for b in balls):
            return _NOTHING
        integer = integer_function(function, len(args))
        if integer is not None:
            numbers = [whole(b) for b in balls]
            if None not in numbers:
                return exactly(integer(*numbers)), True
        entry = function.entry() if isinstance(function, Shape) else ENTRIES.get(function)
        if entry is None:
            raise Unsupported(f"no rigorous {function.__name__} as a function of a complex number")
        regular = entry.regular(*balls)
        if self.analytic and not regular:
            return _NOTHING
        return entry.value(*balls), regular and entry.reflects and all(a[1] for a in args)

    def _real(self, *args: Number) -> None:
        if not all(a[1] for a in args):
            raise Undefined("an order or absolute value of what may not be real")

    def _abs(self, a: Number) -> Number:
        if not a[1] and not self.analytic:
            return acb(abs(a[0])), True
        self._real(a)
        return a[0].real_abs(analytic=self.analytic), True

    def _sign(self, a: Number) -> Number:
        self._real(a)
        return a[0].real_sgn(analytic=self.analytic), True

    def _floor(self, a: Number) -> Number:
        self._real(a)
        return a[0].real_floor(analytic=self.analytic), True

    def _ceiling(self, a: Number) -> Number:
        value, _ = self._floor((-a[0], a[1]))
        return -value, True

    def _mod(self, a: Number, b: Number) -> Number:
        return self.add(a, self.mul((acb(-1), True), self.mul(b, self._floor(self.mul(a, self.inv(b))))))

    def _heaviside(self, a: Number, at_zero: Number | None = None) -> Number:
        self._real(a)
        return a[0].real_heaviside(analytic=self.analytic), True

    def _max(self, *args: Number) -> Number:
        self._real(*args)
        value = args[0][0]
        for a in args[1:]:
            value = value.real_max(a[0], analytic=self.analytic)
        return value, True

    def _min(self, *args: Number) -> Number:
        value, real = self._max(*((-a[0], a[1]) for a in args))
        return -value, real

    def _relu(self, a: Number) -> Number:
        return self._max(a, (acb(0), True))

    def _conjugate(self, a: Number) -> Number:
        if self.analytic:
            self._real(a)
        return (a[0], True) if a[1] else (a[0].conjugate(), False)

    def _re(self, a: Number) -> Number:
        if self.analytic:
            self._real(a)
        return (a[0], True) if a[1] else (acb(a[0].real), True)

    def _im(self, a: Number) -> Number:
        if self.analytic:
            self._real(a)
        return (acb(0), True) if a[1] else (acb(a[0].imag), True)

    def _ei(self, a: Number) -> Number:
        """Real on both sides of 0: left of it ``−E₁(−x)``, which is continued across the cut."""
        z = a[0]
        if a[1] and z.real < 0:
            return -(-z).expint(acb(1)), True
        if self.analytic and not right_of_cut(z):
            return _NOTHING
        return z.ei(), a[1]

    def _li(self, a: Number) -> Number:
        return self._ei(self.call(sympy.log, [a]))

    def _sigmoid(self, a: Number) -> Number:
        return 1 / (1 + (-a[0]).exp()), a[1]

    def _softplus(self, a: Number) -> Number:
        return self.call(sympy.log, [(1 + a[0].exp(), a[1])])

    # -- cases -------------------------------------------------------------------------------------------------

    def less(self, a: Number, b: Number, strict: bool) -> Truth:
        self._real(a, b)
        gap = (b[0] - a[0]).real
        return True if gap > 0 else False if gap < 0 else None

    def equal(self, a: Number, b: Number) -> Truth:
        if not a[0].overlaps(b[0]):
            return False
        return True if a[0] == b[0] else None

    def select(self, cases: Sequence[tuple[Truth, Callable[[], Number]]]) -> Number:
        possible: list[Number] = []
        for truth, thunk in cases:
            if truth is False:
                continue
            if truth is None and self.analytic:
                return _NOTHING
            possible.append(thunk())
            if truth is True:
                break
        else:
            raise Undefined("no case holds")
        value, real = possible[0]
        for other, also_real in possible[1:]:
            value, real = value.union(other), real and also_real
        return value, real


def _near_zero(base: Any, exponent: Any) -> Any:
    """A power of a ball that holds zero, to a power whose real part is positive."""
    size = abs(base).upper()
    largest = size**exponent.real * (abs(exponent.imag) * arb.pi()).exp()
    bound = largest.upper() if largest.is_finite() else arb("nan")
    return acb(arb(0, bound), arb(0, bound)) if bound.is_finite() else NOT_FINITE


_FROM_THE_LINE: dict[Any, Callable[..., Number]] = {
    sympy.Abs: Holomorphic._abs,
    sympy.sign: Holomorphic._sign,
    sympy.floor: Holomorphic._floor,
    sympy.ceiling: Holomorphic._ceiling,
    sympy.Mod: Holomorphic._mod,
    sympy.Heaviside: Holomorphic._heaviside,
    sympy.Max: Holomorphic._max,
    sympy.Min: Holomorphic._min,
    relu: Holomorphic._relu,
    sympy.conjugate: Holomorphic._conjugate,
    sympy.re: Holomorphic._re,
    sympy.im: Holomorphic._im,
    sympy.Ei: Holomorphic._ei,
    sympy.li: Holomorphic._li,
    sigmoid: Holomorphic._sigmoid,
    softplus: Holomorphic._softplus,
}
