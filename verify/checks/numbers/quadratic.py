"""Solutions of an equation of degree two in two whole numbers, by SymPy's solver (Pell's equation and its kin).

They are proposals: whoever asks looks at each of them exactly.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import product

from sympy import Expr, Poly, PolynomialError, Symbol
from sympy.solvers.diophantine import diophantine

from verify.model import Relation
from verify.terms import Frac, Rel, written_out

MOST, TERMS = 24, range(-3, 6)  # families of solutions, and which members of them
LARGEST = 10**6  # among the coefficients
DIGITS = 120


def solutions(rel: Rel, symbols: Sequence[Symbol]) -> Iterator[tuple[int, ...]]:
    """Whole numbers at which the sides of ``≠`` seem to be equal, in the order of the symbols."""
    if rel.op is not Relation.NE or len(symbols) != 2:
        return
    difference = written_out(rel.lhs - rel.rhs)
    if difference.has(Frac):
        return
    try:
        poly = Poly(difference.expand(), *symbols)
    except PolynomialError:
        return
    _, poly = poly.clear_denoms(convert=True) if poly.domain.is_QQ else (1, poly)
    if not poly.domain.is_ZZ or poly.total_degree() != 2 or any(abs(c) > LARGEST for c in poly.coeffs()):
        return
    plain = [Symbol(name, integer=True) for name in ("x", "y")]
    try:
        families = diophantine(poly.as_expr().xreplace(dict(zip(symbols, plain, strict=True))), syms=plain)
    except (NotImplementedError, ValueError, TypeError):
        return
    for family in sorted(families, key=lambda f: (sum(e.count_ops() for e in f), str(f)))[:MOST]:
        yield from _members(family)


def _members(family: Sequence[Expr]) -> Iterator[tuple[int, ...]]:
    """Some solutions of a family with parameters."""
    parameters = sorted(set().union(*(e.free_symbols for e in family)), key=str)
    if len(parameters) > 2:
        return
    for values in product(sorted(TERMS, key=abs), repeat=len(parameters)):
        numbers = [e.xreplace(dict(zip(parameters, values, strict=True))).evalf(DIGITS) for e in family]
        if all(n.is_Number and n.is_finite for n in numbers):
            yield tuple(int(n.round()) for n in numbers)
