"""Orthogonal polynomials and their continuations in the degree (DLMF ch. 14 and 18)."""

from __future__ import annotations

import sympy
from flint import acb
from sympy import Expr

from verify.evaluate.field import Indeterminate, Undefined
from verify.evaluate.special.entry import Ball, Entry, off_ray, whole


def _natural(n: Ball) -> bool:
    k = whole(n)
    return k is not None and k >= 0


def _left_cut(n: Ball, *rest: Ball) -> bool:
    """A polynomial, or a function with its cut left of −1."""
    return _natural(n) or off_ray(rest[-1], -1, False)


def _integer_or_cut(n: Ball, x: Ball) -> bool:
    return whole(n) is not None or off_ray(x, -1, False)


def _laguerre(n: Ball, *rest: Ball) -> Ball:
    *order, x = rest
    k = whole(n)
    if k is not None and k < 0:
        raise Undefined("a Laguerre polynomial of negative degree")  # conventions differ
    return x.laguerre_l(n, *order)


def _associated(n: Ball, m: Ball, x: Ball) -> Ball:
    if whole(m) is None:
        raise Indeterminate("an associated Legendre function whose order is not a whole number")
    return x.legendre_p(n, m)


def _associated_regular(n: Ball, m: Ball, x: Ball) -> bool:
    """An even order gives a polynomial, an odd one has the factor √(1 − x²)."""
    k = whole(m)
    if _natural(n) and k is not None and k % 2 == 0:
        return True
    return off_ray(x, -1, False) and off_ray(x, 1, True)


def _spherical(n: Ball, m: Ball, theta: Ball, phi: Ball) -> Ball:
    degree, order = whole(n), whole(m)
    if degree is None or order is None or degree < 0 or abs(order) > degree:
        raise Indeterminate("a spherical harmonic of a degree or order outside the usual ones")
    return acb.spherical_y(degree, order, theta, phi)


def _hermite_probabilists(n: Ball, x: Ball) -> Ball:
    """``2^{−n/2} H_n(x/√2)``."""
    return acb(2) ** (-n / 2) * (x / acb(2).sqrt()).hermite_h(n)


TABLE: dict[type[Expr], Entry] = {
    sympy.chebyshevt: Entry(lambda n, x: x.chebyshev_t(n), _integer_or_cut),
    sympy.chebyshevu: Entry(lambda n, x: x.chebyshev_u(n), _integer_or_cut),
    sympy.legendre: Entry(lambda n, x: x.legendre_p(n), _integer_or_cut),
    sympy.assoc_legendre: Entry(_associated, _associated_regular),
    sympy.hermite: Entry(lambda n, x: x.hermite_h(n)),
    sympy.hermite_prob: Entry(_hermite_probabilists),
    sympy.laguerre: Entry(_laguerre),
    sympy.assoc_laguerre: Entry(_laguerre),
    sympy.gegenbauer: Entry(lambda n, a, x: x.gegenbauer_c(n, a), _left_cut),
    sympy.jacobi: Entry(lambda n, a, b, x: x.jacobi_p(n, a, b), _left_cut),
    sympy.Ynm: Entry(_spherical, lambda n, m, theta, phi: True, reflects=False),
}
