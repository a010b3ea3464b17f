"""Do the assumptions admit a point at all? A claim about nothing is VACUOUS, not passed."""

from __future__ import annotations

from verify.checks import smt
from verify.checks.common import NO_POINT, facts_of, is_proposition, space_of
from verify.config import Settings
from verify.model import Claim, Evidence, Relation, Verdict
from verify.terms import Conj, Rel


def check(claim: Claim, settings: Settings) -> Evidence | None:
    """VACUOUS where the givens (or an implication's premise) contradict each other; nothing where they do not."""
    premise = claim.lhs if claim.relation is Relation.IMPLIES and is_proposition(claim.lhs) else Conj(())
    if not claim.givens.constraints and not (isinstance(premise, Conj) and premise.parts):
        return None
    space = space_of(claim)
    if next(space.batches(settings.seed, count=1), None) is not None and premise == Conj(()):
        return None
    facts = facts_of(claim)
    for constraint in claim.givens.constraints:
        if isinstance(constraint, Rel) and facts.sign(constraint.lhs - constraint.rhs) == 0:
            return Evidence("assumptions", Verdict.VACUOUS, "no point satisfies the assumptions")
    if smt.contradictory(claim, premise):  # type: ignore[arg-type]  # a proposition, seen above
        return Evidence("assumptions", Verdict.VACUOUS, "no point satisfies the assumptions")
    if next(space.batches(settings.seed, count=1), None) is None:
        return Evidence("assumptions", Verdict.UNDECIDED, NO_POINT)
    return None
