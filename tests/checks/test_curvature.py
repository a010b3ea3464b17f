"""Curvature by the rules of disciplined convex programming: what is concave, what is strictly so, what is not known."""

from __future__ import annotations

import pytest
from sympy import Expr, cos, exp, log, sqrt

from verify.checks.maximisers.curvature import Curvature, curvature, strictly_concave
from verify.facts import Facts
from verify.lower import lower
from verify.model import Givens
from verify.notation import (
    Sum,
    complex_number,
    dimension,
    frac,
    index_set,
    positive,
    real,
    sigmoid,
    softplus,
    table,
    vector,
)

n = dimension("n")
Words = index_set("Words", n)
i, j = Words.indices("i j")
p, a, t = vector("p", Words, positive=True), vector("a", Words, positive=True), vector("t", Words)
x, c, w, u = positive("x"), real("c"), positive("w"), complex_number("u")
rows = table("rows", Words, Words, positive=True)
FACTS = Facts(Givens(symbols=(n, x, c, w, u)), real_mode=True)

CURVATURES = [
    (c**2 + exp(w), Curvature.CONSTANT),
    (x, Curvature.AFFINE),
    (c * x - 3, Curvature.AFFINE),
    (2 * (x + 1), Curvature.AFFINE),
    (frac(x, c), Curvature.AFFINE),
    (log(x), Curvature.CONCAVE),
    (log(2 * x + w), Curvature.CONCAVE),
    (sqrt(x), Curvature.CONCAVE),
    (w * log(x) + c * x, Curvature.CONCAVE),
    (-exp(x), Curvature.CONCAVE),
    (-exp(-x), Curvature.CONCAVE),
    (-w * (c * x + 1) ** 2, Curvature.CONCAVE),
    (log(x) - (x - c) ** 2, Curvature.CONCAVE),
    (log(sqrt(x)), Curvature.CONCAVE),
    (x * (x + 1) - x**2, Curvature.UNKNOWN),  # terms that cancel are another's to find
    (log(sigmoid(c * x + 1)), Curvature.CONCAVE),
    (log(1 - sigmoid(x)), Curvature.CONCAVE),
    (-log(1 + exp(c * x) + 2 * exp(-x)), Curvature.CONCAVE),
    (-softplus(c * x), Curvature.CONCAVE),
    (log(frac(exp(c * x), exp(x) + exp(-x) * w)), Curvature.CONCAVE),
    (log(sigmoid(x) ** 2 / (1 + exp(x)) ** w), Curvature.CONCAVE),
    (log(1 + exp(c * x)), Curvature.UNKNOWN),
    (-log(exp(x) - exp(-x)), Curvature.UNKNOWN),
    (-log(c + exp(x)), Curvature.UNKNOWN),
    (log(sigmoid(x**2)), Curvature.UNKNOWN),
    (log(1 + sigmoid(x)), Curvature.UNKNOWN),
    (sigmoid(x), Curvature.UNKNOWN),
    (c * log(x), Curvature.UNKNOWN),  # c may be negative
    (-log(x), Curvature.UNKNOWN),
    (exp(x), Curvature.UNKNOWN),
    (x**2, Curvature.UNKNOWN),
    (-(x**4), Curvature.UNKNOWN),
    (-exp(x**2), Curvature.UNKNOWN),
    (u * x, Curvature.UNKNOWN),  # no order among complex numbers
    (cos(x), Curvature.UNKNOWN),
    (x * log(x), Curvature.UNKNOWN),
    (sqrt(x - 1), Curvature.UNKNOWN),  # its domain is not open
    (1 / x, Curvature.UNKNOWN),
]


@pytest.mark.parametrize(("e", "expected"), CURVATURES, ids=str)
def test_curvature_in_a_number(e: Expr, expected: Curvature) -> None:
    assert curvature(lower(e), x, FACTS) is expected


@pytest.mark.parametrize(
    ("e", "expected"),
    [
        (Sum(a[i] * p[i], i), Curvature.AFFINE),
        (Sum(a[i] * log(p[i]), i), Curvature.CONCAVE),
        (log(Sum(p[i], i)), Curvature.CONCAVE),
        (Sum(t[i] * log(p[i]), i), Curvature.UNKNOWN),
        (Sum(p[i] * p[i], i), Curvature.UNKNOWN),
        (Sum(a[i], i), Curvature.CONSTANT),
    ],
    ids=str,
)
def test_curvature_in_the_entries_of_a_vector(e: Expr, expected: Curvature) -> None:
    assert curvature(lower(e), p, FACTS) is expected


STRICT = [
    (Sum(log(p[i]), i), p),
    (Sum(a[i] * log(p[i]), i), p),
    (Sum(a[i] * log(p[i]), i) - Sum(p[i], i), p),
    (-Sum(a[i] * t[i] ** 2, i), t),
    (Sum(c * t[i] - t[i] ** 2, i) - Sum(t[i] ** 2, i), t),
    (Sum(log(rows[i, j]), i, j), rows),
    (Sum(log(rows[i, j]), i), rows[:, j]),
]
NOT_STRICT = [
    (Sum(t[i] * log(p[i]), i), p),  # weights of either sign
    (Sum(p[i], i), p),
    (log(Sum(p[i], i)), p),  # constant where the sum is
    (log(p[j]), p),  # one entry of many
    (Sum(t[i] ** 2, i), t),
    (Sum(log(rows[i, i]), i), rows),  # the diagonal only
    (Sum(log(rows[i, j]), i), rows),  # one column only
    (Sum(log(p[i]), i) + Sum(p[i] ** 2, i), p),  # concave and convex
    (log(x), x),  # a number is not this rule's
]


@pytest.mark.parametrize(("e", "variable"), STRICT, ids=str)
def test_strictly_concave(e: Expr, variable: Expr) -> None:
    assert strictly_concave(lower(e), variable, FACTS)


@pytest.mark.parametrize(("e", "variable"), NOT_STRICT, ids=str)
def test_not_strictly_concave(e: Expr, variable: Expr) -> None:
    assert not strictly_concave(lower(e), variable, FACTS)
