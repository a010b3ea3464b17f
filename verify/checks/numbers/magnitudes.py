"""How large or small what is written in an expression may make it: how many bits it takes to see a difference."""

from __future__ import annotations

from functools import lru_cache
from math import log2

from sympy import (
    Abs,
    Add,
    Expr,
    Integral,
    Max,
    Min,
    Mul,
    Pow,
    Product,
    Rational,
    Sum,
    Symbol,
    acos,
    asin,
    atan,
    cos,
    cosh,
    coth,
    erf,
    erfc,
    erfi,
    exp,
    factorial,
    gamma,
    log,
    sin,
    sinh,
    tan,
    tanh,
)

from verify.evaluate.field import Undefined, Unsupported
from verify.evaluate.fields.balls import precision
from verify.evaluate.points import Point
from verify.evaluate.truth import at_point
from verify.terms import Frac, free

PLAIN_BITS = 32
BITS_PER_UNIT = 10  # e⁻ˣ begins with 1.5 x zeros in binary, x! with up to 10 x while x is in the thousands
TAME = (
    Abs | Frac | Max | Min | log | sin | cos | tan | asin | acos | atan
)  # neither large nor small where their arguments are not
STEEPLY = (erf, erfc, erfi)  # these go with the square
STEEP = erf | erfc | erfi
GROWING = (exp, sinh, cosh, tanh, coth, factorial, gamma, *STEEPLY)


@lru_cache(maxsize=1 << 12)
def extreme(e: Expr) -> bool:
    """Whether a number is written there that may be so large or small that 1100 bits do not show what it adds."""
    if isinstance(e, Rational):
        return bool(int(e.p).bit_length() > PLAIN_BITS or int(e.q).bit_length() > PLAIN_BITS)
    if isinstance(e, Symbol):
        return False
    parts = [a for a in e.args if isinstance(a, Expr)]
    if any(map(extreme, parts)):
        return True
    if not parts or isinstance(e, Add | Mul | TAME) or free(e):
        return False
    return not all(isinstance(a, Rational) and abs(a) <= PLAIN_BITS for a in parts)


@lru_cache(maxsize=1 << 12)
def written(e: Expr) -> int:
    """The bits of the longest number that is written there."""
    if isinstance(e, Rational):
        return max(int(e.p).bit_length(), int(e.q).bit_length())
    return max((written(a) for a in e.args if isinstance(a, Expr)), default=0)


@lru_cache(maxsize=1 << 12)
def reach(e: Expr) -> float:
    """How large a number is written in an argument of a function that it may make exponentially small or large."""
    parts = [a for a in e.args if isinstance(a, Expr)]
    below = max(map(reach, parts), default=0.0)
    if isinstance(e, Integral | Product | Sum):
        return max(below, _reach_of_ends(e))
    if isinstance(e, Add | Mul | TAME) or not parts:
        return below
    if isinstance(e, Pow):
        return max(below, _size(e.exp) * max(1.0, log2(1 + _size(e.base)) / BITS_PER_UNIT))
    size = max(map(_size, parts))
    return max(below, size * size if isinstance(e, STEEP) else size)


def _reach_of_ends(e: Expr) -> float:
    """The same of the ends of ranges: ``exp(−t²)`` is smaller at the end of an integral than anywhere before."""
    ends = [end for limit in e.limits for end in limit.args[1:] if not end.is_infinite]
    body = e.args[0]
    exponents = [part.args[0] if isinstance(part, exp) else part.exp for part in body.atoms(exp, Pow)]
    if not body.has(*GROWING) and not any(map(free, exponents)):
        return 0.0
    size = max(map(_size, ends), default=0.0)
    return size * size if body.has(*STEEPLY) or any(x.has(Pow) for x in exponents) else size


def _size(e: Expr) -> float:
    """The size of the largest number that is written there or has to be computed first; 0 where that cannot be done."""
    if isinstance(e, Symbol) or not isinstance(e, Expr):
        return 0.0
    if free(e):
        return max(map(_size, e.args), default=0.0)
    with precision(64):
        try:
            return float(abs(at_point(Point(), True).balls(64)(e)).upper())
        except (Undefined, Unsupported, OverflowError):
            return 0.0
