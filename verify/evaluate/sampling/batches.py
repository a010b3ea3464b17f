"""Where to look: points inside the assumptions, simple ones first, the same ones every time.

Sizes come from a fixed list (they include the degenerate size 1), index values and numbers from a generator seeded by
the run's seed. Constraints are honoured by construction where their form is known (a probability table is scaled to
sum to one, an equation that is linear in some symbol is solved for it), by rejection otherwise.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import field
from fractions import Fraction
from functools import cached_property, lru_cache
from itertools import islice, product, zip_longest
from random import Random
from typing import Any

from sympy import Symbol

from verify.evaluate.evaluator import Evaluator
from verify.evaluate.fields.floats import Floats
from verify.evaluate.points import Point, Value
from verify.evaluate.sampling.draws import GAUSSIAN, INTEGERS, REALS, TRIES, Draws, allowed, draw_integer, fitted
from verify.evaluate.sampling.frames import Shared, admitted, cells, frames, walker
from verify.evaluate.sampling.solving import equations, solve
from verify.evaluate.sampling.space import Space
from verify.evaluate.truth import at_point
from verify.frozen import dataclass
from verify.terms import Array, Proposition

FRAMES = 10  # where a few points will do
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


def few(
    space: Space, seed: int, satisfy: Sequence[Proposition] = (), sizes: Sequence[tuple[int, ...]] = ()
) -> Iterator[Point]:
    """Points inside the constraints, for who needs a few of them only: of many small sizes, simple ones and others.

    Where the constraints are hard to meet they may be fewer than :func:`batches` has.
    """
    return iter(_shared_few(space, seed, tuple(satisfy), tuple(sizes)))


@lru_cache(maxsize=16)
def _shared_few(
    space: Space, seed: int, satisfy: tuple[Proposition, ...], sizes: tuple[tuple[int, ...], ...]
) -> Shared[Point]:
    return Shared(_Drawing(space, seed, satisfy, POINTS, sizes).few())


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
        for frame, state in frames(self.seed, self.space.framework, self.sizes).turns(turns):
            points = self._points(frame, state)
            for variant in range(self.space.variants):
                alike = tuple(point for point in points if point.variant == variant)
                if alike:
                    yield Batch(alike)

    def few(self) -> Iterator[Point]:
        """In turn one point of each of some frames: now of the grid, now with numbers less and less simple."""
        if not self.varies:
            yield from (point for batch in self.batches() for point in batch.points)
            return
        known = frames(self.seed, self.space.framework, self.sizes)
        grid, tries = len(self.grid), TRIES * (1 if self.space.sizes else 4)
        waiting = deque(
            self._drawn(frame, state, _alternately(range(k, grid, grid // 8 + 1), range(grid + k, grid + k + tries)))
            for k, (frame, state) in enumerate(known.some(FRAMES))
        )
        while waiting:
            drawn = waiting.popleft()
            for point in drawn:
                yield point
                waiting.append(drawn)
                break

    def _points(self, frame: Point, state: Any) -> list[Point]:
        """All points of one frame, the simple ones first."""
        grid = len(self.grid)
        attempts = range(self.count * (TRIES if self.space.constraints else 1) + grid)
        if not self.varies:
            attempts = attempts[: self.space.variants]
        return sorted(islice(self._drawn(frame, state, attempts), self.count + grid), key=lambda p: p.simplicity)

    @property
    def varies(self) -> bool:
        """Whether the points of a frame differ in more than the model of opaque functions."""
        return bool(self.space.scalars or self.space.integers or self.space.tables)

    @cached_property
    def draws(self) -> dict[Symbol, Draws]:
        """The values of the symbols."""
        return {s: Draws(s, self.space.specials) for s in self.space.scalars}

    @cached_property
    def entries(self) -> dict[Array, Draws]:
        """The values in the arrays."""
        return {a: Draws(a, ()) for a in self.space.tables}

    @cached_property
    def grid(self) -> list[dict[Symbol, Value]]:
        """The simple values, each with every model of opaque functions."""
        return [values for values in _grid(self.space) for _ in range(self.space.variants)]

    def _drawn(self, frame: Point, state: Any, attempts: Iterable[int]) -> Iterator[Point]:
        """Points of one frame: those of the grid, then others; a smaller number of the attempt means a simpler one."""
        space, grid = self.space, self.grid
        rng = Random.__new__(Random)  # to seed it as well would take longer than to draw from it
        rng.setstate(state)
        places = {a: cells(a, walker(frame)) for a in space.tables}
        for attempt in attempts:
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
                for s, values in self.draws.items():
                    scalars[s] = values.draw(rng, later)
                for s in space.integers:
                    integers[s] = draw_integer(s, rng)
                for s, numbers in space.remote.items():
                    value = rng.choice(numbers)
                    if s in scalars:
                        scalars[s] = value
                    else:
                        integers[s] = int(value)
            entries: dict[Array, dict[tuple[int, ...], Value]] = {
                a: {at: values.draw(rng, max(0, later)) for at in places[a]} for a, values in self.entries.items()
            }
            counts = {} if space.integers else frame.counts
            moved = self._repaired(Point(integers, scalars, frame.words, entries, attempt % space.variants, counts))
            if moved is not None:
                yield moved

    def _repaired(self, point: Point) -> Point | None:
        """The point moved onto the equations; ``None`` where it is not within the constraints then."""
        late = self.space.late
        for proposition in (*late, *self.satisfy):
            for rel, env in equations(proposition, point):
                point = solve(rel, env, point)
        return point if not late or admitted(at_point(point, self.space.real), late) else None


def _alternately(first: Iterable[int], second: Iterable[int]) -> Iterator[int]:
    return (number for pair in zip_longest(first, second) for number in pair if number is not None)


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
    axes = [[*space.remote.get(s, ()), *axis] for s, axis in zip(symbols, axes, strict=True)]
    keep = {1: 40, 2: 10, 3: 5}[len(symbols)]
    short = [
        list(dict.fromkeys(v for v in axis if allowed(s, v)))[:keep] for s, axis in zip(symbols, axes, strict=True)
    ]
    return [dict(zip(symbols, values, strict=True)) for values in product(*short)]
