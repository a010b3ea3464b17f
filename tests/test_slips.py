"""Wrong derivations that must be refuted, and right ones that naive checkers get wrong and that must pass."""

from __future__ import annotations

import re
from fractions import Fraction
from pathlib import Path
from typing import Any

import mpmath
import pytest

from verify import collect, engine
from verify.config import Settings
from verify.model import Derivation, Standing, Verdict

SLIPS, ERRORS = collect.collect([Path(__file__).parent / "slips"])
WRONG = [d for d in SLIPS if d.id.startswith("wrong-") and d.start is None]
RIGHT = [d for d in SLIPS if d.id.startswith("right-")]


def seen(program: str) -> tuple[Any, ...]:
    """What the program that comes with a witness prints."""
    values: list[Any] = []
    with mpmath.workdps(15):  # the program sets the precision
        exec(program, {"print": lambda *shown: values.extend(shown)})
        return tuple(values)


def agree(value: Any, told: str) -> bool:
    """Whether a value is the one that a witness tells of, as far as it is written out."""
    if told in ("true", "false"):
        return value is (told == "true")
    told = told.replace("…", "").removeprefix("the difference is ")
    *real, imaginary = re.split(r" (?=[+-] )|^(?=[^i]*i$)", told) if told.endswith("i") else (told, "0")
    parts = [Fraction(part.replace("·", "").replace("i", "").replace(" ", "") or 1) for part in (*real, imaginary)]
    wanted = mpmath.mpc(*(mpmath.mpf(part.numerator) / part.denominator for part in ([0, *parts][-2:])))
    return bool(abs(value - wanted) <= abs(wanted) * mpmath.mpf(10) ** -7)


def test_all_files_load() -> None:
    assert ERRORS == []
    assert WRONG
    assert RIGHT


@pytest.mark.parametrize("derivation", WRONG, ids=lambda d: d.id)
def test_every_wrong_step_is_refuted_with_a_witness(derivation: Derivation) -> None:
    for step in engine.judge(derivation, Settings(records=True)).steps:
        assert step.verdict is Verdict.REFUTED, (step.tag, step.judgement)
        assert step.judgement.witness is not None
        assert step.judgement.witness.python, step.tag
        shown = seen(step.judgement.witness.python)
        assert all(map(agree, shown, (step.judgement.witness.lhs, step.judgement.witness.rhs))), (step.tag, shown)


@pytest.mark.parametrize("derivation", RIGHT, ids=lambda d: d.id)
def test_every_right_step_passes(derivation: Derivation) -> None:
    for step in engine.judge(derivation, Settings()).steps:
        assert step.verdict.holds, (step.tag, step.judgement)


def test_standings_along_a_chain() -> None:
    (chain,) = [d for d in SLIPS if d.id == "wrong-chain"]
    steps = engine.judge(chain, Settings()).steps
    assert [s.standing for s in steps] == [Standing.OWN_SLIP, Standing.CARRIED, Standing.CANCELS, Standing.SOUND]
    assert [s.since for s in steps] == ["own", "own", "own", ""]


SCOPES = {
    "root-of-square": "holds for x ≥ 0",
    "absolute-value": "holds for x ≥ 0",
    "relu-squared": "holds for x ≥ 0",
}


@pytest.mark.parametrize("tag", SCOPES)
def test_true_on_part_of_the_domain_is_told_so(tag: str) -> None:
    (algebra,) = [d for d in SLIPS if d.id == "wrong-algebra"]
    (step,) = [s for s in engine.judge(algebra, Settings()).steps if s.tag == tag]
    assert step.judgement.scope == SCOPES[tag]
    assert step.judgement.witness is not None
    assert step.judgement.witness.point["x"].startswith("-")
