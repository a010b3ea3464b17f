"""The nouns of the program: derivation, step, claim, verdict, evidence, run.

Frozen dataclasses without behaviour: no input or output, no printing, and no SymPy at run time, so that a
:class:`Run` (plain text and numbers only) can be rendered, stored and read back by programs that have no
computer algebra at all. The words are those of the project's glossary (``docs/DESIGN.md``).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sympy import Symbol

    from verify.terms import Content, Proposition


class Relation(Enum):
    """How a line relates to the line before it; the value is how it is written."""

    EQ = "="
    NE = "≠"
    LT = "<"
    LE = "≤"
    GT = ">"
    GE = "≥"
    IMPLIES = "⇒"
    IFF = "⇔"
    SAME_MAXIMISERS = "same maximisers"

    @property
    def latex(self) -> str:
        """The same as LaTeX."""
        return _AS_LATEX.get(self, self.value)


_AS_LATEX = {
    Relation.NE: r"\neq",
    Relation.LE: r"\leq",
    Relation.GE: r"\geq",
    Relation.IMPLIES: r"\Rightarrow",
    Relation.IFF: r"\Leftrightarrow",
    Relation.SAME_MAXIMISERS: r"\text{same maximisers: }",
}


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


class Standing(Enum):
    """A step seen together with how its line relates to the *first* line of the chain."""

    SOUND = "sound"  # follows, and the line is right
    OWN_SLIP = "own slip"  # does not follow, and the line is wrong
    CARRIED = "carried"  # follows, but the line is wrong
    CANCELS = "cancels"  # does not follow, but the line is right again
    UNKNOWN = "unknown"


# -- what an author writes ---------------------------------------------------------------------------------


@dataclass(frozen=True)
class Place:
    """Where in an author's file something stands."""

    file: str
    line: int


@dataclass(frozen=True)
class Line:
    """One line of a derivation: its mathematics and how it is printed in the source.

    ``content`` is a SymPy expression, a proposition or a maximisation problem (:data:`verify.terms.Content`).
    """

    content: Content
    latex: str
    tag: str
    place: Place


@dataclass(frozen=True)
class Step:
    """A line and its relation to the line before, or to ``alone_lhs`` where the step stands alone."""

    line: Line
    relation: Relation
    alone_lhs: Content | None = None
    keeps: tuple[str, ...] = ()  # tags of earlier lines kept as premises beside the line before
    justification: str = ""
    erratum: str = ""

    @property
    def tag(self) -> str:
        """The step's name within its derivation."""
        return self.line.tag


@dataclass(frozen=True)
class Givens:
    """What a claim may assume: symbols with their domains, constraints, definitions.

    ``symbols`` are the free symbols and indices in order of appearance; ``constraints`` are propositions
    taken as true; ``definitions`` say what a defined name stands for.
    """

    symbols: tuple[Symbol, ...] = ()
    constraints: tuple[Proposition, ...] = ()


@dataclass(frozen=True)
class Derivation:
    """A titled chain of lines with its givens and its place in the source.

    ``start`` is ``None`` when every step stands alone (a list of propositions rather than a chain).
    """

    id: str
    title: str
    source: str
    start: Line | None
    steps: tuple[Step, ...]
    givens: Givens
    remarks: tuple[str, ...]
    place: Place


@dataclass(frozen=True)
class Claim:
    """What one step asserts, self-contained: two sides, a relation, the givens. ``id`` is ``ID:TAG``.

    ``principal`` says that real symbols do not confine the values to the reals: where a logarithm or root leaves
    them, it has its principal value instead of none.
    """

    id: str
    lhs: Content
    relation: Relation
    rhs: Content
    givens: Givens
    premises: tuple[Proposition, ...] = ()  # further lines kept as premises of an implication
    principal: bool = False


# -- what the program finds --------------------------------------------------------------------------------


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
class Evidence:
    """One check's finding. ``scope`` says for what it holds, ``conditions`` what was taken as nonzero, …

    ``proofs`` are the equalities on which a proof rests; they are recorded only on demand. A proof ``within`` its
    conditions says nothing of other points, at which both sides may be defined nevertheless.
    """

    check: str
    verdict: Verdict
    detail: str
    scope: str = ""
    conditions: tuple[str, ...] = ()
    witness: Witness | None = None
    seconds: float = 0.0
    proofs: tuple[ProofRecord, ...] = ()
    within: bool = False


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
    ``wrong`` is the part of the line that is wrong, as text, and ``span`` where it stands in the line's LaTeX
    (start and end, as in a slice; ``None`` where it cannot be told); ``repair`` and ``repair_latex`` are the whole
    repaired line; ``transcription`` says how a misreading of the page would explain the slip.
    """

    code: str
    sentence: str
    repair: str = ""
    repair_latex: str = ""
    repair_verdict: Verdict | None = None
    wrong: str = ""
    span: tuple[int, int] | None = None
    transcription: str = ""


@dataclass(frozen=True)
class StepResult:
    """A judged step, as plain text.

    ``from_start`` is the judgement of the line against the first line (``None``: the relations do not
    compose); ``since`` is the tag of the own slip by which the chain has been off when this line was reached
    (empty: the line is right, or not known to be wrong); ``acknowledged`` says that the author's erratum, or
    that of the slip it cancels, covers a step that does not verify; ``stale_erratum`` that an erratum stands
    on a step that verifies.
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
    """A judged derivation. ``givens`` are sentences such as ``"n ≥ 1 integer"`` for the reader."""

    id: str
    title: str
    source: str
    file: str
    line: int
    remarks: tuple[str, ...]
    givens: tuple[str, ...]
    start: StartResult | None
    steps: tuple[StepResult, ...]


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
