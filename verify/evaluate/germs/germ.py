"""Functions near an end point: sums of ``u^p · L^l · exp(Σ c u^{-r} L^k) · (Taylor model)`` with ``L = log(1/u)``.

``u`` runs through the positive numbers up to a small ``reach``. Everything is enclosed, so that sizes, limits and the
integral up to ``reach`` follow with proof. Scales of this kind are Hardy's *Orders of Infinity*; here they are finite
sums with balls in place of "O".
"""

from __future__ import annotations

from collections.abc import Iterable
from fractions import Fraction
from typing import Any

from flint import acb, arb

from verify.evaluate.field import Indeterminate
from verify.evaluate.germs.scale import Growth, Scale, leading, number
from verify.evaluate.germs.taylor import Coefficients, Model, constant, disc
from verify.evaluate.special.entry import rational
from verify.frozen import dataclass

MOST_TERMS = 16


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
        if leading(scale.growth) is None:
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
            if leading(scale.growth) is not None or scale.growth or not isinstance(scale.power, Fraction):
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
