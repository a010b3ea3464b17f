"""Fields over another field: with values of their own for some symbols, and with dual numbers.

Derivatives are computed with dual numbers (forward-mode differentiation; Griewank & Walther, *Evaluating Derivatives*,
2008, ch. 3), so that the numeric side of a check shares nothing with the symbolic differentiation it is to confirm.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any, TypeAlias

from sympy import Abs, Expr, Max, Min, exp, log

from verify.evaluate.field import Element, Field, Key, Truth, Unsupported
from verify.terms import relu


class Bound:
    """A field in which some symbols have been given values of their own."""

    def __init__(self, inner: Field, values: dict[Key, Element]) -> None:
        self.inner, self.values, self.real = inner, values, inner.real

    def lookup(self, key: Key) -> Element:
        return self.values[key] if key in self.values else self.inner.lookup(key)

    def __getattr__(self, name: str) -> Any:
        return getattr(self.inner, name)


@dataclass(slots=True)
class Dual:
    """``value + slope·ε``; a slope of ``None`` is zero. Not frozen, since that takes twice as long to make."""

    value: Element
    slope: Element | None = None


DerivativeRule: TypeAlias = Callable[[type[Expr], int, Sequence[Element]], Element]


class Duals:
    """Dual numbers over ``inner``, differentiating by what ``by`` names.

    ``rule(function, position, arguments)`` gives the partial derivative of one function, from SymPy's table.
    """

    def __init__(self, inner: Field, by: Key, rule: DerivativeRule) -> None:
        self.inner, self.by, self.rule, self.real = inner, by, rule, inner.real
        self._wholes: dict[int, Element] = {}

    def _whole(self, value: int) -> Element:
        found = self._wholes.get(value)
        if found is None:
            found = self._wholes[value] = self.inner.const(Fraction(value))
        return found

    def lookup(self, key: Key) -> Dual:
        value = self.inner.lookup(key)
        return Dual(value, self.inner.const(Fraction(1)) if key == self.by else None)

    def const(self, value: Fraction) -> Dual:
        return Dual(self.inner.const(value), None)

    def number(self, value: Expr) -> Dual:
        return Dual(self.inner.number(value), None)

    def add(self, a: Dual, b: Dual) -> Dual:
        slope = b.slope if a.slope is None else a.slope if b.slope is None else self.inner.add(a.slope, b.slope)
        return Dual(self.inner.add(a.value, b.value), slope)

    def mul(self, a: Dual, b: Dual) -> Dual:
        return Dual(
            self.inner.mul(a.value, b.value), self._sum(self._mul(a.slope, b.value), self._mul(b.slope, a.value))
        )

    def _mul(self, a: Element | None, b: Element) -> Element | None:
        return None if a is None else self.inner.mul(a, b)

    def _sum(self, a: Element | None, b: Element | None) -> Element | None:
        return b if a is None else a if b is None else self.inner.add(a, b)

    def inv(self, a: Dual) -> Dual:
        value = self.inner.inv(a.value)
        if a.slope is None:
            return Dual(value)
        return Dual(value, self.inner.mul(a.slope, self.inner.mul(self._whole(-1), self.inner.mul(value, value))))

    def power_int(self, base: Dual, exponent: int) -> Dual:
        value = self.inner.power_int(base.value, exponent)
        if base.slope is None or exponent == 0:
            return Dual(value, None)
        outer = self.inner.mul(self._whole(exponent), self.inner.power_int(base.value, exponent - 1))
        return Dual(value, self.inner.mul(base.slope, outer))

    def power(self, base: Dual, exponent: Dual) -> Dual:
        inner = self.inner
        value = inner.power(base.value, exponent.value)
        slope = None
        if base.slope is not None:  # e·b^(e−1)·b'
            less_one = inner.add(exponent.value, self._whole(-1))
            outer = inner.mul(exponent.value, inner.power(base.value, less_one))
            slope = inner.mul(base.slope, outer)
        if exponent.slope is not None:  # b^e·log b·e'
            outer = inner.mul(value, inner.call(log, (base.value,)))
            slope = self._sum(slope, inner.mul(exponent.slope, outer))
        return Dual(value, slope)

    def call(self, function: type[Expr], args: Sequence[Dual]) -> Dual:
        inner = self.inner
        values = [a.value for a in args]
        value = inner.call(function, values)
        if all(a.slope is None for a in args):
            return Dual(value, None)
        if function is exp:
            return Dual(value, inner.mul(args[0].slope, value))
        if function is log:
            return Dual(value, inner.mul(args[0].slope, inner.inv(values[0])))
        if function in (Max, Min, relu, Abs):
            return self._piecewise_linear(function, args, value)
        slope = None
        for position, argument in enumerate(args):
            if argument.slope is not None:
                slope = self._sum(slope, inner.mul(argument.slope, self.rule(function, position, values)))
        return Dual(value, slope)

    def _piecewise_linear(self, function: type[Expr], args: Sequence[Dual], value: Element) -> Dual:
        """Differentiable only where one piece is strictly selected."""
        zero = self.const(Fraction(0))
        if function is Abs:
            if not self.real:
                raise Unsupported("|z| has no complex derivative")
            pieces = [args[0], self.mul(self.const(Fraction(-1)), args[0])]
        else:
            pieces = [*args, zero] if function is relu else list(args)
        best, *rest = pieces
        for piece in rest:
            lower, higher = (best, piece) if function is Min else (piece, best)
            best = self._strict_choice(lower, higher, best, piece)
        return Dual(value, best.slope)

    def _strict_choice(self, lower: Dual, higher: Dual, first: Dual, second: Dual) -> Dual:
        zero = self.inner.const(Fraction(0))
        slopes = [s.slope if s.slope is not None else zero for s in (first, second)]
        cases = [
            (self.inner.less(lower.value, higher.value, True), lambda: slopes[0]),
            (self.inner.less(higher.value, lower.value, True), lambda: slopes[1]),
        ]
        values = [
            (self.inner.less(lower.value, higher.value, True), lambda: first.value),
            (self.inner.less(higher.value, lower.value, True), lambda: second.value),
        ]
        return Dual(self.inner.select(values), self.inner.select(cases))

    def less(self, a: Dual, b: Dual, strict: bool) -> Truth:
        """On the boundary between two pieces nothing is known to be differentiable: the answer is ``None``."""
        if a.slope is None and b.slope is None:
            return self.inner.less(a.value, b.value, strict)
        below, above = self.inner.less(a.value, b.value, True), self.inner.less(b.value, a.value, True)
        if isinstance(below, bool) or below is None:
            return True if below else False if above else None
        return below

    def equal(self, a: Dual, b: Dual) -> Truth:
        equal = self.inner.equal(a.value, b.value)
        return None if equal is True and (a.slope is not None or b.slope is not None) else equal

    def select(self, cases: Sequence[tuple[Truth, Callable[[], Dual]]]) -> Dual:
        zero = self.inner.const(Fraction(0))
        made: dict[int, Dual] = {}

        def part(position: int, slope: bool) -> Element:
            if position not in made:
                made[position] = cases[position][1]()
            dual = made[position]
            return dual.value if not slope else dual.slope if dual.slope is not None else zero

        return Dual(
            self.inner.select([(truth, lambda i=i: part(i, False)) for i, (truth, _) in enumerate(cases)]),  # type: ignore[misc]  # default argument binds i
            self.inner.select([(truth, lambda i=i: part(i, True)) for i, (truth, _) in enumerate(cases)]),  # type: ignore[misc]  # default argument binds i
        )


def slope_of(dual: Dual, inner: Field) -> Element:
    """The derivative as an element of the field below."""
    return dual.slope if dual.slope is not None else inner.const(Fraction(0))


def combinations(field: Any, rows: Sequence[Sequence[int]], elements: Sequence[Element]) -> list[Element]:
    """Linear combinations with whole coefficients, one for each row of them."""
    if isinstance(field, Bound):
        return combinations(field.inner, rows, elements)
    if isinstance(field, Duals):
        values = combinations(field.inner, rows, [e.value for e in elements])
        sloping = [i for i, e in enumerate(elements) if e.slope is not None]
        if not sloping:
            return [Dual(value) for value in values]
        steep = [[row[i] for i in sloping] for row in rows]
        slopes = combinations(field.inner, steep, [elements[i].slope for i in sloping])
        return [Dual(value, slope) for value, slope in zip(values, slopes, strict=True)]
    if elements and hasattr(field, "combine"):
        found: list[Element] = field.combine(rows, elements)
        return found
    scale = {c: field.const(Fraction(c)) for row in rows for c in row}
    nothing = field.const(Fraction(0))
    found = []
    for row in rows:
        total = nothing
        for c, element in zip(row, elements, strict=True):
            if c:
                total = field.add(total, element if c == 1 else field.mul(scale[c], element))
        found.append(total)
    return found
