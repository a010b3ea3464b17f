"""Bessel, Hankel, spherical Bessel and Airy functions (DLMF ch. 9 and 10). The cut is the negative real axis."""

from __future__ import annotations

import sympy
from flint import acb
from sympy import Expr

from verify.evaluate.field import Undefined
from verify.evaluate.special.entry import Ball, Entry, right_of_cut, whole


def _singular_at_zero(z: Ball) -> Ball:
    if z == 0:
        raise Undefined("a Bessel function at its singularity")
    return z


def _first_kind(order: Ball, z: Ball, method: str) -> Ball:
    if z == 0 and whole(order) is None and not order.real > 0:
        raise Undefined("a Bessel function at its singularity")
    if z == 0 and order.real > 0:
        return acb(0)
    return getattr(z, method)(order)


def _second_kind(order: Ball, z: Ball, method: str) -> Ball:
    return getattr(_singular_at_zero(z), method)(order)


def _hankel(order: Ball, z: Ball, sign: int) -> Ball:
    _singular_at_zero(z)
    return z.bessel_j(order) + acb(0, sign) * z.bessel_y(order)


def _spherical(order: Ball, z: Ball, second: bool) -> Ball:
    """``√(π/2)/√z`` times the Bessel function of order ν + ½: entire (or a pole) for whole orders."""
    n = whole(order)
    if z == 0:
        if second or n is None or n < 0:
            raise Undefined("a spherical Bessel function at its singularity")
        return acb(1 if n == 0 else 0)
    half = order + acb(1) / 2
    return (acb.pi() / 2).sqrt() / z.sqrt() * (z.bessel_y(half) if second else z.bessel_j(half))


def _entire_for_integers(order: Ball, z: Ball) -> bool:
    return whole(order) is not None or right_of_cut(z)


def _cut(order: Ball, z: Ball) -> bool:
    return right_of_cut(z)


TABLE: dict[type[Expr], Entry] = {
    sympy.besselj: Entry(lambda n, z: _first_kind(n, z, "bessel_j"), _entire_for_integers),
    sympy.besseli: Entry(lambda n, z: _first_kind(n, z, "bessel_i"), _entire_for_integers),
    sympy.bessely: Entry(lambda n, z: _second_kind(n, z, "bessel_y"), _cut),
    sympy.besselk: Entry(lambda n, z: _second_kind(n, z, "bessel_k"), _cut),
    sympy.hankel1: Entry(lambda n, z: _hankel(n, z, 1), _cut, reflects=False),
    sympy.hankel2: Entry(lambda n, z: _hankel(n, z, -1), _cut, reflects=False),
    sympy.jn: Entry(lambda n, z: _spherical(n, z, False), _cut),
    sympy.yn: Entry(lambda n, z: _spherical(n, z, True), _cut),
    sympy.airyai: Entry(lambda z: z.airy_ai()),
    sympy.airybi: Entry(lambda z: z.airy_bi()),
    sympy.airyaiprime: Entry(lambda z: z.airy_ai(derivative=1)),
    sympy.airybiprime: Entry(lambda z: z.airy_bi(derivative=1)),
}
