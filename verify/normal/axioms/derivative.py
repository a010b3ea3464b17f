"""The derivative of a formula by a symbol, as a formula: by the table; elementary functions have their slopes here.

The domains of symbols are those of the formula: whether the table's entry is used inside its own has to be seen where
the formula is written.
"""

from __future__ import annotations

from functools import cache
from typing import Any

import sympy

from verify.normal.algebra.limits import Unsupported
from verify.normal.axioms import slope
from verify.normal.axioms.formula import (
    Applied,
    Difference,
    Formula,
    Multiple,
    Pair,
    Power,
    Quotient,
    Total,
    Variable,
    replaced,
    variables,
)
from verify.normal.axioms.words import ONE, ZERO, cos, exp, hyper, sin, sqrt

_X = Variable("x")
ELEMENTARY: dict[Any, Formula] = {
    sympy.exp: exp(_X),
    sympy.log: 1 / _X,
    sympy.sin: cos(_X),
    sympy.cos: -sin(_X),
    sympy.asin: 1 / sqrt(1 - _X**2),
    sympy.acos: -1 / sqrt(1 - _X**2),
    sympy.atan: 1 / (1 + _X**2),
    sympy.asinh: 1 / sqrt(1 + _X**2),
    sympy.atanh: 1 / (1 - _X**2),
}
"""Their derivatives (DLMF 4.7, 4.20, 4.24(ii), 4.37)."""


@cache
def derivative(e: Formula, by: Variable) -> Formula:
    """The derivative.

    Raises:
        Unsupported: the symbol stands in an exponent, or where a function has no derivative in the table.
    """
    if e is by:
        return ONE
    if by not in variables(e):
        return ZERO
    return _of_pair(e, by) if isinstance(e, Pair) else _of_function(e, by)


def _of_pair(e: Pair, by: Variable) -> Formula:
    left, right = e.parts
    first, second = derivative(left, by), derivative(right, by)
    if isinstance(e, Total | Difference):
        return type(e)(first, second)
    if isinstance(e, Multiple):
        return first * right if second is ZERO else first * right + left * second
    if isinstance(e, Quotient):
        return first / right if second is ZERO else (first - e * second) / right
    if not isinstance(e, Power) or second is not ZERO:
        raise Unsupported("the derivative of an exponential whose base is written")
    return right * e / left * first


def _of_function(e: Formula, by: Variable) -> Formula:
    assert isinstance(e, Applied)
    if e.func is sympy.hyper:
        return _of_hypergeometric(e, by)
    total: Formula = ZERO
    for position, arg in enumerate(e.args):
        assert isinstance(arg, Formula)
        inner = derivative(arg, by)
        if inner is not ZERO:
            total = total + _by_argument(e, position) * inner
    return total


def _by_argument(e: Applied, position: int) -> Formula:
    args = [a for a in e.args if isinstance(a, Formula)]
    if e.func in ELEMENTARY:
        return replaced(ELEMENTARY[e.func], _X, args[0])
    known = slope(e.func, len(args), position)
    if known is None:
        raise Unsupported(f"derivative of {e.func.__name__} by argument {position + 1}")
    marks = [Variable(f"u{i}") for i in range(len(args))]  # so that nothing is replaced twice
    value = known.value
    for to in (marks, args):
        for name, new in zip(known.args if to is marks else marks, to, strict=True):
            assert isinstance(name, Variable)
            value = replaced(value, name, new)
    return value


def _of_hypergeometric(e: Applied, by: Variable) -> Formula:
    """Π upper/Π lower times the function with all parameters one higher (DLMF 16.3.1)."""
    upper, lower, argument = e.args
    assert isinstance(upper, tuple) and isinstance(lower, tuple) and isinstance(argument, Formula)
    if any(by in variables(p) for p in (*upper, *lower)):
        raise Unsupported("derivative of a hypergeometric function by a parameter")
    scale = derivative(argument, by)
    for p in upper:
        scale = scale * p
    for p in lower:
        scale = scale / p
    return scale * hyper(tuple(p + 1 for p in upper), tuple(p + 1 for p in lower), argument)
