"""Error functions, logarithmic, sine and Fresnel integrals: odd functions, and what i·z makes of them."""

from __future__ import annotations

from sympy import (
    Chi,
    Ci,
    Ei,
    Expr,
    I,
    Integer,
    Li,
    Rational,
    Shi,
    Si,
    Symbol,
    erf,
    erf2,
    erfi,
    erfinv,
    fresnelc,
    fresnels,
    li,
    log,
    pi,
)

from verify.normal.algebra.field import Field
from verify.normal.algebra.ratio import Ratio
from verify.normal.axioms.apply import instance
from verify.normal.axioms.table import Axiom, Family, Rule
from verify.normal.functions.special import function

z, w, a, b, x, y = (Symbol(name) for name in "z w a b x y".split())
p = Symbol("p", positive=True)
ZERO, ONE, HALF = Integer(0), Integer(1), Rational(1, 2)

_TURNED: dict[object, tuple[object, Expr]] = {
    erf: (erfi, I),
    erfi: (erf, I),
    Si: (Shi, I),
    Shi: (Si, I),
    fresnelc: (fresnelc, I),
    fresnels: (fresnels, -I),
}
"""f(i·z) = unit·g(z) (DLMF 7.4.3, 6.5.5, 7.4.6)."""
_SECOND = (erfi, Shi)


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
            unit = instance(field, I, {})
            return function(field, _TURNED[name][0], (argument * unit,)) / unit
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


RULES: dict[object, Rule] = {f: _odd(f) for f in (erf, erfi, Si, Shi, fresnelc, fresnels)}

FAMILY = Family(
    axioms=[
        Axiom(erf2, (x, y), erf(y) - erf(x), "DLMF 7.2.1"),
        Axiom(erfinv, (ZERO,), ZERO, "DLMF 7.17.1"),
        Axiom(li, (p,), Ei(log(p)), "DLMF 6.2.8"),
        Axiom(Li, (p,), li(p) - li(2), "DLMF 6.2.8"),
        Axiom(Ci, (I * p,), Chi(p) + I * pi / 2, "DLMF 6.5.6"),
    ],
    rules=RULES,
)
