"""Inequalities by derivatives and by sizes, and what is close to them and false."""

from __future__ import annotations

import pytest

from tests.reading import written
from verify.checks.inequalities import derivatives, sizes
from verify.config import Settings
from verify.model import Claim, Verdict


def read(lhs: str, relation: str, rhs: str, given: tuple[str, ...] = (), domain: str = "real") -> Claim:
    names = sorted(set("abxz") & set((lhs + rhs).replace("exp", "").replace("Abs", "").replace("tan", "")))
    return written(lhs, relation, rhs, dict.fromkeys(names, domain), given)


TRUE = [
    ("exp(x)", ">=", "1 + x", ()),
    ("log(x)", "<=", "x - 1", ("Gt(x, 0)",)),
    ("log(1 + x)", "<=", "x", ("Gt(x, -1)",)),
    ("sin(x)", "<", "x", ("Gt(x, 0)",)),
    ("Abs(sin(x))", "<=", "Abs(x)", ()),
    ("cos(x)", ">=", "1 - x**2/2", ()),
    ("sqrt(1 + x)", "<=", "1 + x/2", ("Ge(x, -1)",)),
    ("x/(1 + x)", "<=", "log(1 + x)", ("Ge(x, 0)",)),
    ("Abs(atan(x))", "<", "pi/2", ()),
]
FALSE = [
    ("exp(x)", ">", "1 + x", ()),
    ("sin(x)", "<", "x", ("Ge(x, 0)",)),
    ("tan(x)", ">=", "x", ("Ge(x, 0)",)),
    ("1/x", ">=", "2 - x", ()),
    ("Abs(atan(x))", "<", "3/2", ()),
    ("atan(x)", "<=", "pi/2 - exp(-x)", ()),
    ("exp(x)", ">=", "1 + x + x**2/2", ()),
    ("-Abs(a + b)", "<=", "-Abs(a) - Abs(b)", ()),
    ("log(1 + x)", ">=", "x/(1 + x) + x", ("Gt(x, -1)",)),
]


@pytest.mark.parametrize(("lhs", "relation", "rhs", "given"), TRUE)
def test_proved(lhs: str, relation: str, rhs: str, given: tuple[str, ...]) -> None:
    evidence = derivatives.check(read(lhs, relation, rhs, given), Settings())
    assert evidence is not None and evidence.verdict is Verdict.PROVED


@pytest.mark.parametrize(("lhs", "relation", "rhs", "given"), FALSE)
def test_not_proved(lhs: str, relation: str, rhs: str, given: tuple[str, ...]) -> None:
    wrong = read(lhs, relation, rhs, given)
    assert sizes.check(wrong, Settings()) is None and derivatives.check(wrong, Settings()) is None


@pytest.mark.parametrize(
    ("lhs", "rhs"),
    [("Abs(a + b)", "Abs(a) + Abs(b)"), ("Abs(im(z))", "Abs(z)"), ("Abs(a + re(b))", "Abs(a) + Abs(b)")],
)
def test_sizes_of_complex_numbers(lhs: str, rhs: str) -> None:
    evidence = sizes.check(read(lhs, "<=", rhs, domain="complex"), Settings())
    assert evidence is not None and evidence.verdict is Verdict.PROVED
