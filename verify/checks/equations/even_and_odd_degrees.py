"""Polynomials that are even or odd, as hypergeometric functions of x², degree 2m and degree 2m + 1 each.

These are the explicit sums (DLMF 18.5.10, 18.5.13; for Chebyshev's polynomials 18.5.10 by 18.7.3, 18.7.4) in ascending
powers of x. Finite sums are read from their last term as well.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

from sympy import (
    Add,
    Dummy,
    Expr,
    Integer,
    Product,
    Rational,
    S,
    Sum,
    Symbol,
    Tuple,
    assoc_laguerre,
    chebyshevt,
    chebyshevu,
    gamma,
    gegenbauer,
    hermite,
    hyper,
    jacobi,
    legendre,
)

from verify import normal
from verify.checks.common import equal, facts_of, restated
from verify.checks.equations.degrees import FORMS, regular
from verify.checks.equations.one_case import Proofs
from verify.checks.evidence.record import records
from verify.config import Settings
from verify.model import Claim, Evidence, Givens, Relation, Verdict
from verify.normal.binding.telescoping import beginning_given
from verify.occurs import free_symbols
from verify.terms import free, written_out

HALF = Rational(1, 2)
Form = Callable[..., Expr]


def _gegenbauer(odd: int) -> Form:
    def form(m: Expr, a: Expr, x: Expr) -> Expr:
        scale = S.NegativeOne**m * gamma(a + m + odd) / (gamma(a) * gamma(m + 1)) * (2 * x) ** odd
        found: Expr = scale * hyper((-m, m + a + odd), (HALF + odd,), x**2)
        return found

    return form


def _hermite(odd: int) -> Form:
    def form(m: Expr, x: Expr) -> Expr:
        scale = S.NegativeOne**m * gamma(2 * m + 1 + odd) / gamma(m + 1) * (2 * x) ** odd
        found: Expr = scale * hyper((-m,), (HALF + odd,), x**2)
        return found

    return form


PAIRS: dict[Any, tuple[Form, Form]] = {
    gegenbauer: (_gegenbauer(0), _gegenbauer(1)),
    hermite: (_hermite(0), _hermite(1)),
    legendre: (
        lambda m, x: _gegenbauer(0)(m, HALF, x),
        lambda m, x: _gegenbauer(1)(m, HALF, x),
    ),
    chebyshevt: (
        lambda m, x: S.NegativeOne**m * hyper((-m, m), (HALF,), x**2),
        lambda m, x: S.NegativeOne**m * (2 * m + 1) * x * hyper((-m, m + 1), (3 * HALF,), x**2),
    ),
    chebyshevu: (
        lambda m, x: _gegenbauer(0)(m, S.One, x),
        lambda m, x: _gegenbauer(1)(m, S.One, x),
    ),
}
"""The forms for degree 2m and for degree 2m + 1."""


LOWER: dict[Any, Callable[..., tuple[Expr, ...]]] = {
    gegenbauer: lambda n, a, x: (a,),
    jacobi: lambda n, a, b, x: (a + 1, b + 1),
    assoc_laguerre: lambda n, a, x: (a + 1,),
}
"""What must not be 0, −1, … for the forms: SymPy would cancel such a pole as it puts them together."""


def check(claim: Claim, settings: Settings) -> Evidence | None:
    """PROVED where the sides are equal for even and for odd degrees; it says nothing otherwise."""
    if claim.relation is not Relation.EQ:
        return None
    assert isinstance(claim.lhs, Expr) and isinstance(claim.rhs, Expr)
    sides = (written_out(claim.lhs), written_out(claim.rhs))
    degrees = {p.args[0] for side in sides for p in side.atoms(*PAIRS)}
    lower = {a for side in sides for p in side.atoms(*LOWER) for a in LOWER[p.func](*p.args)}
    lower |= {a for side in sides for h in side.atoms(hyper) for a in h.args[1]}
    if not degrees or not all(regular(a, claim, facts_of(claim)) for a in lower):
        return None
    for n in sorted({s for d in degrees for s in free(d) if s.is_integer}, key=str):
        start = beginning_given(claim.givens, n)
        if n not in claim.givens.symbols or not isinstance(start, Integer) or not 0 <= start <= 1:
            continue
        proofs: Proofs = []
        for m, at in _cases(n, int(start), degrees):
            proof = _proved(claim, sides, n, m, at)
            if proof is None:
                break
            proofs.append(proof)
        else:
            told = dict.fromkeys(c for proof in proofs for c in proof.conditions)
            conditions = tuple(c for c in told if " for " not in c)  # of the terms: the claim tells its own
            reason = "even and odd polynomials as hypergeometric functions of squares"
            scope = f"all {n}"
            return Evidence(
                "even and odd degrees", Verdict.PROVED, reason, scope, conditions, proofs=records(settings, *proofs)
            )
    return None


def _cases(n: Symbol, start: int, degrees: set[Expr]) -> Iterator[tuple[Symbol, Expr]]:
    """What n may be: any number, if all degrees are even or odd by themselves; or an even or an odd one."""

    def whole(least: int, name: str) -> Symbol:
        return Dummy(name, integer=True, positive=True) if least else Dummy(name, integer=True, nonnegative=True)

    if all(isinstance(d.coeff(n) / 2, Integer) for d in degrees):
        m = whole(start, str(n))
        yield m, m
    else:
        m = whole(start, f"⌊{n}/2⌋")
        yield m, 2 * m
        m = whole(0, f"⌊{n}/2⌋")
        yield m, 2 * m + 1


def _proved(claim: Claim, sides: tuple[Expr, Expr], n: Symbol, m: Symbol, at: Expr) -> normal.Proof | None:
    try:
        lhs, rhs = (_written(_reversed(side.xreplace({n: at})), m) for side in sides)
        constraints = tuple(c for c in claim.givens.constraints if n not in free_symbols((c,)))
        givens = Givens((*(s for s in claim.givens.symbols if s != n), m), constraints)
        return equal(lhs, rhs, facts_of(restated(claim, lhs, rhs, givens)))
    except normal.NormalError:
        return None


def _written(e: Expr, m: Symbol) -> Expr:
    """With hypergeometric functions in place of polynomials.

    Raises:
        Unsupported: a degree is not known to be even or odd, or may be negative.
    """
    if not e.has(*PAIRS, *FORMS):
        return e
    args = [_written(a, m) if isinstance(a, Expr) else a for a in e.args]
    if e.func in PAIRS:
        half, odd = _halved(args[0])
        return PAIRS[e.func][odd](half, *args[1:])
    if e.func is jacobi:
        return _jacobi(*args)
    if e.func in FORMS:
        return FORMS[e.func](*args)
    return e.func(*args)


def _jacobi(n: Expr, a: Expr, b: Expr, x: Expr) -> Expr:
    """From the end at which the variable of the hypergeometric function is the shorter (DLMF 18.6.1)."""
    near, far = (len(Add.make_args(((1 + s * x) / 2).expand())) for s in (-1, 1))
    form = FORMS[jacobi]
    return S.NegativeOne**n * form(n, b, a, -x) if far < near else form(n, a, b, x)


def _halved(degree: Expr) -> tuple[Expr, int]:
    degree = degree.expand()
    for odd in (0, 1):
        half = ((degree - odd) / 2).expand()
        if half.is_integer and half.is_nonnegative:
            return half, odd
    raise normal.Unsupported("a degree that is not known to be even, or to be odd")


def _reversed(e: Expr) -> Expr:
    """With finite sums from their last term."""
    if not e.has(Sum) or e.has(Product):
        return e
    if isinstance(e, Sum) and len(e.limits) == 1:
        k, low, high = e.limits[0]
        if low == 0 and not high.is_infinite:
            return Sum(e.function.xreplace({k: high - k}), Tuple(k, low, high))
    return e.func(*(_reversed(a) if isinstance(a, Expr) else a for a in e.args))
