"""Definite integrals that stand in every table, with their parameters read off the integrand.

Each entry proposes parameters; that its integrand with these is the one at hand is shown by the canonical form, and
that it converges by what is given. Sources: DLMF, at each entry.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any, TypeAlias

from sympy import (
    Abs,
    Add,
    Expr,
    Mul,
    Rational,
    S,
    Symbol,
    besseli,
    besselj,
    besselk,
    cos,
    cosh,
    elliptic_e,
    elliptic_f,
    elliptic_k,
    elliptic_pi,
    exp,
    gamma,
    hyper,
    lerchphi,
    oo,
    pi,
    re,
    sin,
    sqrt,
    uppergamma,
)

from verify.facts import Facts, Sign
from verify.frozen import dataclass
from verify.terms import free

HALF = Rational(1, 2)


@dataclass(frozen=True)
class Found:
    """An integrand, its integral, and what has to be positive for it to converge."""

    integrand: Expr
    value: Expr
    positive: tuple[Expr, ...] = ()


@dataclass(frozen=True)
class Parts:
    """c·t**s·exp(e)·Π bᵢ**pᵢ."""

    power: Expr
    exponent: Expr
    others: tuple[tuple[Expr, Expr], ...]


Entry: TypeAlias = Callable[[Parts, Symbol], Iterator[Found]]


def parts(body: Expr, t: Symbol) -> tuple[Expr, Parts]:
    """The factor that is constant, and the rest taken apart."""
    constant, power, exponent = S.One, S.Zero, S.Zero
    others: dict[Expr, Expr] = {}
    for factor in Mul.make_args(body):
        if t not in free(factor):
            constant *= factor
            continue
        base, e = factor.as_base_exp()
        if isinstance(factor, exp):
            exponent += factor.args[0]
        elif isinstance(base, exp) and t not in free(e):
            exponent += base.args[0] * e
        elif base == t:
            power += e
        else:
            others[base] = others.get(base, S.Zero) + e
    return constant, Parts(power, exponent, tuple(others.items()))


def proposed(body: Expr, t: Symbol, low: Expr, high: Expr) -> Iterator[tuple[Expr, Found]]:
    """Constant factors with integrals whose integrand may be what is left."""
    constant, rest = parts(body, t)
    entries = TABLE.get((low, high), ())
    if low == 0 and high.is_extended_real and high.is_finite is not False:
        entries = (*entries, _incomplete(high))
    for entry in entries:
        for found in entry(rest, t):
            yield constant, found


def converges(found: Found, facts: Facts) -> bool:
    """Whether what has to be positive is known to be."""
    return all(facts.sign(re(e).expand()) == Sign.POS for e in found.positive)


def _slope(e: Expr, t: Symbol) -> Expr | None:
    """b, where e = b·t."""
    slope = e.diff(t)
    return slope if t not in free(slope) and (e - slope * t).expand() == 0 else None


# -- from 0 to ∞ ------------------------------------------------------------------------------------------------------


def _lerch(p: Parts, t: Symbol) -> Iterator[Found]:
    """∫ tˢ⁻¹·exp(−a·t)/(1 − w·exp(−b·t)) dt = Γ(s)·b⁻ˢ·Φ(w, s, a/b) for w = ±1 or w < 0 (DLMF 25.14.5)."""
    if len(p.others) != 1 or p.others[0][1] != -1:
        return
    base = p.others[0][0].rewrite(exp).expand()
    if not isinstance(base, Add) or len(base.args) != 2:
        return
    slow, fast = sorted(((*_exponential(part, t),) for part in base.args), key=lambda pair: pair[1].sort_key())
    for (c0, r0), (c1, r1) in ((slow, fast), (fast, slow)):
        b, w, a = r1 - r0, -c0 / c1, r1 - p.exponent.diff(t)
        if not b.is_positive or _slope(p.exponent, t) is None:
            continue
        s = p.power + 1
        integrand = t ** (s - 1) * exp(-a * t) / (1 - w * exp(-b * t))
        ordinary = (s - 1,) if w == 1 else (s,) if w == -1 else (s, -w)
        yield Found(integrand / c1, gamma(s) * b ** (-s) * lerchphi(w, s, a / b) / c1, (a, *ordinary))


def _exponential(e: Expr, t: Symbol) -> tuple[Expr, Expr]:
    """c and r, where e = c·exp(r·t)."""
    constant, p = parts(e, t)
    moving = p.exponent.diff(t)
    return constant * exp((p.exponent - moving * t).expand()), moving


def _mellin(p: Parts, t: Symbol) -> Iterator[Found]:
    """∫ tˢ⁻¹·cos(b·t) dt = Γ(s)·cos(πs/2)/bˢ, and that of the sine (DLMF 5.9.6, 5.9.7)."""
    if p.exponent != 0 or len(p.others) != 1 or p.others[0][1] != 1:
        return
    wave, s = p.others[0][0], p.power + 1
    b = _slope(wave.args[0], t) if isinstance(wave, cos | sin) else None
    if b is not None and b.is_extended_real:
        value = gamma(s) * wave.func(pi * s / 2) / b**s
        yield Found(t ** (s - 1) * wave, value, (s if isinstance(wave, cos) else s + 1, 1 - s, b))


def _macdonald(p: Parts, t: Symbol) -> Iterator[Found]:
    """∫ t^(ν − 1)·exp(−a·t − b/t) dt = 2·(b/a)^(ν/2)·K_ν(2·√(a·b)) for a, b > 0 (DLMF 10.32.10)."""
    if p.others:
        return
    e = p.exponent.expand()
    a, b, nu = -e.coeff(t, 1), -e.coeff(t, -1), p.power + 1
    if b != 0 and a != 0 and a.is_extended_real and b.is_extended_real:
        value = 2 * (b / a) ** (nu / 2) * besselk(nu, 2 * sqrt(a * b))
        yield Found(t ** (nu - 1) * exp(-a * t - b / t), value, (a, b))


def _hyperbolic(p: Parts, t: Symbol) -> Iterator[Found]:
    """∫ exp(−z·cosh t)·cosh(ν·t) dt = K_ν(z) (DLMF 10.32.9)."""
    z = -p.exponent.coeff(cosh(t))
    nu = S.Zero
    if len(p.others) == 1 and p.others[0][1] == 1 and isinstance(p.others[0][0], cosh):
        nu = _slope(p.others[0][0].args[0], t) or S.Zero
    if p.power == 0 and z != 0:
        yield Found(exp(-z * cosh(t)) * cosh(nu * t), besselk(nu, z), (z,))


def _shifted_power(p: Parts, t: Symbol) -> Iterator[Found]:
    """∫ exp(−z·t)·(c + t)ᵖ dt = exp(c·z)·z^(−p − 1)·Γ(p + 1, c·z) for c > 0 (DLMF 8.6.5)."""
    z = _slope(-p.exponent, t)
    if z is None or p.power != 0 or len(p.others) != 1:
        return
    base, e = p.others[0]
    slope, c = base.diff(t), base.xreplace({t: S.Zero})
    if slope == 1 and t not in free(e):
        value = exp(c * z) * z ** (-e - 1) * uppergamma(e + 1, c * z)
        if c.is_extended_real:
            yield Found(exp(-z * t) * (c + t) ** e, value, (z, c))


# -- from 0 to 1 ------------------------------------------------------------------------------------------------------


def _euler(p: Parts, t: Symbol) -> Iterator[Found]:
    """∫ t^(a − 1)·(1 − t)^(b − 1)·(1 − z·t)^(−c)·exp(y·t) dt by ₂F₁ or ₁F₁ (DLMF 15.6.1, 13.4.1)."""
    a, b, z, c = p.power + 1, S.One, S.Zero, S.Zero
    y = _slope(p.exponent, t)
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


# -- from 0 to π/2, or to π -------------------------------------------------------------------------------------------


def _waves(p: Parts, t: Symbol) -> Iterator[Found]:
    """∫ sinᵖ t·cosᑫ t dt = B((p + 1)/2, (q + 1)/2)/2 (DLMF 5.12.2)."""
    powers = dict(p.others)
    a, b = powers.pop(sin(t), S.Zero) + 1, powers.pop(cos(t), S.Zero) + 1
    if not powers and p.power == 0 and p.exponent == 0:
        value = gamma(a / 2) * gamma(b / 2) / (2 * gamma((a + b) / 2))
        yield Found(sin(t) ** (a - 1) * cos(t) ** (b - 1), value, (a, b))


def _incomplete(phi: Expr) -> Entry:
    """Legendre's integrals from 0 to φ, of m < 1 (DLMF 19.2.4 to 19.2.7)."""
    if phi == pi / 2:
        return lambda p, t: _elliptic(p, t, elliptic_k, elliptic_e, elliptic_pi)
    first, second = (lambda m: elliptic_f(phi, m)), (lambda m: elliptic_e(phi, m))
    return lambda p, t: _elliptic(p, t, first, second, lambda n, m: elliptic_pi(n, phi, m))


def _elliptic(p: Parts, t: Symbol, first: Any, second: Any, third: Any) -> Iterator[Found]:
    if p.power != 0 or p.exponent != 0:
        return
    found: dict[Expr, Expr] = {}
    for base, e in p.others:
        m = -base.coeff(sin(t) ** 2)
        if (base - 1 + m * sin(t) ** 2).expand() != 0 or not m.is_extended_real:
            return
        found[e] = m
    m = found.get(-HALF, found.get(HALF))
    if m is None or not set(found) <= {HALF, -HALF, S.NegativeOne} or len(found) != len(p.others):
        return
    body, inside = 1 - m * sin(t) ** 2, (1 - m,)
    if set(found) == {-HALF}:
        yield Found(body**-HALF, first(m), inside)
    elif set(found) == {HALF}:
        yield Found(body**HALF, second(m), inside)
    elif set(found) == {-HALF, S.NegativeOne}:
        n = found[S.NegativeOne]
        yield Found(body**-HALF / (1 - n * sin(t) ** 2), third(n, m), (*inside, 1 - n))


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
        y, n = angle.coeff(cos(t)), _slope(angle, t)
        if z == 0 and y != 0 and (angle - y * cos(t)).expand() == 0:
            value = poisson * (y / 2) ** -nu * besselj(nu, y)
            yield Found(cos(y * cos(t)) * sin(t) ** (2 * nu), value, (nu + HALF,))
        elif z != 0 and nu == 0 and n is not None and n.is_integer:
            yield Found(exp(z * cos(t)) * cos(n * t), pi * besseli(n, z))
        elif z == 0 and nu == 0:
            y = angle.coeff(sin(t))
            n = _slope(angle - y * sin(t), t)
            if n is not None and n.is_integer:
                yield Found(cos(y * sin(t) + n * t), pi * besselj(-n, y))


TABLE: dict[tuple[Expr, Expr], tuple[Entry, ...]] = {
    (S.Zero, oo): (_lerch, _mellin, _macdonald, _hyperbolic, _shifted_power),
    (S.Zero, S.One): (_euler,),
    (S.Zero, pi / 2): (_waves,),
    (S.Zero, pi): (_bessel,),
}
