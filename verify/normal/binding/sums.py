"""Finite sums of symbolic length as kernels.

The canonical form of Σ over one or more bound indices: the summand is split into terms (linearity); deltas collapse
against ranges; sums inside are flattened (a sum of sums is one sum over several indices, in whatever order they were
written); factors without a bound index go outside, and unconnected groups of indices part (Σ_iΣ_j a_i b_j is a product
of two sums); an index on which nothing depends is counted. What is left is one kernel: a summand with numeric
coefficient one and canonically named bound indices. Every range is finite and an empty one gives 0, so all of this
holds for every length, provided that a count hi − lo + 1 is used only where hi ≥ lo − 1 is known. Sources: the
algebra of summation (Graham, Knuth, Patashnik, Concrete Mathematics 2.3 to 2.4); Karr 1981 for sums as elements of
difference fields (whose convention for reversed ranges is *not* ours).
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sympy import Expr, Sum, Tuple, oo

from verify.normal.algebra.field import Field
from verify.normal.algebra.kernels import KINDS, Kernel, Kind
from verify.normal.algebra.limits import Unsupported
from verify.normal.algebra.ratio import Ratio
from verify.normal.algebra.substitution import substitute
from verify.normal.binding import deltas
from verify.normal.binding.binders import MAX_INDICES, kernel_of, renamed, retarget, safe, substituted
from verify.normal.binding.ranges import (
    MAX_EXPLICIT,
    Limit,
    bound_body,
    generator,
    infinite,
    regular,
    speaks_of,
    unrolled,
    width,
)
from verify.normal.binding.summands import components, proper, split_denominator
from verify.normal.read import read, reads


@reads(Sum)
def _read(field: Field, e: Sum) -> Ratio:
    if any(len(limit) != 3 for limit in e.limits):
        raise Unsupported("a sum without limits")
    terms = unrolled(field, e)
    if terms is not None:
        return field.total(terms)
    body, limits = bound_body(field, e.function, e.limits)
    return summation(field, body, limits)


def summation(field: Field, body: Ratio, limits: Sequence[Limit]) -> Ratio:
    """Σ body over the limits (outermost first)."""
    if body.is_zero:
        return field.zero
    if not limits:
        return body
    if any(length.is_Integer and length < 0 for length in (width(lo, hi) for _, lo, hi in limits)):
        return field.zero
    explicit = _written_out(field, body, limits)
    if explicit is not None:
        return explicit
    if len(limits) == 1 and _asks(body, limits[0]):
        closed = _closed_form(field, body, limits[0])
        if closed is not None:
            return closed
    bound = frozenset(generator(field, v).index for v, _, _ in limits)
    if len(limits) > 1 and infinite(limits):
        raise Unsupported("a multiple infinite sum")
    outer, monomial, den = split_denominator(field, body.den, bound)
    if not den.is_one():
        parted = proper(field, body.num, den, bound)
        if parted is not None:
            whole, rest = parted
            return summation(field, whole / field.polynomial(outer * monomial), limits) + summation(
                field, rest / field.polynomial(body.den), limits
            )
    inside = [k.index for k in body.over if not bound.isdisjoint(k.deep)]
    parts: dict[tuple[int, ...], dict[tuple[int, ...], Any]] = {}
    for m, c in body.num.terms():
        key = tuple(m[g] for g in inside)
        free = list(m)
        for g in inside:
            free[g] = 0
        parts.setdefault(key, {})[tuple(free)] = c
    moving = sum(1 << g for g in inside)
    total = field.zero
    again = len(parts) > 1 and len(limits) == 1 and _asks(body, limits[0])
    for exponents, terms in parts.items():
        term = field.unit
        for g, e in zip(inside, exponents, strict=True):
            if e:
                term = term * field.generators[g] ** e
        factor = field.context.from_dict(terms)
        if body.den.is_one():  # parts of what is reduced are reduced
            coefficient = Ratio(field, factor, field.unit, body.above & ~moving, 0)
            part = Ratio(
                field, term, field.unit, sum(1 << g for g, e in zip(inside, exponents, strict=True) if e), 0, True
            )
        else:
            coefficient, part = field.ratio(factor, outer), field.ratio(term, monomial * den)
        closed = _closed_form(field, part, limits[0]) if again else None
        total = total + coefficient * (_term(field, part, limits, bound) if closed is None else closed)
    return total


def _asks(body: Ratio, limit: Limit) -> bool:
    """Whether the terms may be hypergeometric."""
    return limit[2] is oo or any(k.kind == "gamma" for k in body.inside)


def _closed_form(field: Field, body: Ratio, limit: Limit) -> Ratio | None:
    from verify.normal.axioms.series import closed_form  # loaded when it is needed

    return closed_form(field, body, limit)


def _written_out(field: Field, body: Ratio, limits: Sequence[Limit]) -> Ratio | None:
    """Σ over an index of a short numeric range, term by term."""
    for position, (_, lo, hi) in enumerate(limits):
        length = width(lo, hi)
        if length.is_Integer and 0 <= int(length) < MAX_EXPLICIT:
            total = field.zero
            for i in range(int(length) + 1):
                total = total + _replace(field, body, limits, position, read(field, lo + i))
            return total
    return None


def _replace(field: Field, body: Ratio, limits: Sequence[Limit], position: int, value: Ratio) -> Ratio:
    """Σ over the other limits with one bound index replaced by a value."""
    variable = limits[position][0]
    rest = [*limits[:position], *limits[position + 1 :]]
    rest, mapping = retarget(field, rest, {generator(field, variable).index: value})
    return summation(field, substitute(field, body, mapping), rest)


def _term(field: Field, body: Ratio, limits: Sequence[Limit], bound: frozenset[int]) -> Ratio:
    """Σ of a summand whose numerator is one monomial."""
    kernels = [k for k in body.inside if not bound.isdisjoint(k.deep)]
    # 1. deltas
    for kernel in kernels:
        if kernel.kind == "delta" and body.num.degrees()[kernel.index]:
            for position, (v, _, _) in enumerate(limits):
                variable = generator(field, v)
                if variable.index in kernel.deep:
                    value = deltas.collapse_value(field, kernel, variable, limits)
                    if value is not None:
                        return _replace(field, field.ratio(body.num / kernel.poly, body.den), limits, position, value)
            pair = deltas.merge(field, kernel, bound)
            if pair is not None:
                rest = field.ratio(body.num / kernel.poly, body.den)
                moved = substitute(field, rest, {pair[0].index: pair[1]})
                if moved.key != rest.key:
                    return summation(field, moved * kernel.ratio, limits)
    # 2. sums inside become indices of this one
    if not infinite(limits):
        for kernel in kernels:
            if kernel.kind == "sum" and body.num.degrees()[kernel.index] and not body.den.degrees()[kernel.index]:
                if len(limits) + len(kernel.data) > MAX_INDICES:
                    continue
                rest = field.ratio(body.num / kernel.poly, body.den)
                inner, mapping = renamed(field, kernel.data, fresh=True)
                return summation(field, rest * substitute(field, kernel.args[0], mapping), [*limits, *inner])
    # 3. indices that nothing depends on are counted, unconnected groups part
    used = frozenset().union(*(k.deep for k in kernels)) & bound
    for position in range(len(limits) - 1, -1, -1):
        v, lo, hi = limits[position]
        if generator(field, v).index in used or any(v in speaks_of(x, y) for _, x, y in limits[position + 1 :]):
            continue
        if infinite([limits[position]]):
            continue
        if regular(field, lo, hi):
            count = read(field, width(lo, hi) + 1)
            field.relations["a constant summed over a range that is not empty"] = None
            rest_limits = [*limits[:position], *limits[position + 1 :]]
            return summation(field, count * body, rest_limits) if rest_limits else count * body
    product = field.one
    for group, part in components(field, body, kernels, limits):
        product = product * kernel_of(field, "sum", part, group)
    return product


def _rebuild(field: Field, kernel: Kernel, mapping: dict[int, Ratio]) -> Ratio:
    body, limits = substituted(field, kernel, mapping)
    return summation(field, body, limits)


def _derive(field: Field, kernel: Kernel, d: Any) -> Ratio:
    limits, body = safe(field, kernel, d.incoming)
    d.constant_limits(limits)
    return summation(field, d(body), limits)


def _write(field: Field, kernel: Kernel, args: Sequence[Expr]) -> Expr:
    return Sum(args[0], *(Tuple(v, lo, hi) for v, lo, hi in reversed(kernel.data)))


KINDS["sum"] = Kind(None, _derive, _write, _rebuild)
