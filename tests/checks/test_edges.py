"""Implications that fail only between two edges, closer than any points that are drawn."""

from __future__ import annotations

import pytest
from sympy import Rational, atan, exp, log, sqrt

from tests.judging import judge
from verify.model import Verdict
from verify.notation import Ge, Gt, Le, Lt, Or, iff, implies, positive, real
from verify.terms import Proposition

u, x, y = real("u x y")
c = positive("c")
GAP = Rational(1, 10**9)


@pytest.mark.parametrize(
    ("left", "right"),
    [
        (Gt(exp(u), c), Gt(u, log(c) + GAP)),
        (Gt(exp(u), 5), Gt(u, log(5) + GAP)),
        (Lt(atan(x), y), Lt(atan(x), y + GAP)),
        (Ge(x**2, 2), Or(Ge(x, sqrt(2)), Le(x, -sqrt(2) - GAP))),
        (Gt(x**3 + x, y), Gt(x**3 + x, y + GAP)),
        (Gt(x * exp(x), 1), Gt(x, Rational("0.56714329040"))),
    ],
)
def test_an_equivalence_that_fails_in_a_gap_is_refuted(left: Proposition, right: Proposition) -> None:
    (step,) = judge(iff(left, right))
    assert step.judgement.verdict is Verdict.REFUTED
    assert step.judgement.witness is not None


@pytest.mark.parametrize(
    ("left", "right"),
    [
        (Gt(exp(u), c), Gt(u, log(c))),
        (Gt(x * exp(x), 1), Gt(x, Rational("0.567"))),
        (Gt(x * exp(x), c), Gt(x + log(x), log(c))),
        (Lt(atan(x), y), Lt(atan(x), y + GAP)),
    ],
)
def test_an_implication_whose_gap_is_on_the_right_side_stands(left: Proposition, right: Proposition) -> None:
    (step,) = judge(implies(left, right))
    assert step.judgement.verdict in (Verdict.PROVED, Verdict.SUPPORTED)


def test_a_witness_between_edges_is_as_short_as_can_be() -> None:
    (step,) = judge(iff(Gt(u, 3), Gt(u, 3 + GAP)))
    assert step.judgement.witness is not None
    assert max(map(len, step.judgement.witness.point.values())) < 25
