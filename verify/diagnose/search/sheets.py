"""Where sheets come from: batches of points of different sizes, the same for all searches of one space."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from fractions import Fraction
from functools import lru_cache

from verify.diagnose.search.sheet import Sheet
from verify.evaluate.points import Point
from verify.evaluate.sampling.batches import Batch, batches
from verify.evaluate.sampling.frames import Shared
from verify.evaluate.sampling.space import Space

FEW = 16  # points of one sheet


def sheets(space: Space, seed: int) -> Iterator[Sheet]:
    """The sheets of a space, the same ones every time."""
    return iter(_shared(space, seed))


@lru_cache(maxsize=4)
def _shared(space: Space, seed: int) -> Shared[Sheet]:
    """The searches of one derivation mostly have one space: what one has evaluated the next one finds there."""
    return Shared(_made(space, seed))


def forget() -> None:
    """Nothing that was evaluated for one derivation shows in the next one: values that are dear are counted."""
    _shared.cache_clear()


def _made(space: Space, seed: int) -> Iterator[Sheet]:
    """The sheets of a space; then the same among the complex numbers, for values that are nowhere real."""
    for real in (True, False) if space.real else (False,):
        yield from _made_of(space, seed, real)


def _made_of(space: Space, seed: int, real: bool) -> Iterator[Sheet]:
    if space.closed:
        yield Sheet(Batch((Point(),)), real)
        return
    for batch in batches(space, seed, sizes=sample_sizes(len(space.sizes))):
        points = batch.points
        if space.integers and len(points) > 1:
            yield _side_by_side(points, space, real)
        if len(points) > 2 * FEW:  # numbers only: one batch, whose points are of all kinds
            step = max(1, len(points) // FEW)
            for offset in range(min(3, step)):
                own = points[step - 1 - offset :: step]
                sheet = Sheet(Batch(own[:FEW]), real)
                sheet.reserve = (
                    *own[FEW:],
                    *(p for i in range(3, step) for p in points[step - 1 - i :: step][offset::3]),
                )
                yield sheet
        else:
            yield Sheet(batch, real)


def _side_by_side(points: Sequence[Point], space: Space, real: bool) -> Sheet:
    """Whole numbers that differ from point to point, as other numbers do; no range can end by one there."""
    apart = [
        replace(
            point,
            integers={s: v for s, v in point.integers.items() if s not in space.integers},
            scalars={**point.scalars, **{s: Fraction(point.integers[s]) for s in space.integers}},
            counts={},
            judges={},
        )
        for point in points[:FEW]
    ]
    return Sheet(Batch(tuple(apart)), real, replace(apart[0], scalars=points[0].scalars))


def sample_sizes(count: int) -> tuple[tuple[int, ...], ...]:
    """Small sizes that tell most: different from one another and from one; then those that coincide."""
    different = [2 + i for i in range(count)]
    rows = [different[::-1], different, [3, 2] * count, [2] * count, [1, 3] * count, [3, 1] * count, [1] * count]
    return tuple(dict.fromkeys(tuple(row[:count]) for row in rows))
