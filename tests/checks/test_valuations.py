"""Equations between common divisors and multiples, and what is close to them and false."""

from __future__ import annotations

import pytest

from tests.reading import written
from verify.checks.equations import valuations
from verify.config import Settings
from verify.model import Claim, Verdict


def read(lhs: str, rhs: str, given: tuple[str, ...] = ()) -> Claim:
    return written(lhs, "=", rhs, dict.fromkeys("abcd", "integer"), given)


POSITIVE = ("Ge(a, 1)", "Ge(b, 1)")
TRUE = [
    ("gcd(a, lcm(b, c))", "lcm(gcd(a, b), gcd(a, c))", ()),
    ("lcm(a, gcd(a, b))", "Abs(a)", ()),
    ("lcm(c*a, c*b)", "Abs(c)*lcm(a, b)", ()),
    ("lcm(a, b)", "Abs(a*b)", ("Eq(gcd(a, b), 1)",)),
    ("gcd(a/d, b/d)", "gcd(a, b)/Abs(d)", ("Eq(Mod(a, d), 0)", "Eq(Mod(b, d), 0)")),
    ("totient(lcm(a, b))*totient(gcd(a, b))", "totient(a)*totient(b)", POSITIVE),
]
FALSE = [
    ("lcm(a, b)*gcd(a, b)", "a*b", ()),
    ("lcm(a, b)", "Abs(a*b)", ()),
    ("gcd(a, b*c)", "gcd(a, b)*gcd(a, c)", ()),
    ("totient(a*b)", "totient(a)*totient(b)", POSITIVE),
    ("totient(lcm(a, b))*totient(gcd(a, b))", "totient(a)*totient(b)", ()),
]


@pytest.mark.parametrize(("lhs", "rhs", "given"), TRUE)
def test_proved(lhs: str, rhs: str, given: tuple[str, ...]) -> None:
    evidence = valuations.check(read(lhs, rhs, given), Settings())
    assert evidence is not None and evidence.verdict is Verdict.PROVED


@pytest.mark.parametrize(("lhs", "rhs", "given"), FALSE)
def test_not_proved(lhs: str, rhs: str, given: tuple[str, ...]) -> None:
    assert valuations.check(read(lhs, rhs, given), Settings()) is None
