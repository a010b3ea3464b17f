"""Between which numbers a symbol is said to lie, and numbers there that are seldom drawn."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

from sympy import Expr, Rational, Symbol

from verify.model import GREATER, LESS, MIRRORED
from verify.terms import Proposition, Rel

USUAL = tuple(map(Fraction, ("-3", "-2", "-1", "-1/2", "0", "1/2", "1", "2", "3", "5")))
ENOUGH = 2  # of the usual numbers within the bounds
BEYOND = tuple(map(Fraction, "1/2 1 3/2 2 3 4 5 7 9 10 13 17 20 25 31 40 50 64 80 100 150 200 333 500".split()))
FIRST = (12, 2, 22, 6, 15, 9, 19)
BETWEEN = tuple(Fraction(k, 24) for k in (*FIRST, *(k for k in range(1, 24) if k not in FIRST)))


def bounds(symbol: Symbol, constraints: Sequence[Proposition]) -> tuple[float | None, float | None]:
    """The numbers between which a symbol is said to lie, if any."""
    low: float | None = None
    high: float | None = None
    for c in constraints:
        if not isinstance(c, Rel) or c.op not in MIRRORED:
            continue
        for op, one, other in ((c.op, c.lhs, c.rhs), (MIRRORED[c.op], c.rhs, c.lhs)):
            number = _number(other) if one == symbol else None
            if number is not None and op in GREATER:
                low = number if low is None else max(low, number)
            elif number is not None and op in LESS:
                high = number if high is None else min(high, number)
    return low, high


def remote(symbol: Symbol, constraints: Sequence[Proposition]) -> list[Fraction]:
    """Numbers within its bounds, where these are so narrow or so far away that hardly any is drawn: ``x > 100``."""
    low, high = bounds(symbol, constraints)
    inside = [v for v in USUAL if (low is None or v > low) and (high is None or v < high)]
    if len(inside) >= ENOUGH or (low is None and high is None):
        return []
    if low is not None and high is not None:
        first, width = Fraction(low), Fraction(high) - Fraction(low)
        found = [_short(first + part * width, width) for part in BETWEEN] if width > 0 else []
        found += [first + 1, first + width - 1] if symbol.is_integer else []
    elif low is not None:
        found = [Fraction(low) + d for d in BEYOND]
    else:
        assert high is not None
        found = [Fraction(high) - d for d in BEYOND]
    if symbol.is_integer:
        found = [Fraction(round(v)) for v in found]
    return list(dict.fromkeys(found))


def _short(value: Fraction, width: Fraction) -> Fraction:
    """A number as near as makes no difference beside the width, with a small denominator."""
    return value.limit_denominator(max(1, int(100 / width)))


def _number(e: Expr) -> float | None:
    if isinstance(e, Rational):
        return float(e)
    return float(e) if e.is_number and e.is_extended_real and e.is_finite and not e.is_Function else None
