"""One step with a slip: is it caught, and does the diagnosis name it and put the line right."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import Any

from sympy import Expr

from benchmarks.clock import spent
from benchmarks.slips import ways
from benchmarks.slips.draw import Trial
from benchmarks.slips.same import is_original
from benchmarks.slips.subjects import Subject
from verify import show
from verify.config import Guard, Settings
from verify.diagnose.catalogue import CATALOGUE
from verify.diagnose.context import Case
from verify.diagnose.diagnosis import diagnose
from verify.ladder import prove_repair, settle, settle_repair
from verify.model import Claim, Diagnosis, Doubt, Evidence, Judgement, Relation, Verdict
from verify.terms import Content, TermError

DIAGNOSIS = "diagnosis"


@dataclass(frozen=True)
class Untouched:
    """The verdict on a step as it stands, and whether numbers have spoken: there are points at which it is defined."""

    verdict: Verdict
    points: bool = False


@dataclass(frozen=True)
class Finding:
    """What became of a trial.

    ``dropped`` says why it is no slip after all (empty: it is one). ``named`` are the codes of the diagnoses;
    ``mended``: the repair is the original line (see :mod:`benchmarks.slips.same`). Of two slips, ``otherwise``: two
    with the names of the diagnoses make the same line; ``explained``: a single one would do (see
    :mod:`benchmarks.slips.ways`).
    """

    verdict: Verdict
    dropped: str = ""
    named: tuple[str, ...] = ()
    repair: str = ""
    mended: bool = False
    seconds: float = 0.0
    wrong_line: str = ""
    right_line: str = ""
    lhs: str = ""
    reason: str = ""
    otherwise: bool = False
    explained: bool = False

    @property
    def caught(self) -> bool:
        """The step with the slip is refuted, or is told to have a right side that is defined nowhere."""
        return self.verdict is Verdict.REFUTED or (
            self.verdict is Verdict.UNDECIDED and self.reason == Doubt.RIGHT_NOWHERE.value
        )


def untouched(subject: Subject, settings: Settings, guard: Guard) -> Untouched:
    """The verdict on the step as it stands."""
    claim = subject.claim(subject.lhs, subject.relation, subject.rhs)
    judgement = settle(claim, settings, guard)
    return Untouched(judgement.verdict, any(e.verdict is Verdict.SUPPORTED for e in judgement.evidence))


def examine(subject: Subject, trial: Trial, settings: Settings, guard: Guard, points: bool = False) -> Finding:
    """Judge the step with the slip and, if it is refuted, have it diagnosed.

    Where the step has ``points`` at which it is defined, and none is found with the slip, it says nothing any more.
    """
    line = subject.rhs if trial.line is None else trial.line
    try:
        claim = subject.claim(subject.lhs, trial.relation, line)
    except TermError as error:
        return Finding(Verdict.UNDECIDED, dropped="without sense", reason=str(error))
    judgement = settle(claim, settings, guard)
    shown = Finding(
        judgement.verdict,
        wrong_line=show.show(line),
        right_line=show.show(subject.rhs),
        lhs=f"{show.show(subject.lhs)} {trial.relation.value}",
        reason=judgement.reason,
    )
    if not shown.caught:
        return replace(shown, dropped=_no_slip(subject, trial, judgement, points, settings, guard))
    if trial.between is not None:
        half = subject.claim(subject.lhs, trial.relation, trial.between)
        if settle(replace(half, id=f"{half.id}/half"), settings, guard).verdict.holds:
            return replace(shown, dropped="one slip, the other one changes nothing")
    found = _diagnosed(shown, subject, trial, line, judgement, settings, guard)
    if not trial.double or trial.line is None or not isinstance(subject.rhs, Expr):
        return found
    doubtful = found.mended and not named_rightly(trial, found, family=False)
    otherwise = doubtful and ways.made_otherwise(subject, trial.line, found.named, guard)
    return replace(found, otherwise=otherwise, explained=ways.one_explains(subject, trial.line, settings, guard))


def _no_slip(
    subject: Subject, trial: Trial, judgement: Judgement, points: bool, settings: Settings, guard: Guard
) -> str:
    """Why a step with a slip is right, or asserts nothing (empty: it is wrong as far as anybody knows)."""
    if judgement.verdict is Verdict.VACUOUS or (points and any(e.doubt is Doubt.NO_POINT for e in judgement.evidence)):
        return "nowhere defined"
    if trial.line is None:
        return "true" if judgement.verdict is Verdict.PROVED else ""
    same = subject.claim(subject.rhs, Relation.EQ, trial.line)
    same = replace(same, id=f"{same.id}/same")
    return "equal" if settle(same, settings, guard).verdict.holds else ""


@dataclass
class _Notes:
    """What a diagnosis was seen to do: the lines that it had claims made of, by how they are written."""

    lines: dict[str, Content] = field(default_factory=dict)
    found: tuple[Diagnosis, ...] = ()
    seconds: float = 0.0


def _diagnosed(
    shown: Finding,
    subject: Subject,
    trial: Trial,
    line: Content,
    judgement: Judgement,
    settings: Settings,
    guard: Guard,
) -> Finding:
    notes = _Notes()

    def claim(lhs: Content, relation: Relation, rhs: Content) -> Claim:
        notes.lines[show.show(rhs)] = rhs
        return subject.claim(lhs, relation, rhs)

    case = Case(
        subject.lhs,
        trial.relation,
        line,
        claim,
        lambda claim: settle_repair(claim, settings),
        lambda claim: prove_repair(claim, settings),
        lines=subject.lines,
        scope=judgement.scope,
        seed=settings.seed,
    )

    def check() -> Evidence | None:
        began = spent()
        notes.found = diagnose(case)
        notes.seconds = spent() - began
        return None

    evidence = guard(f"{subject.id}/{DIAGNOSIS}", check)
    if evidence is not None:
        return replace(shown, reason=evidence.detail, seconds=evidence.seconds)
    repair = next((d.repair for d in reversed(notes.found) if d.repair), "")
    return replace(
        shown,
        named=tuple(d.code for d in notes.found),
        repair=repair,
        mended=bool(repair) and is_original(notes.lines.get(repair), subject.rhs, repair, trial.lost),
        seconds=notes.seconds,
    )


def named_rightly(trial: Trial, finding: Finding, family: bool) -> bool:
    """Whether each slip has been called by one of its names, or by one of the same family.

    Two slips that are one edit of the line want one name.
    """

    def known(code: str) -> Any:
        return CATALOGUE[code].family if family and code in CATALOGUE else code

    names = {known(code) for code in finding.named}
    called = [bool(names & {known(code) for code in codes}) for codes in trial.codes]
    return finding.otherwise or (any(called) if trial.one else all(called))
