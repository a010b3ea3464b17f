"""What only numbers support is looked at far and wide, in floating point at tens of thousands of points at once.

``sin x + sin √2x < 1.99`` fails first near x = 2 (5 + 12√2)π, ``sin n < 0.99999`` first at n = 4846, and a branch may
be taken wrongly in a small part of the plane only. Where an inequality is tightest, the search goes on uphill. Floats
propose; a witness is certified like any other.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from typing import Any

import numpy as np
from sympy import Dummy, Expr, Symbol

from verify.checks.common import space_of
from verify.checks.numbers.agreement import SUPPORT_BITS, agree
from verify.checks.numbers.confirming import takes_long
from verify.checks.numbers.cost import affordable
from verify.checks.numbers.differences import certify
from verify.config import Settings
from verify.evaluate.effort import at_most
from verify.evaluate.evaluator import Evaluator
from verify.evaluate.field import Indeterminate, Undefined, Unsupported
from verify.evaluate.points import Point
from verify.evaluate.sampling.columns import Columns, Table, columns, fitted, points, truths
from verify.evaluate.sampling.frames import admitted
from verify.evaluate.sampling.space import Space
from verify.evaluate.truth import at_point
from verify.frozen import dataclass
from verify.model import COMPARISONS, LESS, Claim, Evidence, Relation, Verdict, Witness
from verify.terms import Proposition, Rel

COUNT = 1 << 15
MOST_SYMBOLS = 6
HEARD = 24  # suspects of each kind
HEARD_EXACTLY = 2000  # where only whole numbers vary, and ≠ is claimed
BEGINNINGS, DIRECTIONS, ROUNDS, SHRINK = 48, 12, 44, 0.65
TOLERANCE = 1e-7  # of what floats compute
MOST_OPERATIONS = 100_000
IN_BALLS, COSTLY_IN_BALLS = 60, 4  # points, where there are no floats for what occurs
MOST_STEPS = 1_000_000  # of integrals and infinite sums


def check(claim: Claim, settings: Settings) -> Evidence | None:
    """REFUTED with a witness, or nothing."""
    if claim.relation not in COMPARISONS:
        return None
    assert isinstance(claim.lhs, Expr) and isinstance(claim.rhs, Expr)
    rel, space = Rel(claim.relation, claim.lhs, claim.rhs), space_of(claim)
    symbols = (*space.scalars, *space.integers)
    if space.arrays or space.indices or space.sizes or space.variants > 1 or not 0 < len(symbols) <= MOST_SYMBOLS:
        return None
    witness = _seen(rel, space, symbols, settings.seed)
    if witness is None:
        return None
    return Evidence("wide", Verdict.REFUTED, "a counterexample among many points of a wide range", witness=witness)


def _seen(rel: Rel, space: Space, symbols: tuple[Symbol, ...], seed: int) -> Witness | None:
    costly = takes_long(rel.lhs) or takes_long(rel.rhs)
    rows = columns(symbols, space.constraints, COUNT, space.real)
    if not costly:
        view = _View(rel, space, {s: Dummy(s.name, real=True) for s in space.integers})
        with np.errstate(all="ignore"), suppress(Unsupported, Indeterminate, OverflowError):
            try:
                return _among(rel, space, view.suspects(rows, seed))
            except Undefined:
                return None
    generic = (p for row in range(2, COUNT, 4) for p in points(rows, row)[1:2]) if space.scalars else iter(())
    with at_most(MOST_STEPS):
        return _among(rel, space, _within(space, generic, COSTLY_IN_BALLS if costly else IN_BALLS))


def _within(space: Space, some: Iterator[Point], most: int) -> Iterator[Point]:
    """The first few of the points that satisfy what is given, of twenty times as many."""
    found = 0
    for tried, point in enumerate(some):
        if found >= most or tried >= 20 * most:
            return
        if not space.constraints or admitted(at_point(point, space.real), space.constraints):
            found += 1
            yield point


def _among(rel: Rel, space: Space, suspects: Iterator[Point]) -> Witness | None:
    for point in affordable(rel, suspects, MOST_OPERATIONS):
        with suppress(Undefined, Unsupported, OverflowError):
            if space.constraints and not admitted(at_point(point, space.real), space.constraints):
                continue
            if rel.op is Relation.EQ and space.scalars and agree(rel, point, space, SUPPORT_BITS) is not False:
                continue
            witness = certify(rel, point, space)
            if witness is not None:
                return witness
    return None


@dataclass(frozen=True)
class _View:
    """A relation among columns; whole numbers stand in it as real ones."""

    rel: Rel
    space: Space
    real: dict[Symbol, Dummy]

    def suspects(self, rows: Columns, seed: int) -> Iterator[Point]:
        """Points at which floats say no, or say that an inequality is tightest."""
        gap, wrong = self.gaps(rows)
        order = np.flatnonzero(wrong)
        if self.rel.op is Relation.NE:
            most = HEARD_EXACTLY if not self.space.scalars else HEARD
            yield from (p for at in order[:most] for p in points(rows, at))
            return
        size = sum(np.abs(column) for column in rows.values())
        smallest, clearest = order[np.argsort(size[order])][:HEARD], order[np.argsort(gap[order])][:HEARD]
        for at in dict.fromkeys((*smallest.tolist(), *clearest.tolist())):
            yield from points(rows, at)
        if self.rel.op is not Relation.EQ and not order.size:
            better, gap, wrong = self.uphill(rows, gap, seed)
            best = [at for at in np.argsort(gap)[:HEARD] if wrong[at]]
            yield from (p for at in best for p in points(better, at))

    def gaps(self, rows: Columns) -> tuple[Any, Any]:
        """How far each point is from being a counterexample (less is nearer), and where floats see one."""
        count = len(next(iter(rows.values())))
        evaluator = Evaluator(
            Table({self.real.get(s, s): column for s, column in rows.items()}, self.space.real), Point()
        )

        def column(e: Expr) -> Any:
            return np.broadcast_to(evaluator(e.xreplace(self.real)), (count,))

        a, b = column(self.rel.lhs), column(self.rel.rhs)
        beside = np.abs(a) + np.abs(b)
        usable = np.isfinite(a) & np.isfinite(b)
        for c in self.space.constraints:
            usable = usable & self.truth(c, column)
        if self.rel.op is Relation.EQ:
            gap = -np.abs(a - b) / (beside + 1e-9)
            wrong = gap < -TOLERANCE
        elif self.rel.op is Relation.NE:
            gap = np.abs(a - b)
            wrong = gap <= 1e-9 * beside
        else:
            if not self.space.real:
                usable = usable & (np.imag(a) == 0) & (np.imag(b) == 0)
            a, b = np.real(a), np.real(b)
            gap = (b - a if self.rel.op in LESS else a - b) / (1 + beside)
            wrong = gap <= 0 if self.rel.op in (Relation.LT, Relation.GT) else gap < -1e-12
        return np.where(usable, gap, np.inf), wrong & usable

    def truth(self, c: Proposition, column: Any) -> Any:
        """Where what is given holds; equations are left to who certifies."""
        return True if isinstance(c, Rel) and c.op is Relation.EQ else truths(c, column)

    def uphill(self, rows: Columns, gap: Any, seed: int) -> tuple[Columns, Any, Any]:
        """From the tightest points in smaller and smaller random steps, all of them together."""
        rng = np.random.default_rng(seed)
        order = np.argsort(gap)[:BEGINNINGS]
        best = {s: column[order] for s, column in rows.items()}
        gap = gap[order]
        wrong = np.zeros(len(order), dtype=bool)
        step = 0.05
        for _ in range(ROUNDS):
            shape = (DIRECTIONS, len(order))
            tried = {}
            for s, column in best.items():
                move = rng.standard_normal(shape)
                moved = column + step * (np.abs(column) + 1e-3) * move
                if np.iscomplexobj(column):
                    moved = moved + 1j * step * (np.abs(column) + 1e-3) * rng.standard_normal(shape)
                tried[s] = fitted(s, moved.ravel()) if s.is_extended_real else moved.ravel()
            gaps, found = (part.reshape(shape) for part in self.gaps(tried))
            pick = np.argmin(gaps, axis=0)
            lowest = np.take_along_axis(gaps, pick[None], axis=0)[0]
            better = lowest < gap
            gap = np.where(better, lowest, gap)
            wrong = np.where(better, np.take_along_axis(found, pick[None], axis=0)[0], wrong)
            for s, column in best.items():
                there = np.take_along_axis(tried[s].reshape(shape), pick[None], axis=0)[0]
                best[s] = np.where(better, there, column)
            step *= SHRINK
        return best, gap, wrong
