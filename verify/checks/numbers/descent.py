"""A pattern search for where the gap between the sides of an inequality is least.

From the tightest of the sampled points and from special ones, steps are taken along the coordinates, shorter and
shorter (R. Hooke & T. A. Jeeves, *"Direct search" solution of numerical and statistical problems*, 1961). Floats lead
the way; very near to a minimum the search goes on in balls.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from fractions import Fraction

from verify.checks.numbers.confirming import takes_long
from verify.checks.numbers.gaps import Best, Gap
from verify.evaluate.fields.balls import precision
from verify.evaluate.points import Point
from verify.evaluate.sampling.neighbours import LARGEST, Neighbourhood, Vector
from verify.model import Relation
from verify.terms import Rel

STARTS = 2
MOST_ALONE = 4  # numbers of which each is also varied alone
ROUNDS = 60
FINEST = Fraction(1, 2**40)
COARSEST_POLISH, FINEST_POLISH, POLISHED_BITS = Fraction(1, 2**20), Fraction(1, 2**130), 512
MOST_POLISHED = 3  # numbers that a point polished in balls may have
MOST_MOVES = 32  # of one length without a minimum in sight: the sides come closer all the way, and meet nowhere near
ZERO = 1e-10  # relative to the sides: what counts as touching in floating point
ROUNDING = 1e-14  # of a gap of zero in floating point
CLEARLY = 0.9  # a step that shrinks the gap by more than this factor shows that the gap has no minimum here
SIMPLE = (Fraction(1), Fraction(0), Fraction(1, 2))
DENOMINATORS = (1, 2, 3, 4, 6, 8, 10, 12, 100, 1024)


def starts(rel: Rel, hood: Neighbourhood, points: Sequence[Point]) -> Iterator[tuple[Gap, Best]]:
    """Where to begin, and how the gap is measured then: at the tightest of some points, and at special ones."""
    vectors = [hood.vector(p) for p in points]
    beside_one, beside_sides = Gap(rel, hood, 1), Gap(rel, hood, 0)
    sampled = sorted(beside_one.at(vectors))
    special = sorted(beside_one.at([s for v in vectors[:2] for s in hood.starts(v)]))
    yield from ((beside_one, start) for start in (*special[:1], *sampled[:STARTS]))
    if len(vectors[0]) > 1:
        yield from ((beside_sides, start) for start in sorted(beside_sides.at(vectors))[:STARTS])


def descents(gap: Gap, start: Best) -> Iterator[Best]:
    """Where the gap is least near a point: as all its numbers vary, and then as a single one does.

    Where the sides also approach one another towards infinity (``|sin z| < cosh Im z``), all together run off there.
    """
    yield _descend(gap, start)
    if 1 < len(start.vector) <= MOST_ALONE:
        yield from (_descend(gap, start, i) for i in range(len(start.vector)))


def _descend(gap: Gap, best: Best, only: int | None = None) -> Best:
    """Where no step makes the gap smaller, or the first point found at which the relation fails."""
    step = Fraction(1)
    for _ in range(ROUNDS):
        if best.gap < 0 or step < FINEST:
            break
        nearest = min(gap.at(list(gap.hood.moves(best.vector, step, only))), default=best)
        if nearest.gap < best.gap:
            best = nearest
        else:
            step /= 4
    return best


def simplified(gap: Gap, best: Best) -> Best:
    """The point with those numbers replaced by simple ones that do not matter: the sides touch there too."""
    for i in range(len(best.vector)):
        kept = [(*best.vector[:i], number, *best.vector[i + 1 :]) for number in SIMPLE]
        best = next((b for b in gap.at(kept) if b.gap <= max(best.gap, ROUNDING)), best)
    return best


def rounded(hood: Neighbourhood, vector: Vector) -> list[Point]:
    """The point itself, after the simple ones near it."""
    rounded = [tuple(v.limit_denominator(d) for v in vector) for d in DENOMINATORS]
    return [p for v in dict.fromkeys([*rounded, vector]) if (p := hood.point(v)) is not None]


def passed(gap: Gap, best: Best) -> Point | None:
    """A point at which the relation fails by so little that floats do not find it.

    The search goes on in balls: of a minimum by less than 10⁻⁴⁰ half as many digits are wanted.
    """
    rel, hood, _ = gap
    if rel.op is Relation.NE or len(best.vector) > MOST_POLISHED or takes_long(rel.lhs) or takes_long(rel.rhs):
        return None
    with precision(POLISHED_BITS):
        vector = best.vector
        here, step, moves = gap.by_balls(vector, POLISHED_BITS), COARSEST_POLISH, 0
        while here is not None and here > 0 and step > FINEST_POLISH and moves < MOST_MOVES:
            moved = [(*vector[:i], v + d, *vector[i + 1 :]) for i, v in enumerate(vector) for d in (step, -step)]
            found = [(g, m) for m in moved if (g := gap.by_balls(m, POLISHED_BITS)) is not None]
            nearest = min(found, key=lambda pair: pair[0], default=(here, vector))
            if nearest[0] < here:
                here, vector = nearest
                moves += 1
            else:
                step, moves = step / 4, 0
        return hood.point(vector) if here is not None and here < 0 else None


def touches(gap: Gap, best: Best) -> bool:
    """Whether the gap has a minimum here, and does not merely fade away towards infinity or an excluded point."""
    if any(abs(2 * v) > LARGEST for v in best.vector):
        return False  # the search was stopped by its own bounds
    near = tuple(v.limit_denominator(1000) for v in best.vector)
    if max(abs(a - b) for a, b in zip(near, best.vector, strict=True)) < 1e-5 and gap.hood.point(near) is None:
        return False
    around = gap.at(list(gap.hood.moves(best.vector, Fraction(1, 8))))
    if min(around, default=best).gap < CLEARLY * best.gap - 1e-14:
        return False
    return max(around, default=best).gap > 1e3 * ZERO
