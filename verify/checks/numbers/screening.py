"""Which points are worth a look with balls: those at which floats say no, and some of every size."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

import numpy as np

from verify.checks.numbers.agreement import WANTED
from verify.evaluate.field import Indeterminate, Undefined, Unsupported
from verify.evaluate.points import Point
from verify.evaluate.sampling.batches import Batch, at_all
from verify.evaluate.sampling.space import Space
from verify.model import LESS, Relation
from verify.terms import Rel

TOLERANCE = 1e-7  # of what floats compute
ROUNDING = 1e-11  # what cancellation leaves of zero


def screen(rel: Rel, batch: Batch, space: Space) -> tuple[list[Point], list[Point]] | None:
    """The points at which floats say no, and those at which they see nothing wrong (undefined ones in neither).

    ``None`` where there are no floats for what occurs.
    """
    if space.integers:  # these vary from point to point: every point is looked at exactly
        return list(batch.points), []
    size = len(batch.points)
    with np.errstate(all="ignore"):
        try:
            walker = at_all(batch, space.real)
            a = np.broadcast_to(walker(rel.lhs), (size,))
            b = np.broadcast_to(walker(rel.rhs), (size,))
        except Undefined:
            return [], []
        except (Unsupported, Indeterminate, OverflowError):
            return None
        defined = np.isfinite(a) & np.isfinite(b)
        gap = a - b
        slack = TOLERANCE * (np.abs(a) + np.abs(b)) + ROUNDING
        if rel.op is Relation.EQ:
            wrong = np.abs(gap) > slack
        elif rel.op is Relation.NE:
            wrong = np.abs(gap) <= slack
        else:
            real = np.real(gap)
            wrong = real >= -slack if rel.op in LESS else real <= slack
            if rel.op in (Relation.LE, Relation.GE):
                wrong &= np.abs(real) > slack
    suspicious = [p for p, w, d in zip(batch.points, wrong, defined, strict=True) if w and d]
    quiet = [p for p, w, d in zip(batch.points, wrong, defined, strict=True) if not w and d]
    overflown = [p for p, d in zip(batch.points, defined, strict=True) if not d]
    return suspicious, quiet + overflown


def distinct_first(points: Sequence[Point]) -> Iterator[Point]:
    """Points that were drawn before come last: of whole numbers there are few small ones."""
    seen, again = set[object](), list[Point]()
    for point in points:
        cells = [(a, *cell) for a, by in (*point.entries.items(), *point.words.items()) for cell in by.items()]
        key = (*point.integers.items(), *point.scalars.items(), *cells, point.variant)
        if key in seen:
            again.append(point)
        else:
            seen.add(key)
            yield point
    yield from again


def in_turn(batches: Sequence[Iterable[Point]]) -> Iterator[Point]:
    """One point of each batch, then a second of each, …; batches far apart first, so that every size gets its share."""
    stride = max(1, len(batches) // WANTED)
    waiting = [iter(batch) for offset in range(stride) for batch in batches[::-1][offset::stride]]
    while waiting:
        left = []
        for batch in waiting:
            for point in batch:
                yield point
                left.append(batch)
                break
        waiting = left
