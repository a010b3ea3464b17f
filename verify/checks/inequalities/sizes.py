"""Inequalities between sizes: the size of a sum is at most the sum of the sizes.

That of a product is the product of the sizes; that of a real or imaginary part is at most that of the number (DLMF
1.9.5, 1.9.14), that of an argument at most π.
"""

from __future__ import annotations

from sympy import Abs, Add, Expr, Mul, arg, im, pi, re

from verify.checks.common import all_sizes, facts_of
from verify.checks.inequalities.order import known
from verify.config import Settings
from verify.model import Claim, Evidence, Relation, Verdict
from verify.terms import Rel


def check(claim: Claim, settings: Settings) -> Evidence | None:
    """PROVED where the sizes say so; it says nothing otherwise."""
    if claim.relation not in (Relation.LE, Relation.GE):
        return None
    assert isinstance(claim.lhs, Expr) and isinstance(claim.rhs, Expr)
    small, large = (claim.lhs, claim.rhs) if claim.relation is Relation.LE else (claim.rhs, claim.lhs)
    bound = _most(small)
    if bound == small:
        return None
    if (bound - large).expand() != 0 and not known(Rel(Relation.LE, bound, large), facts_of(claim)):
        return None
    reason = "the size of a sum is at most the sum of the sizes"
    return Evidence("sizes", Verdict.PROVED, reason, all_sizes(claim))


def _most(e: Expr) -> Expr:
    """What ``e`` is at most, by the sizes in it that are added."""
    if isinstance(e, Abs):
        return _size(e.args[0])
    if isinstance(e, Add):
        return Add(*map(_most, e.args))
    coefficient, rest = e.as_coeff_Mul()
    return coefficient * _most(rest) if isinstance(rest, Abs) and coefficient.is_positive else e


def _size(e: Expr) -> Expr:
    """What |e| is at most, by the sizes of its parts."""
    if isinstance(e, Add):
        return Add(*map(_size, e.args))
    if isinstance(e, Mul):
        return Mul(*map(_size, e.args))
    if isinstance(e, re | im):
        return _size(e.args[0])
    if isinstance(e, arg):
        return pi
    return Abs(e)
