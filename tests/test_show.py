"""Mathematics as text and as LaTeX where SymPy's own would not be read easily."""

from __future__ import annotations

import pytest
from sympy import Derivative, Expr

from verify import show
from verify.lower import lower
from verify.normal import expand_derivatives
from verify.notation import function, prime, real

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


def test_a_prime_stays_a_prime() -> None:
    assert show.latex(prime(f, u + 1)) == r"f'\left(u + 1\right)"
