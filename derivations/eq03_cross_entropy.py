"""Equation (3): the cross-entropy of a one-hot vector, printed without its minus on either side."""

from sympy import exp, log

from verify.notation import Sum, delta, derivation, dimension, dot, eq, index_set, line, matrix, vector

n, d = dimension("n"), dimension("d")
Omega = index_set("Omega", n)
o, w, k = Omega.indices("o omega k")
V_c, U = vector("V_c", d), matrix("U", Omega, d)


def P(w):
    """P(w | c), which the notes also write ŷ_w."""
    return exp(dot(U[w], V_c)) / Sum(exp(dot(U[k], V_c)), k)


def y(w):
    """One-hot at o."""
    return delta(w, o)


CROSS_ENTROPY = derivation(
    "cross-entropy",
    "Cross-entropy with a one-hot vector",
    source="eq. (3)",
    start=line(Sum(y(w) * log(P(w)), w), r"\sum_{\omega\in\Omega} y_\omega \log\hat y_\omega", tag="3.0"),
    steps=[
        eq(
            Sum(0, (k, 1, o - 1)) + 1 * log(P(o)) + Sum(0, (k, o + 1, n)),
            r"0 + 0 + \dots + 0 + 1\cdot\log\hat y_o + \dots + 0",
            tag="3.1",
            reason="every term but o's is zero",
        ),
        eq(log(P(o)), r"\log\hat y_o", tag="3.2"),
        eq(P(o), r"P(O=o \mid C=c)", tag="3.3", erratum="the logarithm is lost"),
    ],
)
