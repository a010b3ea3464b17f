"""Slips in the objective of an arg max or of a Lagrangian: each is refuted, named and mended."""

from __future__ import annotations

import pytest
from sympy import exp, gamma, log

from tests.judging import judge
from verify.model import Verdict
from verify.notation import (
    Eq,
    Gt,
    Product,
    Sum,
    argmax,
    dimension,
    index_set,
    line,
    positive,
    real,
    same_maximisers,
    stationary,
    vector,
)

N, K = dimension("N K")
i = index_set("1..N", N).index("i")
k = index_set("1..K", K).index("k")
x, rate = vector("x", N, nonnegative=True), positive("lambda")
p, n, multiplier = vector("p", K, positive=True), vector("n", K, positive=True), real("mu")
total = Eq(Sum(p[k], k), 1)
shares = argmax(Sum(n[k] * log(p[k]), k), over=p, subject_to=[total])
gap = Sum(p[k], k) - 1
poisson = argmax(Product(rate ** x[i] * exp(-rate) / gamma(x[i] + 1), i), over=rate)
counted = Gt(Sum(x[i], i), 0)

SLIPS = [
    ("a multiplier lost", shares, stationary(shares.objective, over=p), "constraint"),
    ("Σp for Σp − 1", shares, stationary(shares.objective - multiplier * (gap + 1), over=(p, multiplier)), "term"),
    ("Σp − 2 for Σp − 1", shares, stationary(shares.objective - multiplier * (gap - 1), over=(p, multiplier)), ""),
    ("λ for Nλ", poisson, argmax(Sum(x[i], i) * log(rate) - rate, over=rate), "factor"),
    ("a wrong sign", poisson, argmax(Sum(x[i], i) * log(rate) + N * rate, over=rate), "sign"),
]


@pytest.mark.parametrize(("before", "after", "code"), [slip[1:] for slip in SLIPS], ids=[slip[0] for slip in SLIPS])
def test_a_slip_in_an_objective_is_found_and_mended(before: object, after: object, code: str) -> None:
    given = [total] if before is shares else [counted]
    (step,) = judge(same_maximisers(after), start=line(before), given=given)
    assert step.verdict is Verdict.REFUTED
    assert step.diagnoses
    assert code in step.diagnoses[-1].code
    assert step.diagnoses[-1].repair


def test_the_right_lagrangians_are_proved() -> None:
    for sign in (1, -1):
        lagrangian = stationary(shares.objective + sign * multiplier * gap, over=(p, multiplier))
        (step,) = judge(same_maximisers(lagrangian), start=line(shares), given=[total])
        assert step.verdict is Verdict.PROVED


def test_the_slope_must_be_one_multiple_of_the_constraint_s() -> None:
    wrong = stationary(Sum(n[k] * p[k] ** 2, k) - multiplier * gap, over=(p, multiplier))
    (step,) = judge(same_maximisers(wrong), start=line(shares))
    assert step.verdict is Verdict.REFUTED
