"""Equations (4) and (5): the gradients of the naive-softmax loss."""

from sympy import exp, log

from verify.notation import (
    Sum,
    delta,
    derivation,
    dimension,
    dot,
    eq,
    frac,
    grad,
    index_set,
    line,
    matrix,
    vector,
)

n, d = dimension("n"), dimension("d")
Omega = index_set("Omega", n)
o, w, k = Omega.indices("o omega k")
V_c, U = vector("V_c", d), matrix("U", Omega, d)


def score(w):
    """U_wᵀV_c."""
    return dot(U[w], V_c)


def P(w):
    """P(w | c), which the notes also write ŷ_w."""
    return exp(score(w)) / Sum(exp(score(k)), k)


def y(w):
    """One-hot at o."""
    return delta(w, o)


J = -log(P(o))
total = Sum(exp(score(w)), w)

CENTER = derivation(
    "naive-softmax-center",
    "Gradient for the centre vector",
    source="eq. (4)",
    start=line(grad(J, V_c), r"\frac{\partial J_{\text{naive}}}{\partial V_c}", tag="4.0"),
    steps=[
        eq(
            -grad(-log(frac(exp(score(o)), total)), V_c),
            r"-\frac{\partial}{\partial V_c}\left(-\log\frac{e^{U_o^T V_c}}"
            r"{\sum_{\omega\in\Omega} e^{U_\omega^T V_c}}\right)",
            tag="4.1",
            erratum="the minus of J = -log ŷ is written twice",
        ),
        eq(
            grad(-score(o) + log(total), V_c),
            r"\frac{\partial}{\partial V_c}\left(-U_o^T V_c + \log\sum_{\omega\in\Omega} e^{U_\omega^T V_c}\right)",
            tag="4.2",
        ),
        eq(
            -U[o] + frac(1, total) * Sum(grad(exp(score(w)), V_c), w),
            r"-U_o + \frac{1}{\sum_{\omega\in\Omega} e^{U_\omega^T V_c}}\cdot"
            r"\sum_{\omega\in\Omega}\frac{\partial}{\partial V_c}(e^{U_\omega^T V_c})",
            tag="4.3",
        ),
        eq(
            -U[o] + frac(1, total) * Sum(exp(score(k)) * U[k], k),
            r"-U_o + \frac{1}{\sum_{\omega\in\Omega} e^{U_\omega^T V_c}}\sum_{k\in\Omega} e^{U_k^T V_c}\cdot U_k",
            tag="4.4",
        ),
        eq(
            frac(Sum(exp(score(k)) * U[k], k), total) - U[o],
            r"\frac{\sum_{k\in\Omega} e^{U_k^T V_c}\cdot U_k}{\sum_{\omega\in\Omega} e^{U_\omega^T V_c}} - U_o",
            tag="4.5",
        ),
        eq(Sum(P(k) * U[k], k) - U[o], r"\sum_k P(k|c) U_k - U_o", tag="4.6"),
        eq(Sum(P(k) * U[k], k) - U[o], r"\sum_k \hat y_k U_k - U_o", tag="4.7", reason="ŷ_k is P(k|c)"),
    ],
)

OUTSIDE = derivation(
    "naive-softmax-outside",
    "Gradient for the outside vectors, for any word ω",
    source="eq. (5)",
    start=line(grad(J, U[w]), r"\frac{\partial J_{\text{naive}}}{\partial U_\omega}", tag="5.0"),
    steps=[
        eq(
            grad(-score(o) + log(Sum(exp(score(k)), k)), U[w]),
            r"\frac{\partial}{\partial U_\omega}\left(-U_o^T V_c + \log\sum_{k\in\Omega} e^{U_k^T V_c}\right)",
            tag="5.1",
        ),
        eq(
            -V_c + frac(1, Sum(exp(score(k)), k)) * exp(score(w)) * V_c,
            r"-V_c + \frac{1}{\sum_{k\in\Omega} e^{U_k^T V_c}}\cdot e^{U_\omega^T V_c}\cdot V_c",
            tag="5.2",
            erratum="the first term is there for ω = o only: a Kronecker delta is missing",
        ),
        eq(V_c * (P(w) - 1), r"V_c (P(\omega|c) - 1)", tag="5.3"),
        eq(V_c * (P(w) - y(w)), r"V_c (\hat y_\omega - y_\omega)", tag="5.4"),
    ],
)
