"""Polygamma functions: recurrence, reflection, and their values at rational numbers (DLMF 5.4, 5.15)."""

from __future__ import annotations

from functools import cache
from math import factorial

import sympy

from verify.normal.algebra.field import Field
from verify.normal.algebra.ratio import Ratio
from verify.normal.axioms.apply import constant_term, continuous, instance, negative
from verify.normal.axioms.formula import Formula, Number, Variable
from verify.normal.axioms.multiplication import distribution, parts
from verify.normal.axioms.table import HERE, Family, Rule, Shift, Slope
from verify.normal.axioms.words import THIRD, ZERO, Catalan, EulerGamma, cos, cot, gamma, log, pi, polygamma, sin, zeta
from verify.normal.functions.atoms import integer
from verify.normal.functions.logarithms import logarithm
from verify.normal.functions.special import function
from verify.normal.signs import POS, sign

MAX_ORDER = 12
MAX_DENOMINATOR = 12
z = Variable("z")
n = Variable("n", integer=True, nonnegative=True)
m = Variable("m", integer=True, positive=True)


def reflection(order: int, argument: Formula) -> Formula:
    """ψ⁽ᵐ⁾(1 − z) = (−1)ᵐ(ψ⁽ᵐ⁾(z) + dᵐ/dzᵐ π·cot πz) (DLMF 5.15.6)."""
    return (-1) ** order * (polygamma(order, argument) + _cotangent(order, argument))


def _cotangent(order: int, argument: Formula) -> Formula:
    """dᵐ/dzᵐ π·cot πz = πᵐ⁺¹·p(cot πz), where p is a polynomial: the slope of p(c) is −π·p′(c)·(1 + c²)."""
    p: tuple[int, ...] = (0, 1)
    for _ in range(order):
        slope = tuple(i * c for i, c in enumerate(p))[1:]
        p = tuple(-a - b for a, b in zip((*slope, 0, 0), (0, 0, *slope), strict=True))
    value: Formula = ZERO
    for c in reversed(p):
        value = value * cot(pi * argument) + c
    return pi ** (order + 1) * value


def _gauss(p: int, q: int) -> Formula:
    """ψ(p/q) for 0 < p < q (Gauss; DLMF 5.4.19)."""
    total = -EulerGamma - log(Number(q)) - pi / 2 * cot(pi * Number(p, q))
    for k in range(1, (q + 1) // 2):
        total = total + 2 * cos(2 * pi * k * Number(p, q)) * log(2 * sin(pi * Number(k, q)))
    return total + (-1) ** p * log(2) if q % 2 == 0 else total


@cache
def at_rational(order: int, p: int, q: int) -> Formula | None:
    """ψ⁽ᵐ⁾(p/q) for 0 < p/q ≤ 1 in more basic constants, where there are some."""
    sign = (-1) ** (order + 1)
    if q == 1:
        return sign * factorial(order) * zeta(order + 1) if order else -EulerGamma
    if order == 0:
        return _gauss(p, q) if q <= MAX_DENOMINATOR else None
    if q == 2:
        return sign * factorial(order) * (2 ** (order + 1) - 1) * zeta(order + 1)
    if order == 1 and (p, q) == (1, 4):
        return pi**2 + 8 * Catalan
    if 2 * p > q:
        return reflection(order, Number(q - p, q))
    if order % 2 == 0 and q in (3, 4, 6):
        # Σ ψ⁽ᵐ⁾(k/q) = qᵐ⁺¹·ψ⁽ᵐ⁾(1) (DLMF 5.15.7), and the difference of ψ⁽ᵐ⁾(1/q) and its mirror image
        whole = at_rational(order, 1, 1)
        assert whole is not None
        rest = q ** (order + 1) * whole
        for k in range(2, q - 1):
            rest = rest - (at_rational(order, Number(k, q).p, Number(k, q).q) or 0)
        rest = rest - whole
        return (rest - _cotangent(order, Number(1, q))) / 2
    if (p, q) == (1, 6):
        return 2 ** (order + 1) * polygamma(order, THIRD) - reflection(order, THIRD)
    return None


def _polygamma(field: Field, args: tuple[Ratio, ...]) -> Ratio | None:
    order = args[0].rational()
    if order is None:
        return _symbolic(field, *args)
    if order[1] != 1 or not 0 <= order[0] <= MAX_ORDER:
        return None
    m, a = order[0], args[1]
    number = a.rational()
    if number is not None:
        if not 0 < number[0] <= number[1]:
            return None
        value = at_rational(m, *number)
        if value is None:
            return None
        field.relations["ψ⁽ᵐ⁾ at rational numbers (DLMF 5.4.19, 5.15.2 to 5.15.7)"] = None
        return instance(field, value, {})
    found = _multiplied(field, m, a)
    if found is not None:
        return found
    top, bottom = constant_term(a)
    if 0 <= top < bottom and negative(a) and continuous(field, a):
        field.relations["ψ⁽ᵐ⁾(1 − z) and ψ⁽ᵐ⁾(z) (DLMF 5.15.6)"] = None
        return instance(field, reflection(m, z), {z: field.one - a})
    return None


def _multiplied(field: Field, m: int, a: Ratio) -> Ratio | None:
    """ψ⁽ᵐ⁾(q·z) by ψ⁽ᵐ⁾(z + j/q), where parts of z occur (DLMF 5.5.8, 5.15.7)."""
    found = parts(field, "polygamma", a)
    if found is None:
        return None
    q, arguments = found
    field.relations["ψ⁽ᵐ⁾(q·z) by ψ⁽ᵐ⁾(z + j/q) (DLMF 5.5.8, 5.15.7)"] = None
    values = (function(field, sympy.polygamma, (field.number(m), x)) for x in arguments)
    total = field.total(values) / q ** (m + 1)
    return total + logarithm(field, q) if m == 0 else total


def _symbolic(field: Field, order: Ratio, a: Ratio) -> Ratio | None:
    """ψ⁽ᵐ⁾ for symbolic m ≥ 1: at 1 by the series (DLMF 5.15.1), at other rational numbers by what is known there."""
    number = a.rational()
    if number is None or not (integer(field, order) and sign(field, order) == POS):
        return None
    if a.is_one:
        field.relations["DLMF 5.15.1, 25.2.1"] = None
        return instance(field, (-1) ** (m + 1) * gamma(m + 1) * zeta(m + 1), {m: order})
    found = distribution(*number)
    if found is None:
        return None
    r, b, others = found
    field.relations["Σ ψ⁽ᵐ⁾((b + j)/r) = r**(m + 1)·ψ⁽ᵐ⁾(b) (DLMF 5.15.7)"] = None
    value = instance(field, Number(r) ** (m + 1), {m: order}) * function(
        field, sympy.polygamma, (order, field.number(*b))
    )
    return value - field.total(function(field, sympy.polygamma, (order, field.number(*x))) for x in others)


_STEP = (-1) ** n * gamma(n + 1)
RULES: dict[object, Rule] = {sympy.polygamma: _polygamma}
FAMILY = Family(
    shifts=[
        Shift(
            polygamma,
            (n, z),
            z,
            HERE + _STEP * z ** (-n - 1),
            HERE - _STEP * (z - 1) ** (-n - 1),
            "DLMF 5.15.5",
            first=1,
        )
    ],
    slopes=[
        Slope(polygamma, (n, z), z, polygamma(n + 1, z), "DLMF 5.15.1", definition=True),
    ],
    rules=RULES,
)
