"""What an author may give as a number: SymPy expressions, Python numbers, decimals as they were typed."""

from __future__ import annotations

import math
from fractions import Fraction
from typing import Any

from sympy import (
    Add,
    Derivative,
    Expr,
    Float,
    Function,
    Integer,
    Lambda,
    MatrixBase,
    MatrixExpr,
    Mul,
    Pow,
    Rational,
    Symbol,
    SympifyError,
    sympify,
)
from sympy.logic.boolalg import Boolean

TYPED_DIGITS = 12  # a float with more was computed, not typed

_PLAIN = frozenset((Add, Mul, Pow, Symbol, Rational, Integer, Derivative))  # these need no second look


class TermError(ValueError):
    """A term that makes no sense as mathematics (a shape that does not fit, a wrong number of indices, …)."""


def number(value: Any) -> Expr:
    """``value`` as a SymPy expression; Python floats become the exact decimal that was typed (0.1 is 1/10).

    Raises:
        TermError: it is something else (text, a truth value, a matrix, a number that was computed in floating point).
    """
    if type(value) in _PLAIN or isinstance(value, Function):
        plain: Expr = value
        return plain
    if isinstance(value, str):
        raise TermError(f"expected an expression or a number, got the text {value!r} (a line's LaTeX comes after it)")
    if isinstance(value, bool):
        raise TermError(f"expected an expression or a number, got {value} (== compares at once: write Eq(x, 1))")
    if value is None:
        raise TermError("expected an expression or a number, got None")
    if isinstance(value, Boolean) and not isinstance(value, Expr):
        raise TermError(f"SymPy's {value} rewrites itself; write Ge(x, 0), Eq(x, 1), And(…), … of verify.notation")
    if isinstance(value, float):
        return decimal(Float(value))
    try:
        converted = sympify(value, strict=True)
    except (SympifyError, TypeError, ValueError) as error:
        raise TermError(f"expected an expression or a number, got {type(value).__name__}") from error
    if isinstance(converted, MatrixBase | MatrixExpr):
        raise TermError("SymPy's matrices are not used here: declare vector(…) and matrix(…)")
    if not isinstance(converted, Expr) or isinstance(converted, Lambda):
        raise TermError(f"expected an expression or a number, got {type(value).__name__}")
    return converted


def fraction(value: Any) -> Fraction:
    """A rational number of SymPy's or FLINT's in Python's arithmetic."""
    return Fraction(int(value.p), int(value.q))


def decimal(value: Float) -> Rational:
    """The decimal that was typed, exactly: 0.1 is 1/10.

    Raises:
        TermError: so many digits that it was computed rather than typed, or not a finite number.
    """
    written = f"{float(value):.15g}"
    if not math.isfinite(float(value)):
        raise TermError("there is no such number as inf or nan here")
    if len(written.partition("e")[0].replace(".", "").strip("-0")) > TYPED_DIGITS:
        raise TermError(f"{value} was computed in floating point; write it exactly: Rational(1, 3), sqrt(2), …")
    return Rational(written)
