"""Factorials and binomial coefficients as quotients of gamma functions, harmonic numbers as digamma functions."""

from __future__ import annotations

import sympy

from verify.normal.algebra.field import Field
from verify.normal.algebra.ratio import Ratio
from verify.normal.axioms.apply import continuous_alone
from verify.normal.axioms.formula import Variable
from verify.normal.axioms.table import HERE, Axiom, Family, Rule, Shift, Slope
from verify.normal.axioms.words import (
    HALF,
    ONE,
    ZERO,
    EulerGamma,
    RisingFactorial,
    catalan,
    factorial2,
    gamma,
    harmonic,
    log,
    loggamma,
    pi,
    polygamma,
    sqrt,
    zeta,
)
from verify.normal.functions.atoms import integer
from verify.normal.functions.gamma import euler
from verify.normal.functions.powers import power
from verify.normal.signs import NEG, POS, sign

z = Variable("z")
n = Variable("n", integer=True, nonnegative=True)
m = Variable("m", integer=True, positive=True)
p = Variable("p", positive=True)


def _rising(field: Field, args: tuple[Ratio, ...]) -> Ratio | None:
    """(a)ₙ = Γ(a + n)/Γ(a) (DLMF 5.2.5); at the poles of both by continuity, or for positive arguments only."""
    a, count = args
    if (sign(field, a) == POS and sign(field, a + count) == POS) or continuous_alone(field, a, count):
        return euler(field, a + count) / euler(field, a)
    return None


def _falling(field: Field, args: tuple[Ratio, ...]) -> Ratio | None:
    """a(a − 1)…(a − n + 1) = (a − n + 1)ₙ = (−1)ⁿ(−a)ₙ (DLMF 5.2.6)."""
    a, count = args
    if sign(field, -a) == POS and integer(field, count) and _nonnegative(field, count):
        return power(field, field.number(-1), count) * euler(field, count - a) / euler(field, -a)
    lowest = a - count + field.one
    if (sign(field, a + field.one) == POS and sign(field, lowest) == POS) or continuous_alone(field, a, count):
        return euler(field, a + field.one) / euler(field, lowest)
    return None


def _nonnegative(field: Field, a: Ratio) -> bool:
    known = sign(field, a)
    return known is not None and not known & NEG


def _binomial(field: Field, args: tuple[Ratio, ...]) -> Ratio | None:
    """n!/(k!·(n − k)!) (DLMF 1.2.6), unless n may be a negative whole number, where conventions differ; 0 outside of
    the triangle."""
    a, k = args
    if (
        integer(field, a)
        and integer(field, k)
        and _nonnegative(field, a)
        and NEG in (sign(field, k), sign(field, a - k))
    ):
        return field.zero
    if sign(field, a + field.one) == POS or continuous_alone(field, a, k):
        top = euler(field, a + field.one)
        return top / (euler(field, k + field.one) * euler(field, a - k + field.one))
    return None


RULES: dict[object, Rule] = {
    sympy.RisingFactorial: _rising,
    sympy.FallingFactorial: _falling,
    sympy.binomial: _binomial,
}

FAMILY = Family(
    axioms=[
        Axiom(catalan, (n,), 4**n * gamma(n + HALF) / (sqrt(pi) * gamma(n + 2)), "DLMF 26.5.1"),
        Axiom(RisingFactorial, (z, ZERO), ONE, "DLMF 5.2.4"),
        Axiom(harmonic, (z,), polygamma(0, z + 1) + EulerGamma, "DLMF 5.4.14"),
        Axiom(harmonic, (z, ONE), polygamma(0, z + 1) + EulerGamma, "DLMF 5.4.14"),
        Axiom(harmonic, (n, m + 1), zeta(m + 1) - zeta(m + 1, n + 1), "DLMF 25.11.4"),
        Axiom(loggamma, (p,), log(gamma(p)), "DLMF 5.10.1, real for p > 0"),
        Axiom(factorial2, (2 * n,), 2**n * gamma(n + 1), "DLMF 5.4.2"),
        Axiom(factorial2, (2 * n - 1,), 2**n * gamma(n + HALF) / sqrt(pi), "DLMF 5.4.2"),
    ],
    shifts=[
        Shift(RisingFactorial, (z, n), n, (z + n) * HERE, HERE / (z + n - 1), "DLMF 5.2.4", nonzero_down=(z + n - 1,)),
        Shift(loggamma, (z,), z, HERE + log(z), HERE - log(z - 1), "DLMF 5.5.1", first=1),
    ],
    slopes=[Slope(loggamma, (z,), z, polygamma(0, z), "DLMF 5.2.2")],
    rules=RULES,
)
