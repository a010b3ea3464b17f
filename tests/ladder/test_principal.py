"""Where no real point is left: an equation is read once more, with principal branches at the same real symbols."""

from __future__ import annotations

import pytest
from sympy import Derivative, Expr, Rational, Symbol, acosh, atanh, log, sqrt

from verify.config import Settings
from verify.ladder import PRINCIPAL, settle
from verify.model import Claim, Givens, Judgement, Relation, Verdict

x = Symbol("x", positive=True)
y = Symbol("y", positive=True)


def _settle(lhs: Expr, rhs: Expr) -> Judgement:
    return settle(Claim("t:1", lhs, Relation.EQ, rhs, Givens((x, y))), Settings())


def test_a_derivative_of_atanh_above_one_is_proved() -> None:
    found = _settle(Derivative(-2 * atanh(sqrt(1 + x)), x), 1 / (x * sqrt(1 + x)))
    assert found.verdict is Verdict.PROVED
    assert found.scope.startswith(PRINCIPAL)


def test_a_slip_in_it_is_refuted_with_a_witness() -> None:
    found = _settle(Derivative(-2 * atanh(sqrt(1 + x)), x), -1 / (x * sqrt(1 + x)))
    assert found.verdict is Verdict.REFUTED
    assert found.witness is not None
    assert found.scope.startswith(PRINCIPAL)


def test_a_slip_with_a_root_of_what_may_be_negative_is_refuted_too() -> None:
    """Where numbers cannot tell whether a point is real, they say nothing at all."""
    found = _settle(Derivative(-2 * atanh(sqrt(y + 1 / x) / sqrt(y)), x), (y - 1 / x) ** Rational(3, 2))
    assert found.verdict is Verdict.REFUTED
    assert found.witness is not None


@pytest.mark.parametrize(
    ("lhs", "rhs"),
    [
        (sqrt(-x) ** 2, -x),
        (log(-x * y) - log(-x), log(y)),
        (sqrt(-1 - x) * sqrt(-1 - y), -sqrt((1 + x) * (1 + y))),
    ],
)
def test_identities_of_negative_arguments(lhs: Expr, rhs: Expr) -> None:
    assert _settle(lhs, rhs).verdict is Verdict.PROVED


def test_no_positivity_is_assumed_of_what_is_not_real() -> None:
    found = _settle(sqrt(-x) * sqrt(-y), sqrt(x * y))
    assert found.verdict is Verdict.REFUTED
    assert found.witness is not None


def test_what_may_hold_where_it_is_real_is_not_refuted_elsewhere() -> None:
    far = Rational(10**9)
    found = _settle(log((x - far) * (x - 2 * far)), log(x - far) + log(x - 2 * far))
    assert found.verdict in (Verdict.UNDECIDED, Verdict.PROVED)


def test_where_real_points_exist_nothing_changes() -> None:
    found = _settle(Derivative(acosh(x), x), 1 / sqrt(x**2 - 1))
    assert found.verdict is Verdict.PROVED
    assert PRINCIPAL not in found.scope
