"""Slips in what is concluded from a maximum, or from equations for all values of an index."""

from __future__ import annotations

import pytest
from sympy import log

from tests.judging import judge
from verify.model import Diagnosis, Verdict
from verify.notation import (
    Eq,
    ForAll,
    Gt,
    Sum,
    argmax,
    dimension,
    holds,
    implies,
    index_set,
    maximises,
    positive,
    real,
    vector,
)

n, K = dimension("N K")
i = index_set("1..N", n).index("i")
k, m = index_set("1..K", K).indices("k m")
x, waits = vector("x", n), vector("z", n, positive=True)
share, counts = vector("pi", K, positive=True), vector("c", K, positive=True)
rate, variance, mean, lam = positive("theta"), positive("v"), real("mu"), positive("lambda")
squares = Sum((x[i] - mean) ** 2, i)

exponential = argmax(n * log(rate) - rate * Sum(waits[i], i), over=rate)
gaussian = argmax(-n * log(variance) / 2 - squares / (2 * variance), over=variance)
multinomial = argmax(Sum(counts[k] * log(share[k]), k), over=share, subject_to=[Eq(Sum(share[k], k), 1)])

CASES = {
    "another denominator": (implies(multinomial, ForAll(k, Eq(share[k], counts[k] / K))), "variable"),
    "the reciprocal of an estimate": (implies(exponential, Eq(rate, Sum(waits[i], i) / n)), "reciprocal"),
    "one less": (implies(gaussian, Eq(variance, squares / (n - 1))), "extra-term"),
    "a claimed maximum": (holds(maximises(gaussian, {variance: squares / (2 * n)})), "extra-factor"),
    "an equation with an unknown below": (
        implies(Eq(-n + Sum(waits[i], i) / rate, 0), Eq(rate, n / Sum(waits[i], i))),
        "reciprocal",
    ),
    "for all values of an index": (
        implies(ForAll(k, Eq(counts[k] / share[k] - lam, 0)), ForAll(k, Eq(share[k], lam * counts[k]))),
        "reciprocal",
    ),
    "another number of them": (
        implies(multinomial, ForAll(k, Eq(share[k], counts[k] / (2 * Sum(counts[m], m))))),
        "extra-factor",
    ),
}


def first(step: object) -> Diagnosis:
    (found,) = judge(step, given=[Gt(squares, 0)])
    return found.diagnoses[-1]


@pytest.mark.parametrize("name", CASES)
def test_the_slip_is_found(name: str) -> None:
    step, code = CASES[name]
    found = first(step)
    assert (found.code, found.repair_verdict) == (code, Verdict.PROVED)


def test_what_no_single_slip_explains_is_worked_out() -> None:
    found = first(implies(multinomial, ForAll(k, Eq(share[k], 1 / K))))
    assert (found.code, found.repair_verdict) == ("unexplained", Verdict.PROVED)
    assert r"\sum_{j=1}^{K} {c}_{j}" in found.repair_latex  # no bound index has the name of a free one
