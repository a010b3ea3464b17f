"""Derivations as textbooks have them: maximum likelihood, least squares, principal components; right ones and slips."""

from __future__ import annotations

from typing import Any

import pytest
from sympy import exp, log, pi, sqrt

from verify.config import Settings
from verify.engine import judge, make_claim, settle
from verify.model import Step, Verdict
from verify.notation import (
    And,
    Eq,
    ForAll,
    Gt,
    Lt,
    Product,
    Sum,
    argmax,
    argmin,
    derivation,
    dimension,
    dot,
    eq,
    frac,
    ge,
    grad,
    holds,
    iff,
    implies,
    index_set,
    integer,
    matrix,
    matvec,
    maximises,
    positive,
    real,
    same_maximisers,
    sigmoid,
    stationary,
    table,
    vector,
)
from verify.terms import TRUE

P, R = Verdict.PROVED, Verdict.REFUTED

n, d, many = dimension("n d K")
i, j = index_set("1..n", n).indices("i j")
a, b = index_set("1..d", d).indices("a b")
c, e = index_set("1..K", many).indices("c e")


def verdicts(given: list[Any], *steps: Step) -> list[Verdict]:
    made = derivation("lines", "lines that stand alone", given=given, steps=steps)
    assert made is not None
    claims = [make_claim(s.tag, s.alone_lhs or TRUE, s.relation, s, made, ()) for s in made.steps]
    return [settle(claim, Settings()).verdict for claim in claims]


# -- a Gaussian: mean and deviation at once --------------------------------------------------------------------------

x = vector("x", n)
mu, sigma, v = real("mu"), positive("sigma"), positive("v")
mean = Sum(x[i], i) / n
spread = Sum((x[i] - mean) ** 2, i)
varied = [Gt(spread, 0)]
density = exp(-((x[i] - mu) ** 2) / (2 * sigma**2)) / (sigma * sqrt(2 * pi))
by_deviation = argmax(log(Product(density, i)), over=(mu, sigma))
by_variance = argmax(-n * log(v) / 2 - Sum((x[i] - mu) ** 2, i) / (2 * v), over=(mu, v))

GAUSSIAN = [
    (holds(maximises(by_deviation, {mu: mean, sigma: sqrt(spread / n)})), P),
    (holds(maximises(by_deviation, {mu: mean, sigma: sqrt(spread / (n + 1))})), R),
    (holds(maximises(by_deviation, {mu: 2 * mean, sigma: sqrt(spread / n)})), R),
    (holds(maximises(by_variance, {mu: mean, v: spread / n})), P),
    (holds(maximises(by_variance, {mu: mean, v: spread / (2 * n)})), R),
]


@pytest.mark.parametrize(("step", "right"), GAUSSIAN)
def test_two_numbers_at_once(step: Step, right: Verdict) -> None:
    assert verdicts(varied, step) == [right]


def test_its_stationary_points() -> None:
    squares = Sum((x[i] - mu) ** 2, i)
    vanish = And(Eq(Sum(x[i] - mu, i) / sigma**2, 0), Eq(-n / sigma + squares / sigma**3, 0))
    right = implies(vanish, And(Eq(mu, mean), Eq(sigma**2, squares / n)))
    wrong = implies(vanish, And(Eq(mu, mean), Eq(sigma**2, squares / (n + 1))))
    assert verdicts(varied, right, wrong) == [P, R]


def test_from_the_likelihood_to_its_stationary_points() -> None:
    squares = Sum((x[i] - mu) ** 2, i)
    logarithm = -n * log(sigma) - squares / (2 * sigma**2)
    both = (mu, sigma)
    right = same_maximisers(argmax(Product(density, i), over=both), argmax(logarithm, over=both))
    wrong = same_maximisers(argmax(logarithm, over=both), argmax(-log(sigma) - squares / (2 * sigma**2), over=both))
    points = same_maximisers(argmax(logarithm, over=both), stationary(logarithm, over=both))
    assert verdicts([*varied, Gt(n, 1)], right, wrong, points) == [P, R, P]


def test_a_line_through_points() -> None:
    y, offset, slope = vector("y", n), real("a"), real("b")
    average = Sum(y[i], i) / n
    steepest = Sum((x[i] - mean) * (y[i] - average), i) / spread
    problem = argmin(Sum((y[i] - offset - slope * x[i]) ** 2, i), over=(offset, slope))
    right, wrong = (
        holds(maximises(problem, {offset: average - sign * steepest * mean, slope: steepest})) for sign in (1, -1)
    )
    assert verdicts(varied, right, wrong) == [P, R]


def test_what_a_maximum_implies() -> None:
    rate, waits = positive("lambda"), vector("y", n, positive=True)
    problem = argmax(n * log(rate) - rate * Sum(waits[i], i), over=rate)
    right, wrong = (n / Sum(waits[i], i), Sum(waits[i], i) / n)
    assert verdicts([], implies(problem, Eq(rate, right)), holds(maximises(problem, {rate: wrong}))) == [P, R]


# -- a share of successes --------------------------------------------------------------------------------------------


def test_bernoulli() -> None:
    share, h, trials = real("p"), integer("h"), integer("N")
    inside = [Gt(share, 0), Lt(share, 1)]
    problem = argmax(h * log(share) + (trials - h) * log(1 - share), over=share, subject_to=inside)
    right, wrong = (holds(maximises(problem, {share: frac(k, trials)})) for k in (h, trials - h))
    wherever_defined = holds(maximises(argmax(problem.objective, over=share), {share: frac(h, trials)}))
    assert verdicts([Gt(h, 0), Gt(trials, h)], right, wrong, wherever_defined) == [P, R, P]


# -- equations for all indices, added up -----------------------------------------------------------------------------


def test_weights_of_a_mixture() -> None:
    weight, share, lam = vector("pi", many, positive=True), table("r", n, many, positive=True), real("lambda")
    multiplied = ForAll(c, Eq(Sum(share[i, c], i), lam * weight[c]))
    given = [ForAll(i, Eq(Sum(share[i, c], c), 1))]
    premise = And(multiplied, Eq(Sum(weight[c], c), 1))
    assert verdicts(given, implies(premise, Eq(lam, n)), implies(premise, Eq(lam, many))) == [P, R]


design, target, w, u = matrix("X", n, d), vector("y", n), vector("w", d), vector("u", d)


def residual(w: Any) -> Any:
    return dot(design[i], w) - target[i]


def test_normal_equations() -> None:
    loss = Sum(residual(w) ** 2, i)
    gram = Sum(Sum(design[i, a] * design[i, b], i) * w[b], b)
    moment = Sum(design[i, a] * target[i], i)
    right, wrong = (iff(Eq(grad(loss, w[a]), 0), Eq(gram, sign * moment)) for sign in (1, -1))
    assert verdicts([], right, wrong) == [P, R]


def test_the_least_squares() -> None:
    normal = [ForAll(a, Eq(Sum(residual(w) * design[i, a], i), 0))]
    here, there = (Sum(residual(at) ** 2, i) for at in (w, u))
    between = Sum((dot(design[i], u) - dot(design[i], w)) ** 2, i)
    assert verdicts(normal, eq(there, here + between), ge(there, here)) == [P, P]


def test_principal_components() -> None:
    covariance, lam = matrix("S", d, d), real("lambda")
    symmetric = [ForAll(a, b, Eq(covariance[a, b], covariance[b, a]))]
    form = dot(w, matvec(covariance, w))
    lagrangian = form - lam * (dot(w, w) - 1)
    gradient = 2 * matvec(covariance, w) - 2 * lam * w
    assert verdicts(symmetric, eq(grad(lagrangian, w), gradient)) == [P]
    assert verdicts([], eq(grad(lagrangian, w), gradient)) == [R]
    eigen = And(Eq(matvec(covariance, w), lam * w), Eq(dot(w, w), 1))
    assert verdicts([], implies(eigen, Eq(form, lam)), implies(eigen, Eq(form, lam**2))) == [P, R]


# -- equivalences that hold at no point that is drawn ----------------------------------------------------------------


def test_negative_sampling_finds_a_ratio() -> None:
    score, plus, minus = real("x"), positive("A"), positive("B")
    vanishes = Eq(plus * sigmoid(-score) - minus * sigmoid(score), 0)
    right, wrong = (iff(vanishes, Eq(score, log(ratio))) for ratio in (plus / minus, minus / plus))
    made = derivation("ratio", "a ratio of counts", steps=[right, wrong])
    assert made is not None
    first, second = judge(made, Settings()).steps
    assert (first.verdict, second.verdict) == (P, R)
    assert [d.code for d in second.diagnoses] == ["sign"]
