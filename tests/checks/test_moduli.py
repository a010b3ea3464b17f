"""Sizes of functions of complex numbers: by squares, and by majorants of power series."""

from __future__ import annotations

import pytest

from tests.reading import written
from verify.checks.inequalities import majorants, moduli
from verify.config import Settings
from verify.model import Verdict

SYMBOLS = {"x": "real", "y": "real", "z": "complex"}

SQUARES = [
    ("Abs(sin(x + I*y))", "<=", "cosh(y)"),
    ("Abs(sin(x + I*y))", ">=", "sinh(Abs(y))"),
    ("Abs(sinh(y))", "<=", "Abs(cos(x + I*y))"),
    ("Abs(csc(x + I*y))", "<=", "csch(Abs(y))"),
    ("Abs(cosh(x + I*y))", "<=", "cosh(x)"),
    ("Abs(cos(z))", "<=", "cosh(im(z))"),
]
NOT_SQUARES = [
    ("Abs(sin(x + I*y))", "<=", "sinh(y)"),
    ("Abs(sin(x + I*y))", "<", "cosh(y)"),
    ("Abs(cos(x + I*y))", ">=", "cosh(y)"),
    ("Abs(cosh(x + I*y))", "<=", "cosh(y)"),
    ("Abs(cos(z))", "<=", "cosh(re(z))"),
    ("Abs(cos(z)) + Abs(sqrt(x))**2 - x", "<=", "cosh(im(z))"),  # x < 0 is not left out
    ("Abs(cos(z)) + Abs(log(x))**2", "<=", "cosh(im(z)) + log(x)**2"),
    ("Abs(csc(x + I*y))", "<=", "1/cosh(y)"),
]
MAJORANTS = [
    ("Abs(sin(z))", "<=", "sinh(Abs(z))", ()),
    ("Abs(sin(z))", "<", "exp(Abs(z))", ()),
    ("Abs(exp(z) - 1)", "<=", "exp(Abs(z)) - 1", ()),
    ("exp(Abs(z))", ">", "Abs(z*cos(z))/2", ("Abs(z)<1",)),
    ("Abs(log(1 + z))", "<=", "-log(1 - Abs(z))", ("Abs(z)<1",)),
    ("Abs(atan(z))", "<=", "-log(1 - Abs(z))", ("Abs(z)<=1",)),
]
NOT_MAJORANTS = [
    ("Abs(sin(z))", "<=", "sin(Abs(z))", ()),
    ("Abs(sin(z)) + Abs(sqrt(x))**2 - x", "<=", "sinh(Abs(z))", ()),
    ("Abs(sin(z))", "<", "sinh(Abs(z))", ()),  # they meet at 0
    ("Abs(sin(z))", ">=", "sinh(Abs(z))", ()),
    ("Abs(exp(z))", "<=", "exp(Abs(z)) - 1", ()),
    ("Abs(exp(-z) - 1)", "<=", "1 - exp(-Abs(z))", ()),
    ("Abs(log(1 + z))", "<=", "-log(1 - Abs(z))", ()),
    ("Abs(log(1 + z))", "<=", "Abs(z)", ("Abs(z)<1",)),
    ("Abs(atan(z))", "<=", "1000", ("Abs(z)<=1",)),
    ("Abs(1/sin(z))", "<=", "1/sinh(Abs(z))", ()),
]


@pytest.mark.parametrize(("lhs", "relation", "rhs"), SQUARES)
def test_by_squares(lhs: str, relation: str, rhs: str) -> None:
    evidence = moduli.check(written(lhs, relation, rhs, SYMBOLS), Settings())
    assert evidence is not None and evidence.verdict is Verdict.PROVED


@pytest.mark.parametrize(("lhs", "relation", "rhs"), NOT_SQUARES)
def test_not_by_squares(lhs: str, relation: str, rhs: str) -> None:
    assert moduli.check(written(lhs, relation, rhs, SYMBOLS), Settings()) is None


@pytest.mark.parametrize(("lhs", "relation", "rhs", "given"), MAJORANTS)
def test_by_majorants(lhs: str, relation: str, rhs: str, given: tuple[str, ...]) -> None:
    evidence = majorants.check(written(lhs, relation, rhs, SYMBOLS, given), Settings())
    assert evidence is not None and evidence.verdict is Verdict.PROVED


@pytest.mark.parametrize(("lhs", "relation", "rhs", "given"), NOT_MAJORANTS)
def test_not_by_majorants(lhs: str, relation: str, rhs: str, given: tuple[str, ...]) -> None:
    assert majorants.check(written(lhs, relation, rhs, SYMBOLS, given), Settings()) is None
