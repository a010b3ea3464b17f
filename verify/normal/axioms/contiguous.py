"""Contiguous hypergeometric functions: from some parameters to others that differ from them by whole numbers.

With θ = z·d/dz, a function of order two is represented by (F, θF): F(a + 1) = (1 + θ/a)·F and F(c − 1) =
(1 + θ/(c − 1))·F for upper parameters a and lower ones c, and θ²F follows from the differential equation (DLMF 16.3,
16.8.3).
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TypeAlias

from verify.normal.algebra.field import Field
from verify.normal.algebra.limits import Unsupported
from verify.normal.algebra.ratio import Ratio
from verify.normal.axioms.apply import constant_term

MAX_STEPS = 24
Pair: TypeAlias = tuple[Ratio, Ratio]
Parameters: TypeAlias = tuple[Ratio, ...]


def residue(field: Field, a: Ratio) -> Ratio:
    """``a`` with its rational constant moved to (0, 1] for numbers, to [0, 1) otherwise."""
    top, bottom = constant_term(a)
    whole = top // bottom
    if a.rational() is not None and bottom == 1:
        whole = top - 1
    return a - field.number(whole)


def difference(a: Ratio, b: Ratio) -> int | None:
    number = (a - b).rational()
    return number[0] if number is not None and number[1] == 1 and abs(number[0]) <= MAX_STEPS else None


def walk(
    field: Field,
    pair: Pair,
    upper: Parameters,
    lower: Parameters,
    to_upper: Parameters,
    to_lower: Parameters,
    argument: Ratio,
) -> Pair:
    """(F, θF) at other parameters, one step at a time, lower ones first."""
    up, low = list(upper), list(lower)
    for own, target, is_upper in ((low, to_lower, False), (up, to_upper, True)):
        for i, wanted in enumerate(target):
            distance = difference(wanted, own[i])
            if distance is None:
                raise Unsupported("parameters too far apart")
            for _ in range(abs(distance)):
                step = field.one if distance > 0 else -field.one
                if (distance > 0) == is_upper:  # F(a + 1) and F(c − 1) are given by θ at once
                    by = own[i] if is_upper else own[i] - field.one
                    pair = _raise(field, pair, _equation(field, up, low, argument), by)
                    own[i] = own[i] + step
                else:
                    own[i] = own[i] + step
                    by = own[i] if is_upper else own[i] - field.one
                    pair = _lower(field, pair, _equation(field, up, low, argument), by)
    return pair


def _equation(field: Field, upper: Sequence[Ratio], lower: Sequence[Ratio], argument: Ratio) -> Pair:
    """θ²F = m₀·F + m₁·θF."""
    (c,) = lower
    less = field.one - c
    if not upper:
        return argument, less
    if len(upper) == 1:
        return upper[0] * argument, argument + less
    a, b = upper
    rest = field.one - argument
    return a * b * argument / rest, ((a + b) * argument + less) / rest


def _raise(field: Field, pair: Pair, equation: Pair, by: Ratio) -> Pair:
    """(1 + θ/by) applied to (F, θF)."""
    (f, g), (m0, m1) = pair, equation
    return f + g / by, g + (m0 * f + m1 * g) / by


def _lower(field: Field, pair: Pair, equation: Pair, by: Ratio) -> Pair:
    """The inverse of that."""
    (f, g), (m0, m1) = pair, equation
    one = field.one
    determinant = one + m1 / by - m0 / (by * by)
    return ((one + m1 / by) * f - g / by) / determinant, (g - m0 / by * f) / determinant
