"""The shape of a surface expression: a scalar, a vector, a matrix; and what does not fit together."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import lru_cache, singledispatch

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
    return _shape(e)


@singledispatch
def _shape(e: Expr) -> Shape:
    """A symbol, a number, or a function of scalars."""
    for part in e.args:
        if isinstance(part, Expr):
            need_scalar(part, f"the argument of {type(e).__name__}")
    return ()


@_shape.register(Array | Slice)
def _(e: Array | Slice) -> Shape:
    return e.axes


@_shape.register(Ones)
def _(e: Ones) -> Shape:
    return (Axis(Integer(1), as_expr(e.args[0])),)


@_shape.register(Softmax)
def _(e: Softmax) -> Shape:
    return need_vector(as_expr(e.args[0]), "softmax")


@_shape.register(Each)
def _(e: Each) -> Shape:
    need_scalar(as_expr(e.args[0]), "an entry of each()")
    return tuple(Axis(i.lower, i.upper) for i in e.args[1:] if isinstance(i, Index))


@_shape.register(UnevaluatedExpr | relu)
def _(e: Expr) -> Shape:
    return shape(as_expr(e.args[0]))


@_shape.register(Dot)
def _(e: Dot) -> Shape:
    left, right = (need_vector(as_expr(a), "dot") for a in e.args)
    if left != right:
        raise TermError(f"dot({show(e.args[0])}, {show(e.args[1])}): lengths {sizes(left)} and {sizes(right)} differ")
    return ()


@_shape.register(Component)
def _(e: Component) -> Shape:
    need_vector(as_expr(e.args[0]), "a component")
    return ()


@_shape.register(Grad)
def _(e: Grad) -> Shape:
    of, by = as_expr(e.args[0]), as_expr(e.args[1])
    need_scalar(of, "grad() differentiates a scalar; its first argument")
    return shape(by)


@_shape.register(Add)
def _(e: Add) -> Shape:
    return common_shape(e.args, lambda: f"in the sum {show(e)}")


@_shape.register(Mul)
def _(e: Mul) -> Shape:
    shaped = [(factor, axes) for factor in e.args if (axes := shape(as_expr(factor)))]
    if len(shaped) > 1:
        raise TermError(
            f"{show(shaped[0][0])} times {show(shaped[1][0])}: both are vectors; use dot() for the dot product"
        )
    return shaped[0][1] if shaped else ()


@_shape.register(Frac)
def _(e: Frac) -> Shape:
    need_scalar(e.denominator, "a denominator")
    return shape(e.numerator)


@_shape.register(exp)
def _(e: exp) -> Shape:
    need_scalar(as_expr(e.args[0]), "the argument of exp")
    return ()


@_shape.register(Pow)
def _(e: Pow) -> Shape:
    for part in e.args:
        need_scalar(as_expr(part), "what is raised to a power, or its exponent,")
    return ()


@_shape.register(Sum | Subs)
def _(e: Expr) -> Shape:
    return shape(as_expr(e.args[0]))


@_shape.register(Derivative)
def _(e: Derivative) -> Shape:
    for variable, _ in e.variable_count:
        if variable.is_integer:
            raise TermError(f"{variable} is a whole number: there is no derivative by it")
    return shape(as_expr(e.args[0]))


@_shape.register(Product)
def _(e: Product) -> Shape:
    if shape(as_expr(e.args[0])):
        raise TermError(f"{show(e)}: a product of vectors has no meaning")
    return ()


@_shape.register(Piecewise)
def _(e: Piecewise) -> Shape:
    return common_shape([value for value, _ in e.args], lambda: f"in the cases {show(e)}")


@_shape.register(Opaque | Tabulate | Partial | Indexed)
def _(e: Expr) -> Shape:
    return ()


def as_expr(part: object) -> Expr:
    """An argument of a node, known to be an expression."""
    assert isinstance(part, Expr)
    return part


def sizes(axes: Shape) -> str:
    """``3×4``."""
    return "×".join(str(axis.size) for axis in axes) if axes else "a scalar"


def need_vector(e: Expr, where: str) -> Shape:
    """The shape of a vector.

    Raises:
        TermError: it is none.
    """
    axes = shape(e)
    if len(axes) != 1:
        raise TermError(
            f"{where} wants a vector, but {show(e)} is {'a scalar' if not axes else 'a ' + sizes(axes) + ' matrix'}"
        )
    return axes


def need_scalar(e: Expr, what: str) -> None:
    """That an expression is a scalar.

    Raises:
        TermError: it is none.
    """
    axes = shape(e)
    if axes:
        raise TermError(f"{what} must be a scalar, but {show(e)} is {describe_shape(axes)}")


def describe_shape(axes: Shape) -> str:
    """The shape in words."""
    return {0: "a scalar", 1: f"a vector of length {sizes(axes)}"}.get(len(axes), f"a {sizes(axes)} matrix")


def common_shape(parts: Iterable[Expr], where: Callable[[], str]) -> Shape:
    """The shape that all parts share; the number 0 fits any. ``where`` is asked if there is none.

    Raises:
        TermError: there is none.
    """
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


def content_shape(lines: Iterable[Content]) -> Shape:
    """The common shape of a chain's lines; propositions and problems count as scalars."""
    return common_shape([line for line in lines if isinstance(line, Expr)], lambda: "in this chain")
