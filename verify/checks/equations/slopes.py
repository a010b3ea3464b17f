"""Equations of functions of one variable that have equal derivatives, and equal values at one point.

On an interval of the real line where both sides are continuous, and differentiable inside; and for entire functions in
the whole plane.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from sympy import Derivative, Expr, Rational, S, Symbol

from verify import normal
from verify.checks.common import all_sizes, facts_of
from verify.checks.equations.one_case import Proofs, proved, put
from verify.checks.evidence.record import records
from verify.checks.interval import Interval, interval_of
from verify.checks.limits import value
from verify.checks.smooth import entire, smooth
from verify.config import Settings
from verify.model import Claim, Evidence, Givens, Relation, Verdict
from verify.occurs import free_symbols
from verify.terms import free, written_out

PLACES = (S.Zero, S.One, S.NegativeOne, S.Half, Rational(2))


def check(claim: Claim, settings: Settings) -> Evidence | None:
    """PROVED where a derivative and a value show it; it says nothing otherwise."""
    if claim.relation is not Relation.EQ:
        return None
    assert isinstance(claim.lhs, Expr) and isinstance(claim.rhs, Expr)
    sides = (written_out(claim.lhs), written_out(claim.rhs))
    plain = replace(claim, lhs=sides[0], rhs=sides[1])
    for x in claim.givens.symbols:
        if x not in free(sides[0]) | free(sides[1]) or x.is_integer:
            continue
        try:
            found = _by_slope(plain, sides, x)
        except normal.NormalError:
            continue
        if found is not None:
            place, proofs = found
            reason = f"equal at {x} = {place}, and so are the derivatives by {x}"
            return Evidence("slopes", Verdict.PROVED, reason, all_sizes(claim), proofs=records(settings, *proofs))
    return None


def _by_slope(claim: Claim, sides: tuple[Expr, Expr], x: Symbol) -> tuple[Expr, Proofs] | None:
    """A point at which the sides are equal, and the proofs."""
    if x.is_extended_real:
        interval = interval_of(claim.givens, x)
        if interval is None or not interval.extended:
            return None
        inner = Givens(claim.givens.symbols, (*claim.givens.constraints, *interval.around(x)))
        inside = replace(claim, givens=inner)
        if not all(smooth(side, facts_of(inside), x) for side in sides):
            return None
        places = list(_places(interval))
    else:
        if x in free_symbols(claim.givens.constraints) or not all(entire(side, x) for side in sides):
            return None
        inside, places = claim, [S.Zero]
    slopes = (Derivative(side, x, evaluate=False) for side in sides)
    equal = proved(replace(inside, lhs=next(slopes), rhs=next(slopes)))
    if equal is None:
        return None
    elsewhere = tuple(c for c in claim.givens.constraints if x not in free_symbols((c,)))  # an end may not belong to it
    apart = replace(claim, givens=Givens(claim.givens.symbols, elsewhere))
    for place in places:
        if any(value(side, x, place) is None for side in sides):
            continue
        here = proved(put(apart, x, place))
        if here is not None:
            return place, [*here, *equal]
    return None


def _places(interval: Interval) -> Iterator[Expr]:
    """Inner points, simple ones, and the ends: there, too, both sides are continuous."""
    yield from (p for p in PLACES if bool(interval.low < p) and bool(p < interval.high))
    yield from (end for end in (interval.low, interval.high) if end.is_finite)
