"""A refuted step to an equation between vectors, ``XᵀXw + 2λw = Xᵀt`` for ``XᵀXw + λw = Xᵀt``: one term is wrong.

Such an equation cannot be solved for what stands in it as one between numbers can, so the edits of its terms are few,
and each is put before the ladder.
"""

from __future__ import annotations

import contextlib
from collections.abc import Iterator
from dataclasses import replace

from sympy import Add, Expr, Rational, S

from verify import show
from verify.diagnose.context import Case
from verify.diagnose.mended import mended
from verify.diagnose.search.values import FAILS
from verify.diagnose.words import latex, quoted
from verify.model import Diagnosis, Relation, Verdict
from verify.shapes import shape
from verify.terms import Rel

FACTORS = (S(2), Rational(1, 2))
MOST_TERMS = 6


def diagnose(case: Case) -> tuple[Diagnosis, ...]:
    """Which term has a wrong sign or number, if that explains the line."""
    line = case.rhs
    if not isinstance(line, Rel) or line.op is not Relation.EQ or not shape(line.lhs):
        return ()
    for code, sentence, right in _edits(line):
        with contextlib.suppress(*FAILS):
            judgement = case.settle(case.claim(case.lhs, case.relation, right))
            if judgement.verdict is Verdict.PROVED:
                text = f"{show.show(case.lhs)} {case.relation.value} {show.show(right)}"
                left = latex(case.lhs) if case.alone else ""
                formula = f"{left} {case.relation.latex} {latex(right)}".strip()
                return (mended(code, sentence, text, formula, judgement),)
    return ()


def _edits(line: Rel) -> Iterator[tuple[str, str, Rel]]:
    """Another sign, then another number, of each term."""
    sides = {"lhs": line.lhs, "rhs": line.rhs}
    terms = [(side, term) for side, e in sides.items() for term in Add.make_args(e) if term != 0]
    if len(terms) > MOST_TERMS:
        return
    for kind in (_signs, _numbers):
        for side, term in terms:
            rest = Add(*(t for t in Add.make_args(sides[side]) if t is not term))
            for code, sentence, new in kind(term):
                yield code, sentence, replace(line, **{side: rest + new})


def _signs(term: Expr) -> Iterator[tuple[str, str, Expr]]:
    subtracted = term.could_extract_minus_sign()
    what = quoted(-term if subtracted else term)
    yield "sign", f"The term {what} has the wrong sign: it is {'added' if subtracted else 'subtracted'}.", -term


def _numbers(term: Expr) -> Iterator[tuple[str, str, Expr]]:
    number, rest = term.as_coeff_Mul()
    size = abs(number)
    if size != 1:
        new = rest if number > 0 else -rest
        yield "extra-factor", f"The factor {quoted(size)} does not belong here: {quoted(new)}, not {quoted(term)}.", new
    for factor in FACTORS:
        if size * factor != 1:
            new = factor * term
            lost = f"The factor {quoted(factor)}" if factor.q == 1 else f"The division by {quoted(1 / factor)}"
            yield "missing-factor", f"{lost} is missing: {quoted(new)}, not {quoted(term)}.", new
