"""Products of symbolic length in the canonical form, finite and infinite; and what is no such product."""

from __future__ import annotations

import pytest
from sympy import (
    Derivative,
    Expr,
    Product,
    Rational,
    S,
    Sum,
    Symbol,
    exp,
    factorial,
    gamma,
    log,
    oo,
    pi,
    rf,
    sin,
    symbols,
)

from verify.facts import Facts
from verify.model import Givens
from verify.normal import expand_derivatives, prove_equal
from verify.notation import dimension, vector

x, y = symbols("x y", real=True)
p = Symbol("p", positive=True)
m = Symbol("m", integer=True, positive=True)
j = Symbol("j", integer=True)  # may be negative
k = Symbol("k", integer=True)
n = dimension("n")
a, b = vector("a", n), vector("b", n, positive=True)
FACTS = Facts(Givens(symbols=(x, y, p, m, j, n)), real_mode=True)


def over(f: Expr, first: object = 1, last: object = n) -> Expr:
    return Product(f, (k, first, last))


TRUE = [
    (over(x), x**n),
    (over(x * a[k]), x**n * over(a[k])),
    (over(a[k] ** 2), over(a[k]) ** 2),
    (over(a[k] / b[k]), over(a[k]) / over(b[k])),
    (over(exp(a[k] * x)), exp(x * Sum(a[k], (k, 1, n)))),
    (over(p ** a[k]), p ** Sum(a[k], (k, 1, n))),
    (over(a[k], 1, 3), a[1] * a[2] * a[3]),
    (over(a[k], 2, 1), S.One),  # nothing to multiply
    (over(a[k], 3, 1), S.One),  # not Karr's convention
    (over(k, 1, m), factorial(m)),
    (over(2 * k, 1, m), 2**m * factorial(m)),
    (over(p + k, 0, m - 1), rf(p, m)),
    (over((p + k) / (p + k + 1), 0, m), p / (p + m + 1)),
    (over(Product(p, (j, 1, n)), 1, m), p ** (n * m)),
    (log(over(b[k])), Sum(log(b[k]), (k, 1, n))),
    (over(k * (k + 2) / (k + 1) ** 2, 1, oo), Rational(1, 2)),
    (over(1 - 1 / k**2, 2, oo), Rational(1, 2)),
    (over(1 + p / (k * (k + p + 1)), 1, oo), p + 1),
    (over(1 - Rational(1, 4) / k**2, 1, oo), 2 / pi),
]
FALSE = [
    (over(x), x ** (n - 1)),
    (over(x, 1, j), x**j),  # for j < 0 the range is empty
    (over(x * a[k]), x * over(a[k])),
    (over(a[k] + b[k]), over(a[k]) + over(b[k])),
    (over(x ** a[k]), x ** Sum(a[k], (k, 1, n))),  # x may be negative
    (over(k, 1, j), factorial(j)),
    (over(x + k, 0, m - 1), gamma(x + m) / gamma(x) + 1),
    (over(a[k], 2, n), over(a[k])),
    (over(k * (k + 2) / (k + 1) ** 2, 1, oo), S.One),
]


@pytest.mark.parametrize(("lhs", "rhs"), TRUE, ids=str)
def test_products_that_are_equal(lhs: Expr, rhs: Expr) -> None:
    assert prove_equal(lhs, rhs, FACTS, convergent=True) is not None


@pytest.mark.parametrize(("lhs", "rhs"), FALSE, ids=str)
def test_products_that_are_not(lhs: Expr, rhs: Expr) -> None:
    assert prove_equal(lhs, rhs, FACTS, convergent=True) is None


@pytest.mark.parametrize(
    "endless",
    [
        over(1 + 1 / k, 1, oo),  # it grows without bound
        over(Rational(1, 2) + 0 * k, 1, oo),
        over((k + 1) / (k + 2), 1, oo),
        over(1 + 1 / (k**2 + k + 1), 1, oo),  # no linear factors
        over(1 + a[k] / k**2, 1, oo),
        over(k / (k + 1), -oo, 0),
    ],
    ids=str,
)
def test_what_may_not_converge_is_no_number(endless: Expr) -> None:
    assert prove_equal(endless + x, endless + x + 0 * x, FACTS, convergent=True) is None


def test_the_derivative_of_a_product() -> None:
    product = over(x + b[k])
    slope = expand_derivatives(Derivative(product, x), FACTS)
    assert prove_equal(slope, product * Sum(1 / (x + b[k]), (k, 1, n)), FACTS) is not None
    wrong = expand_derivatives(Derivative(over(sin(x) + 2 + b[k]), x), FACTS)
    assert prove_equal(wrong, over(sin(x) + 2 + b[k]) * Sum(1 / (sin(x) + 2 + b[k]), (k, 1, n)), FACTS) is None
