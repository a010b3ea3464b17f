"""Edits side by side, and for each of them the values that a part has with it, or would have to have."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

import numpy as np

from verify.diagnose.search.edit import Edit, Op
from verify.diagnose.search.rounding import CLOSE, ROUNDING, near
from verify.diagnose.search.tree import Path
from verify.diagnose.search.values import Values
from verify.diagnose.search.variants import Variants

CLOSEST = 1e-11  # how close values have to be where there is one point only
MISSED = 0.3  # of the points, at which values may differ that have been lost to rounding
NEEDED = 3  # points
TRIED = 200_000  # pairs of rows that are compared in full
MOST = 240  # pairs that are looked up at once


class Table:
    """Some edits of several parts with their values, one row each.

    ``within`` says of each part's edits where the part that the values belong to stands in what they make; ``None``:
    where it has stood.
    """

    def __init__(
        self,
        sources: Sequence[tuple[Variants, Path | None]],
        owners: Values,
        numbers: Values,
        costs: Values,
        values: Values,
    ) -> None:
        self.sources, self.owners, self.numbers, self.costs = tuple(sources), owners, numbers, costs
        self.values = values

    @staticmethod
    def of(variants: Variants, numbers: Values, values: Values, within: Path | None = None) -> Table:
        """Some of the edits of one part."""
        costs = np.array(variants.costs)[numbers] + 0.01 * variants.part.depth
        return Table([(variants, within)], np.zeros(len(numbers), dtype=int), numbers, costs, values)

    @staticmethod
    def joined(tables: Sequence[Table]) -> Table | None:
        """The rows of some tables in one."""
        tables = [t for t in tables if len(t)]
        if len(tables) < 2:
            return tables[0] if tables else None
        form = np.broadcast_shapes(*(t.values.shape[1:] for t in tables))
        starts = np.cumsum([0, *(len(t.sources) for t in tables)])
        return Table(
            [source for t in tables for source in t.sources],
            np.concatenate([t.owners + start for t, start in zip(tables, starts, strict=False)]),
            np.concatenate([t.numbers for t in tables]),
            np.concatenate([t.costs for t in tables]),
            np.concatenate([np.broadcast_to(t.values, (len(t), *form)) for t in tables]),
        )

    def __len__(self) -> int:
        return len(self.numbers)

    def edit(self, row: int) -> Edit:
        """The edit of a row."""
        return self.sources[self.owners[row]][0].edit(int(self.numbers[row]))

    def within(self, row: int) -> Path | None:
        """Where the part then stands."""
        return self.sources[self.owners[row]][1]

    def valued(self, values: Values) -> Table:
        """The same edits with other values."""
        values = np.broadcast_to(values, (len(self), *values.shape[1:]))
        return Table(self.sources, self.owners, self.numbers, self.costs, values)

    def deeper(self, way: Path) -> Table:
        """The same edits seen from a part further down."""
        sources = [(v, None if within is None else (*within, *way)) for v, within in self.sources]
        return Table(sources, self.owners, self.numbers, self.costs, self.values)

    def only(self, rows: Values) -> Table:
        """Some of the rows."""
        return Table(self.sources, self.owners[rows], self.numbers[rows], self.costs[rows], self.values[rows])

    def cheapest_first(self) -> Table:
        """The same rows in the order of what they cost."""
        return self.only(np.argsort(self.costs, kind="stable"))

    def where(self, holds: Callable[[Variants], bool]) -> Table:
        """The edits of some parts."""
        good = np.array([holds(v) for v, _ in self.sources])
        return self.only(good[self.owners])

    def made(self, op: Op) -> Table:
        """Those edits that make the part so."""
        ops = [[e.op for e in v.single] + [b.op for b in v.blocks for _ in b.changes] for v, _ in self.sources]
        return self.only(
            np.array([ops[o][n] is op for o, n in zip(self.owners, self.numbers, strict=True)], dtype=bool)
        )

    def matching(self, want: Table, column: int | None = None) -> Iterator[tuple[float, int, int]]:
        """Pairs of a row of ``want`` and one of this table that has its values, the cheapest first, with their costs.

        Where a ``column`` is given it is looked at alone.
        """
        if len(want) == 1 and not self._may_have(want.values[0], column):
            return
        form = np.broadcast_shapes(self.values.shape[1:], want.values.shape[1:])
        have = np.broadcast_to(self.values, (len(self), *form)).reshape(len(self), -1)
        wanted = np.broadcast_to(want.values, (len(want), *form)).reshape(len(want), -1)
        if column is not None:
            have, wanted = have[:, [column]], wanted[:, [column]]
        usable = _mostly_finite(have) & _mostly_finite(wanted)
        if usable.sum() < min(NEEDED, usable.size):
            return
        have, wanted = have[:, usable], wanted[:, usable]
        yield from equal_rows(have, self.costs, wanted, want.costs)

    def _may_have(self, values: Values, column: int | None) -> bool:
        """Whether some row has these values at one of two points: most tables have none."""
        known = np.flatnonzero(np.isfinite(values))
        if values.ndim > 1 or len(known) == 0 or self.values.shape[1:] != values.shape:
            return True
        columns = [column] if column is not None else [known[0], known[-1]]
        some = self.values[:, columns]
        return bool(near(some, values[columns]).any())


def _mostly_finite(rows: Values) -> Values:
    """In which columns most of those rows have values that have any."""
    finite = np.isfinite(rows)
    some = finite[finite.any(axis=1)]
    return some.mean(axis=0) > 0.5 if len(some) else np.zeros(rows.shape[1], dtype=bool)


def equal_rows(have: Values, prices: Values, want: Values, costs: Values) -> Iterator[tuple[float, int, int]]:
    """Rows of ``want`` that are rows of ``have``: what both cost together, and which they are, the cheapest first.

    At some points values may differ that have been lost to rounding; rows that are seldom finite equal none.
    """
    finite, sure = np.isfinite(have), np.isfinite(want)
    known = np.flatnonzero(finite.mean(axis=1) >= 1 - MISSED)
    sought = np.flatnonzero(sure.mean(axis=1) >= 1 - MISSED)
    if not len(known) or not len(sought):
        return
    close = CLOSE if have.shape[1] > 1 else CLOSEST
    usual = finite[known].mean(axis=0) + sure[sought].mean(axis=0)
    least = np.where(finite[known], np.abs(have[known]), np.inf).min(axis=0)  # has been lost to rounding
    sharp = int(np.where(usual == usual.max(), least, -1.0).argmax())
    known, sought = known[finite[known, sharp]], sought[sure[sought, sharp]]
    marks, marks_sought = np.real(have[known, sharp]), np.real(want[sought, sharp])
    slack = close * np.abs(want[sought, sharp]) + ROUNDING
    order = np.argsort(marks, kind="stable")
    low = np.searchsorted(marks[order], marks_sought - slack)
    counts = np.searchsorted(marks[order], marks_sought + slack) - low
    some = np.flatnonzero(counts)
    some = some[np.argsort(costs[sought[some]], kind="stable")]
    some = some[: max(1, int(np.searchsorted(np.cumsum(counts[some]), TRIED)))]
    counts = counts[some]
    first = np.repeat(some, counts)
    offsets = np.arange(len(first)) - np.repeat(np.cumsum(counts) - counts, counts)
    a, b = sought[first], known[order[low[first] + offsets]]
    missed, allowed = np.zeros(len(a), dtype=int), MISSED * (np.abs(want) > ROUNDING).sum(axis=1)
    for column in range(have.shape[1]):
        same = near(have[b, column], want[a, column], close)
        missed = missed + ~same
        kept = missed <= allowed[a]
        a, b, missed = a[kept], b[kept], missed[kept]
    total = costs[a] + prices[b]
    for i in np.argsort(total, kind="stable")[:MOST]:
        yield float(total[i]), int(a[i]), int(b[i])
