"""Antiderivatives of terms, and what they are at the ends of the range.

A term is c·t**s·exp(λ·t)·…; its antiderivative F is continuous between the ends, which is all that the fundamental
theorem asks for. Where an end is infinite, or 0 for a power of t, F has a limit if the integral converges; a divergent
integral is not defined, so what is not known of that becomes a condition.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from sympy import bernoulli, erf, euler, hermite, laguerre, legendre, oo, pi, uppergamma

from verify.normal.algebra.field import Field
from verify.normal.algebra.kernels import Kernel
from verify.normal.algebra.limits import Unsupported
from verify.normal.algebra.ratio import Ratio
from verify.normal.axioms.apply import removable
from verify.normal.axioms.convergence import above
from verify.normal.functions.atoms import constant, integer
from verify.normal.functions.exponentials import exponential
from verify.normal.functions.gamma import euler as gamma_of
from verify.normal.functions.logarithms import logarithm
from verify.normal.functions.powers import power
from verify.normal.functions.special import digamma_of, function
from verify.normal.signs import NEG, POS, ZERO, sign

MAX_POWER = 40
End = Ratio | Any  # a ratio, or ±oo


class Divergent(Unsupported):
    """A part of the integral has no limit."""


def difference(primitive: Callable[[End], Ratio], lo: End, hi: End) -> Ratio:
    """F(hi) − F(lo)."""
    return primitive(hi) - primitive(lo)


def infinite(end: End) -> bool:
    """Whether an end is ±oo."""
    return end is oo or end is -oo


def exponential_polynomial(field: Field, n: int, rate: Ratio, lo: End, hi: End) -> Ratio:
    """∫ tⁿ·exp(λ·t) dt, everywhere."""
    if n > MAX_POWER:
        raise Unsupported("a high power under an integral")
    if rate.is_zero:
        if infinite(lo) or infinite(hi):
            raise Divergent("a power at infinity")
        count = field.number(n + 1)
        return (hi ** (n + 1) - lo ** (n + 1)) / count
    if not removable(field, rate):
        raise Unsupported("an exponent that may be zero")

    def primitive(t: End) -> Ratio:
        if infinite(t):
            if not above(field, -rate if t is oo else rate, 0):
                raise Divergent("an exponential at infinity")
            return field.zero
        total, coefficient = field.zero, rate.inverse()
        for j in range(n + 1):
            total = total + coefficient * t ** (n - j)
            coefficient = -coefficient * field.number(n - j) / rate
        return total * exponential(field, rate * t)

    return difference(primitive, lo, hi)


def gaussian(field: Field, n: int, a: Ratio, b: Ratio, lo: End, hi: End) -> Ratio:
    """∫ tⁿ·exp(−a·t² + b·t) dt by erf (DLMF 7.2.1), everywhere; by parts for n > 0."""
    if n > MAX_POWER or not removable(field, a):
        raise Unsupported("a Gaussian integral")
    half = field.number(1, 2)
    root = power(field, a, half)
    shift = b / (field.number(2) * root)
    scale = power(field, constant(field, pi), half) / (field.number(2) * root) * exponential(field, shift * shift)

    def error(t: End) -> Ratio:
        if infinite(t):
            if not above(field, a, 0):
                raise Divergent("a Gaussian at infinity")
            return scale if t is oo else -scale
        return scale * function(field, erf, (root * t - shift,))

    def boundary(k: int, t: End) -> Ratio:
        return field.zero if infinite(t) else t**k * exponential(field, b * t - a * t * t)

    values = [difference(error, lo, hi)]
    two_a = field.number(2) * a
    for k in range(1, n + 1):
        value = b * values[k - 1] - (boundary(k - 1, hi) - boundary(k - 1, lo))
        if k > 1:
            value = value + field.number(k - 1) * values[k - 2]
        values.append(value / two_a)
    return values[n]


def power_of(field: Field, s: Ratio, lo: End, hi: End) -> Ratio:
    """∫ tˢ dt for t > 0."""
    above = s + field.one
    if not removable(field, above):
        raise Unsupported("a power that may be 1/t")

    def primitive(t: End) -> Ratio:
        if infinite(t) or t.is_zero:
            known = sign(field, above)
            bad = NEG if not infinite(t) else POS
            if known is None or known & (bad | ZERO):
                raise Divergent("a power at an end of the range")
            return field.zero
        return power(field, t, above) / above

    return difference(primitive, lo, hi)


def logarithmic(field: Field, s: Ratio, n: int, lo: End, hi: End) -> Ratio:
    """∫ tˢ·(log t)ⁿ dt for t > 0."""
    above = s + field.one
    if n > MAX_POWER:
        raise Unsupported("a high power of a logarithm")
    if above.is_zero:

        def last(t: End) -> Ratio:
            if infinite(t) or t.is_zero:
                raise Divergent("a logarithm at an end of the range")
            return logarithm(field, t) ** (n + 1) / field.number(n + 1)

        return difference(last, lo, hi)
    if not removable(field, above):
        raise Unsupported("a power that may be 1/t")

    def primitive(t: End) -> Ratio:
        if infinite(t) or t.is_zero:
            known = sign(field, above)
            if known is None or known & ((POS if infinite(t) else NEG) | ZERO):
                raise Divergent("a logarithm at an end of the range")
            return field.zero
        total, coefficient = field.zero, above.inverse()
        for j in range(n + 1):
            total = total + coefficient * logarithm(field, t) ** (n - j)
            coefficient = -coefficient * field.number(n - j) / above
        return total * power(field, t, above)

    return difference(primitive, lo, hi)


def incomplete(field: Field, s: Ratio, a: Ratio, c: Ratio, lo: End, hi: End) -> Ratio:
    """∫ tˢ·exp(−a·t**c) dt = −a^(−u)·Γ(u, a·t**c)/c with u = (s + 1)/c, for t > 0 and c > 0 (DLMF 8.2.2)."""
    if sign(field, c) != POS or not removable(field, a):
        raise Unsupported("an exponential of a power")
    u = (s + field.one) / c
    scale = -power(field, a, -u) / c

    def primitive(t: End) -> Ratio:
        if infinite(t):
            if not above(field, a, 0):
                raise Divergent("an exponential at infinity")
            return field.zero
        if t.is_zero:
            if not above(field, u, 0):
                raise Divergent("a power at 0")
            return scale * gamma_of(field, u)
        return scale * function(field, uppergamma, (u, a * power(field, t, c)))

    return difference(primitive, lo, hi)


def logarithmic_gamma(field: Field, s: Ratio, a: Ratio, c: Ratio, lo: End, hi: End) -> Ratio:
    """∫₀^∞ tˢ·log t·exp(−a·t) dt = Γ(s + 1)·a^(−s − 1)·(ψ(s + 1) − log a), the derivative of Euler's integral by s
    (DLMF 5.9.1)."""
    if not c.is_one or infinite(lo) or not lo.is_zero or hi is not oo:
        raise Unsupported("a logarithm times an exponential between other ends")
    u = s + field.one
    if not above(field, u, 0) or not above(field, a, 0):
        raise Divergent("a logarithm times an exponential")
    slope = digamma_of(field, u) - logarithm(field, a)
    return gamma_of(field, u) * power(field, a, -u) * slope


def beta_integral(field: Field, s: Ratio, r: Ratio, lo: End, hi: End) -> Ratio:
    """∫₀¹ tˢ·(1 − t)ʳ dt = B(s + 1, r + 1) (DLMF 5.12.1)."""
    if infinite(lo) or infinite(hi) or not lo.is_zero or not hi.is_one:
        raise Unsupported("a beta integral between other ends")
    one = field.one
    if not above(field, s, -1) or not above(field, r, -1):
        raise Divergent("a beta integral")
    return gamma_of(field, s + one) * gamma_of(field, r + one) / gamma_of(field, s + r + field.number(2))


# -- functions of a family --------------------------------------------------------------------------------------------


def _next(field: Field, name: Any, order: Ratio, t: Ratio) -> Ratio:
    return function(field, name, (order + field.one, t))


def _legendre(field: Field, order: Ratio, t: Ratio) -> Ratio:
    one = field.one
    below = function(field, legendre, (order - one, t))
    return (_next(field, legendre, order, t) - below) / (field.number(2) * order + one)


FAMILIES: dict[Any, Callable[[Field, Ratio, Ratio], Ratio]] = {
    bernoulli: lambda f, n, t: _next(f, bernoulli, n, t) / (n + f.one),  # DLMF 24.4.37
    euler: lambda f, n, t: _next(f, euler, n, t) / (n + f.one),  # DLMF 24.4.38
    hermite: lambda f, n, t: _next(f, hermite, n, t) / (f.number(2) * (n + f.one)),  # DLMF 18.9.25
    laguerre: lambda f, n, t: function(f, laguerre, (n, t)) - _next(f, laguerre, n, t),  # DLMF 18.17.1
    legendre: _legendre,  # DLMF 18.9.19
}
"""Antiderivatives of polynomials of whole degree, by the second argument."""


def of_family(field: Field, kernel: Kernel, slope: Ratio, at: Callable[[End], Ratio], lo: End, hi: End) -> Ratio:
    """∫ p(n, slope·t + …) dt."""
    rule = FAMILIES.get(kernel.data)
    if rule is None or len(kernel.args) != 2 or infinite(lo) or infinite(hi):
        raise Unsupported("an integral of a special function")
    order = kernel.args[0]
    known = sign(field, order)
    if known is None or known & NEG or not integer(field, order) or not removable(field, slope):
        raise Unsupported("a degree that is not known to be whole")
    found = rule(field, order, at(hi)) - rule(field, order, at(lo))
    return found / slope
