"""Incomplete gamma and beta functions, exponential integrals, Lambert's W."""

from __future__ import annotations

import sympy

from verify.normal.algebra.field import Field
from verify.normal.algebra.ratio import Ratio
from verify.normal.axioms.formula import Variable
from verify.normal.axioms.table import HERE, Axiom, Family, Rule, Shift, Slope
from verify.normal.axioms.words import (
    HALF,
    ONE,
    ZERO,
    Ei,
    LambertW,
    Shi,
    betainc,
    betainc_regularized,
    erf,
    exp,
    expint,
    gamma,
    hyper,
    lowergamma,
    pi,
    sqrt,
    uppergamma,
)
from verify.normal.functions.exponentials import exponential
from verify.normal.signs import NEG, POS, sign

z, a, b, x, y = (Variable(name) for name in "z a b x y".split())
k = Variable("k", integer=True)
p = Variable("p", positive=True)
_BETA = gamma(a) * gamma(b) / gamma(a + b)


def _lambert(field: Field, args: tuple[Ratio, ...]) -> Ratio | None:
    """W(u·exp u) = u on the branches of real u: the principal one for u ≥ −1, the other for u ≤ −1 (DLMF 4.13.2)."""
    branch = args[1].rational() if len(args) == 2 else (0, 1)
    if args[0].is_zero:
        return args[0] if branch == (0, 1) else None
    for kernel in args[0].inside:
        if kernel.kind != "exp" or branch not in ((0, 1), (-1, 1)):
            continue
        u = kernel.args[0] * field.number(int(args[0].num.degrees()[kernel.index]), kernel.data)
        if not field.real(u) or (u * exponential(field, u)).key != args[0].key:
            continue
        known = sign(field, u + field.one)
        if known is not None and not known & (NEG if branch == (0, 1) else POS):
            field.relations["DLMF 4.13.2"] = None
            return u
    return None


RULES: dict[object, Rule] = {sympy.LambertW: _lambert}
FAMILY = Family(
    axioms=[
        Axiom(expint, (a, z), z ** (a - 1) * uppergamma(1 - a, z), "DLMF 8.19.1", removable=(z,), definition=True),
        Axiom(uppergamma, (ZERO, p), 2 * Shi(p) - Ei(p), "DLMF 8.4.4, 6.5.3"),
        Axiom(uppergamma, (ONE, z), exp(-z), "DLMF 8.4.5"),
        Axiom(uppergamma, (HALF, z), sqrt(pi) * (1 - erf(sqrt(z))), "DLMF 8.4.6"),
        Axiom(lowergamma, (a, z), gamma(a) - uppergamma(a, z), "DLMF 8.2.3"),
        Axiom(LambertW, (z, ZERO), LambertW(z), "DLMF 4.13.1", definition=True),
        Axiom(betainc, (a, b, ZERO, ZERO), ZERO, "DLMF 8.17.1"),
        Axiom(betainc, (a, b, ZERO, ONE), _BETA, "DLMF 8.17.3"),
        Axiom(betainc, (a, b, ZERO, x), x**a / a * hyper((a, 1 - b), (a + 1,), x), "DLMF 8.17.7", removable=(a,)),
        Axiom(betainc_regularized, (a, b, x, y), betainc(a, b, x, y) / _BETA, "DLMF 8.17.2"),
    ],
    slopes=[
        Slope(uppergamma, (a, z), z, -exp(-z) * z ** (a - 1), "DLMF 8.2.2", definition=True),
        Slope(expint, (a, z), z, -expint(a - 1, z), "DLMF 8.19.13"),
        Slope(LambertW, (z,), z, LambertW(z) / (z * (1 + LambertW(z))), "DLMF 4.13.4"),
        Slope(LambertW, (z, k), z, LambertW(z, k) / (z * (1 + LambertW(z, k))), "DLMF 4.13.4"),
    ],
    rules=RULES,
    shifts=[
        Shift(
            uppergamma,
            (a, z),
            a,
            a * HERE + z**a * exp(-z),
            (HERE - z ** (a - 1) * exp(-z)) / (a - 1),
            "DLMF 8.8.2",
            first=1,
            separated=True,
            nonzero_down=(a - 1,),
        ),
    ],
)
