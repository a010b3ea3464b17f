"""Scales of growth near an end point: ``u^p · L^l · exp(Σ c u^{-r} L^k)`` with ``L = log(1/u)``.

``u`` runs through the positive numbers up to a small ``reach``. The scales are those of Hardy's *Orders of Infinity*.
"""

from __future__ import annotations

from fractions import Fraction
from typing import Any, TypeAlias

from flint import arb

from verify.evaluate.special.entry import rational
from verify.frozen import dataclass

Exponent: TypeAlias = Any  # a Fraction where it is known exactly, else an acb
Growth: TypeAlias = tuple[tuple[tuple[Fraction, int], Any], ...]  # ((r, k), c) of exp(Σ c u^{-r} L^k), largest first


def number(p: Exponent) -> Any:
    """An exponent as a ball."""
    return rational(p) if isinstance(p, Fraction) else p


def together(p: Exponent, q: Exponent, sign: int = 1) -> Exponent:
    """``p ± q``, exact where both are."""
    if isinstance(p, Fraction) and isinstance(q, Fraction):
        return p + sign * q
    return number(p) + sign * number(q)


def multiple(p: Exponent, q: Exponent) -> Exponent:
    """``p q``, exact where both are."""
    if isinstance(p, Fraction) and isinstance(q, Fraction):
        return p * q
    return number(p) * number(q)


@dataclass(frozen=True)
class Scale:
    """``u^p · L^l · exp(growth)``."""

    power: Exponent = Fraction(0)
    logs: int = 0
    growth: Growth = ()

    def times(self, other: Scale) -> Scale:
        return Scale(together(self.power, other.power), self.logs + other.logs, _sum(self.growth, other.growth))

    def inverse(self) -> Scale:
        """One over it."""
        return Scale(together(Fraction(0), self.power, -1), -self.logs, tuple((key, -c) for key, c in self.growth))

    def shifted(self, k: Exponent) -> Scale:
        """Times ``u^k``."""
        return Scale(together(self.power, k), self.logs, self.growth)

    def bound(self, reach: Any) -> Any:
        """A bound of the absolute value for ``0 < u ≤ reach``; ``None`` where none is found."""
        a, logs, factor = number(self.power).real, self.logs, arb(1)
        decay = _decay(self.growth, reach)
        if decay is None:
            return None
        rate, r = decay
        if rate is None:
            return _power_bound(a, logs, reach)
        if logs > 0:  # L^l ≤ K/u
            factor = _power_bound(arb(1), logs, reach)
            a, logs = a - 1, 0
        y = 1 / arb(reach)  # now y^{-a} exp(-rate y^r) for y ≥ 1/reach, which has its maximum at y^r = -a/(rate r)
        peak = -a / (rate * arb(r.numerator) / r.denominator)
        if not y ** (arb(r.numerator) / r.denominator) > peak:
            top = peak ** (arb(r.denominator) / r.numerator)
            return (factor * top.max(y) ** -a).upper() if peak > 0 else None
        return (factor * y**-a * (-rate * y ** (arb(r.numerator) / r.denominator)).exp()).upper()

    def vanishes(self) -> bool:
        """Whether it surely tends to 0."""
        rate = leading(self.growth)
        if rate is not None:
            return bool(rate < 0)
        p = number(self.power).real
        return bool(p > 0) or (self._no_power() and self.logs < 0)

    def _no_power(self) -> bool:
        return isinstance(self.power, Fraction) and self.power == 0


def _sum(a: Growth, b: Growth) -> Growth:
    total = dict(a)
    for key, c in b:
        total[key] = total[key] + c if key in total else c
    return tuple((key, total[key]) for key in sorted(total, reverse=True) if not total[key].is_zero())


def leading(growth: Growth) -> Any:
    """The real part that decides on growth or decay, if there is one."""
    for _, c in growth:
        if not c.real.is_zero():
            return c.real
    return None


def _decay(growth: Growth, reach: Any) -> tuple[Any, Fraction] | None:
    """``(κ, r)`` such that the exponential is at most ``exp(−κ u^{−r})``; ``(None, 0)`` where it has size 1."""
    real = [(key, c.real) for key, c in growth if not c.real.is_zero()]
    if not real:
        return None if growth and not all(c.real.is_zero() for _, c in growth) else (None, Fraction(0))
    ((r, k), c), *others = real
    rate = -c
    for (s, j), d in others:
        ratio = _power_bound(arb((r - s).numerator) / (r - s).denominator, j - k, reach)
        if ratio is None:
            return None
        rate = rate - abs(d) * ratio
    return ((rate * (-arb(reach).log()) ** k).lower(), r) if rate > 0 else None


def _power_bound(a: Any, logs: int, reach: Any) -> Any:
    """A bound of ``u^a L^l``."""
    length = -arb(reach).log()
    if a > 0:
        if logs <= 0 or length * a > logs:  # increasing in u
            return (arb(reach) ** a * length**logs).upper()
        return ((arb(logs) / (a * arb(1).exp())) ** logs).upper()
    if a.is_zero() and logs <= 0:
        return (length**logs).upper()
    return None
