"""Maximisers in one number: proved for every size, false ones refuted on concrete data."""

from __future__ import annotations

import re

import pytest
from sympy import Abs, Expr, exp, floor, log, pi, sqrt

from verify import engine
from verify.config import Settings
from verify.model import StepResult, Verdict
from verify.notation import (
    Eq,
    Gt,
    Lt,
    Product,
    Sum,
    argmax,
    argmin,
    derivation,
    dimension,
    holds,
    index_set,
    line,
    maximises,
    positive,
    real,
    same_maximisers,
    vector,
)
from verify.terms import Problem, Proposition

n, N = dimension("n"), dimension("N")
Set = index_set("1..n", n)
i = Set.index("i")
x, y, theta = vector("x", n), vector("y", n), vector("theta", n)
w, q = vector("w", n, positive=True), vector("q", n, positive=True)
mu, k, t, b, c = real("mu"), real("k"), real("t"), real("b"), real("c")
v, sigma, lam, alpha, p = positive("v"), positive("sigma"), positive("lambda"), positive("alpha"), positive("p")

squares = Sum((x[i] - mu) ** 2, i)
mean, variance = Sum(x[i], i) / n, squares / n
normal_v = Sum(-log(2 * pi * v) / 2 - (x[i] - mu) ** 2 / (2 * v), i)
normal_sigma = -n * log(sigma) - squares / (2 * sigma**2)
binomial = argmax(k * log(p) + (N - k) * log(1 - p), over=p, subject_to=[Gt(p, 0), Lt(p, 1)])
spread, counts = [Gt(squares, 0)], [Gt(k, 0), Lt(k, N)]
ridge = argmin(Sum((y[i] - b * x[i]) ** 2, i) + alpha * b**2, over=b)
Case = tuple[Problem, dict[Expr, Expr], list[Proposition]]

RIGHT: dict[str, Case] = {
    "least squares": (argmax(-squares, over=mu), {mu: mean}, []),
    "mean of a Gaussian": (argmax(normal_v, over=mu), {mu: mean}, []),
    "variance of a Gaussian": (argmax(normal_v, over=v), {v: variance}, spread),
    "standard deviation": (argmax(normal_sigma, over=sigma), {sigma: sqrt(variance)}, spread),
    "binomial": (binomial, {p: k / N}, counts),
    "log-odds": (argmax(k * t - N * log(1 + exp(t)), over=t), {t: log(k / (N - k))}, counts),
    "Poisson": (argmax(Sum(w[i] * log(lam) - lam, i), over=lam), {lam: Sum(w[i], i) / n}, []),
    "exponential": (argmax(Sum(log(lam) - lam * w[i], i), over=lam), {lam: n / Sum(w[i], i)}, []),
    "ridge regression": (ridge, {b: Sum(x[i] * y[i], i) / (Sum(x[i] ** 2, i) + alpha)}, []),
    "a number for each": (argmin(Sum((x[i] - theta[i]) ** 2, i), over=theta), {theta[i]: x[i]}, []),
}
WRONG: dict[str, Case] = {
    "1/n forgotten": (argmax(-squares, over=mu), {mu: Sum(x[i], i)}, []),
    "the sign": (argmax(squares, over=mu), {mu: mean}, []),
    "n + 1 for n": (argmax(normal_v, over=v), {v: squares / (n + 1)}, spread),
    "n - 1 for n": (argmax(normal_v, over=v), {v: squares / (n - 1)}, [*spread, Gt(n, 1)]),
    "an irrational value": (argmax(normal_sigma, over=sigma), {sigma: sqrt(squares / (n + 1))}, spread),
    "no root": (argmax(normal_sigma, over=sigma), {sigma: variance}, spread),
    "outside the constraint": (binomial, {p: k}, counts),
    "a smoothed value": (binomial, {p: (k + 1) / (N + 2)}, counts),
    "a mean for a rate": (argmax(Sum(log(lam) - lam * w[i], i), over=lam), {lam: Sum(w[i], i) / n}, []),
    "twice the penalty": (ridge, {b: Sum(x[i] * y[i], i) / (Sum(x[i] ** 2, i) + 2 * alpha)}, []),
    "entry by entry": (argmin(Sum((x[i] - theta[i]) ** 2, i), over=theta), {theta[i]: 2 * x[i]}, []),
    "1/n where weights are": (
        argmax(Sum(w[i] * log(q[i]), i), over=q, subject_to=[Eq(Sum(q[i], i), 1)]),
        {q[i]: 1 / n},
        [],
    ),
}


def judge(problem: Problem, values: dict[Expr, Expr], given: list[Proposition]) -> StepResult:
    made = derivation("t", "T", steps=[holds(maximises(problem, values))], given=given)
    assert made is not None
    return engine.judge(made, Settings(records=True)).steps[0]


@pytest.mark.parametrize("name", RIGHT)
def test_proved_with_the_rule_that_it_goes_by(name: str) -> None:
    judgement = judge(*RIGHT[name]).judgement
    assert judgement.verdict is Verdict.PROVED, judgement
    (inference,) = (one for e in judgement.evidence for one in e.inferences)
    assert inference.source and inference.premises


@pytest.mark.parametrize("name", WRONG)
def test_refuted_on_concrete_data(name: str) -> None:
    judgement = judge(*WRONG[name]).judgement
    assert judgement.verdict is Verdict.REFUTED, judgement
    assert judgement.witness is not None
    assert re.search("larger|smaller|not feasible", judgement.witness.rhs)


s = real("s")
TRAPS: dict[str, Case] = {
    "stationary, not the highest": (argmax(-(s**2) * (s - 3) ** 2 + s**2 / 9, over=s), {s: 0}, []),
    "a saddle": (argmax(s**3, over=s), {s: 0}, []),
    "jumps": (argmax(-(floor(s) ** 2), over=s), {s: 0}, []),
    "constant": (argmax(k, over=s), {s: 0}, []),
    "flat at one parameter": (argmax(-(k**2) * s**2, over=s), {s: 0}, []),
    "a pole": (argmax(1 / (s - 1), over=s), {s: 0}, []),
}


@pytest.mark.parametrize("name", TRAPS)
def test_what_is_no_maximiser_is_not_proved(name: str) -> None:
    assert not judge(*TRAPS[name]).verdict.holds


def test_a_kink_is_left_alone() -> None:
    assert judge(argmax(-Abs(s - k), over=s), {s: k}, []).verdict is Verdict.UNDECIDED


density = exp(-((x[i] - mu) ** 2) / (2 * v)) / sqrt(2 * pi * v)
ALIKE = {
    "likelihood and squares": (argmax(Product(density, i), over=mu), argmax(-squares, over=mu)),
    "log-likelihood and squares": (argmax(normal_v, over=mu), argmin(squares, over=mu)),
    "a constant": (argmax(c - squares, over=mu), argmax(-squares, over=mu)),
    "a positive factor": (argmax(-alpha * squares, over=mu), argmax(-squares, over=mu)),
    "a root": (argmin(sqrt(1 + squares), over=mu), argmin(squares, over=mu)),
    "a reciprocal": (argmax(1 / (1 + mu**2), over=mu), argmin(mu**2, over=mu)),
    "divergence and cross-entropy": (
        argmin(Sum(w[i] * log(w[i] / q[i]), i), over=q, subject_to=[Eq(Sum(q[i], i), 1)]),
        argmax(Sum(w[i] * log(q[i]), i), over=q, subject_to=[Eq(Sum(q[i], i), 1)]),
    ),
    "two numbers": (argmax(normal_v, over=(mu, v)), argmin(n * log(v) + squares / v, over=(mu, v))),
    "one maximiser, other shapes": (
        argmax(-((mu - c) ** 2), over=mu),
        argmax(-((mu - c) ** 4) - (mu - c) ** 2, over=mu),
    ),
}
APART = {
    "the sign": (argmax(-squares, over=mu), argmax(squares, over=mu)),
    "a penalty": (argmin(squares + alpha * mu**2, over=mu), argmin(squares, over=mu)),
    "a factor inside": (argmin(squares, over=mu), argmin(Sum((x[i] - 2 * mu) ** 2, i), over=mu)),
    "a sum lost": (
        argmax(Sum(w[i] * log(lam) - lam, i), over=lam),
        argmax(Sum(w[i], i) * log(lam) - lam, over=lam),
    ),
}
NOT_PROVED = {
    "a factor of any sign": (argmax(-squares, over=mu), argmax(-c * squares, over=mu)),
    "a square of any sign": (argmax(mu, over=mu), argmax(mu**2, over=mu)),
    "a term of the variable": (argmax(normal_v, over=v), argmax(-squares / v, over=v)),
    "no connected domain": (argmax(s - 1 / s, over=s), argmax(s - 1 / s + s / sqrt(s**2), over=s)),
}


def compare(first: Problem, second: Problem) -> StepResult:
    made = derivation("t", "T", start=line(first), steps=[same_maximisers(second)])
    assert made is not None
    return engine.judge(made, Settings(records=True)).steps[0]


@pytest.mark.parametrize("name", ALIKE)
def test_the_same_maximisers(name: str) -> None:
    for pair in (ALIKE[name], ALIKE[name][::-1]):
        assert compare(*pair).verdict is Verdict.PROVED, pair


@pytest.mark.parametrize("name", APART)
def test_other_maximisers(name: str) -> None:
    judgement = compare(*APART[name]).judgement
    assert judgement.verdict is Verdict.REFUTED
    assert judgement.witness is not None
    word = "the one minimiser is" if APART[name][0].minimised else "the one maximiser is"
    assert word in judgement.witness.lhs + judgement.witness.rhs


def test_a_minimum_is_told_in_the_values_of_its_author() -> None:
    shifted = argmin((b - c) ** 2 / 2 + b, over=b), argmin((b - c) ** 2, over=b)
    witness = compare(*shifted).judgement.witness
    assert witness is not None
    values = re.findall(r"the objective is ([^ ,]+)", witness.lhs + witness.rhs)
    smaller = witness.rhs if "smaller" in witness.rhs else witness.lhs
    assert len(values) == 2 and float(values[1]) < float(values[0]) and "larger" not in smaller


@pytest.mark.parametrize("name", NOT_PROVED)
def test_objectives_that_need_not_grow_together(name: str) -> None:
    assert not compare(*NOT_PROVED[name]).verdict.holds
