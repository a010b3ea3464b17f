"""What other programs import: a small surface, that imports nothing before it is used."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
from sympy import Symbol, cos, exp, sin

import verify
from verify import EncodingError, Relation, Settings, Verdict, api, check, judge
from verify.notation import Gt, derivation, dimension, dot, eq, line, real, vector

x = Symbol("x", real=True)


def test_everything_that_is_named_is_there() -> None:
    assert verify.__all__ == api.__all__
    assert all(getattr(verify, name) is not None for name in verify.__all__)
    with pytest.raises(AttributeError, match="no attribute 'chekc'"):
        verify.chekc  # type: ignore[attr-defined]  # noqa: B018


def test_nothing_is_imported_before_it_is_asked_for() -> None:
    code = "import verify, sys; print(sorted({'sympy', 'verify.model', 'verify.engine'} & set(sys.modules)))"
    ran = subprocess.run(
        [sys.executable, "-c", code], cwd=Path(__file__).parent.parent, capture_output=True, text=True, check=True
    )
    assert ran.stdout == "[]\n"


@pytest.mark.parametrize("relation", ["=", Relation.EQ])
def test_an_identity_is_proved(relation: Relation | str) -> None:
    assert check(sin(2 * x), relation, 2 * sin(x) * cos(x)).verdict is Verdict.PROVED


def test_a_wrong_claim_has_a_witness() -> None:
    found = check(sin(2 * x), "=", 2 * sin(x))
    assert found.verdict is Verdict.REFUTED
    assert found.witness is not None
    assert set(found.witness.point) == {"x"}


@pytest.mark.parametrize(
    ("relation", "verdict"), [("<=", Verdict.PROVED), ("≤", Verdict.PROVED), (">", Verdict.REFUTED)]
)
def test_what_is_given_counts(relation: str, verdict: Verdict) -> None:
    assert check(exp(-x), relation, 1, given=[Gt(x, 0)]).verdict is verdict


def test_vectors_and_propositions_are_claims_too() -> None:
    n = dimension("n")
    u, v = vector("u", n), vector("v", n)
    assert check(dot(u, v), "=", dot(v, u)).verdict is Verdict.PROVED
    assert check(u, "=", v).verdict is Verdict.REFUTED
    assert check(Gt(x, 1), "⇒", Gt(x**2, 1)).verdict is Verdict.PROVED


def test_what_makes_no_sense_is_refused() -> None:
    with pytest.raises(EncodingError, match="the symbol y has no domain"):
        check(Symbol("y"), "=", 1)
    with pytest.raises(EncodingError, match=rf"^{__file__}:"):
        check(vector("u", 2), "=", 1)
    with pytest.raises(ValueError, match="'~' is none of"):
        check(x, "~", x)


def test_a_derivation_is_judged_with_its_slips() -> None:
    y = real("y")
    square = derivation("square", "A square", start=line((y + 1) ** 2), steps=[eq(y**2 + y + 1, tag="2")])
    assert square is not None
    (step,) = judge(square, settings=Settings(seed=1)).steps
    assert step.verdict is Verdict.REFUTED
    assert step.diagnoses
