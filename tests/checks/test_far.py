"""What holds where points are usually drawn need not hold far away, beside a number, or by less than floats see."""

from __future__ import annotations

import pytest

from tests.reading import read
from verify.checks.inequalities import tangents
from verify.checks.numbers import extremes, far
from verify.config import Settings
from verify.ladder import settle
from verify.model import Verdict

FAR = [
    ("harmonic(n) < 5", ("n >= 1",), {"n": "83"}),
    ("totient(n) > n/4", ("n >= 1",), {"n": "210"}),
    ("Sum(1/k, (k, 1, n)) <= 5", ("n >= 1",), {"n": "100"}),
    ("n**10 <= 2**n + 10**14", ("n >= 1",), {"n": "26"}),
    ("Mod(2**p - 2, p**2) != 0", (), {"p": "1093"}),
    ("Mod(2**n - 2, n) + totient(n) = n - 1", ("n >= 2", "Mod(n, 340) == 1"), {"n": "341"}),
    ("floor(n/2) = (2*n - 1 + (-1)**n)/4 - Heaviside(-n - 1000, 0)", (), {"n": "-1001"}),
    ("Mod(p, 100) < 97", (), {"p": "97"}),
    ("log(s) <= 20", (), {"s": "1000000000"}),
    ("Piecewise((x, x < 12345), (x + 1, True)) = x", (), {"x": "12345"}),
    ("Heaviside(x - 200, 0) = 0", (), None),
    ("floor(x + Rational(1, 10**50)) = floor(x)", (), None),
    ("exp(s) > 1 + Rational(1, 10**50)", (), None),
    ("Mod(x, 1) < 1 - Rational(1, 10**20)", (), None),
]


@pytest.mark.parametrize(("line", "given", "point"), FAR, ids=[line for line, _, _ in FAR])
def test_what_fails_only_far_away_is_refuted(line: str, given: tuple[str, ...], point: dict[str, str] | None) -> None:
    found = far.check(read(line, given), Settings())
    assert found is not None
    assert found.verdict is Verdict.REFUTED
    assert found.witness is not None
    assert point is None or found.witness.point == point


TRUE = [
    ("harmonic(n) <= n", ("n >= 1",)),
    ("totient(n) >= 1", ("n >= 1",)),
    ("Mod(2**p - 2, p) = 0", ()),
    ("n <= 100", ("n >= 90", "n <= 100")),
    ("floor(x) <= x", ()),
    ("exp(s) > 1 + s", ()),
    ("gamma(s + 1) = s*gamma(s)", ()),
    ("exp(z)*exp(-z) = 1", ()),
]


@pytest.mark.parametrize(("line", "given"), TRUE, ids=[line for line, _ in TRUE])
def test_what_holds_far_away_is_not_refuted(line: str, given: tuple[str, ...]) -> None:
    assert far.check(read(line, given), Settings()) is None


PAST = [
    "x**2 - 2*sqrt(2)*x + 2 >= Rational(1, 10**40)",
    "s + 2/s >= 2*sqrt(2) + Rational(1, 10**60)",
    "sin(x) + cos(x) <= sqrt(2) - Rational(1, 10**40)",
    "sin(x) < 1 - Rational(1, 10**40)",
    "gamma(s) >= Rational(8857, 10000)",
]


@pytest.mark.parametrize("line", PAST)
def test_sides_that_pass_each_other_by_little_are_told_apart(line: str) -> None:
    found = extremes.check(read(line), Settings())
    assert found is not None
    assert found.verdict is Verdict.REFUTED


@pytest.mark.parametrize(
    "line",
    [
        "Sum(1/k**2, (k, 1, oo)) = pi**2/6 + Rational(1, 10**60)",
        "Integral(exp(-u**3), (u, 0, oo)) = gamma(Rational(4, 3)) + Rational(1, 10**60)",
        "Integral(exp(-u), (u, 0, 5000)) = 1",
        "Integral(exp(-u**2), (u, 0, s + 60)) = sqrt(pi)/2",
        "Limit((1 + 1/u)**u, u, oo) = E + Rational(1, 10**60)",
    ],
)
def test_a_difference_too_small_to_be_seen_is_not_supported(line: str) -> None:
    assert settle(read(line), Settings(thorough=True)).verdict in (Verdict.UNDECIDED, Verdict.REFUTED)


def test_support_comes_from_different_points_first() -> None:
    line = "Integral(u**n, (u, 0, 1)) = 1/(n + 1) + KroneckerDelta(n, 5)"
    assert settle(read(line), Settings(thorough=True)).verdict is Verdict.REFUTED


def test_a_number_that_stands_in_a_premise_only_stops_no_check() -> None:
    assert settle(read("log(x) >= 1", ("x >= E",)), Settings()).verdict is Verdict.PROVED
    found = tangents.check(read("s + log(x) > log(x)", ("x >= E",)), Settings())
    assert found is not None and found.verdict is Verdict.PROVED
