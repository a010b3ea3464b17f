"""What does not follow from being a maximiser or a stationary point: at a point where it is one, the line fails."""

from __future__ import annotations

from dataclasses import replace

from verify.checks.common import space_of
from verify.checks.maximisers.optimum import meaning
from verify.checks.numbers import logic
from verify.config import Settings
from verify.model import Claim, Evidence, Relation, Verdict
from verify.show import show
from verify.show.optimum import extremum
from verify.terms import Maximises, Problem, is_proposition


def check(claim: Claim, settings: Settings) -> Evidence | None:
    """As for any implication, with what the problem determines as its premise."""
    if claim.relation is not Relation.IMPLIES or not isinstance(claim.lhs, Problem):
        return None
    if not is_proposition(claim.rhs) or isinstance(claim.rhs, Maximises):
        return None
    premise = meaning(claim.lhs, claim.givens, space_of(claim).real)
    found = None if premise is None else logic.check(replace(claim, lhs=premise), settings)
    if found is None or found.verdict is Verdict.UNDECIDED:
        return None
    if found.witness is None:
        return found
    names = ", ".join(show(variable) for variable in claim.lhs.variables)
    verb = "is" if len(claim.lhs.variables) == 1 else "are"
    what = "stationary" if claim.lhs.stationary else f"the one {extremum(claim.lhs)}imiser"
    return replace(found, witness=replace(found.witness, lhs=f"{names} {verb} {what}"))
