"""Lines that state something, ``x > 0 \\Rightarrow x^2 > 0``: where their signs and arrows stand in the LaTeX.

What is not understood with certainty has no place: a sign that occurs twice, a statement in words.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from sympy import Expr

from verify.diagnose.latex.node import Unread
from verify.diagnose.latex.tokens import BARS, OPEN, Cursor, Token
from verify.frozen import dataclass
from verify.model import Relation
from verify.terms import Conj, ForAll, Rel

Span = tuple[int, int]

_SIGNS = {
    "=": Relation.EQ, r"\neq": Relation.NE, r"\ne": Relation.NE, "<": Relation.LT, r"\lt": Relation.LT,
    r"\leq": Relation.LE, r"\le": Relation.LE, r"\leqslant": Relation.LE, ">": Relation.GT, r"\gt": Relation.GT,
    r"\geq": Relation.GE, r"\ge": Relation.GE, r"\geqslant": Relation.GE, r"\Rightarrow": Relation.IMPLIES,
    r"\implies": Relation.IMPLIES, r"\Longrightarrow": Relation.IMPLIES, r"\Leftrightarrow": Relation.IFF,
    r"\iff": Relation.IFF, r"\Longleftrightarrow": Relation.IFF,
}  # fmt: skip
_ARROWS = (Relation.IMPLIES, Relation.IFF)
_CLOSING = frozenset((*OPEN.values(), "}"))
_OPENING = frozenset((*OPEN, "{"))
_AROUND = r"(?:\\[,;: ]|\s)*"


@dataclass(frozen=True)
class Clause:
    """A stretch of a line's LaTeX that states one thing."""

    latex: str
    start: int
    end: int

    @property
    def text(self) -> str:
        """What stands there."""
        return self.latex[self.start : self.end]

    def sign(self, relation: Relation) -> Span | None:
        """Where its sign of a relation stands, if there is just one such sign."""
        found = [(t.start, t.end) for t in outer(self.latex) if self.holds(t) and _SIGNS.get(t.text) is relation]
        return found[0] if len(found) == 1 else None

    def sides(self, rel: Rel) -> tuple[str, str] | None:
        """What stands on both sides of the one sign of a relation, as far as the next sign."""
        at = self.sign(rel.op)
        if at is None:
            return None
        others = [t for t in outer(self.latex) if self.holds(t) and t.text in (*_SIGNS, ",", ";", ":", r"\colon")]
        left = max((t.end for t in others if t.end <= at[0]), default=self.start)
        right = min((t.start for t in others if t.start >= at[1]), default=self.end)
        return trimmed(self.latex[left : at[0]]), trimmed(self.latex[at[1] : right])

    def holds(self, token: Token) -> bool:
        """Whether a token stands in it."""
        return self.start <= token.start and token.end <= self.end


@dataclass(frozen=True)
class Statement:
    """``premise ⇒ conclusion``: the premise may be unwritten, and so may the arrow (then it has no place)."""

    premise: Clause
    arrow: Span | None
    conclusion: Clause


def statement(latex: str) -> Statement:
    """The parts of a line; where it has several arrows, all of it is the conclusion."""
    arrows = [(t.start, t.end) for t in outer(latex) if _SIGNS.get(t.text) in _ARROWS]
    if len(arrows) != 1:
        return Statement(Clause(latex, 0, 0), None, Clause(latex, 0, len(latex)))
    ((start, end),) = arrows
    return Statement(Clause(latex, 0, start), (start, end), Clause(latex, end, len(latex)))


def outer(latex: str) -> Iterator[Token]:
    """The tokens that stand within no brackets."""
    try:
        tokens = Cursor(latex, frozenset()).tokens
    except Unread:
        return
    depth = 0
    for token in tokens:
        if token.text in _CLOSING:
            depth -= 1
        elif token.text in _OPENING:
            depth += 1
        elif not depth and token.text not in BARS:
            yield token


def said(latex: str, lhs: object, rhs: object) -> Iterator[tuple[str, Expr]]:
    """The expressions that a line's statements relate, as their author wrote them."""
    parts = statement(latex)
    for clause, content in ((parts.premise, lhs), (parts.conclusion, rhs)):
        for rel in _relations(content):
            sides = clause.sides(rel)
            if sides is not None:
                yield from ((text, side) for text, side in zip(sides, (rel.lhs, rel.rhs), strict=True) if text)


def _relations(content: object) -> Iterator[Rel]:
    """The relations that hold together if the proposition does."""
    if isinstance(content, Rel):
        yield content
    elif isinstance(content, Conj):
        for part in content.parts:
            yield from _relations(part)
    elif isinstance(content, ForAll):
        yield from _relations(content.body)


def trimmed(text: str) -> str:
    """Without the spaces around it."""
    return re.sub(rf"^{_AROUND}|{_AROUND}$", "", text)


def spliced(latex: str, span: Span, new: str) -> str:
    """The line with other words at a span."""
    spaced = " " if new[-1:].isalpha() and latex[span[1] : span[1] + 1].isalpha() else ""
    return latex[: span[0]] + new + spaced + latex[span[1] :]
