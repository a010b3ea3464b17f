"""Where an inequality is tightest: a search for points at which it fails, or at which a strict one becomes equal.

Sampled points seldom hit the one place where two sides touch (``sin x < 1``, ``u·u > 0``), so numbers alone would
support such a claim. From the tightest of the sampled points a pattern search goes down to a minimum of the gap.
Floats lead the way; a refutation is certified like any other. A minimum of zero that has no exact witness leaves the
claim undecided.

The gap is measured beside 1 and the sides, and then beside the sides alone: otherwise a factor that all terms share
(``v²·sin 2θ < v²``) is made small, where the sides do not touch.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import replace
from fractions import Fraction
from itertools import islice, product
from typing import Any, NamedTuple, TypeAlias

import numpy as np
from sympy import Expr, Integer, Rational, Symbol, log, pi, sign, sqrt

from verify.checks.common import space_of
from verify.checks.evidence.witness import describe
from verify.checks.numbers.confirming import takes_long
from verify.checks.numbers.differences import certify
from verify.config import Settings
from verify.evaluate.field import Indeterminate, Undefined, Unsupported
from verify.evaluate.fields.balls import precision
from verify.evaluate.points import Point
from verify.evaluate.sampling.batches import Batch, at_all, batches
from verify.evaluate.sampling.draws import allowed
from verify.evaluate.sampling.neighbours import LARGEST, Neighbourhood, Vector
from verify.evaluate.sampling.space import Space
from verify.evaluate.truth import at_point, text
from verify.facts import Facts
from verify.model import GREATER, ORDERS, Claim, Evidence, Givens, Relation, Verdict, Witness
from verify.normal import NormalError, prove_equal
from verify.show import show
from verify.terms import Rel

TOUCH = "the sides seem to touch at a point that has no exact witness"
STRICT = (Relation.LT, Relation.GT, Relation.NE)
ORDERED = ORDERS | {Relation.NE}
FRAMES, STARTS = 5, 2  # frames of points that are looked at, and starts in each
MOST_NUMBERS = 16
ROUNDS = 60
FINEST = Fraction(1, 2**40)
COARSEST_POLISH, FINEST_POLISH, POLISHED_BITS = Fraction(1, 2**20), Fraction(1, 2**130), 512
FLOAT_BITS, FLOAT_DIGITS = (64, 128, 256), 50  # how precisely a ball is computed that stands for a float
MOST_MOVES = 32  # of one length without a minimum in sight: the sides come closer all the way, and meet nowhere near
ZERO = 1e-10  # relative to the sides: what counts as touching in floating point
ROUNDING = 1e-14  # of a gap of zero in floating point
CLEARLY = 0.9  # a step that shrinks the gap by more than this factor shows that the gap has no minimum here
MOST_CLOSED = 3  # numbers that may all be of a closed form
NEAR = 1e-6
SIMPLE = (Fraction(1), Fraction(0), Fraction(1, 2))
DENOMINATORS = (1, 2, 3, 4, 6, 8, 10, 12, 100, 1024)


Numbers: TypeAlias = dict[Symbol, Expr]


class Search(NamedTuple):
    """A relation, the points that it is looked at, and what the gap is measured beside, besides the sides: 1 or 0."""

    rel: Rel
    hood: Neighbourhood
    unit: int


class Best(NamedTuple):
    """A point and the relative gap between the sides there: negative where the relation fails."""

    gap: float
    vector: Vector


def check(claim: Claim, settings: Settings) -> Evidence | None:
    """REFUTED with a witness, UNDECIDED where the sides of a strict inequality seem to touch, or nothing."""
    if claim.relation not in ORDERED:
        return None
    assert isinstance(claim.lhs, Expr) and isinstance(claim.rhs, Expr)
    space = space_of(claim)
    if not (space.scalars or space.tables):
        return None
    rel = Rel(claim.relation, claim.lhs, claim.rhs)
    touching = ""
    for batch in islice(batches(space, settings.seed), FRAMES):
        hood = Neighbourhood(space, batch.points[0])
        if len(hood.vector(batch.points[0])) > MOST_NUMBERS:
            continue
        try:
            for search, start in _starts(rel, hood, batch.points):
                best = _descend(search, start)
                if best.gap > ZERO:
                    continue
                best = _simplified(search, best)
                for point in _rounded(hood, best.vector):
                    witness = certify(rel, point, space)
                    if witness is not None:
                        detail = "a counterexample where the sides come closest"
                        return Evidence("extremes", Verdict.REFUTED, detail, witness=witness)
                witness = _polished(search, best)
                if witness is not None:
                    return Evidence("extremes", Verdict.REFUTED, "the sides pass each other by little", witness=witness)
                if claim.relation in STRICT and not touching and _touches(search, best):
                    closed = _closed_form(rel, hood, best.vector)
                    if closed is not None:
                        witness = _witness(claim, hood, closed, settings)
                        return Evidence("extremes", Verdict.REFUTED, "the sides touch", witness=witness)
                    touching = TOUCH
        except (Unsupported, Indeterminate, OverflowError):
            return None
    return Evidence("extremes", Verdict.UNDECIDED, touching) if touching else None


def _gaps(search: Search, vectors: Sequence[Vector]) -> list[Best]:
    """The gaps at those of the points that lie within the givens and at which both sides are defined."""
    rel, hood, unit = search
    made = [(v, p) for v in dict.fromkeys(vectors) if (p := hood.point(v)) is not None]
    if not made:
        return []
    with np.errstate(all="ignore"):
        try:
            a, b = _both_sides(rel, [p for _, p in made], hood.space)
        except Undefined:
            return []
        gap: Any = np.abs(a - b) if rel.op is Relation.NE else a - b if rel.op in GREATER else b - a
        gaps = np.broadcast_to(gap / (unit + np.abs(a) + np.abs(b)), (len(made),))
    return [Best(float(g), v) for g, (v, _) in zip(gaps, made, strict=True) if np.isfinite(g)]


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
    for bits in FLOAT_BITS:
        with precision(bits):
            try:
                value = at_point(point, space.real).balls(bits)(side).real
                if value.is_exact() or value.rel_accuracy_bits() >= FLOAT_DIGITS:
                    return float(value)
            except (Undefined, OverflowError):
                return math.nan
    return math.nan


def _polished(search: Search, best: Best) -> Witness | None:
    """A witness so near to where the sides come closest that floats do not find it.

    The search goes on in balls: of a minimum by less than 10⁻⁴⁰ half as many digits are wanted.
    """
    rel, hood, _ = search
    if len(best.vector) > MOST_CLOSED or takes_long(rel.lhs) or takes_long(rel.rhs):
        return None

    def gap(vector: Vector) -> Any:
        point = hood.point(vector)
        if point is None:
            return None
        with suppress(Undefined, Indeterminate):
            balls = at_point(point, hood.space.real).balls(POLISHED_BITS)
            a, b = balls(rel.lhs).real, balls(rel.rhs).real
            found = (a - b if rel.op in GREATER else b - a).mid()
            return found if found.is_finite() else None
        return None

    if rel.op is Relation.NE:
        return None
    with precision(POLISHED_BITS):
        here, step, moves = gap(best.vector), COARSEST_POLISH, 0
        vector = best.vector
        while here is not None and here > 0 and step > FINEST_POLISH and moves < MOST_MOVES:
            moved = [(*vector[:i], v + d, *vector[i + 1 :]) for i, v in enumerate(vector) for d in (step, -step)]
            found = [(g, m) for m in moved if (g := gap(m)) is not None]
            nearest = min(found, key=lambda pair: pair[0], default=(here, vector))
            if nearest[0] < here:
                here, vector = nearest
                moves += 1
            else:
                step, moves = step / 4, 0
        point = hood.point(vector) if here is not None and here < 0 else None
    return None if point is None else certify(rel, point, hood.space)


def _starts(rel: Rel, hood: Neighbourhood, points: Sequence[Point]) -> Iterator[tuple[Search, Best]]:
    vectors = [hood.vector(p) for p in points]
    beside_one, beside_sides = Search(rel, hood, 1), Search(rel, hood, 0)
    sampled = sorted(_gaps(beside_one, vectors))
    special = sorted(_gaps(beside_one, [s for v in vectors[:2] for s in hood.starts(v)]))
    yield from ((beside_one, start) for start in (*special[:1], *sampled[:STARTS]))
    if len(vectors[0]) > 1:
        yield from ((beside_sides, start) for start in sorted(_gaps(beside_sides, vectors))[:STARTS])


def _descend(search: Search, best: Best) -> Best:
    step = Fraction(1)
    for _ in range(ROUNDS):
        if best.gap < 0 or step < FINEST:
            break
        nearest = min(_gaps(search, list(search.hood.moves(best.vector, step))), default=best)
        if nearest.gap < best.gap:
            best = nearest
        else:
            step /= 4
    return best


def _simplified(search: Search, best: Best) -> Best:
    """The point with those numbers replaced by simple ones that do not matter: the sides touch there too."""
    for i in range(len(best.vector)):
        kept = [(*best.vector[:i], number, *best.vector[i + 1 :]) for number in SIMPLE]
        best = next((b for b in _gaps(search, kept) if b.gap <= max(best.gap, ROUNDING)), best)
    return best


def _rounded(hood: Neighbourhood, vector: Vector) -> list[Point]:
    """The point itself, after the simple ones near it."""
    rounded = [tuple(v.limit_denominator(d) for v in vector) for d in DENOMINATORS]
    return [p for v in dict.fromkeys([*rounded, vector]) if (p := hood.point(v)) is not None]


def _closed_form(rel: Rel, hood: Neighbourhood, vector: Vector) -> Numbers | None:
    """Multiples of π, logarithms or square roots near the point, at which the sides are proved equal."""
    space = hood.space
    if space.tables or not space.real or len(vector) > MOST_CLOSED:
        return None
    for numbers in product(*map(_closed_forms, vector)):
        values = dict(zip(space.scalars, numbers, strict=True))
        if not (all(allowed(s, Fraction(float(n))) for s, n in values.items()) and _admitted(hood, values)):
            continue
        lhs, rhs = _sides(rel.lhs, rel.rhs, hood, values)
        with suppress(NormalError):
            proof = prove_equal(lhs, rhs, Facts(Givens()))
            if proof is not None and not proof.conditions:
                return values
    return None


def _admitted(hood: Neighbourhood, values: Numbers) -> bool:
    """Whether the numbers certainly satisfy the conditions that points have to be tried for."""
    with precision(64):
        judge = at_point(Point(), True)
        return all(
            isinstance(c, Rel) and judge.holds(Rel(c.op, *_sides(c.lhs, c.rhs, hood, values))) for c in hood.space.late
        )


def _sides(lhs: Expr, rhs: Expr, hood: Neighbourhood, values: Numbers) -> tuple[Expr, Expr]:
    frame = {**values, **{s: Integer(n) for s, n in hood.frame.integers.items()}}
    return lhs.subs(frame), rhs.subs(frame)


def _witness(claim: Claim, hood: Neighbourhood, values: Numbers, settings: Settings) -> Witness:
    shown = {**describe(hood.frame, hood.space, ()), **{s.name: show(n) for s, n in values.items()}}
    assert isinstance(claim.lhs, Expr) and isinstance(claim.rhs, Expr)
    lhs, rhs = _sides(claim.lhs, claim.rhs, hood, values)
    with precision(64):
        balls = at_point(Point(), True).balls(64)
        left, right = text(balls(lhs)), text(balls(rhs))
    witness = Witness(shown, left, right, "both sides are equal there")
    if not settings.records:
        return witness
    from verify.checks.evidence.python import program

    return replace(
        witness, python=program(replace(claim, lhs=lhs, rhs=rhs, givens=Givens()), replace(witness, point={}))
    )


def _closed_forms(number: Fraction) -> list[Expr]:
    """Numbers of a simple form that agree with a number to about seven digits."""
    x = float(number)
    forms = [Rational(*_simple(x)), Rational(*_simple(x, 1024)), pi * Rational(*_simple(x / math.pi))]
    forms.append(sign(x) * sqrt(Rational(*_simple(x * x))))
    if abs(x) < 10 and (power := _simple(math.exp(x)))[0]:
        forms.append(log(Rational(*power)))
    return [f for f in dict.fromkeys(forms) if abs(float(f) - x) < NEAR]


def _simple(x: float, denominator: int = 12) -> tuple[int, int]:
    return Fraction(x).limit_denominator(denominator).as_integer_ratio()


def _touches(search: Search, best: Best) -> bool:
    """Whether the gap has a minimum here, and does not merely fade away towards infinity or an excluded point."""
    if any(abs(2 * v) > LARGEST for v in best.vector):
        return False  # the search was stopped by its own bounds
    near = tuple(v.limit_denominator(1000) for v in best.vector)
    if max(abs(a - b) for a, b in zip(near, best.vector, strict=True)) < 1e-5 and search.hood.point(near) is None:
        return False
    around = _gaps(search, list(search.hood.moves(best.vector, Fraction(1, 8))))
    if min(around, default=best).gap < CLEARLY * best.gap - 1e-14:
        return False
    return max(around, default=best).gap > 1e3 * ZERO
