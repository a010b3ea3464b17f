"""Functions that are written in several ways, or take other things than numbers."""

from __future__ import annotations

import ast
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import sympy
from sympy import Expr, Integer, Rational, S, Tuple

from verify.read.syntax import MAX_DIGITS, ReadError
from verify.terms import Frac

if TYPE_CHECKING:
    from verify.read.expressions import Reader


def _logarithm(reader: Reader, node: ast.Call, name: str) -> Expr:
    first, *rest = [reader.read(a) for a in reader.args(node, name, 1, 2)]
    if not rest or rest[0] is S.Exp1:
        return reader.build.call(sympy.log, (first,))
    return reader.build.quotient(reader.build.call(sympy.log, (first,)), reader.build.call(sympy.log, (rest[0],)))


def _common_logarithm(reader: Reader, node: ast.Call, name: str) -> Expr:
    """To the base that the name ends in."""
    (argument,) = (reader.read(a) for a in reader.args(node, name, 1))
    base = Integer(int(name.removeprefix("log")))
    return reader.build.quotient(reader.build.call(sympy.log, (argument,)), reader.build.call(sympy.log, (base,)))


def _root(reader: Reader, node: ast.Call, name: str) -> Expr:
    parts = [reader.read(a) for a in reader.args(node, name, *((2,) if name == "root" else (1,)))]
    degree = {"sqrt": Integer(2), "cbrt": Integer(3)}.get(name) or parts[1]
    return reader.build.power(parts[0], reader.build.quotient(S.One, degree))


def _fraction(reader: Reader, node: ast.Call, name: str) -> Expr:
    """A quotient as it stands; of one number its fractional part, ``x - floor(x)``."""
    top, *bottom = [reader.read(a) for a in reader.args(node, name, 1, 2)]
    if bottom:
        return reader.build.call(Frac, (top, bottom[0]))
    below = reader.build.call(sympy.floor, (top,))
    return reader.build.sum((top, reader.build.product((S.NegativeOne, below))))


def _power(reader: Reader, node: ast.Call, name: str) -> Expr:
    base, exponent = (reader.read(a) for a in reader.args(node, name, 2))
    return reader.build.power(base, exponent)


def _transpose(reader: Reader, node: ast.Call, name: str) -> Expr:
    """Every quantity is a scalar here."""
    return reader.read(reader.args(node, name, 1)[0])


def _rational(reader: Reader, node: ast.Call, name: str) -> Expr:
    values = []
    for a in reader.args(node, name, 1, 2):
        if isinstance(a, ast.Constant) and isinstance(a.value, str):
            values.append(_quoted(reader, a))
        else:
            values.append(reader.read(a))
    if not all(isinstance(v, Rational) for v in values):
        raise ReadError(f"{name} of something that is not a rational number")
    return values[0] if len(values) == 1 else reader.build.quotient(values[0], values[1])


def _quoted(reader: Reader, node: ast.Constant) -> Expr:
    text = str(node.value).strip()
    if not (len(text) <= MAX_DIGITS and text.isascii() and set(text) <= set("0123456789+-./eE")):
        raise ReadError("a text that is not a number", reader.source.column(node))
    top, _, bottom = text.partition("/")
    try:
        a, b = reader.decimal(top), reader.decimal(bottom) if bottom else S.One
    except ValueError as error:
        reason = error.reason if isinstance(error, ReadError) else "a text that is not a number"
        raise ReadError(reason, reader.source.column(node)) from None
    return reader.build.quotient(a, b)


def _hypergeometric(reader: Reader, node: ast.Call, name: str) -> Expr:
    upper, lower, z = reader.args(node, name, 3)
    return reader.build.call(getattr(sympy, name), (_nested(reader, upper), _nested(reader, lower), reader.read(z)))


def _nested(reader: Reader, node: ast.expr) -> Any:
    if isinstance(node, ast.Tuple | ast.List):
        return Tuple(*(_nested(reader, a) for a in node.elts))
    return reader.read(node)


SPECIAL: dict[str, Callable[[Reader, ast.Call, str], Expr]] = {
    "log": _logarithm,
    "log2": _common_logarithm,
    "log10": _common_logarithm,
    "sqrt": _root,
    "cbrt": _root,
    "root": _root,
    "frac": _fraction,
    "Pow": _power,
    "Rational": _rational,
    "Integer": _rational,
    "Float": _rational,
    "transpose": _transpose,
    "hyper": _hypergeometric,
    "meijerg": _hypergeometric,
}
