"""Radicals: kernels r with r**N = b, and the scaled ones for quotients.

Sources: Caviness and Fateman, "Simplification of radical expressions" (1976).
"""

from __future__ import annotations

from collections.abc import Sequence
from math import isqrt

from sympy import Expr, Integer, Pow

from verify.normal.algebra.field import Field
from verify.normal.algebra.kernels import KINDS, Differentiate, Kernel, Kind, made
from verify.normal.algebra.limits import Unsupported
from verify.normal.algebra.ratio import Ratio
from verify.normal.algebra.substitution import substitute
from verify.normal.signs import POS, nonnegative, polynomial_sign
from verify.normal.text.write import expression


def root(field: Field, base: Ratio, n: int) -> Ratio:
    """base**(1/n), r**n = base; a fraction's denominator goes under its own root only where that is sound."""
    real = field.real(base) and real_power(field, base)
    if base.den.is_one():
        if n == 2:
            known = _denested(field, base)
            if known is not None:
                return known
        return field.kernel("root", n, (base,), real=real, rule=(n, base.num))
    # (a/b)**(1/n) = (a·b**(n−1))**(1/n)/b needs b > 0; otherwise b·(a/b)**(1/n) =: r with r**n = a·b**(n−1)
    radicand = field.reduce(base.num * field.power(base.den, n - 1))
    scaled = field.kernel("scaled root", n, (base,), real=real, rule=(n, radicand))
    return scaled / field.polynomial(base.den)


def real_power(field: Field, base: Ratio) -> bool:
    """Whether a fractional power is real wherever it is asserted."""
    return field.real_domain or nonnegative(field, base)


def _denested(field: Field, base: Ratio) -> Ratio | None:
    """√a of a constant a = u + v·√w > 0 by other radicals: alone, or as √(a·b)/√b with a √b that has occurred.

    √(u + v·√w) = √((u + n)/2) ± √((u − n)/2), with the sign of v, if u² − v²·w is a square n².
    """
    inner = base.inside
    if len(inner) != 1 or inner[0].kind != "root" or inner[0].data != 2 or inner[0].atoms:
        return None
    w = inner[0].args[0].rational()
    if w is None or polynomial_sign(field, base.num) != POS:
        return None
    others = [k for k in field.all_kernels() if k.kind == "root" and k.data == 2 and k.args[0].inside == inner]
    half = field.number(1, 2)
    for other in (None, *others):
        product = base.num if other is None else field.reduce(base.num * other.args[0].num)
        if other is not None and polynomial_sign(field, other.args[0].num) != POS:
            continue
        slope = product.derivative(inner[0].index)
        v, u = int(slope.leading_coefficient() if slope else 0), product - slope * inner[0].poly
        whole = int(u.leading_coefficient()) if u else 0
        square = whole * whole - v * v * w[0]
        if square < 0 or isqrt(square) ** 2 != square:
            continue
        n = isqrt(square)
        first, second = (made(field, "power", 1, field.number(whole + m, 2), half) for m in (n, -n))
        found = first + second if v > 0 else first - second
        return found if other is None else found / other.ratio
    return None


def _derive_root(field: Field, kernel: Kernel, d: Differentiate) -> Ratio:
    inner = d(kernel.args[0])
    if inner.is_zero:
        return inner
    return kernel.ratio * inner / (field.number(kernel.data) * kernel.args[0])


def _derive_scaled(field: Field, kernel: Kernel, d: Differentiate) -> Ratio:
    # r = den·base**(1/n)
    base = kernel.args[0]
    r, den = kernel.ratio, field.polynomial(base.den)
    return r * (d(den) / den + d(base) / (field.number(kernel.data) * base))


def _write_root(field: Field, kernel: Kernel, args: Sequence[Expr]) -> Expr:
    return Pow(args[0], Integer(1) / kernel.data)


def _write_scaled(field: Field, kernel: Kernel, args: Sequence[Expr]) -> Expr:
    return expression(field, field.polynomial(kernel.args[0].den)) * Pow(args[0], Integer(1) / kernel.data)


def _build_root(field: Field, n: int, args: tuple[Ratio, ...]) -> Ratio:
    return made(field, "power", 1, args[0], field.number(1, n))


def _build_scaled(field: Field, n: int, args: tuple[Ratio, ...]) -> Ratio:
    raise Unsupported("substitution into the root of a fraction")


def _rebuild_scaled(field: Field, kernel: Kernel, mapping: dict[int, Ratio]) -> Ratio:
    base = kernel.args[0]
    den = substitute(field, field.polynomial(base.den), mapping)
    return den * made(field, "power", 1, substitute(field, base, mapping), field.number(1, kernel.data))


KINDS["root"] = Kind(_build_root, _derive_root, _write_root)
KINDS["scaled root"] = Kind(_build_scaled, _derive_scaled, _write_scaled, _rebuild_scaled)
