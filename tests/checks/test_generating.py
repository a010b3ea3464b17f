"""Sequences by their exponential generating functions."""

from __future__ import annotations

import pytest

from tests.reading import written
from verify.checks.equations import generating
from verify.config import Settings
from verify.model import Verdict

SYMBOLS = {"n": "integer", "m": "integer", "x": "real", "y": "real", "w": "complex"}
GIVEN = ("Ge(n, 0)", "Ge(m, 0)")

# fmt: off
TRUE = [
    ("bell(n + 2)", "Sum(binomial(n + 1, k)*bell(k), (k, 0, n + 1))"),
    ("bell(n + 1)", "Sum(stirling_s2(n + 1, k), (k, 0, n + 1))"),
    ("Sum(binomial(n, k)*euler(k, x)*euler(n - k, y), (k, 0, n))",
     "2*(1 - x - y)*euler(n, x + y) + 2*euler(n + 1, x + y)"),
    ("bernoulli(n, x + 1/2)", "2**(1 - n)*bernoulli(n, 2*x) - bernoulli(n, x)"),
    ("n*euler(n - 1, x)", "2*bernoulli(n, x) - 2**(n + 1)*bernoulli(n, x/2)"),
    ("Sum(binomial(n + 1, k)*bernoulli(k, x), (k, 0, n))", "(n + 1)*x**n"),
    ("Sum((-1)**k*stirling_s2(n, k)*factorial(k), (k, 0, n))", "(-1)**n"),
    ("hermite(n, x + y)", "Sum(binomial(n, k)*hermite(k, x)*(2*y)**(n - k), (k, 0, n))"),
    ("stirling_s2(n + 1, m + 1)", "(m + 1)*stirling_s2(n, m + 1) + stirling_s2(n, m)"),
    ("fibonacci(n)", "Sum(binomial(n, k)*(-1)**(k + 1)*fibonacci(k), (k, 0, n))"),
    ("Sum(binomial(n, k)*bernoulli(k, x)/(n - k + 1), (k, 0, n))", "x**n"),
]
FALSE = [
    ("bell(n + 1)", "Sum(binomial(n, k)*bell(k), (k, 0, n - 1))"),
    ("bell(n)", "Sum(stirling_s2(n, k), (k, 0, n - 1))"),
    ("bell(n)", "Sum(stirling_s2(n, k), (k, 1, n))"),  # not for n = 0
    ("Sum(binomial(n, k)*bernoulli(k, 0), (k, 0, n - 1))", "0"),  # not for n = 1
    ("Sum(binomial(n, k)*bernoulli(k), (k, 0, n))", "bernoulli(n, 0)"),
    ("stirling_s2(n, m)", "1/factorial(m)*Sum((-1)**j*binomial(m, j)*j**n, (j, 0, m))"),
    ("hermite(n, x)", "factorial(n)*Sum((2*x)**(n - 2*k)/(factorial(k)*factorial(n - 2*k)), (k, 0, floor(n/2)))"),
    ("fibonacci(n - 1)", "fibonacci(n + 1) - fibonacci(n) + 0**n"),  # it has a value for n = 0
    ("bernoulli(n, x)", "(-1)**n*bernoulli(n, x)"),
    ("hermite(n, x)", "hyper((-n,), (1/2,), x**2)"),
]
# fmt: on


@pytest.mark.parametrize(("lhs", "rhs"), TRUE)
def test_proved_and_a_neighbour_is_not(lhs: str, rhs: str) -> None:
    evidence = generating.check(written(lhs, "=", rhs, SYMBOLS, GIVEN), Settings())
    assert evidence is not None and evidence.verdict is Verdict.PROVED
    for wrong in (f"-({rhs})", f"({rhs})*(n + 2)/(n + 1)", f"({rhs}) + x/1000", f"2**n*({rhs})"):
        assert generating.check(written(lhs, "=", wrong, SYMBOLS, GIVEN), Settings()) is None


@pytest.mark.parametrize(("lhs", "rhs"), FALSE)
def test_not_proved(lhs: str, rhs: str) -> None:
    assert generating.check(written(lhs, "=", rhs, SYMBOLS, GIVEN), Settings()) is None


def test_the_first_terms_are_of_no_account_where_n_starts_later() -> None:
    lhs = "Sum(binomial(n, k)*bernoulli(k, 0), (k, 0, n - 1))"
    evidence = generating.check(written(lhs, "=", "0", {"n": "integer"}, ("Ge(n, 2)",)), Settings())
    assert evidence is not None and evidence.verdict is Verdict.PROVED
    assert generating.check(written(lhs, "=", "0", {"n": "integer"}), Settings()) is None
