"""A proof of an equality looked at by the independent re-checker (:mod:`verify.recheck`)."""

from __future__ import annotations

from sympy import Expr

from verify import lower
from verify.config import Settings
from verify.model import Claim, Evidence, Relation, Verdict
from verify.recheck import recheck


def check(claim: Claim, settings: Settings) -> Evidence | None:
    """SUPPORTED where it agrees; REFUTED, a bug of this program, where it does not; nothing where it cannot look."""
    if claim.relation is not Relation.EQ:
        return None
    assert isinstance(claim.lhs, Expr) and isinstance(claim.rhs, Expr)
    sides = lower.unfold(claim.lhs), lower.unfold(claim.rhs)
    found = recheck(*sides, claim.givens.symbols, claim.givens.constraints, settings.seed)
    if found.disagreement:
        return Evidence("re-check", Verdict.REFUTED, found.disagreement)
    if not found.agreed:
        return None
    parts = (
        f"modulo random primes at {found.residues}" if found.residues else "",
        f"in balls at {found.balls}" if found.balls else "",
    )
    where = " and ".join(filter(None, parts))
    return Evidence("re-check", Verdict.SUPPORTED, f"both sides agree {where} points, evaluated independently")
