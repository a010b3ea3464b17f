"""Maximisers: rules that prove, data that refute."""

from __future__ import annotations

import pytest
from sympy import exp, log, sqrt

from verify import engine
from verify.config import Settings
from verify.model import StepResult, Verdict
from verify.notation import (
    Eq,
    ForAll,
    Gt,
    Ne,
    Product,
    Sum,
    argmax,
    derivation,
    dimension,
    frac,
    holds,
    index_set,
    line,
    maximises,
    nonnegative,
    real,
    same_maximisers,
    stationary,
    table,
    vector,
)

n = dimension("n")
Words = index_set("Words", n)
i, j = Words.indices("i j")
p, a = vector("p", Words, positive=True), vector("a", Words, positive=True)
table_p = table("p", Words, Words, positive=True)
weights = table("a", Words, Words, positive=True)
lam = real("lambda")
normalised = Eq(Sum(p[i], i), 1)
objective = Sum(a[i] * log(p[i]), i)
PROBLEM = argmax(objective, over=p, subject_to=[normalised])


def judge(first: object, second: object) -> StepResult:
    made = derivation("t", "T", start=line(first), steps=[same_maximisers(second)])  # type: ignore[list-item]
    assert made is not None
    return engine.judge(made, Settings()).steps[0]


RIGHT = {
    "logarithm of a product": (argmax(Product(p[i] ** a[i], i), over=p, subject_to=[normalised]), PROBLEM),
    "stationary points of the Lagrangian": (PROBLEM, stationary(objective - lam * (Sum(p[i], i) - 1), over=(p, lam))),
    "the multiplier's sign does not matter": (
        PROBLEM,
        stationary(objective + lam * (Sum(p[i], i) - 1), over=(p, lam)),
    ),
    "block by block": (
        argmax(
            Sum(weights[i, j] * log(table_p[i, j]), i, j),
            over=table_p,
            subject_to=[ForAll(j, Eq(Sum(table_p[i, j], i), 1))],
        ),
        argmax(
            Sum(weights[i, j] * log(table_p[i, j]), i),
            over=table_p[:, j],
            subject_to=[Eq(Sum(table_p[i, j], i), 1)],
            each=j,
        ),
    ),
}


@pytest.mark.parametrize("name", RIGHT)
def test_proved_for_every_size(name: str) -> None:
    step = judge(*RIGHT[name])
    assert step.verdict is Verdict.PROVED, step.judgement


NOT_PROVED = {
    "squared weights": (PROBLEM, argmax(Sum(a[i] ** 2 * log(p[i]), i), over=p, subject_to=[normalised])),
    "another total": (PROBLEM, argmax(objective, over=p, subject_to=[Eq(Sum(p[i], i), 2)])),
    "a lost logarithm": (PROBLEM, argmax(Sum(a[i] * p[i], i), over=p, subject_to=[normalised])),
    "the constraint missing in the Lagrangian": (PROBLEM, stationary(objective - lam, over=(p, lam))),
    "a convex objective": (
        argmax(Sum(exp(p[i]), i), over=p, subject_to=[normalised]),
        stationary(Sum(exp(p[i]), i) - lam * (Sum(p[i], i) - 1), over=(p, lam)),
    ),
    "the objective negated": (PROBLEM, argmax(-objective, over=p, subject_to=[normalised])),
}


@pytest.mark.parametrize("name", NOT_PROVED)
def test_what_is_wrong_is_not_proved(name: str) -> None:
    assert not judge(*NOT_PROVED[name]).verdict.holds


@pytest.mark.parametrize("name", ["squared weights", "another total"])
def test_refuted_on_concrete_data(name: str) -> None:
    step = judge(*NOT_PROVED[name])
    assert step.verdict is Verdict.REFUTED
    assert step.judgement.witness is not None
    assert "the one maximiser is p = " in step.judgement.witness.lhs + step.judgement.witness.rhs


def test_unbounded_objective() -> None:
    free = argmax(objective - lam * (Sum(p[i], i) - 1), over=(p, lam))
    step = judge(PROBLEM, free)
    assert step.verdict is Verdict.REFUTED
    assert step.judgement.witness is not None
    assert "unbounded" in step.judgement.witness.rhs


@pytest.mark.parametrize(
    ("value", "verdict"),
    [
        (a[i] / Sum(a[j], j), True),
        (1 / n, False),
        (a[i], False),
        (a[i] ** 2 / Sum(a[j] ** 2, j), False),
    ],
)
def test_the_one_maximiser(value: object, verdict: bool) -> None:
    made = derivation("t", "T", steps=[holds(maximises(PROBLEM, {p[i]: value}))])
    assert made is not None
    step = engine.judge(made, Settings()).steps[0]
    assert step.verdict is (Verdict.PROVED if verdict else Verdict.REFUTED)


def test_zero_weights_do_not_prove() -> None:
    b = vector("b", Words)  # of any sign
    problem = argmax(Sum(b[i] * log(p[i]), i), over=p, subject_to=[normalised])
    made = derivation("t", "T", steps=[holds(maximises(problem, {p[i]: b[i] / Sum(b[j], j)}))])
    assert made is not None
    assert not engine.judge(made, Settings()).steps[0].verdict.holds
    made = derivation(
        "t", "T", steps=[holds(maximises(problem, {p[i]: b[i] / Sum(b[j], j)}))], given=[ForAll(i, Gt(b[i], 0))]
    )
    assert made is not None
    assert engine.judge(made, Settings()).steps[0].verdict is Verdict.PROVED


q = vector("q", Words, nonnegative=True)
r = vector("r", Words)
mu = nonnegative("mu")
x = real("x")

TRAPS = {
    "a multiplier that stands in the objective already": (
        argmax(lam - x**2, over=x, subject_to=[Eq(x, 1)]),
        stationary(lam - x**2 - lam * (x - 1), over=(x, lam)),
    ),
    "roots, whose domain is not open": (
        argmax(Sum(sqrt(r[i]), i), over=r, subject_to=[Eq(Sum(r[i], i), 0)]),
        stationary(Sum(sqrt(r[i]), i) - lam * Sum(r[i], i), over=(r, lam)),
    ),
    "equal only where both are defined": (argmax(-(x**2), over=x), argmax(-frac(x**3, x), over=x)),
    "a multiplier that cannot grow both ways": (
        argmax(objective, over=p, subject_to=[normalised]),
        argmax(Sum(a[i] * log(p[i]), i) - mu * (Sum(p[i], i) - 1), over=(p, mu)),
    ),
}


@pytest.mark.parametrize("name", TRAPS)
def test_what_the_rules_do_not_cover_is_not_decided_by_them(name: str) -> None:
    assert judge(*TRAPS[name]).verdict is Verdict.UNDECIDED


def test_the_objective_must_be_about_the_variable_itself() -> None:
    c, e = Words.indices("c e")
    elsewhere = argmax(
        Sum(log(table_p[i, e]), i), over=table_p[:, c], subject_to=[Eq(Sum(table_p[i, c], i), 1)], each=c
    )
    made = derivation("t", "T", steps=[holds(maximises(elsewhere, {table_p[i, c]: 1 / n}))], given=[e, c, Ne(c, e)])
    assert made is not None
    assert not engine.judge(made, Settings()).steps[0].verdict.holds


def test_the_maximiser_must_lie_in_the_domain() -> None:
    problem = argmax(Sum(-(q[i] ** 2), i), over=q, subject_to=[Eq(Sum(q[i], i), -1)])
    made = derivation("t", "T", steps=[holds(maximises(problem, {q[i]: -1 / n}))])
    assert made is not None
    assert not engine.judge(made, Settings()).steps[0].verdict.holds


t, b = vector("t", Words), vector("b", Words)


@pytest.mark.parametrize(
    ("objective", "total", "value", "verdict"),
    [
        (-Sum(a[i] * t[i] ** 2, i), 1, 1 / a[i] / Sum(1 / a[j], j), Verdict.PROVED),
        (-Sum(a[i] * t[i] ** 2, i), 1, 1 / n, Verdict.REFUTED),
        (Sum(b[i] * t[i] - t[i] ** 2, i), 0, (b[i] - Sum(b[j], j) / n) / 2, Verdict.PROVED),
        (Sum(b[i] * t[i] - t[i] ** 2, i), 0, b[i] / 2, Verdict.REFUTED),
    ],
)
def test_weighted_squares_under_a_given_sum(objective: object, total: int, value: object, verdict: Verdict) -> None:
    problem = argmax(objective, over=t, subject_to=[Eq(Sum(t[i], i), total)])
    made = derivation("t", "T", steps=[holds(maximises(problem, {t[i]: value}))])
    assert made is not None
    assert engine.judge(made, Settings()).steps[0].verdict is verdict
