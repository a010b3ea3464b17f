"""What one argument would have to be for an expression to have given values: one step down a tree, at all points.

Where an operation is one to one in that argument, as far as the points show; a square has the sign that stands there.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
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
    cos,
    cosh,
    cot,
    csc,
    exp,
    log,
    sec,
    sin,
    sinh,
    tan,
    tanh,
)

from verify.diagnose.search.sheet import Sheet
from verify.diagnose.search.tree import Path
from verify.diagnose.search.values import FAILS, Values, lift
from verify.shapes import as_expr, shape
from verify.terms import Frac, relu, sigmoid, softplus

Inverse = Callable[[Values], Values]
NOTHING: Mapping[int, Values] = MappingProxyType({})

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
_COMPLEX = frozenset((log, asin, acos, atan, asinh, acosh, atanh))  # those whose inverse has no branches
_EVEN: Mapping[Any, Inverse] = MappingProxyType({Abs: lambda v: np.where(v >= 0, v, np.nan), cosh: np.arccosh})


def inverse(
    sheet: Sheet, node: Expr, at: int, values: Values, given: Mapping[int, Values] = NOTHING, sign: int = 0
) -> Values | None:
    """The values that the argument ``at`` of ``node`` has to have where ``node`` has ``values``.

    ``values`` has rows in front, components and points behind, and so have those that other arguments are ``given``.
    Of two opposite values it is the one with the ``sign``, or with the sign that the argument has. ``None`` where the
    operation cannot be undone.
    """
    child = as_expr(node.args[at])
    env = sheet.point.integers

    def other(i: int) -> Values:
        return given[i] if i in given else sheet.value(as_expr(node.args[i]), env)

    try:
        if shape(child) != shape(node):
            return _scalar_beside_vector(node, at, values, other)
        if isinstance(node, Add):
            return values - sum(other(i) for i in range(len(node.args)) if i != at)
        if isinstance(node, Mul):
            rank = len(shape(node))
            rest = [i for i in range(len(node.args)) if i != at]
            return values / _product([lift(other(i), rank) for i in rest])
        if isinstance(node, Frac):
            return values * lift(other(1), len(shape(node))) if at == 0 else other(0) / values
        if isinstance(node, Pow):
            return _root(sheet, node, at, values, other, sign)
        if isinstance(node, UnevaluatedExpr):
            return values
        if type(node) in (_ONE_TO_ONE if sheet.real else _COMPLEX):
            return _ONE_TO_ONE[type(node)](values)
        if type(node) in _EVEN and sheet.real:
            return _EVEN[type(node)](values) * (sign or _sign(sheet.value(child, env)))
    except FAILS:
        return None
    return None


def signs(sheet: Sheet, node: Expr, at: int) -> tuple[int, ...]:
    """The signs with which an operation has to be undone: where it is even, the argument's may be another one."""
    even = isinstance(node, Pow) and node.exp.is_Integer and node.exp.is_even
    if not sheet.real or at or not (even or type(node) in _EVEN):
        return (0,)
    try:
        now = {int(s) for s in np.unique(_sign(sheet.value(as_expr(node.args[0]), sheet.point.integers)))}
    except FAILS:
        return (0,)
    return (0, *(s for s in (1, -1) if now != {s}))


def along(sheet: Sheet, node: Expr, path: Path, values: Values) -> Values | None:
    """The same for a part further down."""
    found: Values | None = values
    for at in path:
        if found is None or (isinstance(node, Pow) and isinstance(node.exp, Rational) and at == 1):
            return None
        found, node = inverse(sheet, node, at, found), as_expr(node.args[at])
    return found


def _scalar_beside_vector(node: Expr, at: int, values: Values, other: Callable[[int], Values]) -> Values | None:
    """A scalar factor of a vector, by the largest component of what it stands beside."""
    if not isinstance(node, Mul) or shape(node.args[at]) or len(shape(node)) != 1:
        return None
    rest = _product([lift(other(i), 1 - len(shape(a))) for i, a in enumerate(node.args) if i != at])
    values, rest = np.broadcast_arrays(values, rest)
    largest = np.abs(np.nan_to_num(rest)).argmax(axis=-2)[..., None, :]
    above, below = (np.take_along_axis(v, largest, axis=-2)[..., 0, :] for v in (values, rest))
    return above / below


def _root(sheet: Sheet, node: Pow, at: int, values: Values, other: Callable[[int], Values], sign: int) -> Values | None:
    exponent = node.exp
    if not sheet.real:
        if at == 0 and isinstance(exponent, Rational) and exponent.p in (1, -1):
            return values ** int(1 / exponent)
        return None
    if at == 1:
        return np.log(values) / np.log(other(0))
    if exponent.is_Integer and exponent.is_odd:
        return np.sign(values) * np.abs(values) ** (1 / float(exponent))
    power = np.where(values > 0, values, np.nan)
    if exponent.is_Integer:
        return power ** (1 / float(exponent)) * (sign or _sign(sheet.value(node.base, sheet.point.integers)))
    return power ** (1 / other(1))


_PERIODIC: Mapping[Any, tuple[Inverse, bool, float]] = MappingProxyType(
    {
        sin: (np.arcsin, True, 2 * np.pi),
        cos: (np.arccos, False, 2 * np.pi),
        csc: (lambda v: np.arcsin(1 / v), True, 2 * np.pi),
        sec: (lambda v: np.arccos(1 / v), False, 2 * np.pi),
        tan: (np.arctan, True, np.pi),
        cot: (lambda v: np.arctan(1 / v), True, np.pi),
    }
)
"""The principal inverse; whether the function is odd; its period."""

PERIODS = 2


def branches(sheet: Sheet, node: Expr, values: Values) -> Iterator[Values]:
    """All values near zero that the argument of a periodic or even function may have to have, one after the other.

    They are right at one point at a time: at another one it may be another branch.
    """
    if len(signs(sheet, node, 0)) > 1:
        for sign in (1, -1):
            found = inverse(sheet, node, 0, values, sign=sign)
            if found is not None:
                yield found
    if type(node) not in _PERIODIC:
        return
    principal, odd, period = _PERIODIC[type(node)]
    first = principal(values)
    mirrored = np.pi - first if odd else -first
    for turn in range(-PERIODS, PERIODS + 1):
        yield first + turn * period
        if period > np.pi:
            yield mirrored + turn * period


def _sign(values: Values) -> Values:
    return np.where(values < 0, -1.0, 1.0)


def _product(values: list[Values]) -> Values:
    total = values[0]
    for value in values[1:]:
        total = total * value
    return total
