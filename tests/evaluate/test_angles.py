"""Ties of angles, which balls cannot tell: points on the edge of a sector belong to it or not."""

from __future__ import annotations

from fractions import Fraction

import pytest
from sympy import Abs, Integer, Rational, Symbol, arg, exp, im, pi, re

from verify.evaluate.points import Point
from verify.evaluate.truth import AtPoint
from verify.model import Relation
from verify.terms import Rel

z, n = Symbol("z", complex=True), Symbol("n", integer=True)


def at(re_part: int, im_part: int, count: int = 1) -> AtPoint:
    return AtPoint(Point({n: count}, {z: (Fraction(re_part), Fraction(im_part))}), False)


@pytest.mark.parametrize(
    ("condition", "point", "truth"),
    [
        (Rel(Relation.LE, arg(z), pi), (-2, 0), True),
        (Rel(Relation.LT, arg(z), pi), (-2, 0), False),
        (Rel(Relation.LE, Abs(arg(z)), pi / 2), (0, -3), True),
        (Rel(Relation.LT, Abs(arg(z)), pi / 2), (0, -3), False),
        (Rel(Relation.GE, arg(z), -pi / 4), (2, -2), True),
        (Rel(Relation.EQ, arg(z), 3 * pi / 4), (-1, 1), True),
        (Rel(Relation.NE, arg(z), 3 * pi / 4), (-1, 1), False),
        (Rel(Relation.LE, arg(z) * n, 2 * pi), (-1, 0), True),
        (Rel(Relation.LE, arg(z) + arg(z + 2), pi), (-1, 0), True),
        (Rel(Relation.LT, arg(z), pi), (-2, 1), True),
        (Rel(Relation.LE, Abs(z / 5), Integer(1)), (3, 4), True),
        (Rel(Relation.LT, Abs(z) / 5, Integer(1)), (3, -4), False),
        (Rel(Relation.GE, re(z) / 3, Rational(1, 3)), (1, 7), True),
        (Rel(Relation.LE, Integer(0), arg(re(z)) * im(z)), (-1, -1), False),
    ],
    ids=str,
)
def test_a_tie_is_told(condition: Rel, point: tuple[int, int], truth: bool) -> None:
    count = 2 if n in condition.lhs.free_symbols else 1
    assert at(*point, count).holds(condition) is truth


def test_what_is_more_than_angles_is_left_to_balls() -> None:
    assert at(-1, 0).holds(Rel(Relation.LE, arg(z) + exp(z), pi + exp(z))) is None
