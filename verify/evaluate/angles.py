"""Ties at the edge of a sector, a disc, a strip: ``arg(z) ≤ π`` at z = −2, where balls of both sides always overlap.

At a Gaussian rational number on an axis or a diagonal the argument is a rational multiple of π, and SymPy knows it.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache

from sympy import Abs, Add, Expr, I, Integer, Mul, Pow, Rational, Symbol, arg, conjugate, im, pi, re

from verify.evaluate.points import Point, Value
from verify.terms import Rel, free

_KNOWN = (Add, Mul, Rational, Symbol, arg, Abs, re, im, conjugate)


@lru_cache(maxsize=1 << 10)
def angular(rel: Rel) -> bool:
    """Whether both sides are put together from numbers and arguments, sizes and parts of complex numbers."""
    found = set().union(*(side.atoms(arg, Abs, re, im) for side in (rel.lhs, rel.rhs)))
    if not any(isinstance(part, arg) or not part.args[0].is_extended_real for part in found):
        return False
    return all(_plain(side) for side in (rel.lhs, rel.rhs))


def _plain(e: Expr) -> bool:
    if isinstance(e, Pow):
        return isinstance(e.exp, Integer) and _plain(e.base)
    return e in (pi, I) or (isinstance(e, _KNOWN) and all(_plain(a) for a in e.args))


def tied(rel: Rel, point: Point) -> bool:
    """Whether the sides of such a relation are exactly equal at a point."""
    difference = rel.lhs - rel.rhs
    values = _numbers(point.scalars) | {s: Integer(i) for s, i in point.integers.items()}
    if not free(difference) <= set(values):
        return False
    found: Expr = difference.xreplace(values)
    return found == 0


def _numbers(scalars: Mapping[Symbol, Value]) -> dict[Symbol, Expr]:
    def number(value: Value) -> Expr:
        if isinstance(value, tuple):
            return number(value[0]) + number(value[1]) * I
        return Rational(value.numerator, value.denominator)

    return {symbol: number(value) for symbol, value in scalars.items()}
