"""Functions near an end point: sums of ``u^p · L^l · exp(Σ c u^{-r} L^k) · (Taylor model)`` with ``L = log(1/u)``.

``u`` runs through the positive numbers up to a small ``reach``. Everything is enclosed, so that sizes, limits and the
integral up to ``reach`` follow with proof. Scales of this kind are Hardy's *Orders of Infinity*; here they are finite
sums with balls in place of "O".
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from fractions import Fraction
from typing import Any, TypeAlias

from flint import acb, arb

from verify.evaluate.analysis.taylor import Coefficients, Model, constant, disc
from verify.evaluate.field import Indeterminate
from verify.evaluate.special.entry import rational

Exponent: TypeAlias = Any  # a Fraction where it is known exactly, else an acb
Growth: TypeAlias = tuple[tuple[tuple[Fraction, int], Any], ...]  # ((r, k), c) of exp(Σ c u^{-r} L^k), largest first

MOST_TERMS = 16


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
        leading = _leading(self.growth)
        if leading is not None:
            return bool(leading < 0)
        p = number(self.power).real
        return bool(p > 0) or (self._no_power() and self.logs < 0)

    def _no_power(self) -> bool:
        return isinstance(self.power, Fraction) and self.power == 0


def _sum(a: Growth, b: Growth) -> Growth:
    total = dict(a)
    for key, c in b:
        total[key] = total[key] + c if key in total else c
    return tuple((key, total[key]) for key in sorted(total, reverse=True) if not total[key].is_zero())


def _leading(growth: Growth) -> Any:
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


@dataclass(frozen=True)
class Term:
    """A scale times a model."""

    scale: Scale
    model: Model

    def times(self, other: Term) -> Term:
        return Term(self.scale.times(other.scale), self.model.times(other.model))

    def normal(self) -> Term | None:
        """With a first coefficient that is not exactly zero; ``None`` if there is nothing left."""
        k, model = self.model.lowered()
        if model.order == 0 and model.rest.is_zero():
            return None
        return Term(self.scale.shifted(Fraction(k)), model)


@dataclass(frozen=True)
class Germ:
    """A sum of terms; ``exact`` is its value where it is a rational constant, ``real`` that it is real."""

    terms: tuple[Term, ...]
    order: int
    reach: Any
    real: bool = False
    exact: Fraction | None = None

    def of(self, terms: Iterable[Term], real: bool = False, exact: Fraction | None = None) -> Germ:
        """Other terms at the same place."""
        merged: list[Term] = []
        for term in terms:
            _merge(merged, term, self.order)
        if len(merged) > MOST_TERMS:
            raise Indeterminate("an expansion with too many terms")
        normal = [t for t in (term.normal() for term in merged) if t is not None]
        return Germ(tuple(normal), self.order, self.reach, real, exact)

    def constant(self, value: Any, real: bool = False, exact: Fraction | None = None) -> Germ:
        """A number at the same place."""
        return self.of([Term(Scale(), constant(value, self.order, self.reach))], real, exact)

    def real_as(self, other: Germ) -> Germ:
        """The same, known to be real if the other one is."""
        return Germ(self.terms, self.order, self.reach, other.real, self.exact)

    def plus(self, other: Germ) -> Germ:
        both = None if self.exact is None or other.exact is None else self.exact + other.exact
        if both is not None:
            return self.constant(rational(both), True, both)
        return self.of((*self.terms, *other.terms), self.real and other.real)

    def times(self, other: Germ) -> Germ:
        both = None if self.exact is None or other.exact is None else self.exact * other.exact
        if both is not None:
            return self.constant(rational(both), True, both)
        return self.of([a.times(b) for a in self.terms for b in other.terms], self.real and other.real)

    def fixed(self) -> Any:
        """The value where it is a constant; ``None`` elsewhere."""
        if self.exact is not None:
            return rational(self.exact)
        if not self.terms:
            return acb(0)
        if len(self.terms) > 1 or self.terms[0].scale != Scale():
            return None
        model = self.terms[0].model
        plain = model.order > 0 and model.rest.is_zero() and all(c.is_zero() for c in model.coefficients[1:])
        return model.coefficients[0] if plain else None

    # -- one scale --------------------------------------------------------------------------------------------------

    def against(self, scale: Scale, skip: int = -1) -> Model:
        """The germ divided by a scale, as one model.

        Raises:
            Indeterminate: it is not bounded by that scale.
        """
        total = Model((acb(0),) * self.order, acb(0), self.reach)
        back = scale.inverse()
        for i, term in enumerate(self.terms):
            if i == skip:
                total = total.plus(term.model)
                continue
            total = total.plus(collapsed(Term(term.scale.times(back), term.model), self.order))
        return total

    def dominant(self) -> tuple[Scale, Model]:
        """The germ as a scale times a model that does not vanish.

        Raises:
            Indeterminate: no term dominates the others.
        """
        for i, term in enumerate(self.terms):
            others = [t.scale.times(term.scale.inverse()) for j, t in enumerate(self.terms) if j != i]
            if all(other.vanishes() for other in others):
                model = self.against(term.scale, i)
                if not model.span().contains(0):
                    return term.scale, model
        raise Indeterminate("no term of an expansion dominates the others")

    def finite(self) -> Model:
        """The germ as a model: bounded, with a limit if its order is positive.

        Raises:
            Indeterminate: it may be unbounded.
        """
        return self.against(Scale())

    def compose(self, coefficients: Coefficients, real: bool = False) -> Germ:
        """A function of a bounded germ."""
        return self.of([Term(Scale(), self.finite().into(coefficients))], real)

    # -- sizes ------------------------------------------------------------------------------------------------------

    def integral(self) -> Any:
        """A ball for the integral from 0 to ``reach``, coefficient by coefficient as far as they are known.

        Raises:
            Indeterminate: it may not converge.
        """
        total = acb(0)
        for term in self.terms:
            scale, model = term.scale, term.model
            if scale.logs < 0 or len(scale.growth) > 1 or (scale.growth and (scale.logs or scale.growth[0][0][1])):
                total = total + disc(abs(model.span()).upper() * self._mass(scale))
                continue
            for j, c in enumerate(model.coefficients):
                if not c.is_zero():
                    total = total + c * self._exactly(scale.shifted(Fraction(j)))
            if not model.rest.is_zero():
                beyond = scale.shifted(Fraction(model.order))
                if scale.growth and scale.growth[0][1].real.is_zero():  # of size 1
                    beyond = Scale(beyond.power)
                total = total + disc(abs(model.rest).upper() * self._mass(beyond))
        return total

    def _exactly(self, scale: Scale) -> Any:
        """``∫ u^q L^l`` by parts; ``∫ u^q exp(c u^{-r})`` by an incomplete gamma function (DLMF 8.6.1)."""
        q, length = number(scale.power), -arb(self.reach).log()
        if not scale.growth:
            if not q.real > -1:
                raise Indeterminate("an integrand that may not be integrable at an end point")
            last = acb(self.reach) ** (q + 1) / (q + 1)
            total = acb(0)
            factor = acb(1)
            for k in range(scale.logs, -1, -1):
                total = total + factor * last * length**k
                factor = factor * k / (q + 1)
            return total
        (((r, _), c),) = scale.growth
        rate, power = acb(r.numerator) / r.denominator, (q + 1) / (acb(r.numerator) / r.denominator)
        if not (c.real < 0 or (c.real.is_zero() and q.real + 1 + rate.real > 0)):
            raise Indeterminate("an integrand that may not be integrable at infinity")
        return (-c) ** power * (-c / acb(self.reach) ** rate).gamma_upper(-power) / rate

    def _mass(self, scale: Scale) -> Any:
        """``∫ |scale|``: at most K ε^δ/δ where the scale is at most K u^{δ−1}."""
        if _leading(scale.growth) is None:
            gap = number(scale.power).real + 1
            if gap > 0:
                delta = (gap if scale.logs <= 0 else gap / 2).lower()
                bound = Scale(scale.power, scale.logs).shifted(acb(1 - delta)).bound(self.reach)
                if bound is None and scale.logs <= 0:
                    bound = (-arb(self.reach).log()) ** scale.logs
                if bound is not None:
                    return (bound * arb(self.reach) ** delta / delta).upper()
        else:
            bound = scale.bound(self.reach)
            if bound is not None:
                return bound * self.reach
        raise Indeterminate("an integrand that may not be integrable at an end point")

    def limit(self) -> Any:
        """The limit for ``u → 0``.

        Raises:
            Indeterminate: it cannot be told whether there is one.
        """
        total = acb(0)
        for term in self.terms:
            scale, model = term.scale, term.model
            if scale.vanishes():
                continue
            if _leading(scale.growth) is not None or scale.growth or not isinstance(scale.power, Fraction):
                raise Indeterminate("a limit that may not exist")
            place = -scale.power  # of the coefficient that belongs to u^0
            if model.order <= place or any(not c.is_zero() for c in model.coefficients[: max(0, _ceil(place))]):
                raise Indeterminate("a limit that may not be finite")
            if place.denominator == 1 and place >= 0 and not model.coefficients[int(place)].is_zero():
                if scale.logs > 0:
                    raise Indeterminate("a limit that is not finite")
                total = total + (model.coefficients[int(place)] if scale.logs == 0 else 0)
        return total


def _ceil(q: Fraction) -> int:
    return -(-q.numerator // q.denominator)


def collapsed(term: Term, order: int) -> Model:
    """A bounded term as a model, its scale taken up by the rest as far as it is no power of ``u``.

    Raises:
        Indeterminate: it may be unbounded.
    """
    scale, model = term.scale, term.model
    p = scale.power
    if not scale.growth and scale.logs == 0 and isinstance(p, Fraction) and p.denominator == 1:
        if p >= 0:
            return model.raised(int(p), order)
        k, lower = model.lowered()
        if k + p >= 0:
            return lower.raised(int(k + p), order)
    for k in range(order, -1, -1):
        bound = scale.shifted(Fraction(-k)).bound(model.reach)
        if bound is not None and bound.is_finite():
            return Model((acb(0),) * k, disc(bound) * model.span(), model.reach)
    raise Indeterminate("an expansion that may be unbounded")


def _merge(terms: list[Term], term: Term, order: int) -> None:
    """Add a term to one that differs by a whole power of ``u``, if there is one."""
    for i, other in enumerate(terms):
        a, b = term.scale, other.scale
        if a.logs != b.logs or not _same(a.growth, b.growth):
            continue
        if isinstance(a.power, Fraction) and isinstance(b.power, Fraction):
            gap: Fraction = a.power - b.power
        else:
            continue
        if gap.denominator == 1:
            low, high, k = (other, term, int(gap)) if gap >= 0 else (term, other, -int(gap))
            known = min(low.model.order, high.model.order + k, order)
            terms[i] = Term(low.scale, low.model.cut(known).plus(high.model.raised(k, known)))
            return
    terms.append(term)


def _same(a: Growth, b: Growth) -> bool:
    """Surely the same: equal exact numbers."""
    return len(a) == len(b) and all(k == m and c == d for (k, c), (m, d) in zip(a, b, strict=True))
