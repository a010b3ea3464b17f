"""Derivatives of any order by Cauchy's integral formula, with the error of the discretised circle bounded.

``f⁽ᵏ⁾(c)/k!`` is the mean of ``f(c + r w) w⁻ᵏ r⁻ᵏ`` over the N-th roots of unity ``w``, up to the coefficients of order
k + N, k + 2N, …, which are at most M R^{−k−N} where M bounds ``|f|`` on the circle of radius R (DLMF 3.4.17). So
numeric derivatives share nothing with the symbolic ones.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import flint
from flint import acb, arb

from verify.evaluate.field import Indeterminate, Undefined

RADII = (1, 0.25, 0.0625, 2**-7, 2**-12)
SECTORS = 32


def derivative(f: Callable[[Any, bool], Any], center: Any, order: int) -> Any:
    """``f⁽ᵒʳᵈᵉʳ⁾(center)``, where ``f`` gives values on balls, not finite unless ``f`` is holomorphic there.

    Raises:
        Indeterminate: no disc was found on which it is surely holomorphic.
    """
    for size in RADII:
        outer = arb(size)
        try:
            if not f(center + acb(arb(0, size), arb(0, size)), True).is_finite():
                continue
            largest = _largest(f, center, outer)
        except (Undefined, ZeroDivisionError, OverflowError):
            continue
        if largest is not None:
            return _coefficient(f, center, outer, largest, order)
    raise Indeterminate("a function that may not be holomorphic here")


def _largest(f: Callable[[Any, bool], Any], center: Any, radius: Any) -> Any:
    """A bound of ``|f|`` on a circle, by balls along it."""
    bound = arb(0)
    for k in range(SECTORS):
        turn = acb(arb(2 * k + 1) / SECTORS, 0).exp_pi_i()
        half = radius * arb.pi() / SECTORS
        spread = arb(0, half.upper())
        value = f(center + radius * turn + acb(spread, spread), True)
        if not value.is_finite():
            return None
        bound = bound.max(abs(value))
    return bound.upper()


def _coefficient(f: Callable[[Any, bool], Any], center: Any, outer: Any, largest: Any, order: int) -> Any:
    """On a circle of a quarter of the radius, so that each point more gives two bits."""
    inner = outer / 4
    points = order + flint.ctx.prec // 2 + 8
    total = acb(0)
    for k in range(points):
        turn = acb(arb(2 * k) / points, 0).exp_pi_i()
        total = total + f(center + inner * turn, False) * turn**-order
    value = total / points * inner**-order
    error = (largest * outer**-order * arb(4) ** -points / (1 - arb(4) ** -points)).upper()
    return (value + acb(arb(0, error), arb(0, error))) * arb(order + 1).gamma()
