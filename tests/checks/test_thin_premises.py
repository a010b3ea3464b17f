"""Implications with premises that few points meet: their counterexamples are solved for."""

from __future__ import annotations

import pytest
from sympy import I, Rational, cos, exp, sin, sqrt

from tests.judging import judge
from verify.model import Verdict
from verify.notation import And, Eq, Ge, Gt, Le, Lt, complex_number, iff, implies, real

x, y, z = real("x"), real("y"), complex_number("z")

WRONG = {
    "zeros of the sine": iff(Eq(sin(x), 0), Eq(x, 0)),
    "equal cosines": implies(Eq(cos(x), cos(y)), Eq(x, y)),
    "the period of exp": implies(Eq(exp(z), 1), Eq(z, 0)),
    "a cube root": implies(Eq(x**3, 2), Lt(x, Rational(5, 4))),
    "roots of unity": implies(Eq(z**3, 1), Eq(z, 1)),
    "two square roots": implies(Eq(z**2, -1), Eq(z, I)),
}


@pytest.mark.parametrize("step", WRONG.values(), ids=WRONG)
def test_a_counterexample_in_closed_form(step: object) -> None:
    (found,) = judge(step)
    assert found.judgement.verdict is Verdict.REFUTED
    assert found.judgement.witness is not None


def test_what_touches_at_one_point_of_a_circle_is_not_supported() -> None:
    circle = Eq(x**2 + y**2, 1)
    (found,) = judge(implies(circle, Lt(x + y, sqrt(2))))
    assert not found.judgement.verdict.holds
    for right in (Le(x + y, sqrt(2)), Ge(x * y, Rational(-1, 2))):
        (found,) = judge(implies(circle, right))
        assert found.judgement.verdict is not Verdict.REFUTED
    (found,) = judge(implies(And(Eq(x * y, 1), Gt(x, 0)), Ge(x + y, 2)))
    assert found.judgement.verdict.holds
