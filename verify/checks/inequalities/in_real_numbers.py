"""Inequalities that follow from an easier one between real numbers: the checks that are asked for that one."""

from __future__ import annotations

from dataclasses import replace

from verify.checks.common import all_sizes
from verify.checks.domain import within_reals
from verify.checks.inequalities import derivatives, order, smt, tangents
from verify.config import Settings
from verify.model import Claim, Evidence, Verdict

WAYS = (order.check, derivatives.check, smt.check, tangents.check)


def following(claim: Claim, real: Claim, check: str, reason: str, settings: Settings) -> Evidence | None:
    """PROVED where the real inequality is; the evidence is that of the first check that proves it, and says why."""
    if not within_reals(real):
        return None
    for way in WAYS:
        found = way(real, settings)
        if found is not None and found.verdict is Verdict.PROVED:
            return replace(found, check=check, detail=f"{reason}; {found.detail}", scope=all_sizes(claim))
    return None
