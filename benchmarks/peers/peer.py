"""The shape of a peer: make ready what it is given, which is not measured; then ask it, which is."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any

from benchmarks.answers import Finding, Outcome
from benchmarks.clock import spent
from verify.config import Guard, Settings
from verify.model import Claim, Evidence, Verdict

Ask = Callable[[Any, Settings, Guard], Finding]


@dataclass(frozen=True)
class Peer:
    """A system, as the harness sees it.

    ``prepare`` turns a claim into what the system is given; it raises :class:`Untranslatable` where the system has no
    word for it. ``ask`` has every step that may take long pass through the guard. ``missing`` says why the system
    cannot be used here (empty: it can).
    """

    name: str
    title: str
    prepare: Callable[[Claim], Any]
    ask: Ask
    missing: Callable[[], str] = lambda: ""


class Untranslatable(Exception):
    """The system has no way to say this."""


_OUTCOMES = {verdict: Outcome[verdict.name] for verdict in (Verdict.PROVED, Verdict.SUPPORTED, Verdict.REFUTED)}
_VERDICTS = {outcome: verdict for verdict, outcome in _OUTCOMES.items()}


def guarded(answer: Callable[[Any], Outcome | tuple[Outcome, float, str]]) -> Ask:
    """The ``ask`` of a system that is called once: under the guard, on the clock of this process.

    What comes back with seconds of its own was measured elsewhere (in the system's own process).
    """

    def ask(prepared: Any, settings: Settings, guard: Guard) -> Finding:
        def check() -> Evidence:
            began = spent()
            try:
                found = answer(prepared)
            except (ArithmeticError, AttributeError, LookupError, NotImplementedError, RecursionError, TypeError,
                    ValueError) as error:  # fmt: skip
                found = (Outcome.UNDECIDED, spent() - began, f"{type(error).__name__}: {error}")
            outcome, seconds, detail = (found, spent() - began, "") if isinstance(found, Outcome) else found
            # The guard carries evidence; an outcome that is no verdict goes as its name.
            verdict = _VERDICTS.get(outcome, Verdict.UNDECIDED)
            return Evidence(outcome.name, verdict, detail[:200], seconds=seconds)

        return finding(guard("ask", check))

    return ask


def finding(evidence: Evidence | None) -> Finding:
    """What the guard gave back, as a finding; a check that was ended at a limit is STOPPED."""
    assert evidence is not None
    if evidence.check in Outcome.__members__:
        return Finding(Outcome[evidence.check], evidence.seconds, evidence.detail)
    return Finding(Outcome.STOPPED, evidence.seconds, evidence.detail)


def of_verdict(verdict: Verdict) -> Outcome:
    """The outcome that one of this program's verdicts is."""
    return _OUTCOMES.get(verdict, Outcome.UNDECIDED)


def with_seconds(evidence: Evidence, seconds: float) -> Evidence:
    """The same evidence with its time."""
    return replace(evidence, seconds=seconds)
