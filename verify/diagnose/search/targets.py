"""The values that a line should have, sheet by sheet: which sheets tell most, and which of their values count."""

from __future__ import annotations

import contextlib
import math
from collections.abc import Iterator, Sequence
from typing import Any

import numpy as np
from sympy import Add, Derivative, Expr, Mul, Symbol, elliptic_e, elliptic_f, elliptic_pi

from verify.diagnose.search.rounding import CLOSE, ROUNDING, close
from verify.diagnose.search.sheet import Sheet
from verify.diagnose.search.sheets import FEW, sheets
from verify.diagnose.search.values import FAILS, Values
from verify.diagnose.search.wide import Wide, at_points
from verify.evaluate.sampling.batches import Batch
from verify.evaluate.sampling.space import Space
from verify.shapes import shape
from verify.terms import Array

DEAR = 6  # points, where each value costs much
FEWEST = 3  # that are left
COSTLY = (elliptic_e, elliptic_f, elliptic_pi)
"""Functions of which a value takes long where an argument is large."""
SHEETS, DEAR_SHEETS = 4, 2
ASIDE, TORN = 1e-10 * (0.6 + 0.8j), 1e-4  # how far points are moved, and what is no small change then
LOST = 1e-15  # of the largest term, to rounding


def targets(target: Expr, line: Expr, space: Space, seed: int, core: Expr | None) -> Iterator[tuple[Sheet, Values]]:
    """Sheets with the values of the target: first those that tell right from wrong, then a few others."""
    calm: list[tuple[Sheet, Values]] = []
    wrongs = 0
    costly = any(line.has(*COSTLY) for line in (target, line))
    for sheet in sheets(space, seed):
        if costly:
            sheet = sheet.calm(DEAR)
        if (wrongs or calm) and sheet.real != space.real:
            break
        try:
            wanted, got = np.broadcast_arrays(sheet(target), sheet(line))
            if wanted.shape[-1] == sheet.count:
                left = (target, *_differentiated(core))
                defined = _defined(sheet, (*left, line)).sum()
                if sheet.reserve and 2 * defined < FEW and not (sheet.dear and defined >= FEWEST):
                    sheet = _refilled(sheet, left, line)
                sheet = sheet.shortened(DEAR, _defined(sheet, (*left, line)))
                wanted, got = np.broadcast_arrays(sheet(target), sheet(line))
        except FAILS:
            continue
        wanted = _kept(wanted if core is None else _exact(wanted, sheet, core), sheet, (target, line))
        wanted = wanted if sheet.real else _off_cuts(wanted, sheet, (target, line))
        usable = np.isfinite(wanted)
        wrong = usable & np.isfinite(got) & ~close(wanted, got)
        if wrong.sum() >= min(2, usable.sum()) > 0:
            wrongs += 1
            yield sheet, wanted
        elif usable.any():
            calm.append((sheet, wanted))
        if wrongs + min(2, len(calm)) >= (DEAR_SHEETS if sheet.dear else SHEETS) and wrongs:
            break
    if not wrongs:  # the line may be defined nowhere
        calm.sort(key=lambda item: bool(np.isfinite(item[0](line)).any()))
    yield from calm[:2]


def _exact(wanted: Values, sheet: Sheet, core: Expr) -> Values:
    """The values as balls have them: floats lose some to rounding, as a derivative does where its terms cancel.

    The floats stand if balls know nothing, or if they were balls before.
    """
    if sheet.dear or (isinstance(sheet.field, Wide) and sheet.field.dear) or wanted.shape != (sheet.count,):
        return wanted
    try:
        exact = at_points(core, sheet.batch.points, sheet.point.integers, sheet.real)
    except FAILS:
        return wanted
    return exact if np.isfinite(exact).any() else wanted


def _differentiated(core: Expr | None) -> tuple[Expr, ...]:
    """What is differentiated in a line: its derivative has values where it has none itself, as ``log(1 − x)``."""
    return tuple(d.args[0] for d in core.atoms(Derivative)) if core is not None else ()


def _defined(sheet: Sheet, lines: Sequence[Expr]) -> Any:
    """At which points all of some lines are defined."""
    found = np.ones(sheet.count, dtype=bool)
    for line in lines:
        with contextlib.suppress(*FAILS):
            values = sheet(line)
            found &= np.isfinite(values).reshape(-1, values.shape[-1]).all(axis=0)
    return found


def _refilled(sheet: Sheet, left: Sequence[Expr], line: Expr) -> Sheet:
    """A sheet of points at which both sides are defined, or the left one, of its own and of its reserve."""
    points = (*sheet.batch.points, *sheet.reserve)
    many = Sheet(Batch(points), sheet.real)
    for lines in ((*left, line), left):
        kept = tuple(point for point, good in zip(points, _defined(many, lines), strict=True) if good)
        if len(kept) >= FEWEST:
            return Sheet(Batch(kept[:FEW]), sheet.real)
    return sheet


def _kept(wanted: Values, sheet: Sheet, lines: Sequence[Expr]) -> Values:
    """The values without those that are lost to rounding: ``cosh²x − sinh²x`` where both squares are large.

    All values stand if none would be left.
    """
    magnitude = np.zeros(wanted.shape)
    for line in lines:
        if not shape(line):
            with contextlib.suppress(*FAILS):
                own = _magnitude(line, sheet)
                magnitude = magnitude + np.where(np.isfinite(own), own, 0)
    lost = LOST * magnitude > CLOSE * np.abs(wanted) + ROUNDING
    left = np.isfinite(wanted) & ~lost
    return np.where(lost, np.nan, wanted) if lost.any() and left.sum() >= FEWEST else wanted


def _magnitude(e: Expr, sheet: Sheet) -> Values:
    """How large a line would be if nothing in its sums cancelled: that of ``x(a − b)`` is ``|x|(|a| + |b|)``."""
    if isinstance(e, Add):
        return sum(_magnitude(term, sheet) for term in e.args)
    if isinstance(e, Mul):
        return math.prod(_magnitude(factor, sheet) for factor in e.args)
    return np.abs(sheet(e))


def _off_cuts(wanted: Values, sheet: Sheet, lines: Sequence[Expr]) -> Values:
    """The values without those on a branch cut of a line: rounding tells on which side that is. All, if few are left.

    They are found by moving all points a little.
    """
    symbols = {s for line in lines for s in line.free_symbols if isinstance(s, Symbol) and not isinstance(s, Array)}
    try:
        torn = np.zeros(wanted.shape, dtype=bool)
        for aside in (ASIDE, -ASIDE):
            moves = {(s,): sheet.field.lookup((s,)) * (1 + aside) for s in symbols - set(sheet.point.integers)}
            moved = sheet.moved(moves)
            for line in lines:
                torn |= np.abs(moved(line) - sheet(line)) > TORN * np.abs(sheet(line))
    except FAILS:
        return wanted
    return np.where(torn, np.nan, wanted) if (np.isfinite(wanted) & ~torn).sum() >= FEWEST else wanted
