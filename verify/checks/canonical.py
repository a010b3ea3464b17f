"""The canonical form: both sides are the same element of a field of rational functions over independent kernels."""

from __future__ import annotations

from sympy import Expr

from verify import normal
from verify.checks.common import all_sizes, equal, facts_of
from verify.checks.record import records
from verify.config import Settings
from verify.model import Claim, Evidence, Relation, Verdict

NAME = "canonical form"


def check(claim: Claim, settings: Settings) -> Evidence | None:
    """PROVED where the canonical form of ``lhs − rhs`` is zero; it says nothing otherwise."""
    if claim.relation not in (Relation.EQ, Relation.LE, Relation.GE):
        return None
    assert isinstance(claim.lhs, Expr) and isinstance(claim.rhs, Expr)
    try:
        proof = equal(claim.lhs, claim.rhs, facts_of(claim))
    except normal.TooLarge as error:
        return Evidence(NAME, Verdict.UNDECIDED, f"gave up: {error}")
    if proof is None:
        return None
    return Evidence(
        NAME,
        Verdict.PROVED,
        f"both sides are {shorten(proof.canonical)}",
        all_sizes(claim),
        proof.conditions,
        proofs=records(settings, proof),
    )


def shorten(text: str, width: int = 160) -> str:
    """A long form is cut in the middle; the whole of it is of no use to a reader."""
    return text if len(text) <= width else f"{text[: width // 2]} … {text[-width // 3 :]}"
