"""Functions of an argument that tends to a pole or a logarithmic singularity at a finite place, with their expansions.

Sources are named at each.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import sympy
from flint import acb, acb_series, arb

from verify.evaluate.field import Indeterminate, Unsupported
from verify.evaluate.germs.arithmetic import GermArithmetic
from verify.evaluate.germs.asymptotic import HALF, between, real_order
from verify.evaluate.germs.germ import Germ
from verify.evaluate.germs.taylor import by_series, disc
from verify.evaluate.special.entry import whole


def _at_pole(function: Any, minus: bool) -> Callable[..., Germ]:
    """Γ and ψ at 0 by their values at 1."""

    def near(field: GermArithmetic, w: Germ) -> Germ:
        if not (w.limit()).is_zero():
            raise Indeterminate("a function near a pole other than 0")
        beside = field.call(function, [w.plus(field.whole(1))])
        return beside.plus(field.negative(field.inv(w))) if minus else beside.times(field.inv(w))

    return near


def _digamma_at_pole(field: GermArithmetic, order: Germ, w: Germ) -> Germ:
    """The digamma function, as SymPy writes it."""
    if order.exact != 0:
        raise Indeterminate("a polygamma function near a pole")
    return _at_pole(sympy.digamma, True)(field, w)


def _small(w: Germ) -> None:
    """That ``w`` is real and tends to 0 from above, and is at most 1/4."""
    scale, model = w.dominant()
    size = scale.bound(w.reach)
    if not (w.real and scale.vanishes() and size is not None and model.span().real > 0):
        raise Indeterminate("an argument that does not tend to 0 from above")
    if not size * abs(model.span()) < 0.25:
        raise Indeterminate("an argument that is not small")


def _logarithmic(low: int, high: int) -> Callable[..., Germ]:
    """At most ``1 + log(1/x)`` in size for x ≤ 1/4, with known signs."""

    def near(field: GermArithmetic, w: Germ) -> Germ:
        _small(w)
        size = field.whole(1).plus(field.negative(field.log(w)))
        return size.times(field.within(between(low, high)))

    return near


def _ei_near(field: GermArithmetic, w: Germ) -> Germ:
    return _logarithmic(-1, 1)(field, w if w.dominant()[1].span().real > 0 else field.negative(w))


def _expint_near(field: GermArithmetic, order: Germ, w: Germ) -> Germ:
    if order.exact != 1:
        raise Indeterminate("an exponential integral near its singularity")
    return _logarithmic(0, 1)(field, w)


def _harmonic_series(center: Any, count: int) -> list[Any]:
    """Taylor coefficients of ``W(q) = Σ H_k q^k/k!²``, exact at 0; at most ``e/(n! (n − 1)!)`` for \\|q\\| ≤ 1."""
    if center.is_zero():
        sums = [acb(k + 1).digamma() - acb(1).digamma() if k else acb(0) for k in range(count)]
        return [h * acb(k + 1).rgamma() ** 2 for k, h in enumerate(sums)]
    if not abs(center) <= 1:
        return [acb("nan")] * count
    bounds = [arb(3)] + [arb(3) / (arb(k + 1).gamma() * arb(k).gamma()) for k in range(1, count)]
    return [disc(bound) for bound in bounds]


def _second_kind_of_order_zero(field: GermArithmetic, w: Germ, sign: int) -> Germ:
    """``Y₀ = (2/π)((log(x/2) + γ) J₀(x) − W(−x²/4))``, ``K₀ = −(log(x/2) + γ) I₀(x) + W(x²/4)``
    (DLMF 10.8.2, 10.31.2)."""
    _small(w)
    half = w.times(field.const(HALF))
    main = field.log(half).plus(field.number(sympy.EulerGamma))
    first = field.call(sympy.besselj if sign < 0 else sympy.besseli, [field.whole(0), w])
    square = half.times(half)
    if sign < 0:
        rest = field.negative(field.negative(square).compose(_harmonic_series, True))
        return main.times(first).plus(rest).times(field.lift(2 / acb.pi()))
    return field.negative(main.times(first)).plus(square.compose(_harmonic_series, True))


def _second_kind_near(field: GermArithmetic, order: Germ, w: Germ, sign: int) -> Germ:
    """``|K_ν|`` and ``|Y_ν|`` are at most ``Γ(|ν|) (2/x)^{|ν|}`` (ν ≠ 0, x ≤ 1/4), or ``1 + log(1/x)``."""
    nu = abs(real_order(order))
    if nu.is_zero():
        return _second_kind_of_order_zero(field, w, sign)
    _small(w)
    if sign < 0:
        raise Indeterminate("a Bessel function of the second kind near its singularity")
    power = field.power(field.inv(w).times(field.whole(2)), field.lift(acb(nu)))
    return power.times(field.within(between(0, nu.gamma())))


def _uppergamma_near(field: GermArithmetic, a: Germ, w: Germ) -> Germ:
    value = a.fixed()
    if value is not None and value.is_zero():
        return _logarithmic(0, 1)(field, w)
    return field.call(sympy.gamma, [a]).plus(field.negative(_lowergamma_near(field, a, w)))


def _lowergamma_near(field: GermArithmetic, a: Germ, w: Germ) -> Germ:
    """``|γ(a, x)| ≤ x^σ/σ`` for σ = Re a > 0, x > 0."""
    value = a.fixed()
    _small(w)
    if value is None or not value.real > 0:
        raise Indeterminate("an incomplete gamma function near its singularity")
    rest = field.within(disc(1 / value.real), bool(value.imag.is_zero()))
    return field.power(w, field.lift(acb(value.real))).times(rest)


def _bessel_at_zero(field: GermArithmetic, order: Germ, w: Germ, sign: int) -> Germ:
    """``(w/2)^ν 0F1(; ν + 1; ∓w²/4)/Γ(ν + 1)``, where w does not diverge (DLMF 10.2.2, 10.25.2)."""
    nu = order.fixed()
    if nu is None:
        raise Unsupported("a Bessel function whose order varies")
    half = w.times(field.const(HALF))
    square = half.times(half).times(field.whole(sign))
    below = [nu + 1]
    n = whole(nu)
    if n is not None and n < 0:
        raise Indeterminate("a Bessel function of negative order")
    entire = square.compose(by_series(lambda s: acb_series.hypgeom([], below, s)), nu.imag.is_zero() and w.real)
    return field.power(half, order).times(entire).times(field.lift((nu + 1).rgamma()))


def _bessel_near(sign: int) -> Callable[..., Germ]:
    return lambda field, order, w: _bessel_at_zero(field, order, w, sign)


SINGULAR: dict[Any, Callable[..., Germ]] = {
    sympy.gamma: _at_pole(sympy.gamma, False),
    sympy.digamma: _at_pole(sympy.digamma, True),
    sympy.polygamma: _digamma_at_pole,
    sympy.Ei: _ei_near,
    sympy.Ci: _logarithmic(-1, 1),
    sympy.Chi: _logarithmic(-1, 1),
    sympy.expint: _expint_near,
    sympy.uppergamma: _uppergamma_near,
    sympy.lowergamma: _lowergamma_near,
    sympy.besselk: lambda field, order, w: _second_kind_near(field, order, w, 0),
    sympy.bessely: lambda field, order, w: _second_kind_near(field, order, w, -1),
    sympy.besselj: _bessel_near(-1),
    sympy.besseli: _bessel_near(1),
}
