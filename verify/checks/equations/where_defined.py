"""Equations with what both sides need to be defined taken as given: ``acot z = atan(1/z)`` is about z ≠ 0 only."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from sympy import Expr, Mul, Pow, Rational, S, log

from verify.checks.common import facts_of
from verify.checks.equations.principal_roots import apart
from verify.checks.equations.rewritten import settled
from verify.config import Settings
from verify.model import Claim, Evidence, Givens, Relation
from verify.terms import Frac, Rel, free

MOST = 6  # conditions


def check(claim: Claim, settings: Settings) -> Evidence | None:
    """PROVED where the canonical forms are the same under these conditions; it says nothing otherwise."""
    if claim.relation is not Relation.EQ:
        return None
    assert isinstance(claim.lhs, Expr) and isinstance(claim.rhs, Expr)
    facts = facts_of(claim)
    needed = dict.fromkeys(e for side in (claim.lhs, claim.rhs) for e in _divisors(side))
    needed = dict.fromkeys(e for e in needed if free(e) <= set(claim.givens.symbols) and not facts.nonzero(e))
    lhs, rhs = apart(claim.lhs, facts), apart(claim.rhs, facts)
    if len(needed) > MOST or (not needed and (lhs, rhs) == (claim.lhs, claim.rhs)):
        return None
    conditions = tuple(Rel(Relation.NE, e, S.Zero) for e in needed)
    defined = replace(claim, givens=Givens(claim.givens.symbols, (*claim.givens.constraints, *conditions)))
    reason = "the canonical forms are the same where both sides are defined"
    return settled("where defined", reason, claim, (lhs, rhs), facts_of(defined), settings)


def _divisors(e: Expr) -> Iterator[Expr]:
    """What must not be zero for the expression to have a value, whatever else does.

    Sums, integrals, limits and cases are not looked into: their parts need not have a value everywhere.
    """
    if isinstance(e, Frac):
        yield from _factors(e.denominator)
    elif isinstance(e, Pow) and isinstance(e.exp, Rational) and e.exp < 0:
        yield from _factors(e.base)
    elif isinstance(e, log):
        yield from _factors(e.args[0])
    if e.is_Add or e.is_Mul or e.is_Pow or isinstance(e, Frac) or (e.is_Function and not e.is_Piecewise):
        for part in e.args:
            if isinstance(part, Expr):
                yield from _divisors(part)


def _factors(e: Expr) -> Iterator[Expr]:
    for factor in Mul.make_args(e):
        base = (
            factor.base if isinstance(factor, Pow) and isinstance(factor.exp, Rational) and factor.exp > 0 else factor
        )
        if free(base):
            yield base
