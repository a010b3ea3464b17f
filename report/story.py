"""What a run says, in words: counts, tasks, and the sentences about one step.

Every format tells the same story; only its typography differs. The words are those a good teacher would write
in the margin.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from verify.model import DerivationResult, Diagnosis, LoadError, Relation, Run, Standing, StepResult, Verdict, Witness

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
_OPPOSITE = {
    Relation.EQ: "≠", Relation.NE: "=", Relation.LT: "≥", Relation.LE: ">", Relation.GT: "≤", Relation.GE: "<",
}  # fmt: skip
_TRUTH = {"true": "true", "false": "false"}  # however an engine spells them
_GREEK = dict(
    pair.split("=")
    for pair in (
        "alpha=α beta=β gamma=γ delta=δ epsilon=ε zeta=ζ eta=η theta=θ iota=ι kappa=κ lambda=λ mu=μ nu=ν xi=ξ pi=π "
        "rho=ρ sigma=σ tau=τ upsilon=υ phi=φ chi=χ psi=ψ omega=ω Gamma=Γ Delta=Δ Theta=Θ Lambda=Λ Xi=Ξ Phi=Φ Psi=Ψ "
        "Omega=Ω"
    ).split()
)
_GREEK_NAME = re.compile(rf"(?<![A-Za-z0-9_])(?:{'|'.join(_GREEK)})(?![A-Za-z(])")
_WRONG = (Standing.OWN_SLIP, Standing.CARRIED)


def _because(told: str, reason: str) -> str:
    return f"{told}: {reason}" if reason else told


def _count(number: int, noun: str) -> str:
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"


# -- the whole run -------------------------------------------------------------------------------------------


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


# -- one step ------------------------------------------------------------------------------------------------


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
    def sentence(self) -> str:
        """The text as a line of its own, with a capital (a diagnosis begins with its code, as it is)."""
        return self.text if self.kind == "diagnosis" else self.text[:1].upper() + self.text[1:]


def relation(step: StepResult) -> str:
    """The sign before the line."""
    return "same maximisers:" if step.relation is Relation.SAME_MAXIMISERS else step.relation.value


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


def verdict_line(step: StepResult) -> str:
    """``REFUTED · cancels 4.1``: verdict, standing and scope, as far as there is something to say."""
    return " · ".join(part for part in (step.verdict.value, standing(step), scope(step)) if part)


def scope(step: StepResult) -> str:
    """For what the verdict holds, with the conditions that the scope does not already name."""
    judgement = step.judgement
    further = [condition for condition in judgement.conditions if condition not in judgement.scope]
    return letters("; ".join(part for part in (judgement.scope, ", ".join(further)) if part))


def witness(found: Witness | None, relation: Relation | None = None) -> str:
    """``at n=2, x=(1, 0): 0.731… ≠ −0.731…``, or both sides one by one, as for ⇒ and ⇔, where they are truths."""
    if found is None:
        return ""
    point = ", ".join(f"{name}={_minus(value)}" for name, value in found.point.items())
    lhs, rhs = _minus(found.lhs), _minus(found.rhs)
    if relation in _OPPOSITE and lhs.lower() not in _TRUTH:
        said = f"{lhs} {_OPPOSITE[relation]} {rhs}"
    else:
        said = f"left side {_TRUTH.get(lhs.lower(), lhs)}, right side {_TRUTH.get(rhs.lower(), rhs)}"
    return letters((f"at {point}: " if point else "") + said + (f" ({found.note})" if found.note else ""))


def claim(step: StepResult) -> tuple[str, ...]:
    """What the step asserts, as plain text: its sides, the second one with the relation before it."""
    sides = (step.lhs, f"{relation(step)} {step.rhs}") if step.lhs else (step.rhs,)
    return tuple(map(letters, sides))


def givens(derivation: DerivationResult) -> tuple[str, ...]:
    """What is given, a sentence each."""
    return tuple(map(letters, derivation.givens))


def typeset(text: str) -> str:
    """Plain mathematics with its minus signs and Greek letters as such."""
    return letters(_minus(text))


def letters(text: str) -> str:
    """Plain mathematics with its Greek letters as such: ``lambda ≠ 0`` reads ``λ ≠ 0``, ``gamma(x)`` is a function."""
    return _GREEK_NAME.sub(lambda name: _GREEK[name[0]], text)


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
        yield Note("wrong", f"the wrong part: {diagnosis.wrong}")
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
    known, scope = MEANINGS[diagnosis.repair_verdict], diagnosis.repair_scope
    if not scope:
        return f" ({known})"
    return f" ({known} for {scope})" if scope.startswith("all ") else f" ({known}; {scope})"


def gist(derivation: DerivationResult, step: StepResult) -> Note | None:
    """The one sentence about a step that a list has room for."""
    said = {note.kind: note for note in reversed(notes(derivation, step))}
    kinds = ("alarm", "diagnosis", "stale", "erratum", "witness", "reason")
    found = next((said[kind] for kind in kinds if kind in said), None)
    return found and replace(found, text=found.text.removeprefix("known: "))


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


def _minus(value: str) -> str:
    """Typographic minus signs before numbers: ``-1/2`` reads ``−1/2``."""
    return re.sub(r"(?<![\w)\]])-(?=\d)", "−", value)
