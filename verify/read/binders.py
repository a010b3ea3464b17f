"""What binds a variable: sums, products, integrals, limits, substitutions; and derivatives and cases.

A bound variable gets a name that is not taken, so that it captures nothing, and what is known of its domain: the range
of an index, the sign of a variable of integration.
"""

from __future__ import annotations

import ast
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any

from sympy import Derivative, Expr, Integral, Limit, Piecewise, Product, S, Subs, Sum, Symbol, Tuple

from verify.read.logic import in_sympy
from verify.read.syntax import ReadError
from verify.terms import Index

if TYPE_CHECKING:
    from verify.read.expressions import Reader

MAX_ORDER = 100  # of a derivative


def _limits(node: ast.Call, name: str, reader: Reader) -> list[tuple[ast.Name, ast.expr, ast.expr]]:
    limits = []
    for limit in node.args[1:]:
        parts = limit.elts if isinstance(limit, ast.Tuple) else [limit]
        if not isinstance(parts[0] if parts else None, ast.Name):
            raise ReadError(f"{name} over something that is not a variable", reader.source.column(limit))
        if len(parts) != 3:
            raise ReadError(f"{name} without both ends of its range", reader.source.column(limit))
        limits.append((parts[0], parts[1], parts[2]))
    if not limits:
        raise ReadError(f"{name} without a variable")
    return limits  # type: ignore[return-value]  # the first parts are names, seen above


def _series(reader: Reader, node: ast.Call, name: str) -> Expr:
    kind = {"Sum": Sum, "Product": Product, "Integral": Integral}[name]

    def nest(limits: Sequence[tuple[ast.Name, ast.expr, ast.expr]]) -> Expr:
        """SymPy lists the innermost limit first."""
        if not limits:
            return reader.read(node.args[0])
        *inner, (variable, low, high) = limits
        lower, upper = reader.read(low), reader.read(high)
        written = reader.source.name(variable)
        fresh = reader.fresh(written)
        if kind is Integral:
            bound: Symbol = Symbol(fresh, **_domain_between(lower, upper))
        else:
            bound = Index(fresh, lower, upper)
        with reader.bound(written, bound):
            body = nest(inner)
        return reader.build.bind(kind, body, (bound, lower, upper))

    return nest(_limits(node, name, reader))


def _derivative(reader: Reader, node: ast.Call, name: str) -> Expr:
    if len(node.args) < 2:
        raise ReadError("Derivative without a variable")
    body = reader.read(node.args[0])
    counts: list[tuple[Expr, Expr]] = []
    rest = list(node.args[1:])
    while rest:
        item = rest.pop(0)
        parts = list(item.elts) if isinstance(item, ast.Tuple) else [item]
        if len(parts) == 1 and rest and isinstance(rest[0], ast.Constant):
            parts.append(rest.pop(0))  # Derivative(f, x, 2)
        if len(parts) not in (1, 2) or not isinstance(parts[0], ast.Name):
            raise ReadError("Derivative by something that is not a variable", reader.source.column(item))
        variable = reader.read(parts[0])
        if not isinstance(variable, Symbol):
            raise ReadError("Derivative by something that is not a variable", reader.source.column(item))
        count = reader.read(parts[1]) if len(parts) == 2 else S.One
        if count.is_integer is False or count.is_negative or (count.is_number and count > MAX_ORDER):
            raise ReadError(f"a derivative of order {count}", reader.source.column(item))
        counts.append((variable, count))
    return reader.build.bind(lambda *args: Derivative(*args, evaluate=False), body, *counts)


def _limit(reader: Reader, node: ast.Call, name: str) -> Expr:
    body, variable, to = reader.args(node, name, 3, 4)[:3]
    side: Any = node.args[3] if len(node.args) == 4 else None
    for given in node.keywords:
        if given.arg != "dir" or side is not None:
            raise ReadError("Limit takes no such argument", reader.source.column(given.value))
        side = given.value
    direction = None if side is None else getattr(side, "value", "")
    if direction not in (None, "+", "-", "+-"):
        raise ReadError("the direction of a limit is '+', '-' or '+-'")
    if not isinstance(variable, ast.Name):
        raise ReadError("Limit over something that is not a variable", reader.source.column(variable))
    point = reader.read(to)
    if direction is None:  # in mathematics from both sides, in SymPy from above
        direction = "+" if point.is_infinite else "+-"
    written = reader.source.name(variable)
    above = point is S.Infinity or (point.is_nonnegative and direction == "+")
    domain = {"positive": True} if above else {"real": True} if point.is_extended_real else {"complex": True}
    bound = Symbol(reader.fresh(written), **domain)
    with reader.bound(written, bound):
        inner = reader.read(body)
    return reader.build.bind(lambda *args: Limit(*args, dir=direction), inner, bound, point)


def _substitution(reader: Reader, node: ast.Call, name: str) -> Expr:
    body, variables, points = reader.args(node, name, 3)
    names = list(variables.elts) if isinstance(variables, ast.Tuple | ast.List) else [variables]
    values = list(points.elts) if isinstance(points, ast.Tuple | ast.List) else [points]
    if len(names) != len(values) or not all(isinstance(n, ast.Name) for n in names):
        raise ReadError("Subs wants variables, and as many values")
    at = [reader.read(v) for v in values]
    before = reader.scope
    bound = []
    try:
        for variable, value in zip(names, at, strict=True):
            assert isinstance(variable, ast.Name)
            written = reader.source.name(variable)
            symbol = Symbol(reader.fresh(written), **({"real": True} if value.is_real else {"complex": True}))
            bound.append(symbol)
            reader.scope = {**reader.scope, written: symbol}
        inner = reader.read(body)
    finally:
        reader.scope = before
    return reader.build.bind(Subs, inner, Tuple(*bound), Tuple(*at))


def _piecewise(reader: Reader, node: ast.Call, name: str) -> Expr:
    cases = []
    for case in node.args:
        if not isinstance(case, ast.Tuple) or len(case.elts) != 2:
            raise ReadError("Piecewise wants pairs (value, condition)", reader.source.column(case))
        value, condition = case.elts
        cases.append((reader.read(value), in_sympy(reader.condition(condition))))
    if not cases:
        raise ReadError("Piecewise without a case")
    return reader.build.bind(Piecewise, *cases)


def _domain_between(lower: Expr, upper: Expr) -> dict[str, bool]:
    """What is known of a variable that runs from ``lower`` to ``upper``; single points do not matter."""
    if lower.is_extended_nonnegative and upper.is_extended_nonnegative:
        return {"positive": True}
    return {"real": True} if lower.is_extended_real and upper.is_extended_real else {"complex": True}


BINDERS: dict[str, Callable[[Reader, ast.Call, str], Expr]] = {
    "Sum": _series,
    "Product": _series,
    "Integral": _series,
    "Derivative": _derivative,
    "Limit": _limit,
    "Subs": _substitution,
    "Piecewise": _piecewise,
}
