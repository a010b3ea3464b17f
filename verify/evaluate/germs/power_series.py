"""Taylor coefficients of elementary and a few special functions, by FLINT's arithmetic with power series."""

from __future__ import annotations

from typing import Any

import sympy

from verify.evaluate.germs.taylor import Coefficients, by_series
from verify.evaluate.special import ENTRIES
from verify.evaluate.special.entry import right_of_cut

SMALL = 0.9  # the series of functions that are singular at 1 or i are used within a disc of this radius

SERIES: dict[Any, Coefficients] = {
    sympy.exp: by_series(lambda s: s.exp()),
    sympy.sin: by_series(lambda s: s.sin()),
    sympy.cos: by_series(lambda s: s.cos()),
    sympy.tan: by_series(lambda s: s.tan()),
    sympy.log: by_series(lambda s: s.log(), right_of_cut),
    sympy.sinh: by_series(lambda s: (s.exp() - (-s).exp()) / 2),
    sympy.cosh: by_series(lambda s: (s.exp() + (-s).exp()) / 2),
    sympy.atan: by_series(lambda s: s.atan(), ENTRIES[sympy.atan].regular),
    sympy.erf: by_series(lambda s: s.erf()),
    sympy.erfi: by_series(lambda s: s.erfi()),
    sympy.gamma: by_series(lambda s: s.gamma()),
    sympy.loggamma: by_series(lambda s: s.lgamma(), right_of_cut),
    sympy.Si: by_series(lambda s: s.si()),
    sympy.Shi: by_series(lambda s: s.shi()),
    sympy.asin: by_series(lambda s: (s * (1 - s * s).rsqrt()).atan(), lambda z: bool(abs(z) < SMALL)),
    sympy.asinh: by_series(lambda s: (s + (1 + s * s).sqrt()).log(), lambda z: bool(abs(z) < SMALL)),
    sympy.atanh: by_series(lambda s: ((1 + s) / (1 - s)).log() / 2, lambda z: bool(abs(z) < SMALL)),
}
