"""A run: everything that was found of some derivations, as plain text and numbers."""

from __future__ import annotations

from enum import Enum

from verify.frozen import dataclass
from verify.model.found import Diagnosis, Judgement, Verdict
from verify.model.written import Relation


class Standing(Enum):
    """A step seen together with how its line relates to the *first* line of the chain."""

    SOUND = "sound"  # follows, and the line is right
    OWN_SLIP = "own slip"  # does not follow, and the line is wrong
    CARRIED = "carried"  # follows, but the line is wrong
    CANCELS = "cancels"  # does not follow, but the line is right again
    UNKNOWN = "unknown"


@dataclass(frozen=True)
class StepResult:
    """A judged step, as plain text.

    ``from_start`` is the judgement of the line against the first line (``None``: the relations do not
    compose); ``since`` is the tag of the own slip by which the chain has been off when this line was reached
    (empty: the line is right, or not known to be wrong); ``acknowledged`` says that the author's erratum, or
    that of the slip it cancels, covers a step that does not verify; ``stale_erratum`` that an erratum stands
    on a step that verifies; ``minimised`` that the points of a problem, here or in the line before, are minimisers.
    """

    tag: str
    line: int
    relation: Relation
    latex: str
    lhs: str
    rhs: str
    judgement: Judgement
    from_start: Judgement | None
    standing: Standing
    since: str = ""
    justification: str = ""
    erratum: str = ""
    acknowledged: bool = False
    stale_erratum: bool = False
    diagnoses: tuple[Diagnosis, ...] = ()
    minimised: bool = False

    @property
    def verdict(self) -> Verdict:
        """The verdict on the step itself."""
        return self.judgement.verdict


@dataclass(frozen=True)
class StartResult:
    """The first line of a chain, as plain text."""

    tag: str
    latex: str
    expression: str


@dataclass(frozen=True)
class DerivationResult:
    """A judged derivation. ``givens`` are sentences such as ``"n ≥ 1 integer"`` for the reader.

    ``typeset`` are the same with formulas as LaTeX, between ``$`` signs, where a report asks for them.
    """

    id: str
    title: str
    source: str
    file: str
    line: int
    remarks: tuple[str, ...]
    givens: tuple[str, ...]
    start: StartResult | None
    steps: tuple[StepResult, ...]
    typeset: tuple[str, ...] = ()


@dataclass(frozen=True)
class LoadError:
    """Something of the author's that could not be used: where, and what to do about it."""

    file: str
    line: int
    message: str


@dataclass(frozen=True)
class Run:
    """Everything one run found, ready to be rendered or stored. ``program`` is name and version."""

    program: str
    seed: int
    derivations: tuple[DerivationResult, ...]
    errors: tuple[LoadError, ...] = ()
    seconds: float = 0.0

    @property
    def steps(self) -> tuple[StepResult, ...]:
        """All steps of all derivations, in order."""
        return tuple(step for derivation in self.derivations for step in derivation.steps)

    def count(self, verdict: Verdict) -> int:
        """How many steps have the given verdict."""
        return sum(step.verdict is verdict for step in self.steps)

    @property
    def exit_code(self) -> int:
        """0: no surprise; 1: a refuted, undecided or vacuous step that is not acknowledged, or a stale
        erratum; 2: an encoding that could not be loaded, or a CONFLICT."""
        if self.errors or self.count(Verdict.CONFLICT):
            return 2
        surprise = any(step.stale_erratum or (not step.verdict.holds and not step.acknowledged) for step in self.steps)
        return 1 if surprise or self.count(Verdict.VACUOUS) else 0
