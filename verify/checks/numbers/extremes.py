"""Where an inequality is tightest: a search for points at which it fails, or at which a strict one becomes equal.

Sampled points seldom hit the one place where two sides touch (``sin x < 1``, ``u·u > 0``), so numbers alone would
support such a claim. From the tightest of the sampled points a pattern search goes down to a minimum of the gap.
Floats lead the way; a refutation is certified like any other. A minimum of zero that has no exact witness leaves the
claim undecided.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import islice

from sympy import Expr

from verify.checks.common import doubtful, space_of
from verify.checks.numbers.closed_forms import closed_form, touching_at
from verify.checks.numbers.descent import ZERO, descents, passed, rounded, simplified, starts, touches
from verify.checks.numbers.differences import certify
from verify.checks.numbers.gaps import Best, Gap
from verify.config import Settings
from verify.evaluate.field import Indeterminate, Unsupported
from verify.evaluate.points import Point
from verify.evaluate.sampling.batches import batches
from verify.evaluate.sampling.neighbours import Neighbourhood
from verify.model import ORDERS, Claim, Doubt, Evidence, Relation, Verdict
from verify.terms import Rel

STRICT = (Relation.LT, Relation.GT, Relation.NE)
ORDERED = ORDERS | {Relation.NE}
FRAMES = 5  # frames of points that are looked at
MOST_NUMBERS = 16


def check(claim: Claim, settings: Settings) -> Evidence | None:
    """REFUTED with a witness, UNDECIDED where the sides of a strict inequality seem to touch, or nothing."""
    if claim.relation not in ORDERED:
        return None
    assert isinstance(claim.lhs, Expr) and isinstance(claim.rhs, Expr)
    space = space_of(claim)
    if not (space.scalars or space.tables):
        return None
    rel = Rel(claim.relation, claim.lhs, claim.rhs)
    touching = False
    for batch in islice(batches(space, settings.seed), FRAMES):
        hood = Neighbourhood(space, batch.points[0])
        if len(hood.vector(batch.points[0])) > MOST_NUMBERS:
            continue
        try:
            for gap, best in _lowest(rel, hood, batch.points):
                if best.gap > ZERO:
                    continue
                best = simplified(gap, best)
                refuted = _counterexample(gap, best)
                if refuted is not None:
                    return refuted
                if claim.relation in STRICT and not touching and touches(gap, best):
                    closed = closed_form(rel, hood, best.vector)
                    if closed is not None:
                        witness = touching_at(claim, hood, closed, settings)
                        return Evidence("extremes", Verdict.REFUTED, "the sides touch", witness=witness)
                    touching = True
        except (Unsupported, Indeterminate, OverflowError):
            return None
    return doubtful("extremes", Doubt.TOUCH) if touching else None


def _lowest(rel: Rel, hood: Neighbourhood, points: Sequence[Point]) -> Iterator[tuple[Gap, Best]]:
    return ((gap, best) for gap, start in starts(rel, hood, points) for best in descents(gap, start))


def _counterexample(gap: Gap, best: Best) -> Evidence | None:
    """A certified one, at the point or very near to it."""
    rel, hood, _ = gap
    for point in rounded(hood, best.vector):
        witness = certify(rel, point, hood.space)
        if witness is not None:
            detail = "a counterexample where the sides come closest"
            return Evidence("extremes", Verdict.REFUTED, detail, witness=witness)
    beyond = passed(gap, best)
    witness = None if beyond is None else certify(rel, beyond, hood.space)
    if witness is None:
        return None
    return Evidence("extremes", Verdict.REFUTED, "the sides pass each other by little", witness=witness)
