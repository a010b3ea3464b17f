"""Floats propose and balls decide: what the numeric check says does not hang on what floats see."""

from __future__ import annotations

import re

import pytest

from tests.reading import domains, written
from verify.checks.numbers import numeric
from verify.checks.numbers.agreement import DIGITS, WANTED
from verify.config import Settings
from verify.model import Claim, Verdict

TRUE = [
    ("sin(x)**2 + cos(x)**2", "=", "1", "x:real"),
    ("exp(x)*exp(y)", "=", "exp(x + y)", "x:complex y:complex"),
    ("(x + 10**30) - 10**30", "=", "x", "x:real"),
    ("exp(x)", ">=", "1 + x", "x:real"),
    ("(-1)**n", "=", "cos(pi*n)", "n:integer"),
]
FALSE = [
    ("sin(x)**2 + cos(x)**2", "=", "1 + 10**-25", "x:real"),
    ("log(x*y)", "=", "log(x) + log(y)", "x:complex y:complex"),
    ("x**2", ">=", "x", "x:real"),
    ("x + 10**-30", "=", "x", "x:real"),
]


def claims(rows: list[tuple[str, str, str, str]]) -> list[Claim]:
    return [written(lhs, op, rhs, domains(symbols)) for lhs, op, rhs, symbols in rows]


SCREENS = {
    "suspects everything": lambda rel, batch, space: (list(batch.points), []),
    "suspects nothing": lambda rel, batch, space: ([], list(batch.points)),
    "has no floats": lambda rel, batch, space: None,
}


@pytest.mark.parametrize("screen", SCREENS)
@pytest.mark.parametrize("claim", claims(TRUE), ids=lambda c: str(c.lhs))
def test_what_is_true_is_supported_whatever_floats_say(
    claim: Claim, screen: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(numeric, "screen", SCREENS[screen])
    evidence = numeric.check(claim, Settings())
    assert evidence is not None and evidence.verdict is Verdict.SUPPORTED


@pytest.mark.parametrize("screen", SCREENS)
@pytest.mark.parametrize("claim", claims(FALSE), ids=lambda c: str(c.lhs))
def test_what_is_false_is_refuted_whatever_floats_say(
    claim: Claim, screen: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(numeric, "screen", SCREENS[screen])
    evidence = numeric.check(claim, Settings())
    assert evidence is not None and evidence.verdict is Verdict.REFUTED
    assert evidence.witness is not None and evidence.witness.lhs != evidence.witness.rhs


@pytest.mark.parametrize("claim", claims(TRUE), ids=lambda c: str(c.lhs))
def test_support_says_at_how_many_points_and_to_how_many_digits(claim: Claim) -> None:
    evidence = numeric.check(claim, Settings())
    assert evidence is not None
    (points,) = re.findall(r"at (\d+) points", evidence.detail)
    assert int(points) >= WANTED
    if claim.relation.value == "=":
        assert f"{DIGITS} digits" in evidence.detail


AIRY = "Integral(airyai(b*t), (t, 0, oo))"


def test_an_integral_that_is_only_known_on_one_side_is_not_supported_where_it_oscillates_on_the_other() -> None:
    """It is 2/(3|b|) for b < 0, which takes too long to see."""
    both = (written(AIRY, "=", "1/(3*b)", {"b": kind}) for kind in ("real", "positive"))
    either, positive = (numeric.check(claim, Settings()) for claim in both)
    assert either is not None and either.verdict is Verdict.UNDECIDED
    assert "only where b > 0" in either.detail
    assert positive is not None and positive.verdict is Verdict.SUPPORTED
