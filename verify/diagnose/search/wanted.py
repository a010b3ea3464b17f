"""Two slips in one line, the second one found by what its part would have to be.

Going down the line, each operation is undone: for every part it is known which value it would have to have, once for
each edit elsewhere in the line: beside it, above it or around it. The second edit is looked up by this value. So
thousands of edits are paired without evaluating the pairs, wherever two edits stand, as long as the operations on the
way down to *one* of them can be undone. And what no kind of slip proposes can be read off: if the value over the one
that the part has is a monomial, that factor is missing; if their difference is one, a term.

A sine has many inverses: within one, all branches are tried at one point, and the pairs evaluated at the others.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from sympy import Expr

from verify.diagnose.search import tree
from verify.diagnose.search.edit import Edit, Op
from verify.diagnose.search.gathered import BINDING, Gathered
from verify.diagnose.search.hits import Hit
from verify.diagnose.search.inverse import branches, inverse, signs
from verify.diagnose.search.lacking import Lacking
from verify.diagnose.search.linear import LINEAR, in_terms
from verify.diagnose.search.monomials import Monomials
from verify.diagnose.search.rounding import near
from verify.diagnose.search.screen import Screen
from verify.diagnose.search.table import Table
from verify.diagnose.search.tree import Path
from verify.diagnose.search.values import Values
from verify.diagnose.search.variants import Variants
from verify.diagnose.search.wrapped import Wrapped, wrapped
from verify.diagnose.vocabulary import Vocabulary
from verify.shapes import shape

FOUND = 120
CHECKED = 200  # pairs that are evaluated
VISITS = 250  # of parts, each branch of a periodic function by itself


class Wanted:
    """The search for pairs on the first sheet of a screen."""

    def __init__(self, screen: Screen, line: Expr, variants: Sequence[Variants], words: Vocabulary) -> None:
        self.screen, self.line, self.sheet = screen, line, screen.sheets[0]
        self.parts = {part.path: part for part in tree.parts(line)}
        self.gathered = Gathered(self.sheet, line, variants)
        self.lacking = Lacking(self.parts, self.gathered, Monomials(self.sheet, words))
        self.hits: list[Hit] = []
        self.visits = 0
        self.joined: set[Path] = set()  # the wholes whose parts have been paired
        self._wrapped: dict[Path, list[Wrapped]] = {}

    def found(self) -> list[tuple[Edit, ...]]:
        """Pairs of edits, and edits that have been read off, the cheapest first."""
        target = self.screen.targets[0]
        if target.ndim - 1 > len(shape(self.line)):
            return []
        self._down(self.line, (), target[None], None, None)
        found: list[tuple[Edit, ...]] = []
        seen: set[object] = set()
        checked = 0
        for hit in sorted(self.hits, key=lambda hit: hit.price):
            if hit.name in seen:
                continue
            seen.add(hit.name)
            checked += not hit.sure
            if not hit.sure and (checked > CHECKED or not hit.holds(self.screen, self.line)):
                continue
            edits = hit.edits(self.line, self.parts)
            if edits is not None:
                found.append(edits)
                if len(found) >= FOUND:
                    break
        return found

    # -- the values that parts would have to have ----------------------------------------------------------------------

    def _down(self, node: Expr, path: Path, target: Values, wants: Table | None, column: int | None) -> None:
        """Pairs of an edit within a part and one elsewhere, or within it too.

        ``target`` is the value that the part would have to have if nothing else were changed; ``wants``: with each
        edit elsewhere. With a ``column`` they are right at that point only.
        """
        self.visits += 1
        if self.visits > VISITS:
            return
        own = self.gathered.own.get(path)
        undone = self._undone(node, target, own)
        around = self._around(node, path, target) if column is None else {}
        outside = Table.joined([t for t in (wants, *around.get((), ())) if t is not None])
        every = Table.joined([t for t in (outside, undone) if t is not None])
        self._meet(every, own, path, column)
        if column is None:
            self.joined.add(path)
            self.hits += self.lacking.beside(every, target, node, path)
            self.hits += self.lacking.around(target, node, path)
        children = [(way, child) for way, child in tree._children(node) if (*path, *way) in self.parts]
        for way, child in children:
            at = (*path, *way)
            if len(way) > 1 or isinstance(node, BINDING) or inverse(self.sheet, node, way[0], target) is None:
                self._blocked(node, path, at, target, every, around.get(way, ()), column)
                continue
            turns = signs(self.sheet, node, way[0])
            if len(turns) > 1:  # the sign may be another one from point to point
                self._meet(every, self.gathered.inside(path, at), path, column)
            for sign in turns:
                tables: list[Table | None] = [*around.get(way, ())] if not sign else []
                if every is not None:
                    values = inverse(self.sheet, node, way[0], every.values, sign=sign)
                    tables.append(every.valued(values).deeper(way) if values is not None else None)
                for other, _ in children:
                    beside = self.gathered.below.get((*path, *other))
                    if other != way and beside is not None and len(other) == 1:
                        values = inverse(self.sheet, node, way[0], target, {other[0]: beside.values}, sign)
                        tables.append(beside.valued(values) if values is not None else None)
                down = inverse(self.sheet, node, way[0], target, sign=sign)
                self._down(child, at, down, Table.joined([t for t in tables if t is not None]), column)
            if column is None and way == (0,):
                self._in_branches(node, child, at, target)

    def _blocked(
        self,
        node: Expr,
        path: Path,
        at: Path,
        target: Values,
        every: Table | None,
        around: Sequence[Table],
        column: int | None,
    ) -> None:
        """What can be told of an argument for which the operation cannot be undone."""
        inside = self.gathered.inside(path, at)
        self._meet(every, inside, path, column)
        if inside is not None and column is None and isinstance(node, LINEAR):
            value = self.gathered.value(node)
            self.hits += in_terms(inside, node, path, value, target) if value is not None else ()
        child = self.parts[at].node
        if len(at) != len(path) + 1 or isinstance(node, BINDING):
            return
        wishes = Table.joined(list(around))
        if wishes is not None and at in self.gathered.below:
            self._meet(wishes, self.gathered.below[at], at, column)
        if column is None:
            self._in_branches(node, child, at, target)

    def _in_branches(self, node: Expr, child: Expr, at: Path, target: Values) -> None:
        """Pairs within an argument that may have one of several values, one point at a time."""
        value = self.gathered.value(child)
        if value is None or at not in self.gathered.below:
            return
        for branch in branches(self.sheet, node, target):
            good = np.isfinite(branch[0])
            good = good & np.isfinite(value) if (good & np.isfinite(value)).any() else good
            if good.any():
                point = int(np.where(good, np.nan_to_num(np.abs(value)), np.inf).argmin())
                self._down(child, at, branch, None, point)

    def _undone(self, node: Expr, target: Values, own: Table | None) -> Table | None:
        """What the part as it stands would have to be with each further factor and term of its own."""
        if own is None:
            return None
        old = self.gathered.value(node)
        factors, terms = own.made(Op.TIMES), own.made(Op.PLUS)
        by = _factors(factors.values, old)
        return Table.joined([factors.valued(target / by), terms.valued(target + old - terms.values)])

    def _around(self, node: Expr, path: Path, target: Values) -> dict[Path, list[Table]]:
        """What the part itself, and its arguments, would have to be with each edit that puts something else around.

        Where that cannot be undone, it is compared with what it makes of each edit within the part.
        """
        if path not in self._wrapped:
            self._wrapped[path] = list(wrapped(node, path, self.gathered))
        found: dict[Path, list[Table]] = {}
        for each in self._wrapped[path]:
            wish = each.wish(self.gathered, target)
            if wish is not None:
                found.setdefault(each.way, []).append(wish)
            else:
                self._meet(each.valued(target), each.through, (*path, *each.way), None)
        return found

    # -- pairs ---------------------------------------------------------------------------------------------------------

    def _meet(self, wants: Table | None, have: Table | None, path: Path, column: int | None) -> None:
        """Edits that give a part the value that it would have to have with another one elsewhere."""
        if wants is None or have is None:
            return
        for price, a, b in have.matching(wants, column):
            one, other = wants.edit(a), have.edit(b)
            if one is not other:
                self.hits.append(Hit(price, one, wants.within(a), other, path, column is None))


def _factors(values: Values, old: Values) -> Values:
    """By what the old values have been multiplied; a number is known where they are zero, too."""
    ratios = values / old
    flat = ratios.reshape(len(ratios), -1) if len(ratios) else np.ones((1, 1))
    known = np.isfinite(flat)
    some = np.take_along_axis(flat, known.argmax(axis=1)[:, None], axis=1)
    alike = (near(flat, some) | ~known).all(axis=1, keepdims=True) & (known.sum(axis=1, keepdims=True) > 1)
    return np.where(alike & ~known, some, flat).reshape(ratios.shape) if len(ratios) else ratios
