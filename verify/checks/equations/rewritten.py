"""An equation that the canonical form settles once it is written in another way."""

from __future__ import annotations

from sympy import Expr

from verify import normal
from verify.checks.common import all_sizes, equal
from verify.checks.evidence.record import records
from verify.config import Settings
from verify.facts import Facts
from verify.model import Claim, Evidence, Verdict


def settled(
    check: str, reason: str, claim: Claim, rewritten: tuple[Expr, Expr], facts: Facts, settings: Settings
) -> Evidence | None:
    """PROVED where the rewritten sides have one canonical form under the facts; it says nothing otherwise.

    Whoever asks vouches that the claim follows from the equality of these sides.
    """
    try:
        proof = equal(*rewritten, facts)
    except normal.NormalError:
        return None
    if proof is None:
        return None
    return Evidence(check, Verdict.PROVED, reason, all_sizes(claim), proof.conditions, proofs=records(settings, proof))
