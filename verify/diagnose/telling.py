"""Repairs as diagnoses: the code, the sentence, the part that is wrong, the line as it should be."""

from __future__ import annotations

import contextlib
from collections.abc import Sequence
from dataclasses import replace
from itertools import permutations

from sympy import Expr, Rational, S

from verify import show
from verify.diagnose.context import Case
from verify.diagnose.kinds import numbers, signs
from verify.diagnose.kinds.factors import say_missing, say_surplus
from verify.diagnose.latex.pointing import point_all, span_of
from verify.diagnose.search import tree
from verify.diagnose.search.edit import Edit, Op
from verify.diagnose.search.repair import Repair
from verify.diagnose.search.tree import Path
from verify.diagnose.search.values import FAILS
from verify.diagnose.transcription import reading
from verify.diagnose.words import latex as in_latex
from verify.model import Diagnosis

LOST = "The sign of the whole line is wrong: a minus is lost."
LOST_MINUS = "Perhaps the scan lost a minus."
MOST = 4  # changes whose order is sought


def told(repair: Repair, case: Case) -> tuple[Diagnosis, ...]:
    """A diagnosis for each slip; the repaired line, in which all are undone, stands with the last."""
    assert isinstance(case.rhs, Expr)
    edits = [each for edit in repair.edits for each in _apart(edit)]
    count = len(edits)
    changes = [(i, path, new) for i, edit in enumerate(edits) for path, new in edit.changes]
    turns = _in_turn(changes, case.rhs, repair.line)
    if turns is not None:
        made = [(path, new) for _, path, new in turns]
        seen, latex = point_all(case.latex, case.rhs, made, repair.line, case.written)
        spans = [tuple(s for (i, *_), s in zip(turns, seen, strict=True) if i == number) for number in range(count)]
    else:
        latex = in_latex(repair.line)
        places = [[path for path, _ in edit.places] or [edit.part.path] for edit in edits]
        spans = [tuple(span_of(case.latex, case.rhs, path) for path in paths) for paths in places]
    if case.alone and latex == in_latex(repair.line):  # a statement of two sides, not only of the mended one
        latex = f"{in_latex(case.lhs)} {case.relation.latex} {latex}"
    found = []
    for number, edit in enumerate(edits):
        last = number == count - 1
        sentence = _sentence(edit, case)
        found.append(
            Diagnosis(
                code=edit.code,
                sentence=sentence,
                repair=show.show(repair.line) if last else "",
                repair_latex=latex if last else "",
                repair_verdict=repair.judgement.verdict if last else None,
                wrong="" if edit.places else show.show(edit.old),
                transcription=LOST_MINUS if sentence == LOST else reading(edit, _before(case.latex, spans[number])),
                spans=tuple(span for span in spans[number] if span is not None),
                repair_scope=repair.judgement.scope if last else "",
            )
        )
    return tuple(found)


def _before(latex: str, spans: Sequence[tuple[int, int] | None]) -> str | None:
    """What is printed before a part, if its place is known."""
    return latex[: spans[0][0]] if spans and spans[0] is not None else None


def _apart(edit: Edit) -> tuple[Edit, ...]:
    """A sign and a factor that have been found as one are two slips, but for the chain rule's factor.

    So are a factor and a number: ``5`` for ``6x`` lacks the ``x``, and the number is wrong.
    """
    number, rest = edit.operand.as_coeff_Mul() if edit.op is Op.TIMES else (S.One, edit.operand)
    if isinstance(edit.old, Rational) and isinstance(number, Rational) and number.q != 1 and rest != 1:
        surplus = number.p == 1 and edit.old == number.q
        code, say = ("extra-factor", say_surplus) if surplus else ("constant", numbers.say)
        counted = replace(edit, code=code, given=number, say=say)
        left = replace(edit.part, node=counted.new)
        return counted, replace(edit, code="missing-factor", part=left, given=rest, say=say_missing)
    if edit.op is not Op.TIMES or edit.code == "chain-rule" or not edit.operand.as_coeff_Mul()[0].is_negative:
        return (edit,)
    if edit.operand.is_number:
        return (edit,)
    factor = replace(edit, given=-edit.operand)
    sign = Edit("sign", replace(edit.part, node=factor.new), Op.TIMES, S.NegativeOne, edit.cost, signs.say)
    return factor, sign


Change = tuple[int, Path, Expr]


def _in_turn(changes: Sequence[Change], line: Expr, right: Expr) -> tuple[Change, ...] | None:
    """The changes in an order in which they can be made one after the other, if there is one."""
    for order in permutations(changes) if len(changes) <= MOST else ():
        now = line
        with contextlib.suppress(*FAILS):
            for _, path, new in order:
                if tree.found_at(now, path) is None:
                    break
                now = tree.replace(now, path, new)
            else:
                if now == right:
                    return order
    return None


def _sentence(edit: Edit, case: Case) -> str:
    if edit.code == "sign" and not edit.part.path and edit.old.could_extract_minus_sign():
        if case.latex.lstrip().startswith("-") or not case.latex:
            return "There is a minus too many before the whole line."
        return LOST
    return edit.say(edit)
