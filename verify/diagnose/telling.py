"""Repairs as diagnoses: the code, the sentence, the part that is wrong, the line as it should be."""

from __future__ import annotations

import contextlib
from collections.abc import Sequence
from dataclasses import replace
from itertools import permutations

from sympy import Add, Expr, Pow, Rational, S

from verify import show
from verify.diagnose.context import Case
from verify.diagnose.differences import differences
from verify.diagnose.kinds import factors, numbers, signs, terms
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
WHOLES = ("argument", "extra-factor", "extra-term", "missing-factor", "missing-term")
"""Kinds of which an edit may put one whole for another, in which less is wrong."""
MARKS = ("exponent", "extra-function", "function", "lost-function", "reciprocal")
"""Kinds of which an edit changes one mark, whatever stands around it."""


def told(repair: Repair, case: Case) -> tuple[Diagnosis, ...]:
    """A diagnosis for each slip; the repaired line, in which all are undone, stands with the last."""
    assert isinstance(case.rhs, Expr)
    edits = _smaller(repair, case.rhs) or [each for edit in repair.edits for each in _apart(edit)]
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
                wrong=show.show(edit.old) if edit.part.path and not edit.places else "",  # not the whole line
                transcription=LOST_MINUS if sentence == LOST else reading(edit, _before(case.latex, spans[number])),
                spans=tuple(span for span in spans[number] if span is not None),
                repair_scope=repair.judgement.scope if last else "",
            )
        )
    return tuple(found)


def _smaller(repair: Repair, line: Expr) -> list[Edit]:
    """The differences of the lines, where they are smaller than what the search has put in one place for another."""
    with contextlib.suppress(*FAILS, RecursionError):
        found = differences(line, repair.line) or ()
        less = sum(map(_extent, found)) < sum(map(_extent, repair.edits))
        others = {e.code for e in found} - {e.code for e in repair.edits}
        vague = len(repair.edits) > 1 or _vague(repair.edits[0], found)
        if others and less and vague and len(found) >= len(repair.edits) and not _rewritten(found):
            return [*found]
    return []


def _rewritten(found: Sequence[Edit]) -> bool:
    """Whether something is put in for what was much like it: that says less than what is wrong within it."""
    out, put = ([e for e in found if e.code.startswith(word)] for word in ("extra-", "missing-"))
    return any(a.old.free_symbols & b.operand.free_symbols for a in out for b in put if a.code[6:] == b.code[8:])


def _vague(edit: Edit, found: Sequence[Edit]) -> bool:
    """Whether an edit puts much in the place of much, and something further down says what is wrong, or two things do.

    Of an argument of which several things are missing it says enough that it is another one.
    """
    if len(found) == 1 and found[0].part.depth <= edit.part.depth:
        return False
    if edit.op is Op.REPLACE:
        return edit.code in WHOLES and not edit.drops and (len(found) == 1 or edit.code != "argument")
    number, rest = edit.operand.as_coeff_Mul()
    above, below = rest.as_numer_denom()
    counted = number not in (1, -1) and rest != 1 and edit.code != "chain-rule"
    both = counted and len({e.code for e in found}) > 1  # one is too much, the other one missing
    return edit.op is Op.PLUS or both or not (above.is_number or below.is_number)


def _extent(edit: Edit) -> int:
    """How much of the line an edit says: what it leaves out, what it puts in, or what it puts for what."""
    if edit.drops:
        return tree.size(edit.old)
    if edit.code in MARKS and not (isinstance(edit.old, Pow) and edit.old.exp.free_symbols):
        return 2
    return tree.size(edit.operand) + (tree.size(edit.old) if edit.op is Op.REPLACE else 0)


def _before(latex: str, spans: Sequence[tuple[int, int] | None]) -> str | None:
    """What is printed before a part, if its place is known."""
    return latex[: spans[0][0]] if spans and spans[0] is not None else None


def _apart(edit: Edit) -> tuple[Edit, ...]:
    """An edit that is two slips as two: a sign and a factor, a number and a factor, a number and a term.

    The chain rule's factor is one with its sign.
    """
    if edit.op is Op.PLUS:
        return _number_and_term(edit)
    if edit.op is not Op.TIMES or edit.operand.is_number:
        return (edit,)
    number, rest = edit.operand.as_coeff_Mul()
    if isinstance(edit.old, Rational) and (number == -1 or not number.is_Integer):
        return _number_and_factor(edit, number, rest)
    if edit.code == "chain-rule" or not number.is_negative:
        return (edit,)
    factor = replace(edit, given=-edit.operand)
    sign = Edit("sign", replace(edit.part, node=factor.new), Op.TIMES, S.NegativeOne, edit.cost, signs.say)
    return factor, sign


def _number_and_factor(edit: Edit, number: Expr, rest: Expr) -> tuple[Edit, ...]:
    """``5`` for ``6x``: the number is wrong, and a factor is missing."""
    surplus = number.is_Rational and number.p == 1 and edit.old == number.q
    code, say = ("sign", signs.say) if number == -1 else ("constant", numbers.say)
    code, say = ("extra-factor", factors.say_surplus) if surplus else (code, say)
    counted = replace(edit, code=code, given=number, say=say)
    left = replace(edit.part, node=counted.new)
    return counted, replace(edit, code="missing-factor", part=left, given=rest, say=factors.say_missing)


def _number_and_term(edit: Edit) -> tuple[Edit, ...]:
    """``2x`` for ``x + y``: the number of a term is wrong, and a term is missing."""
    known = {term.as_coeff_Mul()[1] for term in Add.make_args(edit.old)} - {S.One}
    again = [term for term in Add.make_args(edit.operand) if term.as_coeff_Mul()[1] in known]
    others = [term for term in Add.make_args(edit.operand) if term not in again]
    if len(again) != 1 or not others:
        return (edit,)
    counted = replace(edit, code="constant", given=again[0], say=terms.say_another)
    if counted.new == 0:
        return (edit,)
    if len(Add.make_args(counted.new)) < len(Add.make_args(edit.old)):
        counted = replace(counted, code="extra-term", say=terms.say_surplus)
    left = replace(edit.part, node=counted.new)
    return counted, replace(edit, code="missing-term", part=left, given=Add(*others), say=terms.say_missing)


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
