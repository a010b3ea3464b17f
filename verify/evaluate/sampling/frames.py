"""The framework of points: sizes, indices and words, drawn before any number is.

Sizes come from a fixed list, which includes the degenerate 1; the rest from a generator seeded by the run's seed. What
the constraints say of them is honoured by rejection.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from fractions import Fraction
from functools import lru_cache
from itertools import islice, permutations, product
from random import Random
from typing import Any, Generic, TypeVar

from sympy import Symbol

from verify.evaluate.codes.code import slot
from verify.evaluate.evaluator import Evaluator
from verify.evaluate.field import Undefined, Unsupported
from verify.evaluate.fields.exact import Exact
from verify.evaluate.points import Point
from verify.evaluate.sampling.draws import PRIMES, TRIES, allowed
from verify.evaluate.truth import AtPoint
from verify.frozen import dataclass
from verify.terms import Array, Index, Proposition

T = TypeVar("T")
PROFILES = ((1, 1, 1), (2, 1, 1), (2, 2, 1), (3, 2, 2), (5, 2, 1), (5, 4, 3), (8, 2, 1))
ALONE = ((1,), (2,), (3,), (4,), (5,), (6,), (7,), (8,), (13,))  # where there is one size only
SMALL = 12  # the product of sizes that cost little
ANY_END = {1: 0, 2: 2, 3: -1, 4: 3, 5: 1, 6: -3, 7: 4, 8: -2, 13: 7}  # for a range whose end may be any integer


@dataclass(frozen=True)
class Framework:
    """The sizes, indices and words of a space, and the constraints that speak of nothing else."""

    sizes: tuple[Symbol, ...]
    indices: tuple[Index, ...]
    words: tuple[Array, ...]
    constraints: tuple[Proposition, ...]


class Shared(Generic[T]):
    """Things that are made one by one, when the first of those who go through them comes to them."""

    def __init__(self, source: Iterator[T]) -> None:
        self.source = source
        self.made: list[T] = []

    def __iter__(self) -> Iterator[T]:
        position = 0
        while True:
            if position == len(self.made):
                try:
                    self.made.append(next(self.source))
                except StopIteration:
                    return
            yield self.made[position]
            position += 1


class Frames:
    """Points that have only their integers and words yet, each with the state of the generator to go on with.

    They are made when they are first asked for, in any order.
    """

    def __init__(self, seed: int, framework: Framework, rows: tuple[tuple[int, ...], ...]) -> None:
        self.seed, self.framework = seed, framework
        self.sizes = [dict(zip(framework.sizes, row, strict=True)) for row in rows] or _size_profiles(framework.sizes)
        self._made: dict[tuple[int, int], tuple[Point, Any] | None] = {}

    def at(self, number: int, turn: int) -> tuple[Point, Any] | None:
        """The frame of the sizes with this number; ``None`` where there is none, or it is rare."""
        place = (number, turn)
        if place not in self._made:
            rng = Random(f"{self.seed}|{number}|{turn}|{[s.name for s in self.framework.sizes]}")
            frame = _frame(self.framework, self.sizes[number], rng, turn)
            self._made[place] = None if frame is None else (frame, rng.getstate())
        return self._made[place]

    def turns(self, most: int) -> Iterator[tuple[Point, Any]]:
        """For each of the sizes up to so many frames, where they can differ in indices or words."""
        most = most if self.framework.indices or self.framework.words else 1
        for number in range(len(self.sizes)):
            for turn in range(most):
                found = self.at(number, turn)
                if found is None:
                    break
                yield found

    def some(self, count: int) -> Iterator[tuple[Point, Any]]:
        """About so many frames: small sizes of all kinds; where these are few, further indices and words."""
        small = [n for n, sizes in enumerate(self.sizes) if _volume(tuple(sizes.values())) <= SMALL]
        numbers = small[:: len(small) // count + 1] or range(min(count, len(self.sizes)))
        turns = max(1, count // len(numbers)) if self.framework.indices or self.framework.words else 1
        places = product(range(turns), numbers)
        yield from filter(None, (self.at(number, turn) for turn, number in places))


@lru_cache(maxsize=16)
def frames(seed: int, framework: Framework, rows: tuple[tuple[int, ...], ...] = ()) -> Frames:
    """The frames of a framework for the usual sizes, or those in ``rows``: one object for all who ask."""
    return Frames(seed, framework, rows)


def _frame(framework: Framework, sizes: dict[Symbol, int], rng: Random, turn: int) -> Point | None:
    """``None`` where a range is empty or a constraint fails."""
    tried = set()  # where there are few, all may soon have been seen
    for _ in range(TRIES if framework.indices or framework.words else 1):
        integers: dict[Symbol, int] = dict(sizes)
        try:
            at = walker(Point(integers))
            for index in framework.indices:
                first, last = at.integer(index.lower), at.integer(index.upper)
                if last < first:
                    return None
                value = first if turn == 0 and rng.random() < 0.5 else rng.randint(first, last)
                integers[index] = at.env[slot(index)] = value
            words = {a: _draw_words(a, at, rng) for a in framework.words}
        except Unsupported:
            return None
        drawn = (*integers.values(), *(value for entries in words.values() for value in entries.values()))
        if drawn in tried:
            continue
        tried.add(drawn)
        frame = Point(integers, words=words)
        if admitted(AtPoint(frame, True), framework.constraints):
            return frame
    return None


def admitted(judge: AtPoint, constraints: Sequence[Proposition]) -> bool:
    """Whether all constraints certainly hold."""
    try:
        return all(judge.holds(c) is True for c in constraints)
    except (Undefined, Unsupported):
        return False


def walker(point: Point) -> Evaluator:
    """Evaluates exactly at a point."""
    return Evaluator(Exact(point), point)


def cells(array: Array, walker: Evaluator) -> list[tuple[int, ...]]:
    """The indices of all entries of an array, in order."""
    ranges = [range(walker.integer(a.lower), walker.integer(a.upper) + 1) for a in array.axes]
    return list(product(*ranges))


def _draw_words(array: Array, walker: Evaluator, rng: Random) -> dict[tuple[int, ...], int]:
    assert array.values is not None
    low, high = (walker.integer(v) for v in array.values)
    return {at: rng.randint(low, high) for at in cells(array, walker)}


# -- sizes ---------------------------------------------------------------------------------------------------------


def _size_profiles(sizes: Sequence[Symbol]) -> list[dict[Symbol, int]]:
    k = len(sizes)
    if k == 0:
        return [{}]
    rows: list[tuple[int, ...]] = []
    for profile in PROFILES if k > 1 else ALONE:
        longer = [profile[i % len(profile)] for i in range(k)]
        options = sorted(set(islice(permutations(longer), 120)), reverse=True)
        rows += [row for row in options[:6] if row not in rows]
    ordered = sorted(rows, key=lambda row: (_volume(row), row))
    moved = [tuple(_moved(s, v) for s, v in zip(sizes, row, strict=True)) for row in ordered]
    within = [row for row in dict.fromkeys(moved) if all(map(allowed, sizes, map(Fraction, row)))]
    return [dict(zip(sizes, row, strict=True)) for row in within]


def _moved(symbol: Symbol, value: int) -> int:
    """A size where the symbol is one (≥ 1); for another integer at the end of a range also 0 and below."""
    if symbol.is_prime:
        return PRIMES[(value - 1) % len(PRIMES)]
    if symbol.is_positive:
        return value
    other = ANY_END.get(value, value)
    if symbol.is_nonpositive:
        return -value if symbol.is_negative else -abs(other)
    return abs(other) if symbol.is_nonnegative else other


def _volume(row: tuple[int, ...]) -> int:
    total = 1
    for size in row:
        total *= size
    return total
