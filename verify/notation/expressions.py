"""Expressions that stay as they are written."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import sympy
from sympy import Derivative, Dummy, Expr, Indexed, Subs, Symbol

from verify.notation.symbols import IndexSet
from verify.terms import (
    Array,
    Component,
    Dot,
    Each,
    Frac,
    Grad,
    Index,
    Ones,
    Slice,
    Softmax,
    TermError,
    kronecker,
    number,
)


def dot(a: Any, b: Any) -> Expr:
    """The dot product ``aᵀb`` of two vectors of one length."""
    return Dot(number(a), number(b))


def component(v: Any, i: Any) -> Expr:
    """One component of a vector that is not just a name: ``component(matvec(W, h) + b, i)``."""
    vector = number(v)
    return vector[number(i)] if isinstance(vector, Array | Slice) else Component(vector, number(i))


class Transposed:
    """A matrix whose rows are read as columns, for :func:`matvec`."""

    def __init__(self, matrix: Array) -> None:
        self.matrix = matrix


def transpose(matrix: Array) -> Transposed:
    """``Xᵀ``, to be multiplied with a vector: ``matvec(transpose(X), v)``.

    Raises:
        TermError: it is no matrix.
    """
    if not isinstance(matrix, Array) or len(matrix.axes) != 2:
        raise TermError(f"transpose() is of a matrix, not of {matrix}")
    return Transposed(matrix)


def matvec(matrix: Array | Transposed, v: Any) -> Expr:
    """The product of a matrix, or of a transposed one, and a vector."""
    if isinstance(matrix, Transposed):
        row, column = (
            Index(name, axis.lower, axis.upper)
            for name, axis in zip(("along", "column"), matrix.matrix.axes, strict=True)
        )
        entry = matrix.matrix[row, column] * Component(number(v), row)
        return Each(sympy.Sum(entry, (row, row.lower, row.upper)), column)
    row = Index("row", matrix.axes[0].lower, matrix.axes[0].upper)
    return Each(Dot(matrix[row], number(v)), row)


def grad(f: Any, by: Any) -> Expr:
    """The gradient of a scalar, not yet computed; it has the shape of ``by`` (a symbol, vector, row or matrix)."""
    by = number(by)
    if not isinstance(by, Symbol | Slice | Indexed):
        raise TermError(f"grad() differentiates by a symbol, a vector or a row, not by {by}")
    return Grad(number(f), by)


def delta(i: Any, j: Any) -> Expr:
    """Kronecker's delta: 1 where the indices are equal, else 0."""
    return kronecker(number(i), number(j))


def _limits(over: tuple[Any, ...]) -> list[tuple[Any, ...]]:
    limits: list[tuple[Any, ...]] = []
    for k in over:
        if isinstance(k, Index):
            limits.append((k, k.lower, k.upper))
        elif isinstance(k, tuple) and len(k) == 3:
            ends = number(k[1]), number(k[2])
            for end in ends:
                if not (end.is_integer or end.is_infinite):
                    raise TermError(f"a range ends at whole numbers, {end} is not known to be one")
            limits.append((k[0], *ends))
        else:
            raise TermError(f"a sum ranges over an index of an index set or over (k, from, to), not over {k}")
    return limits


def Sum(body: Any, *over: Any) -> Expr:
    """``Σ``: each index ranges over its set, or over ``(k, from, to)``; not evaluated."""
    return sympy.Sum(number(body), *_limits(over))


def Product(body: Any, *over: Any) -> Expr:
    """``Π``, like :func:`Sum`."""
    return sympy.Product(number(body), *_limits(over))


def Limit(body: Any, variable: Symbol, place: Any, side: str = "+-") -> Expr:
    """``lim``, from both sides (SymPy's own takes the right one); ``side``: ``"+"`` from above, ``"-"`` from below."""
    return sympy.Limit(number(body), variable, number(place), side)


def frac(numerator: Any, denominator: Any) -> Expr:
    """A quotient that stays as written (``frac(x**2, x)`` is not ``x``)."""
    return Frac(number(numerator), number(denominator))


def softmax(x: Any) -> Softmax:
    """``softmax(x)[i] = exp(x_i)/Σ_j exp(x_j)``."""
    return Softmax(number(x))


def hold(e: Any) -> Expr:
    """A part that stays as written within a larger expression: ``hold(1 + y) - 1`` is not ``y``."""
    return sympy.UnevaluatedExpr(number(e))


def ones(size: IndexSet | Expr | int) -> Expr:
    """The vector of ones: ``x + c*ones(n)`` adds ``c`` to each component."""
    return Ones(size.size if isinstance(size, IndexSet) else number(size))


def each(body: Any, *indices: Index) -> Expr:
    """The vector (or matrix) with the given entries: ``each(exp(x[i]), i)``."""
    return Each(number(body), *indices)


def prime(f: Callable[[Any], Any], at: Any) -> Expr:
    """``f'(at)``, the derivative of a function of one variable, not yet computed."""
    variable = Symbol("u", real=True)
    if variable in number(at).free_symbols:
        variable = Dummy("u", real=True)
    return Subs(Derivative(f(variable), variable), variable, number(at))
