"""Bessel functions (DLMF 10): orders brought to one representative, halves of whole numbers are elementary."""

from __future__ import annotations

from functools import cache

import sympy

from verify.normal.algebra.field import Field
from verify.normal.algebra.ratio import Ratio
from verify.normal.axioms.apply import constant_term, continuous, instance, negative, removable
from verify.normal.axioms.formula import Formula, Number, Variable
from verify.normal.axioms.table import HERE, NEXT, Axiom, Family, Ladder, Rule, Shift
from verify.normal.axioms.words import (
    HALF,
    ONE,
    ZERO,
    I,
    besseli,
    besselj,
    besselk,
    bessely,
    cos,
    cosh,
    gamma,
    hankel1,
    hankel2,
    jn,
    pi,
    sin,
    sinh,
    sqrt,
    yn,
)
from verify.normal.functions.atoms import constant, integer
from verify.normal.functions.powers import power
from verify.normal.functions.special import function

nu, z = Variable("nu"), Variable("z")
k = Variable("k", integer=True)
n = Variable("n", integer=True, positive=True)

_MIRRORED: dict[object, Formula] = {
    sympy.besselj: cos(nu * pi) * besselj(nu, z) - sin(nu * pi) * bessely(nu, z),
    sympy.bessely: sin(nu * pi) * besselj(nu, z) + cos(nu * pi) * bessely(nu, z),
    sympy.besseli: besseli(nu, z) + 2 / pi * sin(nu * pi) * besselk(nu, z),
    sympy.besselk: besselk(nu, z),
}
"""The function of order −ν (DLMF 10.2.3, 10.4.6, 10.27.2, 10.27.3)."""
_TURNED = {sympy.besselj: (sympy.besseli, I), sympy.besseli: (sympy.besselj, I)}


def _of(name: type) -> Rule:
    def rule(field: Field, args: tuple[Ratio, ...]) -> Ratio | None:
        order, argument = args
        number = order.rational()
        if number in _SERIES and removable(field, argument):
            field.relations["series at ν = ±1/2 (DLMF 10.2.2, 10.25.2, 4.19, 4.33)"] = None
            return instance(field, _elementary(name, *number), {z: argument})
        if number is not None:
            fraction = number[0] % number[1]
            if number[1] > 2 and 2 * fraction > number[1]:
                # of ν and −ν one has a fraction below 1/2; the recurrence reaches all others of that fraction
                return _mirrored(field, name, args)
        elif integer(field, order):
            if negative(order) and _constant(order) == 0:
                return _mirrored(field, name, args)
        elif negative(order) and _constant(order) in (0, 1) and (continuous(field, order) or _half(field, order)):
            return _mirrored(field, name, args)
        if integer(field, order) and not argument.is_zero and name in _TURNED:
            return _symmetric(field, name, order, argument)
        return None

    return rule


def _half(field: Field, order: Ratio) -> bool:
    """Half of an odd number."""
    return integer(field, order - field.number(1, 2))


_SERIES = {(-1, 2): (cos(z), cosh(z)), (1, 2): (sin(z) / z, sinh(z) / z)}
"""Σ (∓z²/4)ᵏ/((ν + 1)ₖ·k!) for ν = ±1/2."""


@cache
def _elementary(name: type, p: int, q: int) -> Formula:
    """The function of order ±1/2: (z/2)**ν/Γ(ν + 1) times its series; Y and K by those of both orders."""

    order = Number(p, q)

    def series(kind: int, at: Number) -> Formula:
        return sqrt(z) / z * (z / 2) ** (at + HALF) * sqrt(2) / gamma(at + 1) * _SERIES[at.p, at.q][kind]

    if name in (sympy.besselj, sympy.besseli):
        return series(int(name is sympy.besseli), order)
    kind = int(name is sympy.besselk)
    here, mirrored = series(kind, order), series(kind, -order)
    if name is sympy.besselk:
        return pi / 2 * (mirrored - here) / sin(order * pi)  # DLMF 10.27.4
    return (cos(order * pi) * here - mirrored) / sin(order * pi)  # DLMF 10.2.3


def _constant(order: Ratio) -> int:
    top, bottom = constant_term(order)
    return top // bottom


def _mirrored(field: Field, name: type, args: tuple[Ratio, ...]) -> Ratio:
    field.relations["orders ν and −ν (DLMF 10.2.3, 10.4.6, 10.27.2, 10.27.3)"] = None
    return instance(field, _MIRRORED[name], {nu: -args[0], z: args[1]})


def _symmetric(field: Field, name: type, order: Ratio, argument: Ratio) -> Ratio | None:
    """Whole orders: Jₙ(−z) = (−1)ⁿ·Jₙ(z), Jₙ(i·z) = iⁿ·Iₙ(z), and the same of I."""
    if all(any(m[kernel.index] for kernel in argument.inside if kernel.kind == "imaginary") for m in _terms(argument)):
        field.relations["Jₙ(i·z) = iⁿ·Iₙ(z) (DLMF 10.27.6)"] = None
        turned = argument * instance(field, -I, {})
        other, unit = _TURNED[name]
        return power(field, instance(field, unit, {}), order) * function(field, other, (order, turned))
    if argument.num.leading_coefficient() < 0:
        field.relations["Jₙ(−z) = (−1)ⁿ·Jₙ(z) (DLMF 10.11.1)"] = None
        return power(field, field.number(-1), order) * function(field, name, (order, -argument))
    return None


def _terms(a: Ratio) -> list[tuple[int, ...]]:
    return list(a.num.monoms())


_SPHERICAL = (2 * nu + 3) / z * NEXT - HERE, (2 * nu + 1) / z * HERE - NEXT


def _spherical(name: type) -> Rule:
    """jₙ(z) = √(π/2)·z^(−1/2)·J_{n + 1/2}(z) and the same of yₙ (DLMF 10.47.3, 10.47.4); at numbers the table tells."""

    def rule(field: Field, args: tuple[Ratio, ...]) -> Ratio | None:
        order, argument = args
        if order.rational() is not None or not removable(field, argument):
            return None
        field.relations["DLMF 10.47.3, 10.47.4"] = None
        half = field.number(1, 2)
        scale = power(field, constant(field, sympy.pi) / field.number(2), half) / power(field, argument, half)
        return scale * function(field, name, (order + half, argument))

    return rule


RULES: dict[object, Rule] = {f: _of(f) for f in (sympy.besselj, sympy.bessely, sympy.besseli, sympy.besselk)}
RULES |= {sympy.jn: _spherical(sympy.besselj), sympy.yn: _spherical(sympy.bessely)}

FAMILY = Family(
    axioms=[
        Axiom(besselj, (ZERO, ZERO), ONE, "DLMF 10.2.2"),
        Axiom(besselj, (n, ZERO), ZERO, "DLMF 10.2.2"),
        Axiom(besseli, (ZERO, ZERO), ONE, "DLMF 10.25.2"),
        Axiom(besseli, (n, ZERO), ZERO, "DLMF 10.25.2"),
        Axiom(hankel1, (nu, z), besselj(nu, z) + I * bessely(nu, z), "DLMF 10.4.3", definition=True),
        Axiom(hankel2, (nu, z), besselj(nu, z) - I * bessely(nu, z), "DLMF 10.4.3", definition=True),
        Axiom(jn, (ZERO, z), sin(z) / z, "DLMF 10.49.3", removable=(z,)),
        Axiom(jn, (ONE, z), sin(z) / z**2 - cos(z) / z, "DLMF 10.49.3", removable=(z,)),
        Axiom(yn, (ZERO, z), -cos(z) / z, "DLMF 10.49.5", removable=(z,)),
        Axiom(yn, (ONE, z), -cos(z) / z**2 - sin(z) / z, "DLMF 10.49.5", removable=(z,)),
    ],
    shifts=[
        *(
            Shift(f, (nu, z), nu, *_SPHERICAL, "DLMF 10.51.1", order=2, nonzero_up=(z,), nonzero_down=(z,), halves=True)
            for f in (jn, yn)
        ),
    ],
    ladders=[
        Ladder(besselj, (nu, z), 1, -1, "DLMF 10.6.2"),
        Ladder(bessely, (nu, z), 1, -1, "DLMF 10.6.2"),
        Ladder(besseli, (nu, z), 1, 1, "DLMF 10.29.2"),
        Ladder(besselk, (nu, z), -1, -1, "DLMF 10.29.2"),
    ],
    rules=RULES,
)
