"""Roots of what is a square or a cube, without a new radical."""

from __future__ import annotations

from verify.normal.algebra.factors import factor
from verify.normal.algebra.field import Field
from verify.normal.algebra.ratio import Ratio
from verify.normal.functions.powers import power


def square_root(field: Field, square: Ratio) -> Ratio | None:
    """One of the two square roots, if it needs no radical but those of numbers."""
    result = field.one
    for p, direction in ((square.num, 1), (square.den, -1)):
        content, parts = factor(field, p)
        if content < 0 or any(e % 2 for _, e in parts):
            return None
        result = result * power(field, field.number(content), field.number(direction, 2))
        result = result * field.product(field.polynomial(f) ** (e // 2 * direction) for f, e in parts)
    return result


def cube_root(field: Field, cube: Ratio) -> Ratio | None:
    """The rational cube root, if there is one."""
    result = field.one
    for p, direction in ((cube.num, 1), (cube.den, -1)):
        content, parts = factor(field, p)
        size = round(abs(content) ** (1 / 3))
        if size**3 != abs(content) or any(e % 3 for _, e in parts):
            return None
        result = result * field.number(size if content > 0 else -size) ** direction
        result = result * field.product(field.polynomial(f) ** (e // 3 * direction) for f, e in parts)
    return result
