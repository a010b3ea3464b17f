"""The possible signs of real expressions, and their arithmetic: tables over the subsets of {−, 0, +}.

Source: abstract interpretation over the lattice of signs (Cousot & Cousot 1977).
"""

from __future__ import annotations

from collections.abc import Iterable
from enum import IntEnum
from functools import lru_cache

from sympy import Symbol


class Sign(IntEnum):
    """The possible signs of a real expression, where it is defined."""

    NONE = 0
    NEG = 1
    ZERO = 2
    NONPOS = 3
    POS = 4
    NONZERO = 5
    NONNEG = 6
    ANY = 7


SIGNS = tuple(Sign)  # by value
SINGLE = (Sign.NEG, Sign.ZERO, Sign.POS)
EACH = tuple(tuple(one for one in SINGLE if sign & one) for sign in SIGNS)


def union(signs: Iterable[int]) -> Sign:
    """What is possible for one of them."""
    total = 0
    for sign in signs:
        total |= sign
    return SIGNS[total]


def both(left: int, right: int) -> Sign:
    """What is possible for both."""
    return SIGNS[left & right]


def _product(a: Sign, b: Sign) -> Sign:
    return Sign.ZERO if Sign.ZERO in (a, b) else Sign.POS if a == b else Sign.NEG


def _sum(a: Sign, b: Sign) -> Sign:
    return a if b == Sign.ZERO else b if a == Sign.ZERO else a if a == b else Sign.ANY


_FLIPPED = tuple(union({Sign.NEG: Sign.POS, Sign.POS: Sign.NEG}.get(one, one) for one in EACH[s]) for s in SIGNS)
_PRODUCTS = tuple(tuple(union(_product(a, b) for a in EACH[s] for b in EACH[t]) for t in SIGNS) for s in SIGNS)
_SUMS = tuple(tuple(union(_sum(a, b) for a in EACH[s] for b in EACH[t]) for t in SIGNS) for s in SIGNS)


def flip(sign: int) -> Sign:
    """The possible signs of −x."""
    return _FLIPPED[sign]


def times(left: int, right: int) -> Sign:
    """The possible signs of a product."""
    return _PRODUCTS[left][right]


def plus(left: int, right: int) -> Sign:
    """The possible signs of a sum."""
    return _SUMS[left][right]


@lru_cache(maxsize=1 << 12)
def of_symbol(symbol: Symbol) -> Sign | None:
    """The possible signs by what SymPy's assumptions say; ``None`` if it is not known to be real.

    All that follows from a symbol's assumptions is in ``assumptions0``; to ask for what is not there takes long.
    """
    known = symbol.assumptions0
    if not known.get("extended_real"):
        return None
    if known.get("positive"):
        return Sign.POS
    if known.get("negative"):
        return Sign.NEG
    result = Sign.ANY
    for name, sign in (("nonnegative", Sign.NONNEG), ("nonpositive", Sign.NONPOS), ("nonzero", Sign.NONZERO)):
        if known.get(name):
            result = both(result, sign)
    return result
