"""Inequalities between sums of symbolic length: proved for all sizes, and never where they fail somewhere."""

from __future__ import annotations

from typing import Any

import pytest
from sympy import Abs, Product, Rational, exp, log, sqrt

from verify.config import Settings
from verify.engine import judge
from verify.model import Step, Verdict
from verify.notation import (
    Eq,
    ForAll,
    Le,
    Sum,
    derivation,
    dimension,
    dot,
    ge,
    gt,
    index_set,
    le,
    lt,
    positive,
    real,
    relu,
    softmax,
    softplus,
    vector,
)

P, R = Verdict.PROVED, Verdict.REFUTED

n = dimension("n")
i, j, k = index_set("1..n", n).indices("i j k")
x, y = vector("x", n), vector("y", n)
p, q = vector("p", n, positive=True), vector("q", n, positive=True)
most, c = real("M"), positive("c")
distributions = [Eq(Sum(p[k], k), 1), Eq(Sum(q[k], k), 1)]
bounded = [ForAll(k, Le(x[k], most))]
lse = log(Sum(exp(x[k]), k))
norm, other = sqrt(dot(x, x)), sqrt(dot(y, y))

TERM_BY_TERM = [
    (le(dot(x, y), (dot(x, x) + dot(y, y)) / 2), P),
    (le(dot(x, y), (dot(x, x) + dot(y, y)) / 3), R),
    (le(Sum(Abs(x[i] + y[i]), i), Sum(Abs(x[i]), i) + Sum(Abs(y[i]), i)), P),
    (ge(Sum(log(q[i] / p[i]) + (p[i] + x[i] ** 2) / q[i] - 1, i) / 2, 0), P),
    (gt(Sum(log(q[i] / p[i]) + (p[i] + x[i] ** 2) / q[i] - 1, i) / 2, 0), R),
]

CAUCHY_SCHWARZ = [
    (le(dot(x, y) ** 2, dot(x, x) * dot(y, y)), P),
    (lt(dot(x, y) ** 2, dot(x, x) * dot(y, y)), R),
    (le(Abs(dot(x, y)), norm * other), P),
    (le(sqrt(Sum((x[i] + y[i]) ** 2, i)), norm + other), P),
    (ge(sqrt(Sum((x[i] - y[i]) ** 2, i)), norm - other), P),
    (ge(sqrt(Sum((x[i] - y[i]) ** 2, i)), norm + other), R),
    (le(Sum(x[i], i) ** 2, n * dot(x, x)), P),
    (le(Sum(x[i], i) ** 2, dot(x, x)), R),
    (le(Sum(Abs(x[i]), i), sqrt(n) * norm), P),
    (le(norm, Sum(Abs(x[i]), i)), P),
    (ge(Sum(softmax(x)[i] * y[i] ** 2, i), Sum(softmax(x)[i] * y[i], i) ** 2), P),
    (ge(Sum(softmax(x)[i] * y[i] ** 2, i), 2 * Sum(softmax(x)[i] * y[i], i) ** 2), R),
]

LOG_SUM_EXP = [
    (ge(lse, x[i]), P),
    (gt(lse, x[i]), R),
    (ge(lse, log(n) + Sum(x[k], k) / n), P),
    (le(softmax(x)[i], 1), P),
    (le(softmax(x)[i] * (1 - softmax(x)[i]), Rational(1, 4)), P),
    (le(softmax(x)[i] * (1 - softmax(x)[i]), Rational(1, 5)), R),
]

MEANS = [
    (ge(Sum(p[i], i) / n, Product(p[i], (i, 1, n)) ** (1 / n)), P),
    (ge(Product(p[i], (i, 1, n)) ** (1 / n), Sum(p[i], i) / n), R),
    (ge(Sum(p[i], i) * Sum(1 / p[i], i), n**2), P),
    (ge(Sum(sqrt(p[i]), i) / n, sqrt(Sum(p[i], i) / n)), R),
    (le(Sum(sqrt(p[i]), i) / n, sqrt(Sum(p[i], i) / n)), P),
    (le(Abs(Sum(x[i], i)), Sum(Abs(x[i]), i)), P),
    (ge(Sum(p[i] * log(p[i] / q[i]), i), Sum(p[i], i) * log(Sum(p[i], i) / Sum(q[i], i))), P),
    (le(Sum(p[i] * log(p[i] / q[i]), i), Sum(p[i], i) * log(Sum(p[i], i) / Sum(q[i], i))), R),
]

OF_DISTRIBUTIONS = [
    (ge(Sum(p[k] * log(p[k] / q[k]), k), 0), P),
    (gt(Sum(p[k] * log(p[k] / q[k]), k), 0), R),
    (ge(-Sum(p[k] * log(q[k]), k), -Sum(p[k] * log(p[k]), k)), P),
    (le(-Sum(p[k] * log(p[k]), k), log(n)), P),
    (le(-Sum(p[k] * log(p[k]), k), log(n) / 2), R),
    (le(exp(Sum(p[k] * x[k], k)), Sum(p[k] * exp(x[k]), k)), P),
    (le(softplus(Sum(p[k] * x[k], k)), Sum(p[k] * softplus(x[k]), k)), P),
    (le(relu(Sum(p[k] * x[k], k)), Sum(p[k] * relu(x[k]), k)), P),
    (ge(relu(Sum(p[k] * x[k], k)), Sum(p[k] * relu(x[k]), k)), R),
    (ge(log(Sum(q[k] * c, k)), Sum(p[k] * log(q[k] * c / p[k]), k)), P),
]

OF_BOUNDED = [
    (le(lse, most + log(n)), P),
    (le(lse, most), R),
    (lt(lse, most + log(n)), R),
    (le(Sum(x[k], k), n * most), P),
    (le(Sum(p[k] * x[k], k), most * Sum(p[k], k)), P),
    (le(Sum(y[k] * x[k], k), most * Sum(y[k], k)), R),
]

LINES = [
    *((*row, []) for row in (*TERM_BY_TERM, *CAUCHY_SCHWARZ, *LOG_SUM_EXP, *MEANS)),
    *((*row, distributions) for row in OF_DISTRIBUTIONS),
    *((*row, bounded) for row in OF_BOUNDED),
]


@pytest.mark.parametrize(("step", "right", "given"), LINES)
def test_lines(step: Step, right: Verdict, given: list[Any]) -> None:
    made = derivation("line", "one line", given=given, steps=[step])
    assert made is not None
    (found,) = judge(made, Settings()).steps
    assert found.verdict is right, found.judgement


def test_the_rules_are_named() -> None:
    made = derivation("line", "one line", steps=[le(dot(x, y) ** 2, dot(x, x) * dot(y, y))])
    assert made is not None
    (found,) = judge(made, Settings(records=True)).steps
    (evidence,) = [e for e in found.judgement.evidence if e.check == "sums"]
    assert (evidence.inferences[0].rule, evidence.inferences[0].source) == (
        "the inequality of Cauchy and Schwarz",
        "Hardy, Littlewood & Pólya, Inequalities, 2.4",
    )
