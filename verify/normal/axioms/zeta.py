"""The zeta functions of Riemann and Hurwitz, polylogarithms and Lerch's transcendent (DLMF 25)."""

from __future__ import annotations

import sympy

from verify.model import Relation
from verify.normal.algebra.field import Field
from verify.normal.algebra.ratio import Ratio
from verify.normal.axioms.apply import continuous, instance, negative
from verify.normal.axioms.formula import Number, Variable
from verify.normal.axioms.multiplication import distribution, parts
from verify.normal.axioms.table import HERE, Axiom, Family, Rule, Shift, Slope
from verify.normal.axioms.words import (
    HALF,
    ONE,
    TWO,
    ZERO,
    EulerGamma,
    bernoulli,
    cos,
    dirichlet_eta,
    euler,
    gamma,
    lerchphi,
    log,
    pi,
    polygamma,
    polylog,
    stieltjes,
    zeta,
)
from verify.normal.functions.atoms import integer
from verify.normal.functions.powers import power
from verify.normal.functions.special import function
from verify.normal.read import read
from verify.normal.signs import POS, sign

MAX_ARGUMENT = 60
s, a, z = Variable("s"), Variable("a"), Variable("z")
n = Variable("n", integer=True, positive=True)
k = Variable("k", integer=True, nonnegative=True)


def _zeta(field: Field, args: tuple[Ratio, ...]) -> Ratio | None:
    return _riemann(field, args[0]) if len(args) == 1 else _hurwitz(field, *args)


def _riemann(field: Field, argument: Ratio) -> Ratio | None:
    number = argument.rational()
    if number is not None:
        if number[1] != 1 or number[0] == 1 or abs(number[0]) > MAX_ARGUMENT or (number[0] > 0 and number[0] % 2):
            return None
        field.relations["ζ(2·n) and ζ(−n) (DLMF 25.6.2, 25.6.3)"] = None
        return read(field, sympy.zeta(number[0]))
    if integer(field, argument):
        if integer(field, argument / field.number(2)) and sign(field, argument) == POS:
            field.relations["ζ(1 − s) and ζ(s) (DLMF 25.4.1)"] = None
            return instance(field, zeta(1 - s) / _REFLECTED, {s: argument})
        if _not_positive(field, argument):
            return function(field, sympy.zeta, (argument, field.one))
    if negative(argument) and continuous(field, argument):
        field.relations["ζ(1 − s) and ζ(s) (DLMF 25.4.1)"] = None
        return instance(field, _REFLECTED * zeta(s), {s: field.one - argument})
    return None


_REFLECTED = 2 * (2 * pi) ** (-s) * cos(pi * s / 2) * gamma(s)


def _not_positive(field: Field, a: Ratio) -> bool:
    known = sign(field, a)
    return known is not None and not known & POS


def _hurwitz(field: Field, order: Ratio, a: Ratio) -> Ratio | None:
    """ζ(s, q·z) by ζ(s, z + j/q), where parts of z occur, and the same at rational numbers (DLMF 25.11.15)."""
    number = a.rational()
    if number is None:
        found = parts(field, "zeta", a)
        if found is None:
            return None
        q, arguments = found
        field.relations["ζ(s, q·z) by ζ(s, z + j/q) (DLMF 25.11.15)"] = None
        return power(field, q, -order) * field.total(function(field, sympy.zeta, (order, x)) for x in arguments)
    known = distribution(*number)
    if known is None:
        return None
    r, b, others = known
    field.relations["Σ ζ(s, (b + j)/r) = rˢ·ζ(s, b) (DLMF 25.11.15)"] = None
    whole = power(field, field.number(r), order) * function(field, sympy.zeta, (order, field.number(*b)))
    return whole - field.total(function(field, sympy.zeta, (order, field.number(*x))) for x in others)


def _polylog(field: Field, args: tuple[Ratio, ...]) -> Ratio | None:
    """Li₋ₙ(z) = (z·d/dz)ⁿ z/(1 − z) (DLMF 25.12.10)."""
    number = args[0].rational()
    if number is None or number[1] != 1 or not -8 <= number[0] <= 0:
        return None
    top: tuple[int, ...] = (0, 1)  # the coefficients of p, where the value is p(z)/(1 − z)ᵐ
    for m in range(1, 1 - number[0]):
        above = (*top[1:], 0)
        top = (0, *((j + 1) * up + (m - j) * here for j, (here, up) in enumerate(zip(top, above, strict=True))))
    z = args[1]
    powers = field.total(field.number(c) * z**j for j, c in enumerate(top) if c)
    return powers / (field.one - z) ** (1 - number[0])


RULES: dict[object, Rule] = {sympy.zeta: _zeta, sympy.polylog: _polylog}
_AT_HALF = log(2) ** 3 / 6 - pi**2 * log(2) / 12 + 7 * zeta(3) / 8

FAMILY = Family(
    axioms=[
        Axiom(zeta, (-k, a), -bernoulli(k + 1, a) / (k + 1), "DLMF 25.11.14", definition=True),
        Axiom(zeta, (s, ONE), zeta(s), "DLMF 25.11.2", definition=True),
        Axiom(
            zeta,
            (n + 1, a),
            (-1) ** (n + 1) * polygamma(n, a) / gamma(n + 1),
            "DLMF 25.11.12",
            definition=True,
        ),
        Axiom(dirichlet_eta, (ONE,), log(2), "DLMF 25.2.3"),
        Axiom(dirichlet_eta, (s,), (1 - 2 ** (1 - s)) * zeta(s), "DLMF 25.2.3", removable=(s - 1,)),
        Axiom(polylog, (s, ZERO), ZERO, "DLMF 25.12.10"),
        Axiom(polylog, (ONE, z), -log(1 - z), "DLMF 25.12.1"),
        Axiom(polylog, (s, ONE), zeta(s), "DLMF 25.12.10", ((Relation.GT, s, ONE),)),
        Axiom(polylog, (s, -ONE), -dirichlet_eta(s), "DLMF 25.12.10"),
        Axiom(polylog, (TWO, HALF), pi**2 / 12 - log(2) ** 2 / 2, "DLMF 25.12.6"),
        Axiom(polylog, (Number(3), HALF), _AT_HALF, "Lewin, Polylogarithms, 6.12"),
        Axiom(lerchphi, (ONE, s, a), zeta(s, a), "DLMF 25.14.2"),
        Axiom(
            lerchphi,
            (-ONE, 2 * k + 1, HALF),
            (-1) ** k * pi ** (2 * k + 1) * euler(2 * k) / (2 * gamma(2 * k + 1)),
            "DLMF 24.8.4 at x = 1/2",
        ),
        Axiom(
            lerchphi,
            (-ONE, s, a),
            2 ** (-s) * (zeta(s, a / 2) - zeta(s, (a + 1) / 2)),
            "DLMF 25.14.1",
            removable=(s - 1,),
        ),
        Axiom(lerchphi, (z, s, ONE), polylog(s, z) / z, "DLMF 25.14.3", removable=(z,), definition=True),
        Axiom(lerchphi, (-ONE, ONE, a), (polygamma(0, (a + 1) / 2) - polygamma(0, a / 2)) / 2, "DLMF 5.7.6"),
        Axiom(lerchphi, (z, ZERO, a), 1 / (1 - z), "DLMF 25.14.1"),
        Axiom(stieltjes, (ZERO,), EulerGamma, "DLMF 25.2.5"),
        Axiom(stieltjes, (ZERO, a), -polygamma(0, a), "DLMF 25.11.42"),
        Axiom(stieltjes, (k, ONE), stieltjes(k), "DLMF 25.2.4, 25.11.2"),
    ],
    shifts=[
        Shift(zeta, (s, a), a, HERE - a ** (-s), HERE + (a - 1) ** (-s), "DLMF 25.11.3", first=1),
        Shift(
            stieltjes,
            (k, a),
            a,
            HERE - log(a) ** k / a,
            HERE + log(a - 1) ** k / (a - 1),
            "DLMF 25.11.3, expanded at s = 1",
            first=1,
        ),
    ],
    slopes=[
        Slope(zeta, (s, a), a, -s * zeta(s + 1, a), "DLMF 25.11.17"),
        Slope(polylog, (s, z), z, polylog(s - 1, z) / z, "DLMF 25.12.10, term by term"),
    ],
    rules=RULES,
)
