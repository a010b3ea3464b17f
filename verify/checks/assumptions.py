"""Do the assumptions admit a point at all? A claim about nothing is VACUOUS, not passed."""

from __future__ import annotations

from contextlib import suppress
from itertools import islice

from verify.checks.common import doubtful, facts_of, space_of
from verify.checks.inequalities import smt
from verify.config import Settings
from verify.evaluate.field import Undefined, Unsupported
from verify.evaluate.sampling.batches import batches, few
from verify.evaluate.truth import at_point
from verify.model import Claim, Doubt, Evidence, Relation, Verdict
from verify.terms import TRUE, Conj, Rel, is_proposition

FEW = 20  # points that are aimed at a premise


def check(claim: Claim, settings: Settings) -> Evidence | None:
    """VACUOUS where the givens (or an implication's premise) contradict each other; nothing where they do not."""
    implied = claim.relation is Relation.IMPLIES and is_proposition(claim.lhs) and claim.lhs != TRUE
    premise = claim.lhs if implied else TRUE
    if not claim.givens.constraints and not implied:
        return None
    space = space_of(claim)
    found = next(batches(space, settings.seed), None)
    if found is not None and (not implied or _met(claim, settings)):
        return None
    facts = facts_of(claim)
    for constraint in (*claim.givens.constraints, premise):
        if isinstance(constraint, Rel) and facts.sign(constraint.lhs - constraint.rhs) == 0:
            return Evidence("assumptions", Verdict.VACUOUS, "no point satisfies the assumptions")
    if smt.contradictory(claim, premise):  # type: ignore[arg-type]  # a proposition, seen above
        return Evidence("assumptions", Verdict.VACUOUS, "no point satisfies the assumptions")
    if found is None:
        return doubtful("assumptions", Doubt.NO_POINT)
    return None


def _met(claim: Claim, settings: Settings) -> bool:
    """Whether the premise certainly holds at one of a few points."""
    space = space_of(claim)
    premise = Conj((claim.lhs, *claim.premises))  # type: ignore[arg-type]  # a proposition, seen above
    for point in islice(few(space, settings.seed, satisfy=(premise,)), FEW):
        with suppress(Undefined, Unsupported):
            if at_point(point, space.real).holds(premise) is True:
                return True
    return False
