"""Definite integrals that stand in every table, with their parameters read off the integrand.

Each entry proposes parameters; that its integrand with these is the one at hand is shown by the canonical form, and
that it converges by what is given. Sources: DLMF, at each entry.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from functools import partial
from itertools import product
from math import prod

from sympy import (
    Abs,
    Dummy,
    Expr,
    Pow,
    S,
    Symbol,
    exp,
    im,
    log,
    oo,
    re,
)

from verify.checks.common import facts_of
from verify.checks.equations import between_numbers, half_line
from verify.checks.equations.integrand import Found, parts
from verify.checks.signs import has
from verify.facts import Facts, Sign
from verify.model import Claim, Givens, Relation
from verify.terms import Disj, Neg, Proposition, Rel

MOST_CASES = 8
NEGATED = {
    Relation.EQ: Relation.NE,
    Relation.NE: Relation.EQ,
    Relation.LT: Relation.GE,
    Relation.GE: Relation.LT,
    Relation.GT: Relation.LE,
    Relation.LE: Relation.GT,
}


def proposed(body: Expr, t: Symbol, low: Expr, high: Expr) -> Iterator[tuple[Expr, Found]]:
    """Constant factors with integrals whose integrand may be what is left."""
    if low == -high and low != 0 and body.xreplace({t: -t}) == body:
        for constant, found in proposed(body, t, S.Zero, high):
            yield constant, replace(found, value=2 * found.value)
    constant, rest = parts(body, t)
    entries = half_line.ENTRIES if (low, high) == (0, oo) else between_numbers.ENTRIES.get((low, high), ())
    if high is oo:
        entries = (*entries, partial(half_line.gauss, low))
    elif low == 0 and high.is_extended_real and high.is_finite is not False:
        by_end = (between_numbers.incomplete_elliptic, between_numbers.algebraic_elliptic)
        entries = (*entries, *(of(high) for of in by_end), partial(between_numbers.incomplete_beta, high))
    for entry in entries:
        for found in entry(rest, t):
            yield constant, found
    if (low, high) == (0, 1) and body.has(log(t)):
        yield from _by_exponential(body, t)


def _by_exponential(body: Expr, t: Symbol) -> Iterator[tuple[Expr, Found]]:
    """Integrals from 0 to 1 with log t, by t = exp(−u)."""
    u = Dummy(positive=True)
    powers = {p: (-1) ** p.exp * u**p.exp for p in body.atoms(Pow) if p.base == log(t) and p.exp.is_integer}
    moved = body.xreplace(powers).xreplace({log(t): -u}).xreplace({t: exp(-u)}) * exp(-u)
    for constant, found in proposed(moved, u, S.Zero, oo):
        yield constant, replace(found, integrand=found.integrand.xreplace({u: -log(t)}) / t)


def converges(found: Found, claim: Claim) -> bool:
    """Whether what has to be positive is known to be."""
    constraints = (*claim.givens.constraints, *_unfolded(claim.givens.constraints))
    facts = facts_of(replace(claim, givens=Givens(claim.givens.symbols, constraints)))
    parts = [re(e).expand() for e in found.positive]
    positive = all(Sign.POS in (facts.sign(e), facts.sign(e.primitive()[1])) for e in parts)
    return (
        positive
        and all(facts.nonnegative(e) for e in found.nonnegative)
        and all(_off_cut(e, case) for e in found.off_cut for case in _cases(claim))
    )


def _off_cut(e: Expr, facts: Facts) -> bool:
    """Whether a complex number is known not to be real and ≤ 0."""
    return has(re(e).expand(), Sign.POS, facts) or facts.nonzero(im(e).expand())


def _cases(claim: Claim) -> Iterator[Facts]:
    """What is known in each case of the alternatives that are given."""
    alternatives = [p.parts if isinstance(p, Disj) else (p,) for p in claim.givens.constraints]
    if prod(map(len, alternatives)) > MOST_CASES:
        alternatives = [(p,) for p in claim.givens.constraints]
    for case in product(*alternatives):
        yield facts_of(replace(claim, givens=Givens(claim.givens.symbols, tuple(map(_asserted, case)))))


def _asserted(p: Proposition) -> Proposition:
    """The negation of a relation between real numbers as a relation."""
    if isinstance(p, Neg) and isinstance(p.part, Rel) and all(x.is_extended_real for x in (p.part.lhs, p.part.rhs)):
        return Rel(NEGATED[p.part.op], p.part.lhs, p.part.rhs)
    return p


def _unfolded(constraints: tuple[Proposition, ...]) -> Iterator[Rel]:
    """|u| < v is u < v and −u < v for real u."""
    for c in constraints:
        if isinstance(c, Rel) and c.op in (Relation.LT, Relation.GT):
            less, more = (c.lhs, c.rhs) if c.op is Relation.LT else (c.rhs, c.lhs)
            if isinstance(less, Abs) and less.args[0].is_extended_real:
                yield from (Rel(Relation.LT, u, more) for u in (less.args[0], -less.args[0]))
