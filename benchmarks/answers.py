"""What a peer answers to a claim."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum


class Outcome(Enum):
    """``UNEQUAL`` is a plain "no" that its system does not mean as a refutation: not zero as far as it could see."""

    PROVED = "proved"
    SUPPORTED = "supported"
    REFUTED = "refuted"
    UNEQUAL = "no"
    UNDECIDED = "undecided"
    UNSAYABLE = "cannot be said"  # the system has no word for something in it
    STOPPED = "stopped"  # at the limit of time or memory


@dataclass(frozen=True)
class Finding:
    """An outcome and the seconds of processor time it took; ``detail`` is for whoever looks into it."""

    outcome: Outcome
    seconds: float = 0.0
    detail: str = ""


@dataclass(frozen=True)
class Answer:
    """What one peer found about one claim."""

    peer: str
    corpus: str
    id: str
    finding: Finding
