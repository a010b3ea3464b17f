"""Hypergeometric functions that are integrals of sines and cosines: the series of Si, Ci, Shi, Chi, S and C.

Each is even in a square root of its argument, those of Fresnel's integrals in a fourth root.
"""

from __future__ import annotations

from functools import cache

import sympy

from verify.normal.algebra.field import Field
from verify.normal.algebra.ratio import Ratio
from verify.normal.axioms.apply import instance
from verify.normal.axioms.contiguous import Parameters
from verify.normal.axioms.formula import Formula, Variable
from verify.normal.axioms.roots import square_root
from verify.normal.axioms.words import Chi, Ci, EulerGamma, Shi, Si, fresnelc, fresnels, log, pi
from verify.normal.functions.atoms import constant

w = Variable("w")
Pairs = tuple[tuple[int, int], ...]
_SINE: tuple[Pairs, Pairs] = ((1, 2),), ((3, 2), (3, 2))
_COSINE: tuple[Pairs, Pairs] = ((1, 1), (1, 1)), ((2, 1), (2, 1), (3, 2))
_FRESNEL_C: tuple[Pairs, Pairs] = ((1, 4),), ((1, 2), (5, 4))
_FRESNEL_S: tuple[Pairs, Pairs] = ((3, 4),), ((3, 2), (7, 4))
_KNOWN = (_SINE, _COSINE, _FRESNEL_C, _FRESNEL_S)


@cache
def _table() -> dict[tuple[Pairs, Pairs], tuple[tuple[Formula, Formula], str]]:
    """For the argument −w²/4 and for w²/4 (Fresnel: −(π·w²/4)² twice)."""
    c, s = fresnelc(w) / w, 6 * fresnels(w) / (pi * w**3)
    return {
        _SINE: ((Si(w) / w, Shi(w) / w), "DLMF 6.6.5"),
        _COSINE: (
            (4 * (EulerGamma + log(w) - Ci(w)) / w**2, 4 * (Chi(w) - EulerGamma - log(w)) / w**2),
            "DLMF 6.6.6",
        ),
        _FRESNEL_C: ((c, c), "DLMF 7.6.4"),
        _FRESNEL_S: ((s, s), "DLMF 7.6.6"),
    }


def of_waves(field: Field, upper: Parameters, lower: Parameters, argument: Ratio) -> Ratio | None:
    """The value, where the table knows the parameters and the root is no new radical."""
    key = _numbers(upper), _numbers(lower)
    if key not in _KNOWN:
        return None
    values, source = _table()[key]
    for value, sign in zip(values, (-1, 1), strict=True):
        root = square_root(field, argument * field.number(4 * sign))
        if root is not None and key in (_FRESNEL_C, _FRESNEL_S):
            if sign > 0:
                return None
            root = square_root(field, field.number(2) * root / constant(field, sympy.pi))
        if root is not None:
            field.relations[source] = None
            return instance(field, value, {w: root})
    return None


def _numbers(parameters: Parameters) -> Pairs:
    return tuple(sorted(p.rational() or (0, 1) for p in parameters))
