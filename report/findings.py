"""Steps that do not hold, for formats that other programs read: plain text, a place, how bad it is."""

from __future__ import annotations

from collections.abc import Iterator

from report.formulas import unicode
from report.text import clean
from report.words import story
from report.words.tally import command, surprises
from verify.frozen import dataclass
from verify.model import DerivationResult, Run, StepResult, Verdict


@dataclass(frozen=True)
class Finding:
    """A step that does not hold, or whose erratum is stale. ``kind`` is the code of its slip, or its verdict in small
    letters, or ``stale-erratum``; ``expected`` says that the author has acknowledged it; ``lines`` is what is said of
    it, the most useful first, each one a line of clean text."""

    derivation: DerivationResult
    step: StepResult
    kind: str
    expected: bool
    lines: tuple[str, ...]

    @property
    def name(self) -> str:
        """The step among all steps of a run."""
        return clean(f"{self.derivation.id}:{self.step.tag}")


def findings(run: Run) -> Iterator[Finding]:
    """What was found, in the order of the run; what makes the run fail is not ``expected``."""
    unexpected = {id(step) for _, step in surprises(run)}
    for derivation in run.derivations:
        for step in derivation.steps:
            if id(step) in unexpected or not step.verdict.holds:
                yield Finding(derivation, step, _kind(step), id(step) not in unexpected, tuple(_said(derivation, step)))


def formula(step: StepResult) -> str:
    """The line of a step with the sign before it, as a line of text."""
    return clean(f"{story.relation(step)} {unicode.text(step.latex)}")


def _kind(step: StepResult) -> str:
    if step.diagnoses:
        return step.diagnoses[0].code
    return "stale-erratum" if step.stale_erratum else step.verdict.value.lower()


def _said(derivation: DerivationResult, step: StepResult) -> Iterator[str]:
    notes = story.notes(derivation, step)
    for note in notes:
        sentence = unicode.prose(note.sentence) if note.formulas else note.sentence
        yield clean(f"{sentence}: {unicode.text(note.latex)}" if note.latex else sentence)
    if not notes and step.verdict is not Verdict.PROVED:
        yield clean(story.verdict_line(step))
    yield clean(f"More about it: {command(derivation, step)}")
