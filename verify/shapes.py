"""The shape of a surface expression: a scalar, a vector, a matrix; and what does not fit together."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import lru_cache

from sympy import (
    Add,
    Derivative,
    Expr,
    Indexed,
    Integer,
    Mul,
    Piecewise,
    Pow,
    Product,
    S,
    Subs,
    Sum,
    UnevaluatedExpr,
    exp,
)

from verify.show import show
from verify.terms import (
    Array,
    Axis,
    Component,
    Content,
    Dot,
    Each,
    Frac,
    Grad,
    Index,
    Ones,
    Opaque,
    Partial,
    Slice,
    Softmax,
    Tabulate,
    TermError,
    relu,
)

Shape = tuple[Axis, ...]


@lru_cache(maxsize=8192)
def shape(e: Expr) -> Shape:
    """The axes of an expression, ``()`` for a scalar.

    Raises:
        TermError: the parts do not fit together.
    """
    if isinstance(e, Array | Slice):
        return e.axes
    if isinstance(e, Ones):
        return (Axis(Integer(1), as_expr(e.args[0])),)
    if isinstance(e, Softmax):
        return need_vector(as_expr(e.args[0]), "softmax")
    if isinstance(e, Each):
        need_scalar(as_expr(e.args[0]), "an entry of each()")
        return tuple(Axis(i.lower, i.upper) for i in e.args[1:] if isinstance(i, Index))
    if isinstance(e, UnevaluatedExpr):
        return shape(as_expr(e.args[0]))
    if isinstance(e, Dot):
        left, right = (need_vector(as_expr(a), "dot") for a in e.args)
        if left != right:
            raise TermError(
                f"dot({show(e.args[0])}, {show(e.args[1])}): lengths {sizes(left)} and {sizes(right)} differ"
            )
        return ()
    if isinstance(e, Component):
        need_vector(as_expr(e.args[0]), "a component")
        return ()
    if isinstance(e, Grad):
        of, by = as_expr(e.args[0]), as_expr(e.args[1])
        need_scalar(of, "grad() differentiates a scalar; its first argument")
        return shape(by)
    if isinstance(e, Add):
        return common_shape(e.args, lambda: f"in the sum {show(e)}")
    if isinstance(e, Mul):
        return _factor_shape(e)
    if isinstance(e, Frac):
        need_scalar(e.denominator, "a denominator")
        return shape(e.numerator)
    if isinstance(e, exp):
        need_scalar(as_expr(e.args[0]), "the argument of exp")
        return ()
    if isinstance(e, Pow):
        for part in e.args:
            need_scalar(as_expr(part), "what is raised to a power, or its exponent,")
        return ()
    if isinstance(e, Derivative):
        for variable, _ in e.variable_count:
            if variable.is_integer:
                raise TermError(f"{variable} is a whole number: there is no derivative by it")
    if isinstance(e, Sum | Product | Derivative | Subs):
        inner = shape(as_expr(e.args[0]))
        if inner and isinstance(e, Product):
            raise TermError(f"{show(e)}: a product of vectors has no meaning")
        return inner
    if isinstance(e, Piecewise):
        return common_shape([value for value, _ in e.args], lambda: f"in the cases {show(e)}")
    if isinstance(e, relu):
        return shape(as_expr(e.args[0]))
    if isinstance(e, Opaque | Tabulate | Partial | Indexed):
        return ()
    for part in e.args:
        if isinstance(part, Expr):
            need_scalar(part, f"the argument of {type(e).__name__}")
    return ()


def as_expr(part: object) -> Expr:
    assert isinstance(part, Expr)
    return part


def sizes(axes: Shape) -> str:
    return "×".join(str(axis.size) for axis in axes) if axes else "a scalar"


def need_vector(e: Expr, where: str) -> Shape:
    axes = shape(e)
    if len(axes) != 1:
        raise TermError(
            f"{where} wants a vector, but {show(e)} is {'a scalar' if not axes else 'a ' + sizes(axes) + ' matrix'}"
        )
    return axes


def need_scalar(e: Expr, what: str) -> None:
    axes = shape(e)
    if axes:
        raise TermError(f"{what} must be a scalar, but {show(e)} is {describe_shape(axes)}")


def describe_shape(axes: Shape) -> str:
    return {0: "a scalar", 1: f"a vector of length {sizes(axes)}"}.get(len(axes), f"a {sizes(axes)} matrix")


def common_shape(parts: Iterable[Expr], where: Callable[[], str]) -> Shape:
    """The shape that all parts share; the number 0 fits any. ``where`` is asked if there is none."""
    shapes = [(part, shape(part)) for part in parts if part is not S.Zero]
    if not shapes:
        return ()
    first, expected = shapes[0]
    for part, axes in shapes[1:]:
        if axes != expected:
            raise TermError(
                f"{where()}: {show(first)} is {describe_shape(expected)}, {show(part)} is {describe_shape(axes)}"
            )
    return expected


def _factor_shape(e: Mul) -> Shape:
    shaped = [(factor, axes) for factor in e.args if (axes := shape(as_expr(factor)))]
    if len(shaped) > 1:
        raise TermError(
            f"{show(shaped[0][0])} times {show(shaped[1][0])}: both are vectors; use dot() for the dot product"
        )
    return shaped[0][1] if shaped else ()


def content_shape(lines: Iterable[Content]) -> Shape:
    """The common shape of a chain's lines; propositions and problems count as scalars."""
    return common_shape([line for line in lines if isinstance(line, Expr)], lambda: "in this chain")
