"""Sums bounded by what is known of their terms: one of them, their sizes, given bounds of entries."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from sympy import Abs, Expr, Indexed, Symbol

from verify.checks.inequalities.sums.bound import Bound
from verify.checks.inequalities.sums.jensen import Form
from verify.checks.inequalities.sums.monotone import between, direction
from verify.checks.inequalities.sums.summed import Summed
from verify.facts import Facts
from verify.model import Relation
from verify.terms import ForAll, Index, Proposition, Rel, conjuncts, free

MEMBER = "a sum of nonnegative terms is at least each of them"
ENTRIES = "every term is bounded as its entry is"
TRIANGLE = "the triangle inequality"


def members(total: Summed, facts: Facts, symbols: Iterable[Symbol]) -> Iterator[Bound]:
    """A sum of nonnegative terms, bounded by the term at an index of the claim, or by zero."""
    if not facts.nonnegative(total.f):
        return
    for index in symbols:
        if isinstance(index, Index) and index != total.index and facts.within(index, *total.range):
            yield Bound(-1, total.f.xreplace({total.index: index}), MEMBER, "")


def entries(total: Summed, facts: Facts, constraints: Iterable[Proposition], form: Form) -> Iterator[Bound]:
    """A sum whose terms grow or fall with an entry for which a bound is given."""
    for entry in sorted((e for e in total.f.atoms(Indexed) if total.index in free(e)), key=str):
        for side, value in given_bounds(entry, facts, constraints):
            number = between(entry, value, facts)
            way = direction(total.f.xreplace({entry: number}), number, facts)
            if way:
                yield Bound(side * way, form(total.of(total.f.xreplace({entry: value}))), ENTRIES, "")


def given_bounds(entry: Indexed, facts: Facts, constraints: Iterable[Proposition]) -> Iterator[tuple[int, Expr]]:
    """What is given to be at least (1) or at most (−1) an entry."""
    for rel in instances(entry, facts, constraints):
        for small, large, op in ((rel.lhs, rel.rhs, rel.op), (rel.rhs, rel.lhs, rel.op)):
            upper = op in (Relation.LE, Relation.LT) if small is rel.lhs else op in (Relation.GE, Relation.GT)
            if small == entry and not large.has(entry) and op in _ORDERS:
                yield (1 if upper else -1), large


_ORDERS = (Relation.LE, Relation.LT, Relation.GE, Relation.GT)


def instances(entry: Indexed, facts: Facts, constraints: Iterable[Proposition]) -> Iterator[Rel]:
    """What is given for all indices, at the index of an entry."""
    for p in conjuncts(tuple(constraints)):
        if isinstance(p, ForAll) and isinstance(p.body, Rel):
            for pattern in sorted((p.body.lhs - p.body.rhs).atoms(Indexed), key=str):
                if pattern.base != entry.base or p.index not in pattern.indices:
                    continue
                at = entry.indices[pattern.indices.index(p.index)]
                if facts.within(at, p.index.lower, p.index.upper):
                    table = {p.index: at}
                    yield Rel(p.body.op, p.body.lhs.xreplace(table), p.body.rhs.xreplace(table))


def size(total: Summed, form: Form) -> Bound:
    """The size of a sum, bounded by the sum of sizes."""
    return Bound(1, form(total.of(Abs(total.f))), TRIANGLE, "DLMF 1.9.14")
