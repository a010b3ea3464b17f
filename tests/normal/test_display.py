"""What a reader sees of a proof: mathematics, the conditions in the fewest words, always the same."""

from __future__ import annotations

import pytest
from sympy import Abs, Derivative, Expr, KroneckerDelta, Max, Min, Product, Sum, acos, asin, exp, log, sqrt, symbols
from test_notes import CENTER, FACTS, LF, LIKELIHOOD, OUTSIDE, SG, SKIPGRAM
from test_soundness import REAL, a, k, m, n, o, p, u, x, y

from verify.normal import canonical, prove_equal
from verify.terms import Frac, Index, sigmoid

i = Index("i", 1, n)

FORMS: list[tuple[Expr, str]] = [
    ((x + y) ** 2, "(x + y)**2"),
    (y - y * x, "y·(1 − x)"),
    (x**2 / y + x, "x**2/y + x"),
    ((x**2 + 1) / x, "1/x + x"),
    (x / 2 - 1, "(x − 2)/2"),
    (exp(x) * exp(2 * y), "exp(x + 2·y)"),
    (sigmoid(x) * (1 - sigmoid(x)), "exp(x)/(exp(x) + 1)**2"),
    (sqrt(p) ** 3 / 2, "p·sqrt(p)/2"),
    (p ** (x / 2), "p**(x/2)"),
    (-log(p), "−log(p)"),
    (Abs(x) - x, "|x| − x"),
    (KroneckerDelta(o, u) * a[u], "a[u]·δ(o, u)"),
    (Sum(a[k] ** 2, (k, 1, n)), "Σ[i=1..n](a[i]**2)"),
    (a[i] * Sum(a[k], (k, 1, n)), "a[i]·Σ[j=1..n](a[j])"),  # i is taken
    (Product(a[k], (k, 1, m)), "Π[i=1..m](a[i])"),
    (Sum(k * a[k], (k, Max(1, -m), Min(m, n) - 1)), "Σ[i=Max(1, −m)..Min(m, n) − 1](i·a[i])"),
]
CONDITIONS: list[tuple[Expr, Expr, tuple[str, ...]]] = [
    (log(x**2), 2 * log(Abs(x)), ("x ≠ 0",)),
    (log(-x) + log(Abs(x)), 2 * log(-x), ("x < 0",)),
    (Frac(x**2 - y**2, x - y), x + y, ("x ≠ y",)),
    (Frac(x * (x + 1), x * p), (x + 1) / p, ("x ≠ 0",)),  # p is positive
    (1 / (x**2 + 1), Frac(x, x**3 + x), ("x ≠ 0",)),
    (log(2 * x - 3) - log(2 * x - 3), 0 * x, ()),  # SymPy leaves nothing of it
    (log(2 * x - 3) + log(5), log(10 * x - 15), ("x > 3/2",)),
    (sqrt(1 - x) * sqrt(1 + x), sqrt(1 - x**2), ("x ≥ −1", "x ≤ 1")),
    (asin(x) + acos(x), asin(y) + acos(y), ("x**2 ≤ 1", "y**2 ≤ 1")),
    (1 / sqrt(x), sqrt(x) / x, ("x > 0",)),
    (Sum(log(a[k]), (k, 1, n)), Sum(log(a[k] ** 2), (k, 1, n)) / 2, ("a[k] > 0 for k = 1, …, n",)),
    (Sum(exp(a[k]), (k, 1, n)) ** -1, 1 / Sum(exp(a[k]), (k, 1, n)), ()),
]


@pytest.mark.parametrize(("expression", "text"), FORMS)
def test_form(expression: Expr, text: str) -> None:
    assert canonical(expression, REAL) == text


@pytest.mark.parametrize(("lhs", "rhs", "conditions"), CONDITIONS)
def test_conditions(lhs: Expr, rhs: Expr, conditions: tuple[str, ...]) -> None:
    proof = prove_equal(lhs, rhs, REAL)
    assert proof is not None
    assert proof.conditions == conditions


def test_a_handful_of_conditions() -> None:
    many = symbols("c0:12", real=True)
    side = sum(1 / c for c in many)
    proof = prove_equal(side, side, REAL)
    assert proof is not None
    assert proof.conditions == (*(f"c{i} ≠ 0" for i in (0, 1, 10, 11, 2, 3)), "and 6 more")


def test_the_notes_read_like_mathematics() -> None:
    centre, outside = prove_equal(CENTER[0], CENTER[-1], FACTS), prove_equal(OUTSIDE[0], OUTSIDE[-1], FACTS)
    assert centre is not None and outside is not None
    scores = "exp(Σ[j=1..d](U[k, j]·V_c[j]))"
    assert centre.canonical == f"Σ[k=1..n](U[k, i]·{scores})/Σ[k=1..n]({scores}) − U[o, i]"
    assert outside.canonical == f"V_c[i]·exp(Σ[j=1..d](U[w, j]·V_c[j]))/Σ[k=1..n]({scores}) − V_c[i]·δ(o, w)"
    assert centre.conditions == outside.conditions == ()
    assert "Σ[j=1..d](U[o, j]·V_c[j])" not in centre.kernels
    window = prove_equal(*SKIPGRAM[1][:2], SG)
    assert window is not None
    assert window.canonical.startswith(
        "Σ[l=1..Min(m, T − t)](∂J(V[c], w[l + t], U)/∂U[ww, i]) + Σ[l=Max(−m, 1 − t)..−1]"
    )
    assert canonical(log(LIKELIHOOD), LF).startswith("Σ[i=1..T, j=1..Min(m, T − i)](log(p[w[i + j], w[i]])) + ")


def test_relations_and_kernels() -> None:
    proof = prove_equal(sqrt(x**2 + 1) ** 3, (x**2 + 1) * sqrt(x**2 + 1), REAL)
    assert proof is not None
    assert proof.kernels == ("x", "sqrt(x**2 + 1)")
    assert proof.relations == ("sqrt(x**2 + 1)**2 = x**2 + 1",)
    slope = prove_equal(Derivative(Sum(a[k] ** 2, (k, 1, n)), a[o]), 2 * a[o], REAL)
    assert slope is not None
    assert slope.relations == ("a delta collapses a sum within its range",)
