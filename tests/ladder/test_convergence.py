"""Infinite sums and integrals: proved where they converge somewhere within the givens, never where they diverge."""

from __future__ import annotations

import pytest

from tests.reading import written
from verify.config import Settings
from verify.ladder import settle
from verify.model import Doubt, Judgement, Verdict

GEOMETRIC = ("Sum(r**k, (k, 0, oo))", "1/(1 - r)")
EULER = ("Integral(x**(s - 1)*exp(-x), (x, 0, oo))", "gamma(s)")
LAPLACE = ("Integral(exp(-s*x), (x, 0, oo))", "1/s")
DAMPED = ("Integral(cos(b*x)*exp(-a*x), (x, 0, oo))", "a/(a**2 + b**2)")
GAUSS = ("hyper((a, b), (c,), 1)", "gamma(c)*gamma(c - a - b)/(gamma(c - a)*gamma(c - b))")
COMPLEX = dict.fromkeys("abc", "complex")

CONVERGENT = [
    (*GEOMETRIC, {"r": "complex"}, [], "Abs(r) < 1"),
    (*GEOMETRIC, {"r": "complex"}, ["Abs(r) < 1"], ""),
    (*GEOMETRIC, {"r": "real"}, ["r > -1", "r < 1"], ""),
    (*LAPLACE, {"s": "complex"}, [], "re(s) > 0"),
    (*LAPLACE, {"s": "positive"}, [], ""),
    (*EULER, {"s": "complex"}, [], "re(s) > 0"),
    (*EULER, {"s": "positive"}, [], ""),
    (*DAMPED, {"a": "positive", "b": "real"}, [], ""),
    (*GAUSS, COMPLEX, [], "re(c) - re(a) - re(b) > 0"),
    ("Sum((-1)**(k + 1)/k, (k, 1, oo))", "log(2)", {}, [], ""),
    ("Sum(binomial(n, k)*z**k, (k, 0, oo))", "(1 + z)**n", {"n": "integer", "z": "complex"}, ["n >= 0"], ""),
]
DIVERGENT = [
    ("Sum((-1)**k, (k, 0, oo))", "1/2", {}, []),
    ("Sum(2**k, (k, 0, oo))", "-1", {}, []),
    ("Sum(exp(a*k), (k, 0, oo))", "1/(1 - exp(a))", {"a": "positive"}, []),
    (*GEOMETRIC, {"r": "complex"}, ["Abs(r) > 1"]),
    (*GEOMETRIC, {"r": "real"}, ["r > 2"]),
    ("Integral(cos(x), (x, 0, oo))", "0", {}, []),
    (*LAPLACE, {"s": "complex"}, ["re(s) < 0"]),
    (*GAUSS, COMPLEX, ["re(c - a - b) < 0"]),
    ("a*Sum(r**k, (k, 0, oo))", "Sum(a*r**k, (k, 0, oo))", {"a": "real", "r": "real"}, ["r > 2"]),
    ("Sum(1/k, (k, 1, oo))", "Sum(1/k, (k, 1, oo))", {}, []),
    ("2*Sum((-1)**k, (k, 0, oo))", "Sum(2*(-1)**k, (k, 0, oo))", {}, []),
    ("2*Integral(sin(x)/x**3, (x, 0, 1))", "Integral(2*sin(x)/x**3, (x, 0, 1))", {}, []),
]


def _settle(lhs: str, rhs: str, symbols: dict[str, str], given: list[str]) -> Judgement:
    return settle(written(lhs, "=", rhs, symbols, given), Settings())


@pytest.mark.parametrize(("lhs", "rhs", "symbols", "given", "condition"), CONVERGENT, ids=str)
def test_what_converges(lhs: str, rhs: str, symbols: dict[str, str], given: list[str], condition: str) -> None:
    found = _settle(lhs, rhs, symbols, given)
    assert found.verdict is Verdict.PROVED
    assert condition in found.conditions if condition else not any("re(" in c or "Abs" in c for c in found.conditions)


@pytest.mark.parametrize(("lhs", "rhs", "symbols", "given"), DIVERGENT, ids=str)
def test_what_diverges(lhs: str, rhs: str, symbols: dict[str, str], given: list[str]) -> None:
    assert _settle(lhs, rhs, symbols, given).verdict is Verdict.UNDECIDED


def test_the_end_of_a_range_stays_within_its_domain() -> None:
    """A witness must satisfy what the givens say of the end of a range: negative, prime."""
    assert _settle("Sum(k, (k, 1, n))", "0", {"n": "integer"}, ["n <= 0"]).verdict is not Verdict.REFUTED
    assert _settle("Sum(k, (k, 1, n))", "0", {"n": "integer"}, ["n <= 1"]).verdict is Verdict.REFUTED
    assert _settle("Sum(1, (k, 2, p))*totient(p)", "totient(p)**2", {"p": "prime"}, []).verdict is not Verdict.REFUTED


ENDLESS_PRODUCTS = [
    ("sin(z)/z", "Product(sin(z/2**n), (n, 1, oo))", {"z": "complex"}),  # the factors tend to 0
    ("sin(x)/x", "Product(cos(x), (n, 2, oo))", {"x": "real"}),  # they stay below 1
    ("0", "Product(1 - 1/(n + 1)**2, (n, 1, oo))", {}),  # they tend to 1, and the products to 1/2
]


@pytest.mark.parametrize(("lhs", "rhs", "symbols"), ENDLESS_PRODUCTS, ids=str)
def test_endless_products_that_are_something_else(lhs: str, rhs: str, symbols: dict[str, str]) -> None:
    assert _settle(lhs, rhs, symbols, []).verdict is Verdict.REFUTED


def test_an_endless_product_that_tends_to_zero_has_all_its_factors_first() -> None:
    assert _settle("0", "Product(1/(n + 3), (n, 1, oo))", {}, []).verdict is Verdict.PROVED
    assert _settle("0", "Product(1/(n - 3), (n, 1, oo))", {}, []).verdict is Verdict.UNDECIDED


def test_a_divergent_sum_within_a_side_is_told() -> None:
    found = _settle("pi", "Sum(1/(16**n*(Sum(8*k, (k, 0, oo)) + 1)), (n, 0, oo))", {}, [])
    assert found.verdict is Verdict.UNDECIDED
    assert found.reason == Doubt.RIGHT_NOWHERE.value


VANISHING = [
    ("Integral(a*exp(-a*x), (x, 0, oo))", "1", {"a": "complex"}, []),
    ("Integral(a*exp(-a*x), (x, 0, oo))", "1", {"a": "real"}, ["a >= 0"]),
    ("Sum(a*(1 - a)**k, (k, 0, oo))", "1", {"a": "real"}, ["a >= 0", "a <= 1"]),
    ("Sum(x**(k + 1) - x**k, (k, 0, oo))", "-1", {"x": "real"}, ["x > 0", "x <= 1"]),
]


@pytest.mark.parametrize(("lhs", "rhs", "symbols", "given"), VANISHING, ids=str)
def test_a_factor_that_vanishes_where_the_rest_diverges(
    lhs: str, rhs: str, symbols: dict[str, str], given: list[str]
) -> None:
    """There both sides have a value: a proof that takes convergence for granted does not cover it."""
    assert _settle(lhs, rhs, symbols, given).verdict is Verdict.REFUTED


def test_a_condition_of_one_claim_is_not_told_of_another() -> None:
    assert _settle("Sum(exp(a*k), (k, 0, oo))", "1/(1 - exp(a))", {"a": "complex"}, []).verdict is Verdict.PROVED
    assert _settle("a + 1", "1 + a", {"a": "complex"}, []).scope == ""
    first, second = (_settle(*LAPLACE, {"s": "complex"}, []).scope for _ in range(2))
    assert first == second


@pytest.mark.parametrize(("side", "scope"), [("log(a)/sqrt(a)", "a > 0"), ("sqrt(a)/a", "a > 0"), ("1/a", "a ≠ 0")])
def test_each_condition_is_told_once(side: str, scope: str) -> None:
    assert _settle(side, f"({side})*exp(0*a)", {"a": "real"}, []).scope == scope
