"""Two slips in one line, the second one found by what its part would have to be.

Going down the line, each operation is undone: for every part it is known which value it would have to have, once for
each edit elsewhere in the line: beside it, above it or around it. The second edit is looked up by this value. So
thousands of edits are paired without evaluating the pairs, wherever two edits stand, as long as the operations on the
way down to *one* of them can be undone. And what no kind of slip proposes can be read off: if the value over the one
that the part has is a monomial, that factor is missing; if their difference is one, a term.

A sine has many inverses: within one, all branches are tried at one point, and the pairs evaluated at the others.
"""

from __future__ import annotations

import contextlib
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import islice
from typing import Any

import numpy as np
from sympy import Add, Derivative, Expr, Function, Mul, Pow, Product, Subs, Sum

from verify.diagnose.context import Vocabulary
from verify.diagnose.search import read_off, tree
from verify.diagnose.search.edit import Edit, Op
from verify.diagnose.search.inverse import along, branches, inverse, signs
from verify.diagnose.search.monomials import Monomials
from verify.diagnose.search.screen import CLOSE, ROUNDING, Screen, Variants, agreeing, filling
from verify.diagnose.search.spread import spread
from verify.diagnose.search.table import Table
from verify.diagnose.search.tree import Part, Path
from verify.diagnose.search.values import FAILS, Fill, Values
from verify.frozen import dataclass
from verify.shapes import shape
from verify.terms import Each, Frac, Grad

DEAREST = 2.3  # edit of a pair
DEAREST_AROUND = 1.8  # … around a part
FOUND = 60
CHECKED = 200  # pairs that are evaluated
DEEPEST = 4  # at which a part is sought within what an edit has made

BINDING = (Sum, Product, Derivative, Grad, Each, Subs)


@dataclass(frozen=True)
class Hit:
    """Two edits that seem to mend the line: one, which may have put the part at ``path`` ``within`` what it makes, and
    another one in that part; or this one alone.
    """

    price: float
    one: Edit | None
    within: Path | None
    other: Edit
    path: Path
    sure: bool
    made: bool = False  # the other one changes what the one has made

    @property
    def name(self) -> tuple[object, ...]:
        """The same for the same edits."""
        return tuple(sorted((_name(edit) for edit in (self.one, self.other) if edit is not None), key=str))


class Wanted:
    """The search for pairs on the first sheet of a screen."""

    def __init__(self, screen: Screen, line: Expr, variants: Sequence[Variants], words: Vocabulary) -> None:
        self.screen, self.line = screen, line
        self.sheet = screen.sheets[0]
        self.env = self.sheet.point.integers
        self.variants = {v.part.path: v for v in variants}
        self.parts = {part.path: part for part in tree.parts(line)}
        self.monomials = Monomials(self.sheet, words)
        self.own: dict[Path, Table] = {}  # the edits of each part, with the values that it has then
        self.below: dict[Path, Table] = {}  # … and of all that stands within it
        self.hits: list[Hit] = []

    def found(self) -> list[tuple[Edit, ...]]:
        """Pairs of edits, and edits that have been read off, the cheapest first."""
        target = self.screen.targets[0]
        if target.ndim - 1 > len(shape(self.line)):
            return []
        self._gather(self.line, ())
        self._down(self.line, (), target[None], None, None)
        found: list[tuple[Edit, ...]] = []
        seen: set[object] = set()
        checked = 0
        for hit in sorted(self.hits, key=lambda hit: hit.price):
            if hit.name in seen:
                continue
            seen.add(hit.name)
            if not hit.sure:
                checked += 1
                if checked > CHECKED or not self._holds(hit):
                    continue
            edits = self._edits(hit)
            if edits is not None:
                found.append(edits)
                if len(found) >= FOUND:
                    break
        return found

    # -- the values of parts with edits in them ------------------------------------------------------------------------

    def _gather(self, node: Expr, path: Path) -> Table | None:
        """All edits of a part and within it, with the values of the part."""
        tables: list[Table] = []
        old = self._value(node)
        if old is None:
            return None
        if path in self.variants:
            v = self.variants[path]
            with contextlib.suppress(*FAILS):
                table = self._kept(v, filling(v.part, v.single, v.blocks)(self.sheet, self.env), old)
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
        inside = [v for p, v in self.variants.items() if p[: len(at)] == at]
        places = [(v.part.path[len(path) :], len(v.costs), filling(v.part, v.single, v.blocks)) for v in inside]
        if not places:
            return []
        table = spread(self.sheet, node, places)
        found = [self._kept(v, table[place], old) for v, (place, *_) in zip(inside, places, strict=True)]
        return [t for t in found if t is not None]

    def _kept(self, v: Variants, values: Values, old: Values) -> Table | None:
        """The likely edits that change the value."""
        count = len(v.costs)
        form = np.broadcast_shapes(values.shape[1:], old.shape)
        values = np.broadcast_to(values, (count, *form))
        flat = values.reshape(count, -1)
        plain = np.broadcast_to(old, form).reshape(-1)
        same = np.abs(flat - plain) <= CLOSE * np.abs(flat) + ROUNDING
        good = (np.array(v.costs) <= DEAREST) & ~same.all(axis=1) & np.isfinite(flat).any(axis=1)
        numbers = np.flatnonzero(good)
        return Table.of(v, numbers, values[numbers]) if len(numbers) else None

    def _value(self, node: Expr) -> Values | None:
        try:
            return self.sheet.value(node, self.env)
        except FAILS:
            return None

    # -- the values that parts would have to have ----------------------------------------------------------------------

    def _down(self, node: Expr, path: Path, target: Values, wants: Table | None, column: int | None) -> None:
        """Pairs of an edit within a part and one elsewhere, or within it too.

        ``target`` is the value that the part would have to have if nothing else were changed; ``wants``: with each
        edit elsewhere. With a ``column`` they are right at that point only.
        """
        own = self.own.get(path)
        undone = self._undone(node, target, own)
        around = self._around(node, path, target, own, column)
        outside = Table.joined([t for t in (wants, *around.get((), ())) if t is not None])
        every = Table.joined([t for t in (outside, undone) if t is not None])
        self._meet(every, own, path, column)
        if column is None:
            self._read_off(outside, target, node, path)
            self._read_off_around(target, node, path)
        children = [(way, child) for way, child in tree._children(node) if (*path, *way) in self.parts]
        for way, child in children:
            at = (*path, *way)
            if len(way) > 1 or isinstance(node, BINDING) or inverse(self.sheet, node, way[0], target) is None:
                self._blocked(node, path, at, target, every, around.get(way, ()), column)
                continue
            for sign in signs(self.sheet, node, way[0]):
                tables: list[Table | None] = [*around.get(way, ())] if not sign else []
                if every is not None:
                    values = inverse(self.sheet, node, way[0], every.values, sign=sign)
                    tables.append(every.valued(values).deeper(way) if values is not None else None)
                for other, _ in children:
                    beside = self.below.get((*path, *other))
                    if other != way and beside is not None and len(other) == 1:
                        values = inverse(self.sheet, node, way[0], target, {other[0]: beside.values}, sign)
                        tables.append(beside.valued(values) if values is not None else None)
                down = inverse(self.sheet, node, way[0], target, sign=sign)
                self._down(child, at, down, Table.joined([t for t in tables if t is not None]), column)

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
        below = self.below.get(path)
        if below is not None:
            inside = below.where(lambda v: v.part.path[: len(at)] == at)
            if len(inside):
                self._meet(every, inside, path, column)
        child = self.parts[at].node
        if len(at) != len(path) + 1 or isinstance(node, BINDING):
            return
        wishes = Table.joined(list(around))
        if wishes is not None and at in self.below:
            self._meet(wishes, self.below[at], at, column)
        if column is None and at in self.below:
            value = self._value(child)
            if value is None:
                return
            for branch in branches(self.sheet, node, target):
                good = np.isfinite(branch[0]) & np.isfinite(value)
                if good.any():
                    point = int(np.where(good, np.abs(value), np.inf).argmin())
                    self._down(child, at, branch, None, point)

    def _undone(self, node: Expr, target: Values, own: Table | None) -> Table | None:
        """What the part as it stands would have to be with each further factor and term of its own."""
        if own is None:
            return None
        old = self._value(node)
        factors, terms = own.made(Op.TIMES), own.made(Op.PLUS)
        tables = [factors.valued(target * old / factors.values), terms.valued(target + old - terms.values)]
        return Table.joined(tables)

    def _around(
        self, node: Expr, path: Path, target: Values, own: Table | None, column: int | None
    ) -> dict[Path, list[Table]]:
        """What the part itself, and its arguments, would have to be with each edit that puts something else around."""
        found: dict[Path, list[Table]] = {}
        edits = own.made(Op.REPLACE) if own is not None else None
        for row in range(len(edits) if edits is not None else 0):
            assert edits is not None
            edit = edits.edit(row)
            if edit.cost > DEAREST_AROUND or not edit.written:
                continue
            for way, part in (((), node), *tree._children(node)):
                within = _only_place(edit.new, part)
                if within is None or part.is_number or shape(part) != shape(node):
                    continue
                values = along(self.sheet, edit.new, within, target)
                variants = Variants(edit.part, (edit,), (), target)
                if values is not None:
                    found.setdefault(way, []).append(Table.of(variants, np.array([0]), values, within))
                else:
                    wanted = Table.of(variants, np.array([0]), target, within)
                    self._through(edit.new, within, wanted, (*path, *way), column)
        return found

    def _through(self, new: Expr, within: Path, wanted: Table, path: Path, column: int | None) -> None:
        """Edits within a part that stands in what another edit makes, where that cannot be undone: all evaluated."""
        below = self.below.get(path)
        if below is not None:
            values = below.values
            with contextlib.suppress(*FAILS):
                got = self.sheet.along(new, {within: lambda sheet, env: values}, self.env)
                if len(got) == len(below):
                    self._meet(wanted, below.valued(got), path, column)

    # -- pairs ---------------------------------------------------------------------------------------------------------

    def _meet(self, wants: Table | None, have: Table | None, path: Path, column: int | None) -> None:
        """Edits that give a part the value that it would have to have with another one elsewhere."""
        if wants is None or have is None:
            return
        for price, a, b in have.matching(wants, column):
            one, other = wants.edit(a), have.edit(b)
            if one is not other:
                self.hits.append(Hit(price, one, wants.within(a), other, path, column is None))

    def _read_off(self, wants: Table | None, target: Values, node: Expr, path: Path) -> None:
        """What a part lacks, read off the value that it would have to have, with another edit elsewhere or without."""
        value = self._value(node)
        part = self.parts[path]
        if part.shape or value is None:
            return
        for _, edit in read_off.edits(part, value, target, self.monomials):
            if not read_off.two_in_one(edit):
                self.hits.append(Hit(edit.cost + 0.01 * part.depth, None, None, edit, path, True))
        if wants is None or wants.values.ndim != 2:
            return
        wants = wants.cheapest_first()
        for row, edit in read_off.edits(part, value, wants.values, self.monomials):
            price = float(wants.costs[row]) + edit.cost + 0.01 * part.depth
            self.hits.append(Hit(price, wants.edit(row), wants.within(row), edit, path, True))

    def _read_off_around(self, target: Values, node: Expr, path: Path) -> None:
        """What a part lacks, with another edit within it."""
        if path not in self.below or self.parts[path].shape or self.below[path].values.ndim != 2:
            return
        below = self.below[path].cheapest_first()

        def changed(row: int) -> Expr | None:
            edit = below.edit(row)
            with contextlib.suppress(*FAILS, RecursionError):
                return tree.replace(node, edit.part.path[len(path) :], edit.new)
            return None

        part = self.parts[path]
        for row, edit in read_off.around(part, below.values, target, changed, self.monomials):
            self._within(below, row, edit)
        value = self._value(node)
        if value is None or not isinstance(node, Add):
            return
        here = np.array([v.part.path[len(path)] if v.part.path != path else -1 for v, _ in below.sources])
        for i, term in enumerate(node.args):
            own = self._value(term)
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
                self._within(below, row, edit)

    def _within(self, below: Table, row: int, edit: Edit) -> None:
        price = float(below.costs[row]) + edit.cost + 0.01 * edit.part.depth
        self.hits.append(Hit(price, below.edit(row), None, edit, edit.part.path, True, True))

    def _edits(self, hit: Hit) -> tuple[Edit, ...] | None:
        """The two edits, one after the other; ``None`` if one undoes the other."""
        one, other = hit.one, hit.other
        if one is None:
            return (other,)
        if hit.made:
            return one, other
        if hit.within is not None:
            moved = self._moved(one, hit)
            return None if moved is None else (one, moved)
        if _apart(one.part, other.part):
            return (one, other) if one.part.path < other.part.path else (other, one)
        outer, inner = (one, other) if one.part.depth <= other.part.depth else (other, one)
        if outer.op is Op.REPLACE or not (one.written and other.written):
            return None
        node = tree.replace(outer.part.node, inner.part.path[outer.part.depth :], inner.new)
        return inner, replace(outer, part=replace(outer.part, node=node))

    def _moved(self, one: Edit, hit: Hit) -> Edit | None:
        """The inner edit where it stands once the edit around is made; ``None`` if that cannot be told."""
        assert hit.within is not None
        node = self.parts[hit.path].node
        try:
            line = one.apply(self.line)
        except FAILS:
            return None
        way: Path | None = (*one.part.path, *hit.within)
        if way is None or tree.found_at(line, way) != node:
            way = next((p.path for p in tree.parts(line) if p.node == node), None)
        if way is None:
            return None
        rest = hit.other.part.path[len(hit.path) :]
        parent = hit.other.part.parent if rest else next((p.parent for p in tree.parts(line) if p.path == way), None)
        return replace(hit.other, part=replace(hit.other.part, path=(*way, *rest), parent=parent))

    def _holds(self, hit: Hit) -> bool:
        """Whether the line has the right values with both edits, where they stand apart."""
        if hit.one is None or hit.within is not None or not _apart(hit.one.part, hit.other.part):
            return True
        fills: dict[Path, Fill] = {e.part.path: filling(e.part, [e], ()) for e in (hit.one, hit.other)}
        try:
            got = self.sheet.along(self.line, fills)
        except FAILS:
            return False
        return bool(agreeing(got, self.screen.targets[0], len(got)).any())


def _name(edit: Edit) -> tuple[Path, str, object]:
    """What tells an edit from the others of a search."""
    return edit.part.path, edit.op.value, edit.given if isinstance(edit.given, Expr) else id(edit.given)


def _apart(one: Part, other: Part) -> bool:
    """Neither stands within the other."""
    short = min(len(one.path), len(other.path))
    return one.path[:short] != other.path[:short]


def _only_place(e: Expr, part: Expr) -> Path | None:
    """Where the part stands, if it stands in one place and not deep down."""
    found = list(islice(_places(e, part, ()), 2))
    return found[0] if len(found) == 1 else None


def _places(e: Any, part: Expr, path: Path) -> Iterator[Path]:
    if e == part:
        yield path
    elif len(path) < DEEPEST and isinstance(e, Add | Mul | Frac | Pow | Function):
        for i, argument in enumerate(e.args):
            yield from _places(argument, part, (*path, i))
