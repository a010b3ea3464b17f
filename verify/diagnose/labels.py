"""A line that is right about something else: the left side is mislabelled, or an equals sign is a line break."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from sympy import Add, Expr, Integral, Limit, Subs, Sum

from verify import show
from verify.diagnose.context import Case, Elsewhere
from verify.diagnose.mended import mended
from verify.diagnose.search.repair import Repair
from verify.diagnose.search.rounds import Ground
from verify.diagnose.search.single import Search, agrees
from verify.diagnose.search.values import FAILS
from verify.diagnose.telling import told
from verify.diagnose.words import latex, quoted
from verify.model import Diagnosis, Relation, Verdict
from verify.occurs import free_symbols
from verify.terms import Grad

PRIMES = 3  # places that are looked at
AMONG = 2  # rounds in which the other slip is sought
BESIDES = 3  # rounds in which a slip besides the wrong label is sought
AGAIN = 0.6  # what a slip is cheaper by that the line before has too


def exactly(case: Case, search: Search) -> Diagnosis | None:
    """The first line of another derivation, or a part of it, that equals the line as it stands."""
    for place in case.elsewhere:
        for other in _candidates(case, place):
            try:
                claim = place.claim(other, Relation.EQ, case.rhs)
                if search.ground.holds(claim) and search.apart(other):
                    continue
                if not agrees(other, search.rhs, claim, case.seed):
                    continue
                judgement = case.settle(claim)
            except FAILS:
                continue
            if judgement.verdict is Verdict.PROVED:
                return mended(
                    _code(case, place, other),
                    _sentence(case, place, other),
                    f"{show.show(other)} = {show.show(case.rhs)}",
                    f"{latex(other)} = {case.latex or latex(case.rhs)}",
                    judgement,
                )
    return None


def nearly(case: Case, search: Search) -> tuple[Diagnosis, ...]:
    """The same for a line that has a further slip: one that has been looked at already, or another one."""
    for known in (True, False):
        for place in case.elsewhere:
            grounds = [search.ground] if known else []
            for other in _candidates(case, place):
                aside = replace(case, lhs=other, claim=place.claim)
                try:
                    near = search.ground.holds(place.claim(other, Relation.EQ, search.rhs))
                    if known and not near:
                        continue
                    if not grounds:
                        grounds.append(Ground(aside, place.content, search.rhs))
                    there = Search(aside, other, search.rhs, grounds[0])
                    repair = there.single(BESIDES) or there.throughout()
                    if known or not near:
                        repair = _cheaper(_again(aside, there), repair)
                except FAILS:
                    continue
                if repair is not None and repair.judgement.verdict is Verdict.PROVED:
                    return _labelled(aside, place, other, repair)
    return ()


def _candidates(case: Case, place: Elsewhere) -> Iterator[Expr]:
    """What else the line may be about: of the same kind as what it is said to be about, and of the same things."""
    if isinstance(place.content, Expr) and isinstance(case.lhs, Expr) and isinstance(case.rhs, Expr):
        said, about = _kinds(case.lhs) | _kinds(case.rhs), frozenset(free_symbols(case.rhs))
        if about and about.issubset(free_symbols(place.content)) and _kinds(place.content) <= said:
            yield from (other for other in (place.content, *_parts(place)) if other != case.lhs)


def _kinds(e: Expr) -> frozenset[type]:
    """Which limits, integrals and infinite sums occur: what takes long to evaluate, and is not written by mistake."""
    endless = {Sum for node in e.atoms(Sum) if any(end.is_infinite for _, *ends in node.limits for end in ends)}
    return frozenset({kind for kind in (Integral, Limit) if e.has(kind)} | endless)


def _labelled(aside: Case, place: Elsewhere, other: Expr, repair: Repair) -> tuple[Diagnosis, ...]:
    label = Diagnosis(_code(aside, place, other), _sentence(aside, place, other))
    *slips, last = told(repair, aside)
    both = replace(
        last,
        repair=f"{show.show(other)} = {last.repair}",
        repair_latex=f"{latex(other)} = {last.repair_latex}",
    )
    return (label, *slips, both)


def _again(case: Case, search: Search) -> Repair | None:
    """The slip of the line before once more, σ′ for σ, and one besides: who slips so once is likely to do it again."""
    assert isinstance(case.lhs, Expr)
    codes = {diagnosis.code for diagnosis in case.before}
    primes = [part for part in search.parts if isinstance(part.node, Subs)] if "function" in codes else []
    for part in primes[:PRIMES]:
        for edit in search.ground.edits(part):
            if edit.code == "function":
                more = Search(case, case.lhs, edit.apply(search.rhs)).single(AMONG)
                if more is not None:
                    edits = (edit, *more.edits)
                    return Repair(edits, more.line, more.judgement, edit.cost + more.cost - AGAIN)
    return None


def _cheaper(one: Repair | None, other: Repair | None) -> Repair | None:
    if one is None or other is None:
        return one or other
    return one if one.cost < other.cost else other


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
