"""Sequences of whole numbers: Fibonacci and Lucas numbers by roots, Stirling numbers by their recurrence."""

from __future__ import annotations

import sympy

from verify.normal.algebra.field import Field
from verify.normal.algebra.limits import TooLarge
from verify.normal.algebra.ratio import Ratio
from verify.normal.axioms.apply import MAX_SHIFT, constant_term, instance
from verify.normal.axioms.formula import Variable
from verify.normal.axioms.table import Axiom, Family, Rule
from verify.normal.axioms.words import ONE, TWO, ZERO, GoldenRatio, sqrt, stirling_s2
from verify.normal.functions.atoms import integer
from verify.normal.functions.special import function
from verify.normal.signs import NEG, POS, sign
from verify.terms import whole

n = Variable("n", integer=True)
m = Variable("m", integer=True, positive=True)
k = Variable("k", integer=True, nonnegative=True)


def _stirling(field: Field, args: tuple[Ratio, ...]) -> Ratio | None:
    """S(n + 1, k) = k·S(n, k) + S(n, k − 1) for n ≥ 0 and k ≥ 1 (DLMF 26.8.22)."""
    size, parts = args
    top, bottom = constant_term(size)
    if bottom != 1 or top < 1 or size.rational() is not None:
        return None
    if top > MAX_SHIFT:
        raise TooLarge("a shift of a Stirling number")
    below = size - field.one
    known = sign(field, below)
    if (
        known is None
        or known & NEG
        or sign(field, parts) != POS
        or not (integer(field, size) and integer(field, parts))
    ):
        return None
    field.relations["DLMF 26.8.22"] = None
    first, second = (function(field, whole.stirling_s2, (below, p)) for p in (parts, parts - field.one))
    return parts * first + second


def _by_roots(first: int, second: int) -> Rule:
    """f(n) for all whole n, where f(n + 2) = f(n + 1) + f(n), f(0) = first and f(1) = second: Σ c·rⁿ over the roots
    r of r² = r + 1, which are φ and −1/φ (Graham, Knuth, Patashnik, *Concrete Mathematics*, 7.3)."""
    weights = (second + first / GoldenRatio, first * GoldenRatio - second)
    value = (weights[0] * GoldenRatio**n + weights[1] * (-1) ** n * GoldenRatio ** (-n)) / sqrt(5)

    def rule(field: Field, args: tuple[Ratio, ...]) -> Ratio | None:
        if len(args) != 1 or not integer(field, args[0]):
            return None
        field.relations["f(n + 2) = f(n + 1) + f(n) (DLMF 26.11.5)"] = None
        return instance(field, value, {n: args[0]})

    return rule


RULES: dict[object, Rule] = {
    whole.stirling_s2: _stirling,
    sympy.fibonacci: _by_roots(0, 1),
    sympy.lucas: _by_roots(2, 1),
}

FAMILY = Family(
    axioms=[
        Axiom(stirling_s2, (m, ZERO), ZERO, "DLMF 26.8.6"),
        Axiom(stirling_s2, (m, ONE), ONE, "DLMF 26.8.17"),
        Axiom(stirling_s2, (m, TWO), 2 ** (m - 1) - 1, "DLMF 26.8.17"),
        Axiom(stirling_s2, (k, k), ONE, "DLMF 26.8.18"),
    ],
    rules=RULES,
)
