"""Error functions, logarithmic, sine and Fresnel integrals: odd functions, and what i·z makes of them."""

from __future__ import annotations

import sympy

from verify.normal.algebra.field import Field
from verify.normal.algebra.ratio import Ratio
from verify.normal.axioms.apply import instance
from verify.normal.axioms.formula import Formula, Variable
from verify.normal.axioms.table import Axiom, Family, Rule, Slope
from verify.normal.axioms.words import (
    ZERO,
    Chi,
    Ci,
    Ei,
    I,
    Li,
    Shi,
    Si,
    cos,
    cosh,
    erf,
    erf2,
    erfi,
    erfinv,
    exp,
    fresnelc,
    fresnels,
    li,
    log,
    pi,
    sin,
    sinh,
    sqrt,
)
from verify.normal.functions.special import function

z, w, a, b, x, y = (Variable(name) for name in "z w a b x y".split())
p = Variable("p", positive=True)

_TURNED: dict[type, tuple[type, Formula]] = {
    sympy.erf: (sympy.erfi, I),
    sympy.erfi: (sympy.erf, I),
    sympy.Si: (sympy.Shi, I),
    sympy.Shi: (sympy.Si, I),
    sympy.fresnelc: (sympy.fresnelc, I),
    sympy.fresnels: (sympy.fresnels, -I),
}
"""f(i·z) = unit·g(z) (DLMF 7.4.3, 6.5.5, 7.4.6)."""
_SECOND = (sympy.erfi, sympy.Shi)


def _odd(name: type) -> Rule:
    """Odd entire functions: the sign of the argument, and i where it is a factor of it."""

    def rule(field: Field, args: tuple[Ratio, ...]) -> Ratio | None:
        (argument,) = args
        if argument.is_zero:
            return argument
        if _imaginary(argument):
            other, unit = _TURNED[name]
            field.relations["odd functions of i·z (DLMF 7.4.3, 7.4.6, 6.5.5)"] = None
            return instance(field, unit, {}) * function(field, other, (argument * instance(field, -I, {}),))
        if name in _SECOND and _units(argument):  # partly imaginary: one of the two stands for both
            field.relations["odd functions of i·z (DLMF 7.4.3, 7.4.6, 6.5.5)"] = None
            i = instance(field, I, {})
            return function(field, _TURNED[name][0], (argument * i,)) / i
        if argument.num.leading_coefficient() < 0:
            return -function(field, name, (-argument,))
        return None

    return rule


def _imaginary(a: Ratio) -> bool:
    """Every term has the factor i."""
    units = _units(a)
    return bool(units) and all(m[units[0]] for m in a.num.monoms())


def _units(a: Ratio) -> list[int]:
    """The generator i, where it occurs in a polynomial."""
    return [k.index for k in a.inside if k.kind == "imaginary"] if a.den.is_constant() else []


RULES: dict[object, Rule] = {f: _odd(f) for f in tuple(_TURNED)}

FAMILY = Family(
    axioms=[
        Axiom(erf2, (x, y), erf(y) - erf(x), "DLMF 7.2.1"),
        Axiom(erfinv, (ZERO,), ZERO, "DLMF 7.17.1"),
        Axiom(li, (p,), Ei(log(p)), "DLMF 6.2.8"),
        Axiom(Li, (p,), li(p) - li(2), "DLMF 6.2.8"),
        Axiom(Ci, (I * p,), Chi(p) + I * pi / 2, "DLMF 6.5.6"),
        Axiom(Chi, (p,), Ei(p) - Shi(p), "DLMF 6.5.3, 6.5.4"),
        Axiom(Ei, (-p,), Ei(p) - 2 * Shi(p), "DLMF 6.5.1, 6.5.3"),
    ],
    slopes=[
        Slope(erf, (z,), z, 2 * exp(-(z**2)) / sqrt(pi), "DLMF 7.2.1", definition=True),
        Slope(erfi, (z,), z, 2 * exp(z**2) / sqrt(pi), "DLMF 7.2.1 at i·z", definition=True),
        Slope(Ei, (z,), z, exp(z) / z, "DLMF 6.2.5", definition=True),
        Slope(li, (z,), z, 1 / log(z), "DLMF 6.2.8", definition=True),
        Slope(Si, (z,), z, sin(z) / z, "DLMF 6.2.9", definition=True),
        Slope(Ci, (z,), z, cos(z) / z, "DLMF 6.2.13", definition=True),
        Slope(Shi, (z,), z, sinh(z) / z, "DLMF 6.2.15", definition=True),
        Slope(Chi, (z,), z, cosh(z) / z, "DLMF 6.2.16", definition=True),
        Slope(fresnels, (z,), z, sin(pi * z**2 / 2), "DLMF 7.2.8", definition=True),
        Slope(fresnelc, (z,), z, cos(pi * z**2 / 2), "DLMF 7.2.7", definition=True),
    ],
    rules=RULES,
)
