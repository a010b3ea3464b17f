"""Points near a point: the moves of a pattern search (Hooke & Jeeves, "Direct search", *J. ACM* 8, 1961).

A point is taken as the list of its numbers (scalars, entries of arrays, real and imaginary parts); sizes, indices and
words stay as they are, so that neighbours are evaluated together.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from fractions import Fraction

from sympy import Symbol

from verify.evaluate.points import Point, Value
from verify.evaluate.sampling.draws import allowed
from verify.evaluate.sampling.frames import admitted
from verify.evaluate.sampling.space import Space
from verify.evaluate.truth import at_point
from verify.frozen import dataclass

Vector = tuple[Fraction, ...]


@dataclass(frozen=True)
class Neighbourhood:
    """The numbers of the points that share ``frame``'s sizes, indices and words."""

    space: Space
    frame: Point

    def vector(self, point: Point) -> Vector:
        """The numbers of a point, in a fixed order."""
        return tuple(
            part for value in self._values(point) for part in (value if isinstance(value, tuple) else (value,))
        )

    def _values(self, point: Point) -> list[Value]:
        entries = [v for a in self.space.tables for _, v in sorted(point.entries[a].items())]
        return [*(point.scalars[s] for s in self.space.scalars), *entries]

    def point(self, vector: Sequence[Fraction]) -> Point | None:
        """The point with these numbers; ``None`` where it is not within the givens."""
        numbers = iter(vector)

        def value(symbol: Symbol, model: Value) -> Value:
            return (next(numbers), next(numbers)) if isinstance(model, tuple) else next(numbers)

        frame = self.frame
        scalars = {s: value(s, frame.scalars[s]) for s in self.space.scalars}
        entries = {a: {at: value(a, v) for at, v in sorted(frame.entries[a].items())} for a in self.space.tables}
        cells = [(a, v) for a, cell in entries.items() for v in cell.values()]
        if not all(allowed(s, v) for s, v in (*scalars.items(), *cells)):
            return None
        point = Point(frame.integers, scalars, frame.words, entries, frame.variant, frame.counts)
        late = self.space.late
        return point if not late or admitted(at_point(point, self.space.real), late) else None

    def starts(self, vector: Vector) -> Iterator[Vector]:
        """Points at which inequalities are often tight: all numbers the same, arrays that agree with one another."""
        for number in (Fraction(0), Fraction(1)):
            yield (number,) * len(vector)
        first = len(self.space.scalars)
        tail = vector[first:]
        groups = [len(self.frame.entries[a]) for a in self.space.tables]
        if len(groups) > 1 and len(set(groups)) == 1 and len(tail) == sum(groups):
            yield (*vector[:first], *(tail[: groups[0]] * len(groups)))

    def moves(self, vector: Vector, step: Fraction, only: int | None = None) -> Iterator[Vector]:
        """One number (``only`` that one, if given) moved by the step, halved or doubled; or all of them together."""
        for i, number in enumerate(vector):
            if only not in (None, i):
                continue
            for moved in (number + step, number - step, number / 2, number * 2):
                if moved != number and abs(moved) <= LARGEST:
                    yield (*vector[:i], moved, *vector[i + 1 :])
        if len(vector) > 1 and only is None:
            yield tuple(number + step for number in vector)
            yield tuple(number - step for number in vector)
            yield tuple(number / 2 for number in vector)


LARGEST = 10**4
