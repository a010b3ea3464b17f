"""What must not be proved: branch cuts, empty ranges, points where only one side is defined, captured indices."""

from __future__ import annotations

import pytest
from sympy import (
    Abs,
    Derivative,
    Eq,
    Expr,
    I,
    Integer,
    KroneckerDelta,
    Max,
    Min,
    Piecewise,
    Product,
    Rational,
    Subs,
    Sum,
    Symbol,
    acos,
    acosh,
    acot,
    asin,
    asinh,
    atan,
    beta,
    binomial,
    cos,
    cosh,
    exp,
    factorial,
    gamma,
    hyper,
    log,
    lowergamma,
    pi,
    polygamma,
    sign,
    sin,
    sinh,
    sqrt,
    symbols,
    tan,
    tanh,
    uppergamma,
)

from verify.facts import Facts
from verify.model import Givens
from verify.normal import TooLarge, canonical, differentiate, linear_in, prove_equal, prove_zero
from verify.terms import Array, Axis, Frac, Index, entry, relu, sigmoid, softplus

x, y = symbols("x y", real=True)
p, q = symbols("p q", positive=True)
z, w = symbols("z w")
n = Symbol("n", integer=True, positive=True)
m = Symbol("m", integer=True)  # may be negative: its ranges may be empty
k, j = symbols("k j", integer=True)
o, u = Index("o", 1, n), Index("u", 1, n)
a = Array("a", (Axis(1, n),))
b = Array("b", (Axis(1, n),))
REAL = Facts(Givens(symbols=(x, y, p, q, n, m, o, u)))
COMPLEX = Facts(Givens(symbols=(z, w, x, p, n)), real_mode=False)


def total(body: Expr, lo: Expr | int = 1, hi: Expr = n) -> Expr:
    return Sum(body, (k, lo, hi))


TRUE = [
    (sqrt(x**2), Abs(x)),
    (log(x**2), 2 * log(Abs(x))),
    (log(x**2), 2 * log(-x)),  # asserted only where log(−x) is real
    (log(p * q), log(p) + log(q)),
    (log(p**x), x * log(p)),
    ((p * q) ** x, p**x * q**x),
    (p ** (x + y), p**x * p**y),
    (sqrt(1 - x) * sqrt(1 + x), sqrt(1 - x**2)),
    (sigmoid(x) + sigmoid(-x), 1),
    (softplus(x) - softplus(-x), x),
    (relu(x) - relu(-x), x),
    (relu(x) + relu(-x), Abs(x)),
    (relu(x) * relu(-x), 0),
    (Max(x, y) + Min(x, y), x + y),
    (sign(x) * Abs(x), x),
    (sign(x) * x, Abs(x)),
    (Piecewise((x, x > 0), (-x, True)), Abs(x)),
    (Piecewise((sin(x) / x, x > 0), (sin(x) / x, x < 0), (1, True)) * x, sin(x)),
    (tanh(x), 2 * sigmoid(2 * x) - 1),
    (cosh(x) ** 2 - sinh(x) ** 2, 1),
    (asinh(x), log(x + sqrt(x**2 + 1))),
    (sin(x + y), sin(x) * cos(y) + cos(x) * sin(y)),
    (tan(2 * x), 2 * tan(x) / (1 - tan(x) ** 2)),
    (cos(n * pi), (-1) ** n),
    (asin(x) + acos(x), pi / 2),
    (factorial(n + 1), (n + 1) * factorial(n)),
    (binomial(n + 1, k), binomial(n, k) * (n + 1) / (n + 1 - k)),
    (gamma(p + 2), p * (p + 1) * gamma(p)),
    (sqrt(2) * sqrt(3), sqrt(6)),
    (1 / (sqrt(2) - 1), sqrt(2) + 1),
    (sqrt(sin(x) ** 2), sqrt(1 - cos(x) ** 2)),
    (sqrt(1 - cos(x)) * sqrt(1 + cos(x)), Abs(sin(x))),
    (p ** (x / (x + y)) * p ** (y / (x + y)), p),
    (sqrt(5 - sqrt(5)) * sqrt(5 + sqrt(5)), 2 * sqrt(5)),
    (sin(p + q * x) ** 2 + cos(p + q * x) ** 2, 1),
    (cos(2 * p + 2 * q * x), cos(p) * cos(p + 2 * q * x) - sin(p) * sin(p + 2 * q * x)),
    (cos(x - y) - cos(x + y), 2 * sin(x) * sin(y)),
    (asinh(tan(2 * x + 2 * y)), asinh((tan(2 * x) + tan(2 * y)) / (1 - tan(2 * x) * tan(2 * y)))),
    (Derivative(sin(p + q * x) / cos(p + q * x), x), q / cos(p + q * x) ** 2),
    # sums
    (Sum(k * a[k], (k, 1, 3)), a[1] + 2 * a[2] + 3 * a[3]),
    (Sum(a[j], (j, Max(1, k - 1), Min(3, k + 1)), (k, 1, 3)), 2 * a[1] + 3 * a[2] + 2 * a[3]),
    (total(a[k] + b[k]), total(a[j].subs(j, k)) + Sum(b[j], (j, 1, n))),
    (total(2), 2 * n),
    (total(KroneckerDelta(k, o) * a[k]), a[o]),
    (total(sigmoid(a[k])) + total(sigmoid(-a[k])), n),
    (Sum(a[k] * b[j], (k, 1, n), (j, 1, n)), total(a[k]) * total(b[k])),
    (Sum(Sum(a[k] ** j, (k, 1, n)), (j, 1, n)), Sum(Sum(a[k] ** j, (j, 1, n)), (k, 1, n))),
    (Sum(a[k], (k, 1, n)), Sum(a[k], (k, 1, n - 1)) + a[n]),
    (exp(total(a[k])), Product(exp(a[k]), (k, 1, n))),
    (log(Product(exp(a[k]), (k, 1, n))), total(a[k])),
    (Product(a[k] * b[k], (k, 1, n)), Product(a[k], (k, 1, n)) * Product(b[j], (j, 1, n))),
    (Sum(k * Sum(k * a[k], (k, 1, n)), (k, 1, n)), Sum(j, (j, 1, n)) * Sum(k * a[k], (k, 1, n))),
    (KroneckerDelta(o, u) * a[o], KroneckerDelta(o, u) * a[u]),
    (Derivative(total(a[k] ** 2), a[o]), 2 * a[o]),
    (Subs(Derivative(sin(x), x), x, 2 * y), cos(2 * y)),
]
FALSE = [
    (sqrt(x**2), x),
    (sqrt(x**2 + y**2), x + y),
    (Abs(x), x),
    (sign(x) ** 2, 1),  # fails at 0
    (sign(x) * sign(x) * Abs(x), x),
    (relu(x), x),
    (relu(x + y), relu(x) + relu(y)),
    (Max(x, y), x),
    (Piecewise((1, Eq(x, 0)), (2, True)), 2),
    (Piecewise((0, x < 0), (1, True)), Piecewise((0, x <= 0), (1, True))),
    (sigmoid(x + 40), 1),
    (acot(-x, evaluate=False), -acot(x)),  # fails at 0
    (sin(x + pi / 3), sin(x)),
    (cos(m * pi), 1),
    (exp(x) ** 2, exp(x**2)),
    (log(2), log(3)),
    (asin(sin(x)), x),
    (atan(tan(x)), x),
    (p**x, x**p),
    (sqrt(1 - cos(x) ** 2), sin(x)),
    (cos(p + q * x), cos(p - q * x)),
    (sqrt(5 - sqrt(5)), sqrt(5 + sqrt(5))),
    (p ** (x / (x + y)), p ** (y / (x + y))),
    # sums
    (total(1, 1, m), m),  # m may be negative: the sum is 0, not m
    (total(KroneckerDelta(k, m) * a[k]), a[m]),  # m may lie outside
    (total(KroneckerDelta(k, o) * a[k]), a[u]),
    (total(a[k]), n * a[o]),
    (total(a[k] * b[k]), total(a[k]) * total(b[k])),
    (total(a[k]) ** 2, total(a[k] ** 2)),
    (Sum(a[k], (k, 1, m + 1)), Sum(a[k], (k, 1, m)) + a[m + 1]),  # m = −2
    (Sum(a[k], (k, 1, m)) + Sum(a[k], (k, m + 1, n)), total(a[k])),
    (Sum(Sum(a[k] ** j, (k, 1, j)), (j, 1, n)), Sum(Sum(a[k] ** j, (j, 1, k)), (k, 1, n))),
    (KroneckerDelta(o, u), 1),
    (KroneckerDelta(o, u) * a[o], a[u]),
    (log(Product(a[k], (k, 1, n))), total(a[k])),
    (Derivative(total(a[k] ** 2), a[m]), 2 * a[m]),
    (exp(log(Product(a[k], (k, 1, n)))), total(a[k])),
]
COMPLEX_TRUE = [
    (exp(I * z), cos(z) + I * sin(z)),
    (log(p * z), log(p) + log(z)),
    (sqrt(z) ** 2, z),
    (z ** (w + 1), z * z**w),
    ((p * z) ** w, p**w * z**w),
    (log(-p), log(p) + I * pi),
    (sqrt(-p), I * sqrt(p)),
    (1 / (1 + I), (1 - I) / 2),
    (cos(I * z), cosh(z)),
]
COMPLEX_FALSE = [
    (sqrt(z**2), z),
    (sqrt(z * w), sqrt(z) * sqrt(w)),
    (log(z * w), log(z) + log(w)),
    (log(z**2), 2 * log(z)),
    (log(exp(z)), z),
    (sqrt(1 / z), 1 / sqrt(z)),
    ((z**2) ** Rational(1, 4), sqrt(z)),
    (sqrt(1 - z) * sqrt(1 + z), sqrt(1 - z**2) * sqrt(z) / sqrt(z) + 1),
    (sqrt(z - 1) * sqrt(z + 1), sqrt(z**2 - 1)),
    (acosh(z), log(z + sqrt(z**2 - 1))),
    ((z**w) ** 2, z ** (w**2)),
    ((z**w) ** w, z ** (w**2)),
    (Abs(z) ** 2, z**2),
    (exp(z) ** w, exp(z * w)),
    (log(-z), log(z) + I * pi),
    (log(-x), log(x) + I * pi),
    (acot(-z, evaluate=False), -acot(z)),
]


@pytest.mark.parametrize(("lhs", "rhs"), TRUE)
def test_proved(lhs: Expr, rhs: Expr) -> None:
    assert prove_equal(lhs, rhs, REAL)


@pytest.mark.parametrize(("lhs", "rhs"), FALSE)
def test_not_proved(lhs: Expr, rhs: Expr) -> None:
    assert prove_equal(lhs, rhs, REAL) is None


@pytest.mark.parametrize(("lhs", "rhs"), COMPLEX_TRUE)
def test_proved_over_the_complex_numbers(lhs: Expr, rhs: Expr) -> None:
    assert prove_equal(lhs, rhs, COMPLEX)


@pytest.mark.parametrize(("lhs", "rhs"), COMPLEX_FALSE)
def test_not_proved_over_the_complex_numbers(lhs: Expr, rhs: Expr) -> None:
    assert prove_equal(lhs, rhs, COMPLEX) is None


def test_conditions_are_reported() -> None:
    proof = prove_equal(Frac(x**2, x), x, REAL)
    assert proof is not None and proof.conditions == ("x ≠ 0",)
    proof = prove_equal(Frac((x + 1) * exp(x), exp(x)), x + 1, REAL)
    assert proof is not None and proof.conditions == ()


def test_division_by_what_vanishes_identically_proves_nothing() -> None:
    zero = (x + 1) ** 2 - x**2 - 2 * x - 1
    assert prove_equal(Frac(Integer(1), zero), Frac(Integer(2), zero), REAL) is None
    assert prove_equal(Frac(zero, zero), 1, REAL) is None


def test_bound_indices_are_not_captured() -> None:
    row = entry(Array("M", (Axis(1, n), Axis(1, n))), k, j)
    twice = Sum(row * Sum(row, (k, 1, n)), (k, 1, n), (j, 1, n))
    other = Sum(Sum(row, (k, 1, n)) ** 2, (j, 1, n))
    assert prove_equal(twice, other, REAL)
    assert prove_equal(Sum(row * Sum(row, (j, 1, n)), (k, 1, n), (j, 1, n)), other, REAL) is None


def test_swell_is_refused() -> None:
    with pytest.raises(TooLarge):
        prove_equal((x + y + p + q + 1) ** 200, x, REAL)
    with pytest.raises(TooLarge):
        prove_equal((x + 1) ** (10**9), x, REAL)


def test_canonical_text_is_one_for_equal_expressions() -> None:
    assert canonical((x + y) ** 2, REAL) == canonical(x**2 + 2 * x * y + y**2, REAL)
    assert canonical(total(a[k]), REAL) == canonical(Sum(a[j], (j, 1, n)), REAL)


def test_differentiate_and_linear() -> None:
    assert prove_equal(differentiate(sin(x**2), x), 2 * x * cos(x**2), REAL)
    slope, rest = linear_in(3 * p * x - y, x, REAL) or (None, None)
    assert (slope, rest) == (3 * p, -y)
    assert linear_in(x**2, x, REAL) is None
    assert linear_in(sin(x) + x, x, REAL) is None
    assert linear_in(total(a[k]) - x * a[o], a[o], REAL) is None
    assert prove_zero(x - x, REAL)


@pytest.mark.parametrize(
    ("left", "right"),
    [
        (
            hyper((-n,), (-n,), z, evaluate=False),
            exp(z),
        ),  # the same parameter above and below, and no value all the same
        (hyper((w, -n), (-n,), z, evaluate=False), (1 - z) ** -w),
        (hyper((-2, w), (-3,), z), 1 + 2 * w * z / 3 + w * (w + 1) * z**2 / 6),
        (hyper((), (1 - n,), z), hyper((), (1 - n,), z) + 0 * z),
        (Frac(gamma(-n), gamma(-n)), Integer(1)),
        (Frac(factorial(-n), factorial(-n - 1)), -n),
        (polygamma(1, 1 - n), polygamma(1, -n) - 1 / n**2),
        (lowergamma(-n, z) + uppergamma(-n, z), gamma(-n)),
        (beta(-n, w), gamma(-n) * gamma(w) / gamma(w - n)),
    ],
)
def test_what_has_no_value_anywhere_equals_nothing(left: Expr, right: Expr) -> None:
    assert prove_equal(left, right, COMPLEX) is None
