"""Codes of integrals: the expression's part of the work (the numbers': :mod:`~verify.evaluate.analysis.quadrature`)."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from typing import TYPE_CHECKING, Any

from flint import acb
from sympy import Dummy, Expr, Integral, S, Symbol, pi

from verify.evaluate.analysis import quadrature
from verify.evaluate.analysis.common import field_below, remembering
from verify.evaluate.codes.code import Code, code, compiles, reach, unsupported
from verify.evaluate.field import Element, Field, Undefined, Unsupported
from verify.evaluate.fields.balls import Balls
from verify.evaluate.fields.duals import Dual, Duals
from verify.evaluate.fields.holomorphic import Holomorphic, lift
from verify.evaluate.germs.germ import Germ
from verify.evaluate.germs.germs import Germs

if TYPE_CHECKING:
    from verify.evaluate.evaluator import Evaluator

_INFINITE = (S.Infinity, S.NegativeInfinity)


@compiles(Integral)
def _integral(e: Integral) -> Code:
    body = e.function
    for limit in e.limits:
        if len(limit) != 3:
            return unsupported("an integral without a range")
        body = _Single(body, *limit)
    return body.code


class _Single:
    """The integral over one variable."""

    def __init__(self, body: Any, variable: Symbol, low: Expr, high: Expr) -> None:
        self.body, self.variable, self.low, self.high = body, variable, low, high
        self.symbols = reach(Integral(S.One, (variable, low, high))) | (_reach(body) - {variable})
        self._shifted: dict[Expr, _Single] = {}
        self.run = body.code if isinstance(body, _Single) else code(body)

    def code(self, m: Evaluator) -> Element:
        """The value in the field of ``m``."""
        if isinstance(m.field, Duals) and m.below is not None and m.own.isdisjoint(_reach(self.body)):
            return self._by_ends(m, m.field.inner, m.below)
        base = field_below(m.field, "an integral")
        if not isinstance(base, Balls):
            return self._value(m, base)
        return remembering(self, m, base, self.symbols, lambda at: self._value(at, base))

    def _by_ends(self, m: Evaluator, inner: Field, below: Evaluator) -> Element:
        """With its slope, where only the ends vary: the integrand there (the fundamental theorem of calculus).

        Raises:
            Unsupported: the integrand may not be holomorphic around an end.
        """
        slope = None
        for end, sign in ((self.low, -1), (self.high, 1)):
            place: Any = None if end in _INFINITE else code(end)(m)
            if place is None or place.slope is None:
                continue
            base, number = below, place.value
            while isinstance(base.field, Duals) and base.below is not None:
                base, number = base.below, number.value
            field_below(base.field, "an integral")
            point = lift(number)[0]
            if not quadrature.bounded_near(self._integrand(base, bool(point.imag.is_zero())), point, point + 1):
                raise Unsupported("the derivative of an integral by an end at which the integrand may not be regular")
            there = self.run(below.bound({(self.variable,): place.value}))
            part = inner.mul(inner.mul(place.slope, there), inner.const(Fraction(sign)))
            slope = part if slope is None else inner.add(slope, part)
        return Dual(self.code(below), slope)

    def _value(self, m: Evaluator, base: Field) -> Element:
        low, high = (None if end in _INFINITE else lift(code(end)(m))[0] for end in (self.low, self.high))
        value = self._path(m, low, high)
        if isinstance(base, Balls):
            return base.down(value, bool(value.imag.contains(0)))
        return value, False

    def _path(self, m: Evaluator, low: Any, high: Any) -> Any:
        if low is not None and high is not None and (low - high).is_zero():
            if not self._integrand(m, True)(low, False).is_finite():
                raise Undefined("an integral from a place to itself, at which the integrand has no value")
            return acb(0)
        if low is None and high is None:
            if self.low == self.high:
                return acb(0)
            return self._path(m, low, acb(0)) + self._path(m, acb(0), high)
        if low is None or high is None:
            near, expr, far = (high, self.high, self.low) if low is None else (low, self.low, self.high)
            sign = 1 if far is S.Infinity else -1
            middle = acb(sign) if near.imag.is_zero() and not near.real * sign > 0 else near + sign
            whole = self._piece(m, middle, near, expr) + self._far(m, middle, sign)
            return whole if high is None else -whole
        middle = (low + high) / 2
        line = self._integrand(m, _on_line(low, high))
        if quadrature.bounded_near(line, low, high) and quadrature.bounded_near(line, high, low):
            return quadrature.line(line, low, high)
        return self._piece(m, middle, low, self.low) - self._piece(m, middle, high, self.high)

    def _piece(self, m: Evaluator, start: Any, end: Any, place: Expr) -> Any:
        """From a finite end to ``start``."""
        line = self._integrand(m, _on_line(start, end))
        if quadrature.bounded_near(line, end, start):
            return quadrature.line(line, end, start)
        if place.has(pi) and not isinstance(self.body, _Single):
            moved = self._moved(place)
            return quadrature.towards(
                moved._integrand(m, _on_line(start, end)), moved._expansion(m), start - end, acb(0)
            )
        return quadrature.towards(line, self._expansion(m), start, end)

    def _moved(self, place: Expr) -> _Single:
        """With the variable counted from an end point, so that SymPy makes cosines of sines by whole quarter turns."""
        if place not in self._shifted:
            y = Dummy("y", complex=True)
            self._shifted[place] = _Single(self.body.xreplace({self.variable: place + y}), y, S.Zero, S.One)
        return self._shifted[place]

    def _far(self, m: Evaluator, start: Any, sign: int) -> Any:
        line = self._integrand(m, start.imag.is_zero())
        return -quadrature.towards(line, self._expansion(m), start, None, sign)

    def _integrand(self, m: Evaluator, on_line: bool) -> quadrature.Integrand:
        key, own, run = (self.variable,), frozenset((self.variable,)), self.run
        within = isinstance(outer := field_below(m.field, "an integral"), Holomorphic) and outer.analytic

        def value(z: Any, analytic: bool) -> Any:
            field = Holomorphic(m.field, key, z, on_line, analytic or within)
            return run(m.upon(field, own, lift))[0]

        return value

    def _expansion(self, m: Evaluator) -> Callable[[Germ], Germ]:
        def expand(variable: Germ) -> Germ:
            field = Germs(m.field, (self.variable,), variable)
            return self.run(m.upon(field, frozenset((self.variable,)), field.lift))

        return expand


def _reach(body: Any) -> frozenset[Symbol]:
    return body.symbols if isinstance(body, _Single) else reach(body)


def _on_line(a: Any, b: Any) -> bool:
    return bool(a.imag.is_zero() and b.imag.is_zero())
