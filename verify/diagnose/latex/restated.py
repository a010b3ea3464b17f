"""A statement put right in its author's own LaTeX: another sign, another arrow, a further premise, a further case."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeAlias

from verify.diagnose.latex.statements import Span, Statement, spliced, statement
from verify.diagnose.words import latex as in_latex
from verify.model import Relation
from verify.terms import Proposition, Rel

Restated: TypeAlias = tuple[tuple[Span, ...], str]
"""Where the wrong parts stand, and the LaTeX of the repaired line."""
Restate: TypeAlias = Callable[[str, Proposition], Restated | None]
"""From a line's LaTeX and the premise that it should have to the repaired line; nothing where it cannot be told."""


def premise_sign(old: Rel, new: Rel) -> Restate:
    """Another sign in the premise."""

    def restate(latex: str, premise: Proposition) -> Restated | None:
        parts = statement(latex)
        at = parts.premise.sign(old.op)
        return ((at,), spliced(latex, at, new.op.latex)) if at is not None else _with_premise(parts, premise)

    return restate


def conclusion_sign(old: Rel, new: Rel) -> Restate:
    """Another sign in the conclusion."""

    def restate(latex: str, premise: Proposition) -> Restated | None:
        at = statement(latex).conclusion.sign(old.op)
        return ((at,), spliced(latex, at, new.op.latex)) if at is not None else None

    return restate


def further_premise(needed: Proposition) -> Restate:
    """The premise with one thing more."""

    def restate(latex: str, premise: Proposition) -> Restated | None:
        parts = statement(latex)
        if parts.arrow is None or not parts.premise.text.strip():
            return _with_premise(parts, premise)
        before, after = latex[: parts.arrow[0]].rstrip(), latex[parts.arrow[0] :]
        return (parts.arrow,), rf"{before},\ {in_latex(needed)} {after}"

    return restate


def further_case(case: Proposition) -> Restate:
    """The conclusion with a case more."""

    def restate(latex: str, premise: Proposition) -> Restated | None:
        at = _conclusion(latex)
        return None if at is None else ((at,), rf"{latex.rstrip()}\ \text{{or}}\ {in_latex(case)}")

    return restate


def other_conclusion(case: Proposition) -> Restate:
    """Another conclusion."""

    def restate(latex: str, premise: Proposition) -> Restated | None:
        at = _conclusion(latex)
        return None if at is None else ((at,), spliced(latex, at, in_latex(case)))

    return restate


def _conclusion(latex: str) -> Span | None:
    """Where the conclusion stands."""
    conclusion = statement(latex).conclusion
    text = conclusion.text.strip()
    start = conclusion.start + conclusion.text.index(text)
    return (start, start + len(text)) if text else None


def arrow(new: str) -> Restate:
    """Another arrow."""

    def restate(latex: str, premise: Proposition) -> Restated | None:
        at = statement(latex).arrow
        return ((at,), spliced(latex, at, new)) if at is not None else None

    return restate


def only_for(latex: str, relation: Relation, part: str) -> Restated:
    """The line with what it holds for, in brackets behind it; its sign is what goes too far."""
    parts = statement(latex)
    at = parts.arrow or parts.conclusion.sign(relation)
    return ((at,) if at is not None else ()), rf"{latex}\quad ({part})"


def _with_premise(parts: Statement, premise: Proposition) -> Restated | None:
    """The line with a premise that it left unwritten."""
    latex = parts.conclusion.latex
    if parts.premise.text.strip() or not latex.strip():
        return None
    sign = "" if parts.arrow is not None else rf"{Relation.IMPLIES.latex} "
    return ((parts.arrow,) if parts.arrow is not None else ()), f"{in_latex(premise)} {sign}{latex.lstrip()}"
