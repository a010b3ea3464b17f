"""The gap between the sides of an inequality at many points at once: negative where it fails.

The gap is measured beside 1 and the sides, or beside the sides alone: otherwise a factor that all terms share
(``v²·sin 2θ < v²``) is made small, where the sides do not touch.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from contextlib import suppress
from typing import Any, NamedTuple

import numpy as np
from flint import arb
from sympy import Expr

from verify.checks.numbers.confirming import takes_long
from verify.evaluate.field import Indeterminate, Undefined, Unsupported
from verify.evaluate.fields.balls import precision
from verify.evaluate.points import Point
from verify.evaluate.sampling.batches import Batch, at_all
from verify.evaluate.sampling.neighbours import Neighbourhood, Vector
from verify.evaluate.sampling.space import Space
from verify.evaluate.truth import at_point
from verify.model import GREATER, Relation
from verify.terms import Rel

BITS, DIGITS = (64, 128, 256), 50  # how precisely a ball is computed that stands for a float


class Best(NamedTuple):
    """A point and the relative gap between the sides there: negative where the relation fails."""

    gap: float
    vector: Vector


class Gap(NamedTuple):
    """A relation, the points that it is looked at, and what the gap is measured beside, besides the sides: 1 or 0."""

    rel: Rel
    hood: Neighbourhood
    unit: int

    def at(self, vectors: Sequence[Vector]) -> list[Best]:
        """The gaps at those of the points that lie within the givens and at which both sides are defined."""
        rel, hood, unit = self
        made = [(v, p) for v in dict.fromkeys(vectors) if (p := hood.point(v)) is not None]
        if not made:
            return []
        with np.errstate(all="ignore"):
            try:
                a, b = _both_sides(rel, [p for _, p in made], hood.space)
            except Undefined:
                return []
            gap: Any = np.abs(a - b) if rel.op is Relation.NE else a - b if rel.op in GREATER else b - a
            beside = unit + np.abs(a) + np.abs(b)
            gaps = np.broadcast_to(np.where(np.isfinite(beside), gap / beside, np.nan), (len(made),))
        return [Best(float(g), v) for g, (v, _) in zip(gaps, made, strict=True) if np.isfinite(g)]

    def by_balls(self, vector: Vector, bits: int) -> arb | None:
        """The midpoint of the gap itself, not beside anything; ``None`` where there is none that is finite."""
        rel, hood, _ = self
        point = hood.point(vector)
        if point is None:
            return None
        with suppress(Undefined, Indeterminate):
            balls = at_point(point, hood.space.real).balls(bits)
            a, b = balls(rel.lhs).real, balls(rel.rhs).real
            found = (a - b if rel.op in GREATER else b - a).mid()
            return found if found.is_finite() else None
        return None


def _both_sides(rel: Rel, points: Sequence[Point], space: Space) -> tuple[Any, Any]:
    """Both sides at all points as floats; NaN where one is not defined.

    Raises:
        Undefined: a side has no value at any of them.
        Unsupported: a side cannot be evaluated.
    """
    try:
        walker = at_all(Batch(tuple(points)), space.real)
        return np.real(walker(rel.lhs)), np.real(walker(rel.rhs))
    except Unsupported:
        if takes_long(rel.lhs) or takes_long(rel.rhs):
            raise
    rows = [(_by_ball(rel.lhs, p, space), _by_ball(rel.rhs, p, space)) for p in points]
    return np.array([a for a, _ in rows]), np.array([b for _, b in rows])


def _by_ball(side: Expr, point: Point, space: Space) -> float:
    """The side as a float; NaN where it has no value, or none that is known to as many digits as a float has."""
    for bits in BITS:
        with precision(bits):
            try:
                value = at_point(point, space.real).balls(bits)(side).real
                if value.is_exact() or value.rel_accuracy_bits() >= DIGITS:
                    return float(value)
            except (Undefined, OverflowError):
                return math.nan
    return math.nan
