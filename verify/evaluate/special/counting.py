"""Fibonacci, Lucas and Bell numbers beyond the whole numbers, and their polynomials."""

from __future__ import annotations

import sympy
from flint import acb, arb, fmpz
from sympy import Expr

from verify.evaluate.field import Indeterminate, Undefined
from verify.evaluate.special.entry import Ball, Entry, exactly, whole

HIGHEST_DEGREE = 500


def _degree(n: Ball) -> int:
    k = whole(n)
    if k is None or k > HIGHEST_DEGREE:
        raise Indeterminate("a degree that is not a small whole number")
    if k < 0:
        raise Undefined("a negative degree")
    return k


def _powers(n: Ball, sign: int) -> Ball:
    """``φⁿ + sign·cos(πn) φ⁻ⁿ``."""
    golden = acb((1 + arb(5).sqrt()) / 2)
    return golden**n + sign * n.cos_pi() * golden**-n


def _fibonacci(n: Ball, x: Ball | None = None) -> Ball:
    if x is None:
        return _powers(n, -1) / acb(5).sqrt()
    before, value = acb(1), acb(0)  # F_{-1} and F_0
    for _ in range(_degree(n)):
        before, value = value, x * value + before
    return value


def _touchard(n: Ball, x: Ball | None = None) -> Ball:
    degree = _degree(n)
    if x is None:
        return exactly(fmpz.bell_number(degree))
    return sum((exactly(fmpz.stirling_s2(degree, k)) * x**k for k in range(degree + 1)), acb(0))


TABLE: dict[type[Expr], Entry] = {
    sympy.fibonacci: Entry(_fibonacci),
    sympy.lucas: Entry(lambda n: _powers(n, 1)),
    sympy.bell: Entry(_touchard),
}
