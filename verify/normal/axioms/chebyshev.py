"""Chebyshev polynomials: cosines and sines of multiples of acos x, for every whole degree (DLMF 18.5.1, 18.5.2)."""

from __future__ import annotations

import sympy

from verify.normal.algebra.field import Field
from verify.normal.algebra.ratio import Ratio
from verify.normal.axioms.apply import nonzero, removable
from verify.normal.axioms.formula import Variable
from verify.normal.axioms.roots import square_root
from verify.normal.axioms.table import Axiom, Family, Rule
from verify.normal.axioms.words import ONE, acos, chebyshevt, chebyshevu, cos, sin, sqrt
from verify.normal.functions.atoms import constant, integer
from verify.normal.functions.powers import power
from verify.normal.functions.special import function
from verify.normal.functions.trigonometry import cosine, sine
from verify.normal.signs import POS, sign

x = Variable("x")
k = Variable("k", integer=True)


def _powers(field: Field, args: tuple[Ratio, ...]) -> tuple[Ratio, Ratio, Ratio] | None:
    """u, uⁿ and u − 1/u for x = (u + 1/u)/2, where u needs no new radical or is real."""
    degree, argument = args
    if not integer(field, degree):
        return None
    square = argument * argument - field.one
    if square.is_zero:
        return None
    root = square_root(field, square)
    if root is None and sign(field, argument - field.one) == POS:
        root = power(field, square, field.number(1, 2))
    if root is None:
        return None
    u = argument + root
    return (u, power(field, u, degree), root * field.number(2)) if nonzero(field, u) or len(u.num) == 1 else None


def _angle(field: Field, x: Ratio) -> Ratio | None:
    """θ with cos θ = x, where x is a sine or cosine."""
    kernel = field.only(x)
    if kernel is None or kernel.kind not in ("cos", "sin"):
        return None
    angle = kernel.args[0] / field.number(kernel.data)
    return angle if kernel.kind == "cos" else constant(field, sympy.pi) / field.number(2) - angle


def _doubled(field: Field, x: Ratio) -> Ratio | None:
    """y with x = 2y² − 1, where it is no new radical."""
    half = (x + field.one) / field.number(2)
    return None if x.rational() is not None else square_root(field, half)


def _first(field: Field, args: tuple[Ratio, ...]) -> Ratio | None:
    if not integer(field, args[0]):
        return None
    angle, half = _angle(field, args[1]), _doubled(field, args[1])
    if angle is not None:
        return cosine(field, args[0] * angle)
    if half is not None:
        field.relations["Tₙ(2y² − 1) = T₂ₙ(y) (DLMF 18.7.5)"] = None
        return function(field, sympy.chebyshevt, (args[0] * field.number(2), half))
    found = _powers(field, args)
    if found is None:
        return None
    field.relations["Tₙ((u + 1/u)/2) = (uⁿ + u⁻ⁿ)/2 (DLMF 18.5.1)"] = None
    return (found[1] + found[1].inverse()) / field.number(2)


def _second(field: Field, args: tuple[Ratio, ...]) -> Ratio | None:
    if not integer(field, args[0]):
        return None
    angle, half = _angle(field, args[1]), _doubled(field, args[1])
    above = args[0] + field.one
    if angle is not None and removable(field, sine(field, angle)):
        return sine(field, above * angle) / sine(field, angle)
    if half is not None and removable(field, half):
        field.relations["Uₙ(2y² − 1) = U₂ₙ₊₁(y)/(2y) (DLMF 18.7.6)"] = None
        two = field.number(2)
        return function(field, sympy.chebyshevu, (above * two - field.one, half)) / (two * half)
    found = _powers(field, args)
    if found is None or found[2].is_zero:
        return None
    field.relations["Uₙ((u + 1/u)/2) = (uⁿ⁺¹ − u⁻ⁿ⁻¹)/(u − 1/u) (DLMF 18.5.2)"] = None
    up = found[1] * found[0]
    return (up - up.inverse()) / found[2]


RULES: dict[object, Rule] = {sympy.chebyshevt: _first, sympy.chebyshevu: _second}

FAMILY = Family(
    axioms=[
        Axiom(chebyshevu, (k, ONE), k + 1, "DLMF 18.6.1"),
        Axiom(chebyshevu, (k, -ONE), (-1) ** k * (k + 1), "DLMF 18.6.1"),
    ],
    last=[
        Axiom(chebyshevt, (k, x), cos(k * acos(x)), "DLMF 18.5.1", definition=True),
        Axiom(chebyshevu, (k, x), sin((k + 1) * acos(x)) / sqrt(1 - x**2), "DLMF 18.5.2", removable=(1 - x, 1 + x)),
    ],
    rules=RULES,
)
