"""Definite integrals over half of the line, or all of it, that stand in tables. Sources: DLMF, at each entry."""

from __future__ import annotations

from collections.abc import Iterator

from sympy import (
    Add,
    Expr,
    Pow,
    Rational,
    S,
    Symbol,
    airyai,
    arg,
    besselj,
    besselk,
    cos,
    cosh,
    csch,
    digamma,
    erfc,
    exp,
    gamma,
    hyper,
    lerchphi,
    log,
    oo,
    pi,
    sech,
    sin,
    sinh,
    sqrt,
    uppergamma,
)

from verify.checks.equations.integrand import Found, Parts, exponential, slope
from verify.terms import free

HALF = Rational(1, 2)


def lerch(p: Parts, t: Symbol) -> Iterator[Found]:
    """∫ tˢ⁻¹·exp(−a·t)/(1 − w·exp(−b·t)) dt = Γ(s)·b⁻ˢ·Φ(w, s, a/b) for w = ±1 or w < 0 (DLMF 25.14.5).

    Over the square, Σ (k + 1)·wᵏ·exp(−(a + b·k)·t) term by term: Γ(s)·b⁻ˢ·(Φ(w, s − 1, a/b) + (1 − a/b)·Φ(w, s, a/b)).
    """
    if len(p.others) != 1 or slope(p.exponent, t) is None:
        return
    base, e = _exponentials(*p.others[0])
    if e not in (-1, -2) or not isinstance(base, Add) or len(base.args) != 2:
        return
    order = -e
    first, second = sorted((exponential(part, t) for part in base.args), key=lambda pair: pair[1].sort_key())
    for (c0, r0), (c1, r1) in ((first, second), (second, first)):
        b, w, a = r1 - r0, -c0 / c1, order * r1 - p.exponent.diff(t)
        if not b.is_positive:
            continue
        s = p.power + 1
        integrand = t ** (s - 1) * exp(-a * t) * (1 - w * exp(-b * t)) ** e
        ordinary = (s - order,) if w == 1 else (s,) if w == -1 else (s, -w)
        value = lerchphi(w, s, a / b)
        if order == 2:
            value = lerchphi(w, s - 1, a / b) + (1 - a / b) * value
        yield Found(c1**e * integrand, c1**e * gamma(s) * b ** (-s) * value, (a, *ordinary))


def _exponentials(base: Expr, e: Expr) -> tuple[Expr, Expr]:
    """A power of a hyperbolic function by exponentials."""
    if isinstance(base, sech | csch):
        base, e = (cosh if isinstance(base, sech) else sinh)(base.args[0]), -e
    return base.rewrite(exp).expand(), e


def beta_integral(p: Parts, t: Symbol) -> Iterator[Found]:
    """∫ tˢ⁻¹·(x + m·tᵠ)⁻ᶜ dt = x^(s/q − c)·m^(−s/q)·B(s/q, c − s/q)/q for x, m, q > 0 (DLMF 5.12.3)."""
    if p.exponent != 0 or len(p.others) != 1:
        return
    base, e = p.others[0]
    if not isinstance(base, Add) or len(base.args) != 2:
        return
    x, moving = base.as_independent(t, as_Add=True)
    if x == 0 or isinstance(moving, Add):
        return
    m, power = moving.as_independent(t)
    q = power.as_base_exp()[1]
    if power != t**q or t in free(q):
        return
    s, c = (p.power + 1) / q, -e
    value = x ** (s - c) * m**-s * gamma(s) * gamma(c - s) / gamma(c) / q
    real = all(y.is_extended_real for y in (x, m, q))
    if real:
        yield Found(t**p.power * base**e, value, (s, c - s, x, m, q))


def incomplete_gamma(p: Parts, t: Symbol) -> Iterator[Found]:
    """∫ tˢ⁻¹·exp(−z·t)/(c + t) dt = Γ(s)·c^(s − 1)·exp(c·z)·Γ(1 − s, c·z) for z > 0, |arg c| < π (DLMF 8.6.4)."""
    z = slope(-p.exponent, t)
    if z is None or z == 0 or not z.is_extended_real or len(p.others) != 1 or p.others[0][1] != -1:
        return
    base = p.others[0][0]
    c, s = base.xreplace({t: S.Zero}), p.power + 1
    if base.diff(t) == 1:
        off_cut = c if c.is_extended_real else pi - abs(arg(c))
        value = gamma(s) * c ** (s - 1) * exp(c * z) * uppergamma(1 - s, c * z)
        yield Found(t ** (s - 1) * exp(-z * t) / base, value, (s, z, off_cut))


def hyperbolic_beta(p: Parts, t: Symbol) -> Iterator[Found]:
    """∫ cosh(2b·t)/cosh^(2a) t dt = 4^(a − 1)·B(a + b, a − b), with t scaled (DLMF 5.12.7)."""
    if p.power != 0 or p.exponent != 0 or not 1 <= len(p.others) <= 2:
        return
    powers = {(cosh(f.args[0]) if isinstance(f, sech) else f): (-e if isinstance(f, sech) else e) for f, e in p.others}
    if not all(isinstance(f, cosh) and slope(f.args[0], t) is not None for f in powers):
        return
    rates = {f: f.args[0].diff(t) for f in powers}
    for below, e in powers.items():
        rest = [f for f in powers if f != below]
        if any(powers[f] != 1 for f in rest) or not rates[below].is_extended_real:
            continue
        a, m = -e / 2, rates[below]
        b = rates[rest[0]] / (2 * m) if rest else S.Zero
        value = 4 ** (a - 1) * gamma(a + b) * gamma(a - b) / gamma(2 * a) / m
        c = 2 * b * m
        yield Found(cosh(c * t) * cosh(m * t) ** e, value, (-e * m + c, -e * m - c, m))


def bessel(p: Parts, t: Symbol) -> Iterator[Found]:
    """∫ t^(μ − 1)·K_ν(b·t) dt (DLMF 10.43.19), and that of exp(−a·t)·J_ν(b·t) for Re a > 0, b > 0 (10.22.49)."""
    if len(p.others) != 1 or p.others[0][1] != 1:
        return
    f, a = p.others[0][0], slope(-p.exponent, t)
    if not isinstance(f, besselj | besselk) or a is None or t in free(f.args[0]):
        return
    nu, b, mu = f.args[0], slope(f.args[1], t), p.power + 1
    if b is None:
        return
    if isinstance(f, besselk) and a == 0 and b.is_extended_real:
        value = 2 ** (mu - 2) * b**-mu * gamma((mu - nu) / 2) * gamma((mu + nu) / 2)
        yield Found(t ** (mu - 1) * f, value, (mu - nu, mu + nu, b))
    elif isinstance(f, besselj) and a != 0:
        scale = (b / 2) ** nu * gamma(mu + nu) / (a ** (mu + nu) * gamma(nu + 1))
        value = scale * hyper(((mu + nu) / 2, (mu + nu + 1) / 2), (nu + 1,), -(b**2) / a**2)
        if mu == 1:  # Abramowitz and Stegun 11.4.39
            root = sqrt(a**2 + b**2)
            value = (root - a) ** nu * b**-nu / root
        if b.is_extended_real and b.is_positive:
            yield Found(t ** (mu - 1) * exp(-a * t) * f, value, (mu + nu, a))


def gauss(low: Expr, p: Parts, t: Symbol) -> Iterator[Found]:
    """Exponentials of a·t² + 2b·t + c from any place to ∞, and of t² and 1/t² (DLMF 7.7.6 to 7.7.8)."""
    if p.power != 0 or p.others:
        return
    e = (-p.exponent).expand()
    a, b, c, d = (e.coeff(t, i) for i in (2, 1, 0, -2))
    if a == 0 or (e - a * t**2 - b * t - c - d / t**2).expand() != 0:
        return
    root = sqrt(a)
    if d == 0 and low is -oo:
        yield Found(exp(-e), sqrt(pi) / root * exp(b**2 / (4 * a) - c), (a,))
    elif d == 0:
        yield Found(exp(-e), sqrt(pi) / (2 * root) * exp(b**2 / (4 * a) - c) * erfc(root * low + b / (2 * root)), (a,))
    elif b == 0 and low == 0:
        yield Found(exp(-e), sqrt(pi) / (2 * root) * exp(-2 * root * sqrt(d) - c), (a, d))
    elif b == 0 and low is not -oo:
        other = d.base if isinstance(d, Pow) and d.exp == 2 else sqrt(d)  # either root will do
        edges = (exp(2 * s * root * other) * erfc(root * low + s * other / low) for s in (1, -1))
        yield Found(exp(-e), sqrt(pi) / (4 * root) * exp(-c) * Add(*edges), (a, low))


def mellin(p: Parts, t: Symbol) -> Iterator[Found]:
    """∫ tˢ⁻¹·cos(b·t) dt = Γ(s)·cos(πs/2)/bˢ, and that of the sine (DLMF 5.9.6, 5.9.7)."""
    if p.exponent != 0 or len(p.others) != 1 or p.others[0][1] != 1:
        return
    wave, s = p.others[0][0], p.power + 1
    b = slope(wave.args[0], t) if isinstance(wave, cos | sin) else None
    if b is not None and b.is_extended_real:
        value = gamma(s) * wave.func(pi * s / 2) / b**s
        yield Found(t ** (s - 1) * wave, value, (s if isinstance(wave, cos) else s + 1, 1 - s, b))


def macdonald(p: Parts, t: Symbol) -> Iterator[Found]:
    """∫ t^(ν − 1)·exp(−a·t − b/t) dt = 2·(b/a)^(ν/2)·K_ν(2·√(a·b)) for a, b > 0 (DLMF 10.32.10)."""
    if p.others:
        return
    e = p.exponent.expand()
    a, b, nu = -e.coeff(t, 1), -e.coeff(t, -1), p.power + 1
    if b != 0 and a != 0 and a.is_extended_real and b.is_extended_real:
        value = 2 * (b / a) ** (nu / 2) * besselk(nu, 2 * sqrt(a * b))
        yield Found(t ** (nu - 1) * exp(-a * t - b / t), value, (a, b))


def hyperbolic(p: Parts, t: Symbol) -> Iterator[Found]:
    """∫ exp(−z·cosh t)·cosh(ν·t) dt = K_ν(z) (DLMF 10.32.9)."""
    z = -p.exponent.coeff(cosh(t))
    nu = S.Zero
    if len(p.others) == 1 and p.others[0][1] == 1 and isinstance(p.others[0][0], cosh):
        nu = slope(p.others[0][0].args[0], t) or S.Zero
    if p.power == 0 and z != 0:
        yield Found(exp(-z * cosh(t)) * cosh(nu * t), besselk(nu, z), (z,))


def shifted_power(p: Parts, t: Symbol) -> Iterator[Found]:
    """∫ exp(−z·t)·(c + t)ᵖ dt = exp(c·z)·z^(−p − 1)·Γ(p + 1, c·z) for c > 0 (DLMF 8.6.5)."""
    z = slope(-p.exponent, t)
    if z is None or p.power != 0 or len(p.others) != 1:
        return
    base, e = p.others[0]
    c = base.xreplace({t: S.Zero})
    if base.diff(t) == 1 and t not in free(e):
        value = exp(c * z) * z ** (-e - 1) * uppergamma(e + 1, c * z)
        if c.is_extended_real:
            yield Found(exp(-z * t) * (c + t) ** e, value, (z, c))


def euler(p: Parts, t: Symbol) -> Iterator[Found]:
    """∫ tˢ⁻¹·exp(−z·tᵠ) dt = Γ(s/q)/(q·z^(s/q)) for q > 0, Re z > 0 (DLMF 5.9.1)."""
    z, power = (-p.exponent).expand().as_independent(t)
    q, s = power.as_base_exp()[1], p.power + 1
    if not p.others and power == t**q and t not in free(q) and q.is_extended_real:
        yield Found(t ** (s - 1) * exp(-z * power), gamma(s / q) / q * z ** (-s / q), (s, q, z))


def airy(p: Parts, t: Symbol) -> Iterator[Found]:
    """∫ tˢ⁻¹·Ai(b·t) dt = Γ(s)/(3^((s + 2)/3)·Γ((s + 2)/3)·bˢ) for b > 0 (DLMF 9.10.17)."""
    if p.exponent != 0 or len(p.others) != 1 or p.others[0][1] != 1:
        return
    f, s = p.others[0][0], p.power + 1
    b = slope(f.args[0], t) if isinstance(f, airyai) else None
    if b is not None and b.is_extended_real:
        third = (s + 2) / 3
        yield Found(t ** (s - 1) * f, gamma(s) / (3**third * gamma(third)) * b**-s, (s, b))


def gauss_digamma(p: Parts, t: Symbol) -> Iterator[Found]:
    """∫ (exp(−a·t) − exp(−b·t))/(1 − exp(−t)) dt = ψ(b) − ψ(a), and ln(b/a) over t (DLMF 5.9.16, 5.9.18)."""
    powers = dict(p.others)
    below = powers.pop(1 - exp(-t), S.Zero)
    difference = next((f for f, e in powers.items() if e == 1 and isinstance(f, Add) and len(f.args) == 2), None)
    if difference is None or len(powers) != 1 or (p.power, below) not in ((0, -1), (-1, 0)):
        return
    (first, r), (second, s) = (exponential(part * exp(p.exponent), t) for part in difference.args)
    if (first + second).expand() != 0 or not all(slope(e * t, t) is not None for e in (r, s)):
        return
    a, b = -r, -s
    integrand = first * (exp(-a * t) - exp(-b * t))
    if below == 0:
        if a.is_extended_real and b.is_extended_real:
            yield Found(integrand / t, first * log(b / a), (a, b))
    else:
        yield Found(integrand / (1 - exp(-t)), first * (digamma(b) - digamma(a)), (a, b))


ENTRIES = (
    lerch,
    euler,
    airy,
    gauss_digamma,
    beta_integral,
    incomplete_gamma,
    hyperbolic_beta,
    bessel,
    mellin,
    macdonald,
    hyperbolic,
    shifted_power,
)
