"""Polynomials of even and of odd degrees as hypergeometric functions of squares."""

from __future__ import annotations

import pytest

from tests.reading import written
from verify.checks.equations import even_and_odd_degrees
from verify.config import Settings
from verify.model import Verdict

SYMBOLS = {"a": "complex", "x": "complex", "n": "integer"}
GIVEN = ("Ge(n, 1)",)

# fmt: off
TRUE = [
    ("hermite(2*n + 1, x)", "(-1)**n*2**(2*n + 1)*factorial(n)*x*assoc_laguerre(n, 1/2, x**2)"),
    ("hermite(2*n + 2, x)", "(-1)**(n + 1)*factorial(2*n + 2)/factorial(n + 1)*hyper((-n - 1,), (1/2,), x**2)"),
    ("legendre(2*n, x)", "(-1)**n/4**n*binomial(2*n, n)*hyper((-n, n + 1/2), (1/2,), x**2)"),
    ("legendre(n, x)", "Sum((-1)**k*binomial(n, k)*binomial(2*n - 2*k, n)*x**(n - 2*k), (k, 0, floor(n/2)))/2**n"),
    ("chebyshevt(n, x)",
     "n/2*Sum((-1)**k*factorial(n - k - 1)/(factorial(k)*factorial(n - 2*k))*(2*x)**(n - 2*k), (k, 0, floor(n/2)))"),
    ("chebyshevu(n, x)", "Sum((-1)**k*binomial(n - k, k)*(2*x)**(n - 2*k), (k, 0, floor(n/2)))"),
    ("gegenbauer(2*n + 1, a, x)",
     "RisingFactorial(a, n + 1)/RisingFactorial(1/2, n + 1)*x*jacobi(n, a - 1/2, 1/2, 2*x**2 - 1)"),
    ("gegenbauer(2*n, a, x)", "RisingFactorial(a, n)/RisingFactorial(1/2, n)*jacobi(n, a - 1/2, -1/2, 2*x**2 - 1)"),
]
FALSE = [
    ("chebyshevu(n, x)", "Sum((-1)**k*binomial(n - k, k)*(2*x)**(n - 2*k), (k, 0, floor((n - 1)/2)))"),
    ("hermite(n, x)", "hermite(n, -x)"),  # right for even degrees
    ("legendre(2*n, x)", "(-1)**n/4**n*binomial(2*n, n)*hyper((-n, n + 1/2), (3/2,), x**2)"),
    ("gegenbauer(2*n, a, x)", "RisingFactorial(a, n)/RisingFactorial(1/2, n)*jacobi(n, a - 1/2, 1/2, 2*x**2 - 1)"),
    ("gegenbauer(2*n - 2, 0, x)", "0"),  # C₀ = 1
    ("hermite(2*n, x)", "(-1)**n*2**(2*n)*factorial(n)*assoc_laguerre(n, -1/2, x)"),
    ("hermite(n, x)*hermite(a, x)", "hermite(n, x)*hermite(a + 2, x)"),
]
# fmt: on


@pytest.mark.parametrize(("lhs", "rhs"), TRUE)
def test_proved_and_a_neighbour_is_not(lhs: str, rhs: str) -> None:
    evidence = even_and_odd_degrees.check(written(lhs, "=", rhs, SYMBOLS, GIVEN), Settings())
    assert evidence is not None and evidence.verdict is Verdict.PROVED
    for wrong in (f"-({rhs})", f"({rhs})*(n + 2)/(n + 1)", f"({rhs}) + x/1000", rhs.replace("x", "2*x")):
        assert even_and_odd_degrees.check(written(lhs, "=", wrong, SYMBOLS, GIVEN), Settings()) is None


@pytest.mark.parametrize(("lhs", "rhs"), FALSE)
def test_not_proved(lhs: str, rhs: str) -> None:
    assert even_and_odd_degrees.check(written(lhs, "=", rhs, SYMBOLS, GIVEN), Settings()) is None


def test_only_for_degrees_that_are_not_negative() -> None:
    claim = written("hermite(2*n, -x)", "=", "hermite(2*n, x)", SYMBOLS, ("Ge(n, -1)",))
    assert even_and_odd_degrees.check(claim, Settings()) is None


def test_principal_branches_stay_such() -> None:
    lhs = "hermite(2*n, I*x) + sqrt(x)*sqrt(x - 1)"  # −√(x² − x) for x < 0
    rhs = "(-1)**n*gamma(2*n + 1)/gamma(n + 1)*hyper((-n,), (1/2,), -x**2) + sqrt(x**2 - x)"
    real = {**SYMBOLS, "x": "real"}
    assert even_and_odd_degrees.check(written(lhs, "=", rhs, real, GIVEN), Settings()) is None
