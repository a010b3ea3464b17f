"""Where both sides of a claim are defined: what must not be zero, what must be positive.

A relation is asserted where both sides are defined, so a verdict is told together with these conditions.
"""

from __future__ import annotations

from collections.abc import Iterator

from sympy import Abs, Expr, Integer, Mul, Pow, Product, Rational, Sum, acosh, log

from verify.checks.common import facts_of, space_of
from verify.facts import Facts
from verify.model import Claim, Relation
from verify.show import show
from verify.terms import Frac, Rel, Tabulate, free

MOST = 4
LONGEST = 60


def conditions(claim: Claim) -> tuple[str, ...]:
    """Conditions such as ``x ≠ 0`` under which both sides are defined, as far as the givens do not say so already."""
    if space_of(claim).closed:
        return ()  # a number: it was computed, so it is defined
    facts = facts_of(claim)
    found: dict[str, None] = {}
    for side in (claim.lhs, claim.rhs):
        if isinstance(side, Expr):
            needed = (simple for rel in _needs(side, space_of(claim).real) for simple in _simplest(rel))
            for rel in needed:
                if not _granted(rel, facts):
                    written = show(rel)
                    found.setdefault(written if len(written) <= LONGEST else "the denominators do not vanish")
    return tuple(found)[:MOST]


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
    if isinstance(e, Sum | Product | Tabulate):
        bound = {limit[0] for limit in e.limits}
        yield from (rel for rel in _needs(e.args[0], real) if not free(rel.lhs) & bound)
        return
    for part in e.args:
        if isinstance(part, Expr):
            yield from _needs(part, real)
