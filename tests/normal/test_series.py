"""Sums in closed form: hypergeometric terms, partial fractions, induction on the upper end; and what is no such sum."""

from __future__ import annotations

import pytest
from sympy import (
    Abs,
    Catalan,
    Expr,
    I,
    Rational,
    Sum,
    Symbol,
    airyai,
    airyaiprime,
    airybi,
    airybiprime,
    atan,
    bernoulli,
    besselj,
    bessely,
    binomial,
    chebyshevt,
    cos,
    digamma,
    elliptic_e,
    elliptic_k,
    euler,
    exp,
    factorial,
    fibonacci,
    harmonic,
    log,
    lucas,
    oo,
    pi,
    polygamma,
    polylog,
    rf,
    sin,
    symbols,
    zeta,
)

from verify.facts import Facts
from verify.model import Givens
from verify.normal import prove_equal
from verify.terms.whole import gcd, lcm

z, x, y = symbols("z x y")
p = Symbol("p", positive=True)
n = Symbol("n", integer=True, nonnegative=True)
m = Symbol("m", integer=True, positive=True)
j = Symbol("j", integer=True)  # may be negative
k = Symbol("k", integer=True)
FACTS = Facts(Givens(symbols=(z, x, y, p, n, m, j)), real_mode=False)

TURNED = chebyshevt(m, x + 1)
TRUE = [
    (Sum(binomial(n, k) * bernoulli(k, x) * y ** (n - k), (k, 0, n)), bernoulli(n, x + y)),
    (Sum(binomial(n, k) * euler(n - k, x) * (-2 * y) ** k, (k, 0, n)), euler(n, x - 2 * y)),
    (Sum(binomial(m, k) * bernoulli(k, x), (k, 0, m - 1)), m * x ** (m - 1)),
    (Sum(binomial(m, k) * euler(k, x), (k, 0, m - 2)), 2 * x**m - 2 * euler(m, x) - m * euler(m - 1, x)),
    (Sum(z**k / factorial(k), (k, 0, oo)), exp(z)),
    (Sum((-1) ** k * z ** (2 * k) / factorial(2 * k), (k, 0, oo)), cos(z)),
    (Sum((-1) ** k * z ** (2 * k + 1) / (2 * k + 1), (k, 0, oo)), atan(z)),
    (Sum(z**k / k, (k, 1, oo)), -log(1 - z)),
    (Sum((-1) ** k * (z / 2) ** (2 * k) / factorial(k) ** 2, (k, 0, oo)), besselj(0, z)),
    (Sum(3 ** (-k), (k, 4, oo)), Rational(1, 54)),
    (Sum(1 / (k + z) ** 2, (k, 0, oo)), polygamma(1, z)),
    (Sum(1 / k**4, (k, 1, oo)), pi**4 / 90),
    (Sum(1 / (k * (k + z)), (k, 1, oo)) * z, digamma(z + 1) - digamma(1)),
    (Sum(1 / (k**2 * (k + 1)), (k, 1, oo)), pi**2 / 6 - 1),
    (Sum(binomial(n, k) * x**k * y ** (n - k), (k, 0, n)), (x + y) ** n),
    (Sum(binomial(n, k) * binomial(m, k), (k, 0, n)), binomial(n + m, n)),
    (Sum((-1) ** (k + 1) * binomial(n, k) * fibonacci(k), (k, 0, n)), fibonacci(n)),
    (
        Sum(m * 2**k * factorial(m + k - 1) / (factorial(m - k) * factorial(2 * k)) * x**k, (k, 0, m)),
        chebyshevt(m, x + 1),
    ),
    (Sum(fibonacci(k), (k, 0, n)), fibonacci(n + 2) - 1),
    (Sum(lucas(k), (k, 0, n)), lucas(n + 2) - 1),
    (Sum(k**3, (k, 1, n)), n**2 * (n + 1) ** 2 / 4),
    (Sum(digamma(k), (k, 1, m)), m * (digamma(m + 1) - 1)),
    (Sum(1 / k, (k, 1, n)), harmonic(n)),
    (Sum(k**m, (k, 1, n)) * (m + 1), bernoulli(m + 1, n + 1) - bernoulli(m + 1, 1)),
    (Sum(rf(z, k) / factorial(k), (k, 0, n)), rf(z + 1, n) / factorial(n)),
    (Sum(k * binomial(n, k), (k, 0, n)), n * 2**n / 2),
    (Sum(k ** (-z), (k, 1, oo)), zeta(z)),
    (Sum((k + x) ** (-z), (k, 0, oo)), zeta(z, x)),
    (Sum(x**k / k**z, (k, 1, oo)), polylog(z, x)),
    (Sum(x**k / k**2, (k, 1, oo)), polylog(2, x)),
    (Sum((-1) ** k / (2 * k + 1) ** 2, (k, 0, oo)), Catalan),
    (Sum((-1) ** k * binomial(m, k), (k, 0, m)), 0 * x),
    (airyai(z) * airybiprime(z) - airyaiprime(z) * airybi(z), 1 / pi),
    (besselj(y + 1, z) * bessely(y, z) - besselj(y, z) * bessely(y + 1, z), 2 / (pi * z)),
    (elliptic_e(z) * elliptic_k(1 - z) + (elliptic_e(1 - z) - elliptic_k(1 - z)) * elliptic_k(z), pi / 2),
    (chebyshevt(2 * n, x), 2 * chebyshevt(n, x) ** 2 - 1),
    (gcd(j, k) * lcm(j, k), Abs(j * k)),
]
FALSE = [
    (Sum(binomial(n, k) * bernoulli(k, x) * y ** (n - k), (k, 0, n)), bernoulli(n, x - y)),
    (Sum(binomial(n, k) * bernoulli(k, x) * y**k, (k, 0, n)), bernoulli(n, x + y)),
    (Sum(binomial(j, k) * bernoulli(k, x), (k, 0, j - 1)), j * x ** (j - 1)),  # j may be negative
    (Sum((-1) ** k * binomial(n, k), (k, 0, n)), 0 * x),  # n = 0
    (airyai(z) * airybiprime(z) - airyaiprime(z) * airybi(z), 2 / pi),
    (lcm(j, k), Abs(j * k)),
    (Sum((-1) ** k, (k, 0, oo)), Rational(1, 2) + 0 * x),  # these diverge
    (Sum(2**k, (k, 0, oo)), -1 + 0 * x),
    (Sum((1 + p) ** k * k ** (-z), (k, 1, oo)), polylog(z, 1 + p)),
    (Sum(z**k / factorial(k), (k, 1, oo)), exp(z)),
    (Sum((-1) ** k * z ** (2 * k + 1) / factorial(2 * k + 1), (k, 0, oo)), -sin(z)),
    (Sum(1 / k**3, (k, 2, oo)), zeta(3)),
    (Sum(binomial(n, k) * x**k, (k, 0, n - 1)), (1 + x) ** n),  # the last term is missing
    (Sum(binomial(n, k), (k, 0, m)), 2**n),  # it need not end where the terms vanish
    (Sum(fibonacci(k), (k, 0, j)), fibonacci(j + 2) - 1),  # empty for negative j
    (Sum(k, (k, 1, j)), j * (j + 1) / 2),
    (Sum(1 / k, (k, 1, j)), harmonic(j)),
    (Sum(factorial(m - k - 1) / factorial(k) * I**k, (k, 0, m - 1)), exp(I) * factorial(m - 1)),
]


@pytest.mark.parametrize(("lhs", "rhs"), TRUE, ids=str)
def test_sums_in_closed_form(lhs: Expr, rhs: Expr) -> None:
    assert prove_equal(lhs, rhs, FACTS, convergent=True) is not None


@pytest.mark.parametrize(("lhs", "rhs"), FALSE, ids=str)
def test_what_is_no_such_sum(lhs: Expr, rhs: Expr) -> None:
    assert prove_equal(lhs, rhs, FACTS, convergent=True) is None
