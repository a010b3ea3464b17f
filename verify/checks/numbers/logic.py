"""Implications and equivalences: refuted at a point, supported at many.

``p ⇒ q`` is refuted where p is certified true and q certified false; points are aimed at p (its equations are solved
where that is easy), so that the premise is met more often than by chance.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import islice

from verify.checks.common import space_of
from verify.checks.evidence.witness import certified, describe
from verify.config import Settings
from verify.evaluate.field import Undefined, Unsupported
from verify.evaluate.points import Point
from verify.evaluate.sampling.batches import batches, few
from verify.evaluate.sampling.space import Space
from verify.evaluate.truth import AtPoint, at_point
from verify.model import Claim, Evidence, Relation, Verdict, Witness
from verify.terms import Conj, Maximises, is_proposition

WANTED = 20
LOOKED_AT = 600
FEW = 60  # where a proof stands


def check(claim: Claim, settings: Settings) -> Evidence | None:
    """REFUTED with a witness, or SUPPORTED at 20 points that meet the premise."""
    if claim.relation not in (Relation.IMPLIES, Relation.IFF):
        return None
    if not (is_proposition(claim.lhs) and is_proposition(claim.rhs)) or isinstance(claim.rhs, Maximises):
        return None
    premise = Conj((claim.lhs, *claim.premises))
    space = space_of(claim)
    if settings.proved and (confirmed := _look(claim, premise, _few(space, premise, settings), WANTED)):
        return confirmed
    points = (batch.points for batch in batches(space, settings.seed, satisfy=(premise,)))
    return _look(claim, premise, points, LOOKED_AT // 4)


def _few(space: Space, premise: Conj, settings: Settings) -> Iterator[tuple[Point, ...]]:
    return ((point,) for point in islice(few(space, settings.seed, satisfy=(premise,)), FEW))


def _look(claim: Claim, premise: Conj, groups: Iterable[tuple[Point, ...]], least: int) -> Evidence | None:
    """Look at points, group by group: at ``least`` so many, and at more until enough of them meet the premise."""
    space = space_of(claim)
    good = looked = 0
    for points in groups:
        for point in points:
            looked += 1
            judge = at_point(point, space.real)
            try:
                sides = certified(claim, judge)
                if sides is not None:
                    witness = Witness(describe(point, space, (claim.lhs, claim.rhs)), *sides)
                    return Evidence("numeric", Verdict.REFUTED, "a counterexample", witness=witness)
                good += _speaks_for(claim, premise, judge)
            except Undefined:
                continue
            except Unsupported as error:
                return Evidence("numeric", Verdict.UNDECIDED, f"cannot be evaluated: {error}")
        if (good >= WANTED and looked >= least) or looked >= LOOKED_AT:
            break
    if good < WANTED:
        return None
    return Evidence("numeric", Verdict.SUPPORTED, f"true at {good} points that meet the premise", f"{good} points")


def _speaks_for(claim: Claim, premise: Conj, judge: AtPoint) -> bool:
    """The premise and the conclusion are both certainly true (for ⇔: or both certainly false)."""
    left, right = judge.holds(premise), judge.holds(claim.rhs)  # type: ignore[arg-type]  # a proposition
    return (left, right) == (True, True) or (claim.relation is Relation.IFF and (left, right) == (False, False))
