"""Softmax is a point of the simplex: inequalities of Gibbs and Jensen for it, for all sizes."""

from __future__ import annotations

import pytest
from sympy import exp, log

from tests.judging import judge
from verify.model import Step, Verdict
from verify.notation import Sum, dimension, ge, index_set, le, softmax, vector

P, R = Verdict.PROVED, Verdict.REFUTED
n = dimension("n")
i, j, k = index_set("1..n", n).indices("i j k")
x, y = vector("x", n), vector("y", n)
one, other = softmax(x), softmax(y)
quotient = exp(x[k]) / Sum(exp(x[j]), j)

CASES = {
    "entropy": (le(-Sum(one[k] * log(one[k]), k), log(n)), P),
    "entropy is not negative": (ge(-Sum(quotient * log(quotient), k), 0), P),
    "entropy, as quotients": (ge(Sum(quotient * log(quotient), k), -log(n)), P),
    "divergence": (ge(Sum(one[k] * log(one[k] / other[k]), k), 0), P),
    "divergence, upside down": (ge(Sum(one[k] * log(other[k] / one[k]), k), 0), R),
    "squares": (ge(Sum(one[k] ** 2, k), 1 / n), P),
}


@pytest.mark.parametrize("name", CASES)
def test_softmax(name: str) -> None:
    step, verdict = CASES[name]
    assert isinstance(step, Step)
    assert [found.judgement.verdict for found in judge(step)] == [verdict]
