"""Implications whose premise is an equation: ``x² + y² = 1 ⇒ x + y < √2`` fails at one point of a circle.

The equation is solved for one symbol, and the conclusion is followed to where it is tightest as the others vary.
"""

from __future__ import annotations

from dataclasses import replace
from itertools import islice

from verify.checks.common import doubtful, space_of
from verify.checks.implications.eliminated import MOST, conditions, put, solutions
from verify.checks.numbers import extremes
from verify.config import Settings
from verify.model import ORDERS, Claim, Doubt, Evidence, Givens, Relation, Verdict
from verify.terms import Rel, conjuncts, is_proposition

MOST_SYMBOLS = 3


def check(claim: Claim, settings: Settings) -> Evidence | None:
    """UNDECIDED where the sides of the conclusion seem to touch or to pass one another, or nothing."""
    premise, conclusion, space = claim.lhs, claim.rhs, space_of(claim)
    if claim.relation is not Relation.IMPLIES or not is_proposition(premise) or not space.real:
        return None
    if not isinstance(conclusion, Rel) or conclusion.op not in ORDERS | {Relation.NE}:
        return None
    if space.arrays or space.sizes or space.indices or not 1 < len(space.scalars) <= MOST_SYMBOLS:
        return None
    premises = tuple(conjuncts((premise, *claim.premises)))
    for used, symbol, value, slope in islice(solutions(claim, premises), MOST):
        table = {symbol: value}
        others = (p for p in (*claim.givens.constraints, *premises) if p is not used)
        needed = (*conditions(symbol, value, slope), *(put(p, table) for p in others))
        narrower = replace(
            claim,
            lhs=put(conclusion.lhs, table),
            relation=conclusion.op,
            rhs=put(conclusion.rhs, table),
            givens=Givens(tuple(s for s in claim.givens.symbols if s != symbol), needed),
            premises=(),
        )
        found = extremes.check(narrower, settings)
        if found is not None and (found.verdict is Verdict.REFUTED or found.doubt is Doubt.TOUCH):
            return doubtful("thin", Doubt.TOUCH)
    return None
