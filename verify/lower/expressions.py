"""The core of an expression: a scalar, in which every bound index has a name of its own.

What a kind of node becomes is said once for each (:func:`core`), for vectors and what is made of them in
:mod:`.vectors`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from functools import lru_cache, singledispatch
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
from sympy.logic.boolalg import BooleanFunction

from verify.lower.names import COMPONENTS, Names
from verify.occurs import names_in
from verify.shapes import as_expr, shape
from verify.terms import Frac, Opaque, Tabulate, TermError, decimal, kronecker, relu


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
    return lowered(e, tuple(at), Names(frozenset(name for name in names if name.rstrip("'") in wanted)))


@lru_cache(maxsize=1 << 13)
def _wanted(e: Basic) -> frozenset[str]:
    """The names that lowering may want for bound indices; which others are taken does not matter."""
    own = {limit[0].name.rstrip("'") for limit in e.limits} if isinstance(e, Sum | Product) else set()
    return frozenset(COMPONENTS).union(own, *map(_wanted, e.args))


@lru_cache(maxsize=8192)
def lowered(e: Expr, at: tuple[Expr, ...], names: Names) -> Expr:
    """The same for an expression whose shape is known to fit."""
    found: Expr = core(e, at, names)
    return found


@singledispatch
def core(e: Expr, at: tuple[Expr, ...], names: Names) -> Expr:
    """What a kind of node becomes; the others stay what they are, of scalars."""
    return rebuilt(e, [lowered(part, (), names) if isinstance(part, Expr) else part for part in e.args])


@core.register(Symbol)
def _(e: Symbol, at: tuple[Expr, ...], names: Names) -> Expr:
    return e


@core.register(Float)
def _(e: Float, at: tuple[Expr, ...], names: Names) -> Expr:
    return decimal(e)


@core.register(type(S.NaN) | type(S.ComplexInfinity))
def _(e: Expr, at: tuple[Expr, ...], names: Names) -> Expr:
    raise TermError(f"this divides by zero: SymPy has made {e} of it")


@core.register(type(S.Infinity) | type(S.NegativeInfinity))
def _(e: Expr, at: tuple[Expr, ...], names: Names) -> Expr:
    raise TermError(f"{e} is not a number")


# -- what stands for each component alike --------------------------------------------------------------------


@core.register(UnevaluatedExpr)
def _(e: UnevaluatedExpr, at: tuple[Expr, ...], names: Names) -> Expr:
    return lowered(as_expr(e.args[0]), at, names)


@core.register(Add)
def _(e: Add, at: tuple[Expr, ...], names: Names) -> Expr:
    return rebuilt(e, [lowered(as_expr(part), at, names) for part in e.args])


@core.register(Mul)
def _(e: Mul, at: tuple[Expr, ...], names: Names) -> Expr:
    return rebuilt(e, [lowered(as_expr(part), at if shape(as_expr(part)) else (), names) for part in e.args])


@core.register(Frac)
def _(e: Frac, at: tuple[Expr, ...], names: Names) -> Expr:
    return Frac(lowered(e.numerator, at, names), lowered(e.denominator, (), names))


@core.register(relu)
def _(e: relu, at: tuple[Expr, ...], names: Names) -> Expr:
    return relu(lowered(as_expr(e.args[0]), at, names))


@core.register(Piecewise)
def _(e: Piecewise, at: tuple[Expr, ...], names: Names) -> Expr:
    return Piecewise(*((lowered(value, at, names), _condition(condition, names)) for value, condition in e.args))


@core.register(Derivative)
def _(e: Derivative, at: tuple[Expr, ...], names: Names) -> Expr:
    by = ((lowered(v, (), names), n) for v, n in e.variable_count)
    return Derivative(lowered(e.expr, at, names), *by, evaluate=False)


@core.register(Subs)
def _(e: Subs, at: tuple[Expr, ...], names: Names) -> Expr:
    return Subs(lowered(e.expr, at, names), e.variables, [lowered(as_expr(p), (), names) for p in e.point])


@core.register(Sum | Product)
def _(e: Expr, at: tuple[Expr, ...], names: Names) -> Expr:
    """One bound index at a time, from the outermost (SymPy lists the innermost first)."""
    *rest, (bound, lower, upper) = e.limits
    body = e.func(e.function, *rest) if rest else e.function
    lower, upper = (end if end.is_infinite else lowered(end, (), names) for end in (lower, upper))
    k, inner = names.fresh(bound.name, lower, upper)
    renamed = body if k is bound else _renamed(body, bound, k)
    return e.func(lowered(renamed, at, inner), (k, lower, upper))


# -- what takes scalars --------------------------------------------------------------------------------------


@core.register(Indexed)
def _(e: Indexed, at: tuple[Expr, ...], names: Names) -> Expr:
    return rebuilt(e, [e.args[0], *(lowered(as_expr(i), (), names) for i in e.args[1:])])


@core.register(Opaque)
def _(e: Opaque, at: tuple[Expr, ...], names: Names) -> Expr:
    return Opaque(e.args[0], *(_argument(as_expr(a), names) for a in e.args[1:]))


@core.register(Limit)
def _(e: Limit, at: tuple[Expr, ...], names: Names) -> Expr:
    body, variable, point, side = e.args
    place = point if point.is_infinite else lowered(as_expr(point), (), names)
    return Limit(lowered(as_expr(body), (), names), variable, place, str(side))


@core.register(Integral)
def _(e: Integral, at: tuple[Expr, ...], names: Names) -> Expr:
    if any(len(limit) == 1 for limit in e.limits):
        raise TermError(
            f"{e}: an integral wants its range, (x, a, b); an antiderivative F of f is Derivative(F, x) = f"
        )
    rule = _positive(e)
    body = e.function.xreplace(rule) if rule else e.function
    return rebuilt(e, [lowered(body, (), names), *(limit.xreplace(rule) if rule else limit for limit in e.limits)])


def _positive(e: Integral) -> dict[Basic, Basic]:
    """Variables between numbers that are not negative, as positive ones: single points do not matter."""
    rule: dict[Basic, Basic] = {}
    for variable, *ends in e.limits:
        narrow = Symbol(variable.name, positive=True)
        signed = len(ends) == 2 and all(end.is_extended_nonnegative for end in ends)
        if signed and variable.is_extended_real and not variable.is_integer and narrow not in e.atoms(Symbol):
            rule[variable] = narrow
    return rule


# -- their parts ---------------------------------------------------------------------------------------------


def rebuilt(e: Expr, parts: Sequence[Basic]) -> Expr:
    """The same with other parts; SymPy takes long to build what is there already."""
    if all(a is b for a, b in zip(parts, e.args, strict=True)):
        return e
    return unevaluated(e.func, parts[0]) if isinstance(e, exp | log) and len(parts) == 1 else e.func(*parts)


def unevaluated(function: Callable[..., Expr], argument: Basic) -> Expr:
    """``exp`` or ``log`` of something, as it stands: SymPy takes long to find that nothing can be made of it."""
    return function(argument, evaluate=argument.is_Atom)


def _condition(condition: Any, names: Names) -> Any:
    """The condition of a case, its sides lowered."""
    if isinstance(condition, Relational):
        sides = (lowered(as_expr(side), (), names) for side in (condition.lhs, condition.rhs))
        return condition.func(*sides, evaluate=False)
    if isinstance(condition, BooleanFunction):
        return condition.func(*(_condition(part, names) for part in condition.args), evaluate=False)
    return condition


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
        return lowered(e, (), names)
    bound = []
    for name, axis in zip(COMPONENTS, axes, strict=False):
        k, names = names.fresh(name, axis.lower, axis.upper)
        bound.append(k)
    return Tabulate(lowered(e, tuple(bound), names), *(Tuple(k, k.lower, k.upper) for k in bound))
