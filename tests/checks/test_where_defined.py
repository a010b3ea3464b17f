"""What both sides need to be defined, taken as given; logarithms and powers in polar coordinates."""

from __future__ import annotations

import pytest

from tests.reading import written
from verify.checks.equations import polar, where_defined
from verify.config import Settings
from verify.model import Verdict

COMPLEX = dict.fromkeys("zw", "complex") | dict.fromkeys("abcd", "real")

DEFINED = [
    ("acot(z)", "atan(1/z)"),
    ("acoth(z)", "atanh(1/z)"),
    ("acot(z*w)", "atan(1/(w*z))"),
    ("acot(z)*log(z)", "atan(1/z)*log(z)"),
]
NOT_THERE = [
    ("acot(z)", "pi/2 - atan(z)"),
    ("acot(z)", "Integral(a/(a**2 + z**2/z**2), (a, 0, 1)) + atan(z)"),
    ("acot(z)*Sum(1/z, (a, 1, 0))", "0*acot(z)"),  # an empty sum has a value at z = 0
]


@pytest.mark.parametrize(("lhs", "rhs"), DEFINED)
def test_where_both_sides_are_defined(lhs: str, rhs: str) -> None:
    evidence = where_defined.check(written(lhs, "=", rhs, COMPLEX), Settings())
    assert evidence is not None and evidence.verdict is Verdict.PROVED
    assert where_defined.check(written(lhs, "=", f"1001/1000*({rhs})", COMPLEX), Settings()) is None


@pytest.mark.parametrize(("lhs", "rhs"), NOT_THERE)
def test_not_where_more_is_wanted(lhs: str, rhs: str) -> None:
    assert where_defined.check(written(lhs, "=", rhs, COMPLEX), Settings()) is None


POLAR = [
    ("Abs(log(z))", "sqrt(log(Abs(z))**2 + arg(z)**2)"),
    ("log(Abs(z**w))", "re(w)*log(Abs(z)) - im(w)*arg(z)"),
    ("re((a + b*I)**c)", "Abs(a + b*I)**c*cos(c*arg(a + b*I))"),
    ("(a + b*I)**(d*I)", "exp(-d*arg(a + b*I))*(cos(d*log(Abs(a + b*I))) + I*sin(d*log(Abs(a + b*I))))"),
]
GIVEN = ("Ne(z, 0)", "Ne(a + b*I, 0)")
NOT_POLAR = [
    ("Derivative(log(z), z) + arg(z)", "arg(z)"),
    ("arg(z**w)", "re(w)*arg(z)"),  # up to whole turns
    ("log(z**2)", "2*log(Abs(z)) + 2*I*arg(z)"),
    ("log(z*w)", "log(Abs(z*w)) + I*arg(z) + I*arg(w)"),
    ("arg(conjugate(z))", "-arg(z)"),
    ("Abs(z**w)", "Abs(z)**re(w)"),
]


@pytest.mark.parametrize(("lhs", "rhs"), POLAR)
def test_polar_coordinates(lhs: str, rhs: str) -> None:
    evidence = polar.check(written(lhs, "=", rhs, COMPLEX, GIVEN), Settings())
    assert evidence is not None and evidence.verdict is Verdict.PROVED
    for wrong in (f"1001/1000*({rhs})", f"({rhs}) + arg(z)", rhs.replace("arg", "2*arg")):
        assert polar.check(written(lhs, "=", wrong, COMPLEX, GIVEN), Settings()) is None
    assert polar.check(written(lhs, "=", rhs, COMPLEX), Settings()) is None


@pytest.mark.parametrize(("lhs", "rhs"), NOT_POLAR)
def test_not_polar(lhs: str, rhs: str) -> None:
    assert polar.check(written(lhs, "=", rhs, COMPLEX, GIVEN), Settings()) is None
