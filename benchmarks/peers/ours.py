"""This project: its canonical form alone, and its whole ladder."""

from __future__ import annotations

from collections.abc import Callable

from benchmarks.answers import Finding, Outcome
from benchmarks.clock import spent
from benchmarks.peers.peer import Peer, guarded, of_verdict, with_seconds
from verify.checks.equations import canonical
from verify.config import Guard, Settings
from verify.ladder import settle
from verify.model import Claim, Evidence, Verdict

_NOTHING = "says nothing"


def _canonical_form(claim: Claim) -> Outcome:
    """The answer alone, as of the peers: the form and the conditions are written down where they are shown."""
    evidence = canonical.untold(claim, Settings())
    return Outcome.UNDECIDED if evidence is None else of_verdict(evidence.verdict)


def _ladder(claim: Claim, settings: Settings, guard: Guard) -> Finding:
    """As the program does it: each check within the limit, the others go on where one was ended.

    A worker that was ended is replaced by one in which the finished checks are not done again; their time counts.
    """
    elsewhere = 0.0

    def timed(name: str, check: Callable[[], Evidence | None]) -> Evidence | None:
        nonlocal elsewhere
        here = False

        def run() -> Evidence:
            nonlocal here
            here, began = True, spent()
            evidence = check() or Evidence(_NOTHING, Verdict.UNDECIDED, "")
            return with_seconds(evidence, spent() - began)

        evidence = guard(name, run)
        assert evidence is not None
        if not here:
            elsewhere += evidence.seconds
        return None if evidence.check == _NOTHING else evidence

    began = spent()
    judgement = settle(claim, settings, timed)
    seconds = spent() - began + elsewhere
    outcome = of_verdict(judgement.verdict)
    stopped = any("limit, " in evidence.detail for evidence in judgement.evidence)
    if outcome is Outcome.UNDECIDED and stopped:
        outcome = Outcome.STOPPED
    return Finding(outcome, seconds, judgement.verdict.value)


PEERS = (
    Peer("canonical", "this project, canonical form alone", lambda claim: claim, guarded(_canonical_form)),
    Peer("ladder", "this project, whole ladder", lambda claim: claim, _ladder),
)
