"""The formulas of the table: what they are in SymPy, and that both are read alike."""

from __future__ import annotations

from fractions import Fraction

import pytest
import sympy
from sympy import Rational, Symbol

from verify.normal.algebra.field import Field
from verify.normal.algebra.ratio import Ratio
from verify.normal.axioms.apply import instance
from verify.normal.axioms.formula import Formula, Number, Variable, coefficients, replaced, variables
from verify.normal.axioms.hypergeometric import FORMS, ROOT, Form, z
from verify.normal.axioms.words import HALF, ONE, THIRD, I, besselj, cos, exp, gamma, hyper, log, pi, sqrt, zeta
from verify.normal.functions.atoms import symbol
from verify.normal.read import read
from verify.normal.workspace import PLAIN, in_field

x, y = Variable("x"), Variable("y")
n = Variable("n", integer=True, nonnegative=True)
X, Y, N = Symbol("x"), Symbol("y"), Symbol("n", integer=True, nonnegative=True)

WRITTEN = [
    (x + 1, X + 1),
    (1 + x - y, 1 + X - Y),
    (2 - x, 2 - X),
    (-x * 3, -3 * X),
    (3 * x / (2 * y), 3 * X / (2 * Y)),
    (1 / x, 1 / X),
    (2**n, 2**N),
    (x**-2, X**-2),
    (sqrt(x), sympy.sqrt(X)),
    (exp(I * pi * x), sympy.exp(sympy.I * sympy.pi * X)),
    (gamma(n + HALF), sympy.gamma(N + Rational(1, 2))),
    (hyper((x, 1), (y,), THIRD), sympy.hyper((X, 1), (Y,), Rational(1, 3))),
]


@pytest.mark.parametrize(("formula", "expression"), WRITTEN, ids=[str(e) for _, e in WRITTEN])
def test_in_sympy(formula: Formula, expression: sympy.Expr) -> None:
    assert formula.expression() == expression


READ = [
    (x + y - 1) * (x - y) / (2 * x),
    1 / (x**2 + y) - 3 * x**-1,
    (-1) ** n * gamma(n + HALF) / (sqrt(pi) * gamma(n + 1)),
    (x / 2) ** y * 2 ** (-n),
    exp(I * pi * x) * cos(pi * y) + log(1 + x**2) ** 2,
    besselj(n + 2, x) - I * besselj(n, y),
    hyper((x, y + 1), (2 * y,), THIRD) + zeta(n, x + 1),
]


@pytest.mark.parametrize("formula", READ, ids=[str(f.expression()) for f in READ])
def test_read_as_in_sympy(formula: Formula) -> None:
    expression = formula.expression()

    def gap(field: Field) -> Ratio:
        environment = {v: symbol(field, v.expression()) for v in variables(formula)}
        return instance(field, formula, environment) - read(field, expression)

    assert in_field((expression,), PLAIN, lambda field: gap(field).is_zero)


def test_numbers_are_added_and_multiplied_at_once() -> None:
    found = -(HALF + THIRD) * 3 + 1
    assert isinstance(found, Number) and (found.p, found.q) == (-3, 2)
    assert isinstance(3 * HALF, Number) and isinstance(HALF + x, Formula)


def test_variables() -> None:
    assert variables(gamma(x + 1) * hyper((y,), (), x)) == {x, y}
    assert not variables(2 * pi + ONE)


def test_coefficients() -> None:
    assert coefficients((x + y - 1) / 2 - 3 * x) == {x: Fraction(-5, 2), y: Fraction(1, 2), None: Fraction(-1, 2)}
    assert coefficients(-n) == {n: -1}
    assert coefficients(x * y) is None and coefficients(I * x) is None and coefficients(2**x) is None


@pytest.mark.parametrize("form", FORMS, ids=[f"{i}-{form.source}" for i, form in enumerate(FORMS)])
def test_slopes_of_forms(form: Form) -> None:
    """z·d/dz, beside the difference quotient."""
    by = ROOT if form.squared else z
    numbers = {v: Rational(3 + i, 7) if not v.integer else sympy.Integer(3) for i, v in enumerate(sorted_(form.value))}
    rest = {v.expression(): number for v, number in numbers.items() if v is not by}
    value, slope = (e.expression().xreplace(rest) for e in (form.value, form.slope))
    at, step = numbers[by], Rational(1, 10**8)
    high, low = (value.xreplace({by.expression(): at + d}).evalf(40) for d in (step, -step))
    expected = (high - low) / (2 * step) * at / (2 if form.squared else 1)
    assert abs(slope.xreplace({by.expression(): at}).evalf(30) - expected) < 1e-12 * (1 + abs(expected))


def sorted_(e: Formula) -> list[Variable]:
    return sorted(variables(e), key=lambda v: v.name)


def test_replaced() -> None:
    assert replaced(gamma(x + y) * hyper((x,), (), y), x, n + 1).expression() == sympy.gamma(N + 1 + Y) * sympy.hyper(
        (N + 1,), (), Y
    )


def test_a_domain_says_what_follows_from_it() -> None:
    positive = Variable("p", positive=True)
    assert positive.real and positive.nonnegative and not positive.integer
    assert n.real and not x.real
    assert Variable("q", positive=True).expression() == Symbol("q", positive=True)
