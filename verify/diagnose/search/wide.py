"""Floats that know every function which balls know: one point at a time, where NumPy has none."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
from flint import acb, arb
from sympy import Expr, lerchphi, polylog

from verify.evaluate.evaluator import Evaluator
from verify.evaluate.field import Element, Undefined, Unsupported
from verify.evaluate.fields.balls import Balls, precision
from verify.evaluate.fields.floats import Floats
from verify.evaluate.points import Point

BITS = 80
MOST = 3000  # values of one call
ENOUGH = 30000  # values in all; a complex argument counts for several
COMPLEX = 5
SLOW: dict[Any, int] = {lerchphi: 60, polylog: 4}
"""Functions of which a value counts for several."""


class Wide(Floats):
    """Floats, with the functions of :class:`Balls` besides; ``dear`` counts the values that these had to work out.

    They are remembered: the variants of a part are mostly at the same arguments.
    """

    dear = 0

    def __init__(self, points: Sequence[Point], real: bool) -> None:
        super().__init__(points, real)
        self._known: dict[tuple[Any, ...], Any] = {}

    def spare(self, values: int) -> None:
        """Allow so many values, whatever has been worked out before."""
        self.dear = min(self.dear, max(1, ENOUGH - values))

    def renew(self) -> None:
        """Allow as many values as at first."""
        self.spare(ENOUGH)

    def call(self, function: type[Expr], args: Sequence[Element]) -> Element:
        try:
            return super().call(function, args)
        except Unsupported:
            arrays = np.broadcast_arrays(*args)
            if not arrays:
                raise
            finite = np.isfinite(np.stack(arrays)).all(axis=0).reshape(-1)
            keys = [(function, *row) for row in zip(*(a.reshape(-1).tolist() for a in arrays), strict=True)]
            new = {key for key, good in zip(keys, finite, strict=True) if good and key not in self._known}
            if len(new) * SLOW.get(function, 1) > MOST or (new and self.dear > ENOUGH):
                raise
            self.dear += len(new) * SLOW.get(function, 1) * (COMPLEX if any(np.imag(a).any() for a in arrays) else 1)
        balls = Balls(self.points[0], self.real)
        worked: dict[tuple[Any, ...], Any] = {}
        refused: Unsupported | None = None
        for key in new:
            try:
                worked[key] = self._value(balls, *key)
            except Unsupported as error:  # here, as with an index that is too large
                worked[key], refused = np.nan, error
        if refused is not None and np.isnan(list(worked.values())).all():
            raise refused
        self._known.update(worked)
        values = [self._known[key] if good else np.nan for key, good in zip(keys, finite, strict=True)]
        return np.array(values).reshape(arrays[0].shape)

    def _value(self, balls: Balls, function: type[Expr], *row: Any) -> Any:
        with precision(BITS):
            try:
                return middle(balls.call(function, [arb(x) if self.real else acb(x.real, x.imag) for x in row]))
            except Undefined:
                return np.nan


def middle(value: Any) -> Any:
    """The middle of a ball, if that says something; else NaN."""
    if not value.is_finite() or (value.rel_accuracy_bits() < 40 and value.rad() > 1e-12):
        return np.nan
    return complex(value.mid()) if isinstance(value, acb) else float(value.mid())


def at_points(e: Expr, points: Sequence[Point], env: Any, real: bool) -> Any:
    """An expression at every point, by balls."""
    rows = []
    for point in points:
        with precision(BITS):
            try:
                rows.append(middle(Evaluator(Balls(point, real), point)(e, {**point.integers, **env})))
            except Undefined:
                rows.append(np.nan)
    return np.array(rows)
