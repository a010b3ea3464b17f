"""The tree of a formula, as :mod:`report.formulas.parse` makes it."""

from __future__ import annotations

from dataclasses import dataclass, field

Row = tuple["Node", ...]


@dataclass(frozen=True, slots=True)
class Node:
    """One item of a formula.

    ``kind`` is ``char``, ``symbol``, ``command``, ``group``, ``scripts`` (parts: base, below, above; ``name``
    holds the primes), ``fence`` and ``size`` (``name`` and ``right`` are delimiters), ``env`` (``rows`` of
    cells), ``text`` or ``raw`` (something unknown, shown as written).
    """

    kind: str
    name: str = ""
    parts: tuple[Row, ...] = ()
    right: str = ""
    rows: tuple[tuple[Row, ...], ...] = ()


@dataclass(slots=True)
class Formula:
    """A parsed line: its items, and why it must not be typeset (empty: it may)."""

    row: Row = ()
    problems: list[str] = field(default_factory=list)


_FLAT = frozenset("char symbol scripts fence group text size".split())
_TALL = frozenset(
    "sum prod coprod int iint iiint oint bigcup bigcap bigoplus bigotimes bigwedge bigvee vdots ∑ ∏ ∫".split()
)


def tall(row: Row) -> bool:
    """Whether brackets have to grow around it: not for letters with indices, but for fractions, sums and tables."""
    return any(_is_tall(node) or any(map(tall, node.parts)) for node in row)


def _is_tall(node: Node) -> bool:
    if node.kind == "scripts":
        return any(node.kind == "scripts" for node in node.parts[2])  # an index of an exponent
    return node.name in _TALL or not (node.kind in _FLAT or _is_letter_like(node))


def _is_letter_like(node: Node) -> bool:
    """Whether it is a command that changes how letters look, and not how high they stand."""
    return node.kind == "command" and (node.name.startswith(("math", "text", "operatorname")) or node.name in _LETTERS)


_LETTERS = frozenset("bm boldsymbol mbox verifierwrong hat bar vec tilde dot not pmod".split())


def bracketed(row: Row) -> Node | None:
    """The one pair of brackets that a group holds, and that needs no braces around it."""
    return row[0] if len(row) == 1 and row[0].kind == "fence" else None
