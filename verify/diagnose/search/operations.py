"""The values of one operation from those of its arguments."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

import numpy as np
from sympy import (
    Add,
    Expr,
    Function,
    Integer,
    KroneckerDelta,
    Max,
    Min,
    Mul,
    Pow,
    Product,
    Rational,
    Sum,
    Symbol,
    UnevaluatedExpr,
    hyper,
    meijerg,
)

from verify.diagnose.search import sums
from verify.diagnose.search.values import Env, Values, alike, fold, lift
from verify.diagnose.search.wide import at_points
from verify.evaluate.field import Undefined, Unsupported
from verify.evaluate.fields.duals import Bound
from verify.evaluate.special.hypergeometric import flattened
from verify.lower import lower
from verify.shapes import as_expr, shape
from verify.terms import Array, Component, Dot, Each, Frac, Index, Ones, Slice, Softmax

if TYPE_CHECKING:
    from verify.diagnose.search.sheet import Sheet


def combine(sheet: Sheet, e: Expr, env: Env, part: Callable[[int, Env], Values]) -> Values:
    """The values of an expression; ``part`` has those of its arguments.

    Raises:
        Unsupported: that cannot be evaluated.
    """
    if isinstance(e, Add):
        return fold(np.add, [part(i, env) for i in range(len(e.args))])
    if isinstance(e, Mul):
        ranks = [len(shape(as_expr(a))) for a in e.args]
        top = max(ranks)
        return fold(np.multiply, [lift(part(i, env), top - rank) for i, rank in enumerate(ranks)])
    if isinstance(e, Frac):
        return part(0, env) * lift(sheet.field.inv(part(1, env)), len(shape(e.numerator)))
    if isinstance(e, Rational):
        return np.full((1,), float(e), dtype=float if sheet.real else complex)
    if isinstance(e, Pow):
        return power(sheet, part(0, env), e.exp, lambda: part(1, env))
    if isinstance(e, Array | Slice) and shape(e):
        return _entries(sheet, e, env)
    if isinstance(e, Symbol):
        return np.full((1,), float(env[e])) if e in env else np.atleast_1d(sheet.field.lookup((e,)))
    if isinstance(e, Dot):
        return (part(0, env) * part(1, env)).sum(axis=-2)
    if isinstance(e, Sum | Product):
        return sums.nested(sheet, e, env, part)
    if isinstance(e, Ones):
        return np.ones((sheet.integer(e.args[0], env), 1))
    if isinstance(e, Component):
        (axis,) = shape(as_expr(e.args[0]))
        at = sheet.integer(e.args[1], env) - sheet.integer(axis.lower, env)
        vector = part(0, env)
        if not 0 <= at < vector.shape[-2]:
            return np.full((1,), np.nan)
        return vector[..., at, :]
    if isinstance(e, Softmax):
        weights = np.exp(part(0, env))
        return weights / weights.sum(axis=-2, keepdims=True)
    if isinstance(e, Each) and len(e.args) == 2:
        index = e.args[1]
        return np.stack(alike([part(0, {**env, index: i}) for i in sums.span(sheet, index, env)]), axis=-2)
    if isinstance(e, UnevaluatedExpr):
        return part(0, env)
    if isinstance(e, hyper | meijerg):
        function, arguments = flattened(e)
        return sheet.call(function, *(sheet.value(a, env) for a in arguments[:-1]), part(len(e.args) - 1, env))
    if isinstance(e, KroneckerDelta):
        return np.full((1,), float(sheet.integer(e.args[0], env) == sheet.integer(e.args[1], env)))
    if isinstance(e, Function | Max | Min) and not shape(e) and all(isinstance(a, Expr) for a in e.args):
        return sheet.call(type(e), *(part(i, env) for i in range(len(e.args))))
    if isinstance(e, Function) and shape(e):  # relu of a vector
        return sheet.field.call(type(e), [part(0, env)])
    return _lowered(sheet, e, env)


def power(sheet: Sheet, base: Values, exponent: Expr, value: Callable[[], Values]) -> Values:
    """The values of a power, those of whose exponent are worked out where it is no whole number."""
    if isinstance(exponent, Integer) and abs(int(exponent)) < 100:
        n = int(exponent)
        power = base if n else np.ones_like(base)
        for _ in range(abs(n) - 1):
            power = power * base
        return power if n >= 0 else np.where(power == 0, np.nan, 1 / np.where(power == 0, 1, power))
    raised = value()
    power = np.power(base, raised)
    whole = exponent.is_integer or bool((raised == np.round(raised))[np.isfinite(raised)].all())
    if sheet.real and not exponent.is_Rational and not whole:
        power = np.where(base < 0, np.nan, power)  # among the real numbers, a power of what is not negative
    return power


def _entries(sheet: Sheet, e: Expr, env: Env) -> Values:
    """All entries of an array or of what is left free of it."""
    axes = shape(e)
    index = [Index(f"‹{i}›", axis.lower, axis.upper) for i, axis in enumerate(axes)]
    if isinstance(e, Array) and e.definition is None and e.values is None and len(axes) == 1:
        return np.stack([sheet.field.lookup((e, i)) for i in sums.span(sheet, axes[0], env)])
    return _stack(sheet, lower(e, index), index, env)


def _stack(sheet: Sheet, core: Expr, index: Sequence[Index], env: Env) -> Values:
    if not index:
        try:
            value = np.atleast_1d(np.asarray(sheet.core(core, env)))
        except Undefined:
            return np.full((sheet.count,), np.nan)
        except Unsupported:
            if isinstance(sheet.field, Bound):
                raise
            value = at_points(core, sheet.batch.points, env, sheet.real)
            sheet.dear = True
        return np.broadcast_to(value, (*value.shape[:-1], max(sheet.count, value.shape[-1])))
    rows = [_stack(sheet, core, index[1:], {**env, index[0]: i}) for i in sums.span(sheet, index[0], env)]
    return np.stack(rows, axis=-1 - len(index))


def _lowered(sheet: Sheet, e: Expr, env: Env) -> Values:
    """Anything else, as the checks evaluate it."""
    axes = shape(e)
    index = [Index(f"‹{i}›", axis.lower, axis.upper) for i, axis in enumerate(axes)]
    return _stack(sheet, lower(e, index, {s.name for s in env}), index, env)
