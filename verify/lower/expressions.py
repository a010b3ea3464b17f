"""The core of an expression: a scalar, in which every bound index has a name of its own."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from functools import lru_cache
from typing import Any

from sympy import (
    Add,
    Basic,
    Derivative,
    Expr,
    Float,
    Indexed,
    Integral,
    KroneckerDelta,
    Limit,
    Mul,
    Piecewise,
    Product,
    S,
    Subs,
    Sum,
    Symbol,
    Tuple,
    UnevaluatedExpr,
    exp,
    log,
)
from sympy.core.relational import Relational
from sympy.core.symbol import Str
from sympy.logic.boolalg import BooleanFunction

from verify.lower.names import COMPONENTS, Names
from verify.occurs import names_in
from verify.shapes import as_expr, describe_shape, shape
from verify.terms import (
    Array,
    Component,
    Dot,
    Each,
    Frac,
    Grad,
    Ones,
    Opaque,
    Slice,
    Softmax,
    Tabulate,
    TermError,
    decimal,
    entry,
    kronecker,
    relu,
)


def lower(e: Expr, at: Sequence[Expr] = (), taken: Iterable[str] = ()) -> Expr:
    """The core expression of ``e``, or of its entry at the indices ``at`` where ``e`` is a vector or matrix.

    Args:
        taken: names that bound indices must not have, besides those that occur in ``e`` and ``at``.

    Raises:
        TermError: the shapes do not fit, or it is no number (a division by zero, an integral without a range).
    """
    shape(e)
    wanted = _wanted(e)
    names = {*taken, *names_in(e), *names_in(*at)}
    return _lower(e, tuple(at), Names(frozenset(name for name in names if name.rstrip("'") in wanted)))


@lru_cache(maxsize=1 << 13)
def _wanted(e: Basic) -> frozenset[str]:
    """The names that lowering may want for bound indices; which others are taken does not matter."""
    own = {limit[0].name.rstrip("'") for limit in e.limits} if isinstance(e, Sum | Product) else set()
    return frozenset(COMPONENTS).union(own, *map(_wanted, e.args))


@lru_cache(maxsize=8192)
def _lower(e: Expr, at: tuple[Expr, ...], names: Names) -> Expr:
    if isinstance(e, Array) and e.axes:
        return entry(e, *(_at(at, len(e.axes), e)))
    if isinstance(e, Slice):
        return entry(e.array, *e.fill(_at(at, len(e.axes), e)))
    if isinstance(e, Float):
        return decimal(e)
    if e is S.NaN or e is S.ComplexInfinity:
        raise TermError(f"this divides by zero: SymPy has made {e} of it")
    if e is S.Infinity or e is S.NegativeInfinity:
        raise TermError(f"{e} is not a number")
    if not e.args or isinstance(e, Symbol | Str):
        return e
    if isinstance(e, Indexed):
        return _with(e, [e.args[0], *(_lower(as_expr(i), (), names) for i in e.args[1:])])
    if isinstance(e, UnevaluatedExpr):
        return _lower(as_expr(e.args[0]), at, names)
    if isinstance(e, Ones):
        return S.One
    if isinstance(e, Dot):
        left, right = (as_expr(a) for a in e.args)
        (axis,) = shape(left)
        k, inner = names.fresh("i", axis.lower, axis.upper)
        return Sum(_lower(left, (k,), inner) * _lower(right, (k,), inner), (k, axis.lower, axis.upper))
    if isinstance(e, Component):
        return _lower(as_expr(e.args[0]), (as_expr(e.args[1]),), names)
    if isinstance(e, Softmax):
        vector = as_expr(e.args[0])
        (axis,) = shape(vector)
        k, inner = names.fresh("j", axis.lower, axis.upper)
        total = Sum(_plain(exp, _lower(vector, (k,), inner)), (k, axis.lower, axis.upper))
        return Frac(_plain(exp, _lower(vector, at, names)), total)
    if isinstance(e, Each):
        body = as_expr(e.args[0]).xreplace(dict(zip(e.args[1:], at, strict=True)))
        return _lower(body, (), names)
    if isinstance(e, Grad):
        return Derivative(_lower(as_expr(e.args[0]), (), names), _lower(as_expr(e.args[1]), at, names), evaluate=False)
    if isinstance(e, Sum | Product):
        return _series(e, at, names)
    if isinstance(e, Add):
        return _with(e, [_lower(as_expr(part), at, names) for part in e.args])
    if isinstance(e, Mul):
        return _with(e, [_lower(as_expr(part), at if shape(as_expr(part)) else (), names) for part in e.args])
    if isinstance(e, Frac):
        return Frac(_lower(e.numerator, at, names), _lower(e.denominator, (), names))
    if isinstance(e, relu):
        return relu(_lower(as_expr(e.args[0]), at, names))
    if isinstance(e, Piecewise):
        return Piecewise(*((_lower(value, at, names), _condition(condition, names)) for value, condition in e.args))
    if isinstance(e, Opaque):
        return Opaque(e.args[0], *(_argument(as_expr(a), names) for a in e.args[1:]))
    if isinstance(e, Derivative):
        return Derivative(
            _lower(e.expr, at, names), *((_lower(v, (), names), n) for v, n in e.variable_count), evaluate=False
        )
    if isinstance(e, Limit):  # at a point that may be infinite
        body, variable, point, side = e.args
        place = point if point.is_infinite else _lower(as_expr(point), (), names)
        return Limit(_lower(as_expr(body), (), names), variable, place, str(side))
    if isinstance(e, Integral) and any(len(limit) == 1 for limit in e.limits):
        raise TermError(
            f"{e}: an integral wants its range, (x, a, b); an antiderivative F of f is Derivative(F, x) = f"
        )
    if isinstance(e, Subs):
        return Subs(_lower(e.expr, at, names), e.variables, [_lower(as_expr(p), (), names) for p in e.point])
    return _with(e, [_lower(part, (), names) if isinstance(part, Expr) else part for part in e.args])


def _with(e: Expr, parts: Sequence[Basic]) -> Expr:
    """The same with other parts; SymPy takes long to build what is there already."""
    if all(a is b for a, b in zip(parts, e.args, strict=True)):
        return e
    return _plain(e.func, parts[0]) if isinstance(e, exp | log) and len(parts) == 1 else e.func(*parts)


def _plain(function: Callable[..., Expr], argument: Basic) -> Expr:
    """``exp`` or ``log`` of something, as it stands: SymPy takes long to find that nothing can be made of it."""
    return function(argument, evaluate=argument.is_Atom)


def _condition(condition: Any, names: Names) -> Any:
    """The condition of a case, its sides lowered."""
    if isinstance(condition, Relational):
        sides = (_lower(as_expr(side), (), names) for side in (condition.lhs, condition.rhs))
        return condition.func(*sides, evaluate=False)
    if isinstance(condition, BooleanFunction):
        return condition.func(*(_condition(part, names) for part in condition.args), evaluate=False)
    return condition


def _at(at: tuple[Expr, ...], wanted: int, e: Expr) -> tuple[Expr, ...]:
    if len(at) != wanted:
        raise TermError(f"{e} is {describe_shape(shape(e))}, a scalar was expected here")
    return at


def _series(e: Expr, at: tuple[Expr, ...], names: Names) -> Expr:
    """A sum or product: one bound index at a time, from the outermost (SymPy lists the innermost first)."""
    *rest, (bound, lower, upper) = e.limits
    body = e.func(e.function, *rest) if rest else e.function
    lower, upper = (end if end.is_infinite else _lower(end, (), names) for end in (lower, upper))
    k, inner = names.fresh(bound.name, lower, upper)
    renamed = body if k is bound else _renamed(body, bound, k)
    return e.func(_lower(renamed, at, inner), (k, lower, upper))


def _renamed(e: Expr, old: Expr, new: Expr) -> Expr:
    """The same with another index."""
    rule: dict[Basic, Basic] = {old: new}
    for delta in e.atoms(KroneckerDelta):
        rule[delta] = kronecker(*(as_expr(i.xreplace({old: new})) for i in delta.args))
    return e.xreplace(rule)


def _argument(e: Expr, names: Names) -> Expr:
    """An argument of an opaque function: arrays are tabulated entry by entry."""
    axes = shape(e)
    if not axes:
        return _lower(e, (), names)
    bound = []
    for name, axis in zip(COMPONENTS, axes, strict=False):
        k, names = names.fresh(name, axis.lower, axis.upper)
        bound.append(k)
    return Tabulate(_lower(e, tuple(bound), names), *(Tuple(k, k.lower, k.upper) for k in bound))
