"""The values of sums and products over indices, term by term; those without end by :mod:`endless`."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any

import numpy as np
from sympy import Expr, S, Sum, Symbol

from verify.diagnose.search.endless import endless
from verify.diagnose.search.values import Env, Values, fold
from verify.evaluate.field import Unsupported
from verify.shapes import shape
from verify.terms import Axis, Index

if TYPE_CHECKING:
    from verify.diagnose.search.sheet import Sheet


def series(sheet: Sheet, adding: bool, body: Expr, limit: tuple[Symbol, Expr, Expr], env: Env) -> Values:
    """The values of a sum or a product over one index.

    Raises:
        Unsupported: it does not end, or not soon.
    """
    if any(end.is_infinite for end in limit[1:]):
        return _endless(sheet, adding, limit, lambda inner: sheet.value(body, inner), env)
    terms = [sheet.value(body, inner) for inner in _ranges(sheet, (limit,), env)]
    if not terms:
        return np.full((1,), 0.0 if adding else 1.0)
    return fold(np.add if adding else np.multiply, terms)


def nested(sheet: Sheet, e: Expr, env: Env, part: Callable[[int, Env], Values]) -> Values:
    """The values of a sum or product over one index or several; ``part`` has those of what is in it.

    Raises:
        Unsupported: it does not end, or not soon.
    """
    adding = isinstance(e, Sum)
    if any(end.is_infinite for _, *ends in e.limits for end in ends):
        if len(e.limits) != 1 or shape(e):
            raise Unsupported("a double sum without end")
        return _endless(sheet, adding, e.limits[0], lambda inner: part(0, inner), env)
    terms = [part(0, inner) for inner in _ranges(sheet, e.limits, env)]
    if not terms:
        return np.full((*(1 for _ in shape(e)), 1), 0.0 if adding else 1.0)
    return fold(np.add if adding else np.multiply, terms)


def _endless(
    sheet: Sheet, adding: bool, limit: tuple[Symbol, Expr, Expr], body: Callable[[Env], Values], env: Env
) -> Values:
    bound, lower, upper = limit
    if lower.is_infinite or upper is not S.Infinity:
        raise Unsupported("a sum without a beginning")
    sheet.dear = True
    return endless(lambda n: body({**env, bound: n}), sheet.integer(lower, env), adding)


def _ranges(sheet: Sheet, limits: Sequence[Any], env: Env) -> list[Env]:
    if not limits:
        return [env]
    *inner, limit = limits
    bound, lower, upper = limit
    first, last = sheet.integer(lower, env), sheet.integer(upper, env)
    if last - first > 60:
        raise Unsupported("a long sum")
    return [deep for i in range(first, last + 1) for deep in _ranges(sheet, inner, {**env, bound: i})]


def span(sheet: Sheet, axis: Axis | Index, env: Env) -> range:
    """The values of an index."""
    return range(sheet.integer(axis.lower, env), sheet.integer(axis.upper, env) + 1)
