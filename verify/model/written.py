"""What an author writes: derivations, their lines and steps; what a step claims."""

from __future__ import annotations

from enum import Enum
from typing import TYPE_CHECKING

from verify.frozen import dataclass

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


MIRRORED = {
    Relation.LT: Relation.GT,
    Relation.LE: Relation.GE,
    Relation.GT: Relation.LT,
    Relation.GE: Relation.LE,
}
"""An order, read from right to left."""
ORDERS = frozenset(MIRRORED)
LESS, GREATER = frozenset({Relation.LT, Relation.LE}), frozenset({Relation.GT, Relation.GE})
COMPARISONS = ORDERS | {Relation.EQ, Relation.NE}
"""What relates two expressions; the rest relates propositions or problems."""
WEAKER = {Relation.LT: Relation.LE, Relation.GT: Relation.GE}
"""A strict order with equality let in."""
STRICTER = {weak: strict for strict, weak in WEAKER.items()}
"""An order with equality ruled out."""


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
    """What a claim may assume: symbols with their domains, and constraints.

    ``symbols`` are the free symbols and indices in order of appearance; ``constraints`` are propositions
    taken as true.
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
