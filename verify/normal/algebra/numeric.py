"""Balls around constants (Arb through python-flint): the certain sign of a number that is not rational."""

from __future__ import annotations

from typing import Any

from flint import arb, ctx
from sympy import pi

from verify.normal.algebra.field import Field
from verify.normal.algebra.kernels import Kernel
from verify.normal.algebra.limits import NormalError
from verify.normal.algebra.ratio import Poly, Ratio

PRECISIONS = (64, 256)


class _Unknown(NormalError):
    pass


def constant_sign(field: Field, p: Poly) -> int | None:
    """4 or 1 where a ball certifies that a constant is positive or negative."""
    before = ctx.prec
    try:
        for precision in PRECISIONS:
            ctx.prec = precision
            try:
                value = _polynomial(field, p)
            except _Unknown:
                return None
            if value > 0:
                return 4
            if value < 0:
                return 1
    finally:
        ctx.prec = before
    return None


def polynomial_ball(field: Field, p: Poly) -> arb | None:
    """An enclosure at the working precision, or ``None`` where a kernel has no ball."""
    try:
        return _polynomial(field, p)
    except _Unknown:
        return None


def _polynomial(field: Field, p: Poly) -> arb:
    values = {k.index: _kernel(field, k) for k in field.used(p)}
    total = arb(0)
    for monomial, coefficient in p.terms():
        term = arb(int(coefficient))
        for g, value in values.items():
            if monomial[g]:
                term *= value ** int(monomial[g])
        total += term
    return total


def _ratio(field: Field, a: Ratio) -> arb:
    return _polynomial(field, a.num) / _polynomial(field, a.den)


def _kernel(field: Field, kernel: Kernel) -> Any:
    if not kernel.real:
        raise _Unknown
    match kernel.kind:
        case "constant":
            if kernel.data == pi:
                return arb.pi()
            if str(kernel.data) == "EulerGamma":
                return arb.const_euler()
            if str(kernel.data) == "Catalan":
                return arb.const_catalan()
        case "root":
            base = _ratio(field, kernel.args[0])
            if base > 0:
                return base ** (arb(1) / kernel.data)
        case "exp":
            return (_ratio(field, kernel.args[0]) / kernel.data).exp()
        case "log":
            return abs(_ratio(field, kernel.args[0])).log()
        case "cos":
            return (_ratio(field, kernel.args[0]) / kernel.data).cos()
        case "sin":
            return (_ratio(field, kernel.args[0]) / kernel.data).sin()
        case "atan":
            return _ratio(field, kernel.args[0]).atan()
        case "abs":
            return abs(_ratio(field, kernel.args[0]))
    raise _Unknown
