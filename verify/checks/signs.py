"""The sign of an expression inside an interval: what :mod:`verify.facts` says, and a little more."""

from __future__ import annotations

from collections.abc import Callable

from sympy import Add, Expr, Mul, S, cos, factor, pi, sin

from verify.facts import Facts, Sign
from verify.model import GREATER, ORDERS, Relation
from verify.terms import Rel, free


def has(e: Expr, wanted: Sign, inside: Facts) -> bool:
    """Whether the sign of an expression is known to be one of those wanted."""
    found = inside.sign(e)
    if found is not None and not found & ~wanted:
        return True
    if not wanted & Sign.POS:
        return False
    return any(isinstance(e, kind) and rule(e.args[0], inside) for kind, rule in WAVES) or _positive(e, inside)


def _positive(e: Expr, inside: Facts) -> bool:
    """A sum whose factors tell it, or that exceeds a multiple of what is given to be positive."""
    if not isinstance(e, Add) or not inside.real(e):
        return False
    parts = factor(e)
    if isinstance(parts, Mul) and inside.sign(parts) == Sign.POS:
        return True
    for c in inside.givens.constraints:
        if not isinstance(c, Rel) or c.op not in ORDERS:
            continue
        gap = c.lhs - c.rhs if c.op in GREATER else c.rhs - c.lhs
        for y in free(gap) & free(e):
            times = e.diff(y) / gap.diff(y)
            if y not in free(times) and inside.sign(times) == Sign.POS:
                rest = inside.sign((e - times * gap).expand())
                if rest == Sign.POS or (rest in (Sign.NONNEG, Sign.ZERO) and c.op in (Relation.GT, Relation.LT)):
                    return True
    return False


def between(low: Expr, high: Expr) -> Callable[[Expr, Facts], bool]:
    """Whether an expression is known to lie between two numbers, neither of which it is."""
    return lambda u, inside: has(u - low, Sign.POS, inside) and has(high - u, Sign.POS, inside)


WAVES = ((cos, between(-pi / 2, pi / 2)), (sin, between(S.Zero, pi)))
"""Where sines and cosines are positive, on one stretch."""
