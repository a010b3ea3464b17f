"""All variants of all parts of a line in one walk over it.

One edit of one part changes one path through the line, but edits of many parts share most of their way up. At every
node the variants of all that stands below are rows of one table, which goes through the node together with them.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import cached_property, partial
from typing import Any, TypeAlias

import numpy as np
from sympy import Expr

from verify.diagnose.search import tree
from verify.diagnose.search.sheet import Sheet
from verify.diagnose.search.tree import Path
from verify.diagnose.search.values import FAILS, Env, Fill, Values
from verify.shapes import shape

Place: TypeAlias = tuple[Path, int, Fill]
"""Where a part stands, how many variants it has, and their values."""


@dataclass
class _Holes:
    """The variants of a part, ``own`` of them, and of what stands below it."""

    own: int = 0
    fill: Fill | None = None
    below: dict[Path, _Holes] = field(default_factory=dict)

    @cached_property
    def count(self) -> int:
        """How many rows they are; not to be asked before all are there."""
        return self.own + sum(sub.count for sub in self.below.values())

    def places(self) -> Iterator[Place]:
        """All places, in the order of the rows."""
        if self.fill is not None:
            yield (), self.own, self.fill
        for way, sub in self.below.items():
            for path, count, fill in sub.places():
                yield (*way, *path), count, fill


def spread(sheet: Sheet, line: Expr, places: Sequence[Place]) -> dict[Path, Values]:
    """The values of the line with each variant, by the part's path: NaN where they cannot be told."""
    holes = _Holes()
    for path, count, fill in places:
        at, rest = holes, path
        node: Any = line
        while rest:
            way = tree.first_step(node, rest)
            node, rest = tree.at(node, way), rest[len(way) :]
            at = at.below.setdefault(way, _Holes())
        at.own, at.fill = count, fill
    if not holes.count:
        return {}
    table = _table(line, holes, sheet, sheet.point.integers)
    found: dict[Path, Values] = {}
    start = 0
    for path, count, _ in holes.places():
        found[path] = table[start : start + count]
        start += count
    return found


def _table(e: Expr, holes: _Holes, sheet: Sheet, env: Env) -> Values:
    """The values of an expression with each variant of what it contains."""
    rank = len(shape(e))
    tables = []
    if holes.fill is not None:
        try:
            tables.append(_rows(holes.fill(sheet, env), holes.own, rank))
        except FAILS:
            tables.append(_nothing(holes.own))
    for way, sub in holes.below.items():
        try:
            got = sheet.combined(e, {way: partial(_table, tree.at(e, way), sub)}, env)
            tables.append(_rows(got, sub.count, rank))
        except FAILS:
            tables += [_alone(e, (*way, *path), count, fill, sheet, env) for path, count, fill in sub.places()]
    return stacked(tables)


def stacked(tables: Sequence[Values]) -> Values:
    """The rows of some tables in one."""
    if len(tables) == 1:
        return tables[0]
    forms = {rows.shape[1:] for rows in tables}
    if len(forms) == 1:
        return np.concatenate(tables)
    made = np.empty((sum(map(len, tables)), *np.broadcast_shapes(*forms)), np.result_type(*tables))
    start = 0
    for rows in tables:
        made[start : start + len(rows)] = rows
        start += len(rows)
    return made


def _alone(e: Expr, path: Path, count: int, fill: Fill, sheet: Sheet, env: Env) -> Values:
    """The variants of one part only, where those of all together are too many."""
    try:
        return _rows(sheet.along(e, {path: fill}, env), count, len(shape(e)))
    except FAILS:
        return _nothing(count)


def _rows(values: Values, count: int, rank: int) -> Values:
    """A row for each variant, also where the value does not depend on it."""
    if values.ndim <= rank + 1:
        values = values[None]
    return values if len(values) == count else np.broadcast_to(values, (count, *values.shape[1:]))


def _nothing(count: int) -> Values:
    return np.full((count, 1), np.nan)
