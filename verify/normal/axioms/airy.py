"""Airy functions (DLMF 9): values at 0, and turned by a third of a circle."""

from __future__ import annotations

import sympy

from verify.normal.algebra.field import Field
from verify.normal.algebra.ratio import Ratio
from verify.normal.axioms.apply import instance
from verify.normal.axioms.formula import Formula, Number, Variable
from verify.normal.axioms.table import Axiom, Family, Rule, Slope
from verify.normal.axioms.words import THIRD, ZERO, I, airyai, airyaiprime, airybi, airybiprime, exp, gamma, pi, sqrt

z = Variable("z")
TWOTHIRDS = Number(2, 3)
OMEGA = (-1 + sqrt(3) * I) / 2  # exp(2πi/3)
OMEGA_BAR = (-1 - sqrt(3) * I) / 2


def _turned(sign: int) -> dict[type, Formula]:
    """The functions at z·exp(±2πi/3) by those at z (DLMF 9.2.10, 9.2.11 and their derivatives)."""
    ai, bi, slope, other = airyai(z), airybi(z), airyaiprime(z), airybiprime(z)
    i = sign * I
    return {
        sympy.airyai: exp(i * pi / 3) * (ai - i * bi) / 2,
        sympy.airybi: exp(-i * pi / 6) * (3 * ai + i * bi) / 2,
        sympy.airyaiprime: exp(-i * pi / 3) * (slope - i * other) / 2,
        sympy.airybiprime: exp(-i * 5 * pi / 6) * (3 * slope + i * other) / 2,
    }


TURNED = ((OMEGA, _turned(1)), (OMEGA_BAR, _turned(-1)))


def _of(name: type) -> Rule:
    def rule(field: Field, args: tuple[Ratio, ...]) -> Ratio | None:
        if not _complex(args[0]):
            return None
        for factor, values in TURNED:
            rest = args[0] / instance(field, factor, {})
            if not _complex(rest):
                field.relations["Airy functions turned by a third (DLMF 9.2.10, 9.2.11)"] = None
                return instance(field, values[name], {z: rest})
        return None

    return rule


def _complex(a: Ratio) -> bool:
    return any(k.kind == "imaginary" for k in a.inside)


RULES: dict[object, Rule] = {f: _of(f) for f in tuple(TURNED[0][1])}
FAMILY = Family(
    axioms=[
        Axiom(airyai, (ZERO,), 1 / (3**TWOTHIRDS * gamma(TWOTHIRDS)), "DLMF 9.2.3", definition=True),
        Axiom(airyaiprime, (ZERO,), -1 / (3**THIRD * gamma(THIRD)), "DLMF 9.2.4", definition=True),
        Axiom(airybi, (ZERO,), sqrt(3) * airyai(ZERO), "DLMF 9.2.10 at 0"),
        Axiom(airybiprime, (ZERO,), -sqrt(3) * airyaiprime(ZERO), "DLMF 9.2.10 at 0"),
    ],
    slopes=[
        Slope(airyai, (z,), z, airyaiprime(z), "DLMF 9.2.1", definition=True),
        Slope(airybi, (z,), z, airybiprime(z), "DLMF 9.2.1", definition=True),
        Slope(airyaiprime, (z,), z, z * airyai(z), "DLMF 9.2.1", definition=True),
        Slope(airybiprime, (z,), z, z * airybi(z), "DLMF 9.2.1", definition=True),
    ],
    rules=RULES,
)
