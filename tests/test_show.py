"""Mathematics as text and as LaTeX where SymPy's own would not be read easily."""

from __future__ import annotations

import pytest
from sympy import Derivative, Expr

from verify import show
from verify.lower import lower
from verify.lower.claims import lower_problem
from verify.model import Givens
from verify.normal import expand_derivatives
from verify.notation import (
    ForAll,
    Gt,
    argmax,
    argmin,
    define,
    dimension,
    function,
    index_set,
    maximises,
    prime,
    real,
    vector,
)

f, g, h = function("f"), function("g"), function("h")
u, v = real("u v")


@pytest.mark.parametrize(
    ("e", "text", "latex"),
    [
        (Derivative(f(g(u)), u), "f'(g(u))*g'(u)", r"f'\left(g\left(u\right)\right) g'\left(u\right)"),
        (Derivative(f(u), u, u), "f''(u)", r"f''\left(u\right)"),
        (Derivative(h(u, v), v), "(∂h(u, v) by argument 1)", r"\partial_{2} h\left(u, v\right)"),
    ],
)
def test_derivatives_of_unknown_functions(e: Expr, text: str, latex: str) -> None:
    partial = expand_derivatives(lower(e))
    assert sorted(show.show(partial)) == sorted(text)
    assert sorted(show.latex(partial)) == sorted(latex)


def test_a_minimum_is_shown_as_such() -> None:
    least, most = argmin((u - v) ** 2 + 2 * u, over=u), argmax(-((u - v) ** 2) - 2 * u, over=u)
    assert show.show(least) == "arg min over u of 2*u + (u - v)**2"
    assert show.show(most) == "arg max over u of -2*u - (u - v)**2"
    assert show.latex(least).startswith(r"\arg\min_{u} \left(")
    assert show.show(maximises(least, {u: v - 1})).startswith("u = v - 1 is the one minimiser of arg min over u of ")
    assert lower_problem(least) == lower_problem(most)


def test_a_prime_stays_a_prime() -> None:
    assert show.latex(prime(f, u + 1)) == r"f'\left(u + 1\right)"


def test_givens_are_typeset_for_reports_that_can() -> None:
    n = dimension("n")
    i, j = index_set("1..n", n).indices("i j")
    x = vector("x", n)
    count = define("#", (i,), 2 * x[i])
    given = Givens((n, x, count), (ForAll(i, ForAll(j, Gt(x[i] + x[j], 0))),))
    assert show.givens(given)[-1] == "for all i, j: x[i] + x[j] > 0"
    plain, *formulas = show.typeset_givens(given)
    assert (plain, "$" in plain) == ("n an integer ≥ 1", False)
    assert formulas == ["x ∈ ℝ^n", r"${\#}_{i} = 2 {x}_{i}$", r"$\forall i, j:\ {x}_{i} + {x}_{j} > 0$"]
