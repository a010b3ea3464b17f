"""Lines of textbooks and notes, by kind: what the whole engine says of the right ones and of the usual slips.

A row is a claim (sides and relation), its symbols with their domains, conditions, and the verdict that is right.
"""

from __future__ import annotations

import pytest
from sympy import log

from tests.reading import domains, written
from verify.config import Settings
from verify.engine import judge, settle
from verify.model import Verdict
from verify.notation import Eq, Sum, delta, derivation, dimension, eq, grad, index_set, line, softmax, vector

P, R = Verdict.PROVED, Verdict.REFUTED

# fmt: off
DERIVATIVES_BY_WHOLE_NUMBERS = [  # of the function as it is between them
    ("Derivative(n**2, n) = 2*n", "n:integer", "", P),
    ("Derivative(n**2, n) = 0", "n:integer", "", R),
    ("Derivative(x**n, (n, 2)) = log(x)**2*x**n", "n:integer x:positive", "", P),
    ("Derivative(factorial(n**2), n) = 2*n*gamma(n**2 + 1)*digamma(n**2 + 1)", "n:integer", "", P),
    ("Derivative(binomial(5, n), n) = binomial(5, n)*(digamma(6 - n) - digamma(n + 1))", "n:integer", "n>=0", P),
    ("Derivative(gamma(n), n) = 0", "n:integer", "n>0", R),
]

SPECIAL_FUNCTIONS = [
    ("Derivative(betainc(a, b, 0, x), x) = x**(a - 1)*(1 - x)**(b - 1)", "a:positive b:positive x:real", "x>0 x<1", P),
    ("Derivative(betainc(a, b, 0, x), x) = x**(a - 1)*(1 - x)**b", "a:positive b:positive x:real", "x>0 x<1", R),
    ("li(x) = Chi(log(x)) + Shi(log(x))", "x:real", "x>1", P),
    ("li(x) = Chi(log(x)) - Shi(log(x))", "x:real", "x>1", R),
    ("expint(1, x) = Shi(x) - Chi(x)", "x:positive", "", P),
    ("log(binomial(n, k)) = loggamma(n + 1) - loggamma(k + 1) - loggamma(n - k + 1)",
     "n:integer k:integer", "k>0 n>k", P),
    ("log(binomial(n, k)) = loggamma(n + 1) - loggamma(k) - loggamma(n - k)", "n:integer k:integer", "k>0 n>k", R),
    ("log(gamma(x)) = loggamma(x)", "x:complex", "", R),
    ("legendre(x, 1) = 1", "x:complex", "", P),
]

INEQUALITIES = [
    ("exp(x) >= 1 + x", "x:real", "", P),
    ("exp(x) > 1 + x", "x:real", "", R),
    ("x*exp(-x) <= 1/E", "x:real", "", P),
    ("log(1 + exp(x)) - Max(0, x) <= log(2)", "x:real", "", P),
    ("log(1 + exp(x)) - Max(0, x) < log(2)", "x:real", "", R),
    ("cosh(x) >= 1 + x**2/2", "x:real", "", P),
    ("cos(x) >= 1 - x**2/2", "x:real", "", P),
    ("sin(x) <= x", "x:real", "", R),
    ("sin(x) < x", "x:positive", "", P),
    ("tanh(x) < x", "x:positive", "", P),
    ("log(1 + x) > x/(1 + x)", "x:positive", "", P),
    ("sqrt(1 + x) < 1 + x/2", "x:positive", "", P),
    ("sqrt(1 + x) < 1 + x/3", "x:positive", "", R),
    ("(1 + 1/x)**x < E", "x:positive", "", P),
    ("(1 + x)**n >= 1 + n*x", "x:real n:integer", "x>-1 n>=1", P),
    ("(1 + x)**n > 1 + n*x", "x:real n:integer", "x>-1 n>=1", R),
    ("sqrt(x*y) <= (x + y)/2", "x:positive y:positive", "", P),
    ("sqrt(x*y) < (x + y)/2", "x:positive y:positive", "", R),
    ("sqrt(x + y) < sqrt(x) + sqrt(y)", "x:positive y:positive", "", P),
    ("exp((x + y)/2) <= (exp(x) + exp(y))/2", "x:real y:real", "", P),
    ("log((x + y)/2) >= (log(x) + log(y))/2", "x:positive y:positive", "", P),
    ("x*log(x/y) >= x - y", "x:positive y:positive", "", P),
    ("x*log(x/y) > x - y", "x:positive y:positive", "", R),
    ("-x*log(y) - (1-x)*log(1-y) >= -x*log(x) - (1-x)*log(1-x)", "x:real y:real", "x>0 x<1 y>0 y<1", P),
    ("-x*log(x) - (1-x)*log(1-x) <= log(2)", "x:real", "x>0 x<1", P),
    ("a*c + b*d <= sqrt(a**2 + b**2)*sqrt(c**2 + d**2)", "a:real b:real c:real d:real", "", P),
    ("log(t/s) + (s**2 + (a-b)**2)/(2*t**2) - 1/2 >= 0", "a:real b:real s:positive t:positive", "", P),
    ("log(t/s) + (s**2 + (a-b)**2)/(2*t**2) - 1/2 > 0", "a:real b:real s:positive t:positive", "", R),
    ("atan(x) <= x", "x:real", "", R),
    ("exp(pi*x) >= 1 + pi*x", "x:real", "", P),
    ("exp(pi*x) >= 1 + 4*x", "x:real", "", R),
]

PRODUCTS = [
    ("Product(1 + 1/k, (k, 1, n)) = n + 1", "n:integer", "n>=1", P),
    ("Product(1 + 1/k, (k, 1, n)) = n", "n:integer", "n>=1", R),
    ("Product(k, (k, 1, n)) = factorial(n)", "n:integer", "n>=0", P),
    ("Product(1 - 1/(k + 1)**2, (k, 1, n)) = (n + 2)/(2*(n + 1))", "n:integer", "n>=1", P),
    ("Product(2*k - 1, (k, 1, n)) = factorial(2*n)/(2**n*factorial(n))", "n:integer", "n>=1", P),
    ("Product(2*k - 1, (k, 1, n)) = factorial(2*n)/factorial(n)", "n:integer", "n>=1", R),
    ("Product(x + k, (k, 0, n - 1)) = gamma(x + n)/gamma(x)", "x:positive n:integer", "n>=1", P),
    ("Product(a*k, (k, 1, n)) = a**n*factorial(n)", "a:real n:integer", "n>=0", P),
]

UNDER_EQUATIONS = [
    ("sqrt(a)*x/b/(a/b + 1/(1-c)) = sqrt(a)*(1-c)*x/(1-d)", "a:positive b:positive c:real d:real x:real",
     "Eq(a+b,1) Eq(d,a*c) c<1", P),
    ("sqrt(a)*x/b/(a/b + 1/(1-c)) = sqrt(a)*(1-c)*x/(1+d)", "a:positive b:positive c:real d:real x:real",
     "Eq(a+b,1) Eq(d,a*c) c<1", R),
    ("log(1-b) = log(a)", "a:positive b:positive", "Eq(a+b,1)", P),
    ("exp(a)*exp(b) = exp(1-c)", "a:real b:real c:real", "Eq(a+b+c,1)", P),
    ("exp(a)*exp(b) = exp(1+c)", "a:real b:real c:real", "Eq(a+b+c,1)", R),
]
# fmt: on


LINES = [*DERIVATIVES_BY_WHOLE_NUMBERS, *SPECIAL_FUNCTIONS, *INEQUALITIES, *PRODUCTS, *UNDER_EQUATIONS]


@pytest.mark.parametrize(("line", "symbols", "conditions", "right"), LINES)
def test_lines(line: str, symbols: str, conditions: str, right: Verdict) -> None:
    lhs, relation, rhs = next(
        (*parts, rhs) for r in (" <= ", " >= ", " < ", " > ", " = ") for *parts, rhs in [line.partition(r)] if rhs
    )
    claim = written(lhs, relation.strip(), rhs, domains(symbols), conditions.split())
    assert settle(claim, Settings()).verdict is right


def test_sums_that_are_given() -> None:
    many = dimension("K")
    k, r = index_set("1..K", many).indices("k r")
    t, z = vector("t", many), vector("z", many)
    made = derivation(
        "given-sum",
        "The gradient of the cross-entropy of probabilities",
        given=[Eq(Sum(t[k], k), 1)],
        start=line(grad(-Sum(t[k] * log(softmax(z)[k]), k), z[r])),
        steps=[
            eq(-Sum(t[k] * (delta(k, r) - softmax(z)[r]), k)),
            eq(softmax(z)[r] - t[r]),
            eq(softmax(z)[r] - t[r] + Sum((t[k] - 1) ** 2, k) - Sum(t[k] ** 2, k) - many + 2),
            eq(t[r] - softmax(z)[r]),
        ],
    )
    assert made is not None
    assert [step.verdict for step in judge(made, Settings()).steps] == [P, P, P, R]
