"""A refuted implication or equivalence: ``q ≥ 0 ⇒ q ≠ 0`` for ``q > 0 ⇒ q ≠ 0``; one direction of ``⇔`` only."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from sympy import Expr, Mul, S, Symbol

from verify import show
from verify.diagnose import solved
from verify.diagnose.context import Case
from verify.diagnose.latex.restated import (
    Restate,
    arrow,
    conclusion_sign,
    further_case,
    further_premise,
    other_conclusion,
    premise_sign,
)
from verify.diagnose.mended import mended
from verify.diagnose.search.values import FAILS
from verify.diagnose.words import formula, latex, quoted
from verify.model import MIRRORED, STRICTER, WEAKER, Diagnosis, Judgement, Relation
from verify.occurs import free_symbols
from verify.terms import (
    TRUE,
    Array,
    Conj,
    Content,
    Disj,
    ForAll,
    Frac,
    Index,
    Maximises,
    Neg,
    Problem,
    Proposition,
    Rel,
    is_proposition,
)

Attempt = tuple[str, str, Proposition, Proposition, Restate]
TRIES = 24


def diagnose(case: Case) -> tuple[Diagnosis, ...]:
    """What is wrong with ``lhs ⇒ rhs`` or ``lhs ⇔ rhs``."""
    lhs, rhs = case.lhs, case.rhs
    if not is_proposition(rhs):
        return ()
    if isinstance(lhs, Problem) or isinstance(rhs, Maximises):
        return solved.diagnose(case)
    if not is_proposition(lhs):
        return ()
    if case.relation is Relation.IFF:
        for attempt in _lost_cases(lhs, rhs):
            found = _try(case, attempt, Relation.IFF)
            if found is not None:
                return (found,)
        found = _one_direction(case, lhs, rhs)
        return (found,) if found is not None else solved.diagnose(case)
    for count, attempt in enumerate(_attempts(lhs, rhs)):
        if count >= TRIES:
            break
        found = _try(case, attempt, Relation.IMPLIES)
        if found is not None:
            return (found,)
    back = _judged(case, rhs, Relation.IMPLIES, lhs) if lhs != TRUE else None
    if back is not None:
        sentence = "Only the converse holds."
        return (_told(case, "converse", sentence, rhs, Relation.IMPLIES, lhs, back, arrow(r"\Leftarrow")),)
    return solved.diagnose(case)


def _judged(case: Case, lhs: Content, relation: Relation, rhs: Content) -> Judgement | None:
    try:
        judgement = case.settle(case.claim(lhs, relation, rhs))
    except FAILS:
        return None
    return judgement if judgement.verdict.holds else None


def _try(case: Case, attempt: Attempt, relation: Relation) -> Diagnosis | None:
    code, sentence, lhs, rhs, restate = attempt
    judgement = _judged(case, lhs, relation, rhs)
    return _told(case, code, sentence, lhs, relation, rhs, judgement, restate) if judgement is not None else None


def _told(
    case: Case,
    code: str,
    sentence: str,
    lhs: Proposition,
    relation: Relation,
    rhs: Proposition,
    judgement: Judgement,
    restate: Restate | None = None,
) -> Diagnosis:
    text = show.show(rhs) if lhs == TRUE else f"{show.show(lhs)} {relation.value} {show.show(rhs)}"
    restated = restate(case.latex, lhs) if restate is not None else None
    if restated is None:
        left, right, sign = latex(lhs), latex(rhs), relation.latex
        if (lhs, rhs) == (case.rhs, case.lhs):  # the converse, in the order of the line
            left, right, sign = right, left, r"\Leftarrow"
        restated = (), right if lhs == TRUE else f"{left} {sign} {right}"
    spans, repaired = restated
    return mended(code, sentence, text, repaired, judgement, case.relation.value, spans)


def _one_direction(case: Case, lhs: Proposition, rhs: Proposition) -> Diagnosis | None:
    back = _judged(case, rhs, Relation.IMPLIES, lhs)
    if back is not None:
        always = _judged(case, TRUE, Relation.IMPLIES, lhs) is not None
        why = "The left side always holds and so says nothing: " if always else ""
        sentence = why + _only(case, "⇐", "from right to left", begins=not always)
        return _told(case, "converse", sentence, rhs, Relation.IMPLIES, lhs, back, arrow(r"\Leftarrow"))
    forth = _judged(case, lhs, Relation.IMPLIES, rhs)
    if forth is not None:
        sentence = _only(case, "⇒", "from left to right")
        return _told(case, "converse", sentence, lhs, Relation.IMPLIES, rhs, forth, arrow(r"\Rightarrow"))
    return None


def _only(case: Case, arrow: str, way: str, begins: bool = True) -> str:
    """Which direction holds, and where the other one does too."""
    part = case.scope.removeprefix("holds for ")
    if part != case.scope:
        return f"{'I' if begins else 'i'}n general only {arrow} holds, {way}; for ${formula(part)}$ both do."
    return f"{'O' if begins else 'o'}nly {arrow} holds, {way}."


# -- implications that may be meant ------------------------------------------------------------------------------


def _attempts(lhs: Proposition, rhs: Proposition) -> Iterator[Attempt]:
    for old, new in _relations(lhs, STRICTER):
        words = f"The premise {quoted(old)} does not suffice: it leaves {_boundary(old)} open and has to be strict."
        yield "premise", words, _swap(lhs, old, new), rhs, premise_sign(old, new)
    for old, new in _relations(rhs, WEAKER):
        words = f"Equality is possible: {quoted(new)}, not {quoted(old)}."
        yield "strictness", words, lhs, _swap(rhs, old, new), conclusion_sign(old, new)
    yield from _lost_cases(lhs, rhs)
    yield from _divisions(lhs, rhs)
    for symbol in _reals((lhs, rhs)):
        for op in (Relation.GE, Relation.LE):
            needed = Rel(op, symbol, S.Zero)
            words = f"The conclusion needs {quoted(needed)} as well."
            yield "premise", words, _and(lhs, needed), rhs, further_premise(needed)


def _boundary(rel: Rel) -> str:
    return quoted(Rel(Relation.EQ, rel.lhs, rel.rhs))


def _relations(p: Proposition, table: dict[Relation, Relation]) -> Iterator[tuple[Rel, Rel]]:
    """Every relation within a proposition that has an entry in the table, with its counterpart."""
    if isinstance(p, Rel):
        if p.op in table:
            yield p, replace(p, op=table[p.op])
    elif isinstance(p, Conj | Disj):
        for part in p.parts:
            yield from _relations(part, table)
    elif isinstance(p, ForAll):
        yield from _relations(p.body, table)


def _swap(p: Proposition, old: Proposition, new: Proposition) -> Proposition:
    if p is old:
        return new
    if isinstance(p, Conj | Disj):
        return type(p)(tuple(_swap(part, old, new) for part in p.parts))
    if isinstance(p, ForAll):
        return ForAll(p.index, _swap(p.body, old, new))
    if isinstance(p, Neg):
        return Neg(_swap(p.part, old, new))
    return p


def _and(p: Proposition, more: Proposition) -> Proposition:
    return Conj((*p.parts, more)) if isinstance(p, Conj) else Conj((p, more))


def _lost_cases(lhs: Proposition, rhs: Proposition) -> Iterator[Attempt]:
    """The other root, the other factor, the other sign."""
    for case in _further(lhs, rhs):
        if isinstance(case, Rel):  # not a further case, but the only one
            yield "sign", f"The sign is wrong: {quoted(case)} follows.", lhs, case, other_conclusion(case)
        words = f"A case is lost: {quoted(case)} is possible too."
        yield "lost-case", words, lhs, Disj((rhs, case)), further_case(case)


def _further(lhs: Proposition, rhs: Proposition) -> Iterator[Proposition]:
    if isinstance(rhs, Rel) and rhs.op is Relation.EQ:
        if isinstance(lhs, Rel) and lhs.op is Relation.EQ and lhs.rhs == 0:
            for factor in Mul.make_args(lhs.lhs):
                if factor != rhs.lhs and factor != lhs.lhs:
                    yield Rel(Relation.EQ, factor, S.Zero)
        if rhs.rhs != 0:
            yield Rel(Relation.EQ, rhs.lhs, -rhs.rhs)
    if isinstance(rhs, Conj) and all(isinstance(p, Rel) and p.op in MIRRORED for p in rhs.parts):
        yield Conj(tuple(replace(p, op=MIRRORED[p.op]) for p in rhs.parts if isinstance(p, Rel)))


def _divisions(lhs: Proposition, rhs: Proposition) -> Iterator[Attempt]:
    """What the author may have divided by: common factors of a premise, and denominators."""
    divisors: dict[Expr, None] = {}
    for rel in _all_relations(lhs):
        for side in (rel.lhs, rel.rhs):
            for factor in Mul.make_args(side):
                if not factor.is_number:
                    divisors.setdefault(factor)
    for rel in _all_relations(rhs):
        for side in (rel.lhs, rel.rhs):
            divisors |= {part.denominator: None for part in sorted(side.atoms(Frac), key=str)}
    for divisor in divisors:
        needed = Rel(Relation.NE, divisor, S.Zero)
        words = f"This divides by {quoted(divisor)}, which may be zero: {quoted(needed)} has to be assumed."
        yield "lost-domain", words, _and(lhs, needed), rhs, further_premise(needed)


def _all_relations(p: Proposition) -> Iterator[Rel]:
    if isinstance(p, Rel):
        yield p
    elif isinstance(p, Conj | Disj):
        for part in p.parts:
            yield from _all_relations(part)


def _reals(contents: tuple[Proposition, ...]) -> tuple[Symbol, ...]:
    """Real numbers of either sign, not their families or indices."""
    numbers = (s for s in free_symbols(contents) if not isinstance(s, Array | Index) and s.is_extended_real)
    return tuple(s for s in numbers if s.is_extended_nonnegative is None and s.is_extended_nonpositive is None)[:4]
