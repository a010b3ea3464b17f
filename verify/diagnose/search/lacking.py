"""What a part of a line lacks, read off its value, beside another edit: one elsewhere, or one within the part."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator, Mapping

import numpy as np
from sympy import Add, Expr

from verify.diagnose.search import read_off, tree
from verify.diagnose.search.edit import Edit
from verify.diagnose.search.gathered import Gathered
from verify.diagnose.search.hits import Hit
from verify.diagnose.search.monomials import Monomials
from verify.diagnose.search.table import Table
from verify.diagnose.search.tree import Part, Path
from verify.diagnose.search.values import FAILS, Values


class Lacking:
    """The search for what no kind of slip proposes."""

    def __init__(self, parts: Mapping[Path, Part], gathered: Gathered, monomials: Monomials) -> None:
        self.parts, self.gathered, self.monomials = parts, gathered, monomials

    def beside(self, wants: Table | None, target: Values, node: Expr, path: Path) -> Iterator[Hit]:
        """What a part lacks, read off the value that it would have to have, with another edit elsewhere or without."""
        value = self.gathered.value(node)
        part = self.parts[path]
        if part.shape or value is None:
            return
        for _, edit in read_off.edits(part, value, target, self.monomials):
            if not read_off.two_in_one(edit):
                yield Hit(edit.cost + 0.01 * part.depth, None, None, edit, path)
        if wants is None or wants.values.ndim != 2:
            return
        wants = wants.cheapest_first()
        for row, edit in read_off.edits(part, value, wants.values, self.monomials):
            one = wants.edit(row)
            if one.part.path == path and one.op is edit.op and wants.within(row) is None and one.code != "sign":
                continue  # two factors, or two terms, are one
            price = float(wants.costs[row]) + edit.cost + 0.01 * part.depth
            yield Hit(price, one, wants.within(row), edit, path)

    def around(self, target: Values, node: Expr, path: Path) -> Iterator[Hit]:
        """What a part lacks, with another edit within it."""
        if path not in self.gathered.below or self.parts[path].shape or self.gathered.below[path].values.ndim != 2:
            return
        below = self.gathered.below[path].cheapest_first()

        def changed(row: int) -> Expr | None:
            edit = below.edit(row)
            with contextlib.suppress(*FAILS, RecursionError):
                return tree.replace(node, edit.part.path[len(path) :], edit.new)
            return None

        part = self.parts[path]
        for row, edit in read_off.around(part, below.values, target, changed, self.monomials):
            yield _within(below, row, edit)
        value = self.gathered.value(node)
        if value is None or not isinstance(node, Add):
            return
        here = np.array([v.part.path[len(path)] if v.part.path != path else -1 for v, _ in below.sources])
        for i, term in enumerate(node.args):
            own = self.gathered.value(term)
            if own is None:
                continue
            rest = Add(*(a for a in node.args if a is not term))
            there = here[below.owners] == i

            def sides(row: int, at: int = i, one: Expr = term, rest: Expr = rest) -> tuple[Expr, Expr] | None:
                node = changed(row)
                inside = here[below.owners[row]] == at
                return None if node is None else (node - rest, rest) if inside else (one, node - one)

            values = np.where(there[:, None], below.values - value + own, own)
            others = np.where(there[:, None], value - own, below.values - own)
            for row, edit in read_off.brackets(part, values, others, target, sides, self.monomials):
                yield _within(below, row, edit)


def _within(below: Table, row: int, edit: Edit) -> Hit:
    price = float(below.costs[row]) + edit.cost + 0.01 * edit.part.depth
    return Hit(price, below.edit(row), None, edit, edit.part.path, made=True)
