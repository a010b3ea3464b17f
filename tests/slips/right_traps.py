"""Right steps that an earlier version refuted or found contradictory: every one of them must pass."""

from sympy import Abs, Derivative, Rational, Subs, sign, sqrt

from verify.notation import And, Eq, Gt, Ne, derivation, eq, frac, function, ge, iff, implies, integer, le, real

x, y, z = real("x y z")
k, m = integer("k m")
f = function("f")

POWERS = derivation(
    "right-powers",
    "Real powers, where the base is not negative",
    steps=[
        ge(x**y, 0, tag="nonnegative"),
        eq(x**y, Abs(x) ** y, tag="absolute-value"),
        eq((x**2) ** (y / 2), Abs(x) ** y, tag="square"),
    ],
)

INTEGERS = derivation(
    "right-integers",
    "Whole numbers",
    steps=[
        eq(Subs(k**2, k, 3) + k, 9 + k, tag="substitution"),
        eq(Subs(k - m, (k, m), (m, k)), m - k, tag="exchange"),
        implies(And(Eq(frac(k, m), Rational(1, 2)), Gt(k, 0)), Eq(m, 2 * k), tag="quotient"),
    ],
)

DECIMALS = derivation(
    "right-decimals",
    "Decimals are exact",
    steps=[eq(0.1 * x + 0.2 * x, 0.3 * x, tag="sum"), eq(x**0.5, sqrt(x), tag="root")],
)

KINKS = derivation(
    "right-kinks",
    "Derivatives away from kinks",
    steps=[
        eq(Derivative(Abs(x), x), sign(x), tag="absolute-value"),
        eq(Derivative(f(x) ** 2, x), 2 * f(x) * Derivative(f(x), x), tag="chain-rule"),
        le(Abs(Abs(x) - Abs(y)), Abs(x - y), tag="reverse-triangle"),
        iff(Ne(x, 0), Gt(Abs(x), 0), tag="nonzero"),
    ],
)
