"""Inequalities of one real variable on an interval, by the signs of derivatives.

A difference h(x) is nonnegative on an interval where it is so at an end and grows away from it, or where it is convex
and touches 0; the sign of a derivative comes from :mod:`verify.facts`, or in the same way from the next one. |f| ≤ c
asks for f ≤ c and −f ≤ c.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from sympy import (
    Abs,
    Add,
    Expr,
    Integer,
    Mul,
    Pow,
    S,
    Symbol,
    asinh,
    atan,
    cos,
    cosh,
    erf,
    exp,
    factor,
    log,
    nan,
    oo,
    sin,
    sinh,
    tanh,
    zoo,
)

from verify import normal
from verify.checks.common import all_sizes, facts_of
from verify.checks.inequalities.order import known
from verify.config import Settings
from verify.facts import Facts, Sign
from verify.frozen import dataclass
from verify.model import GREATER, LESS, MIRRORED, ORDERS, WEAKER, Claim, Evidence, Givens, Relation, Verdict
from verify.occurs import free_symbols
from verify.terms import Rel, free, written_out

DEPTH = 3  # so many derivatives
PLACES = (S.Zero, S.One, S.NegativeOne)  # where a difference may touch 0, simple ones
ANALYTIC = (Add, Mul, exp, sin, cos, sinh, cosh, tanh, atan, asinh, erf)
"""Analytic on the real line."""


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
    return Evidence("bounds", Verdict.PROVED, reason, all_sizes(claim))


@dataclass(frozen=True)
class Interval:
    """Where the variable lies; ``closed`` says which of the ends belong to it."""

    low: Expr
    high: Expr
    closed: tuple[bool, bool]


def _each_sign(claim: Claim, small: Expr, large: Expr, strict: bool) -> bool:
    """The inequality for each sign of the variable, and for both signs of a size on the left."""
    variables = [s for s in claim.givens.symbols if s in free(small) | free(large)]
    if len(variables) != 1 or not variables[0].is_real or variables[0].is_integer:
        return False
    (x,) = variables
    interval = _interval(claim.givens, x)
    if interval is None or not bool(interval.low < interval.high):  # at a single point no derivative tells anything
        return False
    sides = [small.args[0], -small.args[0]] if isinstance(small, Abs) else [small]
    parted = any(e.has(Abs) for e in (large, *sides))
    for y, part in _halves(x, interval) if parted else [(x, interval)]:
        for side in sides:
            h = written_out(large - side).xreplace({x: y})
            inside = facts_of(replace(claim, givens=Givens((y,), _between(y, part))))
            if not _smooth(h, y, inside) or not _nonnegative(h, y, part, inside, DEPTH, strict):
                return False
    return True


def _halves(x: Symbol, interval: Interval) -> Iterator[tuple[Symbol, Interval]]:
    low, high = interval.low, interval.high
    if bool(low >= 0) or bool(high <= 0):
        yield x, interval
        return
    yield Symbol(f"{x.name}₊", positive=True), Interval(S.Zero, high, (True, interval.closed[1]))
    yield Symbol(f"{x.name}₋", negative=True), Interval(low, S.Zero, (interval.closed[0], True))


def _interval(givens: Givens, x: Symbol) -> Interval | None:
    low, high = (S.Zero if x.is_nonnegative else -oo), (S.Zero if x.is_nonpositive else oo)
    left, right = not x.is_positive, not x.is_negative
    for c in givens.constraints:
        if x not in free_symbols((c,)):
            continue
        if not isinstance(c, Rel) or c.op not in ORDERS:
            return None
        op, bound = (c.op, c.rhs) if c.lhs == x else (MIRRORED[c.op], c.lhs)
        if x not in (c.lhs, c.rhs) or free(bound) or not bound.is_real:
            return None
        if op in GREATER and bool(bound >= low):
            low, left = bound, op is Relation.GE and (left or bool(bound > low))
        if op in LESS and bool(bound <= high):
            high, right = bound, op is Relation.LE and (right or bool(bound < high))
    return Interval(low, high, (left, right))


def _between(y: Symbol, interval: Interval) -> tuple[Rel, ...]:
    """The inside of the interval: there the derivatives are looked at."""
    lower = () if interval.low is -oo else (Rel(Relation.GT, y, interval.low),)
    return lower if interval.high is oo else (*lower, Rel(Relation.LT, y, interval.high))


def _smooth(h: Expr, y: Symbol, inside: Facts) -> bool:
    """Analytic in a neighbourhood of each inner point, and continuous at the ends where it has a value."""
    if not h.args or y not in free(h):
        return True
    if not all(_smooth(a, y, inside) for a in h.args):
        return False
    if isinstance(h, ANALYTIC):
        return True
    if isinstance(h, Pow):
        if isinstance(h.exp, Integer):
            return h.exp > 0 or _has(h.base, Sign.NONZERO, inside)
        return _has(h.base, Sign.POS, inside)
    return isinstance(h, log) and _has(h.args[0], Sign.POS, inside)


def _has(e: Expr, wanted: Sign, inside: Facts) -> bool:
    found = inside.sign(e)
    return found is not None and not found & ~wanted


def _nonnegative(h: Expr, y: Symbol, interval: Interval, inside: Facts, depth: int, strict: bool) -> bool:
    """h ≥ 0 (or > 0) on the interval."""
    if known(Rel(Relation.GE, h, S.Zero), inside) and not strict:
        return True
    if depth == 0:
        return False
    slope = _derivative(h, y, inside)
    for end, direction, closed in ((interval.low, 1, interval.closed[0]), (interval.high, -1, interval.closed[1])):
        value = _value(h, y, end) if end.is_finite else _limit(h, y, end)
        if value is None or not value.is_nonnegative or (strict and closed and end.is_finite and not value.is_positive):
            continue
        if strict and not _moves(slope, y, interval):
            continue  # an analytic function that does not fall, and is not constant, rises
        if _nonnegative(direction * slope, y, interval, inside, depth - 1, False):
            return True
    for place in PLACES:
        if strict or not bool(interval.low <= place) or not bool(place <= interval.high):
            continue
        if _value(h, y, place) == 0 and _value(slope, y, place) == 0:
            return _nonnegative(_derivative(slope, y, inside), y, interval, inside, depth - 1, False)
    return False


def _derivative(h: Expr, y: Symbol, inside: Facts) -> Expr:
    found: Expr = factor(written_out(normal.differentiate(h, y, inside)))
    return found


def _moves(slope: Expr, y: Symbol, interval: Interval) -> bool:
    """Whether the slope is not 0 at some point inside."""
    inner = (p for p in (S.One, S.NegativeOne, *PLACES) if bool(interval.low < p) and bool(p < interval.high))
    values = (_value(slope, y, p) for p in inner)
    return any(v is not None and v.is_zero is False for v in values)


def _limit(h: Expr, y: Symbol, end: Expr) -> Expr | None:
    """The limit at ±∞, where the limits of the parts tell it."""
    if any(y in free(p.exp) for p in h.atoms(Pow)):
        return None  # ∞⁰ and the like
    value: Expr = h.xreplace({y: end})
    return value if value.is_finite and value.is_real else None


def _value(h: Expr, y: Symbol, at: Expr) -> Expr | None:
    if any(y in free(p.exp) and not p.base.xreplace({y: at}).is_nonzero for p in h.atoms(Pow)):
        return None  # 0⁰ and ∞⁰ are no limits
    value: Expr = h.xreplace({y: at})
    return None if value.has(nan, zoo, oo) else value
