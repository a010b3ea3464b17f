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
    sec,
    sech,
    sin,
    sinh,
    tan,
    tanh,
    zoo,
)

from verify.checks.limits import value
from verify.checks.signs import WAVES, between, has
from verify.facts import Facts, Sign
from verify.terms import free, sigmoid, softplus

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
ANALYTIC = (tanh, sech, atan, asinh, sigmoid, softplus)
"""Analytic on the real line."""
POLYNOMIALS = (assoc_laguerre, bernoulli, euler, gegenbauer, hermite, hermite_prob, jacobi, laguerre, legendre)
"""Polynomials in the last argument where the first, their degree, is a whole number that is not negative."""
OF_ORDER = (besseli, besselj, chebyshevt, chebyshevu)
"""Entire functions of the last argument where the first, their degree or order, is any whole number."""


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


_CONFINED: tuple[tuple[Any, Callable[[Expr, Facts], bool]], ...] = (
    (log, lambda u, inside: has(u, Sign.POS, inside)),
    ((asin, acos, atanh), between(S.NegativeOne, S.One)),
    (acosh, lambda u, inside: has(u - 1, Sign.POS, inside)),
    ((tan, sec), WAVES[0][1]),
    ((cot, csc), WAVES[1][1]),
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
