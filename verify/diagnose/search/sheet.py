"""The values of expressions at the points of one batch, remembered, and those of thousands of variants of a part.

A variant changes one or two parts of a line. Whatever does not contain a changed part is evaluated once; along the way
from a part to the whole line all its variants go through NumPy together, on axes of their own in front. A vector's
components are an axis before the points.
"""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Mapping, Sequence
from functools import lru_cache
from operator import attrgetter
from typing import Any

import numpy as np
from sympy import Derivative, Expr, Number, Subs, Symbol

from verify.diagnose.search import operations, slopes, sums, tree
from verify.diagnose.search.deferred import Deferred
from verify.diagnose.search.tree import Path
from verify.diagnose.search.values import FAILS, Env, Fill, Values
from verify.diagnose.search.wide import Wide
from verify.evaluate.evaluator import Evaluator
from verify.evaluate.field import Field, Unsupported
from verify.evaluate.fields.duals import Bound
from verify.evaluate.fields.exact import Exact
from verify.evaluate.points import Point
from verify.evaluate.sampling.batches import Batch
from verify.shapes import as_expr
from verify.terms import Grad, free


class Sheet:
    """The values of expressions at the points of one batch, remembered."""

    def __init__(self, batch: Batch, real: bool, point: Point | None = None) -> None:
        """``point`` has what all points have in common: sizes and indices, and other whole numbers if they agree."""
        self.batch = batch
        self.point = batch.points[0] if point is None else point
        self.real = real
        self.count = len(batch.points)
        self.reserve: tuple[Point, ...] = ()  # further points, for lines that are seldom defined
        self.field: Field = Wide(batch.points, real)
        self.dear = False  # whether something had to be worked out point by point
        self.core = Evaluator(self.field, self.point)
        self._whole = Evaluator(Exact(self.point), self.point)
        self._memo: dict[Expr, tuple[tuple[Symbol, ...], dict[tuple[int | None, ...], Values]]] = {}
        self._stacks: dict[tuple[Any, ...], tuple[object, Values]] = {}
        self.shifted: dict[tuple[Any, ...], Sheet] = {}

    def __call__(self, e: Expr) -> Values:
        """The value of a whole line, components before points.

        Raises:
            Unsupported: something in it cannot be evaluated.
        """
        return self.value(e, self.point.integers)

    def shortened(self, most: int, usable: Values) -> Sheet:
        """Itself, or a sheet of few of the usable points, where values are dear; not of whole numbers, often alike."""
        dear = self.dear or (isinstance(self.field, Wide) and self.field.dear)
        if not dear or self.count <= most or self.point is not self.batch.points[0]:
            return self
        kept = tuple(point for point, good in zip(self.batch.points, usable, strict=True) if good)[:most]
        return Sheet(Batch(kept), self.real, self.point) if kept else self

    def calm(self, most: int) -> Sheet:
        """A sheet of those few points whose numbers are smallest."""
        return Sheet(Batch(tuple(sorted(self.batch.points, key=_largest)[:most])), self.real, self.point)

    def value(self, e: Expr, env: Env) -> Values:
        """The value where indices are bound by ``env``."""
        entry = self._memo.get(e)
        if entry is None:
            entry = self._memo[e] = _whole_symbols(e), {}
        symbols, values = entry
        key = tuple([env.get(s) for s in symbols]) if symbols else ()
        found = values.get(key)
        if found is None:
            found = values[key] = operations.combine(
                self, e, env, lambda i, inner: self.value(as_expr(e.args[i]), inner)
            )
        return found

    def along(self, e: Expr, fills: Mapping[Path, Fill], env: Env | None = None) -> Values:
        """The value of ``e`` when the parts at the given paths have other values."""
        env = self.point.integers if env is None else env
        if () in fills:
            return fills[()](self, env)
        if not fills:
            return self.value(e, env)
        below: dict[Path, dict[Path, Fill]] = {}
        for path, fill in fills.items():
            way = tree.first_step(e, path)
            below.setdefault(way, {})[path[len(way) :]] = fill

        def given(inner: Mapping[Path, Fill], node: Expr) -> Fill:
            return lambda sheet, where: sheet.along(node, inner, where)

        return self.combined(e, {way: given(inner, tree.at(e, way)) for way, inner in below.items()}, env)

    def combined(self, e: Expr, given: Mapping[Path, Fill], env: Env) -> Values:
        """The value of a node some of whose parts have other values.

        Raises:
            Unsupported: that cannot be evaluated.
        """

        def part(i: int, inner: Env) -> Values:
            fill = given.get((i,))
            return fill(self, inner) if fill is not None else self.value(as_expr(e.args[i]), inner)

        if isinstance(e, Subs):
            points = [given[2, i](self, env) if (2, i) in given else self.value(p, env) for i, p in enumerate(e.point)]
            return slopes.substituted(self, e, points, env)
        if isinstance(e, Derivative | Grad):
            if set(given) != {(0,)}:
                raise Unsupported("a derivative by something else")
            return slopes.differentiated(self, e, given[0,], env)
        return operations.combine(self, e, env, part)

    def stacked(
        self,
        operands: Sequence[Expr | Deferred],
        env: Env,
        components: tuple[int, ...],
        key: object = None,
        bound: Sequence[Any] = (),
        old: Values = None,
    ) -> Values:
        """The values of many expressions, one a row; NaN for what cannot be evaluated.

        ``key`` names them for good, where the indices ``bound`` have the same values; ``old`` is what the part has now
        in whose place they would stand.
        """
        name = (id(key), components, *(env.get(k) for k, *_ in bound)) if key is not None else None
        if name is not None and name in self._stacks:
            return self._stacks[name][1]
        form = (*components, self.count)
        rows = np.full((len(operands), *form), np.nan, dtype=float if self.real else complex)
        places = iter(zip(rows, operands, strict=True))
        done = False
        while not done:  # on after what cannot be evaluated, without a guard for each of the many that can
            with contextlib.suppress(*FAILS):
                for row, operand in places:
                    row[...] = (
                        operand.value(self, env, old) if isinstance(operand, Deferred) else self.value(operand, env)
                    )
                done = True
        if name is not None:
            self._stacks[name] = key, rows  # the key is kept, lest another gets its address
        return rows

    def call(self, function: Any, *arguments: Values) -> Values:
        """The values of a function of numbers."""
        return np.atleast_1d(self.field.call(function, arguments))

    def power(self, base: Values, exponent: Expr, value: Callable[[], Values]) -> Values:
        """The values of a power, those of whose exponent are worked out where it is no whole number."""
        return operations.power(self, base, exponent, value)

    def series(self, adding: bool, body: Expr, limit: tuple[Symbol, Expr, Expr], env: Env) -> Values:
        """The values of a sum or a product over one index.

        Raises:
            Unsupported: it does not end, or not soon.
        """
        return sums.series(self, adding, body, limit, env)

    def integer(self, e: Any, env: Env) -> int:
        """The value of a whole number made of sizes and indices."""
        return self._whole.integer(e, env)

    def moved(self, values: Mapping[tuple[Any, ...], Values]) -> Sheet:
        """The same sheet with some variables moved; among the complex numbers if they are."""
        sheet = Sheet(self.batch, self.real and all(np.isrealobj(v) for v in values.values()), self.point)
        inherited = dict(self.field.values) if isinstance(self.field, Bound) else {}
        sheet.field = Bound(sheet.field, {**inherited, **values})
        sheet.core = Evaluator(sheet.field, self.point)
        return sheet


def _largest(point: Point) -> float:
    """The largest absolute value of a number of a point, and of its parts."""
    numbers = [abs(float(x)) for v in point.scalars.values() for x in (v if isinstance(v, tuple) else (v,))]
    return max((*numbers, *(float(abs(i)) for i in point.integers.values())), default=0.0)


@lru_cache(maxsize=8192)
def _whole_symbols(e: Expr) -> tuple[Symbol, ...]:
    """The free symbols whose values come from the environment."""
    if isinstance(e, Number):
        return ()
    return tuple(sorted((s for s in free(e) if s.is_integer), key=attrgetter("name")))
