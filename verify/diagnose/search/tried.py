"""Two slips in one line, tried together: within an operation that cannot be undone, and one within the other.

All pairs of likely edits of parts that stand apart are evaluated; and each edit that is proposed within what a likely
one has made of a part.
"""

from __future__ import annotations

import contextlib
from collections.abc import Iterator, Mapping, Sequence, Set
from itertools import combinations, takewhile

import numpy as np
from sympy import Expr, Rational

from verify.diagnose.search import tree
from verify.diagnose.search.edit import Edit, Op
from verify.diagnose.search.gathered import Gathered
from verify.diagnose.search.hits import Hit
from verify.diagnose.search.rounding import agreeing
from verify.diagnose.search.rounds import Ground
from verify.diagnose.search.screen import Screen
from verify.diagnose.search.sheet import Sheet
from verify.diagnose.search.tree import Part, Path
from verify.diagnose.search.values import FAILS, Env, Fill, Values
from verify.diagnose.search.variants import Variants, filling
from verify.diagnose.search.weights import over_a_range

DEAREST = 1.75  # edit of a pair
MOST_PAIRS = 400  # of parts that are looked at together
MOST_EDITS = 40
LIKELY, OUTER = 1.5, 24  # edits within which a further one is sought: the dearest, and how many


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


def signed(
    screen: Screen, line: Expr, gathered: Gathered, joined: Set[Path], parts: Mapping[Path, Part]
) -> Iterator[tuple[Edit, ...]]:
    """A wrong sign or number of a part within what cannot be undone, and an edit within that part."""
    target = screen.targets[0]
    for path, own in gathered.own.items():
        if path in joined or path not in gathered.below:
            continue
        inside = gathered.below[path].where(lambda v, path=path: v.part.path != path)  # type: ignore[misc]
        outer = own.made(Op.TIMES)
        for row in np.flatnonzero(outer.costs <= LIKELY) if len(inside) else ():
            edit = outer.edit(int(row))
            if not isinstance(edit.operand, Rational):
                continue
            values = inside.values * float(edit.operand)
            with contextlib.suppress(*FAILS):
                got = screen.sheets[0].along(line, {path: lambda sheet, env, v=values: v})  # type: ignore[misc]
                for hit in np.nonzero(agreeing(got, target, len(inside)))[0]:
                    pair = Hit(0.0, edit, None, inside.edit(int(hit)), path).edits(line, parts)
                    if pair is not None:
                        yield pair


def nested(screen: Screen, ground: Ground, line: Expr, variants: Sequence[Variants]) -> Iterator[tuple[Edit, Edit]]:
    """A likely edit of a part, and one more within what it has become; sums over a range first."""
    likely = [e for v in variants for e in v.single if e.cost <= LIKELY and e.op is Op.REPLACE and not e.drops]
    likely = [e for e in likely if e.old.args and e.written and e.new.args]
    for outer in sorted(likely, key=lambda e: (not over_a_range(e), e.cost))[:OUTER]:
        with contextlib.suppress(*FAILS, RecursionError):
            made = outer.apply(line)
            at = outer.part.path
            inside = [part for part in tree.parts(made) if part.path[: len(at)] == at]
            for inner in screen.hits(screen.variants(made, [(part, list(ground.edits(part)), ()) for part in inside])):
                yield outer, inner


def _meeting(one: Path, other: Path) -> Path:
    """The way to the smallest whole that has both."""
    return tuple(a for a, _ in takewhile(lambda steps: steps[0] == steps[1], zip(one, other, strict=False)))
