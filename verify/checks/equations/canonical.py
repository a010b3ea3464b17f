"""The canonical form: both sides are the same element of a field of rational functions over independent kernels."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress
from functools import partial
from itertools import islice

from sympy import Expr

from verify import normal
from verify.checks.common import all_sizes, equal, facts_of, space_of
from verify.checks.evidence.record import records
from verify.config import Settings
from verify.evaluate.field import Indeterminate, Undefined, Unsupported
from verify.evaluate.points import Point
from verify.evaluate.sampling.batches import batches
from verify.evaluate.truth import at_point
from verify.model import Claim, Evidence, Relation, Verdict
from verify.show import show
from verify.terms import Proposition

LOOKED_AT = 400  # points at which a series is looked at

NAME = "canonical form"


def check(claim: Claim, settings: Settings) -> Evidence | None:
    """PROVED where the canonical form of ``lhs − rhs`` is zero; it says nothing otherwise."""
    found = prove(claim, settings)
    if not isinstance(found, normal.Proof):
        return found
    return Evidence(
        NAME,
        Verdict.PROVED,
        f"both sides are {shorten(found.canonical)}" if settings.forms else "",
        all_sizes(claim),
        (*found.conditions, *map(show, found.convergence)),
        proofs=records(settings, found),
        within=_within(found),
    )


def untold(claim: Claim, settings: Settings) -> Evidence | None:
    """The same without the form and the conditions, which take their time: for what is asked and not shown."""
    found = prove(claim, settings)
    if not isinstance(found, normal.Proof):
        return found
    return Evidence(NAME, Verdict.PROVED, "", all_sizes(claim), within=_within(found))


def prove(claim: Claim, settings: Settings) -> normal.Proof | Evidence | None:
    """A proof that both sides have one canonical form, or why none was found where it is known."""
    if claim.relation not in (Relation.EQ, Relation.LE, Relation.GE):
        return None
    assert isinstance(claim.lhs, Expr) and isinstance(claim.rhs, Expr)
    try:
        find = normal.same_form if settings.refuted else partial(equal, convergent=True)
        proof = find(claim.lhs, claim.rhs, facts_of(claim))
    except normal.TooLarge as error:
        return Evidence(NAME, Verdict.UNDECIDED, f"gave up: {error}")
    if proof is not None and proof.convergence and not _somewhere(claim, proof.convergence, settings):
        return Evidence(NAME, Verdict.UNDECIDED, f"no point was found at which {_told(proof)}")
    return proof


def _within(proof: normal.Proof) -> bool:
    """c·Σ xᵏ has a value where c = 0, whether Σ xᵏ converges or not."""
    return bool(proof.convergence)


def _somewhere(claim: Claim, conditions: Sequence[Proposition], settings: Settings) -> bool:
    """Whether there is a point within the givens at which the conditions certainly hold."""
    space = space_of(claim)
    every = (point for batch in batches(space, settings.seed) for point in batch.points)
    for point in (Point(),) if space.closed else islice(every, LOOKED_AT):
        judge = at_point(point, space.real)
        with suppress(Undefined, Unsupported, Indeterminate):
            if all(judge.holds(c) is True for c in conditions):
                return True
    return False


def _told(proof: normal.Proof) -> str:
    return "what is infinite converges: " + ", ".join(map(show, proof.convergence))


def shorten(text: str, width: int = 160) -> str:
    """A long form is cut in the middle; the whole of it is of no use to a reader."""
    return text if len(text) <= width else f"{text[: width // 2]} … {text[-width // 3 :]}"
