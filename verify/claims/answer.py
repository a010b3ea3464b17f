"""The answer to one line: a verdict with its scope and its witness, as one line of JSON."""

from __future__ import annotations

import json
import time
from typing import Any

from verify.config import Guard, Settings
from verify.model import Claim, Evidence, Judgement, Verdict, Witness

Answer = dict[str, Any]


def answer(line: bytes, name: str | None, settings: Settings, guard: Guard) -> Answer:
    """The verdict on one line. Called in a worker; what it says depends on nothing but the arguments."""
    from verify.ladder import settle
    from verify.read import ReadError
    from verify.read.claims import claim, record

    began = time.perf_counter()
    claims: list[Claim] = []

    def read() -> Evidence | None:
        """Reading is a check too: SymPy may take any time over what it is given."""
        try:
            claims.append(claim(record(line)))
        except ReadError as error:
            return Evidence("read", Verdict.UNDECIDED, str(error))
        return None

    failure = guard(f"{name}/read", read)
    if failure is not None:
        judgement = Judgement(Verdict.UNDECIDED, reason=f"cannot be read: {failure.detail}", evidence=(failure,))
        return _answer(name, judgement, failure.seconds or time.perf_counter() - began)
    judgement = settle(claims[0] if claims else claim(record(line)), settings, guard)
    spent = sum(evidence.seconds for evidence in judgement.evidence)  # in other workers too, that were ended
    return _answer(name, judgement, max(spent, time.perf_counter() - began))


def unreadable(name: str | None, reason: str) -> Answer:
    """The verdict on a line that is no claim, or could not be worked on."""
    return _answer(name, Judgement(Verdict.UNDECIDED, reason=reason), 0.0)


def _answer(name: str | None, judgement: Judgement, seconds: float) -> Answer:
    deciding = next((e.check for e in judgement.evidence if e.verdict is judgement.verdict), "")
    return {
        "id": name,
        "verdict": judgement.verdict.value,
        "scope": judgement.scope,
        "check": deciding,
        "witness": _witness(judgement.witness),
        "reason": judgement.reason,
        "seconds": round(seconds, 4),
    }


def _witness(witness: Witness | None) -> dict[str, Any] | None:
    if witness is None:
        return None
    return {"point": dict(witness.point), "lhs": witness.lhs, "rhs": witness.rhs, "note": witness.note}


def text(found: Answer) -> bytes:
    """An answer as one line of JSON."""
    try:
        return (json.dumps(found, ensure_ascii=False) + "\n").encode()
    except UnicodeEncodeError:  # half a surrogate pair in an id
        return (json.dumps(found) + "\n").encode()
