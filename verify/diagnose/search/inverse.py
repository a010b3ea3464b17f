"""What one argument would have to be for an expression to have given values: one step down a tree, at all points.

Where an operation is one to one in that argument, as far as the points show; a square has the sign that stands there.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Any

import numpy as np
from sympy import (
    Abs,
    Add,
    Expr,
    Mul,
    Pow,
    Rational,
    UnevaluatedExpr,
    acos,
    acosh,
    asin,
    asinh,
    atan,
    atanh,
    cosh,
    exp,
    log,
    sinh,
    tanh,
)

from verify.diagnose.search.tree import Path
from verify.diagnose.search.values import FAILS, Sheet, Values, lift
from verify.shapes import as_expr, shape
from verify.terms import Frac, relu, sigmoid, softplus

Inverse = Callable[[Values], Values]

_ONE_TO_ONE: Mapping[Any, Inverse] = MappingProxyType(
    {
        exp: np.log,
        log: np.exp,
        sigmoid: lambda v: np.log(v / (1 - v)),
        softplus: lambda v: np.log(np.expm1(v)),
        relu: lambda v: np.where(v > 0, v, np.nan),
        tanh: np.arctanh,
        sinh: np.arcsinh,
        atanh: np.tanh,
        asinh: np.sinh,
        acosh: np.cosh,
        asin: np.sin,
        acos: np.cos,
        atan: np.tan,
    }
)
_EVEN: Mapping[Any, Inverse] = MappingProxyType({Abs: lambda v: np.where(v >= 0, v, np.nan), cosh: np.arccosh})


def inverse(sheet: Sheet, node: Expr, at: int, values: Values) -> Values | None:
    """The values that the argument ``at`` of ``node`` has to have where ``node`` has ``values``.

    ``values`` has rows in front, components and points behind. ``None`` where the operation cannot be undone.
    """
    child = as_expr(node.args[at])
    if shape(child) != shape(node):
        return _scalar_beside_vector(sheet, node, at, values)
    env = sheet.point.integers
    try:
        if isinstance(node, Add):
            return values - sum(sheet.value(as_expr(a), env) for i, a in enumerate(node.args) if i != at)
        if isinstance(node, Mul):
            rank = len(shape(node))
            others = [a for i, a in enumerate(node.args) if i != at]
            return values / _product([lift(sheet.value(as_expr(a), env), rank) for a in others])
        if isinstance(node, Frac):
            if at == 0:
                return values * lift(sheet.value(node.denominator, env), len(shape(node)))
            return sheet.value(node.numerator, env) / values
        if isinstance(node, Pow):
            return _root(sheet, node, at, values)
        if isinstance(node, UnevaluatedExpr):
            return values
        if type(node) in _ONE_TO_ONE and sheet.real:
            return _ONE_TO_ONE[type(node)](values)
        if type(node) in _EVEN and sheet.real:
            return _EVEN[type(node)](values) * _sign(sheet.value(child, env))
    except FAILS:
        return None
    return None


def along(sheet: Sheet, node: Expr, path: Path, values: Values) -> Values | None:
    """The same for a part further down."""
    found: Values | None = values
    for at in path:
        if found is None or (isinstance(node, Pow) and isinstance(node.exp, Rational) and at == 1):
            return None
        found, node = inverse(sheet, node, at, found), as_expr(node.args[at])
    return found


def _scalar_beside_vector(sheet: Sheet, node: Expr, at: int, values: Values) -> Values | None:
    """A scalar factor of a vector, by the first component."""
    env = sheet.point.integers
    if not isinstance(node, Mul) or shape(node.args[at]) or len(shape(node)) != 1:
        return None
    others = [as_expr(a) for i, a in enumerate(node.args) if i != at]
    try:
        rest = _product([lift(sheet.value(a, env), 1 - len(shape(a))) for a in others])
    except FAILS:
        return None
    return values[..., 0, :] / rest[..., 0, :]


def _root(sheet: Sheet, node: Pow, at: int, values: Values) -> Values | None:
    env = sheet.point.integers
    if not sheet.real:
        return 1 / values if at == 0 and node.exp == -1 else None
    if at == 1:
        return np.log(values) / np.log(sheet.value(node.base, env))
    if node.exp.is_Integer and node.exp.is_odd:
        return np.sign(values) * np.abs(values) ** (1 / float(node.exp))
    power = np.where(values > 0, values, np.nan)
    if node.exp.is_Integer:
        return power ** (1 / float(node.exp)) * _sign(sheet.value(node.base, env))
    return power ** (1 / sheet.value(node.exp, env))


def _sign(values: Values) -> Values:
    return np.where(values < 0, -1.0, 1.0)


def _product(values: list[Values]) -> Values:
    total = values[0]
    for value in values[1:]:
        total = total * value
    return total
