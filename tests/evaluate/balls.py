"""The value of an expression in balls, for tests of evaluation."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sympy import Expr, Symbol

from verify.evaluate.evaluator import Evaluator
from verify.evaluate.fields.balls import Balls, precision
from verify.evaluate.points import Point


def value(e: Expr, bits: int = 120, real: bool = False, at: Mapping[Symbol, Any] | None = None) -> Any:
    """The ball of an expression at a point, the symbols' values; ``real``: roots and logarithms must stay real."""
    with precision(bits):
        point = Point({}, dict(at or {}))
        return Evaluator(Balls(point, real), point)(e)
