"""Chebyshev polynomials: cosines and sines of multiples of acos x, for every whole degree (DLMF 18.5.1, 18.5.2)."""

from __future__ import annotations

from sympy import Integer, Symbol, acos, chebyshevt, chebyshevu, cos, sin, sqrt

from verify.normal.atoms import integer
from verify.normal.axioms.apply import nonzero
from verify.normal.axioms.roots import square_root
from verify.normal.axioms.table import Axiom, Family, Rule
from verify.normal.field import Field
from verify.normal.powers import power
from verify.normal.ratio import Ratio
from verify.normal.signs import POS, sign

x = Symbol("x")
k = Symbol("k", integer=True)
ONE = Integer(1)


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


def _first(field: Field, args: tuple[Ratio, ...]) -> Ratio | None:
    found = _powers(field, args)
    if found is None:
        return None
    field.relations["Tₙ((u + 1/u)/2) = (uⁿ + u⁻ⁿ)/2 (DLMF 18.5.1)"] = None
    return (found[1] + found[1].inverse()) / field.number(2)


def _second(field: Field, args: tuple[Ratio, ...]) -> Ratio | None:
    found = _powers(field, args)
    if found is None or found[2].is_zero:
        return None
    field.relations["Uₙ((u + 1/u)/2) = (uⁿ⁺¹ − u⁻ⁿ⁻¹)/(u − 1/u) (DLMF 18.5.2)"] = None
    up = found[1] * found[0]
    return (up - up.inverse()) / found[2]


RULES: dict[object, Rule] = {chebyshevt: _first, chebyshevu: _second}

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
