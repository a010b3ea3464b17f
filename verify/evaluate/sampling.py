"""Where to look: points inside the assumptions, simple ones first, the same ones every time.

Sizes come from a fixed list (they include the degenerate size 1), index values and numbers from a generator seeded by
the run's seed. Constraints are honoured by construction where their form is known (a probability table is scaled to
sum to one, an equation that is linear in some symbol is solved for it), by rejection otherwise.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from functools import lru_cache
from itertools import product
from random import Random

from sympy import Symbol

from verify.evaluate.draws import GAUSSIAN, INTEGERS, REALS, TRIES, allowed, draw, draw_integer, fitted
from verify.evaluate.evaluator import Evaluator
from verify.evaluate.floats import Floats
from verify.evaluate.frames import Shared, admitted, cells, frames, walker
from verify.evaluate.points import Point, Value
from verify.evaluate.solving import equations, solve
from verify.evaluate.space import Space
from verify.evaluate.truth import at_point
from verify.terms import Array, Proposition

POINTS = 8  # of one batch; where nothing else varies, twelve times as many


@dataclass(frozen=True)
class Batch:
    """Points that share sizes, indices, words and models of opaque functions: they are evaluated together."""

    points: tuple[Point, ...]
    screens: dict[bool, Evaluator] = field(default_factory=dict, compare=False, repr=False)  # for at_all


def at_all(batch: Batch, real: bool) -> Evaluator:
    """Evaluates in floating point at all points of a batch at once: the value is an array, or one number for all.

    There is one evaluator for all who ask, and it remembers the values of all subexpressions. So thousands of
    expressions that differ from one another in a place or two (the repairs of a line) cost little more than the few
    operations around those places. Use it under ``numpy.errstate(all="ignore")``; NaN means undefined.
    """
    found = batch.screens.get(real)
    if found is None:
        found = batch.screens[real] = Evaluator(Floats(batch.points, real), batch.points[0])
    return found


def batches(
    space: Space,
    seed: int,
    satisfy: Sequence[Proposition] = (),
    count: int = POINTS,
    sizes: Sequence[tuple[int, ...]] = (),
) -> Iterator[Batch]:
    """Batches of points inside the constraints, the small and simple ones first.

    ``satisfy`` are further propositions to aim at (the premise of an implication), without a promise; ``sizes`` are
    other sizes to take than the usual ones, one row a profile. The claims of a chain mostly have one space, so the
    batches are made once, and as far as they are wanted.
    """
    return iter(_shared(space, seed, tuple(satisfy), count, tuple(sizes)))


@lru_cache(maxsize=16)
def _shared(
    space: Space, seed: int, satisfy: tuple[Proposition, ...], count: int, sizes: tuple[tuple[int, ...], ...]
) -> Shared[Batch]:
    return Shared(_Drawing(space, seed, satisfy, count, sizes).batches())


class _Drawing:
    """Draws points for one space."""

    def __init__(
        self,
        space: Space,
        seed: int,
        satisfy: Sequence[Proposition],
        count: int,
        sizes: tuple[tuple[int, ...], ...],
    ) -> None:
        self.space = space
        self.seed = seed
        self.sizes = sizes
        self.satisfy = satisfy
        self.count = count if space.sizes or space.indices else 12 * count

    def batches(self) -> Iterator[Batch]:
        turns = 1 if self.space.variants > 1 else 3
        for frame, state in frames(self.seed, self.space.framework, turns, self.sizes):
            rng = Random()
            rng.setstate(state)
            points = self._points(frame, rng)
            for variant in range(self.space.variants):
                alike = tuple(point for point in points if point.variant == variant)
                if alike:
                    yield Batch(alike)

    def _points(self, frame: Point, rng: Random) -> list[Point]:
        space = self.space
        found: list[Point] = []
        places = {a: cells(a, walker(frame)) for a in space.tables}
        grid = [values for values in _grid(space) for _ in range(space.variants)]  # each with every model
        for attempt in range(self.count * (TRIES if space.constraints else 1) + len(grid)):
            if len(found) >= self.count + len(grid):
                break
            scalars: dict[Symbol, Value] = {}
            integers = dict(frame.integers)
            later = attempt - len(grid)
            if later < 0:
                for symbol, value in grid[attempt].items():
                    if symbol in space.scalars:
                        scalars[symbol] = value
                    else:
                        integers[symbol] = int(value)  # type: ignore[arg-type]  # integer symbols get integers
            else:
                for s in space.scalars:
                    scalars[s] = draw(s, rng, later, space.specials)
                for s in space.integers:
                    integers[s] = draw_integer(s, rng)
            entries: dict[Array, dict[tuple[int, ...], Value]] = {
                a: {at: draw(a, rng, max(0, later), ()) for at in places[a]} for a in places
            }
            counts = {} if space.integers else frame.counts
            point = Point(integers, scalars, frame.words, entries, attempt % space.variants, counts)
            moved = self._repaired(point)
            if moved is not None:
                found.append(moved)
            if not (space.scalars or space.integers or entries) and attempt + 1 >= space.variants:
                break
        return sorted(found, key=lambda p: p.simplicity)

    def _repaired(self, point: Point) -> Point | None:
        """The point moved onto the equations; ``None`` where it is not within the constraints then."""
        late = self.space.late
        for proposition in (*late, *self.satisfy):
            for rel, env in equations(proposition, point):
                point = solve(rel, env, point)
        return point if not late or admitted(at_point(point, self.space.real), late) else None


def _grid(space: Space) -> list[dict[Symbol, Value]]:
    """All combinations of simple values, where there are few symbols."""
    symbols = (*space.scalars, *space.integers)
    if not 1 <= len(symbols) <= 3:
        return []
    axes: list[list[Value]] = [
        [fitted(s, v) for v in (*REALS, *space.specials)] if s.is_extended_real else GAUSSIAN for s in space.scalars
    ]
    whole: list[Value] = [*map(Fraction, INTEGERS[:8]), *space.specials, *map(Fraction, INTEGERS[8:])]
    axes += [whole for _ in space.integers]
    keep = {1: 40, 2: 10, 3: 5}[len(symbols)]
    short = [
        list(dict.fromkeys(v for v in axis if allowed(s, v)))[:keep] for s, axis in zip(symbols, axes, strict=True)
    ]
    return [dict(zip(symbols, values, strict=True)) for values in product(*short)]
