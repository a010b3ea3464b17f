"""What a whole run says, in words: counts, surprises, tasks."""

from __future__ import annotations

import shlex
from collections.abc import Iterable, Sequence

from verify.model import DerivationResult, LoadError, Run, Standing, StepResult, Verdict

COMMAND = "python -m verify explain"


def command(derivation: DerivationResult, step: StepResult) -> str:
    """What to type in order to read all that is known of a step."""
    return f"{COMMAND} {shlex.quote(f'{derivation.id}:{step.tag}')} {shlex.quote(derivation.file)}"


def _count(number: int, noun: str) -> str:
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"


def summary(run: Run, *, seconds: bool = True) -> str:
    """``62 steps · 45 proved · 2 supported · 15 refuted (11 own slips, 4 cancel) · 1.1 s``."""
    parts = [_count(len(run.steps), "step")]
    for verdict in (Verdict.PROVED, Verdict.SUPPORTED, Verdict.REFUTED, Verdict.UNDECIDED, Verdict.VACUOUS):
        if number := run.count(verdict):
            details = f" ({breakdown(run.steps)}{_known(run.steps)})" if verdict is Verdict.REFUTED else ""
            parts.append(f"{number} {verdict.value.lower()}{details}")
    if number := run.count(Verdict.CONFLICT):
        parts.append(f"{number} in CONFLICT")
    if run.errors:
        parts.append(f"{len(run.errors)} not loaded")
    if seconds:
        parts.append(f"{run.seconds:.1f} s")
    return " · ".join(parts)


def place(error: LoadError) -> str:
    """Where an error is: line 0 stands for the whole file."""
    return f"{error.file}:{error.line}" if error.line else error.file


def _known(steps: Iterable[StepResult]) -> str:
    """Why the exit code may be 0 all the same."""
    refuted = [step for step in steps if step.verdict is Verdict.REFUTED]
    return "; all acknowledged" if refuted and all(step.acknowledged for step in refuted) else ""


def breakdown(steps: Iterable[StepResult]) -> str:
    """How the refuted steps stand: ``11 own slips, 4 cancel``."""
    standings = [step.standing for step in steps if step.verdict is Verdict.REFUTED]
    own, cancels = standings.count(Standing.OWN_SLIP), standings.count(Standing.CANCELS)
    other = len(standings) - own - cancels
    parts = (
        _count(own, "own slip") if own else "",
        f"{cancels} cancel{'s' if cancels == 1 else ''}" if cancels else "",
        f"{other} of unknown standing" if other else "",
    )
    return ", ".join(part for part in parts if part)


def surprises(run: Run) -> list[tuple[DerivationResult, StepResult]]:
    """The steps that the author has not acknowledged: what makes a run fail."""
    return [
        (derivation, step)
        for derivation in run.derivations
        for step in derivation.steps
        if step.stale_erratum
        or (not step.verdict.holds and not step.acknowledged)
        or step.verdict in (Verdict.VACUOUS, Verdict.CONFLICT)
    ]


def named(steps: Sequence[tuple[DerivationResult, StepResult]], most: int = 30) -> str:
    """Steps by their names, those of one derivation together, and how many more there are than ``most``."""
    tags: dict[str, list[str]] = {}
    for derivation, step in steps[:most]:
        tags.setdefault(derivation.id, []).append(step.tag)
    told = "; ".join(f"{id} {', '.join(found)}" for id, found in tags.items())
    return f"{told}; and {len(steps) - most} more" if len(steps) > most else told


def tasks(run: Run) -> list[tuple[str, list[tuple[DerivationResult, StepResult]]]]:
    """What a person should look at, under headings, the most urgent first; empty headings are left out.

    A step that merely cancels an earlier slip is no task of its own: it goes when the slip is mended.
    """
    steps = [(derivation, step) for derivation in run.derivations for step in derivation.steps]
    slips = [
        found
        for found in steps
        if found[1].verdict is Verdict.REFUTED and (found[1].standing is not Standing.CANCELS or not found[1].since)
    ]
    lists = [
        (
            "Checks in conflict (a bug in this program)",
            [found for found in steps if found[1].verdict is Verdict.CONFLICT],
        ),
        ("New slips", [found for found in slips if not found[1].acknowledged]),
        ("Slips the author knows of", [found for found in slips if found[1].acknowledged]),
        ("Nothing satisfies the givens", [found for found in steps if found[1].verdict is Verdict.VACUOUS]),
        ("Not decided", [found for found in steps if found[1].verdict is Verdict.UNDECIDED]),
        ("Stale errata", [found for found in steps if found[1].stale_erratum]),
    ]
    return [(title, found) for title, found in lists if found]
