"""Right steps that naive checkers get wrong: every one of them must pass."""

from sympy import Abs, Derivative, I, Max, Min, Rational, cos, cosh, exp, log, pi, sin, sqrt, tanh

from verify.notation import (
    And,
    Eq,
    ForAll,
    Ge,
    Gt,
    Le,
    Lt,
    Ne,
    Or,
    Sum,
    complex_number,
    delta,
    derivation,
    dimension,
    dot,
    each,
    eq,
    frac,
    function,
    ge,
    grad,
    gt,
    holds,
    iff,
    implies,
    index_set,
    integer,
    le,
    lt,
    matrix,
    ones,
    positive,
    real,
    relu,
    sigmoid,
    softmax,
    softplus,
    vector,
)

x, y, a, b = real("x y a b")
p, q = positive("p q")
w = complex_number("w")
k = integer("k")

SCALARS = derivation(
    "right-scalars",
    "True among the reals",
    steps=[
        eq(log(x**2), 2 * log(Abs(x)), tag="log-of-square"),
        eq(sqrt(x**2), Abs(x), tag="root-of-square"),
        eq(tanh(x / 2), 2 * sigmoid(x) - 1, tag="tanh-half"),
        eq(log(exp(a) + exp(b)), a + log(1 + exp(b - a)), tag="log-add-exp"),
        eq(relu(x), (x + Abs(x)) / 2, tag="relu-by-absolute-value"),
        eq(relu(x) - relu(-x), x, tag="relu-difference"),
        eq(Max(x, y) + Min(x, y), x + y, tag="max-plus-min"),
        eq(softplus(x) - softplus(-x), x, tag="softplus-difference"),
        eq(sigmoid(-x), 1 - sigmoid(x), tag="sigmoid-mirrored"),
        eq(log(sigmoid(x)), -softplus(-x), tag="log-sigmoid"),
        eq(frac(x**2 - 1, x - 1), x + 1, tag="removable-pole"),
        eq(frac(x, x), 1, tag="x-over-x"),
        eq(sqrt(p) * sqrt(q), sqrt(p * q), tag="roots"),
        eq(sin(x) ** 2 + cos(x) ** 2, 1, tag="pythagoras"),
        eq((-1) ** (2 * k), 1, tag="even-power"),
        eq(sin(pi * k), 0, tag="sine-at-integers"),
        eq(exp(I * pi), -1, tag="euler"),
        eq(cosh(x), (exp(x) + exp(-x)) / 2, tag="cosh"),
        eq(sqrt(2) * sqrt(3), sqrt(6), tag="numbers"),
        eq(x * frac(1, 10), Rational(1, 10) * x, tag="decimal"),
        eq(exp(log(w)), w, tag="exp-of-log"),
    ],
)

CALCULUS = derivation(
    "right-calculus",
    "Derivatives",
    steps=[
        eq(Derivative(sigmoid(x), x), sigmoid(x) * sigmoid(-x), tag="sigmoid"),
        eq(Derivative(Abs(x), x), x / Abs(x), tag="absolute-value"),
        eq(Derivative(relu(x) ** 2, x), 2 * relu(x), tag="relu-squared"),
        eq(Derivative(x**p, x), p * x ** (p - 1), tag="power-rule"),
        eq(Derivative(softplus(x), x), sigmoid(x), tag="softplus"),
        eq(Derivative(x**3, (x, 2)), 6 * x, tag="second"),
        eq(Derivative(log(Abs(x)), x), 1 / x, tag="log-absolute"),
    ],
)

INEQUALITIES = derivation(
    "right-inequalities",
    "Inequalities",
    steps=[
        ge(x**2 + y**2, 2 * x * y, tag="squares"),
        gt(exp(x), 0, tag="exp"),
        lt(sigmoid(x), 1, tag="sigmoid-below-one"),
        le(relu(x), Abs(x), tag="relu-below-absolute"),
        ge(p + 1 / p, 2, tag="amgm"),
        le(Abs(x + y), Abs(x) + Abs(y), tag="triangle"),
        ge(softplus(x), 0, tag="softplus"),
        gt(sigmoid(p), Rational(1, 2), tag="half"),
    ],
)

LOGIC = derivation(
    "right-logic",
    "Implications",
    steps=[
        implies(Eq(x, 2), Eq(x**2, 4), tag="square"),
        iff(Eq(x**2, 4), Or(Eq(x, 2), Eq(x, -2)), tag="both-roots"),
        implies(Gt(x, 0), Ne(x, 0), tag="positive-is-nonzero"),
        iff(Gt(sigmoid(x), Rational(1, 2)), Gt(x, 0), tag="threshold"),
        implies(And(Gt(x, 0), Gt(y, 0)), Gt(x * y, 0), tag="product"),
        implies(Eq(2 * x, 6), Eq(x, 3), tag="divide-by-two"),
        iff(Lt(x, y), Gt(-x, -y), tag="negate"),
        holds(Or(Le(x, 0), Gt(x, 0)), tag="trichotomy"),
    ],
)

n, d = dimension("n d")
Omega = index_set("Omega", n)
i, j, m = Omega.indices("i j m")
u, v, c = vector("u", n), vector("v", n), vector("c", d)
U = matrix("U", Omega, d)
f = function("f")

VECTORS = derivation(
    "right-vectors",
    "Sums and gradients of any size",
    steps=[
        eq(Sum(softmax(u)[i], i), 1, tag="normalised"),
        eq(grad(dot(u, u), u), 2 * u, tag="norm"),
        eq(grad(dot(u, v), u), v, tag="linear"),
        eq(grad(softmax(u)[i], u[j]), softmax(u)[i] * (delta(i, j) - softmax(u)[j]), tag="softmax-jacobian"),
        eq(Sum(Sum(u[i] * v[m], i), m), Sum(u[i], i) * Sum(v[m], m), tag="double-sum"),
        eq(Sum(delta(m, i) * u[m], m), u[i], tag="delta"),
        eq(dot(u + ones(n), v), dot(u, v) + Sum(v[m], m), tag="ones"),
        eq(Sum(1 + u[m], m), n + Sum(u[m], m), tag="constant-summand"),
        eq(grad(Sum(dot(U[m], c), m), U[i]), c, tag="row"),
        eq(grad(Sum(dot(U[m], c), m), c), Sum(U[m], m), tag="sum-of-rows"),
        eq(grad(f(u) ** 2, u), 2 * f(u) * grad(f(u), u), tag="opaque"),
        eq(each(u[m] + v[m], m), u + v, tag="componentwise"),
        ge(dot(relu(u), relu(v)), 0, tag="relu-dot"),
        iff(Eq(dot(u, u), 0), ForAll(m, Eq(u[m], 0)), tag="definite"),
        ge(dot(u, u), 0, tag="norm-nonnegative"),
        holds(ForAll(m, Ge(exp(u[m]), 0)), tag="every-exp"),
    ],
)
