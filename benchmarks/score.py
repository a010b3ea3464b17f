"""How good the answers are: shares, wrong verdicts, times, and times against a reference on the same claims."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from statistics import fmean, median

from benchmarks.answers import Answer, Outcome
from benchmarks.corpora import Labelled

SAYS_TRUE = (Outcome.PROVED, Outcome.SUPPORTED)


@dataclass(frozen=True)
class Score:
    """One peer on one set of claims.

    ``wrong`` are the ids of claims called true that are false, and the reverse. Times are over the claims that the
    peer could be asked, in seconds; ``ratio`` is its mean time over that of the reference on the same claims.
    """

    peer: str
    true: int
    false: int
    proved: int
    supported: int
    refuted: int
    wrong: tuple[str, ...]
    undecided: int
    stopped: int
    wrong_if_no_meant_false: int
    median: float
    mean: float
    ratio: float | None


def score(claims: Sequence[Labelled], answers: Iterable[Answer], peer: str, reference: str) -> Score:
    """The score of one peer on the claims, whose labels are those that stand."""
    truth = {(claim.corpus, claim.id): claim.truth for claim in claims}
    mine: dict[tuple[str, str], Answer] = {}
    theirs: dict[tuple[str, str], Answer] = {}
    for answer in answers:
        key = (answer.corpus, answer.id)
        if key in truth:
            if answer.peer == peer:
                mine[key] = answer
            if answer.peer == reference:
                theirs[key] = answer
    outcomes = {key: mine[key].finding.outcome for key in truth if key in mine}  # in the claims' order

    def count(label: bool, *wanted: Outcome) -> int:
        return sum(truth[key] is label and outcome in wanted for key, outcome in outcomes.items())

    wrong = tuple(
        id
        for (corpus, id), outcome in outcomes.items()
        if (truth[corpus, id] is False and outcome in SAYS_TRUE)
        or (truth[corpus, id] is True and outcome is Outcome.REFUTED)
    )
    times = {key: a.finding.seconds for key, a in mine.items() if a.finding.outcome is not Outcome.UNSAYABLE}
    both = [key for key in times if key in theirs and theirs[key].finding.outcome is not Outcome.UNSAYABLE]
    base = sum(theirs[key].finding.seconds for key in both)
    return Score(
        peer=peer,
        true=sum(label is True for label in truth.values()),
        false=sum(label is False for label in truth.values()),
        proved=count(True, Outcome.PROVED),
        supported=count(True, Outcome.SUPPORTED),
        refuted=count(False, Outcome.REFUTED),
        wrong=wrong,
        undecided=sum(o in (Outcome.UNDECIDED, Outcome.UNEQUAL, Outcome.UNSAYABLE) for o in outcomes.values()),
        stopped=sum(o is Outcome.STOPPED for o in outcomes.values()),
        wrong_if_no_meant_false=count(True, Outcome.UNEQUAL),
        median=median(times.values()) if times else 0.0,
        mean=fmean(times.values()) if times else 0.0,
        ratio=sum(times[key] for key in both) / base if base else None,
    )
