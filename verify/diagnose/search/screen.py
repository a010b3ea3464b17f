"""Which of thousands of edits agree with the left side at sample points."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator, Sequence
from dataclasses import replace
from fractions import Fraction
from functools import lru_cache
from itertools import groupby, islice
from typing import Any, TypeAlias

import numpy as np
from sympy import Add, Derivative, Expr, Symbol

from verify.diagnose.search.edit import Block, Change, Edit, Op
from verify.diagnose.search.sheet import Sheet
from verify.diagnose.search.spread import spread, stacked
from verify.diagnose.search.tree import Part, Path
from verify.diagnose.search.values import FAILS, Env, Fill, Values, lift
from verify.diagnose.search.wide import Wide, at_points
from verify.evaluate.points import Point
from verify.evaluate.sampling.batches import Batch, batches
from verify.evaluate.sampling.frames import Shared
from verify.evaluate.sampling.space import Space
from verify.frozen import dataclass
from verify.model import Relation
from verify.shapes import shape
from verify.terms import Array

FEW = 16  # points of one sheet
DEAR = 6  # where each value costs much
FEWEST = 3  # that are looked at first
SHEETS, DEAR_SHEETS = 4, 2
CLOSE, ROUNDING = 1e-7, 1e-10
TOUCHING = 1e-13
ASIDE, TORN = 1e-10 * (0.6 + 0.8j), 1e-4  # how far points are moved, and what is no small change then
LOST = 1e-15  # of the largest term, to rounding


Proposal: TypeAlias = tuple[Part, Sequence[Edit], Sequence[Block]]
"""What is proposed for one part."""


@dataclass(frozen=True)
class Variants:
    """The edits of one part, and the values that the line has with each."""

    part: Part
    single: tuple[Edit, ...]
    blocks: tuple[Block, ...]
    values: Values

    def edit(self, at: int) -> Edit:
        """The edit that a row of the values belongs to."""
        if at < len(self.single):
            return self.single[at]
        at -= len(self.single)
        for block in self.blocks:
            if at < len(block.changes):
                return block.edit(at, self.part)
            at -= len(block.changes)
        raise IndexError(at)

    @property
    def costs(self) -> list[float]:
        """What each costs, in the order of the values."""
        return [*(e.cost for e in self.single), *(c.cost + b.extra for b in self.blocks for c in b.changes)]


def merged(found: Sequence[Variants]) -> Iterator[Variants]:
    """What has been found for each part in turn as one."""
    by: dict[Path, list[Variants]] = {}
    for variants in found:
        by.setdefault(variants.part.path, []).append(variants)
    for same in by.values():
        rows: list[Values] = [v.values[: len(v.single)] for v in same] + [v.values[len(v.single) :] for v in same]
        single = tuple(edit for v in same for edit in v.single)
        blocks = tuple(block for v in same for block in v.blocks)
        yield Variants(same[0].part, single, blocks, stacked(rows)) if len(same) > 1 else same[0]


class Screen:
    """The values that the line should have, at a few batches of points of different sizes.

    All edits are looked at on the first, in ``sheets`` with ``targets``; others are made when an edit gets there.
    """

    def __init__(self, target: Expr, line: Expr, space: Space, seed: int, core: Expr | None = None) -> None:
        """``core`` is the target as the checks evaluate it, if it is a scalar."""
        self._looks = Shared(_looks(target, line, space, seed, core))
        self.sheets: list[Sheet] = []
        self.targets: list[Values] = []
        for sheet, wanted in islice(self._looks, 1):
            self.sheets, self.targets = [sheet], [wanted]

    def variants(self, line: Expr, proposals: Sequence[Proposal]) -> list[Variants]:
        """The values of the line on the first sheet for every edit."""
        found = []
        for part, single, blocks in proposals:
            count = len(single) + sum(len(block.changes) for block in blocks)
            if count:
                found.append((part, single, blocks, (part.path, count, filling(part, single, blocks))))
        if not self.sheets or not found:
            return []
        table = spread(self.sheets[0], line, [place for *_, place in found])
        missing = self.targets[0].ndim - 1 - len(shape(line))  # axes: zero beside a vector
        return [
            Variants(part, tuple(single), tuple(blocks), lift(table[part.path], missing))
            for part, single, blocks, _ in found
        ]

    def hits(self, variants: Sequence[Variants]) -> list[Edit]:
        """Those edits that make the line agree with the target on the first sheet."""
        if not variants:
            return []
        wanted = self.targets[0]
        table = stacked([v.values for v in variants])
        rows = np.arange(len(table))
        known = np.argwhere(np.isfinite(wanted))
        for place in known[:: max(1, len(known) // FEWEST)]:  # most do not agree at the first points that are looked at
            column = _entries(table, rows, wanted.shape, place)
            rows = rows[~(np.isfinite(column) & ~_close(column, wanted[tuple(place)]))]
        if len(rows):
            rows = rows[agreeing(table[rows], wanted, len(rows))]
        starts = np.cumsum([0, *(len(v.values) for v in variants)])
        owners = np.searchsorted(starts, rows, "right") - 1
        return [variants[i].edit(int(at - starts[i])) for i, at in zip(owners, rows, strict=True)]

    def bounded(self, line: Expr, relation: Relation) -> bool:
        """Whether an order relation between the target and a line is seen to fail nowhere."""
        for sheet, wanted in self._looks:
            gap = wanted - sheet(line)
            slack = CLOSE * np.abs(wanted) + ROUNDING
            fails = gap > slack if relation in (Relation.LT, Relation.LE) else gap < -slack
            if relation in (Relation.LT, Relation.GT):
                fails = fails | (np.abs(gap) <= slack)
            if fails.any() or not np.isfinite(gap).any():
                return False
        return bool(self.sheets)

    def touches(self, line: Expr) -> bool:
        """Whether the line has the target's value somewhere; where both vanish tells little."""
        sheets = self._looks
        return any(bool((np.abs(sheet(line) - wanted) < TOUCHING * np.abs(wanted)).any()) for sheet, wanted in sheets)

    def apart(self, one: Expr, other: Expr) -> bool:
        """Whether two lines are seen to differ."""
        try:
            return bool(self.sheets) and not agreeing(self.sheets[0](other)[None], self.sheets[0](one), 1)[0]
        except FAILS:
            return False

    def agrees(self, line: Expr) -> bool:
        """Whether a whole line agrees with the target everywhere, wherever it has values after the first sheet."""
        for number, (sheet, wanted) in enumerate(self._looks):
            try:
                got = sheet(line)
                if number and not np.isfinite(got).any():
                    continue
                if not agreeing(got[None], wanted, 1)[0]:
                    return False
            except FAILS:
                return False
        return True


def _looks(target: Expr, line: Expr, space: Space, seed: int, core: Expr | None) -> Iterator[tuple[Sheet, Values]]:
    """Sheets with the values of the target: first those that tell right from wrong, then a few others."""
    calm: list[tuple[Sheet, Values]] = []
    wrongs = 0
    for sheet in _sheets(space, seed):
        if (wrongs or calm) and sheet.real != space.real:
            break
        try:
            wanted, got = np.broadcast_arrays(sheet(target), sheet(line))
            if wanted.shape[-1] == sheet.count:
                left = (target, *_differentiated(core))
                defined = _defined(sheet, (*left, line)).sum()
                if sheet.reserve and 2 * defined < FEW and not (sheet.dear and defined >= FEWEST):
                    sheet = _refilled(sheet, left, line)
                sheet = sheet.shortened(DEAR, _defined(sheet, (*left, line)))
                wanted, got = np.broadcast_arrays(sheet(target), sheet(line))
        except FAILS:
            continue
        wanted = _kept(wanted if core is None else _exact(wanted, sheet, core), sheet, (target, line))
        wanted = wanted if sheet.real else _off_cuts(wanted, sheet, (target, line))
        usable = np.isfinite(wanted)
        wrong = usable & np.isfinite(got) & ~_close(wanted, got)
        if wrong.sum() >= min(2, usable.sum()) > 0:
            wrongs += 1
            yield sheet, wanted
        elif usable.any():
            calm.append((sheet, wanted))
        if wrongs + min(2, len(calm)) >= (DEAR_SHEETS if sheet.dear else SHEETS) and wrongs:
            break
    if not wrongs:  # the line may be defined nowhere
        calm.sort(key=lambda item: bool(np.isfinite(item[0](line)).any()))
    yield from calm[:2]


def _exact(wanted: Values, sheet: Sheet, core: Expr) -> Values:
    """The values as balls have them: floats lose some to rounding, as a derivative does where its terms cancel.

    The floats stand if balls know nothing, or if they were balls before.
    """
    if sheet.dear or (isinstance(sheet.field, Wide) and sheet.field.dear) or wanted.shape != (sheet.count,):
        return wanted
    try:
        exact = at_points(core, sheet.batch.points, sheet.point.integers, sheet.real)
    except FAILS:
        return wanted
    return exact if np.isfinite(exact).any() else wanted


def _differentiated(core: Expr | None) -> tuple[Expr, ...]:
    """What is differentiated in a line: its derivative has values where it has none itself, as ``log(1 − x)``."""
    return tuple(d.args[0] for d in core.atoms(Derivative)) if core is not None else ()


def _defined(sheet: Sheet, lines: Sequence[Expr]) -> Any:
    """At which points all of some lines are defined."""
    found = np.ones(sheet.count, dtype=bool)
    for line in lines:
        with contextlib.suppress(*FAILS):
            values = sheet(line)
            found &= np.isfinite(values).reshape(-1, values.shape[-1]).all(axis=0)
    return found


def _refilled(sheet: Sheet, left: Sequence[Expr], line: Expr) -> Sheet:
    """A sheet of points at which both sides are defined, or the left one, of its own and of its reserve."""
    points = (*sheet.batch.points, *sheet.reserve)
    many = Sheet(Batch(points), sheet.real)
    for lines in ((*left, line), left):
        kept = tuple(point for point, good in zip(points, _defined(many, lines), strict=True) if good)
        if len(kept) >= FEWEST:
            return Sheet(Batch(kept[:FEW]), sheet.real)
    return sheet


def _kept(wanted: Values, sheet: Sheet, lines: Sequence[Expr]) -> Values:
    """The values without those that are lost to rounding: ``cosh²x − sinh²x`` where both squares are large.

    All values stand if none would be left.
    """
    magnitude = np.zeros(wanted.shape)
    for line in lines:
        if isinstance(line, Add) and not shape(line):
            terms = [np.abs(sheet(term)) for term in line.args]
            magnitude = magnitude + np.where(np.isfinite(sum(terms)), sum(terms), 0)
    lost = LOST * magnitude > CLOSE * np.abs(wanted) + ROUNDING
    left = np.isfinite(wanted) & ~lost
    return np.where(lost, np.nan, wanted) if lost.any() and left.sum() >= FEWEST else wanted


def _off_cuts(wanted: Values, sheet: Sheet, lines: Sequence[Expr]) -> Values:
    """The values without those on a branch cut of a line: rounding tells on which side that is. All, if few are left.

    They are found by moving all points a little.
    """
    symbols = {s for line in lines for s in line.free_symbols if isinstance(s, Symbol) and not isinstance(s, Array)}
    try:
        torn = np.zeros(wanted.shape, dtype=bool)
        for aside in (ASIDE, -ASIDE):
            moves = {(s,): sheet.field.lookup((s,)) * (1 + aside) for s in symbols - set(sheet.point.integers)}
            moved = sheet.moved(moves)
            for line in lines:
                torn |= np.abs(moved(line) - sheet(line)) > TORN * np.abs(sheet(line))
    except FAILS:
        return wanted
    return np.where(torn, np.nan, wanted) if (np.isfinite(wanted) & ~torn).sum() >= FEWEST else wanted


def same_values(lhs: Expr, rhs: Expr, space: Space, seed: int) -> bool:
    """Whether two lines agree on the first few sheets on which both can be evaluated."""
    seen = 0
    for sheet in islice(_sheets(space, seed), 3 * SHEETS):
        try:
            if not agreeing(sheet(rhs)[None], sheet(lhs), 1)[0]:
                return False
        except FAILS:
            continue
        seen += 1
        if seen >= SHEETS:
            break
    return seen > 0


def _sheets(space: Space, seed: int) -> Iterator[Sheet]:
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


def filling(part: Part, edits: Sequence[Edit], blocks: Sequence[Block]) -> Fill:
    """The values of all variants of a part: of the edits, then of each block's changes."""
    rank = len(part.shape)
    groups: list[tuple[Op, Sequence[Edit | Change], object]] = []
    for op, run in groupby(edits, key=lambda edit: edit.op):
        groups.append((op, list(run), None))
    groups += [(block.op, block.changes, block.changes) for block in blocks]

    def fill(sheet: Sheet, env: Env) -> Values:
        old = sheet.value(part.node, env)
        stacks = []
        for op, changes, key in groups:
            scalar = op is Op.TIMES
            stack = sheet.stacked(
                [c.given for c in changes], env, () if scalar else old.shape[:-1], key, part.bound, old
            )
            stacks.append(stack if op is Op.REPLACE else old * lift(stack, rank) if scalar else old + stack)
        return stacked(stacks)

    return fill


def _entries(table: Values, rows: Values, form: tuple[int, ...], place: Values) -> Values:
    """What some rows have at one place of those that they are compared with."""
    axes = table.shape[1:]
    at = [0 if size == 1 else int(i) for size, i in zip(axes, place[len(form) - len(axes) :], strict=True)]
    return table[(rows, *at)]


def agreeing(got: Values, wanted: Values, count: int) -> Any:
    """For every variant whether it agrees wherever both are defined, and that is not too rarely."""
    form = (count, *np.broadcast_shapes(got.shape[1:], wanted.shape))
    got, wanted = np.broadcast_to(got, form), np.broadcast_to(wanted, form)
    both = np.isfinite(got) & np.isfinite(wanted)
    same = (_close(got, wanted) | ~both).reshape(count, -1).all(axis=1)
    known = np.isfinite(wanted).reshape(count, -1).sum(axis=1)
    return same & (2 * both.reshape(count, -1).sum(axis=1) >= known) & (known > 0)


def _close(a: Values, b: Values) -> Values:
    with np.errstate(all="ignore"):
        return np.abs(a - b) <= CLOSE * (np.abs(a) + np.abs(b)) + ROUNDING


def near(a: Values, b: Values, close: float = CLOSE) -> Any:
    """Where values are equal up to rounding, relative to the second ones."""
    return np.abs(a - b) <= close * np.abs(b) + ROUNDING
