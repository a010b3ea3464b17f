"""A summand taken apart: what does not depend on the bound indices, the proper fraction, unconnected groups."""

from __future__ import annotations

from collections.abc import Sequence

from verify.normal.algebra.factors import factor
from verify.normal.algebra.field import Field
from verify.normal.algebra.kernels import Kernel
from verify.normal.algebra.ratio import Poly, Ratio
from verify.normal.binding.ranges import Limit, generator, speaks_of
from verify.normal.text.write import kernel_text


def split_denominator(field: Field, den: Poly, bound: frozenset[int]) -> tuple[Poly, Poly, Poly]:
    """The denominator as (free of the bound indices) · (monomial in kernels with them) · (the rest)."""
    outer, monomial, rest = field.unit, field.unit, field.unit
    if den.is_one():
        return outer, monomial, rest
    if all(bound.isdisjoint(k.deep) for k in field.used(den)):
        return den, monomial, rest
    content, parts = factor(field, den)
    outer = outer * content
    for p, e in parts:
        kernels = list(field.used(p))
        if all(bound.isdisjoint(k.deep) for k in kernels):
            outer = outer * p**e
        elif len(p) == 1:
            monomial = monomial * p**e
        else:
            rest = rest * p**e
    return outer, monomial, rest


def proper(field: Field, num: Poly, den: Poly, bound: frozenset[int]) -> tuple[Ratio, Ratio] | None:
    """Quotient and remainder of the summand's numerator by its denominator in a kernel in which the latter is monic
    (up to a number): so f/(1+f) and 1 − 1/(1+f) become one. It is always the same kernel: f/(f+g) would become
    1 − g/(f+g), and that f/(f+g) again."""
    candidates = [k for k in field.used(den) if not bound.isdisjoint(k.deep) and k.index not in field.rules]
    candidates.sort(key=lambda k: kernel_text(field, k, {}))
    for kernel in candidates:
        g = kernel.index
        degree = int(den.degrees()[g])
        lead = _leading(field, den, g, degree)
        if not lead.is_constant():
            continue
        if num.degrees()[g] < degree:
            return None
        quotient, rest = field.zero, field.polynomial(num)
        low, scale = field.polynomial(den - lead * kernel.poly**degree), field.polynomial(lead).inverse()
        while not rest.is_zero and (top := int(rest.num.degrees()[g])) >= degree:
            head = _leading(field, rest.num, g, top)
            step = field.ratio(head * kernel.poly ** (top - degree), rest.den) * scale
            quotient = quotient + step
            rest = rest - field.ratio(head * kernel.poly**top, rest.den) - step * low
        return quotient, rest
    return None


def _leading(field: Field, p: Poly, g: int, degree: int) -> Poly:
    """The coefficient of ``g**degree``."""
    return field.context.from_dict({(*m[:g], 0, *m[g + 1 :]): c for m, c in p.terms() if m[g] == degree})


def components(
    field: Field, body: Ratio, kernels: Sequence[Kernel], limits: Sequence[Limit]
) -> list[tuple[list[Limit], Ratio]]:
    """The factors of the summand grouped by the bound indices that connect them."""
    if len(limits) == 1:
        return [(list(limits), body)]
    index = [generator(field, v).index for v, _, _ in limits]
    leader = list(range(len(limits)))

    def find(i: int) -> int:
        while leader[i] != i:
            i = leader[i]
        return i

    def join(items: list[int]) -> None:
        for i in items[1:]:
            leader[find(i)] = find(items[0])

    for kernel in kernels:
        join([i for i, g in enumerate(index) if g in kernel.deep])
    if len(body.den) > 1:
        deep = field.deep(Ratio(field, body.den, field.unit))
        join([i for i, g in enumerate(index) if g in deep])
    for i, (_, lo, hi) in enumerate(limits):
        named = speaks_of(lo, hi)
        for j, (v, _, _) in enumerate(limits):
            if v in named:
                join([i, j])
    groups: dict[int, list[int]] = {}
    for i in range(len(limits)):
        groups.setdefault(find(i), []).append(i)
    if len(groups) == 1:
        return [(list(limits), body)]
    found = []
    for members in groups.values():
        own = {index[i] for i in members}
        num, den = field.unit, field.unit
        degrees, below = body.num.degrees(), body.den.degrees()
        for kernel in kernels:
            if not own.isdisjoint(kernel.deep):
                num = num * kernel.poly ** int(degrees[kernel.index])
                if len(body.den) == 1:
                    den = den * kernel.poly ** int(below[kernel.index])
        if len(body.den) > 1 and not own.isdisjoint(field.deep(Ratio(field, body.den, field.unit))):
            den = body.den
        found.append(([limits[i] for i in members], field.ratio(num, den)))
    return found
