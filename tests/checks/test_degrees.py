"""Relations of orthogonal polynomials for all degrees at once."""

from __future__ import annotations

import pytest

from tests.reading import written
from verify.checks.equations import degrees
from verify.config import Settings
from verify.model import Verdict

SYMBOLS = {"a": "complex", "b": "complex", "x": "real", "n": "integer", "k": "integer"}
GIVEN = ("Ge(n, 0)",)

RELATIONS = [
    ("Derivative(jacobi(n, a, b, x), x)", "(n + a + b + 1)/2*jacobi(n - 1, a + 1, b + 1, x)"),
    ("(1 - x)*jacobi(n, a + 1, b, x) + (1 + x)*jacobi(n, a, b + 1, x)", "2*jacobi(n, a, b, x)"),
    ("(n + a)*gegenbauer(n, a, x)", "a*(gegenbauer(n, a + 1, x) - gegenbauer(n - 2, a + 1, x))"),
    ("assoc_laguerre(n, a, x)", "assoc_laguerre(n, a + 1, x) - assoc_laguerre(n - 1, a + 1, x)"),
    ("Derivative(x**a*assoc_laguerre(n, a, x), x)", "(n + a)*x**(a - 1)*assoc_laguerre(n, a - 1, x)"),
    ("RisingFactorial(2*a + 1, n)*jacobi(n, a, a, x)", "RisingFactorial(a + 1, n)*gegenbauer(n, a + 1/2, x)"),
    ("(1 - x**2)*Derivative(chebyshevu(n, x), x)", "(n + 2)*x*chebyshevu(n, x) - (n + 1)*chebyshevu(n + 1, x)"),
]


@pytest.mark.parametrize(("lhs", "rhs"), RELATIONS)
def test_proved_and_a_neighbour_is_not(lhs: str, rhs: str) -> None:
    evidence = degrees.check(written(lhs, "=", rhs, SYMBOLS, GIVEN), Settings())
    assert evidence is not None and evidence.verdict is Verdict.PROVED
    for wrong in (f"-({rhs})", f"({rhs})*(n + 2)/(n + 1)", f"({rhs}) + x/1000"):
        assert degrees.check(written(lhs, "=", wrong, SYMBOLS, GIVEN), Settings()) is None


@pytest.mark.parametrize(
    ("lhs", "rhs"),
    [
        ("jacobi(n, a, b, -x)", "(-1)**n*jacobi(n, a, b, x)"),
        ("jacobi(n, a, b, -x)", "jacobi(n, b, a, x)"),
        ("gegenbauer(n, a, -x)", "gegenbauer(n, a, x)"),  # right for even degrees
        ("gegenbauer(k, a, x)", "gegenbauer(n, a, x)"),
        ("gegenbauer(n, 0, x)", "0"),  # poles that SymPy cancels as it puts the forms together
        ("jacobi(n, -1, b, x)", "0"),
        ("assoc_laguerre(n, -1, x)", "0"),
        ("jacobi(n, -k, b, x)*factorial(n)", "gamma(n + 1)*jacobi(n, -k, b, x)"),  # −k may be −1, −2, …
    ],
)
def test_not_proved(lhs: str, rhs: str) -> None:
    assert degrees.check(written(lhs, "=", rhs, SYMBOLS, GIVEN), Settings()) is None


def test_parity_is_for_degrees_that_are_not_negative() -> None:
    claim = written("legendre(n, -x)", "=", "(-1)**n*legendre(n, x)", SYMBOLS, ())
    assert degrees.check(claim, Settings()) is None
