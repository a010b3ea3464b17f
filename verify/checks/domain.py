"""Where both sides of a claim are defined: what must not be zero, what must be positive.

A relation is asserted where both sides are defined, so a verdict is told together with these conditions.
"""

from __future__ import annotations

from collections.abc import Iterator

from sympy import (
    Abs,
    Derivative,
    Expr,
    Integer,
    Max,
    Min,
    Mul,
    Pow,
    Product,
    Rational,
    Sum,
    Symbol,
    acosh,
    log,
    preorder_traversal,
    sign,
)

from verify.checks.common import facts_of, space_of
from verify.facts import Facts
from verify.model import Claim, Relation
from verify.show import show
from verify.terms import Conj, Disj, ForAll, Frac, Neg, Rel, Tabulate, free, relu

MOST = 4
LONGEST = 60


def conditions(claim: Claim) -> tuple[str, ...]:
    """Conditions such as ``x ≠ 0`` under which both sides are defined, as far as the givens do not say so already."""
    if space_of(claim).closed:
        return ()  # a number: it was computed, so it is defined
    facts = facts_of(claim)
    found: dict[str, None] = {}
    for side in _sides((claim.lhs, claim.rhs)):
        needed = (simple for rel in _needs(side, space_of(claim).real) for simple in _simplest(rel))
        for rel in needed:
            if not _granted(rel, facts):
                written = show(rel)
                found.setdefault(written if len(written) <= LONGEST else "the denominators do not vanish")
    return tuple(found)[:MOST]


def _sides(item: object, bound: frozenset[Symbol] = frozenset()) -> Iterator[Expr]:
    """The expressions of a claim's sides; in a proposition those that speak of no bound index."""
    if isinstance(item, Expr):
        if not free(item) & bound:
            yield item
    elif isinstance(item, ForAll):
        yield from _sides(item.body, bound | {item.index})
    elif isinstance(item, Conj | Disj):
        for part in item.parts:
            yield from _sides(part, bound)
    elif isinstance(item, Neg):
        yield from _sides(item.part, bound)
    elif isinstance(item, Rel):
        yield from _sides(item.lhs, bound)
        yield from _sides(item.rhs, bound)
    elif isinstance(item, tuple):
        for part in item:
            yield from _sides(part, bound)


def _granted(rel: Rel, facts: Facts) -> bool:
    if rel.op is Relation.NE:
        return facts.nonzero(rel.lhs)
    if rel.op is Relation.GT:
        return facts.positive(rel.lhs)
    return facts.nonnegative(rel.lhs)


def _simplest(rel: Rel) -> Iterator[Rel]:
    """``x²·y ≠ 0`` as ``x ≠ 0`` and ``y ≠ 0``; ``|x| > 0`` as ``x ≠ 0``."""
    e = rel.lhs
    even = isinstance(e, Pow) and isinstance(e.exp, Integer) and e.exp > 0 and e.exp % 2 == 0 and e.base.is_real
    if rel.op is Relation.GT and (even or isinstance(e, Abs)):
        rel = Rel(Relation.NE, e, rel.rhs)
    if rel.op is not Relation.NE:
        yield rel
    elif isinstance(e, Mul):
        for factor in e.args:
            yield from _simplest(Rel(Relation.NE, factor, rel.rhs))
    elif isinstance(e, Abs | Pow) and (isinstance(e, Abs) or e.exp.is_positive):
        yield from _simplest(Rel(Relation.NE, e.args[0], rel.rhs))
    else:
        yield rel


def _kinks(e: Derivative) -> Iterator[Rel]:
    """Where a function has a kink, it has no derivative."""
    by = {v for v, _ in e.variable_count}
    for node in preorder_traversal(e.expr):
        if isinstance(node, Abs | relu | sign) and free(node) & by:
            yield Rel(Relation.NE, node.args[0], Integer(0))
        if isinstance(node, Max | Min) and len(node.args) == 2 and free(node) & by:
            first, second = sorted(node.args, key=str)
            yield Rel(Relation.NE, first - second, Integer(0))


def _needs(e: Expr, real: bool) -> Iterator[Rel]:
    """What has to hold for the expression to have a value; within sums only what does not depend on the index."""
    zero = Integer(0)
    if isinstance(e, Frac):
        yield Rel(Relation.NE, e.denominator, zero)
    elif isinstance(e, Pow):
        if real and isinstance(e.exp, Rational) and e.exp.q % 2 == 0:
            yield Rel(Relation.GE if e.exp > 0 else Relation.GT, e.base, zero)
        elif e.exp.is_negative:
            yield Rel(Relation.NE, e.base, zero)
    elif isinstance(e, log):
        yield Rel(Relation.GT if real else Relation.NE, e.args[0], zero)
    elif real and isinstance(e, acosh):
        yield Rel(Relation.GE, e.args[0] - 1, zero)
    if isinstance(e, Derivative):
        yield from _kinks(e)
    if isinstance(e, Sum | Product | Tabulate):
        bound = {limit[0] for limit in e.limits}
        yield from (rel for rel in _needs(e.args[0], real) if not free(rel.lhs) & bound)
        return
    for part in e.args:
        if isinstance(part, Expr):
            yield from _needs(part, real)
