"""Two slips in one line: edits that mend it together and not alone.

Where the parts they change stand in different terms, or in different factors, the values of the two edited lines
determine the value of the line with both edits; so pairs are found by looking up the value that is missing (meet in the
middle). Where they do not, as inside a sum, all pairs of likely edits are evaluated.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import combinations
from typing import TypeAlias

import numpy as np
from sympy import Add, Expr

from verify.diagnose import tree
from verify.diagnose.edit import Edit, Op
from verify.diagnose.screen import Screen, Variants, agreeing, filling
from verify.diagnose.tree import Part, Path
from verify.diagnose.values import FAILS, Env, Fill, Sheet, Values

DEAREST = 1.75  # of one edit of a pair whose values are worked out
DEAREST_KNOWN = 2.3  # … whose values are known
MOST_PAIRS = 400  # of parts that are looked at together
MOST_EDITS = 40
FOUND = 200

Place: TypeAlias = tuple[Variants, int]


@dataclass(frozen=True)
class Pool:
    """All variants that can be evaluated: whose edit each is, which of them, and the values of the whole line."""

    places: tuple[Place, ...]
    values: Values
    target: Values
    line: Values


def pool(variants: Sequence[Variants], target: Values, line: Values, dearest: float = DEAREST_KNOWN) -> Pool | None:
    """The variants of all parts in one table."""
    places: list[Place] = []
    rows: list[Values] = []
    form = np.broadcast_shapes(target.shape, line.shape, *(found.values.shape[1:] for found in variants))
    size = int(np.prod(form))
    for found in variants:
        costs = np.array(found.costs)
        values = np.broadcast_to(found.values, (len(costs), *form)).reshape(len(costs), size)
        likely = np.flatnonzero((costs <= dearest) & np.isfinite(values).all(axis=1))
        places += [(found, int(at)) for at in likely]
        rows.append(values[likely])
    if not places:
        return None
    flat = [np.broadcast_to(v, form).reshape(size) for v in (target, line)]
    return Pool(tuple(places), np.concatenate(rows), flat[0], flat[1])


def joined(table: Pool, line: Expr, term_values: Sequence[tuple[Path, Values]]) -> Iterator[tuple[Edit, Edit]]:
    """Pairs that add up to the target, and pairs of factors of one term that multiply to it.

    One of the two may be a term of the whole line, or a factor of the whole term, and the other stand within.
    """
    usable = np.isfinite(table.target) & np.isfinite(table.line)
    if usable.sum() < 3:
        return
    values, target, whole = table.values[:, usable], table.target[usable], table.line[usable]
    yield from _meet(table.places, values, target + whole - values, (), Op.PLUS)
    for path, term in term_values:
        flat = np.broadcast_to(term, table.line.shape)[usable] if term.ndim == 1 else term.reshape(-1)[usable]
        rest = whole - flat
        with np.errstate(all="ignore"):
            wanted = rest + (target - rest) * flat / (values - rest)
        yield from _meet(table.places, values, wanted, path, Op.TIMES)


def _meet(places: Sequence[Place], have: Values, want: Values, outer: Path, op: Op) -> Iterator[tuple[Edit, Edit]]:
    """Rows of ``want`` that are rows of ``have``: of edits that stand apart, or one of which is an ``outer`` one."""
    order = np.argsort(have[:, 0], kind="stable")
    first = have[order, 0]
    slack = 1e-7 * np.abs(want[:, 0]) + 1e-9
    low = np.searchsorted(first, want[:, 0] - slack)
    high = np.searchsorted(first, want[:, 0] + slack)
    found = 0
    for a in map(int, np.nonzero((high > low) & np.isfinite(want).all(axis=1))[0]):
        near = order[low[a] : high[a]]
        close = np.abs(have[near] - want[a]) <= 1e-7 * np.abs(want[a]) + 1e-9
        for b in map(int, near[close.all(axis=1)]):
            pair = _together(_edit(places[a]), _edit(places[b]), outer, op) if a < b else None
            if pair is not None:
                yield pair
                found += 1
                if found >= FOUND:
                    return


def _edit(place: Place) -> Edit:
    variants, at = place
    return variants.edit(at)


def _together(one: Edit, other: Edit, outer: Path, op: Op) -> tuple[Edit, Edit] | None:
    """The two edits one after the other; ``None`` if one undoes the other."""
    if _apart(one.part, other.part):
        return one, other
    inner, around = sorted((one, other), key=lambda edit: -edit.part.depth)
    if around.part.path != outer or around.op is not op:
        return None
    node = tree.replace(around.part.node, inner.part.path[len(outer) :], inner.new)
    return inner, replace(around, part=replace(around.part, node=node))


def _apart(one: Part, other: Part) -> bool:
    """Neither stands within the other."""
    short = min(len(one.path), len(other.path))
    return one.path[:short] != other.path[:short]


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
    screen: Screen, line: Expr, variants: Sequence[Variants], dearest: float = DEAREST
) -> Iterator[tuple[Edit, Edit]]:
    """All pairs of likely edits of parts that stand apart, tried together."""
    likely = [(v.part, sorted((e for e in v.single if e.cost <= dearest), key=lambda e: e.cost)) for v in variants]
    likely = [(part, edits[:MOST_EDITS]) for part, edits in likely if edits]
    table = [(part, edits, _once(part, edits)) for part, edits in likely]
    tried = 0
    for (one, first, fill), (other, second, other_fill) in combinations(table, 2):
        if not _apart(one, other):
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


def terms(line: Expr) -> tuple[tuple[Path, Expr], ...]:
    """The line itself and, of a sum, its terms."""
    return (((), line), *(((i,), term) for i, term in enumerate(line.args if isinstance(line, Add) else ())))
