"""Radicals: kernels r with r**N = b, and the scaled ones for quotients.

Sources: Caviness and Fateman, "Simplification of radical expressions" (1976).
"""

from __future__ import annotations

from collections.abc import Sequence

from sympy import Expr, Integer, Pow

from verify.normal.field import Field
from verify.normal.kernels import KINDS, Differentiate, Kernel, Kind
from verify.normal.limits import Unsupported
from verify.normal.ratio import Ratio
from verify.normal.signs import POS, polynomial_sign
from verify.normal.substitution import substitute


def root(field: Field, base: Ratio, n: int) -> Ratio:
    """base**(1/n), r**n = base; a fraction's denominator goes under its own root only where that is sound."""
    from verify.normal.powers import real_power

    real = field.real(base) and real_power(field, base)
    if base.den.is_one():
        if n == 2:
            known = _by_conjugate(field, base)
            if known is not None:
                return known
        return field.kernel("root", n, (base,), real=real, rule=(n, base.num))
    # (a/b)**(1/n) = (a·b**(n−1))**(1/n)/b needs b > 0; otherwise b·(a/b)**(1/n) =: r with r**n = a·b**(n−1)
    radicand = field.reduce(base.num * field.power(base.den, n - 1))
    scaled = field.kernel("scaled root", n, (base,), real=real, rule=(n, radicand))
    return scaled / field.polynomial(base.den)


def _by_conjugate(field: Field, base: Ratio) -> Ratio | None:
    """√(u − v·√w) = √(u² − v²·w)/√(u + v·√w), where the latter has occurred, for positive constants."""
    from verify.normal.powers import power

    kernels = base.inside
    if len(kernels) != 1 or kernels[0].kind != "root" or kernels[0].data != 2 or kernels[0].atoms:
        return None
    conjugate = field.conjugate(base.num, kernels[0].index)
    found = field.table.get(("root", 2, field.polynomial(conjugate).key))
    if found is None or polynomial_sign(field, base.num) != POS or polynomial_sign(field, conjugate) != POS:
        return None
    norm = field.polynomial(field.reduce(base.num * conjugate))
    return power(field, norm, field.number(1, 2)) / found.ratio


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
    from verify.normal.write import expression

    return expression(field, field.polynomial(kernel.args[0].den)) * Pow(args[0], Integer(1) / kernel.data)


def _build_root(field: Field, n: int, args: tuple[Ratio, ...]) -> Ratio:
    from verify.normal.powers import power

    return power(field, args[0], field.number(1, n))


def _build_scaled(field: Field, n: int, args: tuple[Ratio, ...]) -> Ratio:
    raise Unsupported("substitution into the root of a fraction")


def _rebuild_scaled(field: Field, kernel: Kernel, mapping: dict[int, Ratio]) -> Ratio:
    from verify.normal.powers import power

    base = kernel.args[0]
    den = substitute(field, field.polynomial(base.den), mapping)
    return den * power(field, substitute(field, base, mapping), field.number(1, kernel.data))


KINDS["root"] = Kind(_build_root, _derive_root, _write_root)
KINDS["scaled root"] = Kind(_build_scaled, _derive_scaled, _write_scaled, _rebuild_scaled)
