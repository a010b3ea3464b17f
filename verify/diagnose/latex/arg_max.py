"""An arg max in its author's LaTeX: where its operator, its series and its counts stand, and the line put right."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from sympy import Expr, Indexed, Symbol

from verify.diagnose.latex.align import alignments
from verify.diagnose.latex.node import Node, Unread, walk
from verify.diagnose.latex.statements import Span, spliced
from verify.diagnose.latex.tree import parse
from verify.diagnose.words import latex as in_latex
from verify.occurs import names_in
from verify.terms import Index, Proposition

_OPERATOR = re.compile(r"\\arg\s*\\max|\\operatorname\*?\{arg\s*(?:\\,)?\s*max\}|\\argmax")
_BELOW = re.compile(r"\s*_(?:\{(?:[^{}]|\{[^{}]*\})*\}|\\[A-Za-z]+|\S)")


class Head(NamedTuple):
    """``\\arg\\max_{\\theta}``: where the operator stands, and where it ends together with what is below it."""

    operator: Span
    end: int

    @property
    def span(self) -> Span:
        """All of it."""
        return self.operator[0], self.end


def head(latex: str) -> Head | None:
    """The beginning of an arg max, if there is just one."""
    found = list(_OPERATOR.finditer(latex))
    if len(found) != 1:
        return None
    below = _BELOW.match(latex, found[0].end())
    return Head(found[0].span(), below.end() if below else found[0].end())


def with_operator(latex: str, operator: str) -> tuple[tuple[Span, ...], str] | None:
    """The line with another operator than ``\\arg\\max``; all of its head is marked."""
    at = head(latex)
    return None if at is None else ((at.span,), spliced(latex, at.operator, operator))


def with_constraints(latex: str, lost: Sequence[Proposition]) -> tuple[tuple[Span, ...], str] | None:
    """The line with what its maximum is subject to."""
    at = head(latex)
    if at is None:
        return None
    subject = r",\ ".join(map(in_latex, lost))
    return (at.span,), rf"{latex}\quad\text{{subject to}}\ {subject}"


def over_distinct(
    latex: str, count: Indexed, indices: Sequence[Index], objective: Expr
) -> tuple[tuple[Span, ...], str] | None:
    """The line whose series runs over what is distinct, which is ``objective``, in the place of all places.

    What is counted is written in the arguments of ``count``; its author's names for them become those of the indices.
    """
    at = head(latex)
    if at is None:
        return None
    text = latex[at.end :]
    try:
        root = parse(text, names_in((objective,)))
    except (Unread, RecursionError):
        return None
    body = root
    while body.kind == "series":
        body = body.children[0]
    counted = _arguments(body, count, len(indices))
    if body is root or counted is None:
        return None
    names = {text[node.start : node.end]: in_latex(index) for node, index in zip(counted, indices, strict=True)}
    series = rf"\{root.name}_{{{','.join(map(in_latex, indices))}}} {_renamed(text, body, names)}"
    if not alignments(series, objective):
        return None
    before = latex[: at.end + root.start]
    return ((at.end + root.start, at.end + body.start),), before + series + text[root.end :]


def _arguments(body: Node, count: Indexed, number: int) -> tuple[Node, ...] | None:
    """What the count is of, as it is written: the same wherever it stands."""
    label = count.base.label
    found = [n.children for n in walk(body) if isinstance(label, Symbol) and n.kind == "call" and n.name == label.name]
    return found[0] if len(found) == 1 and len(found[0]) == number else None


def _renamed(text: str, body: Node, names: dict[str, str]) -> str:
    """The body with other names for some of its parts."""
    spans = {n.span for n in walk(body) if text[n.start : n.end] in names}
    new = text[: body.end]
    for start, end in sorted(spans, reverse=True):
        new = new[:start] + names[text[start:end]] + new[end:]
    return new[body.start :]
