"""Edits that put something else around a part, and what the part would have to be within it."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator

import numpy as np
from sympy import Expr

from verify.diagnose.search import tree
from verify.diagnose.search.edit import Edit, Op
from verify.diagnose.search.gathered import Gathered
from verify.diagnose.search.inverse import along
from verify.diagnose.search.table import Table
from verify.diagnose.search.tree import Path
from verify.diagnose.search.values import FAILS, Values
from verify.diagnose.search.variants import Variants
from verify.frozen import dataclass
from verify.shapes import shape

DEAREST = 1.8  # edit
NONE = np.array([0])


@dataclass(frozen=True)
class Wrapped:
    """An edit, and where in what it makes the part stands that is ``way`` below the one which it changes.

    ``through``: what it makes, with each edit within that part.
    """

    edit: Edit
    way: Path
    within: Path
    through: Table | None

    def wish(self, gathered: Gathered, target: Values) -> Table | None:
        """What the part would have to be; ``None`` where the edit cannot be undone."""
        values = along(gathered.sheet, self.edit.new, self.within, target)
        return None if values is None else self.valued(values)

    def valued(self, values: Values) -> Table:
        """The edit with some values."""
        return Table.of(Variants(self.edit.part, (self.edit,), (), values), NONE, values, self.within)


def wrapped(node: Expr, path: Path, gathered: Gathered) -> Iterator[Wrapped]:
    """All edits of a part that put something around it, or around one of its arguments."""
    own = gathered.own.get(path)
    edits = own.made(Op.REPLACE) if own is not None else None
    places: list[tuple[Path, Expr]] = [((), node), *tree._children(node)]
    places = [(way, part) for way, part in places if not part.is_number and shape(part) == shape(node)]
    for row in range(len(edits) if edits is not None else 0):
        assert edits is not None
        edit = edits.edit(row)
        if edit.cost > DEAREST or not edit.written:
            continue
        for way, part in places:
            within = tree.only_place(edit.new, part)
            if within is not None:
                yield Wrapped(edit, way, within, _through(edit.new, within, (*path, *way), gathered))


def _through(new: Expr, within: Path, path: Path, gathered: Gathered) -> Table | None:
    below = gathered.below.get(path)
    if below is not None:
        values = below.values
        with contextlib.suppress(*FAILS):
            got = gathered.sheet.along(new, {within: lambda sheet, env: values}, gathered.env)
            return below.valued(got) if len(got) == len(below) else None
    return None
