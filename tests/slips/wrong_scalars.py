"""Wrong steps about numbers: every one of them must be refuted, with a witness."""

from sympy import Abs, Derivative, I, Rational, cos, exp, log, sin, sqrt

from verify.notation import (
    And,
    Eq,
    Ge,
    Gt,
    Ne,
    Or,
    complex_number,
    derivation,
    eq,
    frac,
    ge,
    gt,
    holds,
    iff,
    implies,
    integer,
    le,
    ne,
    positive,
    real,
    relu,
    sigmoid,
    softplus,
)

x, y, z = real("x y z")
p, q = positive("p q")
w = complex_number("w")
k = integer("k")

ALGEBRA = derivation(
    "wrong-algebra",
    "What is not so among the reals",
    steps=[
        eq(sqrt(x**2), x, tag="root-of-square"),
        eq(Abs(x), x, tag="absolute-value"),
        eq(relu(x) ** 2, x**2, tag="relu-squared"),
        eq((x + y) ** 2, x**2 + y**2, tag="freshman"),
        eq(x + Rational(1, 10**14), x, tag="tiny-term"),
        eq(frac(x**2 - 1, x - 1), x - 1, tag="wrong-factor"),
        eq(log(x + y), log(x) + log(y), tag="log-of-sum"),
        eq(log(p * q), log(p) * log(q), tag="log-of-product"),
        eq(exp(x + y), exp(x) + exp(y), tag="exp-of-sum"),
        eq(sigmoid(x + 40), 1, tag="saturated"),
        eq(sigmoid(x + 400), 1, tag="very-saturated"),
        eq(sigmoid(-x), -sigmoid(x), tag="odd-sigmoid"),
        eq(softplus(x), relu(x), tag="softplus-is-relu"),
        eq(sin(2 * x), 2 * sin(x), tag="double-angle"),
        eq(cos(x) ** 2 - sin(x) ** 2, 1, tag="wrong-pythagoras"),
        eq((-1) ** k, 1, tag="parity"),
        eq(2**100 * x + 1, 2**100 * x, tag="huge-coefficient"),
        eq(exp(-(x**2)) * 10**-20, 0, tag="almost-zero"),
    ],
)

COMPLEX = derivation(
    "wrong-complex",
    "What is not so among the complex numbers",
    steps=[
        eq(sqrt(w**2), w, tag="root-of-square"),
        eq(log(exp(w)), w, tag="log-of-exp"),
        eq(log(w**2), 2 * log(w), tag="log-of-square"),
        eq(Abs(w) ** 2, w**2, tag="modulus"),
        eq(exp(I * w), cos(w) - I * sin(w), tag="euler-sign"),
    ],
)

CALCULUS = derivation(
    "wrong-calculus",
    "Derivatives with the usual slips",
    steps=[
        eq(Derivative(sin(x) * exp(x), x), cos(x) * exp(x), tag="product-rule"),
        eq(Derivative(exp(x**2), x), exp(x**2), tag="chain-rule"),
        eq(Derivative(frac(sin(x), p + x**2), x), frac(cos(x), 2 * x), tag="quotient-rule"),
        eq(Derivative(log(1 + exp(x)), x), sigmoid(-x), tag="sign-of-argument"),
        eq(Derivative(x**3, (x, 2)), 3 * x**2, tag="once-too-few"),
        eq(Derivative(Abs(x), x), 1, tag="kink"),
    ],
)

INEQUALITIES = derivation(
    "wrong-inequalities",
    "Strict for weak, and worse",
    steps=[
        gt(x**2, 0, tag="square-is-positive"),
        ge(x**2, x, tag="square-above"),
        le(log(p), 0, tag="logarithm"),
        ge(p + 1 / p, 3, tag="amgm"),
        ne(x**2, 4, tag="never-four"),
        gt(sigmoid(x), Rational(1, 2), tag="half"),
        le(Abs(x - y), Abs(x) - Abs(y), tag="triangle"),
    ],
)

LOGIC = derivation(
    "wrong-logic",
    "Conclusions that need more than their premises",
    steps=[
        implies(Eq(x**2, 4), Eq(x, 2), tag="lost-root"),
        implies(Eq(x * y, 0), Eq(x, 0), tag="lost-factor"),
        iff(Gt(x * y, 0), And(Gt(x, 0), Gt(y, 0)), tag="lost-case"),
        implies(Ge(x, 0), Gt(x, 0), tag="strict"),
        implies(Gt(x, y), Gt(x**2, y**2), tag="square-both-sides"),
        implies(Ne(x, y), Ne(x**2, y**2), tag="square-distinct"),
        holds(Or(Gt(x, 0), Gt(-x, 0)), tag="excluded-zero"),
        implies(Eq(x * z, y * z), Eq(x, y), tag="divided-by-zero"),
    ],
)
