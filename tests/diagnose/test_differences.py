"""Where two lines differ, told as slips: the smallest edits that make the one of the other."""

import pytest
from sympy import E, Function, KroneckerDelta, S, Symbol, atanh, cos, exp, gamma, log, pi, sin

from verify.diagnose.differences import differences
from verify.diagnose.search.repair import applied
from verify.notation import frac, positive
from verify.terms import written_out

a, b, c, k, p, x, y, z = positive("a b c k p x y z")
n = Symbol("n", integer=True, positive=True)
i, j = Symbol("i", integer=True), Symbol("j", integer=True)
f = Function("f")

LINES = [
    # far down in one whole: the factor that is missing, and no other argument
    (log(c * (a + x) ** p) / y**2, log(c * (a + b * x) ** p) / y**2, ["missing-factor"]),
    (1 + x**3, x**3 - 3 * x + 2, ["constant", "missing-term"]),
    (100 * x**6 - 80 * x**7 - 4, 100 * x**6 - 80 * x**3 + 4, ["exponent", "sign"]),
    (1 - E, E, ["extra-term", "sign"]),
    (x + log(2 * pi * x), log(2 * pi * x) + S.Half, ["extra-term", "missing-term"]),
    # within what is left once a function too many is taken away
    (x * gamma(exp(b)), x * gamma(a), ["extra-function", "variable"]),
    (frac(x, f(x + f(x - 1) - 1)), frac(x, x - 1), ["extra-function", "extra-term"]),
    # a product for one of its factors, a factor for a whole product
    (y * (y + 2 * a / k), y + 2 * k * a, ["extra-factor", "reciprocal"]),
    (x**2 * atanh(4 * x) - 3 * x**2, 4 * x - 3 * x**2, ["extra-factor", "extra-function"]),
    (4 * x - 3 * x**2, x**2 * atanh(4 * x) - 3 * x**2, ["lost-function", "missing-factor"]),
    (x / f(y * z), x * f(y), ["extra-factor", "reciprocal"]),
    (3 * x * KroneckerDelta(i, j), 2 * x, ["constant", "extra-delta"]),
    (sin(c - x), cos(c + x), ["function", "sign"]),
    (x**n, x ** (n + 1), ["exponent"]),
    (3 * x / y, x, ["extra-factor", "extra-factor"]),
    (x**-2 * y, x**-3 * y, ["exponent"]),
    (x, x, []),
]


@pytest.mark.parametrize(("line", "other", "codes"), LINES, ids=lambda e: str(e)[:40])
def test_two_lines_differ_in_little(line, other, codes):
    found = differences(line, other)
    assert found is not None
    assert sorted(edit.code for edit in found) == codes
    if len(found) == 1:
        assert written_out(applied(line, found)) == written_out(other)
    assert all(edit.say(edit).endswith(".") for edit in found)


@pytest.mark.parametrize(
    ("line", "other"),
    [
        (x + y + a, b * c * k),
        (x + y + a + b, c + k + p),
        (sin(x) * cos(y) * exp(a), log(b)),
    ],
    ids=str,
)
def test_lines_that_differ_in_much_are_not_compared(line, other):
    assert differences(line, other) is None
