"""Functions of an argument that tends to infinity along the real line (or within a sector), with bounds of the rest.

Sources are named at each; the bounds are crude, since they are used where the function is already small.
"""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from typing import Any

import sympy
from flint import acb, arb, fmpq

from verify.evaluate.field import Indeterminate
from verify.evaluate.germs.arithmetic import GermArithmetic
from verify.evaluate.germs.germ import Germ
from verify.evaluate.germs.scale import number
from verify.evaluate.germs.taylor import disc
from verify.evaluate.special.entry import whole

HALF = Fraction(1, 2)


def between(low: Any, high: Any) -> Any:
    """A real ball with both ends."""
    return acb(arb(low).union(arb(high)))


def _side(w: Germ) -> int:
    """The sign of the real part of what diverges."""
    scale, model = w.dominant()
    real = model.span().real
    if not number(scale.power).imag.is_zero():
        raise Indeterminate("an argument that turns around zero")
    if scale.growth or not scale.inverse().vanishes() or not (real > 0 or real < 0):
        raise Indeterminate("an argument that does not tend to infinity in a half-plane")
    return 1 if real > 0 else -1


def far_right(w: Germ) -> Any:
    """A lower bound, at least 3, of ``w``, which is real and tends to +∞.

    Raises:
        Indeterminate: it may not be so.
    """
    if not w.real or _side(w) < 0:
        raise Indeterminate("an argument that does not tend to +∞")
    scale, model = w.dominant()
    smallest = scale.inverse().bound(w.reach)
    if smallest is not None:
        lowest = (model.span().real.lower() / smallest).lower()
        if lowest > 3:
            return lowest
    raise Indeterminate("an argument that is not large")


def _erfc(field: GermArithmetic, w: Germ) -> Germ:
    """``|erfc z| ≤ |exp(−z²)|`` where Re z ≥ 0 (DLMF 7.8.1, 7.7.2)."""
    if _side(w) < 0:
        return field.whole(2).plus(field.negative(_erfc(field, field.negative(w))))
    return field.exp(field.negative(w.times(w))).times(field.within(disc(1), False)).real_as(w)


def _erf(field: GermArithmetic, w: Germ) -> Germ:
    return field.whole(1).plus(field.negative(_erfc(field, w)))


def _atan(field: GermArithmetic, w: Germ) -> Germ:
    """``±π/2 − atan(1/w)``."""
    quarter = field.lift(acb.pi() / 2 * _side(w)).real_as(w)
    return quarter.plus(field.negative(field.call(sympy.atan, [field.inv(w)])))


def _asinh(field: GermArithmetic, w: Germ) -> Germ:
    far_right(w)
    return field.log(w.plus(field.power(w.times(w).plus(field.whole(1)), field.const(HALF))))


def _acosh(field: GermArithmetic, w: Germ) -> Germ:
    far_right(w)
    return field.log(w.plus(field.power(w.times(w).plus(field.whole(-1)), field.const(HALF))))


def real_order(order: Germ) -> Any:
    """The order of a Bessel function, a real ball."""
    value = order.fixed()
    if value is None or not value.imag.is_zero():
        raise Indeterminate("a Bessel function whose order is not real")
    return value.real


def _oscillating(field: GermArithmetic, order: Germ, w: Germ) -> Germ:
    """J and Y: the sum of their squares decreases (Nicholson, DLMF 10.9.30)."""
    nu, start = acb(real_order(order)), acb(far_right(w))
    size = (abs(start.bessel_j(nu)) ** 2 + abs(start.bessel_y(nu)) ** 2).sqrt()
    return field.within(between(-size.upper(), size.upper()))


def _bessel_k(field: GermArithmetic, order: Germ, w: Germ) -> Germ:
    """``eˣ K_ν(x)`` decreases (DLMF 10.32.9)."""
    nu, start = acb(real_order(order)), acb(far_right(w))
    size = (start.bessel_k(nu) * start.exp()).real.upper()
    return field.exp(field.negative(w)).times(field.within(between(0, size)))


def _bessel_i(field: GermArithmetic, order: Germ, w: Germ) -> Germ:
    """``0 ≤ I_ν(x) ≤ eˣ`` for ν ≥ 0 (DLMF 10.32.1, 10.37)."""
    nu = real_order(order)
    whole_order = whole(acb(nu))
    far_right(w)
    if not nu >= 0 and whole_order is None:
        raise Indeterminate("a modified Bessel function of negative order")
    return field.exp(w).times(field.within(between(0, 1)))


def _airy(field: GermArithmetic, w: Germ) -> Germ:
    """``0 ≤ Ai(x) ≤ exp(−⅔ x^{3/2})`` (DLMF 9.7.15)."""
    far_right(w)
    phase = field.power(w, field.const(Fraction(3, 2))).times(field.const(Fraction(-2, 3)))
    return field.exp(phase).times(field.within(between(0, 1)))


def _exponential_integral(field: GermArithmetic, w: Germ) -> Germ:
    """``0 ≤ Ei(x) ≤ eˣ`` for x ≥ 1, ``0 ≤ −Ei(−x) ≤ e^{−x}`` (DLMF 6.8.1)."""
    if _side(w) < 0:
        far_right(field.negative(w))
        return field.exp(w).times(field.within(between(-1, 0)))
    far_right(w)
    return field.exp(w).times(field.within(between(0, 1)))


def _expint(field: GermArithmetic, order: Germ, w: Germ) -> Germ:
    """``0 ≤ E_s(x) ≤ e^{−x}`` for s ≥ 0, x ≥ 1."""
    if not real_order(order) >= 0:
        raise Indeterminate("an exponential integral of negative order")
    far_right(w)
    return field.exp(field.negative(w)).times(field.within(between(0, 1)))


def _uppergamma(field: GermArithmetic, a: Germ, w: Germ) -> Germ:
    """``|Γ(a, x)| ≤ C x^{σ−1} e^{−x}`` with σ = Re a, C = 1 for σ ≤ 1, else ``e Γ(σ, 1)``, for x ≥ 1."""
    value = a.fixed()
    if value is None:
        raise Indeterminate("an incomplete gamma function whose first argument varies")
    far_right(w)
    sigma = value.real
    size = arb(1) if sigma <= 1 else (acb(1).gamma_upper(acb(sigma)) * acb(1).exp()).real.max(arb(1))
    power = field.power(w, field.lift(acb(sigma - 1)))
    rest = field.within(disc(size), bool(value.imag.is_zero()))
    return field.exp(field.negative(w)).times(power).times(rest)


def _lowergamma(field: GermArithmetic, a: Germ, w: Germ) -> Germ:
    return field.call(sympy.gamma, [a]).plus(field.negative(_uppergamma(field, a, w)))


def _sector(w: Germ) -> None:
    """That ``w`` tends to infinity with \\|arg w\\| ≤ π/4, and is at least 3 in size."""
    scale, model = w.dominant()
    span = model.span()
    smallest = scale.inverse().bound(w.reach)
    if _side(w) < 0 or smallest is None or not span.real >= abs(span.imag) or not span.real > 3 * smallest:
        raise Indeterminate("an argument that does not tend to infinity in a sector")


def _stirling(field: GermArithmetic, w: Germ, weight: Callable[[int], Any], offset: int) -> Germ:
    """``Σ B_{2j} weight(j) w^{offset−2j}`` with a rest of at most the first term left out, times at most ``1.3^m``
    in the sector (``sec^{2m}(π/8)``, DLMF 5.11.10 and 5.11.11)."""
    inverse = field.inv(w)
    square = inverse.times(inverse)
    power = field.whole(1)
    for _ in range(2 - offset):
        power = power.times(inverse)
    total = field.whole(0)
    last = field.order // 2 + 1
    for j in range(1, last + 1):
        term = acb(arb(fmpq.bernoulli(2 * j))) * weight(j)
        if j == last:
            size = abs(term) * arb(1.3) ** j
            total = total.plus(power.times(field.within(disc(size), False)))
        else:
            total = total.plus(power.times(field.lift(term)))
        power = power.times(square)
    return total.real_as(w)


def _loggamma(field: GermArithmetic, w: Germ) -> Germ:
    """Stirling's series."""
    _sector(w)
    main = w.plus(field.const(-HALF)).times(field.log(w)).plus(field.negative(w))
    rest = _stirling(field, w, lambda j: acb(1) / (2 * j * (2 * j - 1)), 1)
    return main.plus(field.lift((2 * acb.pi()).log() / 2)).plus(rest)


def _digamma(field: GermArithmetic, w: Germ) -> Germ:
    """``log w − 1/(2w) − Σ B_{2j}/(2j w^{2j})``."""
    _sector(w)
    rest = _stirling(field, w, lambda j: acb(-1) / (2 * j), 0)
    return field.log(w).plus(field.inv(w).times(field.const(-HALF))).plus(rest)


def _polygamma(field: GermArithmetic, order: Germ, w: Germ) -> Germ:
    """The digamma function, as SymPy writes it."""
    if order.exact != 0:
        raise Indeterminate("a polygamma function of an argument that is not bounded")
    return _digamma(field, w)


def _zeta(field: GermArithmetic, w: Germ) -> Germ:
    """``|ζ(s) − 1| ≤ 3·2^{−σ}`` for σ = Re s ≥ 2."""
    _sector(w)
    small = field.exp(w.times(field.lift(-acb(2).log())))
    return field.whole(1).plus(small.times(field.within(disc(3), False))).real_as(w)


def _fibonacci(field: GermArithmetic, w: Germ) -> Germ:
    """``φˣ/√5`` up to a rest of at most ``φ^{−x}/√5``."""
    far_right(w)
    rate = ((1 + arb(5).sqrt()) / 2).log()
    up = field.exp(w.times(field.lift(acb(rate))))
    down = field.exp(w.times(field.lift(acb(-rate)))).times(field.within(between(-1, 1)))
    return up.plus(down).times(field.lift(1 / acb(5).sqrt()))


def _sine_integral(field: GermArithmetic, w: Germ) -> Germ:
    """``|Si(x) − π/2| ≤ 2/x`` (DLMF 6.2.9, by parts)."""
    far_right(w)
    return field.lift(acb.pi() / 2).plus(field.inv(w).times(field.within(between(-2, 2))))


def _cosine_integral(field: GermArithmetic, w: Germ) -> Germ:
    """``|Ci(x)| ≤ 2/x``."""
    far_right(w)
    return field.inv(w).times(field.within(between(-2, 2)))


def _fresnel(field: GermArithmetic, w: Germ) -> Germ:
    """Within ``1/x`` of a half."""
    far_right(w)
    return field.const(HALF).plus(field.inv(w).times(field.within(between(-1, 1))))


def _harmonic(field: GermArithmetic, w: Germ) -> Germ:
    return _digamma(field, w.plus(field.whole(1))).plus(field.number(sympy.EulerGamma))


ASYMPTOTIC: dict[Any, Callable[..., Germ]] = {
    sympy.erf: _erf,
    sympy.erfc: _erfc,
    sympy.atan: _atan,
    sympy.asinh: _asinh,
    sympy.acosh: _acosh,
    sympy.besselj: _oscillating,
    sympy.bessely: _oscillating,
    sympy.besselk: _bessel_k,
    sympy.besseli: _bessel_i,
    sympy.airyai: _airy,
    sympy.Ei: _exponential_integral,
    sympy.expint: _expint,
    sympy.uppergamma: _uppergamma,
    sympy.lowergamma: _lowergamma,
    sympy.gamma: lambda field, w: field.exp(_loggamma(field, w)),
    sympy.loggamma: _loggamma,
    sympy.digamma: _digamma,
    sympy.polygamma: _polygamma,
    sympy.zeta: _zeta,
    sympy.harmonic: _harmonic,
    sympy.fibonacci: _fibonacci,
    sympy.Si: _sine_integral,
    sympy.Ci: _cosine_integral,
    sympy.fresnels: _fresnel,
    sympy.fresnelc: _fresnel,
}
ALONE = frozenset({sympy.zeta, sympy.harmonic, sympy.fibonacci})
"""What is known of these is known of one argument: Hurwitz's function, and the like, have other expansions."""
