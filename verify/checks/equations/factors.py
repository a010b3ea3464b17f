"""The factors of a term that depends on a whole number: powers cⁿ, and factorials."""

from __future__ import annotations

from collections import Counter
from typing import Any

from sympy import Expr, Integer, Mul, Pow, RisingFactorial, S, Symbol, binomial, exp, factorial, gamma

from verify.terms import free

FACTORIALS = (factorial, binomial, gamma, RisingFactorial)
"""What :func:`factorials` takes apart."""


def moved(e: Expr, turned: dict[Any, Expr]) -> Expr:
    """With the index replaced, and arguments expanded, so that what cancels is gone."""
    args = [a.xreplace(turned).expand() if isinstance(a, Expr) else a for a in e.args]
    found: Expr = e.func(*args)
    return found


def exponential(e: Expr, n: Symbol) -> tuple[Expr, Expr] | None:
    """c and d, where e = cⁿ·d."""
    base, power = e.as_base_exp()
    slope = power.diff(n) if isinstance(e, Pow | exp) and n not in free(base) else None
    if slope is None or n in free(slope) or slope == 0:
        return None
    return base**slope, base ** (power - slope * n).expand()


def factorials(term: Expr) -> tuple[Counter[Expr], list[Expr]]:
    """The exponents of the factorials in a term, and its other factors."""
    found: Counter[Expr] = Counter()
    rest: list[Expr] = []
    for factor in Mul.make_args(term):
        base, e = factor.as_base_exp()
        if not isinstance(e, Integer):
            rest.append(factor)
            continue
        if isinstance(base, factorial):
            parts = {base.args[0]: 1}
        elif isinstance(base, gamma):
            parts = {base.args[0] - 1: 1}
        elif isinstance(base, binomial):
            a, b = base.args
            parts = {a: 1, b: -1, a - b: -1}
        elif isinstance(base, RisingFactorial) and base.args[0].could_extract_minus_sign():
            a, b = -base.args[0], base.args[1]
            parts = {a: 1, a - b: -1}
            rest.append(S.NegativeOne ** (b * e))
        else:
            rest.append(factor)
            continue
        for a, times in parts.items():
            found[a.expand()] += times * int(e)
    return found, rest
