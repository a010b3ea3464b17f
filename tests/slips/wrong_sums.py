"""Wrong steps about vectors and sums: every one of them must be refuted, with a witness."""

from sympy import exp, log

from verify.notation import (
    And,
    Eq,
    ForAll,
    Ge,
    Gt,
    Sum,
    delta,
    derivation,
    dimension,
    dot,
    eq,
    function,
    ge,
    grad,
    iff,
    index_set,
    line,
    matrix,
    ones,
    relu,
    softmax,
    vector,
)

n, d = dimension("n d")
Omega = index_set("Omega", n)
i, j, k = Omega.indices("i j k")
x, y, a = vector("x", n), vector("y", n), vector("a", d)
U = matrix("U", Omega, d)
f = function("f")

SUMS = derivation(
    "wrong-sums",
    "Sums and indices",
    steps=[
        eq(Sum(x[k] * y[k], k), Sum(x[k], k) * Sum(y[k], k), tag="product-of-sums"),
        eq(Sum(1 + x[k], k), 1 + Sum(x[k], k), tag="lost-n"),
        eq(Sum(delta(k, i) * x[k], k), x[j], tag="wrong-index"),
        eq(log(Sum(exp(x[k]), k)), Sum(x[k], k), tag="log-sum-exp"),
        eq(Sum(x[i] * x[j], i, j), Sum(x[i] ** 2, i), tag="lost-cross-terms"),
        eq(Sum(k, k), n**2 / 2, tag="little-gauss"),
        eq(softmax(x)[i], softmax(2 * x)[i], tag="temperature"),
        eq(Sum(softmax(x)[i], i), n, tag="normalisation"),
        ge(dot(x, y), 0, tag="dot-sign"),
        eq(softmax(x)[i], softmax(x)[j], tag="uniform"),
    ],
)

GRADIENTS = derivation(
    "wrong-gradients",
    "Gradients by vectors and matrices",
    steps=[
        eq(grad(dot(x, x), x), x, tag="lost-two"),
        eq(grad(dot(x, y), x), x, tag="other-factor"),
        eq(grad(log(Sum(exp(x[k]), k)), x[i]), exp(x[i]), tag="lost-denominator"),
        eq(grad(softmax(x)[i], x[j]), softmax(x)[i] * (1 - softmax(x)[j]), tag="missing-delta"),
        eq(grad(Sum(dot(U[k], a), k), U[i]), n * a, tag="counted-n-times"),
        eq(grad(Sum(dot(U[k], a), k), a), U[i], tag="lost-sum"),
        eq(grad(f(x) ** 2, x), grad(f(x), x), tag="opaque-chain-rule"),
    ],
)

CHAIN = derivation(
    "wrong-chain",
    "A slip, carried, cancelled",
    start=line(grad(dot(x, x) + Sum(x[k], k), x), tag="0"),
    steps=[
        eq(x + ones(n), tag="own"),
        eq(ones(n) + x, tag="carried"),
        eq(2 * x + ones(n), tag="cancels"),
        eq(ones(n) + 2 * x, tag="sound"),
    ],
)

SIGNS = derivation(
    "wrong-signs",
    "Statements for all components",
    steps=[
        iff(Ge(dot(relu(x), relu(y)), 0), ForAll(k, Ge(x[k] * y[k], 0)), tag="always-true"),
        iff(Gt(dot(x, y), 0), ForAll(k, And(Gt(x[k], 0), Gt(y[k], 0))), tag="one-sided"),
        iff(Eq(dot(x, y), 0), ForAll(k, Eq(x[k] * y[k], 0)), tag="orthogonal"),
    ],
)
