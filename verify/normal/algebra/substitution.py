"""Substitution: generators replaced by ratios, inside kernels too, which are rebuilt in canonical form."""

from __future__ import annotations

from typing import Any

from verify.normal.algebra.field import Field
from verify.normal.algebra.kernels import KINDS, Kernel
from verify.normal.algebra.limits import Unsupported
from verify.normal.algebra.ratio import Poly, Ratio


def substitute(field: Field, a: Ratio, mapping: dict[int, Ratio], memo: dict[int, Ratio] | None = None) -> Ratio:
    """``a`` with generators replaced, inside kernels too; kernels are rebuilt in canonical form."""
    memo = {} if memo is None else memo
    values: dict[int, Ratio] = {}
    keys = mapping.keys()
    for kernel in a.inside:
        if kernel.index in mapping:
            values[kernel.index] = mapping[kernel.index]
        elif not keys.isdisjoint(kernel.deep):
            if kernel.index not in memo:
                memo[kernel.index] = rebuild(field, kernel, mapping, memo)
            values[kernel.index] = memo[kernel.index]
    if not values:
        return a
    return evaluate(field, a, values)


def rebuild(field: Field, kernel: Kernel, mapping: dict[int, Ratio], memo: dict[int, Ratio]) -> Ratio:
    """The kernel with generators replaced in its arguments."""
    kind = KINDS[kernel.kind]
    if kind.rebuild is not None:
        return kind.rebuild(field, kernel, mapping)
    if kind.build is None:
        raise Unsupported(f"substitution into {kernel.kind}")
    return kind.build(field, kernel.data, tuple(substitute(field, x, mapping, memo) for x in kernel.args))


def evaluate(field: Field, a: Ratio, values: dict[int, Ratio]) -> Ratio:
    """A ratio with some generators replaced by others."""
    if len(values) == 1:
        ((g, value),) = values.items()
        if a.num == field.generators[g] and a.den.is_one():
            return value
    num = _evaluate(field, a.num, a.above, a.exact, values)
    return num if a.den.is_one() else num / _evaluate(field, a.den, a.below, a.exact, values)


def _evaluate(field: Field, p: Poly, occurring: int, exact: bool, values: dict[int, Ratio]) -> Ratio:
    """A polynomial with some generators replaced; ``occurring`` and ``exact`` tell of those in it as a ratio does."""
    order = [g for g in values if occurring >> g & 1]
    parts: dict[tuple[int, ...], dict[tuple[int, ...], Any]] = {}
    for monomial, coefficient in p.terms():
        exponents = tuple(int(monomial[g]) for g in order)
        if any(exponents):
            rest = list(monomial)
            for g in order:
                rest[g] = 0
            monomial = tuple(rest)
        parts.setdefault(exponents, {})[monomial] = coefficient
    occurring, exact = occurring & ~sum(1 << g for g in order), exact and len(p) == 1
    total = field.zero
    for exponents, terms in parts.items():
        part = Ratio(field, field.context.from_dict(terms), field.unit, occurring, 0, exact)
        if part.is_one:
            part = field.one
        for g, e in zip(order, exponents, strict=True):
            if e:
                part = part * values[g] ** e
        total = total + part
    return total
