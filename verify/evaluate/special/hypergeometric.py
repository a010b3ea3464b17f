"""Generalised hypergeometric functions pFq and Meijer's G (DLMF ch. 13, 15 and 16; Arb's ``acb_hypgeom``).

For p = q + 1 the cut runs from 1 to +∞. A parameter −m above makes a polynomial of degree m; a parameter −n below
leaves the function undefined (DLMF 15.2.5 takes one limit where n ≥ m, which breaks the transformations).
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import lru_cache
from typing import Any

import sympy
from flint import acb
from sympy import Expr
from sympy.core.function import ArgumentIndexError

from verify.evaluate.field import Indeterminate, Undefined
from verify.evaluate.special.entry import NOT_FINITE, Ball, Entry, off_ray, right_of_cut, whole
from verify.frozen import dataclass
from verify.terms import written_out

HIGHEST_DEGREE = 1_000


def degree(upper: Iterable[Ball]) -> int | None:
    """The degree in ``z``, if a parameter above is 0, −1, −2, …"""
    ends = [-n for n in map(whole, upper) if n is not None and n <= 0]
    return min(ends) if ends else None


def hyper(
    upper: Sequence[Ball], lower: Sequence[Ball], z: Ball, whole_differences: frozenset[str] = frozenset()
) -> Ball:
    """``pFq(upper; lower; z)``.

    ``whole_differences`` names those among ``ab ac bc abc`` (a − b, a − c, b − c, a + b − c of a 2F1) that are known to
    be integers although the balls do not show it.

    Raises:
        Undefined: a parameter below is 0, −1, …
        Indeterminate: outside what can be computed.
    """
    last = degree(upper)
    if degree(lower) is not None:  # conventions differ, also where the polynomial would end before
        raise Undefined("a hypergeometric function whose lower parameter is 0, −1, …")
    if z == 0:
        return acb(1)
    if last is not None and last <= HIGHEST_DEGREE:
        return _polynomial(upper, lower, z, last)
    upper, lower = _cancelled(upper, lower)
    p, q = len(upper), len(lower)
    if p == 2 and q == 1:
        a, b = upper
        flags = dict.fromkeys(sorted(whole_differences), True)
        if z == 1:
            return _at_one(a, b, lower[0])
        return z.hypgeom_2f1(a, b, lower[0], **flags)
    if p == 1 and q == 0:
        if z == 1:
            raise Undefined("a hypergeometric function at its singularity")
        return (1 - z) ** -upper[0]
    if p == 2 and q == 0:  # z^−a U(a, a − b + 1, −1/z), DLMF 13.6.21
        a, b = upper
        return (-1 / z) ** a * (-1 / z).hypgeom_u(a, a - b + 1)
    if p > q + 1 or (p == q + 1 and not abs(z) < 1):
        raise Indeterminate("a hypergeometric function outside the disc of convergence")
    if p == 1 and q == 1:
        return z.hypgeom_1f1(upper[0], lower[0])
    return z.hypgeom(list(upper), list(lower))


def regular(upper: Sequence[Ball], lower: Sequence[Ball], z: Ball) -> bool:
    """Surely off the cut."""
    if len(upper) <= len(lower) or degree(upper) is not None:
        return True
    return off_ray(z, 1, True) if len(upper) == len(lower) + 1 else right_of_cut(-z)


def _cancelled(upper: Sequence[Ball], lower: Sequence[Ball]) -> tuple[list[Ball], list[Ball]]:
    """Without the parameters that stand exactly alike above and below."""
    above, below = list(upper), list(lower)
    for a in upper:
        for i, b in enumerate(below):
            if a == b:
                above.remove(a)
                del below[i]
                break
    return above, below


def _polynomial(upper: Sequence[Ball], lower: Sequence[Ball], z: Ball, last: int) -> Ball:
    total = term = acb(1)
    for k in range(last):
        for a in upper:
            term = term * (a + k)
        for b in lower:
            term = term / (b + k)
        term = term * z / (k + 1)
        total = total + term
    return total


def _at_one(a: Ball, b: Ball, c: Ball) -> Ball:
    """Gauss's sum, where it converges."""
    if not (c - a - b).real > 0:
        if (c - a - b).real < 0:
            raise Undefined("a hypergeometric series that does not converge at 1")
        return NOT_FINITE
    return c.gamma() * (c - a - b).gamma() * (c - a).rgamma() * (c - b).rgamma()


def meijer(upper: tuple[Sequence[Ball], Sequence[Ball]], lower: tuple[Sequence[Ball], Sequence[Ball]], z: Ball) -> Ball:
    """Meijer's G by Slater's sum over residues (DLMF 16.17.2), where p < q, or p = q and \\|z\\| < 1.

    Raises:
        Indeterminate: it cannot be computed in this way.
        Undefined: at the branch point.
    """
    (a_first, a_rest), (b_first, b_rest) = upper, lower
    m, n, p, q = len(b_first), len(a_first), len(a_first) + len(a_rest), len(b_first) + len(b_rest)
    if z == 0:
        raise Undefined("Meijer's G at its branch point")
    if p > q or (p == q and not abs(z) < 1):
        raise Indeterminate("a Meijer function outside of where its series converges")
    total = acb(0)
    for h, b in enumerate(b_first):
        others = [c for i, c in enumerate(b_first) if i != h]
        if any((c - b).real.contains_integer() and (c - b).imag.contains(0) for c in others):
            raise Indeterminate("a Meijer function with a multiple pole")
        factor = z**b
        for value in [c - b for c in others] + [1 + b - a for a in a_first]:
            factor = factor * value.gamma()
        for value in [1 - c + b for c in b_rest] + [a - b for a in a_rest]:
            factor = factor * value.rgamma()
        above = [1 + b - a for a in (*a_first, *a_rest)]
        below = [1 + b - c for c in (*others, *b_rest)]
        total = total + factor * hyper(above, below, -z if (p - m - n) % 2 else z)
    return total


@dataclass(frozen=True)
class Shape:
    """A hypergeometric or Meijer function of so many parameters, as a function of all of them and the argument.

    ``groups`` are the numbers of parameters: above and below, or Meijer's four groups.
    """

    groups: tuple[int, ...]
    whole: frozenset[str] = frozenset()

    @property
    def __name__(self) -> str:
        return "meijerg" if len(self.groups) == 4 else "hyper"

    def __call__(self, *args: Expr) -> Shaped:
        return Shaped(self, args)

    def split(self, args: Sequence[Any]) -> tuple[list[Sequence[Any]], Any]:
        """The groups of parameters, and the argument."""
        parts, start = [], 0
        for size in self.groups:
            parts.append(args[start : start + size])
            start += size
        return parts, args[start]

    def entry(self) -> Entry:
        """How it is computed."""
        return Entry(self._value, self._regular)

    def _value(self, *args: Ball) -> Ball:
        groups, z = self.split(args)
        if len(groups) == 2:
            return hyper(groups[0], groups[1], z, self.whole)
        return meijer((groups[0], groups[1]), (groups[2], groups[3]), z)

    def _regular(self, *args: Ball) -> bool:
        groups, z = self.split(args)
        return regular(groups[0], groups[1], z) if len(groups) == 2 else right_of_cut(z)


@dataclass(frozen=True)
class Shaped:
    """A :class:`Shape` applied to symbols; it can be differentiated by the argument."""

    shape: Shape
    args: tuple[Expr, ...]

    def fdiff(self, position: int) -> Expr:
        """The derivative by the argument at a position from 1.

        Raises:
            ArgumentIndexError: by a parameter.
        """
        groups, z = self.shape.split(self.args)
        if position != len(self.args):
            raise ArgumentIndexError(self, position)
        if len(groups) == 2:
            return sympy.hyper(*groups, z).fdiff(3)
        return sympy.meijerg((groups[0], groups[1]), (groups[2], groups[3]), z).fdiff(3)


def flattened(e: Expr) -> tuple[Shape, tuple[Expr, ...]]:
    """``hyper(…)`` or ``meijerg(…)`` as a shape and its arguments."""
    *parameters, z = e.args
    if isinstance(e, sympy.hyper):
        return Shape((len(parameters[0]), len(parameters[1])), whole_differences(e)), (
            *parameters[0],
            *parameters[1],
            z,
        )
    groups = [group for pair in parameters for group in pair]
    return Shape(tuple(map(len, groups))), (*(a for group in groups for a in group), z)


@lru_cache(maxsize=1024)
def whole_differences(e: Expr) -> frozenset[str]:
    """Which differences of a 2F1's parameters are integers for all values of the symbols."""
    upper, lower, _ = e.args
    if len(upper) != 2 or len(lower) != 1:
        return frozenset()
    (a, b), (c,) = (tuple(map(written_out, group)) for group in (upper, lower))
    differences = {"ab": a - b, "ac": a - c, "bc": b - c, "abc": a + b - c}
    return frozenset(name for name, difference in differences.items() if difference.expand().is_integer)
