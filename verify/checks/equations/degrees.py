"""Relations of orthogonal polynomials of any degree, as relations of contiguous hypergeometric functions.

Each polynomial is a hypergeometric function whose degree may be any complex number (DLMF 18.5.7 to 18.5.12). Where both
sides are equal for every complex degree they are so for whole ones, since they depend on it continuously.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from sympy import (
    Dummy,
    Expr,
    Product,
    Rational,
    Sum,
    Symbol,
    assoc_laguerre,
    chebyshevt,
    chebyshevu,
    gamma,
    gegenbauer,
    hyper,
    jacobi,
    laguerre,
    legendre,
)

from verify.checks.common import facts_of
from verify.checks.equations.rewritten import settled
from verify.config import Settings
from verify.facts import Facts, Sign
from verify.model import Claim, Evidence, Givens, Relation
from verify.normal.axioms.apply import confines
from verify.occurs import free_symbols
from verify.terms import free, written_out

HALF = Rational(1, 2)


def _jacobi(n: Expr, a: Expr, b: Expr, x: Expr) -> Expr:
    """DLMF 18.5.7, with (a + 1)ₙ/n! by gamma functions."""
    scale = gamma(n + a + 1) / (gamma(a + 1) * gamma(n + 1))
    found: Expr = scale * hyper((-n, n + a + b + 1), (a + 1,), (1 - x) / 2)
    return found


def _gegenbauer(n: Expr, a: Expr, x: Expr) -> Expr:
    """DLMF 18.5.9."""
    scale = gamma(n + 2 * a) / (gamma(2 * a) * gamma(n + 1))
    found: Expr = scale * hyper((-n, n + 2 * a), (a + HALF,), (1 - x) / 2)
    return found


def _laguerre(n: Expr, a: Expr, x: Expr) -> Expr:
    """DLMF 18.5.12."""
    found: Expr = gamma(n + a + 1) / (gamma(a + 1) * gamma(n + 1)) * hyper((-n,), (a + 1,), x)
    return found


FORMS: dict[Any, Callable[..., Expr]] = {
    jacobi: _jacobi,
    gegenbauer: _gegenbauer,
    assoc_laguerre: _laguerre,
    laguerre: lambda n, x: hyper((-n,), (1,), x),
    legendre: lambda n, x: hyper((-n, n + 1), (1,), (1 - x) / 2),
    chebyshevt: lambda n, x: hyper((-n, n), (HALF,), (1 - x) / 2),
    chebyshevu: lambda n, x: (n + 1) * hyper((-n, n + 2), (3 * HALF,), (1 - x) / 2),
}


LOWER: dict[Any, Callable[..., tuple[Expr, ...]]] = {
    jacobi: lambda n, a, b, x: (a + 1,),
    gegenbauer: lambda n, a, x: (a + HALF, 2 * a),
    assoc_laguerre: lambda n, a, x: (a + 1,),
}
"""What must not be 0, −1, … for these forms: SymPy would cancel such a pole as it puts them together."""


def check(claim: Claim, settings: Settings) -> Evidence | None:
    """PROVED where the sides are equal for every complex degree; it says nothing otherwise."""
    if claim.relation is not Relation.EQ:
        return None
    assert isinstance(claim.lhs, Expr) and isinstance(claim.rhs, Expr)
    sides = (claim.lhs, claim.rhs)
    polynomials = {p for side in sides for p in side.atoms(*FORMS)}
    degrees = {s for p in polynomials for s in free(p.args[0]) if s.is_integer}
    if len(degrees) != 1 or any(side.has(Sum, Product) for side in sides):
        return None
    (n,) = degrees
    if n not in claim.givens.symbols:
        return None
    nu = Dummy(str(n), complex=True)
    rest = tuple(c for c in claim.givens.constraints if n not in free_symbols((c,)))
    givens = Givens((*(s for s in claim.givens.symbols if s != n), nu), rest)
    wider = replace(claim, givens=givens, lhs=_continued(sides[0], n, nu), rhs=_continued(sides[1], n, nu))
    facts = facts_of(wider)
    lower = {written_out(a) for p in polynomials if p.func in LOWER for a in LOWER[p.func](*p.args)}
    lower |= {a for side in (claim.lhs, claim.rhs) for h in side.atoms(hyper) for a in h.args[1]}
    if not all(regular(a, wider, facts) for a in lower):
        return None
    reason = f"contiguous hypergeometric functions, for every complex {n}"
    found = settled("degrees", reason, claim, (wider.lhs, wider.rhs), facts, settings)
    return found and replace(found, scope=f"all {n}", conditions=())  # of ν: the claim tells its own, of whole degrees


def _continued(side: Expr, n: Symbol, nu: Symbol) -> Expr:
    """The side for any complex degree. SymPy may rewrite a polynomial as it is put together: only for whole degrees."""

    def written(p: Expr) -> Expr:
        if not p.has(*FORMS):
            return p
        args = [written(a) if isinstance(a, Expr) else a for a in p.args]
        return FORMS[p.func](*args) if p.func in FORMS else p.func(*args)

    return written_out(written(side)).xreplace({n: nu})


def regular(lower: Expr, claim: Claim, facts: Facts) -> bool:
    """Whether a parameter is no pole, or only at single values of what is free to move."""
    tied = free_symbols(tuple(c for c in claim.givens.constraints if confines(c)))
    return facts.sign(lower) == Sign.POS or any(not s.is_integer and s not in tied for s in free(lower))
