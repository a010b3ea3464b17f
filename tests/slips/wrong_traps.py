"""Wrong steps that fooled an earlier version of the checks: every one of them must be refuted, with a witness."""

from sympy import Derivative, Rational, Subs, conjugate, cos, exp, log, pi, sqrt

from verify.notation import (
    Eq,
    Product,
    Sum,
    complex_number,
    derivation,
    dimension,
    dot,
    eq,
    frac,
    function,
    ge,
    grad,
    gt,
    implies,
    index_set,
    integer,
    lt,
    ne,
    positive,
    prime,
    real,
    vector,
)

x, y, z = real("x y z")
p = positive("p")
w = complex_number("w")
k, m = integer("k m")
n = dimension("n")
i, j, h = index_set("Omega", n).indices("i j h")
u = vector("u", n)
f, g = function("f"), function("g")

OPAQUE = derivation(
    "wrong-opaque",
    "Unknown functions are not the polynomials that stand for them",
    steps=[
        eq(f(0), 3, tag="value"),
        gt(f(1), 0, tag="sign"),
        gt(prime(f, 0), 0, tag="slope"),
        eq(Derivative(f(x), (x, 3)), Derivative(f(y), (y, 3)), tag="third-derivative"),
        eq(Derivative(f(x), (x, 6)), 0, tag="sixth-derivative"),
        eq(Derivative(f(x, y), x, x, y), 0, tag="mixed"),
        eq(f(x), g(x), tag="two-functions"),
        eq(f(x + y), f(x) + f(y), tag="additive"),
        gt(f(x) ** 2 + x**2, 0, tag="positive"),
        eq(conjugate(g(w)), g(w), tag="real-only-of-reals"),
    ],
)

INTEGERS = derivation(
    "wrong-integers",
    "Whole numbers are not like real ones",
    steps=[
        gt((x**2 + 1) * (1 / k - Rational(1, 50)) ** 2, 0, tag="division"),
        ne(k, 37, tag="rare"),
        ne(k**2, 2401, tag="rare-square"),
        gt((k - Rational(13, 2)) * (k - Rational(15, 2)), 0, tag="between"),
        eq(Sum(p, (k, 1, m)), m * p, tag="empty-sum"),
        eq(Product(x, (k, 1, m)), x**m, tag="empty-product"),
        eq((n - 1) * (n - 2) * (n - 3) * (n - 5) * (n - 8) * u[i], 0, tag="sizes"),
        lt(n, 12, tag="bound"),
        eq(Subs(2**k, k, m), 2**k, tag="substitution"),
    ],
)

PREMISES = derivation(
    "wrong-premises",
    "Equals are not put in below a derivative",
    steps=[
        implies(Eq(x, y), Eq(Derivative(x * y, x), 2 * x), tag="product"),
        implies(Eq(u[i], x), Eq(grad(dot(u, u), u[i]), 0), tag="gradient"),
    ],
)

TINY = derivation(
    "wrong-tiny",
    "Sides that differ by a number, however small",
    steps=[
        eq(pi + Rational(1, 10**400), pi, tag="number"),
        eq(exp(x) + Rational(1, 10**400), exp(x), tag="constant"),
        eq(x**2 + 1 + exp(-2000), x**2 + 1, tag="exponential"),
        eq(cos(x) + exp(-5000), cos(x), tag="more"),
        ge(frac(x, x), 2, tag="quotient"),
    ],
)

SMALL_DOMAIN = derivation(
    "wrong-small-domain",
    "Defined on a small part of what the symbols may be",
    steps=[
        eq(Derivative(log(1 - p), p), 1 / (p - 1) + p, tag="unit-interval"),
        eq(sqrt(1 - p) * sqrt(1 + p), 1 - p, tag="roots"),
    ],
)
