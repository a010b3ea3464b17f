"""Implications whose premise holds at irrational points only."""

from __future__ import annotations

import pytest
from sympy import exp, log, sqrt

from verify import engine
from verify.config import Settings
from verify.model import StepResult, Verdict
from verify.notation import And, Eq, Gt, Lt, derivation, implies, line, positive, real
from verify.terms import Proposition

x, y, e, u = real("x y e u")
a, w = positive("a"), positive("w")
mixed = Eq(x, sqrt(a) * y + sqrt(1 - a) * e)


def judge(premise: Proposition, conclusion: Proposition, *given: Proposition) -> StepResult:
    made = derivation("t", "T", start=line(premise), steps=[implies(conclusion)], given=given)
    assert made is not None
    return engine.judge(made, Settings(records=True)).steps[0]


def test_a_lost_root_is_refuted_at_an_irrational_point() -> None:
    step = judge(mixed, Eq(y, (x - (1 - a) * e) / sqrt(a)), Lt(a, 1))
    assert step.verdict is Verdict.REFUTED, step.judgement
    assert step.judgement.witness is not None
    assert "sqrt" in step.judgement.witness.point["x"]


def test_the_right_one_is_proved() -> None:
    assert judge(mixed, Eq(y, (x - sqrt(1 - a) * e) / sqrt(a)), Lt(a, 1)).verdict is Verdict.PROVED


WRONG = {
    "a function": (Eq(u, log(a) + exp(y)), Eq(exp(y), u + log(a))),
    "two premises": (And(Eq(u, log(a)), Gt(a, 3)), Eq(a, exp(-u))),
    "the other root": (Eq(x**2, 2), Eq(x, sqrt(2))),
    "a polynomial of degree 2": (Eq(x**2 - x - 1, 0), Eq(x**3, 2 * x + 2)),
    "the sign of a value": (Eq(w, sqrt(a) * y), Lt(y, 0)),
}


@pytest.mark.parametrize("name", WRONG)
def test_refuted(name: str) -> None:
    assert judge(*WRONG[name]).verdict is Verdict.REFUTED


def test_roots_must_be_real_and_lie_in_the_domain() -> None:
    assert judge(Eq(w**2, 2), Eq(w, sqrt(2))).verdict is Verdict.PROVED
    assert judge(Eq(x**2, -1 - y**2), Eq(x, 5)).verdict is Verdict.VACUOUS


def test_values_must_lie_in_the_domain() -> None:
    step = judge(Eq(w, sqrt(a) * y), Gt(y, 0))
    assert step.verdict is not Verdict.REFUTED, step.judgement
