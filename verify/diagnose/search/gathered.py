"""The values of every part of a line with each edit in it: from the leaves up, all edits together."""

from __future__ import annotations

import contextlib
from collections.abc import Sequence

import numpy as np
from sympy import Derivative, Expr, Product, Subs, Sum

from verify.diagnose.search import tree
from verify.diagnose.search.rounding import near
from verify.diagnose.search.sheet import Sheet
from verify.diagnose.search.spread import spread
from verify.diagnose.search.table import Table
from verify.diagnose.search.tree import Path
from verify.diagnose.search.values import FAILS, Values
from verify.diagnose.search.variants import Variants, filling
from verify.shapes import shape
from verify.terms import Each, Grad

DEAREST = 2.3  # edit of a pair
BINDING = (Sum, Product, Derivative, Grad, Each, Subs)
"""What binds an index or a variable: the values of its argument alone say nothing."""


class Gathered:
    """The edits of each part with its values: ``own`` are those of the part itself, ``below`` also those within it."""

    def __init__(self, sheet: Sheet, line: Expr, variants: Sequence[Variants]) -> None:
        self.sheet, self.env = sheet, sheet.point.integers
        self.own: dict[Path, Table] = {}
        self.below: dict[Path, Table] = {}
        self._variants = {v.part.path: v for v in variants}
        self._gather(line, ())

    def value(self, node: Expr) -> Values | None:
        """The value of a part as it stands; ``None`` if it has none."""
        try:
            return self.sheet.value(node, self.env)
        except FAILS:
            return None

    def inside(self, path: Path, at: Path) -> Table | None:
        """The edits within the part at ``at``, with the values of the one at ``path``."""
        below = self.below.get(path)
        found = below.where(lambda v: v.part.path[: len(at)] == at) if below is not None else None
        return found if found is not None and len(found) else None

    def _gather(self, node: Expr, path: Path) -> Table | None:
        tables: list[Table] = []
        old = self.value(node)
        if old is None:
            return None
        if path in self._variants:
            v = self._variants[path]
            with contextlib.suppress(*FAILS):
                table = _kept(v, filling(v.part, v.single, v.blocks)(self.sheet, self.env), old)
                if table is not None:
                    self.own[path] = table
                    tables.append(table)
        for way, child in tree._children(node):
            at = (*path, *way)
            if len(way) > 1 or isinstance(node, BINDING):
                tables += self._spread(node, path, at, old)
                continue
            inner = self._gather(child, at)
            if inner is not None:
                values = inner.values
                with contextlib.suppress(*FAILS):
                    got = self.sheet.combined(node, {way: lambda sheet, env, v=values: v}, self.env)  # type: ignore[misc]
                    if len(got) == len(inner) and got.ndim > len(shape(node)) + 1:
                        tables.append(inner.valued(got))
        table = Table.joined(tables)
        if table is not None:
            self.below[path] = table
        return table

    def _spread(self, node: Expr, path: Path, at: Path, old: Values) -> list[Table]:
        """The edits below something that binds an index, with the values of the whole."""
        inside = [v for p, v in self._variants.items() if p[: len(at)] == at]
        places = [(v.part.path[len(path) :], len(v.costs), filling(v.part, v.single, v.blocks)) for v in inside]
        if not places:
            return []
        table = spread(self.sheet, node, places)
        found = [_kept(v, table[place], old) for v, (place, *_) in zip(inside, places, strict=True)]
        return [t for t in found if t is not None]


def _kept(v: Variants, values: Values, old: Values) -> Table | None:
    """The likely edits that change the value."""
    count = len(v.costs)
    form = np.broadcast_shapes(values.shape[1:], old.shape)
    values = np.broadcast_to(values, (count, *form))
    flat = values.reshape(count, -1)
    plain = np.broadcast_to(old, form).reshape(-1)
    same = near(plain, flat)
    good = (np.array(v.costs) <= DEAREST) & ~same.all(axis=1) & np.isfinite(flat).any(axis=1)
    numbers = np.flatnonzero(good)
    return Table.of(v, numbers, values[numbers]) if len(numbers) else None
