"""Integrals of one variable in balls.

Between finite end points at which the integrand is bounded this is Arb's Gauss–Legendre quadrature with error bounds
from the integrand's size on ellipses. Towards an end point that is infinite, or at which the integrand is singular, the
rest beyond some point is bounded by an expansion there (:mod:`verify.evaluate.germs.germ`), and what lies before is
integrated on a logarithmic scale, on which algebraic decay becomes exponential.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from fractions import Fraction
from typing import Any, TypeAlias

import flint
from flint import acb, arb

from verify.evaluate.analysis.common import goal, times
from verify.evaluate.effort import EVALUATION, spend
from verify.evaluate.field import Indeterminate, Undefined, Unsupported
from verify.evaluate.fields.balls import precision as flint_precision
from verify.evaluate.germs.germ import Germ, Term
from verify.evaluate.germs.scale import Scale
from verify.evaluate.germs.taylor import Model, constant

Integrand: TypeAlias = Callable[[Any, bool], Any]
"""The value on a ball; not finite where it is unbounded, or (second argument) not holomorphic."""

EVALUATIONS = 12_000
EVALUATIONS_WITHIN = 600  # of an integral within an integral
ATTEMPTS = ((4, 6), (4, 24), (5, 6), (5, 24), (7, 24), (12, 6), (25, 6), (45, 6), (90, 6), (180, 6), (400, 6))
"""Distances on the logarithmic scale beyond which an expansion is used, and its order."""

_depth = [0]


@contextmanager
def _deeper() -> Iterator[int]:
    """How many evaluations an integral may take, here."""
    _depth[0] += 1
    try:
        yield EVALUATIONS if _depth[0] == 1 else EVALUATIONS_WITHIN
    finally:
        _depth[0] -= 1


def line(f: Integrand, a: Any, b: Any) -> Any:
    """The integral over the segment from ``a`` to ``b``, near whose ends ``f`` is bounded.

    Raises:
        Indeterminate: it cannot be bounded within the limits.
    """
    failure: list[Unsupported] = []

    def guarded(z: Any, analytic: bool) -> Any:
        try:
            spend(EVALUATION)
            return f(z, analytic)
        except Unsupported as error:
            failure.append(error)
        except (Undefined, ZeroDivisionError, OverflowError):
            pass
        return acb("nan")

    with _deeper() as evaluations:
        value = acb.integral(
            guarded,
            a,
            b,
            rel_tol=arb(2) ** -goal(),
            abs_tol=arb(2) ** -goal(),
            eval_limit=evaluations,
            deg_limit=200 * times(),
        )
    if failure:
        raise failure[0]
    if not value.is_finite():
        raise Indeterminate("an integral that cannot be bounded")
    return value


def bounded_near(f: Integrand, point: Any, other: Any) -> bool:
    """Whether the integrand is holomorphic and bounded around an end of a segment."""
    size = abs(other - point).upper() * arb(2) ** -12
    try:
        return bool(f(point + acb(arb(0, size), arb(0, size)), True).is_finite())
    except (Undefined, ZeroDivisionError, OverflowError):
        return False


def towards(f: Integrand, expand: Callable[[Germ], Germ], start: Any, end: Any, sign: int = 1) -> Any:
    """The integral from ``end`` to ``start``, where the integrand is singular at the end, or the end is ``None``, which
    is +∞ or (``sign`` −1) −∞.

    With ``u`` from 1 to 0 the variable is ``end + (start − end) u``, or ``start ∓ 1 ± 1/u``; then ``u = e^{−s}``.

    Raises:
        Indeterminate: it may not converge, or cannot be bounded within the limits.
    """
    if end is None:
        base, step = start - sign, acb(-sign)
    else:
        base, step = end, start - end
    for distance, order in [(distance * times(), order * times()) for distance, order in ATTEMPTS]:
        reach = (-arb(distance)).exp()
        rest = _rest(expand, base, step, reach, end is None, order)
        if rest is not None:
            break
    else:
        raise Indeterminate("an integral that may not converge, or does so too slowly")

    def scaled(s: Any, analytic: bool) -> Any:
        u = (-s).exp()
        if end is None:
            return f(base - step / u, analytic) * step / u
        return f(base + step * u, analytic) * step * u

    with flint_precision(flint.ctx.prec + int(3 * distance)):
        value = line(scaled, acb(0), acb(distance))
    return value + rest


def _rest(expand: Callable[[Germ], Germ], base: Any, step: Any, reach: Any, far: bool, order: int) -> Any:
    """A ball for the integral over ``u < reach``; ``None`` where it is not narrow."""
    empty = Germ((), order, reach)
    if far:
        moving = Term(Scale(Fraction(-1)), constant(-step, order, reach))
        jacobian = Term(Scale(Fraction(-2)), constant(step, order, reach))
        variable = empty.of([moving, Term(Scale(), constant(base, order, reach))], _is_real(base, step))
    else:
        model = Model((base, step, *[acb(0)] * (order - 2)), acb(0), reach)
        jacobian = Term(Scale(), constant(step, order, reach))
        variable = empty.of([Term(Scale(), model)], _is_real(base, step))
    try:
        found = expand(variable).times(empty.of([jacobian])).integral()
    except Indeterminate:
        return None
    return found if found.rad() < arb(2) ** -goal() else None


def _is_real(*values: Any) -> bool:
    return all(v.imag.is_zero() for v in values)
