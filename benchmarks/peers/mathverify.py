"""Math-Verify, the grader of answers that language models give: LaTeX in, True or False out."""

from __future__ import annotations

import importlib.util

from sympy import latex

from benchmarks.answers import Outcome
from benchmarks.peers import plain
from benchmarks.peers.peer import Peer, Untranslatable, guarded
from verify.model import Claim, Relation


def _prepare(claim: Claim) -> tuple[str, str]:
    given = plain.claim(claim)
    if given.relation is not Relation.EQ:
        raise Untranslatable("it compares two answers")
    return f"${latex(given.lhs)}$", f"${latex(given.rhs)}$"


def _verify(sides: tuple[str, str]) -> Outcome:
    """Its ``False`` stands for different answers, for a crash and for a time-out alike, so it refutes nothing."""
    from math_verify import parse, verify

    gold, answer = (parse(side) for side in sides)
    return Outcome.PROVED if verify(gold, answer) else Outcome.UNEQUAL


def _missing() -> str:
    return "" if importlib.util.find_spec("math_verify") else "the package math-verify is not installed"


PEERS = (Peer("math-verify", "Math-Verify, `verify(parse(lhs), parse(rhs))`", _prepare, guarded(_verify), _missing),)
