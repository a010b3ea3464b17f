"""Error functions, exponential and trigonometric integrals (DLMF ch. 6 and 7; Arb's ``acb_hypgeom``)."""

from __future__ import annotations

import sympy
from flint import acb
from sympy import Expr

from verify.evaluate.field import Indeterminate, Undefined
from verify.evaluate.special.entry import Ball, Entry, off_ray, right_of_cut


def _no_pole(z: Ball) -> Ball:
    if z == 0:
        raise Undefined("a logarithmic singularity")
    return z


def _li(z: Ball) -> Ball:
    if z == 1:
        raise Undefined("a logarithmic singularity")
    return acb(0) if z == 0 else z.li()


def _inverse_error(z: Ball, method: str) -> Ball:
    if not z.imag.is_zero():
        raise Undefined("the inverse error function of a complex number")
    value = getattr(z.real, method)()
    if not value.is_finite():
        raise Indeterminate("the inverse error function near its end points")
    return acb(value)


def _within(z: Ball, low: int, high: int) -> bool:
    return bool(z.imag == 0 and z.real > low and z.real < high)


TABLE: dict[type[Expr], Entry] = {
    sympy.erf: Entry(lambda z: z.erf()),
    sympy.erfc: Entry(lambda z: z.erfc()),
    sympy.erfi: Entry(lambda z: z.erfi()),
    sympy.erf2: Entry(lambda a, b: b.erf() - a.erf()),
    sympy.erfinv: Entry(lambda z: _inverse_error(z, "erfinv"), lambda z: _within(z, -1, 1)),
    sympy.erfcinv: Entry(lambda z: _inverse_error(z, "erfcinv"), lambda z: _within(z, 0, 2)),
    sympy.fresnels: Entry(lambda z: z.fresnel_s()),
    sympy.fresnelc: Entry(lambda z: z.fresnel_c()),
    sympy.Ei: Entry(lambda z: _no_pole(z).ei(), right_of_cut),
    sympy.li: Entry(_li, lambda z: off_ray(z, 1, False)),
    sympy.Li: Entry(lambda z: _li(z) - acb(2).li(), lambda z: off_ray(z, 1, False)),
    sympy.Si: Entry(lambda z: z.si()),
    sympy.Ci: Entry(lambda z: _no_pole(z).ci(), right_of_cut),
    sympy.Shi: Entry(lambda z: z.shi()),
    sympy.Chi: Entry(lambda z: _no_pole(z).chi(), right_of_cut),
}
