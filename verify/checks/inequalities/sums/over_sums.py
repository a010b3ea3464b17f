"""Inequalities between sums of symbolic length, for all sizes.

The difference of the sides has to be nonnegative (:mod:`.nonnegative`). Products of positive factors are looked at as
exponentials of sums.
"""

from __future__ import annotations

from sympy import Add, Expr, Mul, Pow, Product, Sum, exp, log

from verify import normal
from verify.checks.common import all_sizes, space_of
from verify.checks.evidence.record import inferences
from verify.checks.inequalities.sums.nonnegative import Search
from verify.config import Settings
from verify.model import MIRRORED, Claim, Evidence, Relation, Verdict
from verify.terms import Frac

ORDERS = (Relation.LE, Relation.GE, Relation.LT, Relation.GT)
DEPTH = 3
"""So many steps are taken one after another."""


def check(claim: Claim, settings: Settings) -> Evidence | None:
    """PROVED, or nothing."""
    space = space_of(claim)
    if claim.relation not in ORDERS or not space.real:
        return None
    assert isinstance(claim.lhs, Expr) and isinstance(claim.rhs, Expr)
    large, small, op = claim.lhs, claim.rhs, claim.relation
    if op in (Relation.LE, Relation.LT):
        large, small, op = small, large, MIRRORED[op]
    if not (large - small).has(Sum, Product):
        return None
    try:
        search = Search(claim, settings)
        found = search.nonnegative(_exponentials(large - small), op is Relation.GT, DEPTH)
    except normal.NormalError:
        return None
    if found is None:
        return None
    words = "; ".join(dict.fromkeys(argument.words for argument in found))
    return Evidence("sums", Verdict.PROVED, words, all_sizes(claim), inferences=inferences(settings, *found))


def _exponentials(e: Expr) -> Expr:
    """Products as exponentials of sums of logarithms, where their factors are positive (their sums say so later)."""
    if isinstance(e, Product) and all(map(_positive, Mul.make_args(e.function))):
        return exp(Sum(Add(*map(_logarithm, Mul.make_args(e.function))), *e.limits))
    if isinstance(e, Pow) and isinstance(e.base, Product):
        inner = _exponentials(e.base)
        return exp(e.exp * inner.args[0]) if isinstance(inner, exp) else e
    if isinstance(e, Frac | Mul | Add | Pow | log | exp):
        return e.func(*(_exponentials(part) for part in e.args))
    return e


def _positive(factor: Expr) -> bool:
    return bool(factor.as_base_exp()[0].is_positive) or isinstance(factor, exp)


def _logarithm(factor: Expr) -> Expr:
    base, exponent = factor.as_base_exp()
    return exponent * log(base)
