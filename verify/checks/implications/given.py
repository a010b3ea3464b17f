"""Equations that need what is given: ``1 − ᾱ_t = …`` where α + β = 1, sums of probabilities that are 1.

An equation under equations is what they imply: see :mod:`verify.checks.implications.implication`.
"""

from __future__ import annotations

from sympy import Expr

from verify import normal
from verify.checks.common import all_sizes, space_of
from verify.checks.evidence.record import inferences, records
from verify.checks.implications.implication import Reasoner
from verify.config import Settings
from verify.evaluate.sampling.solving import equational
from verify.model import Claim, Evidence, Relation, Verdict
from verify.terms import Rel


def check(claim: Claim, settings: Settings) -> Evidence | None:
    """PROVED where equals put in for equals make both sides the same."""
    if (
        claim.relation is not Relation.EQ
        or settings.refuted
        or not any(map(equational, (*claim.givens.constraints, *claim.premises)))
    ):
        return None
    assert isinstance(claim.lhs, Expr) and isinstance(claim.rhs, Expr)
    reasoner = Reasoner(claim.givens, claim.premises, space_of(claim).real)
    try:
        reason = reasoner.proves(Rel(Relation.EQ, claim.lhs, claim.rhs))
    except normal.TooLarge as error:
        return Evidence("given", Verdict.UNDECIDED, f"gave up: {error}")
    if not reason:
        return None
    return Evidence(
        "given",
        Verdict.PROVED,
        reason,
        all_sizes(claim),
        proofs=records(settings, *reasoner.proofs),
        inferences=inferences(settings, *reasoner.arguments),
    )
