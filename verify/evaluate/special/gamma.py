"""The gamma function and its relatives (DLMF ch. 5 and 8)."""

from __future__ import annotations

import sympy
from flint import acb
from sympy import Expr

from verify.evaluate.field import Indeterminate, Undefined
from verify.evaluate.special.entry import Ball, Entry, exactly, has_zero, off_ray, right_of_cut, whole

MOST_FACTORS = 2_000


def _at_pole(z: Ball) -> bool:
    """Exactly at 0, −1, −2, …"""
    n = whole(z)
    return n is not None and n <= 0


def _no_pole(z: Ball) -> Ball:
    if _at_pole(z):
        raise Undefined("a pole of the gamma function")
    return z


def gamma(z: Ball) -> Ball:
    """Γ(z)."""
    return _no_pole(z).gamma()


def _polygamma(n: Ball, z: Ball) -> Ball:
    order = whole(n)
    if order is None or order < 0:
        raise Indeterminate("a polygamma function whose order is not a whole number")
    return _no_pole(z).digamma() if order == 0 else _no_pole(z).polygamma(n)


def _product(z: Ball, count: int, step: int) -> Ball:
    """``z (z + step) …``, that many factors; a negative number of them divides by those before the first."""
    total = acb(1)
    for i in range(count):
        total = total * (z + step * i)
    for i in range(1, 1 - count):
        factor = z - step * i
        if factor == 0:
            raise Undefined("a division by zero")
        total = total / factor
    return total


def rising(z: Ball, k: Ball) -> Ball:
    """``Γ(z + k)/Γ(z)``, by continuity a product where ``k`` is a whole number."""
    count = whole(k)
    if count is not None and abs(count) <= MOST_FACTORS:
        return _product(z, count, 1)
    if _at_pole(z + k) and _at_pole(z):
        raise Undefined("a quotient of two poles")
    return gamma(z + k) * z.rgamma()


def falling(z: Ball, k: Ball) -> Ball:
    """``Γ(z + 1)/Γ(z − k + 1)``, by continuity a product where ``k`` is a whole number."""
    count = whole(k)
    if count is not None and abs(count) <= MOST_FACTORS:
        return _product(z, count, -1) if count >= 0 else _falling_below(z, -count)
    if _at_pole(z + 1) and _at_pole(z - k + 1):
        raise Undefined("a quotient of two poles")
    return gamma(z + 1) * (z - k + 1).rgamma()


def _falling_below(z: Ball, count: int) -> Ball:
    """``1/((z + 1) … (z + count))``."""
    below = _product(z + 1, count, 1)
    if below == 0:
        raise Undefined("a division by zero")
    return 1 / below


def binomial(n: Ball, k: Ball) -> Ball:
    """``Γ(n + 1)/(Γ(k + 1) Γ(n − k + 1))``, by continuity a product where ``k`` is a whole number."""
    count = whole(k)
    if count is not None:
        if count < 0:
            top = whole(n)
            if top is not None and top < 0:
                raise Undefined("a binomial coefficient of two negative numbers")  # conventions differ
            return acb(0)
        top = whole(n)
        if top is not None and top >= 0 and count > top:
            return acb(0)
        if top is not None and top >= 0 and top - count < count:
            count = top - count
        if count <= MOST_FACTORS:
            return falling(n, exactly(count)) / acb(count + 1).gamma()
    return gamma(n + 1) * (k + 1).rgamma() * (n - k + 1).rgamma()


def beta(a: Ball, b: Ball) -> Ball:
    """``Γ(a) Γ(b)/Γ(a + b)``."""
    return gamma(a) * gamma(b) * (a + b).rgamma()


def _incomplete_beta(a: Ball, b: Ball, low: Ball, high: Ball) -> Ball:
    upper = acb(0) if high == 0 else high.beta_lower(a, b)
    return upper if low == 0 else upper - low.beta_lower(a, b)


def _beta_regular(a: Ball, b: Ball, low: Ball, high: Ball) -> bool:
    return all(x == 0 or (right_of_cut(x) and off_ray(x, 1, True)) for x in (low, high))


def harmonic(n: Ball, m: Ball | None = None) -> Ball:
    """``H_n`` and ``H_n^(m) = ζ(m) − ζ(m, n + 1)``; a sum where ``n`` is a whole number."""
    count = whole(n)
    if count is not None and 0 <= count <= MOST_FACTORS:
        power = acb(1) if m is None else m
        return sum((acb(k) ** -power for k in range(1, count + 1)), acb(0))
    if count is not None and count < 0:
        raise Undefined("a pole")
    if m is None or m == 1:
        return (n + 1).digamma() - acb(1).digamma()
    return m.zeta() - m.zeta(n + 1)


def _double_factorial(z: Ball) -> Ball:
    n = whole(z)
    if n is None:
        raise Indeterminate("the double factorial of what is not a whole number")
    if n < 0 and n % 2 == 0:
        raise Undefined("a pole")
    total = acb(1)
    for k in range(n, 0, -2):
        total = total * k
    for k in range(n + 2, 0, 2):  # (n)!! = (n + 2)!!/(n + 2) below −1
        total = total / k
    return total


def _catalan(n: Ball) -> Ball:
    """``4ⁿ Γ(n + 1/2)/(√π Γ(n + 2))``."""
    return acb(4) ** n * gamma(n + acb(1) / 2) * (n + 2).rgamma() / acb.pi().sqrt()


def _incomplete(a: Ball, z: Ball, upper: bool) -> Ball:
    if z == 0:
        if upper and a.real > 0:
            return gamma(a)
        if not upper and a.real > 0:
            return acb(0)
        raise Undefined("an incomplete gamma function at its singularity")
    if upper:
        return z.gamma_upper(a)
    return z.gamma_lower(_no_pole(a))


def _power_regular(a: Ball, z: Ball) -> bool:
    """Of an incomplete gamma function: a power of ``z`` times an entire function, where ``a`` is a positive integer."""
    n = whole(a)
    return (n is not None and n > 0) or right_of_cut(z)


def _expint(s: Ball, z: Ball) -> Ball:
    if z == 0:
        if s.real > 1:
            return 1 / (s - 1)
        raise Undefined("an exponential integral at its singularity")
    return z.expint(s)


def _expint_regular(s: Ball, z: Ball) -> bool:
    n = whole(s)
    return (n is not None and n <= 0 and not has_zero(z)) or right_of_cut(z)


TABLE: dict[type[Expr], Entry] = {
    sympy.gamma: Entry(gamma),
    sympy.factorial: Entry(lambda z: gamma(z + 1)),
    sympy.loggamma: Entry(lambda z: _no_pole(z).lgamma(), right_of_cut),
    sympy.digamma: Entry(lambda z: _no_pole(z).digamma()),
    sympy.trigamma: Entry(lambda z: _polygamma(acb(1), z)),
    sympy.polygamma: Entry(_polygamma),
    sympy.harmonic: Entry(harmonic, lambda n, m=None: m is None or whole(m) is not None or right_of_cut(n + 1)),
    sympy.beta: Entry(beta),
    sympy.betainc: Entry(_incomplete_beta, _beta_regular),
    sympy.betainc_regularized: Entry(
        lambda a, b, low, high: _incomplete_beta(a, b, low, high) / beta(a, b), _beta_regular
    ),
    sympy.RisingFactorial: Entry(rising),
    sympy.FallingFactorial: Entry(falling),
    sympy.binomial: Entry(binomial),
    sympy.catalan: Entry(_catalan),
    sympy.factorial2: Entry(_double_factorial),
    sympy.subfactorial: Entry(lambda z: acb(-1).gamma_upper(z + 1) * acb(-1).exp(), reflects=False),
    sympy.lowergamma: Entry(lambda a, z: _incomplete(a, z, False), _power_regular),
    sympy.uppergamma: Entry(lambda a, z: _incomplete(a, z, True), _power_regular),
    sympy.expint: Entry(_expint, _expint_regular),
}
