"""The slip that a reader would think of first: what stands elsewhere, what has run together, what goes together."""

import numpy as np
import pytest
from sympy import (
    Abs,
    Derivative,
    I,
    Integral,
    Rational,
    S,
    Symbol,
    airyaiprime,
    airybiprime,
    besseli,
    besselj,
    besselk,
    chebyshevu,
    cos,
    cot,
    csc,
    digamma,
    exp,
    factorial,
    fibonacci,
    gamma,
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
from verify.diagnose.search.kin import kin
from verify.diagnose.vocabulary import Vocabulary
from verify.model import Verdict
from verify.notation import derivation, eq, frac, positive, real
from verify.show import show
from verify.show.term_order import ordered_terms

x, y = real("x y")
a, b, c, p, q = positive("a b c p q")
n = Symbol("n", integer=True, positive=True)
k = Symbol("k", integer=True)
t = Symbol("t", real=True)
w = Symbol("w", complex=True)
twothirds = Rational(2, 3)
root = sqrt(1 + x**2 + exp(y))

LINES = [
    # several factors before one bracket
    (a**p * b * (x + c), a**p * b * x + c, "brackets", a**p * b * (x + c)),
    # … around three of four terms
    (a * (b + c + x) - b, a * b - b + c + x, "brackets", a * (b + c + x) - b),
    # most of what stands on the left is missing
    (a * b + a * c + a * x - b, -b, "missing-term", a * b + a * c + a * x - b),
    # two terms too many at once
    (Derivative(exp(x), x), a + exp(x) - 1, "extra-term", exp(x)),
    # squares of sums of several terms, all divided by one number
    ((a + b + c) ** 2 / 3 + x, a**2 / 3 + b**2 / 3 + c**2 / 3 + x, "not-linear", (a + b + c) ** 2 / 3 + x),
    # a fraction upside down in a logarithm that stands the right way up on the left
    (Derivative(x * log(frac(a, b)), x), log(frac(b, a)), "reciprocal", log(frac(a, b))),
    # a whole fraction too many as a factor
    (x * log(frac(p, q)), x * log(frac(p, q)) * frac(p, q), "extra-factor", x * log(frac(p, q))),
    # a term of a polynomial, no factor of another term
    (sin(3 * x), 3 * sin(x), "missing-term", 3 * sin(x) - 4 * sin(x) ** 3),
    # all of a derivative is lost
    (Derivative(-1 / (x + 1), x), S.One, "missing-factor", 1 / (x + 1) ** 2),
    (tan(x) ** 2 * cos(x) ** 2, cos(x) ** 2 * cot(x) ** 2, "function", tan(x) ** 2 * cos(x) ** 2),
    # a root that stands elsewhere with one more term
    (
        Derivative(exp(x) * root, x),
        exp(x) * root + exp(x) * x / sqrt(1 + exp(y)),
        "missing-term",
        exp(x) * root + exp(x) * x / root,
    ),
    # the factorial of what is no whole number
    (a * gamma(a + S.Half), a * factorial(a + S.Half), "function", a * gamma(a + S.Half)),
    # a function of a sum, as if it were one of each term
    (2 * a * gamma(2 * a), gamma(2 * a) + 1, "not-linear", gamma(2 * a + 1)),
    # an argument that has run together with what stands beside it
    (Derivative(-frac(b, a) * cos(a * x), x), a * b * x, "lost-function", b * sin(a * x)),
    # some of the terms of a long sum belong in brackets
    (exp(y) + p + (a + b + c) * x, exp(y) + p + a * x + b + c, "brackets", exp(y) + p + x * (a + b + c)),
    # a letter that is lost with its power
    (
        PlainSum(x**k / (k + a), (k, 0, 3)),
        PlainSum(1 / (k + a), (k, 0, 3)),
        "missing-factor",
        PlainSum(x**k / (k + a), (k, 0, 3)),
    ),
    # a term that was one
    (
        2 ** (x + 1) * a * gamma(a + x),
        2 ** (x + gamma(a + x)) * a * gamma(a + x),
        "extra-factor",
        2 ** (x + 1) * a * gamma(a + x),
    ),
    # a factor, and no term that is a multiple of what stands there
    (
        1 / (a + b) ** 2 - 1 / ((a + b) * (a + b + 1)),
        frac(1, (a + b) ** 2),
        "missing-factor",
        frac(1, (a + b) ** 2 * (a + b + 1)),
    ),
    # a power that is lost: nobody writes x³x for x⁴ before brackets are lost
    (Derivative(frac(1, 4) * x**4 + x**5 / 5, x), x**4 + 1, "missing-factor", x**4 + x**3),
    # a difference that is lost to rounding where both terms are large: such points tell nothing
    (
        -sqrt(3) * w * besselk(twothirds, 8 * w) / (3 * pi),
        w * (besseli(-twothirds, 8 * w) + besseli(twothirds, 8 * w)) / 3,
        "sign",
        w * (besseli(twothirds, 8 * w) - besseli(-twothirds, 8 * w)) / 3,
    ),
    # nobody divides by one
    (exp(-x), frac(exp(x), 1), "reciprocal", frac(1, exp(x))),
]


@pytest.mark.parametrize(("lhs", "wrong", "code", "right"), LINES, ids=str)
def test_the_likeliest_slip_is_told(lhs, wrong, code, right):
    made = derivation("t", "T", steps=[eq(lhs, wrong)])
    (result,) = engine.judge(made, Settings()).steps
    (found,) = result.diagnoses
    assert (found.code, found.repair, found.repair_verdict) == (code, show(right), Verdict.PROVED)


def test_sides_that_two_slips_would_only_make_alike_are_rather_in_order():
    z = Symbol("z", complex=True)
    (result,) = engine.judge(derivation("t", "T", steps=[eq(Abs(sin(z)), exp(Abs(z)))]), Settings()).steps
    assert [(d.code, d.repair) for d in result.diagnoses] == [("relation", "Abs(sin(z)) ≤ exp(Abs(z))")]


def test_what_no_slip_explains_may_be_a_strict_bound():
    (result,) = engine.judge(derivation("t", "T", steps=[eq(digamma(p), log(p) - 1 / p)]), Settings()).steps
    assert [(d.code, d.repair) for d in result.diagnoses] == [("relation", "polygamma(0, p) ≥ log(p) - 1/p")]


def test_terms_that_are_all_lost_to_rounding_are_no_value():
    lost = endless(lambda k: np.array([0.0, 2.0**-k]), 0, True)
    assert np.isnan(lost[0]) and abs(lost[1] - 2) < 1e-9


def test_any_number_may_be_lost_of_an_equation_between_numbers():
    made = derivation("t", "T", steps=[eq(Integral(log(t) / (1 - t), (t, 0, 1)), pi**2)])
    (result,) = engine.judge(made, Settings()).steps
    assert [(d.code, d.repair) for d in result.diagnoses] == [("missing-factor", "-pi**2/6")]


@pytest.mark.parametrize(
    ("lines", "near"),
    [
        ((fibonacci(n + 1), fibonacci(n - 1)), fibonacci(n)),
        ((chebyshevu(n, x), 2 * x * chebyshevu(frac(n - 1, 1), x)), chebyshevu(n - 2, x)),
        ((airybiprime(x) * x,), airyaiprime(x)),
        ((cos(x), I * sin(n * x)), sin(x)),
        ((Integral(fibonacci(n) * cos(t * x), (t, 0, 1)),), cos(x)),
        ((PlainSum(besselj(2 * k, x), (k, 1, oo)),), besselj(0, x)),
        ((x * a**n,), a ** (n - 1)),
    ],
    ids=str,
)
def test_what_goes_together_with_what_stands_there(lines, near):
    found = kin(Vocabulary(lines))
    assert near in found
    assert not {part.node for part in Vocabulary(lines).parts} & {*found}


def test_no_number_is_summed_up_to_be_put_in_order():
    endless = PlainSum(k * besselj(k, 1) / (k + pi), (k, 0, oo))
    assert {*ordered_terms(x + 2 * endless - csc(x))} == {x, 2 * endless, -csc(x)}
    assert {*ordered_terms(1 + endless)} == {S.One, endless}
