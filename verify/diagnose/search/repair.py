"""Edits that mend a line, and what they cost."""

from __future__ import annotations

from collections.abc import Sequence

from sympy import Expr

from verify.diagnose.search.edit import Edit
from verify.diagnose.search.tree import found_at, replace_all, size
from verify.diagnose.search.weights import SHORT
from verify.frozen import dataclass
from verify.model import Judgement

TRIVIAL = 1.8  # what edits are dearer by that leave of a line nothing but the left side, which stands there
REPEATED = 0.3  # … one edit, beside others


@dataclass(frozen=True)
class Repair:
    """Edits which together make the line follow, and what the engine says of it."""

    edits: tuple[Edit, ...]
    line: Expr
    judgement: Judgement
    cost: float
    alone: float = 0.0  # what it is dearer by if it is one edit (see weights.alone)
    repeats: bool = False  # the line is left as the left side, which stands there already

    @property
    def price(self) -> float:
        """The cost, beside repairs with another number of edits."""
        first, *more = self.edits
        repeats = self.repeats and not more and not (first.drops and size(first.old) <= SHORT)
        return self.cost + self.alone + ((TRIVIAL - REPEATED) if repeats else 0.0)


def cheaper(one: Repair | None, other: Repair | None) -> Repair | None:
    """The repair that costs less, if there is one."""
    return min((r for r in (one, other) if r is not None), key=lambda r: r.price, default=None)


def applied(line: Expr, edits: Sequence[Edit]) -> Expr:
    """The line with the edits made: side by side, or the second one within what the first has made."""
    if len(edits) == 2:
        first, second = edits
        if first.part.depth < second.part.depth and second.part.path[: first.part.depth] == first.part.path:
            return second.apply(first.apply(line))
        if found_at(line, second.part.path) != second.part.node:  # SymPy has put what the first one made elsewhere
            changed = first.apply(line)
            if found_at(changed, second.part.path) == second.part.node:
                return second.apply(changed)
    made: Expr = replace_all(line, {edit.part.path: edit.new for edit in edits})
    return made
