"""Two slips in one line, tried together: within an operation that cannot be undone all pairs of likely edits."""

from __future__ import annotations

from collections.abc import Iterator, Sequence, Set
from itertools import combinations, takewhile

import numpy as np
from sympy import Expr

from verify.diagnose.search import tree
from verify.diagnose.search.edit import Edit
from verify.diagnose.search.screen import Screen, Variants, agreeing, filling
from verify.diagnose.search.sheet import Sheet
from verify.diagnose.search.tree import Part, Path
from verify.diagnose.search.values import FAILS, Env, Fill, Values

DEAREST = 1.75  # edit of a pair
MOST_PAIRS = 400  # of parts that are looked at together
MOST_EDITS = 40


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
