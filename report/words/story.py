"""What is said of one step, in words.

Every format tells the same story; only its typography differs. The words are those a good teacher would write
in the margin.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

from report.glyphs import condition, letters, value
from verify.frozen import dataclass
from verify.model import DerivationResult, Diagnosis, Relation, Standing, StepResult, Verdict, Witness

MARKS = {
    Verdict.PROVED: "✓",
    Verdict.SUPPORTED: "≈",
    Verdict.REFUTED: "✗",
    Verdict.UNDECIDED: "?",
    Verdict.VACUOUS: "∅",
    Verdict.CONFLICT: "‼",
}
MEANINGS = {
    Verdict.PROVED: "proved",
    Verdict.SUPPORTED: "supported by numbers only",
    Verdict.REFUTED: "refuted by a counterexample",
    Verdict.UNDECIDED: "undecided",
    Verdict.VACUOUS: "vacuous: nothing satisfies the givens",
    Verdict.CONFLICT: "conflict between two checks",
}
_STANDINGS = {
    Standing.OWN_SLIP: "the line does not follow, and is wrong",
    Standing.CARRIED: "it follows, but from a line that is wrong",
    Standing.CANCELS: "it does not follow, and is right again",
}
_OPPOSITE = {
    Relation.EQ: "≠", Relation.NE: "=", Relation.LT: "≥", Relation.LE: ">", Relation.GT: "≤", Relation.GE: "<",
}  # fmt: skip
_TRUTH = {"true": "true", "false": "false"}  # however an engine spells them
_WRONG = (Standing.OWN_SLIP, Standing.CARRIED)


def _because(told: str, reason: str) -> str:
    return f"{told}: {reason}" if reason else told


@dataclass(frozen=True)
class Note:
    """One sentence about a step. ``kind`` is one of ``witness``, ``diagnosis``, ``wrong``, ``repair``,
    ``transcription``, ``chain``, ``reason``, ``erratum``, ``stale``, ``alarm``; ``latex`` is set where mathematics
    belongs to it."""

    kind: str
    text: str
    latex: str = ""

    @property
    def formulas(self) -> bool:
        """Whether the text is one of ours, in which mathematics stands between ``$`` signs."""
        return self.kind in ("diagnosis", "wrong", "repair", "transcription")

    @property
    def code(self) -> str:
        """The code with which a diagnosis begins."""
        return self.text.partition(": ")[0] if self.kind == "diagnosis" else ""

    @property
    def sentence(self) -> str:
        """The text as a line of its own, with a capital; of a diagnosis what follows its code."""
        words = self.text.partition(": ")[2] if self.kind == "diagnosis" else self.text
        stop = "." if self.kind == "chain" else ""
        return words[:1].upper() + words[1:] + stop


def relation(step: StepResult) -> str:
    """The sign before the line."""
    return f"{_same(step)}:" if step.relation is Relation.SAME_MAXIMISERS else step.relation.value


def typeset_relation(step: StepResult) -> str:
    """The sign before the line, as LaTeX."""
    return rf"\text{{{_same(step)}: }}" if step.relation is Relation.SAME_MAXIMISERS else step.relation.latex


def _same(step: StepResult) -> str:
    return "same minimisers" if step.minimised else "same maximisers"


def standing(step: StepResult) -> str:
    """Where the line stands in its chain; nothing is said of a sound one."""
    origin = f" {step.since}" if step.since and step.since != step.tag else ""
    match step.standing:
        case Standing.OWN_SLIP:
            return "own slip"
        case Standing.CARRIED:
            return f"carried from{origin}" if origin else "carried"
        case Standing.CANCELS:
            return f"cancels{origin}"
        case Standing.UNKNOWN:
            return "standing unknown" if step.verdict is Verdict.REFUTED or step.verdict.holds else ""
    return ""


def standings(steps: Iterable[StepResult]) -> Iterator[tuple[str, str]]:
    """The words for where lines stand in their chains, as far as they are used of these, and what they mean."""
    used = {step.standing for step in steps}
    yield from ((found.value, meaning) for found, meaning in _STANDINGS.items() if found in used)


def verdict_line(step: StepResult) -> str:
    """``REFUTED · cancels 4.1``: verdict, standing and scope, as far as there is something to say."""
    return " · ".join(part for part in (step.verdict.value, standing(step), scope(step)) if part)


def scope(step: StepResult) -> str:
    """For what the verdict holds, with the conditions that the scope does not already name."""
    judgement = step.judgement
    further = [condition for condition in judgement.conditions if condition not in judgement.scope]
    return condition("; ".join(part for part in (judgement.scope, ", ".join(further)) if part))


def witness(found: Witness | None, relation: Relation | None = None) -> str:
    """``at n=2, x=(1, 0): 0.731… ≠ −0.731…``, or both sides one by one, as for ⇒ and ⇔, where they are truths."""
    if found is None:
        return ""
    point = ", ".join(f"{name}={value(at)}" for name, at in found.point.items())
    lhs, rhs = value(found.lhs), value(found.rhs)
    if relation in _OPPOSITE and lhs.lower() not in _TRUTH:
        said = f"{lhs} {_OPPOSITE[relation]} {rhs}"
    else:
        left, right = (_TRUTH.get(value.lower()) for value in (lhs, rhs))
        said = f"left side {left}, right side {right}" if left and right else f"left side: {lhs}; right side: {rhs}"
    return letters((f"at {point}: " if point else "") + said + (f" ({found.note})" if found.note else ""))


def claim(step: StepResult) -> tuple[str, ...]:
    """What the step asserts, as plain text: its sides, the second one with the relation before it."""
    sides = (step.lhs, f"{relation(step)} {step.rhs}") if step.lhs else (step.rhs,)
    return tuple(map(letters, sides))


def givens(derivation: DerivationResult) -> tuple[str, ...]:
    """What is given, a sentence each."""
    return tuple(map(condition, derivation.givens))


def typeset_givens(derivation: DerivationResult) -> tuple[str, ...]:
    """The same with formulas between ``$`` signs, where they have been made."""
    return tuple(g if "$" in g else condition(g) for g in derivation.typeset or derivation.givens)


def notes(derivation: DerivationResult, step: StepResult) -> tuple[Note, ...]:
    """Everything worth saying beneath a step, most useful first."""
    found: list[Note] = []
    verdict, reason = step.verdict, step.judgement.reason
    if verdict is Verdict.CONFLICT:
        found.append(Note("alarm", _because("two checks contradict each other, a bug in this program", reason)))
    elif verdict is Verdict.VACUOUS:
        found.append(Note("alarm", _because("no point satisfies the givens, so the step says nothing", reason)))
    elif reason and verdict is not Verdict.PROVED:
        found.append(Note("reason", reason))
    for diagnosis in step.diagnoses:
        found += _diagnosed(diagnosis)
    if sentence := witness(step.judgement.witness, step.relation):
        found.append(Note("witness", sentence))
    if sentence := chain(derivation, step):
        found.append(Note("chain", sentence))
    if step.stale_erratum:
        found.append(Note("stale", f"stale erratum, the step verifies: {step.erratum}"))
    elif step.acknowledged:
        by_other = f"covered by the erratum on {step.since}" if step.since not in ("", step.tag) else "acknowledged"
        found.append(Note("erratum", f"known: {step.erratum or by_other}"))
    elif step.erratum:
        found.append(Note("erratum", f"the author's remark: {step.erratum}"))
    return tuple(found)


def _diagnosed(diagnosis: Diagnosis) -> Iterator[Note]:
    """What is wrong, what the line should have been, and how the page may have been misread."""
    yield Note("diagnosis", f"{diagnosis.code}: {diagnosis.sentence}")
    plain = diagnosis.wrong not in (*diagnosis.sentence.split(), *(relation.value for relation in Relation))
    if diagnosis.wrong and not diagnosis.spans and "$" not in diagnosis.sentence and plain:
        yield Note("wrong", f"the wrong part: {value(diagnosis.wrong)}")
    if diagnosis.transcription:
        yield Note("transcription", diagnosis.transcription)
    if diagnosis.repair or diagnosis.repair_latex:
        words = f"should read{_how_known(diagnosis)}"
        latex = diagnosis.repair_latex
        yield Note("repair", words if latex else f"{words}: {diagnosis.repair}", latex)


def _how_known(diagnosis: Diagnosis) -> str:
    """How a repair has been verified, and for what."""
    if diagnosis.repair_verdict is None:
        return ""
    known, scope = MEANINGS[diagnosis.repair_verdict], condition(diagnosis.repair_scope)
    if not scope:
        return f" ({known})"
    return f" ({known} for {scope})" if scope.startswith("all ") else f" ({known}; {scope})"


def gist(derivation: DerivationResult, step: StepResult) -> Note | None:
    """The one sentence about a step that a list has room for."""
    said = {note.kind: note for note in reversed(notes(derivation, step))}
    kinds = ("alarm", "diagnosis", "stale", "erratum", "witness", "reason")
    found = next((said[kind] for kind in kinds if kind in said), None)
    return found and replace(found, text=found.text.removeprefix("known: "))


def repair(derivation: DerivationResult, step: StepResult) -> Note | None:
    """What the line should have been."""
    return next((note for note in notes(derivation, step) if note.kind == "repair"), None)


def chain(derivation: DerivationResult, step: StepResult) -> str:
    """Since when the chain is off at this step, and whether it comes right again."""
    if derivation.start is None:
        return ""
    first, since = derivation.start.tag, step.since if step.since != step.tag else ""
    if step.standing is Standing.CANCELS:
        how = f" ({step.from_start.verdict.value.lower()} against {first})" if step.from_start else ""
        if not step.since:
            return f"it does not follow from the line before, though it is right{how}"
        return f"the line is right again{how}"
    if step.verdict is not Verdict.REFUTED:
        return ""
    if step.standing is Standing.UNKNOWN:
        return f"whether the line is right, measured against {first}, is not known"
    begins = f"the chain has been off since {since}" if since else "the chain is off from here"
    at = next((at for at, other in enumerate(derivation.steps) if other is step), len(derivation.steps))
    for later in derivation.steps[at + 1 :]:
        if later.standing in (Standing.CANCELS, Standing.SOUND):
            return f"{begins}; line {later.tag} is right again"
    last = derivation.steps[-1] if derivation.steps else step
    if last is step:
        return f"{begins}, and this is the last line"
    if last.standing in _WRONG:
        return f"{begins} to the end: the last line, {last.tag}, is wrong too"
    return f"{begins}; whether the last line, {last.tag}, is right is not known"
