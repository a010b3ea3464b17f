"""Two slips in one line: wherever they stand, both are found, and the line with both undone is proved."""

import pytest
from sympy import Abs, Derivative, Rational, S, atanh, cos, cot, csc, exp, gamma, log, pi, sin, sqrt

from verify import engine
from verify.config import Settings
from verify.model import Verdict
from verify.notation import (
    Sum,
    complex_number,
    derivation,
    dimension,
    dot,
    eq,
    frac,
    function,
    grad,
    index_set,
    matrix,
    positive,
    real,
    relu,
    sigmoid,
    vector,
)
from verify.show import show

x, y = real("x y")
a, b, c, d, p = positive("a b c d p")
n, size = dimension("n"), dimension("d")
Words = index_set("Omega", n)
i, m = Words.indices("i m")
u, w = vector("u", size), vector("w", size)
U = matrix("U", Words, size)


def diagnoses(lhs, wrong):
    made = derivation("pairs", "Pairs of slips", steps=[eq(lhs, wrong)])
    assert made is not None
    (result,) = engine.judge(made, Settings()).steps
    assert result.verdict is Verdict.REFUTED
    return result.diagnoses


PAIRS = [
    # the left side, the line with two slips, the line as it should be, what they are called
    (Derivative(a * x**4 + b * x, x), 3 * a * x**3 - b, 4 * a * x**3 + b, ["constant", "sign"]),
    # numbers: a sign and a square, a term and a power
    (-log(10), log(10) ** 2, -log(10), ["exponent", "sign"]),
    (pi**4, 1 + pi**5, pi**4, ["exponent", "extra-term"]),
    # within one whole that stands elsewhere as it should be
    (
        Derivative(log(a + b * x), x),
        frac(b, a + x**2 * atanh(b * x)),
        frac(b, a + b * x),
        ["extra-factor", "extra-function"],
    ),
    # one term with two slips is no other term
    (Derivative(c * x + c * cos(x), x), c - a * b * p * sin(x), c - c * sin(x), ["extra-factor", "variable"]),
    # one around a quotient, the other one in it
    (
        frac(2 * x, 2 * x**2 + 6 * x + 2),
        3 * x * frac(x, -(x**2) + 3 * x + 1),
        frac(x, x**2 + 3 * x + 1),
        ["extra-factor", "sign"],
    ),
    # a square hides the sign of what it is of
    (
        Derivative(-1 / (4 * c * (a + c * x**4)), x),
        frac(x**3, (-a + c * x) ** 2),
        frac(x**3, (a + c * x**4) ** 2),
        ["exponent", "sign"],
    ),
    # each pair could be one edit that says more than one thing
    (frac(x, x), -x, S.One, ["extra-factor", "sign"]),
    (sin(x) ** 2 + cos(x) ** 2, p + x, S.One, ["extra-factor", "extra-term"]),
    (Derivative(y**3 / 3 + 2 * y, y), y**2 + y + 1, y**2 + 2, ["constant", "extra-term"]),
    (
        Derivative((a + b * x) ** (p + 1) / (b * (p + 1)), x),
        (a + x / p) ** p,
        (a + b * x) ** p,
        ["reciprocal", "variable"],
    ),
    (a * log(frac(b, c)) / 2, 1 - a * log(frac(b, c)) / 2, a * log(frac(b, c)) / 2, ["extra-term", "sign"]),
    (Derivative(x**p, x), p * x ** (p + x - x**p), p * x ** (p - 1), ["extra-factor", "extra-term"]),
    (b + frac(9 * x, x), b - 10, b + 9, ["constant", "sign"]),
    # little besides the left side; with its sign wrong
    (sqrt(6), 1 - sqrt(6), sqrt(6), ["extra-term", "sign"]),
    (sqrt(a) * sqrt(b), -a * sqrt(b), sqrt(a) * sqrt(b), ["exponent", "sign"]),
    # a sign and a number are two slips; so are a term that is lost and the sign of what is left
    (Derivative(a * x**2 + b * x, x), -4 * a * x - 2 * b, 2 * a * x + b, ["extra-factor", "sign"]),
    (relu(x), -Abs(x) / 2, x / 2 + Abs(x) / 2, ["missing-term", "sign"]),
    # the sign is turned before the product, not within it
    (
        grad(Sum(exp(dot(U[m], w)), m), w),
        Sum(U[m] * exp(-dot(U[m], 2 * w)), m),
        Sum(U[m] * exp(dot(U[m], w)), m),
        ["extra-factor", "sign"],
    ),
    # SymPy puts what is turned upside down elsewhere in its product
    (w * (1 - sigmoid(-dot(u, w))), w / sigmoid(dot(2 * u, w)), w * sigmoid(dot(u, w)), ["extra-factor", "reciprocal"]),
    # the sign of what is within a function that has no inverse, and an edit within that
    (
        gamma(a + 3) / (a + 2),
        gamma(2 - gamma(a)),
        gamma(a + 2),
        ["extra-function", "sign"],
    ),
    # an absolute value hides a sign that is not the same everywhere
    (Abs(x) ** a, Abs(x * y) ** a + 1, Abs(x) ** a, ["extra-factor", "extra-term"]),
    # what is left out of a product and of a sum may leave neither
    (
        w * frac(exp(dot(u, w)), a) - w,
        w * (frac(exp(dot(u, b * w)), a) - 1) + w,
        w * (frac(exp(dot(u, w)), a) - 1),
        ["extra-factor", "extra-term"],
    ),
    # a number and a factor, a number and a term are no one slip
    (Derivative(x**3, (x, 2)), S(5), 6 * x, ["constant", "missing-factor"]),
    (x - y, -2 * y, x - y, ["constant", "missing-term"]),
    # a square is another one's expansion only if it is one of a sum
    (a + b**2 + 2 * x**4, a + b**2 + 4 * x**4 + x, a + b**2 + 2 * x**4, ["constant", "extra-term"]),
    # values that some edits have nowhere hide nothing
    (grad(Sum(dot(U[m], w), m), U[i]), -w / n, w, ["extra-factor", "sign"]),
    # what does not belong there is left out, though nothing but the left side stays
    (Abs(x), Abs(x * Abs(x)) + 1, Abs(x), ["extra-factor", "extra-term"]),
    # what is left out is not put in again, and nothing is made that goes together with something else there
    (Derivative(x**3, (x, 2)), 6 * x**4 + x, 6 * x, ["exponent", "extra-term"]),
    (frac(a**2, a**2 * b**2), b**2 + 2 / b**2, b**-2, ["extra-factor", "extra-term"]),
    # both within a sine; one changes the function; one puts another one around
    (Derivative(-a * cos(c + d * x) / d, x), a * sin(c * d - d * x), a * sin(c + d * x), ["chain-rule", "sign"]),
    (Derivative(sin(c + d * x) / d + a * x, x), sin(c - d * x) + a, cos(c + d * x) + a, ["function", "sign"]),
    (
        Derivative(-cot(c + d * x) / d, x),
        cos(x * csc(c + d * x) ** 2),
        csc(c + d * x) ** 2,
        ["extra-factor", "extra-function"],
    ),
    # what no kind of slip proposes is read off
    (
        frac(p**20 * (a + b * x**2), sqrt(a + b * x**2)),
        sqrt(a + b * x**2) + a,
        p**20 * sqrt(a + b * x**2),
        ["extra-term", "missing-factor"],
    ),
    (Derivative((x**2 + 5) ** 9 / 18, x), x * (5 - x**2), x * (x**2 + 5) ** 8, ["exponent", "sign"]),
    # a number and a power, a sign and a factor are no one factor
    (relu(x) - relu(-x), 2 / x, x, ["extra-factor", "reciprocal"]),
    (
        Derivative(x**3 * exp(x) - 3 * x**2 * exp(x) + 6 * x * exp(x) - 6 * exp(x), x),
        -(x**3),
        x**3 * exp(x),
        ["missing-factor", "sign"],
    ),
    # a quotient left out, and a square of a product
    (
        a * log(frac(b, c)) / 2,
        -c * log(frac(c, b)) * frac(c, b) / 2,
        -a * log(frac(c, b)) / 2,
        ["extra-factor", "variable"],
    ),
    (x * frac(1, 10), x**2 / 100 + x, x / 10, ["exponent", "extra-term"]),
    # what is missing besides is worked out
    (
        Derivative(exp(x) - 3 * log(exp(x) + 1), x),
        frac(exp(x), log(exp(x) + 1)),
        (exp(x) - 2) * frac(exp(x), exp(x) + 1),
        ["extra-function", "missing-factor"],
    ),
    # one that has been multiplied
    (a * (1 - p) ** (b - 1), a * (c / 2 - p) ** (b - c - 1), a * (1 - p) ** (b - 1), ["extra-factor", "extra-term"]),
    # a term and a factor too many rather than a factor that is nowhere seen
    (a**4 * b**4, b**4 + b, a**4 * b**4, ["extra-term", "missing-factor"]),
    # the line is nowhere real
    (
        frac(a + 1, sqrt(-a - b)),
        frac(a - 1, -a - b),
        frac(a + 1, sqrt(-a - b)),
        ["exponent", "sign"],
    ),
]


@pytest.mark.parametrize(("lhs", "wrong", "right", "codes"), PAIRS, ids=lambda e: str(e)[:40])
def test_two_slips_are_found_wherever_they_stand(lhs, wrong, right, codes):
    found = diagnoses(lhs, wrong)
    assert found[-1].repair == show(right)
    assert found[-1].repair_verdict is Verdict.PROVED
    assert sorted(d.code for d in found) == codes


def test_points_are_drawn_where_a_line_is_defined():
    """The left side is real for x < 1 only, and what is differentiated in it where its derivative is."""
    found = diagnoses(Derivative(log(1 - x) + 2 * x, x), x * (2 + frac(1, log(x - 1))))
    assert found[-1].repair == show(2 + frac(1, x - 1))
    assert sorted(d.code for d in found) == ["extra-factor", "extra-function"]


def test_an_edit_within_another_ones_result_need_not_stand_in_the_line():
    angle = c + d * x
    lhs = Derivative(frac(cos(angle), d * (a * sin(angle) + a)) - frac(atanh(cos(angle)), a * d), x)
    right = frac(csc(angle), a * sin(angle) + a)
    found = diagnoses(lhs, frac(-csc(2 * c - 2 * d * x), a * sin(angle) + a))
    assert found[-1].repair == show(right)


def test_within_a_sum_over_an_index_terms_add_up_and_factors_beside_the_index_multiply():
    omega = index_set("Omega", dimension("n"))
    (i,) = omega.indices("i")
    u, v = vector("u", omega), vector("v", omega)
    right = Sum(u[i] * v[i] + x * u[i], i)
    lhs = Sum(u[i] * v[i], i) + x * Sum(u[i], i)
    assert codes(diagnoses(lhs, Sum(2 * u[i] * v[i] - x * u[i], i))) == ["extra-factor", "sign"]
    found = diagnoses(lhs, Sum(y * (u[i] * v[i] - x * u[i]), i))
    assert codes(found) == ["extra-factor", "sign"]
    assert found[-1].repair == show(right)


def test_points_on_a_branch_cut_do_not_speak_against_a_repair():
    """Among the complex numbers rounding decides there on which side of the cut a point is."""
    s, t = complex_number("s t")
    found = diagnoses(s * t**2 * (sqrt(s) * t) ** Rational(3, 2), (t / sqrt(s)) ** Rational(7, 2) + 1 / sqrt(s))
    assert found[-1].repair == show((sqrt(s) * t) ** Rational(7, 2))


def test_the_derivative_of_an_unknown_function_is_written_where_the_function_itself_stands():
    f = function("f")
    found = diagnoses(Derivative(f(x) ** 2, x), 2 * f(x) + 1)
    assert codes(found) == ["extra-term", "missing-factor"]
    assert found[-1].repair == "2*f(x)*f'(x)"


def codes(found):
    return sorted(d.code for d in found)
