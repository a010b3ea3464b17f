"""Kernels that bind indices: canonical names, and substitution that captures none.

The canonical name of a bound index says how deep it stands above its summand, so that it does not depend on where the
sum stands; of several indices, the order is the one with the smallest text (de Bruijn levels, but stable under
reordering).
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import permutations
from operator import attrgetter
from typing import Any

from sympy import Symbol

from verify.normal.algebra.field import Field
from verify.normal.algebra.kernels import Kernel
from verify.normal.algebra.limits import MAX_TERMS, TooLarge, Unsupported
from verify.normal.algebra.ratio import Ratio
from verify.normal.algebra.substitution import substitute
from verify.normal.binding.ranges import Limit, changed, end, generator, speaks_of
from verify.normal.functions.atoms import Bound, symbol
from verify.normal.text.write import end_text, expression, text

MAX_INDICES = 6  # bound indices of one flattened sum


def renamed(
    field: Field, limits: Sequence[Limit], fresh: bool = False, base: int = 0
) -> tuple[list[Limit], dict[int, Ratio]]:
    """The limits with new names: canonical ones above ``base``, or fresh ones; and the substitution to apply."""
    table: dict[Any, Any] = {}
    mapping: dict[int, Ratio] = {}
    found: list[Limit] = []
    for position, (v, lo, hi) in enumerate(limits):
        if table:
            lo, hi = changed(lo, table), changed(hi, table)
        if fresh:
            field.fresh += 1
            name = f"‹.{field.fresh}›"
        else:
            name = f"‹{base + position + 1}›"
        new = Bound(name, lo, hi)
        if new != v:
            table[v] = new
            mapping[generator(field, v).index] = symbol(field, new)
        found.append((new, lo, hi))
    return found, mapping


def _orders(limits: Sequence[Limit]) -> list[tuple[Limit, ...]]:
    """All orders in which an index stands after those that its range speaks of."""
    found = []
    for order in permutations(limits):
        names = [v for v, _, _ in order]
        if all(set(names[i:]).isdisjoint(speaks_of(lo, hi)) for i, (_, lo, hi) in enumerate(order)):
            found.append(order)
    return found


def canonical_names(field: Field, body: Ratio, limits: Sequence[Limit]) -> tuple[Ratio, tuple[Limit, ...]]:
    """The summand and limits with canonical names, in the canonical order."""
    own = {generator(field, v).index for v, _, _ in limits}
    base = max((k.height for k in body.inside), default=0)
    best: tuple[Limit, ...] = tuple(limits)
    if len(limits) > 1:
        if len(limits) > MAX_INDICES:
            raise TooLarge(f"a sum over {len(limits)} indices")
        ranked = []
        for order in _orders(limits):
            names = {generator(field, v).index: f"‹{base + i + 1}›" for i, (v, _, _) in enumerate(order)}
            table = {v: Symbol(f"‹{base + i + 1}›") for i, (v, _, _) in enumerate(order)}
            ranges = [f"{end_text(changed(lo, table))}..{end_text(changed(hi, table))}" for _, lo, hi in order]
            ranked.append((ranges, text(field, body, names), order))
        best = min(ranked, key=lambda r: r[:2])[2]
    found, mapping = renamed(field, best, base=base)
    new = {generator(field, v).index for v, _, _ in found}
    if mapping and new & (field.deep(body) - own):
        raise Unsupported("a bound index meets a free one of the same name")
    return (substitute(field, body, mapping) if mapping else body), tuple(found)


def kernel_of(field: Field, kind: str, body: Ratio, limits: Sequence[Limit]) -> Ratio:
    """A sum or product kernel with canonical names."""
    body, named = canonical_names(field, body, limits)
    if len(body.num) > MAX_TERMS:
        raise TooLarge("a summand")
    return binder(field, kind, body, named, field.real(body))


def binder(field: Field, kind: str, body: Ratio, named: tuple[Limit, ...], real: bool) -> Ratio:
    """A kernel that binds indices."""
    own = [v for v, _, _ in named]
    others = sorted({s for _, lo, hi in named for s in speaks_of(lo, hi)}.difference(own), key=attrgetter("name"))
    inner = [symbol(field, s) for s in others if isinstance(s, Symbol)]
    return field.kernel(kind, named, (body,), real=real, bound=[symbol(field, v) for v in own], inner=inner)


def safe(field: Field, kernel: Kernel, deep: frozenset[int]) -> tuple[Sequence[Limit], Ratio]:
    """Limits and summand, with fresh bound indices if ``deep`` (what is about to come inside) has the same ones."""
    own = {generator(field, v).index for v, _, _ in kernel.data}
    if own.isdisjoint(deep):
        return kernel.data, kernel.args[0]
    limits, mapping = renamed(field, kernel.data, fresh=True)
    return limits, substitute(field, kernel.args[0], mapping)


def retarget(field: Field, limits: Sequence[Limit], mapping: dict[int, Ratio]) -> tuple[list[Limit], dict[int, Ratio]]:
    """Limits after a substitution: an index whose range changes becomes a new index."""
    names = {field.at(g).data: g for g in mapping if field.at(g).kind == "symbol"}
    if all(speaks_of(lo, hi).isdisjoint(names) for _, lo, hi in limits):
        return list(limits), mapping
    mapping = dict(mapping)
    table = {name: expression(field, mapping[g]) for name, g in names.items()}
    found: list[Limit] = []
    for v, lo, hi in limits:
        if not speaks_of(lo, hi).isdisjoint(table):
            lo, hi = end(field, changed(lo, table)), end(field, changed(hi, table))
            new = Bound(v.name, lo, hi)
            mapping[generator(field, v).index] = symbol(field, new)
            table[v] = new
            v = new
        found.append((v, lo, hi))
    return found, mapping


def substituted(field: Field, kernel: Kernel, mapping: dict[int, Ratio]) -> tuple[Ratio, list[Limit]]:
    """Summand and limits after a substitution from outside."""
    incoming: frozenset[int] = frozenset().union(*(field.deep(v) for v in mapping.values()))
    limits, body = safe(field, kernel, incoming | mapping.keys())
    found, full = retarget(field, limits, mapping)
    return substitute(field, body, full), found
