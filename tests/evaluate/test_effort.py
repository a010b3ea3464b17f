"""Work is counted, not timed: the same for whoever asks first and for whoever asks again."""

from __future__ import annotations

import pytest

from tests.reading import read
from verify.checks.common import space_of
from verify.checks.numbers import cost
from verify.evaluate.analysis.common import deeply
from verify.evaluate.effort import at_most, spend
from verify.evaluate.field import Indeterminate
from verify.evaluate.points import Point
from verify.evaluate.truth import at_point
from verify.terms import Rel


def _steps(line: str, most: float = 10**9) -> int:
    claim = read(line)
    with at_most(most) as effort:
        at_point(Point(), space_of(claim).real).relation(Rel(claim.relation, claim.lhs, claim.rhs))
    return effort.steps


@pytest.mark.parametrize(
    "line",
    ["Integral(exp(-t**2), (t, 0, 2)) < 1", "Sum(1/(k**2 + 3), (k, 1, oo)) < 1", "Integral(1/t**3, (t, 2, oo)) < 1"],
)
def test_what_is_remembered_counts_as_much_as_what_is_computed(line: str) -> None:
    assert _steps(line) == _steps(line) > 0


def test_beyond_the_limit_there_is_no_value() -> None:
    with deeply(2), pytest.raises(Indeterminate):
        _steps("Integral(exp(-t**2), (t, 0, 3)) < 1", 100)


def test_a_limit_within_a_limit() -> None:
    with at_most(10) as outer:
        with pytest.raises(Indeterminate), at_most(100):
            spend(11)
        assert outer.steps == 11
    with at_most(10):
        with at_most(5):
            spend(5)
        with pytest.raises(Indeterminate):
            spend(6)


def test_points_that_cost_more_than_is_left_are_left_out() -> None:
    claim = read("Sum(1/k, (k, 1, n)) < 100", ("n >= 1",))
    rel = Rel(claim.relation, claim.lhs, claim.rhs)
    (n,) = rel.lhs.free_symbols
    points = [Point({n: value}) for value in (3, 1000, 5)]
    assert [p.integers[n] for p in cost.affordable(rel, points, 100)] == [3, 5]
