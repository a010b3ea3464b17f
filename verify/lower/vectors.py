"""What the vectors, matrices and gradients of an author become: their generic entries, at given indices."""

from __future__ import annotations

from sympy import Derivative, Expr, S, Sum, exp

from verify.lower.expressions import core, lowered, unevaluated
from verify.lower.names import Names
from verify.shapes import as_expr, describe_shape, shape
from verify.terms import Array, Component, Dot, Each, Frac, Grad, Ones, Slice, Softmax, TermError, entry


@core.register(Array)
def _(e: Array, at: tuple[Expr, ...], names: Names) -> Expr:
    return entry(e, *(_all(at, len(e.axes), e))) if e.axes else e


@core.register(Slice)
def _(e: Slice, at: tuple[Expr, ...], names: Names) -> Expr:
    return entry(e.array, *e.fill(_all(at, len(e.axes), e)))


@core.register(Ones)
def _(e: Ones, at: tuple[Expr, ...], names: Names) -> Expr:
    return S.One


@core.register(Dot)
def _(e: Dot, at: tuple[Expr, ...], names: Names) -> Expr:
    left, right = (as_expr(a) for a in e.args)
    (axis,) = shape(left)
    k, inner = names.fresh("i", axis.lower, axis.upper)
    return Sum(lowered(left, (k,), inner) * lowered(right, (k,), inner), (k, axis.lower, axis.upper))


@core.register(Component)
def _(e: Component, at: tuple[Expr, ...], names: Names) -> Expr:
    return lowered(as_expr(e.args[0]), (as_expr(e.args[1]),), names)


@core.register(Softmax)
def _(e: Softmax, at: tuple[Expr, ...], names: Names) -> Expr:
    vector = as_expr(e.args[0])
    (axis,) = shape(vector)
    k, inner = names.fresh("j", axis.lower, axis.upper)
    total = Sum(unevaluated(exp, lowered(vector, (k,), inner)), (k, axis.lower, axis.upper))
    return Frac(unevaluated(exp, lowered(vector, at, names)), total)


@core.register(Each)
def _(e: Each, at: tuple[Expr, ...], names: Names) -> Expr:
    body = as_expr(e.args[0]).xreplace(dict(zip(e.args[1:], at, strict=True)))
    return lowered(body, (), names)


@core.register(Grad)
def _(e: Grad, at: tuple[Expr, ...], names: Names) -> Expr:
    of, by = (as_expr(a) for a in e.args)
    return Derivative(lowered(of, (), names), lowered(by, at, names), evaluate=False)


def _all(at: tuple[Expr, ...], wanted: int, e: Expr) -> tuple[Expr, ...]:
    if len(at) != wanted:
        raise TermError(f"{e} is {describe_shape(shape(e))}, a scalar was expected here")
    return at
