"""Sequences of whole numbers: Fibonacci and Lucas numbers by Binet's formula, Stirling numbers by their recurrence."""

from __future__ import annotations

from sympy import GoldenRatio, Integer, Symbol, fibonacci, lucas, sqrt

from verify.normal.atoms import integer
from verify.normal.axioms.apply import MAX_SHIFT, constant_term
from verify.normal.axioms.table import Axiom, Family, Rule
from verify.normal.field import Field
from verify.normal.limits import TooLarge
from verify.normal.ratio import Ratio
from verify.normal.signs import NEG, POS, sign
from verify.normal.special import function
from verify.whole import stirling_s2

n = Symbol("n", integer=True)
m = Symbol("m", integer=True, positive=True)
k = Symbol("k", integer=True, nonnegative=True)


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
    first, second = (function(field, stirling_s2, (below, p)) for p in (parts, parts - field.one))
    return parts * first + second


RULES: dict[object, Rule] = {stirling_s2: _stirling}
_MIRROR = (-1) ** n * GoldenRatio ** (-n)

FAMILY = Family(
    axioms=[
        Axiom(fibonacci, (n,), (GoldenRatio**n - _MIRROR) / sqrt(5), "DLMF 26.11.7"),
        Axiom(stirling_s2, (m, Integer(0)), Integer(0), "DLMF 26.8.6"),
        Axiom(stirling_s2, (m, Integer(1)), Integer(1), "DLMF 26.8.17"),
        Axiom(stirling_s2, (m, Integer(2)), 2 ** (m - 1) - 1, "DLMF 26.8.17"),
        Axiom(stirling_s2, (k, k), Integer(1), "DLMF 26.8.18"),
        Axiom(lucas, (n,), GoldenRatio**n + _MIRROR, "Graham, Knuth, Patashnik, Concrete Mathematics, 6.6"),
    ],
    rules=RULES,
)
