"""A line that is right about something else: the left side is mislabelled, or an equals sign is a line break."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from sympy import Add, Expr

from verify import show
from verify.diagnose.context import Case, Elsewhere
from verify.diagnose.search import Repair, Search, agrees
from verify.diagnose.telling import told
from verify.diagnose.values import FAILS
from verify.diagnose.words import latex, quoted
from verify.model import Diagnosis, Relation, Verdict
from verify.terms import Grad


def exactly(case: Case, search: Search) -> Diagnosis | None:
    """The first line of another derivation, or a part of it, that equals the line as it stands."""
    for place in case.elsewhere:
        for other in (place.content, *_parts(place)):
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
                    code=_code(case, place, other),
                    sentence=_sentence(case, place, other),
                    repair=f"{show.show(other)} = {show.show(case.rhs)}",
                    repair_latex=f"{latex(other)} = {latex(case.rhs)}",
                    repair_verdict=judgement.verdict,
                )
    return None


def nearly(case: Case, search: Search) -> tuple[Diagnosis, ...]:
    """The same for a line that has a further slip."""
    for place in case.elsewhere:
        for other in (place.content, *_parts(place)):
            if not isinstance(other, Expr) or other == case.lhs:
                continue
            aside = replace(case, lhs=other, claim=place.claim)
            try:
                there = Search(aside, other, search.rhs)
                repair: Repair | None = there.single() or there.throughout()
            except FAILS:
                continue
            if repair is not None and repair.judgement.verdict is Verdict.PROVED:
                label = Diagnosis(_code(case, place, other), _sentence(case, place, other))
                return (label, *told(repair, aside))
    return ()


def _parts(place: Elsewhere) -> Iterator[Expr]:
    """The derivatives of the single terms of a sum that is differentiated."""
    if isinstance(place.content, Grad) and isinstance(place.content.args[0], Add):
        for term in place.content.args[0].args:
            yield Grad(term, place.content.args[1])


def _continues(case: Case, place: Elsewhere, other: Expr) -> bool:
    """The line before has been found to be another part of the same thing."""
    return other != place.content and any(
        d.code in ("mislabelled", "line-break") and f"({place.name})" in d.sentence for d in case.before
    )


def _where(place: Elsewhere) -> str:
    return f"{quoted(place.content)} ({place.name})"


def _code(case: Case, place: Elsewhere, other: Expr) -> str:
    return "line-break" if _continues(case, place, other) else "mislabelled"


def _sentence(case: Case, place: Elsewhere, other: Expr) -> str:
    if other == place.content:
        return f"The left side is mislabelled: the line is about {_where(place)}."
    if _continues(case, place, other):
        return (
            f"The equals sign is a line break: the line does not equal the one before, it continues it. "
            f"It is the part {quoted(other)} of {_where(place)}."
        )
    return f"The left side is mislabelled: the line is about {quoted(other)}, a part of {_where(place)}."
