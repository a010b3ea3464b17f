"""Polynomials that are written out: taken over term by term, without arithmetic."""

from __future__ import annotations

from collections.abc import Sequence
from math import lcm

from sympy import Expr, Integer, Mul, Pow, Rational, Symbol

from verify.normal.algebra.field import Field
from verify.normal.algebra.limits import MAX_DEGREE, MAX_TERMS
from verify.normal.algebra.ratio import Ratio
from verify.normal.functions.atoms import symbol

LEAST = 8  # terms; arithmetic is as quick for fewer


def written_out(field: Field, terms: Sequence[Expr]) -> Ratio | None:
    """A sum of rational multiples of monomials in symbols, or ``None`` where a term is anything else."""
    if not LEAST <= len(terms) <= MAX_TERMS:
        return None
    found: dict[tuple[int, ...], Rational] = {}
    for term in terms:
        exponents = [0] * field.slots
        coefficient: Rational = Integer(1)
        for factor in term.args if isinstance(term, Mul) else (term,):
            if isinstance(factor, Rational):
                coefficient = factor if coefficient == 1 else coefficient * factor
                continue
            base, exponent = factor.args if isinstance(factor, Pow) else (factor, Integer(1))
            if not isinstance(base, Symbol) or not isinstance(exponent, Integer) or not 0 < exponent.p <= MAX_DEGREE:
                return None
            exponents[symbol(field, base).inside[0].index] += exponent.p
        key = tuple(exponents)
        found[key] = found[key] + coefficient if key in found else coefficient
    common = lcm(*(int(c.q) for c in found.values()))
    whole = {key: int(c.p) * (common // int(c.q)) for key, c in found.items()}
    return field.ratio(field.context.from_dict(whole), field.context.constant(common))
