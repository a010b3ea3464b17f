"""Proofs by cases and by induction."""

from __future__ import annotations

from collections.abc import Mapping

import pytest

from tests.reading import written
from verify.checks.equations import cases
from verify.config import Settings
from verify.model import Verdict

N = {"n": "integer", "z": "complex"}
M = {"m": "integer", "n": "integer", "z": "complex"}


PROVED = [
    ("bernoulli(n, 0)", "bernoulli(n)", {"n": "integer"}, ("Ge(n, 0)",)),
    ("fibonacci(n) + (-1)**n*fibonacci(-n)", "0", {"n": "integer"}, ()),
    ("sinc(z)", "Piecewise((sin(z)/z, Ne(z, 0)), (1, Eq(z, 0)))", {"z": "complex"}, ()),
    ("Derivative(exp(2*z), (z, n))", "2**n*exp(2*z)", N, ("Ge(n, 0)",)),
    ("Derivative(sin(z), (z, n))", "sin(z + pi*n/2)", N, ("Ge(n, 0)",)),
    ("Derivative(1/z, (z, n))", "(-1)**n*factorial(n)/z**(n + 1)", N, ("Ge(n, 0)", "Ne(z, 0)")),
    ("Derivative(cos(z), (z, n + 2))", "-Derivative(cos(z), (z, n))", N, ("Ge(n, 0)",)),
    ("Sum(binomial(k, n), (k, n, m))", "binomial(m + 1, n + 1)", M, ("Ge(m, n)", "Ge(n, 0)")),
    ("Sum(z**k, (k, n, m))", "(z**(m + 1) - z**n)/(z - 1)", M, ("Gt(m, n)", "Ne(z, 0)")),
    ("Derivative(digamma(z), (z, n))", "polygamma(n, z)", N, ("Ge(n, 0)", "Not(And(InZZ(z), Le(z, 0)))")),
]
OPEN = [
    ("bernoulli(n, 1)", "bernoulli(n, 0)", {"n": "integer"}, ("Ge(n, 0)",)),
    ("sinc(z)", "Piecewise((sin(z)/z, Ne(z, 0)), (0, Eq(z, 0)))", {"z": "complex"}, ()),
    ("Derivative(exp(2*z), (z, n))", "2**(n + 1)*exp(2*z)", N, ("Ge(n, 0)",)),
    ("Derivative(sin(z), (z, n))", "sin(z) + pi*n/2", N, ("Ge(n, 0)",)),
    ("Derivative(exp(z), (z, n))", "exp(z)", N, ("Eq(z, 0)", "Ge(n, 0)")),
    ("Sum(binomial(k, n), (k, n, m))", "binomial(m, n + 1)", M, ("Ge(m, n)", "Ge(n, 0)")),
    ("Sum(binomial(k, n), (k, n, m))", "binomial(m + 1, n + 1)", M, ("Ge(n, m)", "Ge(m, 0)")),
    ("Sum(k, (k, n, m))", "(m + n)*(m - n + 1)/2 + n", M, ("Ge(m, n)",)),
]


@pytest.mark.parametrize(("lhs", "rhs", "symbols", "given"), PROVED)
def test_proved(lhs: str, rhs: str, symbols: Mapping[str, str], given: tuple[str, ...]) -> None:
    evidence = cases.check(written(lhs, "=", rhs, symbols, given), Settings())
    assert evidence is not None and evidence.verdict is Verdict.PROVED


@pytest.mark.parametrize(("lhs", "rhs", "symbols", "given"), OPEN)
def test_not_proved(lhs: str, rhs: str, symbols: Mapping[str, str], given: tuple[str, ...]) -> None:
    assert cases.check(written(lhs, "=", rhs, symbols, given), Settings()) is None
