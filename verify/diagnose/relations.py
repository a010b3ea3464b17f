"""A refuted inequality: strict for weak, the wrong way round, or a slip in its right side: ``x² > 0``, ``x² ≥ 0``."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
from sympy import Expr

from verify import show
from verify.diagnose.context import Case
from verify.diagnose.latex.pointing import point_all
from verify.diagnose.latex.statements import spliced, statement
from verify.diagnose.mended import mended
from verify.diagnose.search.edit import Edit
from verify.diagnose.search.single import Search
from verify.diagnose.search.values import FAILS
from verify.diagnose.words import latex
from verify.model import MIRRORED, WEAKER, Diagnosis, Judgement, Relation
from verify.occurs import free_symbols

TRIES = 6


def diagnose(case: Case) -> tuple[Diagnosis, ...]:
    """What is wrong with ``lhs < rhs`` and the like."""
    assert isinstance(case.lhs, Expr) and isinstance(case.rhs, Expr)
    for code, relation, sentence in _others(case.relation):
        found = _holds(case, relation, case.rhs)
        if found is not None:
            return (_another_sign(case, code, sentence, relation, found),)
    if case.scope.startswith("holds for "):
        return ()
    for edit in _edits(case):
        with_it = edit.apply(case.rhs)
        found = _holds(case, case.relation, with_it)
        if found is not None:
            return (_another_side(case, edit, with_it, found),)
    return ()


def equation_as_inequality(case: Case, search: Search, sharp: bool = True) -> Diagnosis | None:
    """An equation of which one side is never the smaller one; complex numbers have no order.

    ``sharp``: somewhere the sides are equal, or one of them is a number.
    """
    assert isinstance(case.lhs, Expr) and isinstance(case.rhs, Expr)
    complex_ = any(s.is_extended_real is None and s.is_complex for s in free_symbols((case.lhs, case.rhs)))
    if complex_ and not (case.lhs.is_extended_real and case.rhs.is_extended_real):
        return None
    for relation in search.ordered(sharp):
        found = _holds(case, relation, case.rhs)
        if found is not None:
            sentence = f"The sides are not equal; what holds is {relation.value}."
            return _another_sign(case, "relation", sentence, relation, found)
    return None


def _others(relation: Relation) -> Iterator[tuple[str, Relation, str]]:
    """Other relations between the same sides, the most likely one first."""
    if relation in WEAKER:
        yield "strictness", WEAKER[relation], f"Equality is possible: it has to be {WEAKER[relation].value}."
    if relation in MIRRORED:
        other = MIRRORED[relation]
        yield "swapped-sides", other, f"The inequality is the wrong way round: it has to be {other.value}."
        if other in WEAKER:
            words = (
                f"The inequality is the wrong way round, and equality is possible: it has to be {WEAKER[other].value}."
            )
            yield "swapped-sides", WEAKER[other], words
    if relation is Relation.NE:
        yield "relation", Relation.EQ, "The sides are equal."


def _holds(case: Case, relation: Relation, rhs: Expr) -> Judgement | None:
    try:
        judgement = case.settle(case.claim(case.lhs, relation, rhs))
    except FAILS:
        return None
    return judgement if judgement.verdict.holds else None


def _edits(case: Case) -> Iterator[Edit]:
    """Edits of the right side with which the relation holds at every sample point, the cheapest first."""
    assert isinstance(case.lhs, Expr) and isinstance(case.rhs, Expr)
    if case.relation not in MIRRORED:
        return
    try:
        search = Search(case, case.lhs, case.rhs)
    except FAILS:
        return
    edits = [edit for part in search.parts for edit in search.ground.edits(part) if edit.cost < 1.4]
    tried = 0
    with np.errstate(all="ignore"):
        for edit in sorted(edits, key=lambda e: e.cost + 0.01 * e.part.depth + (0.3 if e.code == "sign" else 0.0)):
            try:
                good = search.screen.bounded(edit.apply(case.rhs), case.relation)
            except FAILS:
                continue
            if good:
                yield edit
                tried += 1
                if tried >= TRIES:
                    return


def _another_sign(case: Case, code: str, sentence: str, relation: Relation, judgement: Judgement) -> Diagnosis:
    """The same sides in another relation."""
    assert isinstance(case.lhs, Expr) and isinstance(case.rhs, Expr)
    left, right = latex(case.lhs), latex(case.rhs)
    written = f"{left} {relation.latex} {right}" if case.alone else f"{relation.latex} {case.latex or right}"
    at = statement(case.latex).conclusion.sign(case.relation) if case.alone else None
    spans, repaired = ((), written) if at is None else ((at,), spliced(case.latex, at, relation.latex))
    text = f"{show.show(case.lhs)} {relation.value} {show.show(case.rhs)}"
    return mended(code, sentence, text, repaired, judgement, case.relation.value, spans)


def _another_side(case: Case, edit: Edit, rhs: Expr, judgement: Judgement) -> Diagnosis:
    """The same relation to another right side."""
    assert isinstance(case.lhs, Expr) and isinstance(case.rhs, Expr)
    text = f"{show.show(case.lhs)} {case.relation.value} {show.show(rhs)}"
    ((span,), repaired) = point_all(case.latex, case.rhs, [(edit.part.path, edit.new)], rhs, case.written)
    if not case.alone or repaired == latex(rhs):
        repaired = f"{latex(case.lhs) if case.alone else ''} {case.relation.latex} {repaired}".strip()
    spans = () if span is None else (span,)
    return mended(edit.code, edit.say(edit), text, repaired, judgement, show.show(edit.old), spans)
