"""Definite integrals between numbers that stand in tables. Sources: DLMF, at each entry."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from sympy import (
    Abs,
    Dummy,
    Expr,
    Rational,
    S,
    Symbol,
    asin,
    besseli,
    besselj,
    cos,
    cosh,
    digamma,
    elliptic_e,
    elliptic_f,
    elliptic_k,
    elliptic_pi,
    exp,
    fraction,
    gamma,
    hyper,
    log,
    pi,
    sin,
    sqrt,
)

from verify.checks.equations.integrand import Entry, Found, Parts, slope
from verify.terms import free

HALF = Rational(1, 2)

# -- from 0 to 1 ------------------------------------------------------------------------------------------------------


def _euler(p: Parts, t: Symbol) -> Iterator[Found]:
    """∫ t^(a − 1)·(1 − t)^(b − 1)·(1 − z·t)^(−c)·exp(y·t) dt by ₂F₁ or ₁F₁ (DLMF 15.6.1, 13.4.1)."""
    a, b, z, c = p.power + 1, S.One, S.Zero, S.Zero
    y = slope(p.exponent, t)
    for base, e in p.others:
        if base.xreplace({t: S.Zero}) != 1 or t in free(base.diff(t)):
            return
        if base.diff(t) == -1:
            b += e
        elif c == 0:
            z, c = -base.diff(t), -e
        else:
            return
    if y is None or (y != 0 and c != 0):
        return
    inside = (1 - z if z.is_extended_real else 1 - Abs(z),) if c != 0 else ()
    scale = gamma(a) * gamma(b) / gamma(a + b)
    value = hyper((c, a), (a + b,), z) if c != 0 else hyper((a,), (a + b,), y)
    yield Found(t ** (a - 1) * (1 - t) ** (b - 1) * (1 - z * t) ** (-c) * exp(y * t), scale * value, (a, b, *inside))


def _logarithmic(p: Parts, t: Symbol) -> Iterator[Found]:
    """∫ t^(a − 1)·(1 − t)^(b − 1)·log t dt = B(a, b)·(ψ(a) − ψ(a + b)), and that of log(1 − t): DLMF 5.12.1 by a, b."""
    powers = dict(p.others)
    a, b = p.power + 1, powers.pop(1 - t, S.Zero) + 1
    if p.exponent != 0 or len(powers) != 1 or t in free(b):
        return
    ((wave, e),) = powers.items()
    which = {log(t): a, log(1 - t): b}.get(wave)
    if which is not None and e == 1:
        value = gamma(a) * gamma(b) / gamma(a + b) * (digamma(which) - digamma(a + b))
        yield Found(t ** (a - 1) * (1 - t) ** (b - 1) * wave, value, (a, b))


def _powers(p: Parts, t: Symbol) -> Iterator[Found]:
    """∫ t^(a − 1)·(1 − tᵠ)^(b − 1) dt = B(a/q, b)/q for q > 0 (DLMF 5.12.1)."""
    if p.exponent != 0 or len(p.others) != 1:
        return
    base, e = p.others[0]
    q = (1 - base).as_base_exp()[1]
    if base == 1 - t**q and q != 1 and t not in free(q) and q.is_extended_real:
        a, b = (p.power + 1) / q, e + 1
        yield Found(t**p.power * base**e, gamma(a) * gamma(b) / gamma(a + b) / q, (a, b, q))


def _poisson(p: Parts, t: Symbol) -> Iterator[Found]:
    """∫ (1 − t²)^(ν − 1/2)·cos(y·t) dt = √π·Γ(ν + 1/2)·(y/2)^(−ν)·J_ν(y)/2, and I_ν for cosh (DLMF 10.9.4, 10.32.2)."""
    found = _semicircle(p)
    if found is None or p.exponent != 0 or len(found[1]) != 1:
        return
    nu, ((wave, e),) = found[0], found[1].items()
    y = slope(wave.args[0], t) if isinstance(wave, cos | cosh) else None
    if e == 1 and y is not None and y != 0:
        function = besselj if isinstance(wave, cos) else besseli
        value = sqrt(pi) * gamma(nu + HALF) / 2 * (y / 2) ** -nu * function(nu, y)
        yield Found((1 - t**2) ** (nu - HALF) * wave, value, (nu + HALF,))


def _semicircle(p: Parts) -> tuple[Expr, dict[Expr, Expr]] | None:
    """ν, and what stands beside (1 − t²)^(ν − 1/2)."""
    nu, rest = HALF, {}
    for base, e in p.others:
        if base.is_Add and (base - 1).as_base_exp()[1] == 1 and (1 - base).is_Pow and (1 - base).exp == 2:
            nu = e + HALF
        else:
            rest[base] = e
    return (nu, rest) if p.power == 0 else None


def incomplete_beta(x: Expr, p: Parts, t: Symbol) -> Iterator[Found]:
    """∫ from 0 to x of t^(a − 1)·(1 − t)^(b − 1) dt for 0 ≤ x ≤ 1 (DLMF 8.17.1, 8.17.7)."""
    if p.exponent != 0 or [base for base, _ in p.others] != [1 - t]:
        return
    a, b = p.power + 1, p.others[0][1] + 1
    value = x**a / a * hyper((a, 1 - b), (a + 1,), x)
    integrand = t ** (a - 1) * (1 - t) ** (b - 1)
    yield Found(integrand, value, (a, 1 - x), (x,))
    yield Found(integrand, value, (a, b), (x, 1 - x))


# -- from −1 to 1 -----------------------------------------------------------------------------------------------------


def _poisson_exponential(p: Parts, t: Symbol) -> Iterator[Found]:
    """∫ (1 − t²)^(ν − 1/2)·exp(z·t) dt = √π·Γ(ν + 1/2)·(z/2)^(−ν)·I_ν(z) (DLMF 10.32.2)."""
    found, z = _semicircle(p), slope(p.exponent, t)
    if found is not None and not found[1] and z is not None and z != 0:
        nu = found[0]
        value = sqrt(pi) * gamma(nu + HALF) * (z / 2) ** -nu * besseli(nu, z)
        yield Found((1 - t**2) ** (nu - HALF) * exp(z * t), value, (nu + HALF,))


# -- from 0 to π/2, or to π -------------------------------------------------------------------------------------------


def _waves(p: Parts, t: Symbol) -> Iterator[Found]:
    """∫ sinᵖ t·cosᑫ t dt = B((p + 1)/2, (q + 1)/2)/2 (DLMF 5.12.2)."""
    powers = dict(p.others)
    a, b = powers.pop(sin(t), S.Zero) + 1, powers.pop(cos(t), S.Zero) + 1
    if len(powers) == 1 and a == 1 and p.power == 0 and p.exponent == 0:
        ((wave, e),) = powers.items()
        c = slope(wave.args[0], t) if isinstance(wave, cos) and e == 1 else None
        if c is not None:  # DLMF 5.12.5
            value = pi * 2**-b * gamma(b) / (gamma((b + c + 1) / 2) * gamma((b - c + 1) / 2))
            yield Found(cos(t) ** (b - 1) * cos(c * t), value, (b,))
    if not powers and p.power == 0 and p.exponent == 0:
        value = gamma(a / 2) * gamma(b / 2) / (2 * gamma((a + b) / 2))
        yield Found(sin(t) ** (a - 1) * cos(t) ** (b - 1), value, (a, b))


def incomplete_elliptic(phi: Expr) -> Entry:
    """Legendre's integrals from 0 to φ, of m off [1, ∞) (DLMF 19.2.4 to 19.2.7)."""
    if phi == pi / 2:
        return lambda p, t: _elliptic(p, t, elliptic_k, elliptic_e, elliptic_pi)
    first, second = (lambda m: elliptic_f(phi, m)), (lambda m: elliptic_e(phi, m))
    return lambda p, t: _elliptic(p, t, first, second, lambda n, m: elliptic_pi(n, phi, m))


def algebraic_elliptic(high: Expr) -> Entry:
    """The same of x = sin t, from 0 to a sine."""
    waves, x = incomplete_elliptic(asin(high)), Dummy(real=True)

    def entry(p: Parts, t: Symbol) -> Iterator[Found]:
        powers: dict[Expr, Expr] = {}
        for base, e in p.others:  # √((1 − x²)/(1 − m·x²)) among them
            for part, sign in zip(fraction(base), (1, -1), strict=True):
                if part != 1:
                    powers[part] = powers.get(part, S.Zero) + sign * e
        rest = powers.pop(1 - t**2, S.Zero) + HALF
        inside = tuple((base.xreplace({t: sin(x)}), e) for base, e in powers.items())
        if rest != 0 or p.power != 0 or p.exponent != 0:
            return
        for found in waves(Parts(S.Zero, S.Zero, inside), x):
            integrand = found.integrand.xreplace({sin(x): t}) / sqrt(1 - t**2)
            yield replace(found, integrand=integrand, nonnegative=(*found.nonnegative, 1 + high, 1 - high))

    return entry


def _elliptic(p: Parts, t: Symbol, first: Any, second: Any, third: Any) -> Iterator[Found]:
    if p.power != 0 or p.exponent != 0:
        return
    found: dict[Expr, Expr] = {}
    for base, e in p.others:
        m = -base.coeff(sin(t) ** 2)
        if (base - 1 + m * sin(t) ** 2).expand() != 0:
            return
        found[e] = m
    m = found.get(-HALF, found.get(HALF))
    if m is None or not set(found) <= {HALF, -HALF, S.NegativeOne} or len(found) != len(p.others):
        return
    body, inside = 1 - m * sin(t) ** 2, (1 - m,)
    if set(found) == {-HALF}:
        yield Found(body**-HALF, first(m), off_cut=inside)
    elif set(found) == {HALF}:
        yield Found(body**HALF, second(m), off_cut=inside)
    elif set(found) == {-HALF, S.NegativeOne} and found[S.NegativeOne].is_extended_real:
        n = found[S.NegativeOne]
        yield Found(body**-HALF / (1 - n * sin(t) ** 2), third(n, m), (1 - n,), off_cut=inside)


def _bessel(p: Parts, t: Symbol) -> Iterator[Found]:
    """Bessel's and Poisson's integrals (DLMF 10.9.2, 10.9.4, 10.32.2, 10.32.3)."""
    powers, nu = dict(p.others), S.Zero
    nu = powers.pop(sin(t), S.Zero) / 2
    z = p.exponent.coeff(cos(t))
    if p.power != 0 or (p.exponent - z * cos(t)).expand() != 0 or len(powers) > 1:
        return
    wave, e = next(iter(powers.items()), (S.One, S.One))
    if e != 1:
        return
    poisson = sqrt(pi) * gamma(nu + HALF)
    if wave == 1 and z != 0:
        yield Found(exp(z * cos(t)) * sin(t) ** (2 * nu), poisson * (z / 2) ** -nu * besseli(nu, z), (nu + HALF,))
    elif isinstance(wave, cos):
        angle = wave.args[0].expand()
        y, n = angle.coeff(cos(t)), slope(angle, t)
        if z == 0 and y != 0 and (angle - y * cos(t)).expand() == 0:
            value = poisson * (y / 2) ** -nu * besselj(nu, y)
            yield Found(cos(y * cos(t)) * sin(t) ** (2 * nu), value, (nu + HALF,))
        elif z != 0 and nu == 0 and n is not None and n.is_integer:
            yield Found(exp(z * cos(t)) * cos(n * t), pi * besseli(n, z))
        elif z == 0 and nu == 0:
            y = angle.coeff(sin(t))
            n = slope(angle - y * sin(t), t)
            if n is not None and n.is_integer:
                yield Found(cos(y * sin(t) + n * t), pi * besselj(-n, y))


ENTRIES: dict[tuple[Expr, Expr], tuple[Entry, ...]] = {
    (S.Zero, S.One): (_euler, _logarithmic, _powers, _poisson),
    (-S.One, S.One): (_poisson_exponential,),
    (S.Zero, pi / 2): (_waves,),
    (S.Zero, pi): (_bessel,),
}
"""By their ends."""
