"""Functions of a whole number that tends to infinity: factorials, binomial coefficients, and orders and degrees."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from typing import Any

import sympy
from flint import acb, arb

from verify.evaluate.field import Indeterminate
from verify.evaluate.germs.arithmetic import GermArithmetic
from verify.evaluate.germs.asymptotic import far_right
from verify.evaluate.germs.germ import Germ, Term
from verify.evaluate.germs.taylor import Model, disc
from verify.evaluate.special.entry import whole


def _gamma(field: GermArithmetic, a: Germ) -> Germ:
    return field.call(sympy.gamma, [a])


def _rising(field: GermArithmetic, z: Germ, k: Germ) -> Germ:
    """``Γ(z + k)/Γ(z)``."""
    at = z.fixed()
    n = None if at is None else whole(at)
    if n is not None and n <= 0:
        far_right(z.plus(k))
        return field.whole(0)
    return _gamma(field, z.plus(k)).times(field.inv(_gamma(field, z)))


def _falling(field: GermArithmetic, z: Germ, k: Germ) -> Germ:
    """``Γ(z + 1)/Γ(z − k + 1)`` for large z, else ``(−1)ᵏ (−z)_k``."""
    if z.fixed() is None:
        above, below = z.plus(field.whole(1)), z.plus(field.negative(k)).plus(field.whole(1))
        return _gamma(field, above).times(field.inv(_gamma(field, below)))
    turn = field.power(field.whole(-1), k)
    return turn.times(_rising(field, field.negative(z), k))


def _binomial(field: GermArithmetic, n: Germ, k: Germ) -> Germ:
    """By gamma functions, with ``(−1)ᵏ (−n)_k/k!`` for a fixed ``n``."""
    below = field.inv(_gamma(field, k.plus(field.whole(1))))
    if n.fixed() is not None:
        return _falling(field, n, k).times(below)
    rest = _gamma(field, n.plus(field.negative(k)).plus(field.whole(1)))
    return _gamma(field, n.plus(field.whole(1))).times(below).times(field.inv(rest))


def _beta(field: GermArithmetic, a: Germ, b: Germ) -> Germ:
    return _gamma(field, a).times(_gamma(field, b)).times(field.inv(_gamma(field, a.plus(b))))


def _catalan(field: GermArithmetic, n: Germ) -> Germ:
    return _binomial(field, n.plus(n), n).times(field.inv(n.plus(field.whole(1))))


def _fixed(a: Germ, what: str) -> Any:
    value = a.fixed()
    if value is None:
        raise Indeterminate(f"{what} that varies with the order")
    return value


def _whole_valued(n: Germ) -> None:
    """That it is ``a k + b`` with whole ``a`` and ``b``."""
    for term in n.terms:
        scale, model = term.scale, term.model
        plain = not scale.growth and scale.logs == 0 and isinstance(scale.power, Fraction) and model.rest.is_zero()
        for j, c in enumerate(model.coefficients):
            if not plain or (not c.is_zero() and (scale.power + j not in (-1, 0) or whole(c) is None)):
                raise Indeterminate("a degree that may not be a whole number")


def _bessel(field: GermArithmetic, order: Germ, z: Germ, side: Callable[[Any], Any]) -> Germ:
    """For ν = σ + iτ with σ ≥ 1: ``|J_ν(z)| ≤ |z/2|^σ e^{π|τ| + τ² + |Im z|}/Γ(σ + 1)``, with the real part for I.

    From Poisson's integral (DLMF 10.9.4), with ``Γ(σ + ½)/|Γ(ν + ½)| ≤ e^{τ²}`` (DLMF 5.8.3).
    """
    at = _fixed(z, "a Bessel function of an argument")
    if at.is_zero():
        return field.whole(0)
    real_order, height = _real_part(field, order)
    far_right(real_order)
    power = field.exp(real_order.times(field.lift(acb(abs(at / 2).log()))))
    size = field.within(disc((abs(side(at)) + arb.pi() * height + height**2).exp()), False)
    return power.times(field.inv(_gamma(field, real_order.plus(field.whole(1))))).times(size)


def _real_part(field: GermArithmetic, order: Germ) -> tuple[Germ, Any]:
    """The real part of an order, and the size of its imaginary part, which must not vary."""
    if order.real:
        return order, arb(0)
    total, height = field.whole(0), arb(0)
    for term in order.terms:
        scale, model = term.scale, term.model
        if scale.growth or scale.logs or not isinstance(scale.power, Fraction) or not model.rest.is_zero():
            raise Indeterminate("an order that is not known well enough")
        for j, c in enumerate(model.coefficients):
            if not c.imag.is_zero():
                if scale.power + j != 0:
                    raise Indeterminate("an order whose imaginary part varies")
                height = height + abs(c.imag)
        real = Model(tuple(acb(c.real) for c in model.coefficients), acb(0), model.reach)
        total = total.plus(order.of([Term(scale, real)], True))
    return total.of(total.terms, True), height


def _polynomial(field: GermArithmetic, degree: Germ, x: Germ, with_factor: bool) -> Germ:
    """``|P_n|, |T_n| ≤ ρⁿ`` and ``|U_n| ≤ (n + 1) ρⁿ`` with ρ = |x| + √(1 + |x|²), 1 for −1 ≤ x ≤ 1 (Laplace's
    integral, DLMF 14.12.7; 18.14)."""
    at = _fixed(x, "a polynomial of an argument")
    _whole_valued(degree)
    inside = at.imag.is_zero() and abs(at.real) <= 1
    rate = acb(0) if inside else acb((abs(at) + (1 + abs(at) ** 2).sqrt()).log())
    bound = field.exp(degree.times(field.lift(rate))).times(field.within(disc(1), False))
    return bound.times(degree.plus(field.whole(1))) if with_factor else bound


def _hermite(field: GermArithmetic, degree: Germ, x: Germ) -> Germ:
    """``|H_n(x)| ≤ 1.1 e^{x²/2} 2^{n/2} √(n!)`` for real x (DLMF 18.14.9)."""
    at = _fixed(x, "a polynomial of an argument")
    _whole_valued(degree)
    if not at.imag.is_zero():
        raise Indeterminate("a Hermite polynomial of a complex number")
    power = field.exp(degree.times(field.lift(acb(2).log() / 2)))
    root = field.power(_gamma(field, degree.plus(field.whole(1))), field.const(Fraction(1, 2)))
    return power.times(root).times(field.within(disc(arb(1.1) * (at.real**2 / 2).exp()), False))


def _laguerre(field: GermArithmetic, degree: Germ, x: Germ) -> Germ:
    """``|L_n(x)| ≤ e^{x/2}`` for x ≥ 0 (DLMF 18.14.8)."""
    at = _fixed(x, "a polynomial of an argument")
    _whole_valued(degree)
    if not (at.imag.is_zero() and at.real >= 0):
        raise Indeterminate("a Laguerre polynomial of an argument that is not positive")
    return field.within(disc((at.real / 2).exp()), False)


def _bernoulli(field: GermArithmetic, n: Germ, x: Germ | None = None) -> Germ:
    """``|B_n(x)| ≤ 4 n!/(2π)ⁿ`` for 0 ≤ x ≤ 1, n ≥ 2 (DLMF 24.8.3, 24.9.8)."""
    _whole_valued(n)
    if x is not None:
        at = _fixed(x, "a polynomial of an argument")
        if not (at.imag.is_zero() and at.real >= 0 and at.real <= 1):
            raise Indeterminate("a Bernoulli polynomial outside of 0 ≤ x ≤ 1")
    rate = field.exp(n.times(field.lift(-(2 * acb.pi()).log())))
    return _gamma(field, n.plus(field.whole(1))).times(rate).times(field.within(disc(4), False))


def _euler(field: GermArithmetic, n: Germ, x: Germ | None = None) -> Germ:
    """``|E_n| ≤ 2 (2/π)^{n+1} n!`` (DLMF 24.9.10), and ``|E_n(x)| ≤ 2 n!/πⁿ`` for 0 ≤ x ≤ 1 (by the Fourier series
    24.8.4 and 24.8.5, whose coefficients add up to ``4 n!/π^{n+1}·π²/8`` at most)."""
    _whole_valued(n)
    if x is not None:
        at = _fixed(x, "a polynomial of an argument")
        if not (at.imag.is_zero() and at.real >= 0 and at.real <= 1):
            raise Indeterminate("an Euler polynomial outside of 0 ≤ x ≤ 1")
        rate = field.exp(n.times(field.lift(-acb.pi().log())))
        return _gamma(field, n.plus(field.whole(1))).times(rate).times(field.within(disc(2), False))
    rate = field.exp(n.times(field.lift((2 / acb.pi()).log())))
    return _gamma(field, n.plus(field.whole(1))).times(rate).times(field.within(disc(2), False))


def _at_most_itself(field: GermArithmetic, n: Germ) -> Germ:
    """Euler's function: between 0 and ``n``."""
    _whole_valued(n)
    return n.times(field.within(disc(1), False))


SEVERAL: dict[Any, Callable[..., Germ]] = {
    sympy.RisingFactorial: _rising,
    sympy.FallingFactorial: _falling,
    sympy.binomial: _binomial,
    sympy.beta: _beta,
    sympy.catalan: _catalan,
    sympy.bernoulli: _bernoulli,
    sympy.euler: _euler,
    sympy.totient: _at_most_itself,
    sympy.mobius: lambda field, n: field.within(disc(1), False),
    sympy.divisor_sigma: lambda field, n, k=None: _sigma(field, n, k),
}
"""Functions whose arguments may all vary."""


def _sigma(field: GermArithmetic, n: Germ, k: Germ | None) -> Germ:
    """``σ_k(n) ≤ n^{k+1}``."""
    _whole_valued(n)
    power = Fraction(1) if k is None else k.exact
    if power is None or power < 0:
        raise Indeterminate("a sum of powers of divisors")
    return field.power(n, field.const(power + 1)).times(field.within(disc(1), False))


BY_ORDER: dict[tuple[Any, int], Callable[..., Germ]] = {
    (sympy.besselj, 0): lambda field, n, z: _bessel(field, n, z, lambda at: at.imag),
    (sympy.besseli, 0): lambda field, n, z: _bessel(field, n, z, lambda at: at.real),
    (sympy.legendre, 0): lambda field, n, x: _polynomial(field, n, x, False),
    (sympy.chebyshevt, 0): lambda field, n, x: _polynomial(field, n, x, False),
    (sympy.chebyshevu, 0): lambda field, n, x: _polynomial(field, n, x, True),
    (sympy.hermite, 0): _hermite,
    (sympy.laguerre, 0): _laguerre,
}
"""By the position of the argument that varies."""
