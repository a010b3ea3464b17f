"""A refuted equation: the edit that mends it, the label that fits it, or the plain word that no slip explains it."""

from __future__ import annotations

from sympy import Expr

from verify import show
from verify.diagnose.context import Case
from verify.diagnose.edit import Edit
from verify.diagnose.pointing import point_all
from verify.diagnose.search import Repair, Search, agrees
from verify.diagnose.values import FAILS
from verify.model import Diagnosis, Relation, Verdict


def diagnose(case: Case) -> tuple[Diagnosis, ...]:
    """What is wrong with ``lhs = rhs``."""
    lhs, rhs = case.lhs, case.rhs
    assert isinstance(lhs, Expr) and isinstance(rhs, Expr)
    try:
        search = Search(case, lhs, rhs)
    except FAILS:
        return ()
    repair = search.single()
    if repair is not None:
        return told(repair, case)
    label = _label(case, search)
    if label is not None:
        return (label,)
    return ()


def told(repair: Repair, case: Case) -> tuple[Diagnosis, ...]:
    """A diagnosis for each slip; the repaired line, in which all are undone, stands with the last."""
    found = []
    assert isinstance(case.rhs, Expr)
    edits = [(edit.part.path, edit.new) for edit in repair.edits]
    spans, latex = point_all(case.latex, case.rhs, edits, repair.line, case.written)
    for edit, span in zip(repair.edits, spans, strict=True):
        last = edit is repair.edits[-1]
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


def _sentence(edit: Edit, case: Case) -> str:
    if edit.code == "sign" and not edit.part.path and edit.old.could_extract_minus_sign():
        if case.latex.lstrip().startswith("-") or not case.latex:
            return "There is a minus too many before the whole line."
        return "The sign of the whole line is wrong: a minus is lost."
    return edit.say(edit)


def _label(case: Case, search: Search) -> Diagnosis | None:
    """The line may be right about something else that the same source defines."""
    for place in case.elsewhere:
        other = place.content
        if not isinstance(other, Expr) or other == case.lhs:
            continue
        try:
            claim = place.claim(other, Relation.EQ, case.rhs)
            if not agrees(other, search.rhs, claim, case.seed):
                continue
            judgement = case.settle(claim)
        except FAILS:
            continue
        if judgement.verdict is Verdict.PROVED:
            return Diagnosis(
                code="mislabelled",
                sentence=f"The line is right about something else: it equals {show.show(other)}, as in {place.name}.",
                repair=f"{show.show(other)} = {show.show(case.rhs)}",
                repair_latex=f"{show.latex(other)} = {show.latex(case.rhs)}",
                repair_verdict=judgement.verdict,
            )
    return None


def unexplained(case: Case) -> Diagnosis:
    """The plain word, beside the witness that the step has anyway."""
    return Diagnosis("unexplained", "No single slip explains this line.")
