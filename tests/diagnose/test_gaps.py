"""What a line lacks is worked out where it stands nowhere else; lost functions that stand nowhere; what is too much."""

import numpy as np
import pytest
from sympy import (
    Derivative,
    I,
    S,
    Symbol,
    asin,
    cos,
    cosh,
    elliptic_k,
    exp,
    factorial,
    hyper,
    log,
    oo,
    pi,
    sin,
    sqrt,
    tan,
)
from sympy import Sum as PlainSum

from verify import engine
from verify.config import Settings
from verify.diagnose.search.endless import endless
from verify.diagnose.search.raised import surface
from verify.lower import lower
from verify.model import Verdict
from verify.notation import Sum, derivation, dimension, dot, eq, frac, index_set, matrix, positive, real, relu, vector
from verify.show import show

x, y = real("x y")
p, q = positive("p q")
n, d = dimension("n d")
Omega = index_set("Omega", n)
i, k = Omega.indices("i k")
u, v, c = vector("u", n), vector("v", n), vector("c", d)
U = matrix("U", Omega, d)


def diagnoses(lhs, rhs):
    made = derivation("t", "T", steps=[eq(lhs, rhs)])
    (result,) = engine.judge(made, Settings()).steps
    return result.diagnoses


LINES = [
    (cosh(x), exp(x) / 2, "missing-term", "exp(x)/2 + exp(-x)/2"),
    (dot(u, v) + Sum(v[k], k), dot(u, v), "missing-term", "u·v + Σ[k=1..n](v[k])"),
    (frac(x, x**2 + x + 1), x, "missing-factor", "x/(x**2 + x + 1)"),
    (relu(x) - relu(-x), S.Zero, "missing-term", "x"),
    (Derivative(tan(x), x), x**2, "lost-function", "sec(x)**2"),
    (log(2 * pi * p**2) / 2 + x, pi * p**2 + x, "lost-function", "x + log(2*pi*p**2)/2"),
    (Derivative(asin(x), x), sqrt(1 - x**2), "reciprocal", "1/sqrt(1 - x**2)"),
    (sin(x) ** 2 + cos(x) ** 2, x, "extra-factor", "1"),
    (sqrt(p) * sqrt(q), sqrt(p) * sqrt(q) + p, "extra-term", "sqrt(p)*sqrt(q)"),
    # at some points only rounding is left of the derivative's terms
    (Derivative(frac(sin(x) ** 3, 3 * (cos(x) + 1) ** 3), x), frac(sin(x) ** 2, (1 - cos(x)) ** 3), "sign",
     "(sin(x)**2/(cos(x) + 1)**3)"),
    (elliptic_k(x / 2), pi * hyper((S.Half, S.Half), (1,), x) / 2, "missing-factor",
     "pi*hyper((1/2, 1/2), (1,), x/2)/2"),
]  # fmt: skip


@pytest.mark.parametrize(("lhs", "wrong", "code", "right"), LINES, ids=str)
def test_the_line_is_mended(lhs, wrong, code, right):
    found = diagnoses(lhs, wrong)
    assert [d.code for d in found] == [code]
    assert found[-1].repair == right
    assert found[-1].repair_verdict is Verdict.PROVED


def test_a_bound_is_told_before_a_missing_term():
    assert [d.code for d in diagnoses(relu(x), S.Zero)] != ["missing-term"]


def test_a_slip_within_an_infinite_sum_is_found():
    j = Symbol("j", integer=True)
    lhs = exp(-x)
    wrong = PlainSum(x**j / factorial(j), (j, 0, oo))
    (found,) = diagnoses(lhs, wrong)
    assert found.code in ("sign", "missing-factor") and found.repair_verdict.holds


@pytest.mark.parametrize(
    ("term", "value"),
    [
        (lambda n: 1 / n**2, np.pi**2 / 6),
        (lambda n: (-1) ** n / n, -np.log(2)),
        (lambda n: 0.9**n, 9),
        (lambda n: 0.5**n, 1),
        (lambda n: 1.0 * n, np.nan),
        (lambda n: 1 / n, np.nan),
    ],
)
def test_infinite_sums_have_their_values_or_none(term, value):
    (found,) = endless(lambda n: np.array([term(n)]), 1, adding=True)
    assert np.isclose(found, value, rtol=1e-7, equal_nan=True)


def test_infinite_products_too():
    (found,) = endless(lambda n: np.array([1 + 1 / n**2]), 1, adding=False)
    assert np.isclose(found, np.sinh(np.pi) / np.pi, rtol=1e-7)


def test_dot_products_are_written_as_such():
    assert show(surface(lower(exp(dot(U[i], c))), None, ())) == "exp(U[i]·c)"
    assert surface(I * x, None, ()) == I * x
