"""Repairs as diagnoses: the code, the sentence, the part that is wrong, the line as it should be."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import permutations

from sympy import Expr

from verify import show
from verify.diagnose import tree
from verify.diagnose.context import Case
from verify.diagnose.edit import Edit
from verify.diagnose.pointing import point_all, span_of
from verify.diagnose.search import Repair
from verify.model import Diagnosis


def told(repair: Repair, case: Case) -> tuple[Diagnosis, ...]:
    """A diagnosis for each slip; the repaired line, in which all are undone, stands with the last."""
    assert isinstance(case.rhs, Expr)
    edits = _in_turn(repair.edits, case.rhs)
    if edits is not None:
        made = [(edit.part.path, edit.new) for edit in edits]
        spans, latex = point_all(case.latex, case.rhs, made, repair.line, case.written)
    else:
        edits, latex = repair.edits, show.latex(repair.line)
        spans = [span_of(case.latex, case.rhs, edit.part.path) for edit in edits]
    found = []
    for number, (edit, span) in enumerate(zip(edits, spans, strict=True), 1):
        last = number == len(edits)
        found.append(
            Diagnosis(
                code=edit.code,
                sentence=_sentence(edit, case),
                repair=show.show(repair.line) if last else "",
                repair_latex=latex if last else "",
                repair_verdict=repair.judgement.verdict if last else None,
                wrong=show.show(edit.old),
                span=span,
            )
        )
    return tuple(found)


def _in_turn(edits: Sequence[Edit], line: Expr) -> tuple[Edit, ...] | None:
    """The edits in an order in which they can be made one after the other, if there is one."""
    for order in permutations(edits):
        now = line
        for edit in order:
            try:
                if tree.at(now, edit.part.path) != edit.old:
                    break
            except IndexError:
                break
            now = edit.apply(now)
        else:
            return order
    return None


def _sentence(edit: Edit, case: Case) -> str:
    if edit.code == "sign" and not edit.part.path and edit.old.could_extract_minus_sign():
        if case.latex.lstrip().startswith("-") or not case.latex:
            return "There is a minus too many before the whole line."
        return "The sign of the whole line is wrong: a minus is lost."
    return edit.say(edit)
