"""The tree of a formula, as :mod:`report.tex_parse` makes it."""

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
