"""Implications where their sides turn from true to false: two edges may lie closer than any points that are drawn.

``eᵘ > c ⇔ u > log c + 10⁻⁹`` holds wherever one happens to look. So one number is moved until a side changes its
truth, and the change is run to earth by bisection, the whole claim being asked at every midpoint: these come as near
to the edge of that side as they please, and so pass between it and the edge of the other side, if there is a gap.
"""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from itertools import islice, pairwise

from sympy import Symbol

from verify.checks.common import space_of
from verify.checks.evidence.witness import certified, describe
from verify.config import Settings
from verify.evaluate.field import Undefined, Unsupported
from verify.evaluate.points import Point
from verify.evaluate.sampling.batches import few
from verify.evaluate.sampling.draws import domain
from verify.evaluate.sampling.space import Space
from verify.evaluate.truth import at_point
from verify.model import Claim, Evidence, Relation, Verdict, Witness
from verify.terms import Conj, Maximises, Proposition, is_proposition

BASES = 3  # points that are left, one number of each at a time
MOST_SYMBOLS = 4
PLACES = tuple(s * Fraction(v) for s in (1, -1) for v in ("0", "1/3", "1", "3", "10", "100"))
HALVINGS = 70
MOST_EDGES = 12
SIMPLER = tuple(10**d for d in range(22))  # denominators that are tried, so that a witness is short


def check(claim: Claim, settings: Settings) -> Evidence | None:
    """REFUTED with a witness, or nothing. Asked where only numbers speak for an implication."""
    if claim.relation not in (Relation.IMPLIES, Relation.IFF):
        return None
    if not (is_proposition(claim.lhs) and is_proposition(claim.rhs)) or isinstance(claim.rhs, Maximises):
        return None
    space = space_of(claim)
    for point in islice(_near_edges(claim, space, settings.seed), MOST_EDGES * HALVINGS):
        witness = _fails(claim, point, space)
        if witness is not None:
            return Evidence("edges", Verdict.REFUTED, "a counterexample between two edges", witness=witness)
    return None


def _near_edges(claim: Claim, space: Space, seed: int) -> Iterator[Point]:
    """Points that come nearer and nearer to where a side changes its truth, along one number at a time."""
    assert isinstance(claim.lhs, Proposition) and isinstance(claim.rhs, Proposition)
    sides: tuple[Proposition, ...] = (Conj((claim.lhs, *claim.premises)), claim.rhs)
    for base in islice(few(space, seed), BASES):
        for symbol in [s for s in space.scalars if s.is_extended_real][:MOST_SYMBOLS]:
            here = base.scalars[symbol]
            assert isinstance(here, Fraction)
            values = sorted({v for v in (*PLACES, here) if v in domain(symbol)})
            for side in sides:
                known = [(v, t) for v in values if (t := _truth(side, base.moved({symbol: v}), space)) is not None]
                for (low, first), (high, last) in pairwise(known):
                    if first is not last:
                        yield from _bisected(side, base, symbol, (low, high), first, space)


def _bisected(
    side: Proposition, base: Point, symbol: Symbol, ends: tuple[Fraction, Fraction], first: bool, space: Space
) -> Iterator[Point]:
    low, high = ends
    for _ in range(HALVINGS):
        middle = (low + high) / 2
        point = base.moved({symbol: middle})
        yield point
        truth = _truth(side, point, space)
        if truth is None:
            return
        low, high = (middle, high) if truth is first else (low, middle)


def _fails(claim: Claim, point: Point, space: Space) -> Witness | None:
    sides = _certified(claim, point, space)
    if sides is None:
        return None
    for limit in SIMPLER:
        scalars = {s: v.limit_denominator(limit) if isinstance(v, Fraction) else v for s, v in point.scalars.items()}
        simpler = point.moved(scalars)
        if all(v in domain(s) for s, v in scalars.items()) and (found := _certified(claim, simpler, space)):
            point, sides = simpler, found
            break
    return Witness(describe(point, space, (claim.lhs, claim.rhs)), *sides)


def _certified(claim: Claim, point: Point, space: Space) -> tuple[str, str] | None:
    """Both sides' truth where the claim certainly fails, and everything that is given certainly holds."""
    judge = at_point(point, space.real)
    try:
        given = all(judge.holds(c) is True for c in space.constraints)
        return certified(claim, judge) if given else None
    except (Undefined, Unsupported, OverflowError):
        return None


def _truth(side: Proposition, point: Point, space: Space) -> bool | None:
    try:
        return at_point(point, space.real).holds(side)
    except (Undefined, Unsupported, OverflowError):
        return None
