"""Two edits that have been found by their values: where each of them stands once the other one is made."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from sympy import Expr

from verify.diagnose.search import tree
from verify.diagnose.search.edit import Edit, Op
from verify.diagnose.search.rounding import agreeing
from verify.diagnose.search.screen import Screen
from verify.diagnose.search.tree import Part, Path
from verify.diagnose.search.values import FAILS, Fill
from verify.diagnose.search.variants import filling
from verify.frozen import dataclass


@dataclass(frozen=True)
class Hit:
    """Two edits that seem to mend the line: one, which may have put the part at ``path`` ``within`` what it makes, and
    another one in that part; or the other one alone. ``sure``: at all points; ``made``: it changes what the one has
    made.
    """

    price: float
    one: Edit | None
    within: Path | None
    other: Edit
    path: Path
    sure: bool = True
    made: bool = False

    @property
    def name(self) -> tuple[object, ...]:
        """The same for the same edits."""
        return tuple(sorted((_name(edit) for edit in (self.one, self.other) if edit is not None), key=str))

    def edits(self, line: Expr, parts: Mapping[Path, Part]) -> tuple[Edit, ...] | None:
        """The two edits, one after the other; ``None`` if one undoes the other."""
        one, other = self.one, self.other
        if one is None:
            return (other,)
        if self.made:
            return one, other
        if self.within is not None:
            moved = self._moved(one, (*one.part.path, *self.within), line, parts[self.path].node)
            return None if moved is None else (one, moved)
        if tree.apart(one.part, other.part):
            return (one, other) if one.part.path < other.part.path else (other, one)
        outer, inner = (one, other) if one.part.depth <= other.part.depth else (other, one)
        if outer.op is Op.REPLACE and outer.part.path == inner.part.path:
            outer, inner = inner, outer
        if outer.op is Op.REPLACE or not (one.written and other.written):
            return None
        node = tree.replace(outer.part.node, inner.part.path[outer.part.depth :], inner.new)
        return inner, replace(outer, part=replace(outer.part, node=node))

    def _moved(self, one: Edit, way: Path, line: Expr, node: Expr) -> Edit | None:
        """The other edit where it stands once the one around it is made; ``None`` if that cannot be told."""
        try:
            made = one.apply(line)
        except FAILS:
            return None
        places = {part.path: part for part in tree.parts(made)}
        if tree.found_at(made, way) != node:
            way = next((path for path, part in places.items() if part.node == node), way)
        if way not in places or places[way].node != node:
            return None
        rest = self.other.part.path[len(self.path) :]
        parent = self.other.part.parent if rest else places[way].parent
        return replace(self.other, part=replace(self.other.part, path=(*way, *rest), parent=parent))

    def holds(self, screen: Screen, line: Expr) -> bool:
        """Whether the line has the right values with both edits, where that is seen without writing them."""
        if self.sure or self.one is None or self.within is not None or not tree.apart(self.one.part, self.other.part):
            return True
        fills: dict[Path, Fill] = {e.part.path: filling(e.part, [e], ()) for e in (self.one, self.other)}
        try:
            got = screen.sheets[0].along(line, fills)
        except FAILS:
            return False
        return bool(agreeing(got, screen.targets[0], len(got)).any())


def _name(edit: Edit) -> tuple[Path, str, object]:
    """What tells an edit from the others of a search."""
    return edit.part.path, edit.op.value, edit.given if isinstance(edit.given, Expr) else id(edit.given)
