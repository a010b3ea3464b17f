"""Inequalities of one real variable on an interval, by the signs of derivatives.

A difference h(x) is nonnegative on an interval where it is so at an end and grows away from it, or where it is convex
and touches 0; the sign of a derivative comes from :mod:`verify.facts`, or in the same way from the next one. |f| ≤ c
asks for f ≤ c and −f ≤ c.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from sympy import Abs, Add, Expr, Pow, Rational, S, Symbol, exp, factor

from verify import normal
from verify.checks.common import all_sizes, facts_of
from verify.checks.inequalities.order import known
from verify.checks.interval import Interval, interval_of
from verify.checks.limits import limit, value
from verify.checks.smooth import smooth
from verify.config import Settings
from verify.facts import Facts
from verify.model import LESS, ORDERS, WEAKER, Claim, Evidence, Givens, Relation, Verdict
from verify.terms import Rel, free, written_out

DEPTH = 3  # so many derivatives
DEGREE = 64  # polynomials of a higher degree are not factored
PLACES = (S.Zero, S.One, S.NegativeOne)  # where a difference may touch 0, simple ones


def check(claim: Claim, settings: Settings) -> Evidence | None:
    """PROVED where derivatives show it; it says nothing otherwise."""
    if claim.relation not in ORDERS:
        return None
    assert isinstance(claim.lhs, Expr) and isinstance(claim.rhs, Expr)
    small, large = (claim.lhs, claim.rhs) if claim.relation in LESS else (claim.rhs, claim.lhs)
    try:
        if not _each_sign(claim, small, large, claim.relation in WEAKER):
            return None
    except normal.NormalError:
        return None
    reason = "the difference grows away from where it is 0, by its derivatives"
    return Evidence("derivatives", Verdict.PROVED, reason, all_sizes(claim))


def _each_sign(claim: Claim, small: Expr, large: Expr, strict: bool) -> bool:
    """The inequality for each sign of the variable, and for both signs of a size on the left."""
    variables = [s for s in claim.givens.symbols if s in free(small) | free(large)]
    if len(variables) != 1 or not variables[0].is_real or variables[0].is_integer:
        return False
    (x,) = variables
    interval = interval_of(claim.givens, x)
    if interval is None or not interval.extended:
        return False
    sides = [small.args[0], -small.args[0]] if isinstance(small, Abs) else [small]
    parted = any(e.has(Abs) for e in (large, *sides))
    for y, part in _halves(x, interval) if parted else [(x, interval)]:
        for side in sides:
            h = written_out(large - side).xreplace({x: y})
            inside = facts_of(replace(claim, givens=Givens((y,), part.around(y))))
            if not smooth(h, inside) or not _nonnegative(h, y, part, inside, DEPTH, strict):
                return False
    return True


def _halves(x: Symbol, interval: Interval) -> Iterator[tuple[Symbol, Interval]]:
    low, high = interval.low, interval.high
    if bool(low >= 0) or bool(high <= 0):
        yield x, interval
        return
    yield Symbol(f"{x.name}₊", positive=True), Interval(S.Zero, high, (True, interval.closed[1]))
    yield Symbol(f"{x.name}₋", negative=True), Interval(low, S.Zero, (interval.closed[0], True))


def _nonnegative(h: Expr, y: Symbol, interval: Interval, inside: Facts, depth: int, strict: bool) -> bool:
    """h ≥ 0 (or > 0) on the interval."""
    if known(Rel(Relation.GE, h, S.Zero), inside) and not strict:
        return True
    if depth == 0:
        return False
    slope = _derivative(h, y, inside)
    for end, direction, closed in ((interval.low, 1, interval.closed[0]), (interval.high, -1, interval.closed[1])):
        at = value(h, y, end) if end.is_finite else limit(h, y, end, inside)
        if at is None or not at.is_nonnegative or (strict and closed and end.is_finite and not at.is_positive):
            continue
        if strict and not _moves(slope, y, interval):
            continue  # an analytic function that does not fall, and is not constant, rises
        if _nonnegative(direction * slope, y, interval, inside, depth - 1, False):
            return True
    for place in PLACES:
        if strict or not bool(interval.low <= place) or not bool(place <= interval.high):
            continue
        if value(h, y, place) == 0 and value(slope, y, place) == 0:
            return _nonnegative(_derivative(slope, y, inside), y, interval, inside, depth - 1, False)
    return False


def _derivative(h: Expr, y: Symbol, inside: Facts) -> Expr:
    found: Expr = written_out(normal.differentiate(h, y, inside))
    return factor(found) if _low(found) else found


def _low(e: Expr) -> bool:
    """Whether no number in an exponent is large: for SymPy, exp(x + 1600) is the 1600th power of a letter."""
    numbers = (term.as_coeff_Mul()[0] for p in e.atoms(Pow, exp) for term in Add.make_args(p.as_base_exp()[1]))
    return all(max(abs(n.p), n.q) <= DEGREE for n in numbers if isinstance(n, Rational))


def _moves(slope: Expr, y: Symbol, interval: Interval) -> bool:
    """Whether the slope is not 0 at some point inside."""
    inner = (p for p in (S.One, S.NegativeOne, *PLACES) if bool(interval.low < p) and bool(p < interval.high))
    values = (value(slope, y, p) for p in inner)
    return any(v is not None and v.is_zero is False for v in values)
