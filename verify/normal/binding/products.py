"""Finite products of symbolic length as kernels.

Π over a range of a product is the product of the Π; Π exp f = exp Σ f; a factor without the bound index is raised to
the length of the range (where that is known not to be reversed). Σ's bookkeeping of bound indices is shared.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sympy import Expr, Product, Tuple, oo

from verify.normal.algebra.factors import factor
from verify.normal.algebra.field import Field
from verify.normal.algebra.kernels import KINDS, Kernel, Kind
from verify.normal.algebra.limits import Unsupported
from verify.normal.algebra.ratio import Ratio
from verify.normal.algebra.substitution import substitute
from verify.normal.binding.binders import kernel_of, safe, substituted
from verify.normal.binding.ranges import MAX_EXPLICIT, Limit, bound_body, generator, infinite, regular, unrolled, width
from verify.normal.binding.sums import summation
from verify.normal.functions.exponentials import exponential
from verify.normal.functions.gamma import euler, infinite_product
from verify.normal.functions.powers import power
from verify.normal.read import read, reads
from verify.normal.signs import positive


@reads(Product)
def _read(field: Field, e: Product) -> Ratio:
    factors = unrolled(field, e)
    if factors is not None:
        return field.product(factors)
    result, limits = bound_body(field, e.function, e.limits)
    for position in range(len(limits) - 1, -1, -1):
        result = product(field, result, limits[position])
    return result


def product(field: Field, body: Ratio, limit: Limit) -> Ratio:
    """Π body over one limit."""
    v, lo, hi = limit
    if infinite([limit]):
        if hi is not oo or not lo.is_finite:
            raise Unsupported("an infinite product")
        return _of_rational(field, body, limit)
    length = width(lo, hi)
    if (length.is_Integer and length < 0) or body.is_one:
        return field.one
    variable = generator(field, v).index
    if length.is_Integer and int(length) < MAX_EXPLICIT:
        result = field.one
        for i in range(int(length) + 1):
            result = result * substitute(field, body, {variable: read(field, lo + i)})
        return result
    result = field.one
    for p, direction in ((body.num, 1), (body.den, -1)):
        content, parts = factor(field, p)
        result = result * _constant(field, field.number(content), limit) ** direction
        for f, e in parts:
            kernels = list(field.used(f))
            piece = field.polynomial(f)
            kernel = field.only(piece)
            if all(variable not in k.deep for k in kernels):
                result = result * _constant(field, piece, limit) ** (e * direction)
            elif kernel is not None and kernel.kind == "exp":
                inner = kernel.args[0] * field.number(e * direction) / field.number(kernel.data)
                result = result * exponential(field, summation(field, inner, [limit]))
            elif (
                kernel is not None
                and kernel.kind == "power"
                and variable not in field.deep(kernel.args[0])
                and positive(field, kernel.args[0])
            ):
                inner = kernel.args[1] * field.number(e * direction) / field.number(kernel.data)
                result = result * power(field, kernel.args[0], summation(field, inner, [limit]))
            else:
                closed = _of_linear(field, piece, limit)
                result = result * (closed or kernel_of(field, "product", piece, [limit])) ** (e * direction)
    return result


def _of_linear(field: Field, piece: Ratio, limit: Limit) -> Ratio | None:
    """Π (s·k + t) = sⁿ·Γ(end + 1 + t/s)/Γ(start + t/s) over n factors from a positive first one on (DLMF 5.2.4)."""
    v, lo, hi = limit
    k = generator(field, v)
    slope = field.polynomial(piece.num.derivative(k.index))
    step = slope.rational()
    if piece.num.degrees()[k.index] != 1 or not piece.den.is_one() or step is None or step[0] * step[1] <= 0:
        return None
    before = (piece - slope * k.ratio) / slope
    if k.index in field.deep(before) or not regular(field, lo, hi):
        return None
    first, last = before + read(field, lo), before + read(field, hi)
    if not positive(field, first):
        return None
    field.relations["Π of linear factors as a quotient of Γ (DLMF 5.2.4)"] = None
    whole = power(field, slope, read(field, width(lo, hi) + 1))
    return whole * euler(field, last + field.one) / euler(field, first)


def _of_rational(field: Field, body: Ratio, limit: Limit) -> Ratio:
    """An infinite product of a rational function of the index, whose numerator and denominator are linear factors."""
    v, lo, _ = limit
    k = generator(field, v)
    start = substitute(field, body, {k.index: k.ratio + read(field, lo)})
    ends: tuple[list[Ratio], list[Ratio]] = ([], [])
    scale = field.one
    for p, side, direction in ((start.num, ends[0], 1), (start.den, ends[1], -1)):
        content, parts = factor(field, p)
        scale = scale * field.number(content) ** direction
        for f, e in parts:
            degree = int(f.degrees()[k.index])
            inner = [kernel for kernel in field.used(f) if kernel is not k]
            if degree > 1 or any(k.index in kernel.deep for kernel in inner):
                raise Unsupported("an infinite product")
            slope = f.derivative(k.index) if degree else f
            scale = scale * field.polynomial(slope) ** (e * direction)
            side.extend([field.polynomial(f - slope * k.poly) / field.polynomial(slope)] * (e * degree))
    upper, lower = ends
    if not scale.is_one or len(upper) != len(lower) or not (field.total(upper) - field.total(lower)).is_zero:
        raise Unsupported("an infinite product that may not converge")
    return infinite_product(field, upper, lower)


def _constant(field: Field, piece: Ratio, limit: Limit) -> Ratio:
    _, lo, hi = limit
    if piece.is_one:
        return piece
    if regular(field, lo, hi):
        return power(field, piece, read(field, width(lo, hi) + 1))
    return kernel_of(field, "product", piece, [limit])


def _rebuild(field: Field, kernel: Kernel, mapping: dict[int, Ratio]) -> Ratio:
    body, limits = substituted(field, kernel, mapping)
    return product(field, body, limits[0])


def _derive(field: Field, kernel: Kernel, d: Any) -> Ratio:
    # (Π f)′ = Π f · Σ f′/f where no factor is zero
    limits, body = safe(field, kernel, d.incoming)
    d.constant_limits(limits)
    return kernel.ratio * summation(field, d(body) / body, limits)


def _write(field: Field, kernel: Kernel, args: Sequence[Expr]) -> Expr:
    return Product(args[0], *(Tuple(v, lo, hi) for v, lo, hi in reversed(kernel.data)))


KINDS["product"] = Kind(None, _derive, _write, _rebuild)
