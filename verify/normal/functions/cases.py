"""Piecewise through sign kernels: [d > 0] = (s² + s)/2, [d = 0] = 1 − s² with s = sign d, s³ = s.

A case that is not chosen contributes a formal multiple of zero, so its own denominators do not matter: the identity
is one of rational functions in each component (s = −1, 0, 1) separately.
"""

from __future__ import annotations

from sympy import And, Eq, Expr, Ge, Gt, Le, Lt, Ne, Not, Or, Piecewise
from sympy.core.basic import Basic
from sympy.logic.boolalg import BooleanFalse, BooleanTrue

from verify.normal.algebra.field import Field
from verify.normal.algebra.limits import Unsupported
from verify.normal.algebra.ratio import Ratio
from verify.normal.binding import deltas
from verify.normal.functions.absolute import sign_of
from verify.normal.functions.atoms import integer
from verify.normal.read import read, reads


def indicator(field: Field, condition: Basic) -> Ratio:
    """1 where the condition holds, otherwise 0."""
    if isinstance(condition, BooleanTrue):
        return field.one
    if isinstance(condition, BooleanFalse):
        return field.zero
    if isinstance(condition, Not):
        return field.one - indicator(field, condition.args[0])
    if isinstance(condition, And | Or):
        result = field.one
        flip = isinstance(condition, Or)
        for part in condition.args:
            value = indicator(field, part)
            result = result * (field.one - value if flip else value)
        return field.one - result if flip else result
    if isinstance(condition, Eq | Ne | Gt | Ge | Lt | Le):
        left, right = read(field, condition.lhs), read(field, condition.rhs)
        if isinstance(condition, Eq | Ne) and integer(field, left) and integer(field, right):
            value = deltas.delta(field, left, right)
        else:
            s = sign_of(field, left - right)
            half = field.number(1, 2)
            if isinstance(condition, Eq | Ne):
                value = field.one - s * s
            elif isinstance(condition, Gt | Le):
                value = (s * s + s) * half
            else:
                value = (s * s - s) * half
        return field.one - value if isinstance(condition, Ne | Le | Ge) else value
    raise Unsupported(f"a condition {type(condition).__name__}")


@reads(Piecewise)
def _piecewise(field: Field, e: Expr) -> Ratio:
    total, open_ = field.zero, field.one
    for value, condition in e.args:
        chosen = indicator(field, condition)
        weight = open_ * chosen
        if not weight.is_zero:
            total = total + read(field, value) * weight
        open_ = open_ * (field.one - chosen)
    if not open_.is_zero:
        raise Unsupported("a Piecewise that leaves cases out")
    return total
