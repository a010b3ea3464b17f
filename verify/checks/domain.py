"""Where both sides of a claim are defined: what must not be zero, what must be positive.

A relation is asserted where both sides are defined, so a verdict is told together with these conditions.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TypeAlias

from sympy import (
    Abs,
    Derivative,
    Expr,
    Heaviside,
    Integer,
    Max,
    Min,
    Mul,
    Pow,
    Product,
    Rational,
    Sum,
    acos,
    acosh,
    asin,
    bernoulli,
    binomial,
    log,
    preorder_traversal,
    sign,
)
from sympy.core.relational import Relational

from verify.checks.common import facts_of, space_of
from verify.facts import Facts
from verify.model import Claim, Relation
from verify.occurs import free_symbols
from verify.show import show
from verify.terms import Conj, Disj, ForAll, Frac, Index, Neg, Rel, Tabulate, free, relu

MOST = 4
LONGEST = 60


Need: TypeAlias = tuple[Rel, tuple[Index, ...]]  # a relation, for all values of the indices


def conditions(claim: Claim, told: bool = False) -> tuple[str, ...]:
    """Conditions such as ``x ≠ 0`` under which both sides are defined, as far as the givens do not say so already.

    ``told`` says that the canonical form has told its conditions: then only what it does not know of is added.
    """
    if space_of(claim).closed:
        return ()  # a number: it was computed, so it is defined
    real = space_of(claim).real
    nodes = (
        (Expr,) if not told else (bernoulli, binomial, Derivative) if real else (bernoulli, binomial, Derivative, log)
    )
    sides = (claim.lhs, claim.rhs)
    needs = ungranted(sides, facts_of(claim), real, nodes)
    outside = set(free_symbols(sides)) if needs else set()  # what an integral binds means nothing to who reads a scope
    written = [_words((rel, bound)) for rel, bound in needs if free(rel.lhs) <= outside.union(bound)]
    return tuple(dict.fromkeys(written))[:MOST]


def ungranted(item: object, facts: Facts, real: bool, nodes: tuple[type[Expr], ...] = (Expr,)) -> list[Need]:
    """What expressions and propositions need to be defined and the facts do not grant, for some types of nodes."""
    found: list[Need] = []
    for side, bound in _sides(item):
        for rel, inner in _needs(side, real, nodes):
            found += [(simple, (*bound, *inner)) for simple in _simplest(rel) if not _granted(simple, facts)]
    return found


def within_reals(claim: Claim) -> bool:
    """Whether no root or logarithm of a claim about real numbers leaves the reals.

    Where it may, the claim is not asserted; but one about complex numbers, which this one stands for, is.
    """
    facts = facts_of(claim)
    needs = ungranted((claim.lhs, claim.rhs, *claim.givens.constraints), facts, True)
    return all(rel.op is Relation.NE or facts.nonnegative(rel.lhs) for rel, _ in needs)


def _words(need: Need) -> str:
    rel, bound = need
    used = [index for index in bound if index in free(rel.lhs)]
    ranges = ", ".join(f"{index} = {show(index.lower)}, …, {show(index.upper)}" for index in used)
    written = show(rel) + (f" for {ranges}" if ranges else "")
    return written if len(written) <= LONGEST else "the denominators do not vanish"


def _sides(item: object, bound: tuple[Index, ...] = ()) -> Iterator[tuple[Expr, tuple[Index, ...]]]:
    """The expressions of a claim's sides, each with the indices that a "for all" binds."""
    if isinstance(item, Expr):
        yield item, bound
    elif isinstance(item, ForAll):
        yield from _sides(item.body, (*bound, item.index))
    elif isinstance(item, Conj | Disj):
        for part in item.parts:
            yield from _sides(part, bound)
    elif isinstance(item, Neg):
        yield from _sides(item.part, bound)
    elif isinstance(item, Rel):
        yield from _sides((item.lhs, item.rhs), bound)
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
    """Where a function has a kink, it has no derivative; where two cases meet, their rules do not tell it."""
    by = {v for v, _ in e.variable_count}
    for node in preorder_traversal(e.expr):
        if isinstance(node, Abs | Heaviside | relu | sign) and free(node) & by:
            yield Rel(Relation.NE, node.args[0], Integer(0))
        if isinstance(node, Max | Min) and len(node.args) == 2 and free(node) & by:
            first, second = sorted(node.args, key=str)
            yield Rel(Relation.NE, first - second, Integer(0))
        if isinstance(node, Relational) and free(node) & by:
            yield Rel(Relation.NE, node.lhs - node.rhs, Integer(0))


def _needs(e: Expr, real: bool, nodes: tuple[type[Expr], ...]) -> Iterator[Need]:
    """What has to hold for the expression to have a value; within sums for every value of the index."""
    if isinstance(e, nodes):
        yield from ((rel, ()) for rel in _needs_of_node(e, real))
    if isinstance(e, Sum | Product | Tabulate):
        bound = tuple(limit.args[0] for limit in e.limits if isinstance(limit.args[0], Index))
        yield from ((rel, (*bound, *inner)) for rel, inner in _needs(e.args[0], real, nodes))
        return
    for part in e.args:
        if isinstance(part, Expr):
            yield from _needs(part, real, nodes)


def _needs_of_node(e: Expr, real: bool) -> Iterator[Rel]:
    """What has to hold for a node to have a value where its arguments have."""
    zero = Integer(0)
    if isinstance(e, Frac):
        yield Rel(Relation.NE, e.denominator, zero)
    elif isinstance(e, Pow):
        fractional = isinstance(e.exp, Rational) and e.exp.q % 2 == 0
        if real and (fractional or not (e.exp.is_integer or e.exp.is_number)):
            strict = e.exp.is_negative or not e.exp.is_number
            yield Rel(Relation.GT if strict else Relation.GE, e.base, zero)
        elif e.exp.is_negative:
            yield Rel(Relation.NE, e.base, zero)
    elif isinstance(e, log):
        yield Rel(Relation.GT if real else Relation.NE, e.args[0], zero)
    elif real and isinstance(e, acosh):
        yield Rel(Relation.GE, e.args[0] - 1, zero)
    elif real and isinstance(e, asin | acos):
        yield Rel(Relation.GE, 1 - e.args[0] ** 2, zero)
    elif isinstance(e, binomial) and not all(a.is_nonnegative for a in e.args):
        yield Rel(Relation.GE, Max(*e.args), zero)  # conventions differ where both are negative
    elif isinstance(e, bernoulli) and len(e.args) == 1 and e.args[0].free_symbols:
        degree = e.args[0]
        if isinstance(degree, Frac):
            degree = degree.numerator / degree.denominator
        yield Rel(Relation.NE, (degree - 1).expand(), zero)  # B₁ is ½ or −½
    elif isinstance(e, Derivative):
        yield from _kinks(e)
