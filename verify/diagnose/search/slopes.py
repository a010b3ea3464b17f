"""The values of derivatives and substitutions where what stands in them is changed."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np
from sympy import Derivative, Expr, Indexed, Subs

from verify.diagnose.search import sums
from verify.diagnose.search.values import Env, Fill, Values, alike
from verify.evaluate.field import Unsupported
from verify.lower import lower
from verify.shapes import as_expr, shape
from verify.terms import Index

if TYPE_CHECKING:
    from verify.diagnose.search.sheet import Sheet

STEP = 1e-30  # of the complex step: derivatives without cancellation (Squire & Trapp, SIAM Review 40, 1998)


def differentiated(sheet: Sheet, e: Expr, body: Fill, env: Env) -> Values:
    """The values of a derivative of what has the values ``body``.

    Raises:
        Unsupported: it is none of the first order among the real numbers.
    """
    by = e.args[1]
    if not sheet.real:
        raise Unsupported("a complex derivative of variants")
    if isinstance(e, Derivative):
        if len(e.variable_count) != 1 or e.variable_count[0][1] != 1:
            raise Unsupported("a higher derivative of variants")
        by = e.variable_count[0][0]
    axes = shape(as_expr(by))
    index = [Index(f"‹{i}›", axis.lower, axis.upper) for i, axis in enumerate(axes)]
    return _slopes(sheet, body, lower(as_expr(by), index), index, env)


def _slopes(sheet: Sheet, body: Fill, by: Expr, index: Sequence[Index], env: Env) -> Values:
    if index:
        rows = [_slopes(sheet, body, by, index[1:], {**env, index[0]: i}) for i in sums.span(sheet, index[0], env)]
        return np.stack(alike(rows), axis=-1 - len(index))
    key = (by.base.label, *(sheet.integer(i, env) for i in by.indices)) if isinstance(by, Indexed) else (by,)
    if key not in sheet.shifted:
        sheet.shifted[key] = sheet.moved({key: sheet.field.lookup(key) + 1j * STEP})
    return np.imag(body(sheet.shifted[key], env)) / STEP


def substituted(sheet: Sheet, e: Subs, points: Sequence[Values], env: Env) -> Values:
    """The values where something else is put in."""
    there = sheet.moved({(v,): p for v, p in zip(e.variables, points, strict=True)})
    return np.asarray(there.core(lower(e.expr), env))
