"""Which of thousands of edits agree with the left side at sample points."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import islice

import numpy as np
from sympy import Expr

from verify.diagnose.search.edit import Edit
from verify.diagnose.search.rounding import CLOSE, ROUNDING, agreeing, close
from verify.diagnose.search.sheet import Sheet
from verify.diagnose.search.sheets import sheets
from verify.diagnose.search.spread import spread, stacked
from verify.diagnose.search.targets import FEWEST, SHEETS, targets
from verify.diagnose.search.values import FAILS, Values, lift
from verify.diagnose.search.variants import Proposal, Variants, filling
from verify.diagnose.search.wide import Wide
from verify.evaluate.sampling.frames import Shared
from verify.evaluate.sampling.space import Space
from verify.model import Relation
from verify.shapes import shape

TOUCHING = 1e-13


class Screen:
    """The values that the line should have, at a few batches of points of different sizes.

    All edits are looked at on the first, in ``sheets`` with ``targets``; others are made when an edit gets there.
    """

    def __init__(self, target: Expr, line: Expr, space: Space, seed: int, core: Expr | None = None) -> None:
        """``core`` is the target as the checks evaluate it, if it is a scalar."""
        self._looks = Shared(targets(target, line, space, seed, core))
        self.sheets: list[Sheet] = []
        self.targets: list[Values] = []
        for sheet, wanted in islice(self._looks, 1):
            self.sheets, self.targets = [sheet], [wanted]

    @property
    def dear(self) -> bool:
        """Whether values take long, or none are known at all."""
        if not self.sheets:
            return True
        field = self.sheets[0].field
        return self.sheets[0].dear or (isinstance(field, Wide) and bool(field.dear))

    def renew(self) -> None:
        """Forget how many dear values earlier searches have worked out at the same points."""
        for sheet in self.sheets:
            if isinstance(sheet.field, Wide):
                sheet.field.renew()

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
            rows = rows[~(np.isfinite(column) & ~close(column, wanted[tuple(place)]))]
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


def same_values(lhs: Expr, rhs: Expr, space: Space, seed: int) -> bool:
    """Whether two lines agree on the first few sheets on which both can be evaluated."""
    seen = 0
    for sheet in islice(sheets(space, seed), 3 * SHEETS):
        try:
            if not agreeing(sheet(rhs)[None], sheet(lhs), 1)[0]:
                return False
        except FAILS:
            continue
        seen += 1
        if seen >= SHEETS:
            break
    return seen > 0


def _entries(table: Values, rows: Values, form: tuple[int, ...], place: Values) -> Values:
    """What some rows have at one place of those that they are compared with."""
    axes = table.shape[1:]
    at = [0 if size == 1 else int(i) for size, i in zip(axes, place[len(form) - len(axes) :], strict=True)]
    return table[(rows, *at)]
