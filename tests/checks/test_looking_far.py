"""Claims that hold wherever one happens to look, and are false: none of them may be supported."""

from __future__ import annotations

import pytest

from tests.reading import read
from verify.checks.numbers import deep, jumps, runs, wide
from verify.config import Settings
from verify.ladder import settle
from verify.model import Verdict

WIDE = [
    ("sin(x) + sin(sqrt(2)*x) < 1.99", ()),
    ("cos(x)*cos(sqrt(2)*x) > -0.99", ()),
    ("sin(n) < 0.99999", ("n > 0",)),
    ("exp(-10**8*(x - sqrt(2))**2) < 0.5", ()),
    ("sin(x)*sin(y)*sin(x*y) < 0.999", ()),
    ("atan(s*100) + atan(t/100) < 3.1", ()),
    ("Piecewise((0, And(x < y, y < n, n < s, s < t)), (1, True)) = 1", ()),
]


@pytest.mark.parametrize(("line", "given"), WIDE, ids=[line for line, _ in WIDE])
def test_many_points_are_screened_and_the_search_goes_uphill(line: str, given: tuple[str, ...]) -> None:
    found = wide.check(read(line, given), Settings())
    assert found is not None
    assert found.verdict is Verdict.REFUTED
    assert found.witness is not None


@pytest.mark.parametrize(
    ("line", "given"),
    [("sin(x) + sin(sqrt(2)*x) < 2", ()), ("x**2 + y**2 >= 2*x*y", ()), ("cos(n) <= 1", ()), ("log(s) <= s - 1", ())],
)
def test_what_is_true_is_not_refuted(line: str, given: tuple[str, ...]) -> None:
    assert wide.check(read(line, given), Settings()) is None


RUNS = [
    ("n**2 - 61*m**2 != 1", ("n > 0", "m > 0"), {"n": "1766319049", "m": "226153980"}),
    ("tan(n) < n", ("n > 1",), {"n": "260515"}),
    ("floor(n*sqrt(2)) = floor(n*Rational(1414213562, 10**9))", ("n > 0",), {"n": "33461"}),
    ("ceiling(2/(2**(1/n) - 1)) = floor(2*n/log(2))", ("n > 1",), {"n": "777451915729368"}),
    ("Mod(n**2, 1009) != 5", (), {"n": "244"}),
    ("harmonic(n) < 10", ("n >= 1",), None),
    ("harmonic(n) < 20", ("n >= 1",), None),
    ("Sum(1/k, (k, 1, n)) < 8", ("n >= 1",), None),
    ("Sum(mobius(k), (k, 1, n)) <= 3", ("n >= 1",), None),
]


@pytest.mark.parametrize(("line", "given", "point"), RUNS, ids=[line for line, _, _ in RUNS])
def test_long_runs_of_whole_numbers(line: str, given: tuple[str, ...], point: dict[str, str] | None) -> None:
    found = runs.check(read(line, given), Settings())
    assert found is not None
    assert found.verdict is Verdict.REFUTED
    assert found.witness is not None
    assert point is None or found.witness.point == point


ELUSIVE = [
    ("gcd(n**17 + 9, (n + 1)**17 + 9) = 1", ("n > 0",)),
    ("n**4 + 7 != 5*m**3", ()),
    ("Mod(2**n, n) != 3", ("n > 0",)),
    ("Sum(exp(-k**2/1000), (k, -oo, oo)) = sqrt(1000*pi)", ()),
]


@pytest.mark.parametrize(("line", "given"), ELUSIVE, ids=[line for line, _ in ELUSIVE])
def test_what_may_fail_out_of_reach_is_not_supported(line: str, given: tuple[str, ...]) -> None:
    assert settle(read(line, given), Settings()).verdict is Verdict.UNDECIDED


def test_that_a_claim_is_elusive_is_known_before_any_search() -> None:
    found = runs.elusive(read("999983*n**2 - 999979*m**2 + n*m != 1"), Settings())
    assert found is not None
    assert found.verdict is Verdict.UNDECIDED
    assert runs.elusive(read("Mod(n**3 - n, 6) = 0"), Settings()) is None


@pytest.mark.parametrize("line", ["Mod(n**3 - n, 6) = 0", "Mod(n**2, 4) < 2"])
def test_residues_with_a_short_period_are_supported(line: str) -> None:
    assert settle(read(line), Settings()).verdict.holds


JUMPS = [
    ("ceiling(x**2) = floor(x**2) + 1", ("x > 1", "x < Rational(19, 10)"), {"x": "sqrt(2)"}),
    ("ceiling(exp(s)) = floor(exp(s)) + 1", (), {"s": "log(2)"}),
    ("ceiling(2**x) = floor(2**x) + 1", ("x > Rational(11, 10)", "x < 2"), {"x": "log(3)/log(2)"}),
    ("sign(x**2 - x - 1)**2 = 1", (), {"x": "1/2 + sqrt(5)/2"}),
    ("Piecewise((1, Eq(x**3, 5)), (0, True)) = 0", (), {"x": "5**(1/3)"}),
    ("log(exp(z)) = z", ("Le(-pi, im(z))", "Le(im(z), pi)"), {"z": "-I*pi"}),
    ("conjugate(log(exp(z) + 1)) = log(exp(conjugate(z)) + 1)", (), {"z": "log(3) + I*pi"}),
    ("arg(exp(I*x)) = x", ("x >= -pi", "x <= pi"), {"x": "-pi"}),
]


@pytest.mark.parametrize(("line", "given", "point"), JUMPS, ids=[line for line, _, _ in JUMPS])
def test_jumps_at_irrational_places(line: str, given: tuple[str, ...], point: dict[str, str]) -> None:
    found = jumps.check(read(line, given), Settings())
    assert found is not None
    assert found.verdict is Verdict.REFUTED
    assert found.witness is not None
    assert found.witness.point == point


TRUE = [
    ("log(exp(z)) = z", ("Lt(-pi, im(z))", "Le(im(z), pi)")),
    ("ceiling(x**2) = floor(x**2) + 1", ("x > 1", "x < Rational(14, 10)")),
    ("sqrt(1 + z**2) = sqrt(1 - I*z)*sqrt(1 + I*z)", ()),
    ("arg(exp(I*x)) = x", ("x > -pi", "x <= pi")),
    ("floor(-x) = -ceiling(x)", ()),
    ("sign(x)**2 + 1/log(Abs(x)) = 1 + 1/log(Abs(x))", ()),  # at 0 the logarithm has no value
    ("sign(x)**2 + 1/cot(x) = 1 + 1/cot(x)", ()),
    ("sign(x)**2 + acot(1/x) = 1 + acot(1/x)", ()),
    ("sign(x)**2 + x/x = 2", ()),
    ("Heaviside(x)**2 = Heaviside(x)", ()),  # whose value at 0 nobody has told
]


@pytest.mark.parametrize(("line", "given"), TRUE, ids=[line for line, _ in TRUE])
def test_jumps_refute_nothing_true(line: str, given: tuple[str, ...]) -> None:
    assert jumps.check(read(line, given), Settings()) is None


def test_constants_are_compared_to_hundreds_of_digits() -> None:
    near = deep.check(read("Sum(exp(-k**2/100), (k, -oo, oo)) = 10*sqrt(pi)"), Settings())
    assert near is not None
    assert near.verdict is Verdict.REFUTED
    assert near.witness is not None
    assert "e-428" in near.witness.lhs
    equal = deep.check(read("Integral(1/(cos(t) + 2), (t, 0, pi)) = sqrt(3)*pi/3"), Settings())
    assert equal is not None
    assert equal.verdict is Verdict.SUPPORTED


@pytest.mark.parametrize("given", [("x > 100",), ("x > 1000", "x < 1001"), ("n > 10**5",), ("y < -345",)])
def test_points_are_found_beyond_the_usual_ones(given: tuple[str, ...]) -> None:
    assert settle(read("sin(x)*n*y <= Abs(n*y)", given), Settings()).verdict.holds


def test_a_claim_that_fails_by_every_convention_is_refuted() -> None:
    judged = settle(read("bernoulli(2*n + 1) = 0", ("n >= 0",)), Settings())
    assert judged.verdict is Verdict.REFUTED
    assert judged.witness is not None
    assert judged.witness.point == {"n": "0"}
    assert settle(read("bernoulli(n) = -n*zeta(1 - n)", ("n >= 1",)), Settings()).verdict is Verdict.PROVED


@pytest.mark.parametrize(
    "line",
    [
        "Sum(binomial(n, k)*bernoulli(k)*x**(n - k), (k, 0, n)) = bernoulli(n, x + 1)",
        "Sum(binomial(n, k)*(-1)**k*bernoulli(k), (k, 0, n)) = bernoulli(n)",
    ],
)
def test_a_bound_index_is_not_where_conventions_differ(line: str) -> None:
    assert settle(read(line, ("n >= 0",)), Settings()).verdict is not Verdict.REFUTED


@pytest.mark.parametrize(
    ("line", "holds"),
    [
        ("gamma(x + 1) = x*gamma(x) + Piecewise((1, Eq(x, Rational(1, 3))), (0, True))", False),
        ("sin(x) + Piecewise((0, x < Rational(2, 7)), (0, x > Rational(2, 7)), (x, True)) = sin(x)", False),
        ("exp(x)*Piecewise((3*x, Eq(x, Rational(1, 3))), (1, True)) = exp(x)", True),
    ],
)
def test_a_case_that_holds_at_one_rational_number_only(line: str, holds: bool) -> None:
    assert (settle(read(line), Settings()).verdict is Verdict.REFUTED) is not holds
