"""Where to look: points inside the assumptions, simple ones first, the same ones every time.

Sizes come from a fixed list (they include the degenerate size 1), index values and numbers from a generator seeded by
the run's seed. Constraints are honoured by construction where their form is known (a probability table is scaled to
sum to one, an equation that is linear in some symbol is solved for it), by rejection otherwise.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import islice, permutations, product
from random import Random

from sympy import Expr, I, Indexed, Product, Rational, Sum, Symbol, arg, im, preorder_traversal, re

from verify.evaluate.draws import GAUSSIAN, INTEGERS, REALS, TRIES, allowed, draw, draw_integer, fitted
from verify.evaluate.evaluator import Env, Evaluator
from verify.evaluate.exact import Exact, root
from verify.evaluate.field import Undefined, Unsupported
from verify.evaluate.models import MODELS
from verify.evaluate.points import Point, Value, digits
from verify.evaluate.solving import equations, solve
from verify.evaluate.truth import AtPoint
from verify.occurs import free_symbols
from verify.terms import Array, Index, Opaque, Proposition, Tabulate

PROFILES = ((1, 1, 1), (2, 1, 1), (2, 2, 1), (3, 2, 2), (5, 2, 1), (5, 4, 3), (8, 2, 1))
ALONE = ((1,), (2,), (3,), (4,), (5,), (6,), (7,), (8,), (13,))  # where there is one size only
ANY_END = {1: 0, 2: 2, 3: -1, 4: 3, 5: 1, 6: -3, 7: 4, 8: -2, 13: 7}  # for a range whose end may be any integer


@dataclass(frozen=True)
class Batch:
    """Points that share sizes, indices, words and models of opaque functions: they are evaluated together."""

    points: tuple[Point, ...]


class Space:
    """Everything that needs a value before a claim can be evaluated."""

    def __init__(
        self, symbols: Sequence[Symbol], constraints: Sequence[Proposition], contents: Sequence[object]
    ) -> None:
        self.constraints = tuple(constraints)
        occurring = list(free_symbols((tuple(symbols), tuple(contents), self.constraints)))
        self.arrays = [s for s in occurring if isinstance(s, Array) and s.definition is None]
        self.indices = [s for s in occurring if isinstance(s, Index)]
        ranged = _sizes(occurring, contents, self.constraints)
        rest = [s for s in occurring if not isinstance(s, Array | Index)]
        self.sizes = [s for s in rest if s.is_integer and s in ranged]
        self.integers = [s for s in rest if s.is_integer and s not in ranged]
        self.scalars = [s for s in rest if not s.is_integer]
        self.real = all(s.is_extended_real for s in (*self.scalars, *self.arrays)) and not any(
            _complex(content) for content in (*contents, *self.constraints)
        )
        opaque = any(isinstance(node, Opaque) for node in _walk((*contents, *self.constraints)))
        self.variants = MODELS if opaque else 1
        self.specials = sorted(_numbers((*contents, *self.constraints)))[:12]

    def without(self, symbols: Collection[Symbol]) -> Space:
        """The same space less the variables that something else gives values to."""
        self.arrays = [a for a in self.arrays if a not in symbols]
        self.scalars = [s for s in self.scalars if s not in symbols]
        return self

    @property
    def closed(self) -> bool:
        """Nothing needs a value: the claim is about numbers."""
        anything = self.sizes or self.indices or self.integers or self.scalars or self.arrays
        return not anything and self.variants == 1

    # -- drawing -----------------------------------------------------------------------------------------------

    def batches(
        self,
        seed: int,
        satisfy: Sequence[Proposition] = (),
        count: int = 8,
        sizes: Sequence[tuple[int, ...]] = (),
    ) -> Iterator[Batch]:
        """Batches of points inside the constraints, the small and simple ones first.

        ``satisfy`` are further propositions to aim at (the premise of an implication), without a promise; ``sizes``
        are other sizes to take than the usual ones, one row a profile.
        """
        wanted = [dict(zip(self.sizes, row, strict=True)) for row in sizes] if sizes else self._size_profiles()
        for number, sizes_ in enumerate(wanted):
            for turn in range(1 if self.variants > 1 or not (self.indices or self._words()) else 3):
                rng = Random(f"{seed}|{number}|{turn}|{[s.name for s in self.sizes]}")
                frame = self._frame(sizes_, rng, turn)
                if frame is not None:
                    points = self._points(frame, rng, satisfy, count if self.sizes or self.indices else 12 * count)
                    for variant in range(self.variants):
                        alike = tuple(point for point in points if point.variant == variant)
                        if alike:
                            yield Batch(alike)

    def _words(self) -> list[Array]:
        return [a for a in self.arrays if a.values is not None]

    def _size_profiles(self) -> list[dict[Symbol, int]]:
        k = len(self.sizes)
        if k == 0:
            return [{}]
        rows: list[tuple[int, ...]] = []
        for profile in PROFILES if k > 1 else ALONE:
            longer = [profile[i % len(profile)] for i in range(k)]
            options = sorted(set(islice(permutations(longer), 120)), reverse=True)
            rows += [row for row in options[:6] if row not in rows]
        ordered = sorted(rows, key=lambda row: (_volume(row), row))
        moved = [tuple(_moved(s, v) for s, v in zip(self.sizes, row, strict=True)) for row in ordered]
        return [dict(zip(self.sizes, row, strict=True)) for row in dict.fromkeys(moved)]

    def _frame(self, sizes: dict[Symbol, int], rng: Random, turn: int) -> Point | None:
        """Sizes, indices and words; ``None`` where a range is empty or a constraint on them fails."""
        for _ in range(TRIES):
            integers: dict[Symbol, int] = dict(sizes)
            try:
                for index in self.indices:
                    walker = Evaluator(Exact(Point(integers)), Point(integers))
                    first, last = walker.integer(index.lower, integers), walker.integer(index.upper, integers)
                    if last < first:
                        return None
                    integers[index] = first if turn == 0 and rng.random() < 0.5 else rng.randint(first, last)
                words = {a: self._draw_words(a, integers, rng) for a in self._words()}
            except Unsupported:
                return None
            frame = Point(integers, words=words)
            if all(self._admits(frame, c) is not False for c in self.constraints):
                return frame
        return None

    def _draw_words(self, array: Array, integers: dict[Symbol, int], rng: Random) -> dict[tuple[int, ...], int]:
        point = Point(integers)
        walker = Evaluator(Exact(point), point)
        assert array.values is not None
        low, high = (walker.integer(v, integers) for v in array.values)
        return {at: rng.randint(low, high) for at in _cells(array, walker, integers)}

    def _admits(self, frame: Point, constraint: Proposition) -> bool | None:
        try:
            return AtPoint(frame, True).holds(constraint)
        except (Unsupported, KeyError):
            return None  # it speaks of numbers not drawn yet
        except Undefined:
            return False

    def _points(self, frame: Point, rng: Random, satisfy: Sequence[Proposition], count: int) -> list[Point]:
        found: list[Point] = []
        grid = [values for values in self._grid(rng) for _ in range(self.variants)]  # each with every model
        for attempt in range(count * (TRIES if self.constraints else 1) + len(grid)):
            if len(found) >= count + len(grid):
                break
            scalars: dict[Symbol, Value] = {}
            integers = dict(frame.integers)
            if attempt < len(grid):
                for symbol, value in grid[attempt].items():
                    if symbol in self.scalars:
                        scalars[symbol] = value
                    else:
                        integers[symbol] = int(value)  # type: ignore[arg-type]  # integer symbols get integers
            else:
                for s in self.scalars:
                    scalars[s] = draw(s, rng, attempt - len(grid), self.specials)
                for s in self.integers:
                    integers[s] = draw_integer(s, rng)
            entries = {
                a: self._draw_entries(a, frame, rng, max(0, attempt - len(grid)))
                for a in self.arrays
                if a.values is None
            }
            point = self._repair(Point(integers, scalars, frame.words, entries, attempt % self.variants), satisfy)
            if point is not None:
                found.append(point)
            if not (self.scalars or self.integers or entries) and attempt + 1 >= self.variants:
                break
        return sorted(found, key=lambda p: p.simplicity)

    def _grid(self, rng: Random) -> list[dict[Symbol, Value]]:
        """All combinations of simple values, where there are few symbols."""
        axes = [
            [fitted(s, v) for v in (*REALS, *self.specials)] if s.is_extended_real else GAUSSIAN for s in self.scalars
        ]
        whole: list[Value] = [*map(Fraction, INTEGERS[:8]), *self.specials, *map(Fraction, INTEGERS[8:])]
        axes += [whole for _ in self.integers]
        symbols = [*self.scalars, *self.integers]
        if not 1 <= len(symbols) <= 3:
            return []
        keep = {1: 40, 2: 10, 3: 5}[len(symbols)]
        short = [
            list(dict.fromkeys(v for v in axis if allowed(s, v)))[:keep] for s, axis in zip(symbols, axes, strict=True)
        ]
        return [dict(zip(symbols, values, strict=True)) for values in product(*short)]

    def _draw_entries(self, array: Array, frame: Point, rng: Random, attempt: int) -> dict[tuple[int, ...], Value]:
        walker = Evaluator(Exact(frame), frame)
        return {at: draw(array, rng, attempt, ()) for at in _cells(array, walker, frame.integers)}

    # -- constraints -------------------------------------------------------------------------------------------

    def _repair(self, point: Point, satisfy: Sequence[Proposition]) -> Point | None:
        for proposition in (*self.constraints, *satisfy):
            for rel, env in equations(proposition, point):
                point = solve(rel, env, point)
        judge = AtPoint(point, self.real)
        try:
            if any(judge.holds(c) is not True for c in self.constraints):
                return None
        except (Undefined, Unsupported):
            return None
        return _with_simplicity(point)


def _with_simplicity(point: Point) -> Point:
    total = sum(digits(v) for v in point.scalars.values())
    total += sum(digits(v) for cells in point.entries.values() for v in cells.values())
    total += sum(abs(v) for v in point.integers.values()) + 3 * point.variant
    return Point(point.integers, point.scalars, point.words, point.entries, point.variant, total)


def _cells(array: Array, walker: Evaluator, env: Env) -> Iterable[tuple[int, ...]]:
    ranges = [range(walker.integer(a.lower, env), walker.integer(a.upper, env) + 1) for a in array.axes]
    return product(*ranges)


def _moved(symbol: Symbol, value: int) -> int:
    """A size where the symbol is one (≥ 1); for another integer at the end of a range also 0 and below."""
    if symbol.is_positive:
        return value
    other = ANY_END.get(value, value)
    return abs(other) if symbol.is_nonnegative else other


def _volume(row: tuple[int, ...]) -> int:
    total = 1
    for size in row:
        total *= size
    return total


# -- what occurs ---------------------------------------------------------------------------------------------------


def _walk(item: object) -> Iterator[Expr]:
    """All nodes of all expressions in contents, propositions and tuples, definitions included."""
    if isinstance(item, Expr):
        for node in preorder_traversal(item):
            yield node
            if isinstance(node, Indexed) and isinstance(node.base.label, Array) and node.base.label.definition:
                yield from _walk(node.base.label.definition.body)
    elif isinstance(item, tuple | list):
        for part in item:
            yield from _walk(part)
    elif hasattr(item, "__dataclass_fields__"):
        for name in item.__dataclass_fields__:
            yield from _walk(getattr(item, name))


def _complex(content: object) -> bool:
    return any(node is I or isinstance(node, re | im | arg) for node in _walk(content))


def _numbers(contents: Sequence[object]) -> set[Fraction]:
    found: set[Fraction] = set()
    for node in _walk(tuple(contents)):
        if isinstance(node, Rational) and abs(node) <= 1000 and node.q <= 1000:
            value = Fraction(int(node.p), int(node.q))
            found |= {value, -value}
            exact = root(abs(value), 2)
            if exact is not None:
                found |= {exact, -exact}
    return found - set(REALS)


def _sizes(symbols: Sequence[Symbol], contents: Sequence[object], constraints: Sequence[Proposition]) -> set[Symbol]:
    """The integer symbols that bound a range somewhere."""
    found: set[Symbol] = set()

    def note(bound: object) -> None:
        if isinstance(bound, Expr):
            found.update(s for s in bound.free_symbols if isinstance(s, Symbol))

    for symbol in symbols:
        if isinstance(symbol, Index):
            note(symbol.lower)
            note(symbol.upper)
        elif isinstance(symbol, Array):
            for axis in symbol.axes:
                note(axis.lower)
                note(axis.upper)
            for value in symbol.values or ():
                note(value)
    for node in _walk((*contents, *constraints)):
        if isinstance(node, Sum | Product | Tabulate):
            for limit in node.limits:
                for bound in limit[1:]:
                    note(bound)
    return found
