"""A claim at concrete sizes: sums written out, "for all" as a conjunction, entries as symbols of their own."""

from __future__ import annotations

from collections.abc import Mapping

from sympy import Add, Expr, Indexed, Integer, Mul, Product, Sum, Symbol

from verify.checks.equations.identity import rename
from verify.model import Claim, Givens
from verify.terms import Array, Conj, Content, Disj, ForAll, Index, Neg, Proposition, Rel, free, is_proposition

LONGEST = 64


class NotFinite(Exception):
    """Something keeps a symbolic size."""


def instantiate(claim: Claim, sizes: Mapping[Symbol, int]) -> Claim | None:
    """The claim with the given sizes put in, over plain symbols; ``None`` where that is not possible."""
    values: dict[Expr, Expr] = {size: Integer(value) for size, value in sizes.items()}
    try:
        for symbol in claim.givens.symbols:
            if isinstance(symbol, Index):
                lower, upper = symbol.lower.xreplace(values), symbol.upper.xreplace(values)
                if lower != upper or not lower.is_Integer:
                    raise NotFinite
                values[symbol] = lower
        writer = _Writer(values)
        lhs, rhs = writer.content(claim.lhs), writer.content(claim.rhs)
        constraints = tuple(writer.proposition(c) for c in claim.givens.constraints)
        premises = tuple(writer.proposition(c) for c in claim.premises)
    except NotFinite:
        return None
    symbols = dict.fromkeys(s for s in claim.givens.symbols if s not in values and not isinstance(s, Array))
    return Claim(
        claim.id, lhs, claim.relation, rhs, Givens((*symbols, *writer.entries.values()), constraints), premises
    )


class _Writer:
    """Writes terms out at concrete sizes."""

    def __init__(self, values: Mapping[Expr, Expr]) -> None:
        self.values = dict(values)
        self.entries: dict[Expr, Symbol] = {}

    def content(self, content: Content) -> Content:
        if isinstance(content, Expr):
            return self.expression(content.xreplace(self.values))
        if is_proposition(content):
            return self.proposition(content)
        raise NotFinite

    def proposition(self, p: Proposition) -> Proposition:
        if isinstance(p, Rel):
            return Rel(p.op, *(self.expression(side.xreplace(self.values)) for side in (p.lhs, p.rhs)))
        if isinstance(p, Conj | Disj):
            return type(p)(tuple(self.proposition(part) for part in p.parts))
        if isinstance(p, Neg):
            return Neg(self.proposition(p.part))
        if isinstance(p, ForAll):
            numbers = self.range(p.index.lower.xreplace(self.values), p.index.upper.xreplace(self.values))
            return Conj(tuple(self.proposition(rename(p.body, p.index, Integer(i))) for i in numbers))
        raise NotFinite

    def range(self, lower: Expr, upper: Expr) -> range:
        if not (lower.is_Integer and upper.is_Integer) or upper - lower > LONGEST:
            raise NotFinite
        return range(int(lower), int(upper) + 1)

    def expression(self, e: Expr) -> Expr:
        if isinstance(e, Sum | Product):
            *inner, (bound, lower, upper) = e.limits
            body = e.func(e.function, *inner) if inner else e.function
            terms = [self.expression(body.xreplace({bound: Integer(i)})) for i in self.range(lower, upper)]
            return Add(*terms) if isinstance(e, Sum) else Mul(*terms)
        if isinstance(e, Indexed):
            return self.entry(e)
        if isinstance(e, Array):
            raise NotFinite
        if not e.args or isinstance(e, Symbol):
            return e
        return e.func(*(self.expression(a) if isinstance(a, Expr) else a for a in e.args))

    def entry(self, e: Indexed) -> Symbol:
        array = e.base.label
        if not isinstance(array, Array) or array.definition is not None or array.values is not None:
            raise NotFinite
        if any(not i.is_Integer for i in e.indices) or free(e) - {array}:
            raise NotFinite
        if e not in self.entries:
            name = f"{array.name}[{', '.join(map(str, e.indices))}]"
            self.entries[e] = Symbol(name, **dict(array.domain))
        return self.entries[e]
