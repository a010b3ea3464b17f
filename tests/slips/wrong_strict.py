"""Strict inequalities that fail at one place only, which no sample hits: every one of these must be refuted."""

from sympy import Abs, E, Rational, cos, cosh, exp, im, log, sin

from verify.notation import (
    Gt,
    Lt,
    Sum,
    complex_number,
    derivation,
    dimension,
    dot,
    ge,
    gt,
    index_set,
    le,
    lt,
    ne,
    positive,
    real,
    vector,
)

n = dimension("n")
m, _ = index_set("M", n).indices("m k")
u, v = vector("u", n), vector("v", n)
x, y, p, q = real("x y p q")
z, w = positive("z"), complex_number("w")

TIGHT = derivation(
    "wrong-strict",
    "Where the sides touch",
    steps=[
        gt(dot(u, u), 0, tag="zero-vector"),
        gt(Sum(Abs(u[m]), m), 0, tag="all-zero"),
        lt(dot(u, v), dot(u, u) + dot(v, v), tag="both-zero"),
        gt(Sum(Abs(u[m] - v[m]), m), 0, tag="equal-vectors"),
        lt(sin(x), 1, tag="sine"),
        gt(x * sin(x), -2 + x * sin(x) + cos(x) + 1, tag="cosine"),
        ne(x**2, 2, tag="irrational-root"),
        gt((x - y) ** 2 + (y - Rational(1, 3)) ** 2, 0, tag="two-squares"),
        lt(log(z), z / E, tag="at-e"),
        gt(z**z, exp(-1 / E), tag="at-one-over-e"),
        lt(Abs(sin(w)), cosh(im(w)), tag="on-a-line-in-the-plane"),
        gt((x - z) ** 2 * exp(x), 0, tag="diagonal"),
        gt(z + 1 / z, 2, tag="am-gm"),
        lt(z**2 * sin(2 * x), z**2, tag="scaled"),
    ],
)

ENTROPY = derivation(
    "wrong-strict-entropy",
    "Where the sides touch within bounds",
    given=[Gt(p, 0), Lt(p, 1), Gt(q, 0), Lt(q, 1)],
    steps=[
        lt(-p * log(p) - (1 - p) * log(1 - p), log(2), tag="entropy"),
        gt(-p * log(q) - (1 - p) * log(1 - q), -p * log(p) - (1 - p) * log(1 - p), tag="cross-entropy"),
        lt(z * (-p * log(p) - (1 - p) * log(1 - p)), z * log(2), tag="scaled-entropy"),
    ],
)

NARROW = derivation(
    "wrong-narrow",
    "False in a narrow place",
    steps=[
        le(x**2 / (1 + x**2), Rational(9999, 10000), tag="far-out"),
        gt(x**2 - 2 * x + Rational(999, 1000), 0, tag="dip"),
        gt(cos(x) + x**2 / 10, 0, tag="two-dips"),
        gt(z * log(z), -Rational(3678, 10000), tag="minimum"),
        ge(sin(x) + sin(y), -2 + Rational(1, 1000), tag="two-sines"),
    ],
)
