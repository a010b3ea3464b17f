"""Integrands with sines and cosines: as Σ weight·exp(i·frequency·t), and over powers of t by the sine integral."""

from __future__ import annotations

from math import factorial
from typing import Any, TypeAlias

from sympy import Si, oo, pi

from verify.normal.algebra.field import Field
from verify.normal.algebra.kernels import Kernel
from verify.normal.algebra.limits import Unsupported
from verify.normal.algebra.ratio import Ratio
from verify.normal.functions.absolute import sign_of
from verify.normal.functions.atoms import constant, imaginary
from verify.normal.functions.special import function
from verify.normal.functions.trigonometry import cosine, sine
from verify.normal.signs import POS, sign

MAX_WAVES = 12
MAX_POWER = 12
End: TypeAlias = Ratio | Any  # a ratio, or ±oo
Waves: TypeAlias = dict[str, tuple[Ratio, Ratio]]  # weight and frequency, by the frequency


def monomial(field: Field, a: Ratio, t: Kernel) -> tuple[Ratio, Ratio, Ratio]:
    """``a`` = slope·t**degree + rest, of degree 1, 2 or symbolic."""
    if a.den.is_constant() or t.index not in field.deep(field.polynomial(a.den)):
        moving = [k for k in a.over if t.index in k.deep]
        if len(moving) == 1 and len(a.num.coeffs()) >= 1:
            (kernel,) = moving
            top = int(a.num.degrees()[kernel.index])
            slope = a.num
            for _ in range(top):
                slope = slope.derivative(kernel.index)
            factorial = 1
            for i in range(2, top + 1):
                factorial *= i
            coefficient = field.ratio(slope, a.den * factorial)
            rest = a - coefficient * kernel.ratio**top
            if t.index not in field.deep(rest) and t.index not in field.deep(coefficient):
                if kernel is t:
                    return field.number(top), coefficient, rest
                if kernel.kind in ("root", "power") and kernel.args[0].key == t.ratio.key:
                    share = field.one if kernel.kind == "root" else kernel.args[1]
                    return share * field.number(top, kernel.data), coefficient, rest
    raise Unsupported("an exponential of something else")


def waves_of(field: Field, found: list[tuple[Kernel, int, int]], t: Kernel) -> list[tuple[Ratio, Ratio]]:
    """Products of powers of cosines and sines as Σ weight·exp(i·frequency·t)."""
    total: dict[str, tuple[Ratio, Ratio]] = {field.zero.key: (field.one, field.zero)}
    half, i = field.number(1, 2), imaginary(field)
    for kernel, cosines, sines in found:
        degree, slope, rest = monomial(field, kernel.args[0], t)
        if not degree.is_one:
            raise Unsupported("a wave that is not harmonic")
        scale = field.number(1, kernel.data)
        angle = rest * scale
        turn = cosine(field, angle) + i * sine(field, angle)
        for count, up, down in (
            (cosines, turn * half, turn.inverse() * half),
            (sines, -i * turn * half, i * turn.inverse() * half),
        ):
            for _ in range(count):
                step: dict[str, tuple[Ratio, Ratio]] = {}
                for weight, frequency in total.values():
                    for part, change in ((up, slope * scale), (down, -slope * scale)):
                        new = frequency + change
                        before = step.get(new.key, (field.zero, new))[0]
                        step[new.key] = (before + weight * part, new)
                total = step
                if len(total) > MAX_WAVES:
                    raise Unsupported("too many waves")
    return [(w, f) for w, f in total.values() if not w.is_zero]


# -- over powers of t -----------------------------------------------------------------------------------------------


def over_powers(field: Field, body: Ratio, t: Kernel, lo: End, hi: End) -> Ratio | None:
    """∫ Σ uⱼ(t)/tʲ dt for sums uⱼ of waves, by parts down to ∫ sin(f·t)/t dt = Si(f·t) (DLMF 6.2.9, 6.2.14).

    The integrand has to be regular at 0, unless 0 lies outside the range, and no cosine integral may be left.
    """
    parts = _over(field, body, t)
    if parts is None:
        return None
    positive = not _infinite(lo) and sign(field, lo) == POS
    if not positive and not _regular(field, parts):
        if any(not _infinite(end) and end.is_zero for end in (lo, hi)):
            raise Unsupported("an integral that diverges at 0")
        return None
    imaginary_unit, powers = imaginary(field), dict(parts)
    boundary: dict[int, Waves] = {}
    for j in range(max(powers), 1, -1):  # ∫ u/tʲ = −u/((j − 1)·tʲ⁻¹) + ∫ u′/((j − 1)·tʲ⁻¹)
        if j in powers:
            scale = field.number(1, j - 1)
            u = powers.pop(j)
            boundary[j - 1] = {key: (-w * scale, f) for key, (w, f) in u.items()}
            _add(powers.setdefault(j - 1, {}), {key: (w * imaginary_unit * f * scale, f) for key, (w, f) in u.items()})
    left: list[tuple[Ratio, Ratio]] = []
    for key, (w, f) in powers.get(1, {}).items():
        mirrored = powers[1].get((-f).key, (field.zero, f))[0]
        if not (w + mirrored).is_zero:
            return None
        if f.num.leading_coefficient() > 0:
            left.append((imaginary_unit * (w - mirrored), f))
        assert not f.is_zero, key

    def primitive(at: End) -> Ratio:
        if _infinite(at):
            quarter = constant(field, pi) / field.number(2 if at is oo else -2)
            return field.total(w * sign_of(field, f) * quarter for w, f in left)
        if at.is_zero:
            return _coefficient(field, boundary, 0)
        waves = field.total(
            w * (cosine(field, f * at) + imaginary_unit * sine(field, f * at)) / at**j
            for j, u in boundary.items()
            for w, f in u.values()
        )
        return waves + field.total(w * function(field, Si, (f * at,)) for w, f in left)

    return primitive(hi) - primitive(lo)


def _infinite(end: End) -> bool:
    return end is oo or end is -oo


def _over(field: Field, body: Ratio, t: Kernel) -> dict[int, Waves] | None:
    """The waves over each power of t; ``None`` for any other integrand."""
    below = int(body.den.degrees()[t.index])
    moving = [k for k in body.over if t.index in k.deep]
    if not 1 <= below <= MAX_POWER or not any(k.kind in ("sin", "cos") for k in moving):
        return None
    outer, rest = divmod(body.den, t.poly**below)
    if not rest.is_zero() or t.index in field.deep(field.polynomial(outer)):
        return None
    if any(k is not t and k.kind not in ("sin", "cos") for k in moving):
        return None
    found: dict[int, Waves] = {}
    scale = field.polynomial(outer)
    for m, c in body.num.terms():
        j = below - int(m[t.index])
        if j < 1:
            return None
        factors = [
            (k, int(m[k.index]) * (k.kind == "cos"), int(m[k.index]) * (k.kind == "sin"))
            for k in moving
            if k is not t and m[k.index]
        ]
        free = [0 if any(k.index == i for k in moving) else e for i, e in enumerate(m)]
        weight = field.polynomial(field.context.from_dict({tuple(free): c})) / scale
        try:
            waves = waves_of(field, factors, t)
        except Unsupported:
            return None
        if not all(field.real(f) for _, f in waves):
            return None
        _add(found.setdefault(j, {}), {f.key: (w * weight, f) for w, f in waves})
    return found


def _add(total: Waves, more: Waves) -> None:
    for key, (w, f) in more.items():
        weight = total.get(key, (w - w, f))[0] + w
        total[key] = (weight, f)
        if weight.is_zero:
            del total[key]


def _regular(field: Field, parts: dict[int, Waves]) -> bool:
    return all(_coefficient(field, parts, -m).is_zero for m in range(1, max(parts) + 1))


def _coefficient(field: Field, parts: dict[int, Waves], m: int) -> Ratio:
    """The coefficient of tᵐ in Σ uⱼ(t)/tʲ."""
    total = field.zero
    for j, u in parts.items():
        if j + m >= 0:
            for w, f in u.values():
                total = total + w * (imaginary(field) * f) ** (j + m) / field.number(factorial(j + m))
    return total
