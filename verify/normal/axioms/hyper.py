"""Hypergeometric functions in canonical form: parameters that differ by whole numbers come to one representative.

Polynomials are written out; what the table of :mod:`verify.normal.axioms.hypergeometric` knows has its value; of
Kummer's and Euler's transformations that one is taken whose parameters come first.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sympy import Expr, hyper

from verify.normal.algebra.field import Field
from verify.normal.algebra.kernels import KINDS, Differentiate, Kernel, Kind
from verify.normal.algebra.limits import Undefined, Unsupported
from verify.normal.algebra.ratio import Ratio
from verify.normal.axioms.apply import at_pole, negative
from verify.normal.axioms.contiguous import Pair, Parameters, residue, walk
from verify.normal.axioms.convergence import converges
from verify.normal.axioms.hyper_values import airy, by_form, exact, lerch, polynomial
from verify.normal.axioms.integral_forms import of_waves
from verify.normal.functions.exponentials import exponential
from verify.normal.functions.powers import power
from verify.normal.read import read
from verify.normal.signs import POS, sign


def read_hyper(field: Field, e: Expr) -> Ratio:
    """The canonical form of a hypergeometric function."""
    upper, lower, argument = e.args
    return hypergeometric(
        field, tuple(read(field, p) for p in upper), tuple(read(field, p) for p in lower), read(field, argument)
    )


def hypergeometric(field: Field, upper: Parameters, lower: Parameters, argument: Ratio) -> Ratio:
    """The generalised hypergeometric function.

    Raises:
        Undefined: a lower parameter is 0, −1, −2, …, be there the same one above; or the series diverges.
    """
    if any(at_pole(field, x) for x in lower):
        raise Undefined("a hypergeometric function with a lower parameter 0, −1, −2, …")
    upper, lower = _without_common(upper, lower)
    if argument.is_zero or any(u.is_zero for u in upper):
        return field.one
    ended = polynomial(field, upper, lower, argument)
    if ended is not None:
        return ended
    if not lower and len(upper) < 2:
        if not upper:
            return exponential(field, argument)
        if argument.is_one:
            if sign(field, -upper[0]) == POS:
                return field.zero
            raise Undefined("a binomial series at its pole")
        return power(field, field.one - argument, -upper[0])
    if not upper:
        by_airy = airy(field, lower[0], argument)
        if by_airy is not None:
            return by_airy
    if len(upper) == len(lower) + 1 and len(lower) > 1:
        by_lerch = lerch(field, upper, lower, argument)
        if by_lerch is not None:
            return by_lerch
    if (len(upper), len(lower)) in ((1, 2), (2, 3)):
        by_waves = of_waves(field, upper, lower, argument)
        if by_waves is not None:
            return by_waves
    if (len(upper), len(lower)) not in ((0, 1), (1, 1), (2, 1)):
        return application(field, upper, lower, argument)
    if argument.is_one and len(upper) > len(lower) and not converges(field, upper, lower, argument):
        raise Undefined("a hypergeometric series that diverges at 1")
    known = exact(field, upper, lower, argument)
    if known is not None:
        return known
    found = by_form(field, upper, lower, argument)
    if found is not None:
        return found
    if len(upper) == 1 and negative(argument):
        field.relations["Kummer's transformation (DLMF 13.2.39)"] = None
        return exponential(field, argument) * hypergeometric(field, (lower[0] - upper[0],), lower, -argument)
    if len(upper) == 2:
        turned = _euler(field, upper, lower, argument)
        if turned is not None:
            return turned
    return _by_shifts(field, upper, lower, argument)


def application(field: Field, upper: Parameters, lower: Parameters, argument: Ratio) -> Ratio:
    """The function as a kernel."""
    args = (*sorted(upper, key=lambda r: r.key), *sorted(lower, key=lambda r: r.key), argument)
    return field.kernel("hyper", (len(upper), len(lower)), args)


def _without_common(upper: Parameters, lower: Parameters) -> tuple[Parameters, Parameters]:
    up, low = list(upper), list(lower)
    for u in upper:
        same = next((x for x in low if x.key == u.key), None)
        if same is not None:
            up.remove(u)
            low.remove(same)
    return tuple(up), tuple(low)


# -- representatives --------------------------------------------------------------------------------------------------


def _euler(field: Field, upper: Parameters, lower: Parameters, argument: Ratio) -> Ratio | None:
    """Of (a, b) and (c − a, c − b) the pair whose names come first (Euler's transformation)."""
    (a, b), (c,) = upper, lower
    mirrored = (c - a, c - b)
    if sorted(residue(field, u).key for u in mirrored) >= sorted(residue(field, u).key for u in upper):
        return None
    field.relations["Euler's transformation (DLMF 15.8.1)"] = None
    return power(field, field.one - argument, c - a - b) * hypergeometric(field, mirrored, lower, argument)


def _by_shifts(field: Field, upper: Parameters, lower: Parameters, argument: Ratio) -> Ratio:
    low_upper = tuple(residue(field, u) for u in upper)
    low_lower = tuple(residue(field, x) for x in lower)
    same = all(a.key == b.key for a, b in zip((*low_upper, *low_lower), (*upper, *lower), strict=True))
    if same or any(u.key == x.key for u in low_upper for x in low_lower):
        return application(field, upper, lower, argument)
    field.relations["contiguous hypergeometric functions (DLMF 16.3.6)"] = None
    try:
        return walk(field, _base(field, low_upper, low_lower, argument), low_upper, low_lower, upper, lower, argument)[
            0
        ]
    except Undefined:
        return application(field, upper, lower, argument)


def _base(field: Field, upper: Parameters, lower: Parameters, argument: Ratio) -> Pair:
    """(F, θF) as kernels: θF = z·(a₁…/c₁…)·F(a₁ + 1, …; c₁ + 1, …)."""
    above = application(field, tuple(u + field.one for u in upper), tuple(x + field.one for x in lower), argument)
    scale = field.product(upper) / field.product(lower)
    return application(field, upper, lower, argument), argument * scale * above


# -- the kernel -------------------------------------------------------------------------------------------------------


def _split(kernel_data: tuple[int, int], args: Sequence[Any]) -> tuple[Any, Any, Any]:
    p, q = kernel_data
    return tuple(args[:p]), tuple(args[p : p + q]), args[-1]


def _derive(field: Field, kernel: Kernel, d: Differentiate) -> Ratio:
    upper, lower, argument = _split(kernel.data, kernel.args)
    if any(not d(p).is_zero for p in (*upper, *lower)):
        raise Unsupported("derivative of a hypergeometric function by a parameter")
    change = d(argument)
    if change.is_zero:
        return change
    for u in upper:
        if any((u + field.one).key == x.key for x in lower):  # (θ + u)·F = u·F without both: (u)ₖ/(u + 1)ₖ = u/(u + k)
            fewer = hypergeometric(field, *_without_common((*upper, u + field.one), (*lower, u)), argument)
            return u * (fewer - kernel.ratio) / argument * change
    scale = field.product(upper) / field.product(lower)
    above = hypergeometric(field, tuple(u + field.one for u in upper), tuple(x + field.one for x in lower), argument)
    return scale * above * change


def _write(field: Field, kernel: Kernel, args: Sequence[Expr]) -> Expr:
    upper, lower, argument = _split(kernel.data, args)
    found: Expr = hyper(upper, lower, argument)
    return found


KINDS["hyper"] = Kind(lambda field, data, args: hypergeometric(field, *_split(data, args)), _derive, _write)
