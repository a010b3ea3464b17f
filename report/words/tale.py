"""The story of a chain in one sentence: where it went wrong, how, where it came right again, and how it ends."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby

from verify.model import DerivationResult, Standing, StepResult, Verdict

UNEXPLAINED = "unexplained"
ABOUT_ITSELF = "The line "
LONG = 90  # characters
_IT = {  # what a line does to the slip of the line before, which has just been told
    "Drops again ": "drops it again",
    "Puts back ": "puts it back",
    "Puts the ": "puts it right",
    "Takes back the slips ": "takes them back",
    "Takes back ": "takes it back",
}
_SILENT = (Verdict.VACUOUS, Verdict.CONFLICT)


def tale(derivation: DerivationResult) -> str:
    """``In line 4.1 there is a minus too many; line 4.2 drops it again; from there on everything is right.``

    Empty for a list of claims, and where nothing has gone wrong.
    """
    steps = derivation.steps
    if derivation.start is None or not any(step.verdict is Verdict.REFUTED for step in steps):
        return ""
    if any(step.verdict in _SILENT for step in steps):
        return ""  # the headline has something more urgent to say
    parts = list(_parts(steps, derivation.start.tag))
    told = "; ".join(part for part in parts if part)
    return f"{told[:1].upper()}{told[1:]}."


def _parts(steps: Sequence[StepResult], first: str) -> Iterator[str]:
    at = 0
    slips = 0
    fresh = False  # whether the slip of the line before has just been told
    for kind, group in groupby(steps, key=_kind):
        run = list(group)
        last = at + len(run) == len(steps)
        match kind:
            case "slip":
                for step in run:
                    slips += 1
                    yield _slip(step, slips)
                if last and len(run) == 1 and len(steps) > 1:
                    yield "the chain ends there"
            case "carried":
                yield _carried(run, last)
            case "cancels":
                yield from (_cancels(step, fresh and step is run[0]) for step in run)
                if last:
                    yield "the result is right"
            case "sound" if at:
                yield _sound(run, last)
            case "open":
                yield f"whether {_lines(run)} {'is' if len(run) == 1 else 'are'} right, against {first}, is not known"
        at += len(run)
        fresh = kind == "slip" and len(run) == 1


def _kind(step: StepResult) -> str:
    if step.standing is Standing.OWN_SLIP:
        return "slip"
    if step.standing in (Standing.CARRIED, Standing.CANCELS, Standing.SOUND):
        return step.standing.value
    return "open"


def _slip(step: StepResult, count: int) -> str:
    """What goes wrong at a step."""
    either = " either" if count > 1 else ""
    if not step.diagnoses:
        return f"line {step.tag} does not follow{either}"
    diagnosis = step.diagnoses[0]
    if diagnosis.code == UNEXPLAINED:
        return f"line {step.tag} does not follow{either}, and no single slip explains it"
    if diagnosis.sentence.startswith(ABOUT_ITSELF):
        return f"line {step.tag} {_short(diagnosis.sentence.removeprefix(ABOUT_ITSELF), False)}"
    if len(step.diagnoses) > 1:
        *several, last = (_lowered(d.sentence.partition(": ")[0]) for d in step.diagnoses)
        return f"in line {step.tag} {', '.join(several)}, and {last}"
    return f"in line {step.tag} {_lowered(_short(diagnosis.sentence))}"


def _short(sentence: str, change: bool = True) -> str:
    """Without the formulas after the colon where they say little; ``change``: what stands for what is kept."""
    head, colon, tail = sentence.partition(": ")
    twice = ", not " in tail and not (change and "$" not in head)
    return head if colon and (twice or len(tail) > LONG) else sentence.strip().removesuffix(".")


def _cancels(step: StepResult, fresh: bool) -> str:
    """How a line comes right that does not follow; ``fresh``: the slip that it takes back has just been told."""
    if not step.since:
        return f"line {step.tag} does not follow from the line before, though it is right"
    if not step.diagnoses:
        return f"line {step.tag} takes it back"
    sentence = step.diagnoses[0].sentence
    short = next((it for begins, it in _IT.items() if sentence.startswith(begins)), "") if fresh else ""
    return f"line {step.tag} {short or _lowered(sentence)}"


def _carried(run: Sequence[StepResult], last: bool) -> str:
    told = f"{_lines(run)} {'carries' if len(run) == 1 else 'carry'} it along"
    return f"{told}, to the end" if last and len(run) > 1 else told


def _sound(run: Sequence[StepResult], last: bool) -> str:
    if last:
        return "from there on everything is right"
    return f"{_lines(run)} {'is' if len(run) == 1 else 'are'} right"


def _lines(run: Sequence[StepResult]) -> str:
    if len(run) == 1:
        return f"line {run[0].tag}"
    joint = " and " if len(run) == 2 else " to "
    return f"lines {run[0].tag}{joint}{run[-1].tag}"


def _lowered(sentence: str) -> str:
    """A sentence as a clause: without its full stop, and with a small letter where it begins with a word."""
    sentence = sentence.strip().removesuffix(".")
    word = sentence.partition(" ")[0]
    is_word = word == "A" or (word.isalpha() and len(word) > 1 and word[1:].islower())
    return sentence[:1].lower() + sentence[1:] if is_word else sentence
