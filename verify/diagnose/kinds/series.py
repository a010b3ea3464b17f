"""Sums and products: one lost or too many, a sum for a product, a wrong range: ``u_k`` for ``Σ_k u_k``."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from sympy import Expr, Integer, KroneckerDelta, Mul, Number, Pow, Product, Sum, Symbol

from verify.diagnose.search.deferred import Deferred
from verify.diagnose.search.edit import Edit, Op
from verify.diagnose.search.sheet import Sheet
from verify.diagnose.search.tree import Part
from verify.diagnose.search.values import Env, Values
from verify.diagnose.vocabulary import Vocabulary
from verify.diagnose.words import quoted
from verify.terms import Index, free

Range = tuple[Symbol, Expr, Expr]


def propose(part: Part, words: Vocabulary) -> Iterator[Edit]:
    """The sum taken off, put around, over another range, or a product instead."""
    node = part.node
    if isinstance(node, Pow) and isinstance(node.base, Sum) and isinstance(node.exp, Integer) and abs(node.exp) > 1:
        yield from _power_inside(part, node)
    if isinstance(node, Sum | Product):
        yield from _existing(part, words)
    elif not isinstance(node, Number | Index) and not isinstance(part.parent, Sum | Product):
        yield from _around(part, words)


def _power_inside(part: Part, node: Pow) -> Iterator[Edit]:
    """``Σ xₖ²`` for ``(Σ xₖ)²``, also where it is divided by that."""
    if len(node.base.limits) == 1:
        power, way = abs(node.exp), 1 if node.exp > 0 else -1
        body, limit = node.base.function**power, node.base.limits[0]

        def value(at: Sheet, env: Env, _: Values) -> Values:
            return at.series(True, body, limit, env) ** float(way)

        yield Edit(
            "brackets",
            part,
            Op.REPLACE,
            Deferred(lambda: Sum(body, limit) ** way, value),
            1.3,
            lambda e: _belongs("inside", power, e.new**way, e.old**way),
        )


def _power_outside(part: Part, node: Sum) -> Iterator[Edit]:
    """``(Σ xₖ)²`` for ``Σ xₖ²``, what does not depend on the index left before it."""
    ((k, lower, upper),) = node.limits
    within = [f for f in Mul.make_args(node.function) if k in free(f)]
    power = within[0].exp if len(within) == 1 and isinstance(within[0], Pow) else None
    if isinstance(power, Integer) and power > 1:
        base = within[0].base
        before = Mul(*(f for f in Mul.make_args(node.function) if k not in free(f)))

        def value(at: Sheet, env: Env, _: Values) -> Values:
            return at.value(before, env) * at.series(True, base, (k, lower, upper), env) ** int(power)

        made = Deferred(lambda: before * Sum(base, (k, lower, upper)) ** power, value)
        yield Edit("brackets", part, Op.REPLACE, made, 1.35, lambda e: _belongs("outside", power, e.new, e.old))


def _belongs(where: str, power: Integer, new: Expr, old: Expr) -> str:
    name = {2: "square", 3: "cube"}.get(int(power), "power")
    return f"The {name} belongs {where} the sum: {quoted(new)}, not {quoted(old)}."


def _existing(part: Part, words: Vocabulary) -> Iterator[Edit]:
    node = part.node
    if len(node.limits) != 1:
        return
    ((k, lower, upper),) = node.limits
    other = Product if isinstance(node, Sum) else Sum
    if not part.shape:
        yield Edit("sum-for-product", part, Op.REPLACE, _ranging(other, node.function, (k, lower, upper)), 1.35, _other)
    if isinstance(node, Sum):
        yield from _power_outside(part, node)
    if k in free(node.function):
        for index in words.in_scope(part.bound):
            yield Edit("extra-sum", part, Op.REPLACE, _single(node.function, k, index), 1.4, _extra)
    else:
        yield Edit("extra-sum", part, Op.REPLACE, node.function, 1.4, _extra)
    ends = [(lower, upper - 1), (lower + 1, upper), (lower - 1, upper), (lower, upper + 1)]
    ends += [(lo, hi) for _, lo, hi in words.ranges]
    ends += [(lower, size) for size in words.sizes]
    for lo, hi in dict.fromkeys(ends):
        if (lo, hi) != (lower, upper) and hi - lo != -1 and not ({k} & (lo.free_symbols | hi.free_symbols)):
            near = lo - lower in (0, 1, -1) and (hi == upper or hi - upper in (1, -1))
            cost = 1.25 if near else 1.4
            yield Edit("range", part, Op.REPLACE, _ranging(node.func, node.function, (k, lo, hi)), cost, _range)
    if isinstance(node, Sum):
        for index in words.in_scope(part.bound):
            less, more = (_beside(node, sign, _single(node.function, k, index)) for sign in (-1, 1))
            yield Edit("range", part, Op.REPLACE, less, 1.7, lambda e, i=index: _without(e, i))  # type: ignore[misc]
            yield Edit("range", part, Op.REPLACE, more, 1.8, lambda e, i=index: _with(e, i))  # type: ignore[misc]


def _around(part: Part, words: Vocabulary) -> Iterator[Edit]:
    node = part.node
    if isinstance(node, KroneckerDelta):
        return  # the sum of a delta is nothing that anybody writes
    for index in words.in_scope(part.bound):
        if index not in free(node):
            continue
        alone = any(index in free(delta) for delta in node.atoms(KroneckerDelta))  # it makes an end of the sum
        cost = 1.9 if alone else 1.5
        for k, lower, upper in _unused_first(words.ranges, node):
            bound = k if k not in free(node) else Index(f"{k.name}'", lower, upper)
            yield Edit("lost-sum", part, Op.REPLACE, _summed(node, index, (bound, lower, upper)), cost, _lost)
            if not part.shape:
                yield Edit("lost-sum", part, Op.REPLACE, _multiplied(node, index, (bound, lower, upper)), 1.65, _lost)


def _ranging(kind: type[Sum] | type[Product], body: Expr, limit: Range) -> Deferred:
    """A sum or product over a range."""
    return Deferred(lambda: kind(body, limit), lambda at, env, _: at.series(kind is Sum, body, limit, env))


def _single(body: Expr, bound: Symbol, index: Symbol) -> Deferred:
    """One term of a sum."""

    def value(at: Sheet, env: Env, _: Values) -> Values:
        return at.value(body, {**env, bound: at.integer(index, env)})

    return Deferred(lambda: body.xreplace({bound: index}), value)


def _beside(series: Expr, sign: int, term: Deferred) -> Deferred:
    """A sum without, or with twice, one of its terms."""
    return Deferred(
        lambda: series + sign * term.make(),
        lambda at, env, old: old + sign * term.value(at, env, old),
    )


def _summed(node: Expr, index: Symbol, limit: Range) -> Deferred:
    """The sum of a product over an index; what does not depend on it stands outside."""

    def make() -> Expr:
        factors = Mul.make_args(node)
        outside = Mul(*(f for f in factors if index not in free(f)))
        body = Mul(*(f for f in factors if index in free(f))).xreplace({index: limit[0]})
        return outside * Sum(body, limit)

    return Deferred(make, lambda at, env, _: at.series(True, node, (index, *limit[1:]), env))


def _multiplied(node: Expr, index: Symbol, limit: Range) -> Deferred:
    """The product over an index."""
    return Deferred(
        lambda: Product(node.xreplace({index: limit[0]}), limit),
        lambda at, env, _: at.series(False, node, (index, *limit[1:]), env),
    )


def _unused_first(ranges: Sequence[Range], node: Expr) -> list[Range]:
    """One range of each kind, under a name that is not taken in the part if there is one."""
    found: dict[tuple[Expr, Expr], Range] = {}
    taken = {bound for series in node.atoms(Sum, Product) for bound, *_ in series.limits}
    for k, lower, upper in sorted(ranges, key=lambda item: item[0] in taken):
        found.setdefault((lower, upper), (k, lower, upper))
    return list(found.values())


def _name(e: Expr) -> str:
    return "sum" if isinstance(e, Sum) else "product"


def _other(edit: Edit) -> str:
    return f"A {_name(edit.new)} is meant, not a {_name(edit.old)}: {quoted(edit.new)}."


def _extra(edit: Edit) -> str:
    return f"There is no {_name(edit.old)} here: {quoted(edit.new)} alone."


def _lost(edit: Edit) -> str:
    name = "product" if isinstance(edit.new, Product) else "sum"
    return f"The {name} is lost: {quoted(edit.new)}."


def _range(edit: Edit) -> str:
    ((k, lower, upper),) = edit.new.limits
    return f"The {_name(edit.new)} runs over another range: {k} = {lower} to {upper}."


def _without(edit: Edit, index: Expr) -> str:
    k = edit.old.limits[0][0]
    return f"The sum is over {k} ≠ {index} only: the term of {k} = {index} does not belong to it."


def _with(edit: Edit, index: Expr) -> str:
    k = edit.old.limits[0][0]
    return f"The term of {k} = {index} is counted once too little."
