"""Equation (7) and the two after it: the gradients of the negative-sampling loss.

The K negatives are distinct words, o not among them. Words have no order, so they are called the first K.
"""

from sympy import exp, log

from verify.notation import (
    Sum,
    derivation,
    dimension,
    dot,
    eq,
    frac,
    grad,
    index_set,
    line,
    matrix,
    prime,
    sigmoid,
    vector,
)

n, d, K = dimension("n"), dimension("d"), dimension("K")
Omega = index_set("Omega", n)
Negatives, Others = Omega.split(K)
o, (k, l), w = Others.index("o"), Negatives.indices("k l"), Omega.index("w")
V_c, U = vector("V_c", d), matrix("U", Omega, d)


def score(w):
    """U_wᵀV_c."""
    return dot(U[w], V_c)


J_naive = -log(exp(score(o)) / Sum(exp(score(w)), w))
J_neg = -log(sigmoid(score(o))) - Sum(log(sigmoid(-score(l))), l)

first_part = -frac(1, sigmoid(score(o))) * prime(sigmoid, score(o)) * (1 - sigmoid(score(o))) * U[o]
second_part = -Sum(
    frac(1, sigmoid(score(k))) * prime(sigmoid, -score(k)) * (1 - sigmoid(-score(k))) * (-U[k]),
    k,
)
last = U[o] * (sigmoid(score(o)) - 1) + Sum(U[k] * (1 - sigmoid(-score(k))), k)

FIRST_PART = r"-\frac{1}{\sigma(U_o^T V_c)}\sigma'(U_o^T V_c)(1-\sigma(U_o^T V_c)) U_o"
SECOND_PART = r"-\sum_k\frac{1}{\sigma(U_k^T V_c)}\cdot\sigma'(-U_k^T V_c)(1-\sigma(-U_k^T V_c))\cdot(-U_k)"
LAST = r"U_o(\sigma(U_o^T V_c)-1)+\sum_k U_k(1-\sigma(-U_k^T V_c))"

AS_PRINTED = derivation(
    "negative-sampling-center-as-printed",
    "Gradient for the centre vector, with the left side as printed",
    source="eq. (7)",
    start=line(grad(J_naive, V_c), r"\frac{\partial J_{\text{naive-sm}}}{\partial V_c}", tag="7.0"),
    steps=[
        eq(first_part, FIRST_PART, tag="7.1", erratum="the left side is mislabelled: what follows is about J_neg"),
        eq(second_part, SECOND_PART, tag="7.2", erratum="a line break of one sum, read as an equals sign"),
        eq(last, LAST, tag="7.3", erratum="the left side is mislabelled: this is the gradient of J_neg"),
    ],
)

MENDED = derivation(
    "negative-sampling-center",
    "Gradient for the centre vector, with the left side mended",
    source="eq. (7)",
    start=line(grad(J_neg, V_c), r"\frac{\partial J_{\text{neg}}}{\partial V_c}", tag="7.0"),
    steps=[
        eq(
            first_part + second_part,
            FIRST_PART + SECOND_PART,
            tag="7.12",
            erratum="σ' is already σ(1-σ), and the second sum divides by σ(U_kᵀV_c) instead of σ(-U_kᵀV_c)",
        ),
        eq(last, LAST, tag="7.3"),
    ],
    remarks=["The printed left side, of the naive-softmax loss, is read as J_neg; 7.1 and 7.2 are one expression."],
)

OUTSIDE = derivation(
    "negative-sampling-outside",
    "Gradient for the outside vector",
    source="after eq. (7)",
    start=line(grad(J_neg, U[o]), r"\frac{\partial J_{\text{neg}}}{\partial U_o}", tag="7b.0"),
    steps=[
        eq(
            frac(-1, sigmoid(score(o))) * sigmoid(score(o)) * (1 - sigmoid(score(o))) * V_c,
            r"\frac{-1}{\sigma(U_o^T V_c)}\sigma(U_o^T V_c)(1-\sigma(U_o^T V_c))\cdot V_c",
            tag="7b.1",
        ),
        eq(-V_c * (1 - sigmoid(score(o))), r"-V_c(1-\sigma(U_o^T V_c))", tag="7b.2"),
    ],
)

NEGATIVE = derivation(
    "negative-sampling-negative",
    "Gradient for a negative word's vector",
    source="after eq. (7)",
    start=line(grad(J_neg, U[k]), r"\frac{\partial J_{\text{neg}}}{\partial U_k}", tag="7c.0"),
    steps=[
        eq(
            frac(1, sigmoid(-score(k))) * sigmoid(-score(k)) * (1 - sigmoid(-score(k))) * (-V_c),
            r"\frac{1}{\sigma(-U_k^T V_c)}\sigma(-U_k^T V_c)(1-\sigma(-U_k^T V_c))\cdot(-V_c)",
            tag="7c.1",
            erratum="the outer minus of -log σ is lost",
        ),
        eq(V_c * (1 - sigmoid(-score(k))), r"V_c(1-\sigma(-U_k^T V_c))", tag="7c.2"),
        eq(V_c * sigmoid(score(k)), r"V_c\,\sigma(U_k^T V_c)", tag="7c.3"),
    ],
)
