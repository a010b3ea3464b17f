"""Equations (1) and (2): softmax does not change when a constant is added to every component."""

from sympy import exp

from verify.notation import Sum, derivation, dimension, eq, frac, index_set, line, ones, real, softmax, vector

n = dimension("n")
i, j = index_set("1..n", n).indices("i j")
x, c = vector("x", n), real("c")

SHIFT = derivation(
    "softmax-shift",
    "Softmax is invariant to a shift",
    source="eq. (1), (2)",
    start=line(softmax(x + c * ones(n))[i], r"\text{softmax}(x+c)_i", tag="1.0"),
    steps=[
        eq(frac(exp(x[i] + c), Sum(exp(x[j] + c), j)), r"\frac{e^{x_i+c}}{\sum_j e^{x_j+c}}", tag="1.1"),
        eq(
            frac(exp(x[i]) * exp(c), exp(c) * Sum(exp(x[j]), j)),
            r"\frac{e^{x_i} e^c}{e^c \sum_j e^{x_j}}",
            tag="1.2",
        ),
        eq(softmax(x)[i], r"\text{softmax}(x)_i", tag="1.3"),
    ],
)
