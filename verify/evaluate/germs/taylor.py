"""Polynomials in a small positive ``u`` with a ball for the rest: Taylor models (Makino & Berz, 1996).

A model stands for every function ``Σ c_j u^j + R(u) u^n`` on ``0 < u ≤ ε`` with ``R(u)`` in the ball ``rest``.
Coefficients that are exact stay so: that is how a removable singularity is seen to be one.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, TypeAlias

import flint
from flint import acb, acb_series, arb

from verify.evaluate.effort import spend
from verify.evaluate.field import Indeterminate
from verify.evaluate.germs.cauchy import derivative
from verify.evaluate.special.entry import Entry, right_of_cut
from verify.frozen import dataclass

Coefficients: TypeAlias = Callable[[Any, int], list[Any]]
"""The first Taylor coefficients of a function, so many, at a ball; not finite where it is not holomorphic."""


@dataclass(frozen=True)
class Model:
    """``Σ c_j u^j + R(u) u^n`` for ``0 < u ≤ reach``, where n is the number of coefficients."""

    coefficients: tuple[Any, ...]
    rest: Any
    reach: Any

    @property
    def order(self) -> int:
        """How many coefficients are known."""
        return len(self.coefficients)

    def span(self, start: int = 0) -> Any:
        """A ball for ``Σ_{j ≥ start} c_j u^{j − start} + R u^{n − start}``."""
        u = acb(interval(self.reach))
        total = self.rest
        for c in reversed(self.coefficients[start:]):
            total = c + u * total
        return total

    def cut(self, order: int) -> Model:
        """With fewer coefficients."""
        return self if order >= self.order else Model(self.coefficients[:order], self.span(order), self.reach)

    def plus(self, other: Model) -> Model:
        n = min(self.order, other.order)
        a, b = self.cut(n), other.cut(n)
        sums = tuple(x + y for x, y in zip(a.coefficients, b.coefficients, strict=True))
        return Model(sums, a.rest + b.rest, self.reach)

    def times(self, other: Model) -> Model:
        n = min(self.order, other.order)
        a, b = self.cut(n), other.cut(n)
        products = [acb(0)] * n
        first = [(i, x) for i, x in enumerate(a.coefficients) if not x.is_zero()]
        second = [(j, y) for j, y in enumerate(b.coefficients) if not y.is_zero()]
        high = [acb(0)] * n
        spend(len(first) * len(second))
        for i, x in first:
            for j, y in second:
                if i + j < n:
                    products[i + j] = products[i + j] + x * y
                else:
                    high[i + j - n] = high[i + j - n] + x * y
        beyond = Model(tuple(high), acb(0), self.reach).span()
        if not b.rest.is_zero():
            beyond = beyond + Model(a.coefficients, acb(0), self.reach).span() * b.rest
        if not a.rest.is_zero():
            beyond = beyond + a.rest * b.span()
        return Model(tuple(products), beyond, self.reach)

    def lowered(self) -> tuple[int, Model]:
        """The number of leading coefficients that are exactly zero, and the model without that power of ``u``."""
        k = 0
        while k < self.order and self.coefficients[k].is_zero():
            k += 1
        return k, Model(self.coefficients[k:], self.rest, self.reach)

    def raised(self, k: int, order: int) -> Model:
        """Times ``u^k``."""
        shifted = Model((acb(0),) * k + self.coefficients, self.rest, self.reach)
        return shifted.cut(order)

    def into(self, coefficients: Coefficients) -> Model:
        """A function of the model.

        Raises:
            Indeterminate: the function may not be holomorphic on the range of the model.
        """
        n = self.order
        if n == 0:
            (value,) = coefficients(self.rest, 1)
            if not value.is_finite():
                raise Indeterminate("a function that may not be holomorphic near an end point")
            return Model((), value, self.reach)
        at = coefficients(self.coefficients[0], n)
        last = coefficients(self.span(), n + 1)[n]
        if not all(c.is_finite() for c in (*at, last)):
            raise Indeterminate("a function that may not be holomorphic near an end point")
        small = Model((acb(0), *self.coefficients[1:]), self.rest, self.reach)
        total = constant(at[-1], n, self.reach)
        for c in reversed(at[:-1]):
            total = total.times(small).plus(constant(c, n, self.reach))
        return Model(total.coefficients, total.rest + last * self.span(1) ** n, self.reach)


def constant(value: Any, order: int, reach: Any) -> Model:
    """A number."""
    return Model((value, *[acb(0)] * (order - 1))[:order], acb(0) if order else value, reach)


def interval(reach: Any) -> Any:
    """The ball that holds the numbers from 0 to ``reach``."""
    half = (arb(reach) / 2).upper()
    return arb(half, half)


def disc(radius: Any) -> Any:
    """A ball that holds all complex numbers of at most that size."""
    size = arb(radius).upper()
    return acb(arb(0, size), arb(0, size))


def by_series(method: Callable[[Any], Any], regular: Callable[[Any], bool] = lambda z: True) -> Coefficients:
    """Taylor coefficients from arithmetic with power series."""

    def coefficients(center: Any, count: int) -> list[Any]:
        if not regular(center):
            return [acb("nan")] * count
        before, flint.ctx.cap = flint.ctx.cap, count
        try:
            found = method(acb_series([center, 1], prec=count))
            return [found[i] for i in range(count)]
        except (ValueError, ZeroDivisionError):
            return [acb("nan")] * count
        finally:
            flint.ctx.cap = before

    return coefficients


def power_coefficients(exponent: Any) -> Coefficients:
    """Of ``z ↦ zᵃ``."""

    def coefficients(center: Any, count: int) -> list[Any]:
        if not right_of_cut(center):
            return [acb("nan")] * count
        value = center.pow(exponent)
        found = []
        for k in range(count):
            found.append(value)
            value = value * (exponent - k) / ((k + 1) * center)
        return found

    return coefficients


def inverse_coefficients(center: Any, count: int) -> list[Any]:
    """Of ``z ↦ 1/z``."""
    if center.contains(0):
        return [acb("nan")] * count
    return [(-1) ** k * center ** -(k + 1) for k in range(count)]


def by_cauchy(entry: Entry, before: Sequence[Any], after: Sequence[Any]) -> Coefficients:
    """Taylor coefficients of a special function in one of its arguments, by Cauchy's bound and formula."""

    def value(z: Any, analytic: bool) -> Any:
        args = (*before, z, *after)
        return acb("nan") if analytic and not entry.regular(*args) else entry.value(*args)

    def coefficients(center: Any, count: int) -> list[Any]:
        if count == 1 or center.rad() < 1e-12:
            return [
                value(center, True) if k == 0 else derivative(value, center, k) / _factorial(k) for k in range(count)
            ]
        for size in (0.5, 0.125, 2**-6):  # a ball: |f⁽ᵏ⁾/k!| ≤ M/rᵏ
            wide = center + disc(size)
            largest = value(wide, True)
            if largest.is_finite():
                bound = abs(largest).upper()
                return [value(center, True), *(disc(bound * arb(size) ** -k) for k in range(1, count))]
        return [acb("nan")] * count

    return coefficients


def _factorial(k: int) -> Any:
    return arb(k + 1).gamma()
