"""Where a function of one real variable is smooth: the calculus that proofs by derivatives need.

The answers are syntactic: a sum, a product or a composition is smooth where its parts are, and a part with a singular
place is so where :mod:`verify.facts` keeps its argument away from there.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from sympy import (
    Add,
    Expr,
    Integer,
    Integral,
    Mul,
    Poly,
    Pow,
    S,
    Shi,
    Si,
    Symbol,
    acos,
    acosh,
    airyai,
    airyaiprime,
    airybi,
    asin,
    asinh,
    assoc_laguerre,
    atan,
    atanh,
    bernoulli,
    besseli,
    besselj,
    chebyshevt,
    chebyshevu,
    cos,
    cosh,
    cot,
    coth,
    csc,
    csch,
    erf,
    erfc,
    erfi,
    euler,
    exp,
    factor,
    fraction,
    fresnelc,
    fresnels,
    gegenbauer,
    hermite,
    hermite_prob,
    jacobi,
    laguerre,
    legendre,
    log,
    nan,
    oo,
    pi,
    sec,
    sech,
    sin,
    sinh,
    tan,
    tanh,
    together,
    zoo,
)

from verify.facts import Facts, Sign
from verify.frozen import dataclass
from verify.model import GREATER, LESS, MIRRORED, ORDERS, Givens, Relation
from verify.occurs import free_symbols
from verify.terms import Rel, free

ENTIRE = (
    Add,
    Mul,
    exp,
    sin,
    cos,
    sinh,
    cosh,
    erf,
    erfc,
    erfi,
    fresnelc,
    fresnels,
    Si,
    Shi,
    airyai,
    airybi,
    airyaiprime,
)
"""Analytic in the whole plane."""
ANALYTIC = (tanh, sech, atan, asinh)
"""Analytic on the real line."""
POLYNOMIALS = (assoc_laguerre, bernoulli, euler, gegenbauer, hermite, hermite_prob, jacobi, laguerre, legendre)
"""Polynomials in the last argument where the first, their degree, is a whole number that is not negative."""
OF_ORDER = (besseli, besselj, chebyshevt, chebyshevu)
"""Entire functions of the last argument where the first, their degree or order, is any whole number."""


@dataclass(frozen=True)
class Interval:
    """Where the variable lies; ``closed`` says which of the ends belong to it."""

    low: Expr
    high: Expr
    closed: tuple[bool, bool] = (True, True)

    @property
    def extended(self) -> bool:
        """At a single point no derivative tells anything."""
        return bool(self.low < self.high)

    def around(self, x: Symbol) -> tuple[Rel, ...]:
        """The inside of the interval, as conditions: there the derivatives are looked at."""
        lower = () if self.low is -oo else (Rel(Relation.GT, x, self.low),)
        return lower if self.high is oo else (*lower, Rel(Relation.LT, x, self.high))


def interval_of(givens: Givens, x: Symbol) -> Interval | None:
    """Where the givens confine a real symbol to; ``None`` where they say more of it than two numbers can."""
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
    if x.is_zero is False and bool(low < 0) and bool(high > 0):
        return None  # two intervals
    return Interval(low, high, (left, right))


def smooth(h: Expr, inside: Facts, moving: Symbol | None = None) -> bool:
    """Analytic in a neighbourhood of each inner point, and continuous at the ends where it has a value.

    ``inside`` knows that the variable is an inner point; whatever else occurs is constant. With ``moving``, the
    variable, constants need not be known to be defined: it is asked where they are.
    """
    if not free(h):
        return not h.has(nan, zoo, oo)
    if not h.args or (moving is not None and moving not in free(h)):
        return True
    if isinstance(h, Integral):
        return _area(h, inside, moving)
    if not all(smooth(a, inside, moving) for a in h.args):
        return False
    if isinstance(h, ENTIRE):
        return True
    if isinstance(h, Pow):
        if isinstance(h.exp, Integer):
            return h.exp > 0 or has(h.base, Sign.NONZERO, inside)
        return has(h.base, Sign.POS, inside)
    if _ordered(h):
        return True
    if len(h.args) != 1 or inside.sign(h.args[0]) is None:
        return False
    return isinstance(h, ANALYTIC) or any(isinstance(h, kind) and rule(h.args[0], inside) for kind, rule in _CONFINED)


def has(e: Expr, wanted: Sign, inside: Facts) -> bool:
    """Whether the sign of an expression is known to be one of those wanted."""
    found = inside.sign(e)
    if found is not None and not found & ~wanted:
        return True
    if not wanted & Sign.POS:
        return False
    return any(isinstance(e, kind) and rule(e.args[0], inside) for kind, rule in _WAVES) or _positive(e, inside)


def _positive(e: Expr, inside: Facts) -> bool:
    """A sum whose factors tell it, or that exceeds a multiple of what is given to be positive."""
    if not isinstance(e, Add) or not inside.real(e):
        return False
    parts = factor(e)
    if isinstance(parts, Mul) and inside.sign(parts) == Sign.POS:
        return True
    for c in inside.givens.constraints:
        if not isinstance(c, Rel) or c.op not in ORDERS:
            continue
        gap = c.lhs - c.rhs if c.op in GREATER else c.rhs - c.lhs
        for y in free(gap) & free(e):
            times = e.diff(y) / gap.diff(y)
            if y not in free(times) and inside.sign(times) == Sign.POS:
                rest = inside.sign((e - times * gap).expand())
                if rest == Sign.POS or (rest in (Sign.NONNEG, Sign.ZERO) and c.op in (Relation.GT, Relation.LT)):
                    return True
    return False


def _between(low: Expr, high: Expr) -> Callable[[Expr, Facts], bool]:
    return lambda u, inside: has(u - low, Sign.POS, inside) and has(high - u, Sign.POS, inside)


_WAVES = ((cos, _between(-pi / 2, pi / 2)), (sin, _between(S.Zero, pi)))
"""Where sines and cosines are positive, on one stretch."""
_CONFINED: tuple[tuple[Any, Callable[[Expr, Facts], bool]], ...] = (
    (log, lambda u, inside: has(u, Sign.POS, inside)),
    ((asin, acos, atanh), _between(S.NegativeOne, S.One)),
    (acosh, lambda u, inside: has(u - 1, Sign.POS, inside)),
    ((tan, sec), _WAVES[0][1]),
    ((cot, csc), _WAVES[1][1]),
    ((coth, csch), lambda u, inside: has(u, Sign.NONZERO, inside)),
)
"""Where the argument of a function has to be for it to be analytic there, and continuous at the ends."""


def _ordered(h: Expr) -> bool:
    """A function of a family that is entire for whole orders."""
    if len(h.args) < 2 or not h.args[0].is_integer:
        return False
    return isinstance(h, OF_ORDER) or (isinstance(h, POLYNOMIALS) and h.args[0].is_nonnegative is True)


def _area(h: Integral, inside: Facts, moving: Symbol | None) -> bool:
    """An integral of what is analytic in its own variable, wherever that may be, from and to smooth ends."""
    if len(h.limits) != 1 or len(h.limits[0]) != 3:
        return False
    t, *ends = h.limits[0]
    constants = free(h.function) - {t}
    if moving in constants or (moving is None and constants):
        return False
    if not t.is_extended_real or not all(e.is_finite is not False and smooth(e, inside, moving) for e in ends):
        return False
    if _removable(h.function, t):
        return True
    if t.is_positive and value(h.function, t, S.Zero) is None:  # an end may be 0
        return False
    return smooth(h.function, Facts(), t)


def _removable(h: Expr, t: Symbol) -> bool:
    """An entire function divided by the variable where both are 0, as sin(t)/t."""
    whole = h * t
    return entire(whole, t) and whole.xreplace({t: S.Zero}) == 0


def entire(h: Expr, z: Symbol) -> bool:
    """Analytic in the whole plane as a function of ``z``; whatever else occurs is constant."""
    if z not in free(h):
        return True
    if isinstance(h, Integral):
        if len(h.limits) != 1 or len(h.limits[0]) != 3 or z in free(h.function):
            return False
        t, *ends = h.limits[0]
        if not all(e.is_finite is not False and entire(e, z) for e in ends):
            return False
        return entire(h.function, t) or _removable(h.function, t)
    if not all(entire(a, z) for a in h.args):
        return False
    if isinstance(h, Pow):
        return (isinstance(h.exp, Integer) and h.exp > 0) or (not free(h.base) and h.base.is_positive is True)
    return not h.args or isinstance(h, ENTIRE) or (_ordered(h) and z not in free(h.args[0]))


def value(h: Expr, y: Symbol, at: Expr) -> Expr | None:
    """The value at a point, where it is the limit too."""
    if any(y in free(p.exp) and not p.base.xreplace({y: at}).is_nonzero for p in h.atoms(Pow)):
        return None  # 0⁰ and ∞⁰ are no limits
    found: Expr = h.xreplace({y: at})
    return None if found.has(nan, zoo, oo) else found


def limit(h: Expr, y: Symbol, end: Expr, facts: Facts) -> Expr | None:
    """The limit at ±∞, where the limits of the parts tell it, or the degrees of a rational function."""
    if y not in free(h):
        return h
    if isinstance(h, Add):
        return _folded([limit(a, y, end, facts) for a in h.args], Add)
    if isinstance(h, Mul):
        still, rest = h.as_independent(y, as_Add=False)
        if still != 1:
            found = limit(rest, y, end, facts)
            return None if found is None else still * found
    if h.is_rational_function(y):
        top, bottom = (Poly(part, y) for part in fraction(together(h)))
        if top.degree() > bottom.degree() or not has(bottom.LC(), Sign.NONZERO, facts):
            return None
        return S.Zero if top.degree() < bottom.degree() else top.LC() / bottom.LC()
    if isinstance(h, Pow) and y not in free(h.exp) and h.base.is_polynomial(y) and has(h.exp, Sign.NEG, facts):
        return S.Zero if has(Poly(h.base, y).LC(), Sign.NONZERO, facts) else None
    if any(y in free(p.exp) for p in h.atoms(Pow)):
        return None  # ∞⁰ and the like
    found = h.xreplace({y: end})
    return found if found.is_finite else None


def _folded(parts: list[Expr | None], combine: type[Expr]) -> Expr | None:
    return None if any(p is None for p in parts) else combine(*parts)
