"""What the program finds of a claim: verdict, evidence, witness, diagnosis."""

from __future__ import annotations

from collections.abc import Mapping
from enum import Enum

from verify.frozen import dataclass


class Verdict(Enum):
    """What is known of a claim. Never a bool: every outcome has its name.

    ``PROVED``: a proof covers the whole scope. ``SUPPORTED``: numbers only (balls that overlap).
    ``REFUTED``: a certified witness. ``UNDECIDED``: neither, with the reason. ``VACUOUS``: the assumptions
    admit no point. ``CONFLICT``: two checks contradict each other, a bug in this program.
    """

    PROVED = "PROVED"
    SUPPORTED = "SUPPORTED"
    REFUTED = "REFUTED"
    UNDECIDED = "UNDECIDED"
    VACUOUS = "VACUOUS"
    CONFLICT = "CONFLICT"

    @property
    def holds(self) -> bool:
        """Whether the claim may be relied upon (proved, or supported by numbers)."""
        return self in (Verdict.PROVED, Verdict.SUPPORTED)


class Doubt(Enum):
    """Why a check leaves a claim undecided, where other checks have to know; the value says it in words."""

    NO_POINT = "no point was found that satisfies the assumptions and at which both sides are defined"
    NO_VALUE = "a side has no value"  # as far as can be told
    NOWHERE = "a side has no value at all"
    LEFT_NOWHERE = (
        "the left side is defined nowhere within the givens, as far as has been looked; the right side is defined"
    )
    RIGHT_NOWHERE = (
        "the right side is defined nowhere within the givens, as far as has been looked; the left side is defined"
    )
    IRRATIONAL = "there is a counterexample at an irrational point, which is not certified here"
    ELUSIVE = "no counterexample was found, but the first one may be far away"
    HIDDEN = "a difference may not show itself in so many digits"
    TOUCH = "the sides seem to touch at a point that has no exact witness"


@dataclass(frozen=True)
class Witness:
    """The exact point of a refutation, with the values of both sides there, as text.

    ``python`` is a program that evaluates both sides there (made only on demand, and where it can be written).
    """

    point: Mapping[str, str]
    lhs: str
    rhs: str
    note: str = ""
    python: str = ""


@dataclass(frozen=True)
class ProofRecord:
    """Why two expressions are equal: they are one element of a field of rational functions over some kernels.

    ``lhs`` and ``rhs`` are what was proved equal; ``kernels`` are the generators of the field, ``relations`` what is
    known of them and the rules that were used, ``conditions`` where both sides are defined, beyond what is given;
    ``canonical`` is the common canonical form. ``python`` holds the two sides and the form once more, as expressions
    that a program can evaluate (empty where they cannot be written).
    """

    lhs: str
    rhs: str
    kernels: tuple[str, ...]
    relations: tuple[str, ...]
    conditions: tuple[str, ...]
    canonical: str
    python: tuple[str, ...] = ()


@dataclass(frozen=True)
class Inference:
    """By which rule something follows: ``premises`` are sentences, each of which the program has found to be so.

    ``source`` is where the rule is to be found.
    """

    rule: str
    premises: tuple[str, ...]
    source: str = ""


@dataclass(frozen=True)
class Evidence:
    """One check's finding. ``scope`` says for what it holds, ``conditions`` what was taken as nonzero, …

    ``proofs`` are the equalities on which a proof rests, ``inferences`` the rules by which it goes; both are recorded
    only on demand. A proof ``within`` its conditions says nothing of other points, at which both sides may be defined
    nevertheless. ``doubt`` says of what kind the detail is, where that matters.
    """

    check: str
    verdict: Verdict
    detail: str
    scope: str = ""
    conditions: tuple[str, ...] = ()
    witness: Witness | None = None
    seconds: float = 0.0
    proofs: tuple[ProofRecord, ...] = ()
    inferences: tuple[Inference, ...] = ()
    within: bool = False
    doubt: Doubt | None = None


@dataclass(frozen=True)
class Judgement:
    """The verdict on one claim, drawn from all the evidence."""

    verdict: Verdict
    scope: str = ""
    conditions: tuple[str, ...] = ()
    witness: Witness | None = None
    reason: str = ""
    evidence: tuple[Evidence, ...] = ()


@dataclass(frozen=True)
class Diagnosis:
    """A named slip, one plain sentence, and a repair that has itself been verified.

    In the sentence mathematics stands between ``$`` signs, as LaTeX, in the author's own notation where he has one.
    ``wrong`` is the part of the line that is wrong, as text, and ``spans`` are the places where it stands in the line's
    LaTeX (start and end of each, as in a slice; none where that cannot be told); ``repair`` and ``repair_latex`` are
    the whole repaired line, ``repair_scope`` says for what it has been verified; ``transcription`` says how a
    misreading of the page would explain the slip.
    """

    code: str
    sentence: str
    repair: str = ""
    repair_latex: str = ""
    repair_verdict: Verdict | None = None
    wrong: str = ""
    spans: tuple[tuple[int, int], ...] = ()
    repair_scope: str = ""
    transcription: str = ""
