"""A side that is defined nowhere: ``n! = (−n)!``, ``log p ≤ log(−p)`` for p > 0.

A relation is asserted where both sides are defined, so such a line asserts nothing; but a reader wants to know which
side it is. This is looked at, not proved.
"""

from __future__ import annotations

from dataclasses import replace

from sympy import Expr

from verify.checks.common import doubtful
from verify.checks.numbers import numeric
from verify.config import Settings
from verify.model import Claim, Doubt, Evidence, Relation, Verdict


def check(claim: Claim, settings: Settings) -> Evidence | None:
    """Which side of a claim is the one that has no value at any point, if one has and the other has not."""
    lhs, rhs = claim.lhs, claim.rhs
    if not isinstance(lhs, Expr) or not isinstance(rhs, Expr):
        return None
    left, right = (_defined(replace(claim, lhs=side, relation=Relation.EQ, rhs=side), settings) for side in (lhs, rhs))
    if left is None or right is None or left == right:
        return None
    return doubtful("nowhere", Doubt.RIGHT_NOWHERE if left else Doubt.LEFT_NOWHERE)


def _defined(claim: Claim, settings: Settings) -> bool | None:
    """Whether a side has a value at some point; ``None`` where that cannot be told."""
    evidence = numeric.check(claim, settings)
    if evidence is None:
        return None
    if evidence.verdict is Verdict.SUPPORTED:
        return True
    return False if told(evidence) else None


def told(evidence: Evidence) -> bool:
    """Whether a check has found no point at which both sides have a value."""
    return evidence.doubt in (Doubt.NO_POINT, Doubt.NOWHERE)
