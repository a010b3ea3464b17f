"""The lines of the notes (READING.md): every true one is proved for all sizes, no wrong variant is."""

from __future__ import annotations

from itertools import pairwise

import pytest
from sympy import Derivative, Expr, KroneckerDelta, Max, Min, Product, Sum, Symbol, Tuple, exp, log
from sympy.core.symbol import Str

from verify.facts import Facts
from verify.model import Givens, Relation
from verify.normal import prove_equal
from verify.terms import Array, Axis, Frac, Index, Opaque, Partial, Rel, Tabulate, sigmoid

n = Symbol("n", integer=True, positive=True)
d = Symbol("d", integer=True, positive=True)
K = Symbol("K", integer=True, positive=True)
V = Array("V_c", (Axis(1, d),))
U = Array("U", (Axis(1, n), Axis(1, d)))
W = Array("W", (Axis(1, K), Axis(1, d)))
o, w = Index("o", 1, n), Index("w", 1, n)
i = Index("i", 1, d)
k, j, l, q = (Symbol(s, integer=True) for s in "kjlq")
kk = Index("kk", 1, K)
x = Array("x", (Axis(1, n),))
c = Symbol("c", real=True)
r = Symbol("r", real=True)
FACTS = Facts(Givens(symbols=(n, d, K, o, w, i, kk, c, r)))


def dot(row: Expr, table: Array = U) -> Expr:
    return Sum(table[row, j] * V[j], (j, 1, d))


def P(row: Expr) -> Expr:
    return exp(dot(row)) / Sum(exp(dot(k)), (k, 1, n))


Z = Sum(exp(dot(w)), (w, 1, n))
J = -log(P(o))
J_NEG = -log(sigmoid(dot(o))) - Sum(log(sigmoid(-dot(k, W))), (k, 1, K))
s_o = sigmoid(dot(o))
s_k = sigmoid(-dot(k, W))
s_q = sigmoid(-dot(kk, W))
one = 1 + exp(-r)

SOFTMAX = [
    exp(x[w] + c) / Sum(exp(x[j] + c), (j, 1, n)),
    Frac(exp(x[w]) * exp(c), exp(c) * Sum(exp(x[j]), (j, 1, n))),
    exp(x[w]) / Sum(exp(x[k]), (k, 1, n)),
]
CENTER = [
    Derivative(J, V[i]),
    Derivative(-dot(o) + log(Z), V[i]),
    -U[o, i] + (1 / Z) * Sum(Derivative(exp(dot(w)), V[i]), (w, 1, n)),
    -U[o, i] + (1 / Z) * Sum(exp(dot(k)) * U[k, i], (k, 1, n)),
    Sum(exp(dot(k)) * U[k, i], (k, 1, n)) / Z - U[o, i],
    Sum(P(k) * U[k, i], (k, 1, n)) - U[o, i],
]
OUTSIDE = [
    Derivative(J, U[w, i]),
    Derivative(-dot(o) + log(Sum(exp(dot(k)), (k, 1, n))), U[w, i]),
    V[i] * (P(w) - KroneckerDelta(w, o)),
]
SIGMOID = [
    Derivative(sigmoid(r), r),
    Derivative(1 / one, r),
    exp(-r) / one**2,
    sigmoid(r) * exp(-r) / one,
    sigmoid(r) * (1 + exp(-r) - 1) / one,
    sigmoid(r) * (1 - sigmoid(r)),
    sigmoid(r) * sigmoid(-r),
]
NEGATIVE_CENTER = [
    Derivative(J_NEG, V[i]),
    -(1 / s_o) * s_o * (1 - s_o) * U[o, i] - Sum(1 / s_k * s_k * (1 - s_k) * -W[k, i], (k, 1, K)),
    U[o, i] * (s_o - 1) + Sum(W[k, i] * (1 - s_k), (k, 1, K)),
]
NEGATIVE_OUTSIDE = [Derivative(J_NEG, U[o, i]), -1 / s_o * s_o * (1 - s_o) * V[i], -V[i] * (1 - s_o)]
NEGATIVE_NEGATIVE = [
    Derivative(J_NEG, W[kk, i]),
    1 / s_q * s_q * (1 - s_q) * V[i],
    V[i] * (1 - s_q),
    V[i] * sigmoid(dot(kk, W)),
]

# skip-gram
T, m = Symbol("T", integer=True, positive=True), Symbol("m", integer=True, positive=True)
t, e = Symbol("t", integer=True), Symbol("e", integer=True)
text = Array("w", (Axis(1, T),), domain=(("integer", True),), values=(1, n))
VV = Array("V", (Axis(1, n), Axis(1, d)))
cc, ww = Index("c", 1, n), Index("ww", 1, n)
tt = Index("t", 1, T)
SG = Facts(Givens(symbols=(n, d, T, m, cc, ww, tt, i), constraints=(Rel(Relation.NE, ww, cc),)))


def loss(position: Expr) -> Expr:
    rows = Tabulate(U[k, l], Tuple(k, 1, n), Tuple(l, 1, d))
    return Opaque(Str("J"), Tabulate(VV[cc, l], Tuple(l, 1, d)), text[position], rows)


def window(body: Expr) -> Expr:
    return Sum(body, (j, Max(-m, 1 - tt), -1)) + Sum(body, (j, 1, Min(m, T - tt)))


J_SG = window(loss(tt + j))
SKIPGRAM = [
    (Derivative(J_SG, U[ww, i]), window(Derivative(loss(tt + j), U[ww, i])), True),
    (Derivative(J_SG, U[ww, i]), window(Partial(loss(tt + j), Tuple(2, ww, i))), True),
    (Derivative(J_SG, VV[cc, i]), window(Derivative(loss(tt + j), VV[cc, i])), True),
    (Derivative(J_SG, VV[cc, i]), -window(Derivative(loss(tt + j), VV[cc, i])), False),
    (Derivative(J_SG, VV[ww, i]), 0, True),
    (Derivative(J_SG, VV[cc, i]), 0, False),
]

# likelihood
p = Array("p", (Axis(1, n), Axis(1, n)), domain=(("positive", True),))
oo_, c_ = Symbol("oo", integer=True), Symbol("cc", integer=True)
LF = Facts(Givens(symbols=(n, T, m)))


def windows(body: Expr) -> Expr:
    return Sum(Sum(body, (j, Max(-m, 1 - t), -1)) + Sum(body, (j, 1, Min(m, T - t))), (t, 1, T))


N = windows(KroneckerDelta(text[t + j], oo_) * KroneckerDelta(text[t], c_))
BY_PAIRS = Sum(N * log(p[oo_, c_]), (oo_, 1, n), (c_, 1, n))
BY_POSITIONS = windows(log(p[text[t + j], text[t]]))
LIKELIHOOD = Product(
    Product(p[text[t + j], text[t]], (j, Max(-m, 1 - t), -1)) * Product(p[text[t + j], text[t]], (j, 1, Min(m, T - t))),
    (t, 1, T),
)
MORE = [
    (BY_PAIRS, BY_POSITIONS, True),
    (log(LIKELIHOOD), BY_POSITIONS, True),
    (log(LIKELIHOOD), BY_PAIRS, True),
    (BY_PAIRS, windows(log(p[text[t], text[t + j]])), False),
    (BY_PAIRS, 2 * BY_POSITIONS, False),
    (log(Product(Product(p[oo_, c_] ** N, (oo_, 1, n)), (c_, 1, n))), BY_PAIRS, True),
]


@pytest.mark.parametrize(
    "chain", [SOFTMAX, CENTER, OUTSIDE, SIGMOID, NEGATIVE_CENTER, NEGATIVE_OUTSIDE, NEGATIVE_NEGATIVE]
)
def test_every_true_line(chain: list[Expr]) -> None:
    for a, b in pairwise(chain):
        assert prove_equal(a, b, FACTS), b
    assert prove_equal(chain[0], chain[-1], FACTS)


@pytest.mark.parametrize(
    ("lhs", "rhs"),
    [
        (Sum(KroneckerDelta(k, o) * log(P(k)), (k, 1, n)), log(P(o))),
        (-log(P(o)), -dot(o) + log(Z)),
    ],
)
def test_cross_entropy(lhs: Expr, rhs: Expr) -> None:
    assert prove_equal(lhs, rhs, FACTS)


@pytest.mark.parametrize(
    ("lhs", "rhs"),
    [
        (CENTER[0], -CENTER[1]),
        (CENTER[0], Sum(P(k) * U[k, i], (k, 1, n)) + U[o, i]),
        (CENTER[0], Sum(P(k) * U[k, i], (k, 1, n))),
        (OUTSIDE[0], -V[i] + 1 / Z * exp(dot(w)) * V[i]),  # 5.2: only for w = o
        (OUTSIDE[0], V[i] * (P(w) - 1)),
        (OUTSIDE[0], V[i] * (P(o) - KroneckerDelta(w, o))),
        (SIGMOID[0], -(one**-2 * -exp(-r)) / one**2),
        (SIGMOID[0], sigmoid(r) * (1 + sigmoid(r))),
        (NEGATIVE_CENTER[0], CENTER[0]),
        (NEGATIVE_CENTER[0], U[o, i] * (s_o - 1) - Sum(W[k, i] * (1 - s_k), (k, 1, K))),
        (log(P(o)), P(o)),
        (NEGATIVE_NEGATIVE[0], V[i] * s_q),
    ],
)
def test_wrong_variants(lhs: Expr, rhs: Expr) -> None:
    assert prove_equal(lhs, rhs, FACTS) is None


@pytest.mark.parametrize(("lhs", "rhs", "true"), SKIPGRAM)
def test_skip_gram(lhs: Expr, rhs: Expr, true: bool) -> None:
    assert bool(prove_equal(lhs, rhs, SG)) is true


@pytest.mark.parametrize(("lhs", "rhs", "true"), MORE)
def test_likelihood(lhs: Expr, rhs: Expr, true: bool) -> None:
    assert bool(prove_equal(lhs, rhs, LF)) is true


def test_a_quotient_of_two_kernels_that_both_move_is_divided_once() -> None:
    f, g = exp(U[k, 1]), exp(U[k, 2])
    limits = (k, 1, n)
    total = Sum(f / (f + g), limits) + Sum(g / (f + g), limits)
    assert prove_equal(total, n, FACTS) is not None
    assert prove_equal(Sum(f / (f + g), limits), Sum(g / (f + g), limits), FACTS) is None
