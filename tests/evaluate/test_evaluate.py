"""Values at points: balls against exact values, derivatives by dual numbers against the symbolic ones."""

from __future__ import annotations

from fractions import Fraction
from itertools import islice

import numpy as np
import pytest
import sympy
from flint import arb
from hypothesis import given, settings
from hypothesis import strategies as st
from sympy import (
    Abs,
    Derivative,
    Expr,
    Integer,
    KroneckerDelta,
    Max,
    Piecewise,
    Product,
    Subs,
    Sum,
    Symbol,
    cos,
    exp,
    log,
    sin,
    sqrt,
)

from verify.evaluate.evaluator import Evaluator
from verify.evaluate.field import Indeterminate, Undefined, Unsupported
from verify.evaluate.fields.balls import Balls, precision
from verify.evaluate.fields.exact import Exact
from verify.evaluate.fields.floats import Floats
from verify.evaluate.points import Point
from verify.evaluate.sampling.batches import batches, few
from verify.evaluate.sampling.space import Space
from verify.evaluate.truth import AtPoint, text
from verify.model import Relation
from verify.terms import Array, Axis, Conj, ForAll, Frac, Index, Rel, fraction, relu, sigmoid

x, y = Symbol("x", real=True), Symbol("y", real=True)
n = Symbol("n", integer=True, positive=True)
v = Array("v", (Axis(Integer(1), n),))
i, j = Index("i", 1, n), Index("j", 1, n)
POINT = Point(
    {n: 3, i: 2},
    {x: Fraction(1, 2), y: Fraction(-2)},
    {},
    {v: {(1,): Fraction(1), (2,): Fraction(2), (3,): Fraction(-1)}},
)

EXACT: list[tuple[Expr, Fraction]] = [
    (x + y, Fraction(-3, 2)),
    (Frac(x, y), Fraction(-1, 4)),
    (Sum(v[j], (j, 1, n)), Fraction(2)),
    (Sum(v[j], (j, 2, 1)), Fraction(0)),  # an empty range
    (Product(v[j], (j, 1, 0)), Fraction(1)),
    (Sum(KroneckerDelta(i, j) * v[j], (j, 1, n)), Fraction(2)),
    (Sum(Sum(v[i] * v[j], (i, 1, n)), (j, 1, n)), Fraction(4)),  # i is bound here, not the free one
    (Max(x, y), Fraction(1, 2)),
    (relu(y), Fraction(0)),
    (sqrt(4 * x**2), Fraction(1)),
    (sigmoid(x - x), Fraction(1, 2)),
    (Piecewise((1, y > 0), (2, True)), Fraction(2)),
    (Derivative(x**3, x), Fraction(3, 4)),
    (Derivative(x**3 * y, (x, 2), y), Fraction(3)),
    (Derivative(Sum(v[j] ** 2, (j, 1, n)), v[i]), Fraction(4)),
    (Subs(Derivative(x**2, x), x, y), Fraction(-4)),
    (Derivative(relu(y), y), Fraction(0)),
    (Derivative(Abs(y), y), Fraction(-1)),
]


@pytest.mark.parametrize(("expression", "value"), EXACT, ids=[str(e) for e, _ in EXACT])
def test_exact_values_and_balls_agree(expression: Expr, value: Fraction) -> None:
    assert fraction(Evaluator(Exact(POINT), POINT)(expression)) == value
    ball = Evaluator(Balls(POINT, True), POINT)(expression)
    assert ball.contains(arb(value.numerator) / value.denominator)
    number = Evaluator(Floats([POINT], True), POINT)(expression)
    assert np.allclose(number, float(value))


UNDEFINED: list[Expr] = [
    1 / (x - x + y + 2),
    log(y),
    sqrt(y),
    Frac(x, y + 2),
    v[i + 5],
    Derivative(relu(y + 2), y),
    Derivative(Abs(y + 2), y),
    (y + 2) ** (-x),
]


@pytest.mark.parametrize("expression", UNDEFINED, ids=map(str, UNDEFINED))
def test_where_a_side_is_undefined_there_is_no_value(expression: Expr) -> None:
    with pytest.raises((Undefined, Indeterminate)):
        Evaluator(Balls(POINT, True), POINT)(expression)


def test_what_is_not_known_is_unsupported() -> None:
    with pytest.raises(Unsupported):
        Evaluator(Balls(POINT, True), POINT)(sympy.Function("mystery")(x))
    with pytest.raises(Unsupported):
        Evaluator(Exact(POINT), POINT)(Sum(1 / i**2, (i, 1, sympy.oo)))


def _expressions() -> st.SearchStrategy[Expr]:
    leaves = st.sampled_from([x, y, Integer(2), Integer(-1), sympy.Rational(1, 3)])
    return st.recursive(
        leaves,
        lambda inner: st.one_of(
            st.tuples(inner, inner).map(lambda ab: ab[0] + ab[1]),
            st.tuples(inner, inner).map(lambda ab: ab[0] * ab[1]),
            inner.map(sin),
            inner.map(cos),
            inner.map(lambda e: exp(sin(e))),
            inner.map(lambda e: log(1 + e**2)),
            inner.map(sigmoid),
        ),
        max_leaves=6,
    )


@given(_expressions())
@settings(max_examples=60, deadline=None)
def test_dual_numbers_agree_with_symbolic_differentiation(e: Expr) -> None:
    with precision(128):
        walker = Evaluator(Balls(POINT, True), POINT)
        numeric = walker(Derivative(e, x, evaluate=False))
        symbolic = walker(e.diff(x))
    assert numeric.overlaps(symbolic)


def test_a_tie_is_settled_exactly_and_a_tiny_difference_by_balls() -> None:
    judge = AtPoint(Point({}, {x: Fraction(0)}), True)
    assert judge.relation(Rel(Relation.GT, x**2, Integer(0))).truth is False
    assert judge.relation(Rel(Relation.EQ, exp(x), exp(x + sympy.Rational(1, 10**40)))).truth is False
    assert judge.relation(Rel(Relation.EQ, exp(x + 1), exp(1) * exp(x))).truth is None


def test_numbers_are_written_with_as_many_digits_as_are_right() -> None:
    assert text(arb(3)) == "3"
    assert text(arb(1) / 3) == "0.333333333333…"
    assert text(arb("[0 +/- 1e-20]")) == "0…"


def test_points_keep_to_the_constraints() -> None:
    simplex = ForAll(i, Rel(Relation.GT, v[i], Integer(0)))
    p = Array("p", (Axis(Integer(1), n),), (("positive", True),))
    total = Rel(Relation.EQ, Sum(p[i], (i, 1, n)), Integer(1))
    space = Space([n, x], [total, Rel(Relation.GT, x, Integer(3))], [p[Integer(1)] + x])
    points = [point for batch in batches(space, 0) for point in batch.points]
    assert len(points) > 20
    for point in points:
        assert sum(point.entries[p].values()) == 1
        assert point.scalars[x] > 3  # type: ignore[operator]  # a fraction
    assert isinstance(simplex, ForAll)


def test_points_are_the_same_every_time() -> None:
    def draw(seed: int) -> list[Point]:
        return [point for batch in batches(Space([n, x], [], [v[Integer(1)] + x]), seed) for point in batch.points]

    assert draw(1) == draw(1)
    assert draw(1) != draw(2)


def test_points_aim_at_the_premise() -> None:
    premise = Conj((Rel(Relation.EQ, x**2 + y, Integer(7)),))
    space = Space([x, y], [], [x, y])
    points = [point for batch in batches(space, 0, satisfy=(premise,)) for point in batch.points]
    met = [p for p in points if p.scalars[x] ** 2 + p.scalars[y] == 7]  # type: ignore[operator]  # fractions
    assert len(met) > len(points) // 2


def test_few_points_are_within_the_constraints_too_and_of_several_sizes() -> None:
    p = Array("p", (Axis(Integer(1), n),), (("positive", True),))
    total = Rel(Relation.EQ, Sum(p[i], (i, 1, n)), Integer(1))
    space = Space([n, x], [total, Rel(Relation.GT, x, Integer(3))], [p[Integer(1)] + x])
    points = list(islice(few(space, 0), 20))
    assert len(points) == 20
    assert len({point.integers[n] for point in points}) > 5
    assert all(sum(point.entries[p].values()) == 1 for point in points)
    assert all(point.scalars[x] > 3 for point in points)  # type: ignore[operator]  # a fraction


def test_few_points_of_numbers_alone_are_simple_ones_and_others() -> None:
    values = [point.scalars[x] for point in islice(few(Space([x], [], [x]), 0), 20)]
    assert any(value in (0, 1, -1) for value in values)
    assert any(abs(value) > 2 and value != int(value) for value in values)  # type: ignore[arg-type]  # fractions
