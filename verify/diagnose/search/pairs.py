"""Two slips in one line: edits that mend it together and not alone.

Every edit gives the line a value, at every sample point. Going down the tree, each operation is undone, so that at
every part it is known which value it would have to have, and which one it has with every edit within it. Two edits in
different terms of a sum, or different factors of a product, mend the line if their values add up, or multiply, to the
one that is wanted; one around a part determines what the part would have to be. In both cases the second edit is
looked up by its value (meet in the middle): thousands of edits are paired without evaluating the pairs.

Within an operation that cannot be undone (a sum over an index, a sine) all pairs of likely edits are evaluated.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence, Set
from dataclasses import replace
from functools import cached_property
from itertools import combinations, takewhile
from typing import Any

import numpy as np
from sympy import Add, Derivative, Expr, Mul, Sum, UnevaluatedExpr

from verify.diagnose.search import tree
from verify.diagnose.search.edit import Edit, Op
from verify.diagnose.search.inverse import along, inverse
from verify.diagnose.search.screen import Screen, Variants, agreeing, filling, near
from verify.diagnose.search.sheet import Sheet
from verify.diagnose.search.table import NEEDED, equal_rows
from verify.diagnose.search.tree import Part, Path
from verify.diagnose.search.values import FAILS, Env, Fill, Values
from verify.frozen import dataclass
from verify.shapes import shape
from verify.terms import Dot, Each, Frac, Grad

DEAREST = 1.75  # of one edit of a pair whose values are worked out
DEAREST_KNOWN = 2.3  # … whose values are known
DEAREST_AROUND = 1.8  # … of an edit around a part
MOST_PAIRS = 400  # of parts that are looked at together
MOST_EDITS = 40
FOUND = 60

LINEAR = (Add, Mul, Frac, Sum, Derivative, Grad, Each, Dot, UnevaluatedExpr)


@dataclass(frozen=True)
class Rows:
    """Some edits of one part, and the value that a whole has with each."""

    variants: Variants
    numbers: Any
    values: Values

    @property
    def part(self) -> Part:
        return self.variants.part

    @cached_property
    def costs(self) -> Any:
        return np.array(self.variants.costs)[self.numbers] + 0.01 * self.part.depth

    def of(self, op: Op) -> Rows:
        """Those that make the part so."""
        ops = [e.op for e in self.variants.single] + [b.op for b in self.variants.blocks for _ in b.changes]
        kept = np.array([made is op for made in ops])[self.numbers]
        return Rows(self.variants, self.numbers[kept], self.values[kept])


@dataclass(frozen=True)
class Wish:
    """An edit around a part, and what the part would have to be with it; ``within`` is where it then stands."""

    edit: Edit
    within: Path
    values: Values


class Meeting:
    """The search for pairs on the first sheet of a screen."""

    def __init__(self, screen: Screen, line: Expr, variants: Sequence[Variants]) -> None:
        self.screen, self.line, self.variants = screen, line, variants
        self.sheet: Sheet = screen.sheets[0]
        self.found: list[tuple[float, Edit, Edit]] = []
        self.joined: set[Path] = set()  # the wholes whose parts have been paired

    def pairs(self) -> list[tuple[Edit, Edit]]:
        """Pairs of edits, the cheapest first."""
        target, value = self.screen.targets[0], self.sheet(self.line)
        form = np.broadcast_shapes(target.shape, value.shape, *(v.values.shape[1:] for v in self.variants))
        target, value = np.broadcast_to(target, form), np.broadcast_to(value, form)
        rows = []
        for variants in self.variants:
            values = np.broadcast_to(variants.values, (len(variants.values), *form))
            flat = values.reshape(len(values), -1)
            same = near(value.reshape(-1), flat)
            likely = (np.array(variants.costs) <= DEAREST_KNOWN) & ~same.all(axis=1)
            if likely.any():
                rows.append(Rows(variants, np.flatnonzero(likely), values[likely]))
        self._within(self.line, (), target, value, rows, (), None)
        self.found.sort(key=lambda item: item[0])
        once = {(_name(one), _name(other)): (one, other) for _, one, other in reversed(self.found)}
        return list(once.values())[: -FOUND - 1 : -1]

    def _within(
        self,
        node: Expr,
        path: Path,
        target: Values,
        value: Values,
        rows: Sequence[Rows],
        wishes: Sequence[Wish],
        only: Op | None,
    ) -> None:
        """All pairs within a part that would have to have the value ``target``.

        ``only``: the values are those of what the part's value goes into linearly, so that its terms can be paired and
        nothing else (or, in the same way, its factors).
        """
        own = [r for r in rows if r.part.path == path]
        below = [r for r in rows if len(r.part.path) > len(path)]
        for op, whole in ((Op.PLUS, Add), (Op.TIMES, (Mul, Frac))):
            if only in (None, op):
                edits = [made for r in own if len((made := r.of(op)).numbers)]
                if isinstance(node, whole):
                    self.joined.add(path)
                    both = [*edits, *below]
                    self._meet(rows, both, target, value, path, op)
                else:
                    self._meet(rows, edits, target, value, path, op)
        self._granted(rows, wishes, node, path)
        around = self._around(node, path, target, own) if only is None else {}
        if around.get(path):
            self._granted(rows, around[path], node, path)
        for way, child in tree._children(node):
            at = (*path, *way)
            inside = [r for r in below if r.part.path[: len(at)] == at]
            if not inside:
                continue
            wanted = around.get(at, ())
            if only is not None or len(way) > 1:
                if only is Op.PLUS and isinstance(node, LINEAR):
                    self._within(child, at, target, value, inside, (), only)
                continue
            levels = (target[None], *(r.values for r in inside))
            stack = [inverse(self.sheet, node, way[0], values) for values in levels]
            known = [values for values in stack if values is not None]
            if len(known) == len(stack):
                wanted_here, *others = known
                here = np.broadcast_to(self.sheet.value(child, self.sheet.point.integers), wanted_here.shape[1:])
                kept = [Rows(r.variants, r.numbers, v) for r, v in zip(inside, others, strict=True)]
                self._within(child, at, wanted_here[0], here, kept, wanted, None)
            else:
                if isinstance(node, LINEAR):
                    self._within(child, at, target, value, inside, (), Op.PLUS)
                if wanted:
                    self._granted(self._worked_out(child, at, inside), wanted, child, at)

    def _worked_out(self, node: Expr, path: Path, rows: Sequence[Rows]) -> list[Rows]:
        """The values of the part itself with the edits within it."""
        found = []
        for r in rows:
            v = r.variants
            with_it = {r.part.path[len(path) :]: filling(r.part, v.single, v.blocks)}
            try:
                values = self.sheet.along(node, with_it)
            except FAILS:
                continue
            count = len(v.costs)
            if values.ndim > len(shape(node)) + 1:
                found.append(Rows(v, r.numbers, np.broadcast_to(values, (count, *values.shape[1:]))[r.numbers]))
        return found

    def _around(self, node: Expr, path: Path, target: Values, own: Sequence[Rows]) -> dict[Path, list[Wish]]:
        """What the part itself, and its arguments, would have to be with each edit that puts something else around."""
        found: dict[Path, list[Wish]] = {}
        for r in own:
            for number in r.of(Op.REPLACE).numbers:
                edit = r.variants.edit(int(number))
                if edit.cost > DEAREST_AROUND or not edit.written:
                    continue
                for way, part in (((), node), *tree._children(node)):
                    within = tree.only_place(edit.new, part)
                    if within is None or part.is_number or shape(part) != shape(node):
                        continue
                    values = along(self.sheet, edit.new, within, target)
                    if values is not None:
                        found.setdefault((*path, *way), []).append(Wish(edit, within, values))
        return found

    def _granted(self, rows: Sequence[Rows], wishes: Sequence[Wish], node: Expr, path: Path) -> None:
        """Edits within a part that give it the value that it would have to have with an edit around it."""
        if not wishes or not rows:
            return
        have = _Table(rows)
        for wish in wishes:
            usable = np.isfinite(wish.values)
            want, cost = wish.values.reshape(1, -1), np.array([wish.edit.cost])
            for price, _, place in have.matching(want, cost, usable.reshape(-1)):
                moved = self._moved(wish, have.edit(place), node, path)
                if moved is not None:
                    self.found.append((price, wish.edit, moved))

    def _moved(self, wish: Wish, inner: Edit, node: Expr, path: Path) -> Edit | None:
        """The inner edit where it stands once the edit around is made; ``None`` if that cannot be told."""
        try:
            line = wish.edit.apply(self.line)
        except FAILS:
            return None
        way: Path | None = (*wish.edit.part.path, *wish.within)
        if way is None or tree.found_at(line, way) != node:
            way = next((p.path for p in tree.parts(line) if p.node == node), None)
        if way is None:
            return None
        rest = inner.part.path[len(path) :]
        parent = inner.part.parent if rest else next((p.parent for p in tree.parts(line) if p.path == way), None)
        return replace(inner, part=replace(inner.part, path=(*way, *rest), parent=parent))

    def _meet(
        self, rows: Sequence[Rows], others: Sequence[Rows], target: Values, value: Values, path: Path, op: Op
    ) -> None:
        """Edits whose values add up, or multiply, to the one that is wanted."""
        if not rows or not others:
            return
        have, more = _Table(rows), _Table(others)
        whole, wanted = value.reshape(-1), target.reshape(-1)
        want = wanted + whole - more.values if op is Op.PLUS else wanted * whole / more.values
        usable = np.isfinite(whole) & np.isfinite(wanted) & ((whole != 0) | (op is Op.PLUS))
        usable &= np.isfinite(have.values).mean(axis=0) > 0.5  # what has overflowed cannot be undone
        for price, row, place in have.matching(want, more.costs, usable):
            pair = _together(have.edit(place), more.edit(row), path, op)
            if pair is not None:
                self.found.append((price, *pair))


class _Table:
    """The rows of several parts, one below the other."""

    def __init__(self, rows: Sequence[Rows]) -> None:
        self.rows = rows
        self.starts = np.cumsum([0, *(len(r.numbers) for r in rows)])
        form = np.broadcast_shapes(*(r.values.shape[1:] for r in rows))
        spread = [np.broadcast_to(r.values, (len(r.values), *form)).reshape(len(r.values), -1) for r in rows]
        self.values = np.concatenate(spread)
        self.costs = np.concatenate([r.costs for r in rows])

    def edit(self, at: int) -> Edit:
        """The edit to which a row belongs."""
        of = int(np.searchsorted(self.starts, at, side="right")) - 1
        rows = self.rows[of]
        return rows.variants.edit(int(rows.numbers[at - self.starts[of]]))

    def matching(self, want: Values, costs: Values, usable: Values) -> Iterator[tuple[float, int, int]]:
        """Rows of ``want`` that are rows of this table: what both cost together, and which they are, cheapest first."""
        if usable.shape != self.values.shape[1:] or usable.sum() < min(NEEDED, usable.size):
            return
        yield from equal_rows(self.values[:, usable], self.costs, want[:, usable], costs)


def _together(one: Edit, other: Edit, outer: Path, op: Op) -> tuple[Edit, Edit] | None:
    """The two edits one after the other; ``None`` if one undoes the other."""
    if tree.apart(one.part, other.part):
        return (one, other) if one.part.path < other.part.path else (other, one)
    around = next((e for e in (other, one) if e.part.path == outer and e.op is op), None)
    if around is None or not (one.written and other.written):
        return None
    inner = one if around is other else other
    node = tree.replace(around.part.node, inner.part.path[len(outer) :], inner.new)
    return inner, replace(around, part=replace(around.part, node=node))


def _name(edit: Edit) -> tuple[Path, Op, int]:
    """What tells an edit from the others of a search."""
    return edit.part.path, edit.op, id(edit.given)


def _on_an_axis_before(fill: Fill) -> Fill:
    return lambda sheet, env: fill(sheet, env)[:, None]


def _once(part: Part, edits: Sequence[Edit]) -> Fill:
    """The values of a part's edits, which are wanted again for each other part."""
    fill = filling(part, edits, ())
    memo: dict[object, Values] = {}

    def recall(sheet: Sheet, env: Env) -> Values:
        key = (sheet, *(env.get(k) for k, *_ in part.bound))
        if key not in memo:
            memo[key] = fill(sheet, env)
        return memo[key]

    return recall


def evaluated(
    screen: Screen, line: Expr, variants: Sequence[Variants], joined: Set[Path], dearest: float = DEAREST
) -> Iterator[tuple[Edit, Edit]]:
    """All pairs of likely edits of parts that stand apart, tried together; but for those that have been ``joined``."""
    likely = [(v.part, sorted((e for e in v.single if e.cost <= dearest), key=lambda e: e.cost)) for v in variants]
    likely = [(part, edits[:MOST_EDITS]) for part, edits in likely if edits]
    table = [(part, edits, _once(part, edits)) for part, edits in likely]
    tried = 0
    for (one, first, fill), (other, second, other_fill) in combinations(table, 2):
        if not tree.apart(one, other) or _meeting(one.path, other.path) in joined:
            continue
        tried += 1
        if tried > MOST_PAIRS:
            return
        fills = {one.path: _on_an_axis_before(fill), other.path: other_fill}
        try:
            got = screen.sheets[0].along(line, fills)
        except FAILS:
            continue
        if got.ndim < 3:  # the line does not depend on one of them
            continue
        got = np.broadcast_to(got, (len(first), len(second), *got.shape[2:])).reshape(-1, *got.shape[2:])
        good = agreeing(got, screen.targets[0], len(first) * len(second))
        for hit in np.nonzero(good)[0]:
            yield first[hit // len(second)], second[hit % len(second)]


def _meeting(one: Path, other: Path) -> Path:
    """The way to the smallest whole that has both."""
    return tuple(a for a, _ in takewhile(lambda steps: steps[0] == steps[1], zip(one, other, strict=False)))
