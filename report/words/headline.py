"""A derivation in a few words: ``right throughout``, ``wrong from line 4.1 on``, …"""

from __future__ import annotations

from enum import Enum

from verify.frozen import dataclass
from verify.model import DerivationResult, Standing, StepResult, Verdict

_WRONG = (Standing.OWN_SLIP, Standing.CARRIED)


class Tone(Enum):
    """How a headline is to be taken; formats choose their colours by it."""

    GOOD = "good"
    MENDED = "mended"
    WRONG = "wrong"
    OPEN = "open"
    ALARM = "alarm"


@dataclass(frozen=True)
class Headline:
    """A derivation in a few words."""

    text: str
    tone: Tone


def headline(derivation: DerivationResult) -> Headline:
    """``right throughout``, ``wrong from line T on``, …; the worst that is true comes first."""
    steps = derivation.steps
    for verdict, words in ((Verdict.CONFLICT, "checks in conflict"), (Verdict.VACUOUS, "nothing satisfies the givens")):
        if tags := [step.tag for step in steps if step.verdict is verdict]:
            return Headline(f"{words}: {', '.join(tags)}", Tone.ALARM)
    if not steps:
        return Headline("no steps", Tone.OPEN)
    undecided = [step.tag for step in steps if step.verdict is Verdict.UNDECIDED]
    refuted = [step.tag for step in steps if step.verdict is Verdict.REFUTED]
    still_open = f"not decided: {', '.join(undecided)}" if undecided else ""
    if derivation.start is None:
        holding = sum(step.verdict.holds for step in steps)
        if holding == len(steps):
            return Headline("it holds" if holding == 1 else f"all {holding} hold", Tone.GOOD)
        told = f"{holding} of {len(steps)} hold"
        return Headline(_join(told, still_open), Tone.WRONG if refuted else Tone.OPEN)
    if steps[-1].standing in _WRONG:
        return Headline(_join(_wrong(_wrong_since(steps), steps), still_open), Tone.WRONG)
    if not refuted:
        return Headline(still_open or "right throughout", Tone.OPEN if still_open else Tone.GOOD)
    if steps[-1].standing in (Standing.SOUND, Standing.CANCELS):
        many = sum(step.standing is Standing.OWN_SLIP for step in steps) > 1
        told = f"right in the end, with {'slips' if many else 'a slip'} on the way"
        return Headline(_join(told, still_open), Tone.MENDED)
    told = f"{'slip' if len(refuted) == 1 else 'slips'} in {', '.join(refuted)}"
    return Headline(_join(told, still_open), Tone.WRONG)


def _wrong_since(steps: tuple[StepResult, ...]) -> str:
    """The line from which the chain has been wrong without a break, up to its end."""
    if steps[-1].since:
        return steps[-1].since
    first = steps[-1].tag
    for step in reversed(steps):
        if step.standing not in _WRONG:
            break
        first = step.tag
    return first


def _wrong(since: str, steps: tuple[StepResult, ...]) -> str:
    if since != steps[-1].tag:
        return f"wrong from line {since} on"
    return f"wrong in line {since}" if len(steps) == 1 else f"wrong in the last line, {since}"


def _join(*parts: str) -> str:
    return "; ".join(part for part in parts if part)
