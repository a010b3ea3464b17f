"""Bound indices and their ranges: how a summand is read, when a range is known, what a range speaks of."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import Any, TypeAlias

from sympy import Add, Dummy, Expr, Function, Integer, Max, Min, Mul, Pow, Product, Sum, Symbol, Tuple, oo
from sympy.core.basic import Basic

from verify.normal.algebra.field import Field
from verify.normal.algebra.kernels import Kernel
from verify.normal.algebra.ratio import Ratio
from verify.normal.functions.atoms import Bound, symbol, whole
from verify.normal.read import bindings, read
from verify.normal.text.write import expression
from verify.terms import free

Limit: TypeAlias = tuple[Bound, Expr, Expr]
MAX_EXPLICIT = 24  # sums of at most so many terms of a numeric range are written out


@lru_cache(maxsize=4096)
def width(lo: Expr, hi: Expr) -> Expr:
    """hi − lo, one less than how many indices a regular range has."""
    return hi - lo


@lru_cache(maxsize=4096)
def speaks_of(lo: Expr, hi: Expr) -> frozenset[Symbol]:
    """The symbols in a range."""
    return free(lo) | free(hi)


def infinite(limits: Sequence[Limit]) -> bool:
    """Whether one of the ranges has no end."""
    return any(x is oo or x is -oo for _, lo, hi in limits for x in (lo, hi))


def regular(field: Field, lo: Expr, hi: Expr) -> bool:
    """hi ≥ lo − 1 known, for integers: the range has hi − lo + 1 members, perhaps none."""
    key = ("regular", lo, hi)
    found: bool | None = field.memo.get(key)
    if found is None:
        known = field.facts.nonempty
        found = field.memo[key] = whole(field, lo, hi) and bool(known(lo, hi) or known(lo, hi + 1))
    return found


def generator(field: Field, name: Symbol) -> Kernel:
    """The kernel of a symbol."""
    found = field.table.get(("symbol", name))
    if found is None:
        (found,) = symbol(field, name).inside
    return found


def weight(field: Field, e: Basic) -> int:
    """An upper bound on how many bound indices the canonical form can nest (names start above it)."""
    if not e.args:
        return 0
    key = ("weight", e)
    found = field.memo.get(key)
    if found is None:
        inner = [weight(field, a) for a in e.args]
        if isinstance(e, Mul):
            found = sum(inner)
        elif isinstance(e, Pow) and isinstance(e.exp, Integer) and abs(int(e.exp)) < 10:
            found = inner[0] * max(1, abs(int(e.exp)))
        elif isinstance(e, Add | Function | Tuple):
            found = max(inner)
        elif type(e).__name__ == "Derivative":
            found = 2 * sum(inner) + 2
        else:
            found = sum(inner) + sum(isinstance(a, Tuple) for a in e.args)
        field.memo[key] = found
    return int(found)


def bound_body(field: Field, body: Expr, limits: Sequence[Tuple]) -> tuple[Ratio, list[Limit]]:
    """The summand in canonical form and its limits (outermost first) with fresh bound indices.

    The indices are replaced while the summand is read (``field.scope``), which spares rebuilding it; SymPy writes the
    innermost limit first.
    """
    own = {limit[0]: Dummy(limit[0].name, integer=True) for limit in limits if isinstance(limit[0], Bound)}
    if own:  # an expression that came from a canonical form: its names must not meet those that are given here
        body, limits = body.xreplace(own), [limit.xreplace(own) for limit in limits]
    level = weight(field, body) + len(limits) + max((weight(field, Tuple(*limit)) for limit in limits), default=0)
    outer, found = field.scope, []
    try:
        for name, lo, hi in reversed(limits):
            lo, hi = end(field, lo), end(field, hi)
            fresh = Bound(f"‹{level}›", lo, hi)
            level -= 1
            field.scope = {**field.scope, name: fresh}
            found.append((fresh, lo, hi))
        return read(field, body), found
    finally:
        field.scope = outer


def unrolled(field: Field, e: Sum | Product) -> list[Ratio] | None:
    """The terms one by one, where the index runs over a short numeric range."""
    if len(e.limits) != 1 or isinstance(e.limits[0][0], Bound):
        return None
    name, lo, hi = e.limits[0]
    lo, hi = end(field, lo), end(field, hi)
    if not lo.is_Integer or not hi.is_Integer or int(hi) - int(lo) >= MAX_EXPLICIT:
        return None
    outer, found = field.scope, []
    try:
        for value in range(int(lo), int(hi) + 1):
            field.scope = {**outer, name: Integer(value)}
            found.append(read(field, e.function))
        return found
    finally:
        field.scope = outer


def extreme(kind: type[Expr], ends: Sequence[Expr]) -> Expr:
    """Max or Min of the ends of ranges; symbolic ones stay as they are (SymPy takes 8 ms to evaluate them)."""
    if all(isinstance(x, Integer) for x in ends):
        return Integer(max(map(int, ends)) if kind is Max else min(map(int, ends)))
    found: Expr = kind(*ends, evaluate=False)
    return found


def changed(e: Expr, table: Mapping[Any, Any]) -> Expr:
    """The end of a range with indices replaced."""
    if isinstance(e, Max | Min):
        return extreme(type(e), [changed(a, table) for a in e.args])
    replaced: Expr = e.xreplace(table)
    return replaced


def end(field: Field, e: Expr) -> Expr:
    """The end of a range in canonical form, Max and Min kept as they are."""
    if isinstance(e, Symbol):
        return field.scope.get(e, e)
    if isinstance(e, Integer) or e is oo or e is -oo:
        return e
    key = ("end", e, bindings(field, e))
    found: Expr | None = field.memo.get(key)
    if found is None:
        if isinstance(e, Max | Min):
            found = extreme(type(e), [end(field, a) for a in e.args])
        elif isinstance(e, Add | Mul) and e.has(Max, Min):
            found = e.func(*(end(field, a) for a in e.args))
        else:
            found = expression(field, read(field, e))
        field.memo[key] = found
    return found
