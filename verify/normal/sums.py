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

from collections.abc import Mapping, Sequence
from itertools import permutations
from typing import Any, TypeAlias

from sympy import Add, Expr, Function, Integer, Max, Min, Mul, Pow, Sum, Symbol, Tuple, oo
from sympy.core.basic import Basic

from verify.normal import deltas
from verify.normal.atoms import Bound, symbol, whole
from verify.normal.factors import factor
from verify.normal.field import KINDS, Field, Kernel, Kind, Poly, Ratio
from verify.normal.limits import MAX_TERMS, TooLarge, Unsupported
from verify.normal.read import read, reads
from verify.normal.write import expression, kernel_text, text

Limit: TypeAlias = tuple[Bound, Expr, Expr]
MAX_EXPLICIT = 24  # sums of at most so many terms of a numeric range are written out
MAX_INDICES = 6  # bound indices of one flattened sum


# -- reading -------------------------------------------------------------------------------------------------


def weight(field: Field, e: Basic) -> int:
    """An upper bound on how many bound indices the canonical form can nest (names start above it)."""
    if not e.args:
        return 0
    key = ("weight", e)
    found = field.memo.get(key)
    if found is None:
        inner = [weight(field, a) for a in e.args]
        if isinstance(e, Mul):
            found = sum(inner)
        elif isinstance(e, Pow) and isinstance(e.exp, Integer) and abs(int(e.exp)) < 10:
            found = inner[0] * max(1, abs(int(e.exp)))
        elif isinstance(e, Add | Function | Tuple):
            found = max(inner)
        elif type(e).__name__ == "Derivative":
            found = 2 * sum(inner) + 2
        else:
            found = sum(inner) + sum(isinstance(a, Tuple) for a in e.args)
        field.memo[key] = found
    return int(found)


def bound_limits(field: Field, body: Expr, limits: Sequence[Tuple]) -> tuple[Expr, list[Limit]]:
    """The summand and its limits (outermost first) with fresh bound indices; SymPy writes the innermost first."""
    limits = [Tuple(*limit) for limit in limits]
    level = weight(field, body) + len(limits) + max((weight(field, x) for x in limits), default=0)
    found: list[Limit] = []
    for position in range(len(limits) - 1, -1, -1):
        name, lo, hi = limits[position]
        lo, hi = end(field, lo), end(field, hi)
        fresh = Bound(f"‹{level}›", lo, hi)
        level -= 1
        body = body.xreplace({name: fresh})
        for i in range(position):
            inner = limits[i]
            # a bound index of the same name further in has a range that may speak of this one
            limits[i] = Tuple(inner[0], changed(inner[1], {name: fresh}), changed(inner[2], {name: fresh}))
            if inner[0] == name:
                body = body.xreplace({fresh: name})
        found.append((fresh, lo, hi))
    return body, found


def changed(e: Expr, table: Mapping[Any, Any]) -> Expr:
    """The end of a range with indices replaced; Max and Min are not evaluated anew (SymPy takes 8 ms for that)."""
    if isinstance(e, Max | Min):
        found: Expr = e.func(*(changed(a, table) for a in e.args), evaluate=False)
        return found
    replaced: Expr = e.xreplace(table)
    return replaced


def end(field: Field, e: Expr) -> Expr:
    """The end of a range in canonical form, Max and Min kept as they are."""
    if isinstance(e, Integer | Symbol) or e in (oo, -oo):
        return e
    if isinstance(e, Max | Min):
        found: Expr = e.func(*(end(field, a) for a in e.args), evaluate=False)
        return found
    if e.has(Max, Min) and isinstance(e, Add | Mul):
        return e.func(*(end(field, a) for a in e.args))
    return expression(field, read(field, e))


@reads(Sum)
def _read(field: Field, e: Sum) -> Ratio:
    if any(len(limit) != 3 for limit in e.limits):
        raise Unsupported("a sum without limits")
    body, limits = bound_limits(field, e.function, e.limits)
    return summation(field, read(field, body), limits)


# -- the canonical form --------------------------------------------------------------------------------------


def generator(field: Field, name: Symbol) -> Kernel:
    """The kernel of a symbol."""
    kernel = field.only(symbol(field, name))
    assert kernel is not None
    return kernel


def summation(field: Field, body: Ratio, limits: Sequence[Limit]) -> Ratio:
    """Σ body over the limits (outermost first)."""
    if body.is_zero:
        return field.zero
    if not limits:
        return body
    for lo, hi in ((lo, hi) for _, lo, hi in limits):
        width = hi - lo
        if width.is_Integer and width < 0:
            return field.zero
    explicit = _written_out(field, body, limits)
    if explicit is not None:
        return explicit
    bound = frozenset(generator(field, v).index for v, _, _ in limits)
    if any(x in (oo, -oo) for limit in limits for x in limit[1:]) and len(limits) > 1:
        raise Unsupported("a multiple infinite sum")
    outer, monomial, den = _split_denominator(field, body.den, bound)
    if not den.is_one():
        parted = _proper(field, body.num, den, bound)
        if parted is not None:
            whole, rest = parted
            return summation(field, whole / field.polynomial(outer * monomial), limits) + summation(
                field, rest / field.polynomial(body.den), limits
            )
    inside = [k.index for k in field.used(body.num) if not bound.isdisjoint(k.deep)]
    parts: dict[tuple[int, ...], dict[tuple[int, ...], Any]] = {}
    for m, c in body.num.terms():
        key = tuple(m[g] for g in inside)
        free = list(m)
        for g in inside:
            free[g] = 0
        parts.setdefault(key, {})[tuple(free)] = c
    total = field.zero
    for exponents, terms in parts.items():
        term = field.unit
        for g, e in zip(inside, exponents, strict=True):
            if e:
                term = term * field.generators[g] ** e
        coefficient = field.ratio(field.context.from_dict(terms), outer)
        total = total + coefficient * _term(field, field.ratio(term, monomial * den), limits, bound)
    return total


def _written_out(field: Field, body: Ratio, limits: Sequence[Limit]) -> Ratio | None:
    """Σ over an index of a short numeric range, term by term."""
    for position, (_, lo, hi) in enumerate(limits):
        width = hi - lo
        if width.is_Integer and 0 <= int(width) < MAX_EXPLICIT:
            total = field.zero
            for i in range(int(width) + 1):
                total = total + _replace(field, body, limits, position, read(field, lo + i))
            return total
    return None


def _replace(field: Field, body: Ratio, limits: Sequence[Limit], position: int, value: Ratio) -> Ratio:
    """Σ over the other limits with one bound index replaced by a value."""
    variable = limits[position][0]
    rest = [*limits[:position], *limits[position + 1 :]]
    rest, mapping = retarget(field, rest, {generator(field, variable).index: value})
    return summation(field, field.substitute(body, mapping), rest)


def retarget(field: Field, limits: Sequence[Limit], mapping: dict[int, Ratio]) -> tuple[list[Limit], dict[int, Ratio]]:
    """Limits after a substitution: an index whose range changes becomes a new index."""
    mapping = dict(mapping)
    table = {field.at(g).data: expression(field, value) for g, value in mapping.items() if field.at(g).kind == "symbol"}
    found: list[Limit] = []
    for v, lo, hi in limits:
        if table and not (lo.free_symbols | hi.free_symbols).isdisjoint(table):
            lo, hi = end(field, changed(lo, table)), end(field, changed(hi, table))
            new = Bound(v.name, lo, hi)
            mapping[generator(field, v).index] = symbol(field, new)
            table[v] = new
            v = new
        found.append((v, lo, hi))
    return found, mapping


def _split_denominator(field: Field, den: Poly, bound: frozenset[int]) -> tuple[Poly, Poly, Poly]:
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


def _proper(field: Field, num: Poly, den: Poly, bound: frozenset[int]) -> tuple[Ratio, Ratio] | None:
    """Quotient and remainder of the summand's numerator by its denominator in a kernel in which the latter is monic
    (up to a number): so f/(1+f) and 1 − 1/(1+f) become one."""
    candidates = [k for k in field.used(den) if not bound.isdisjoint(k.deep) and k.index not in field.rules]
    candidates.sort(key=lambda k: kernel_text(field, k, {}))
    for kernel in candidates:
        g = kernel.index
        degree = int(den.degrees()[g])
        if num.degrees()[g] < degree:
            continue
        lead = _leading(field, den, g, degree)
        if not lead.is_constant():
            continue
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


def _term(field: Field, body: Ratio, limits: Sequence[Limit], bound: frozenset[int]) -> Ratio:
    """Σ of a summand whose numerator is one monomial."""
    kernels = [k for k in field.inside(body) if not bound.isdisjoint(k.deep)]
    infinite = any(x in (oo, -oo) for limit in limits for x in limit[1:])
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
                changed = field.substitute(rest, {pair[0].index: pair[1]})
                if changed.key != rest.key:
                    return summation(field, changed * field.polynomial(kernel.poly), limits)
    # 2. sums inside become indices of this one
    if not infinite:
        for kernel in kernels:
            if kernel.kind == "sum" and body.num.degrees()[kernel.index] and not body.den.degrees()[kernel.index]:
                if len(limits) + len(kernel.data) > MAX_INDICES:
                    continue
                rest = field.ratio(body.num / kernel.poly, body.den)
                inner, mapping = renamed(field, kernel.data, fresh=True)
                return summation(field, rest * field.substitute(kernel.args[0], mapping), [*limits, *inner])
    # 3. indices that nothing depends on are counted, unconnected groups part
    used = frozenset().union(*(k.deep for k in kernels)) & bound
    for position in range(len(limits) - 1, -1, -1):
        v, lo, hi = limits[position]
        if generator(field, v).index in used or any(
            v in (x.free_symbols | y.free_symbols) for _, x, y in limits[position + 1 :]
        ):
            continue
        if lo in (oo, -oo) or hi in (oo, -oo):
            continue
        if regular(field, lo, hi):
            count = read(field, hi - lo + 1)
            field.relations["a constant summed over a range that is not empty"] = None
            rest_limits = [*limits[:position], *limits[position + 1 :]]
            return summation(field, count * body, rest_limits) if rest_limits else count * body
    product = field.one
    for group, part in _components(field, body, kernels, limits):
        product = product * _kernel(field, part, group)
    return product


def regular(field: Field, lo: Expr, hi: Expr) -> bool:
    """hi ≥ lo − 1 known, for integers: the range has hi − lo + 1 members, perhaps none."""
    return whole(field, lo, hi) and bool(field.facts.nonempty(lo, hi) or field.facts.nonempty(lo, hi + 1))


def _components(
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
        free = lo.free_symbols | hi.free_symbols
        for j, (v, _, _) in enumerate(limits):
            if v in free:
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


# -- canonical names -------------------------------------------------------------------------------------------


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
        if all(set(names[i:]).isdisjoint(lo.free_symbols | hi.free_symbols) for i, (_, lo, hi) in enumerate(order)):
            found.append(order)
    return found


def canonical_names(field: Field, body: Ratio, limits: Sequence[Limit]) -> tuple[Ratio, tuple[Limit, ...]]:
    """The summand and limits with canonical names, in the canonical order."""
    own = {generator(field, v).index for v, _, _ in limits}
    base = max((k.height for k in field.inside(body)), default=0)
    best: tuple[Limit, ...] = tuple(limits)
    if len(limits) > 1:
        if len(limits) > MAX_INDICES:
            raise TooLarge(f"a sum over {len(limits)} indices")
        ranked = []
        for order in _orders(limits):
            names = {generator(field, v).index: f"‹{base + i + 1}›" for i, (v, _, _) in enumerate(order)}
            table = {v: Symbol(f"‹{base + i + 1}›") for i, (v, _, _) in enumerate(order)}
            ranges = [f"{changed(lo, table)}..{changed(hi, table)}" for _, lo, hi in order]
            ranked.append((ranges, text(field, body, names), order))
        best = min(ranked, key=lambda r: r[:2])[2]
    found, mapping = renamed(field, best, base=base)
    new = {generator(field, v).index for v, _, _ in found}
    free = frozenset().union(*(field.at(g).deep for k in field.inside(body) for g in k.deep)) - own
    if new & free:
        raise Unsupported("a bound index meets a free one of the same name")
    return (field.substitute(body, mapping) if mapping else body), tuple(found)


def kernel_of(field: Field, kind: str, body: Ratio, limits: Sequence[Limit]) -> Ratio:
    """A sum or product kernel with canonical names."""
    body, named = canonical_names(field, body, limits)
    if len(body.num) > MAX_TERMS:
        raise TooLarge("a summand")
    own = [symbol(field, v) for v, _, _ in named]
    free = sorted(
        {s for _, lo, hi in named for s in lo.free_symbols | hi.free_symbols} - {v for v, _, _ in named}, key=str
    )
    inner = [symbol(field, s) for s in free if isinstance(s, Symbol)]
    return field.kernel(kind, named, (body,), real=field.real(body), bound=own, inner=inner)


def _kernel(field: Field, body: Ratio, limits: Sequence[Limit]) -> Ratio:
    return kernel_of(field, "sum", body, limits)


def safe(field: Field, kernel: Kernel, deep: frozenset[int]) -> tuple[Sequence[Limit], Ratio]:
    """Limits and summand, with fresh bound indices if ``deep`` (what is about to come inside) has the same ones."""
    own = {generator(field, v).index for v, _, _ in kernel.data}
    if own.isdisjoint(deep):
        return kernel.data, kernel.args[0]
    limits, mapping = renamed(field, kernel.data, fresh=True)
    return limits, field.substitute(kernel.args[0], mapping)


def substituted(field: Field, kernel: Kernel, mapping: dict[int, Ratio]) -> tuple[Ratio, list[Limit]]:
    """Summand and limits after a substitution from outside."""
    incoming: frozenset[int] = frozenset().union(*(field.deep(v) for v in mapping.values()))
    limits, body = safe(field, kernel, incoming | mapping.keys())
    found, full = retarget(field, limits, mapping)
    return field.substitute(body, full), found


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
