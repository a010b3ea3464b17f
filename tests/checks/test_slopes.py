"""Equations by equal derivatives and one point, and integrals by antiderivatives."""

from __future__ import annotations

from collections.abc import Mapping
from types import ModuleType

import pytest

from tests.reading import written
from verify.checks.equations import antiderivatives, slopes
from verify.config import Settings
from verify.model import Verdict

X, Z = {"x": "real"}, {"z": "complex"}

SLOPES = [
    ("atan(sinh(x))", "2*atan(exp(x)) - pi/2", X, ()),
    ("acos(x) + asin(x)", "pi/2", X, ("Le(-1, x)", "Le(x, 1)")),
    ("2*atan(sqrt(x))", "acos((1 - x)/(1 + x))", X, ("Gt(x, 0)",)),
    ("Integral(sech(t), (t, 0, x))", "atan(sinh(x))", X, ()),
    ("Integral(t*erf(t), (t, 0, x))", "(2*x**2 - 1)*erf(x)/4 + x*exp(-x**2)/(2*sqrt(pi))", X, ()),
    ("Integral(exp(-t**2)*cos(t), (t, -z, z))", "2*Integral(exp(-t**2)*cos(t), (t, 0, z))", Z, ()),
    ("fresnels(z)", "Integral(sin(pi*t**2/2), (t, 0, z))", Z, ()),
    ("Integral((1 - cos(t))/t, (t, 0, z))", "Integral((1 - cos(2*t))/t, (t, 0, z/2))", Z, ()),
    ("Integral(t*besselj(1, t), (t, 0, z))", "Integral(besselj(0, t), (t, 0, z)) - z*besselj(0, z)", Z, ()),
    (
        "Integral(hermite(n, t)*exp(-t**2), (t, 0, x))",
        "hermite(n - 1, 0) - exp(-x**2)*hermite(n - 1, x)",
        {"x": "real", "n": "integer"},
        ("Ge(n, 1)",),
    ),
]
NOT_BY_SLOPES = [
    ("atan(1/x)", "pi/2 - atan(x)", X, ()),  # another constant for x < 0
    ("atan(1/x)", "pi/2 - atan(x)", X, ("Ne(x, 0)",)),
    ("x + legendre(n, -x)", "x + (-1)**n*legendre(n, x)", {"x": "real", "n": "integer"}, ()),  # not for n = −1
    ("atan((x + 1)/(1 - x))", "pi/4 + atan(x)", X, ()),
    ("log(x)", "log(-x)", X, ()),
    ("atan(sinh(x))", "2*atan(exp(x)) + pi/2", X, ()),
    ("sqrt(z**2)", "z", Z, ()),
    ("Integral(sin(x*t)/t, (t, 0, 1))", "Si(x)", X, ()),  # the variable under the integral sign
    ("Integral(Abs(t - 1), (t, 0, x))", "x - x**2/2", X, ()),
    ("atan(z)", "2*atan(z/(1 + sqrt(1 + z**2)))", Z, ()),  # these have cuts
]
AREAS = [
    ("4*Integral(1/(1 + t**2), (t, 0, 1))", "pi", {}, ()),
    ("Integral(sin(t)/cos(t)**2, (t, 0, pi/3))", "1", {}, ()),
    (
        "Integral(1/(a*t + b)**c, (t, x, oo))",
        "1/(a*(c - 1)*(a*x + b)**(c - 1))",
        dict.fromkeys("abcx", "real"),
        ("Gt(a, 0)", "Gt(a*x + b, 0)", "Gt(c, 1)"),
    ),
    ("Integral(sqrt(1 - r**2)*(a + b*r), (r, 0, 1))", "pi*a/4 + b/3", {"a": "complex", "b": "complex"}, ()),
    ("Integral(1/(a**2 + t**2), (t, -oo, oo))", "pi/a", {"a": "positive"}, ()),
    ("Integral(t/(1 + t)**3, (t, 0, oo))", "1/2", {}, ()),
    ("Integral(1/t, (t, 1, y))", "log(y)", {"y": "positive"}, ()),
    ("Integral(exp(-I*t**2), (t, 0, 1))", "sqrt(pi)*(1 - I)*erf((1 + I)/sqrt(2))/(2*sqrt(2))", {}, ()),
    ("Integral(log(1 + t)/(1 + t), (t, 0, 1))", "log(2)**2/2", {}, ()),
]
NOT_BY_AREAS = [
    ("Integral(1/t**2, (t, -1, 1))", "-2", {}, ()),  # no antiderivative is continuous there
    ("Integral(1/t, (t, -1, y))", "log(y)", {"y": "real"}, ("Gt(y, 0)",)),
    ("Integral(1/(2 + cos(t)), (t, 0, 2*pi))", "0", {}, ()),  # atan of the tangent of the half angle jumps
    ("Integral(tan(t), (t, 0, pi))", "0", {}, ()),
    ("Integral(1/(1 - t)**2, (t, 0, 2))", "-2", {}, ()),
    ("Integral(1/(a**2 + t**2), (t, -oo, oo))", "pi/a", {"a": "real"}, ()),
    ("Integral(t**n, (t, 1, 2))*(n + 1)", "2**(n + 1) - 1", {"n": "integer"}, ()),
    ("Integral(1/(1 + t), (t, 0, oo))", "1", {}, ()),
    ("Integral(Derivative(f, t), (t, 0, 1))", "f", {"f": "real"}, ()),
]


@pytest.mark.parametrize(
    ("check", "claims"), [(slopes, SLOPES), (antiderivatives, AREAS)], ids=["slopes", "antiderivatives"]
)
def test_proved(check: ModuleType, claims: list[tuple[str, str, Mapping[str, str], tuple[str, ...]]]) -> None:
    for lhs, rhs, symbols, given in claims:
        evidence = check.check(written(lhs, "=", rhs, symbols, given), Settings())
        assert evidence is not None and evidence.verdict is Verdict.PROVED, lhs


@pytest.mark.parametrize(
    ("check", "claims"), [(slopes, NOT_BY_SLOPES), (antiderivatives, NOT_BY_AREAS)], ids=["slopes", "antiderivatives"]
)
def test_not_proved(check: ModuleType, claims: list[tuple[str, str, Mapping[str, str], tuple[str, ...]]]) -> None:
    for lhs, rhs, symbols, given in claims:
        assert check.check(written(lhs, "=", rhs, symbols, given), Settings()) is None, lhs


@pytest.mark.parametrize(("check", "claims"), [(slopes, SLOPES), (antiderivatives, AREAS)], ids=["slopes", "areas"])
def test_neighbours_are_not_proved(
    check: ModuleType, claims: list[tuple[str, str, Mapping[str, str], tuple[str, ...]]]
) -> None:
    for lhs, rhs, symbols, given in claims:
        wrong = written(lhs, "=", f"({rhs}) + Rational(1, 1000)", symbols, given)
        assert check.check(wrong, Settings()) is None, lhs
