"""Kronecker deltas: δ² = δ, δ(a, b) = δ(b, a), collapse against a range, δ(a, b)·f(a) = δ(a, b)·f(b).

A delta is a kernel whose one argument is the difference of its indices, with its sign fixed.
"""

from __future__ import annotations

from collections.abc import Sequence

from sympy import Expr, KroneckerDelta

from verify.normal.algebra.field import Field
from verify.normal.algebra.kernels import KINDS, Differentiate, Kernel, Kind
from verify.normal.algebra.limits import Unsupported
from verify.normal.algebra.ratio import Ratio
from verify.normal.functions.atoms import integer, whole
from verify.normal.read import read, reads
from verify.normal.text.write import expression, text
from verify.terms import free


def delta(field: Field, a: Ratio, b: Ratio) -> Ratio:
    """δ(a, b): 1 where a = b, otherwise 0."""
    difference = a - b
    if difference.is_zero:
        return field.one
    if difference.rational() is not None:
        return field.zero
    opposite = -difference
    met = field.table.get(("delta", None, difference.key)) or field.table.get(("delta", None, opposite.key))
    if met is not None:
        return met.ratio
    if field.facts.distinct(expression(field, a), expression(field, b)):
        field.relations["distinct indices: δ = 0"] = None
        return field.zero
    # the sign that makes the text smaller: independent of the order in which kernels arose
    argument = min(difference, opposite, key=lambda one: text(field, one))
    return field.kernel("delta", None, (argument,), real=True, rule=lambda g: (2, g))


def solve(field: Field, difference: Ratio, unknown: Kernel) -> Ratio | None:
    """The value of ``unknown`` at which ``difference`` is zero, if it is linear in it with a number before it."""
    p = difference.num
    if not difference.den.is_constant() or p.degrees()[unknown.index] != 1:
        return None
    slope = p.derivative(unknown.index)
    if not slope.is_constant():
        return None
    rest = p - slope * unknown.poly
    if any(unknown.index in k.deep for k in field.used(rest)):
        return None
    return field.ratio(-rest, slope)


def collapse_value(
    field: Field, kernel: Kernel, variable: Kernel, limits: Sequence[tuple[Expr, Expr, Expr]]
) -> Ratio | None:
    """The index at which the delta picks a term of the sum over ``variable``, if known to lie in its range."""
    value = solve(field, kernel.args[0], variable)
    if value is None or not integer(field, value):
        return None
    lower, upper = next((lo, hi) for v, lo, hi in limits if v == variable.data)
    inside = field.deep(value)
    others = [v for v, _, _ in limits if v != variable.data]
    if any(_index(field, v) in inside for v in others) and any(
        variable.data in (free(lo) | free(hi)) for _, lo, hi in limits
    ):
        return None  # the range of an index in the value may hang on the index that goes away
    if whole(field, lower) and field.facts.within(expression(field, value), lower, upper):
        field.relations["a delta collapses a sum within its range"] = None
        return value
    return None


def _index(field: Field, v: Expr) -> int:
    kernel = field.only(read(field, v))
    assert kernel is not None
    return kernel.index


def merge(field: Field, kernel: Kernel, bound: frozenset[int] = frozenset()) -> tuple[Kernel, Ratio] | None:
    """What to replace by what where the delta is 1: preferably an entry that depends on bound indices, otherwise the
    symbol with the greatest text; never a bound index itself (its range may not contain the value)."""
    candidates = []
    for k in kernel.args[0].over:
        if k.kind in ("symbol", "entry") and k.index not in bound:
            value = solve(field, kernel.args[0], k)
            if value is not None:
                rank = (not bound.isdisjoint(k.deep), k.kind == "symbol", text(field, k.ratio))
                candidates.append((rank, k, value))
    if not candidates:
        return None
    _, unknown, value = max(candidates, key=lambda c: c[0])
    return unknown, value


@reads(KroneckerDelta)
def _read(field: Field, e: Expr) -> Ratio:
    return delta(field, read(field, e.args[0]), read(field, e.args[1]))


def _write(field: Field, kernel: Kernel, args: Sequence[Expr]) -> Expr:
    difference = kernel.args[0].num
    scale = kernel.args[0].den
    plus = field.context.from_dict({m: c for m, c in difference.terms() if c > 0})
    minus = plus - difference
    return KroneckerDelta(expression(field, field.ratio(plus, scale)), expression(field, field.ratio(minus, scale)))


def _derive(field: Field, kernel: Kernel, d: Differentiate) -> Ratio:
    if d(kernel.args[0]).is_zero:
        return field.zero
    raise Unsupported("derivative of a Kronecker delta by what its indices depend on")


KINDS["delta"] = Kind(lambda field, data, args: delta(field, args[0], field.zero), _derive, _write)
