"""Roots of fractions, where the denominator is known to lie in the right half of the plane."""

from __future__ import annotations

from sympy import Expr, Pow, Rational, re

from verify.facts import Facts, Sign
from verify.terms import Frac


def apart(e: Expr, facts: Facts) -> Expr:
    """√(p/w) as √p/√w for p > 0 and Re w > 0: nothing crosses the cut there (DLMF 4.2.26)."""
    if not e.args:
        return e
    args = [apart(a, facts) if isinstance(a, Expr) else a for a in e.args]
    if isinstance(e, Pow) and isinstance(e.exp, Rational) and e.exp.q > 1:
        top, below = _fraction(args[0])
        if not below.is_number and not below.is_extended_real and facts.sign(top) == Sign.POS and _right(below, facts):
            return top**e.exp * below**-e.exp
    return e if tuple(args) == e.args else e.func(*args)


def _fraction(e: Expr) -> tuple[Expr, Expr]:
    """Numerator and denominator as they stand."""
    if isinstance(e, Frac):
        return e.numerator, e.denominator
    top, below = e.as_numer_denom()
    return top, below


def _right(w: Expr, facts: Facts) -> bool:
    return facts.sign(re(w).expand()) == Sign.POS
