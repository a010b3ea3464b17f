"""A refuted step between equations, ``½mv² = mgh ⇒ v = √(gh)``: solved for what stands alone in the line, the equation
before says what should stand beside it, and the slip is looked for there as in any other equation.
"""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Iterator
from dataclasses import replace

from sympy import Dummy, Expr, Indexed, Integer, Pow, Rational, Sum, Symbol, exp, log

from verify import normal, show
from verify.diagnose import vector_equations
from verify.diagnose.context import Case
from verify.diagnose.latex.statements import spliced, statement
from verify.diagnose.mended import mended
from verify.diagnose.search.raised import surface
from verify.diagnose.search.repair import Repair
from verify.diagnose.search.single import Search
from verify.diagnose.search.tree import size
from verify.diagnose.search.values import FAILS
from verify.diagnose.telling import told
from verify.diagnose.vocabulary import Vocabulary
from verify.diagnose.words import latex, quoted
from verify.facts import Facts
from verify.model import Diagnosis, Judgement, Relation
from verify.shapes import shape
from verify.terms import Array, Conj, ForAll, Index, Maximises, Problem, Proposition, Rel, free, is_proposition

POWERS = (2, 3)  # of what is solved for
LONGEST = 40  # of a side that is worked out
MADE_TO_FIT = 6  # by how much longer a repair is than what is worked out that explains nothing


def diagnose(case: Case) -> tuple[Diagnosis, ...]:
    """What is wrong with an equation that should follow from another one."""
    line, indices = _opened(_equation(case.rhs))
    if not isinstance(line, Rel) or line.op is not Relation.EQ or shape(line.lhs) or shape(line.rhs):
        return vector_equations.diagnose(case)  # vectors have no signs and powers to solve for
    computed: tuple[Diagnosis, ...] = ()
    premises = list(_premises(case))
    for known in (known for premise in premises for known in _equations(premise, indices)):
        known = known if is_proposition(case.lhs) and not isinstance(case.rhs, Maximises) else _raised(known, line)
        for wrong, target in _targets(case, known, line):
            found = _mended(case, line, wrong, target)
            found = found or _another(case, line, wrong, target)
            if found:
                return found
            if not isinstance(premises[0], Conj):  # what several equations give together is not worked out
                computed = computed or _computed(case, line, wrong, target)
    return computed


def _equation(p: object) -> object:
    """That one thing has the value which is claimed to be its one maximiser."""
    return Rel(Relation.EQ, *p.values[0]) if isinstance(p, Maximises) and len(p.values) == 1 else p


def _opened(p: object) -> tuple[object, tuple[Index, ...]]:
    """What is said for all values of some indices, and the indices."""
    indices: list[Index] = []
    while isinstance(p, ForAll):
        indices.append(p.index)
        p = p.body
    return p, tuple(indices)


def _premises(case: Case) -> Iterator[Proposition]:
    """The premise; of a problem, what it says of its variables."""
    problem = case.rhs.problem if isinstance(case.rhs, Maximises) else case.lhs
    if is_proposition(problem):
        yield problem
    elif isinstance(problem, Problem):
        for said in case.said(case.claim(problem, Relation.IMPLIES, case.rhs)):
            yield from said.parts if isinstance(said, Conj) else (said,)


def _equations(premise: object, indices: tuple[Index, ...]) -> Iterator[Rel]:
    """The equations between numbers in a premise; those for all values of indices at the given ones."""
    if isinstance(premise, Rel) and premise.op is Relation.EQ and not shape(premise.lhs):
        yield premise
    elif isinstance(premise, Conj):
        for part in premise.parts:
            yield from _equations(part, indices)
    elif isinstance(premise, ForAll):
        body, bound = _opened(premise)
        ranges = [[(i.lower, i.upper) for i in each] for each in (bound, indices)]
        if isinstance(body, Rel) and ranges[0] == ranges[1]:
            renaming = dict(zip(bound, indices, strict=True))
            yield from _equations(replace(body, lhs=body.lhs.xreplace(renaming), rhs=body.rhs.xreplace(renaming)), ())


def _raised(known: Rel, line: Rel) -> Rel:
    """What has been worked out, in the author's terms."""
    ranges = Vocabulary((line.lhs, line.rhs)).ranges
    lhs, rhs = (surface(side, None, ranges) for side in (known.lhs, known.rhs))
    return known if lhs is None or rhs is None else replace(known, lhs=lhs, rhs=rhs)


def _targets(case: Case, known: Rel, line: Rel) -> Iterator[tuple[Expr, Expr]]:
    """A side of the line, and what it should be equal to."""
    if line.rhs == known.rhs:
        yield line.lhs, known.lhs
    if line.lhs == known.lhs:
        yield line.rhs, known.rhs
    sides = ((line.lhs, line.rhs), (line.rhs, line.lhs))
    stands_alone = any(_base(side) is not None for side, _ in sides)
    for here, there in sides:
        unknowns = [_base(here)] if stands_alone else sorted(free(here) - free(there), key=str)
        for unknown in unknowns:
            if unknown is None or isinstance(unknown, Array | Index) or unknown in _parts(there):
                continue
            value = _solved(case, known, unknown)
            if value is not None:
                yield there, here.xreplace({unknown: value})


def _base(side: Expr) -> Expr | None:
    """The symbol or entry that stands alone, or raised to a power."""
    base = side.base if isinstance(side, Pow) and isinstance(side.exp, Integer) else side
    return base if isinstance(base, Symbol | Indexed) else None


def _parts(e: Expr) -> set[Expr]:
    return set(free(e)) | e.atoms(Indexed)


def _solved(case: Case, known: Rel, unknown: Expr) -> Expr | None:
    """The value that an equation gives to what occurs in it in one way only: to one power, or in a logarithm."""
    claim = case.claim(known.lhs, Relation.EQ, known.rhs)
    assert isinstance(claim.lhs, Expr) and isinstance(claim.rhs, Expr)
    stand_in = Dummy("s", real=True)
    facts = Facts(claim.givens, (), True)
    with contextlib.suppress(*FAILS, normal.NormalError):
        gap = normal.expand_derivatives(claim.lhs) - normal.expand_derivatives(claim.rhs)
        for there, back in _ways(gap, unknown, stand_in):
            linear = normal.linear_in(there, stand_in, facts)
            if linear is not None and linear[0] != 0 and unknown not in _parts(there):
                made = surface(-linear[1] / linear[0], None, Vocabulary((known.lhs, known.rhs)).ranges)
                return None if made is None else back(made)
    return None


def _ways(gap: Expr, unknown: Expr, stand_in: Dummy) -> Iterator[tuple[Expr, Callable[[Expr], Expr]]]:
    """An equation in what it may be linear in, and what the unknown is then."""
    yield gap.xreplace({unknown: stand_in}), lambda value: value
    yield gap.xreplace({unknown: stand_in}).together().as_numer_denom()[0], lambda value: value
    if unknown.is_nonnegative:
        for power in POWERS:
            size = Dummy("s", positive=True)  # SymPy takes powers of its roots together
            rooted = gap.xreplace({unknown: size ** Rational(1, power)}).xreplace({size: stand_in})
            yield rooted, lambda value, power=power: value ** Rational(1, power)  # type: ignore[misc]  # default argument binds power
    yield gap.xreplace({log(unknown): stand_in}), exp
    yield gap.xreplace({exp(unknown): stand_in}), log


def _mended(case: Case, line: Rel, wrong: Expr, target: Expr) -> tuple[Diagnosis, ...]:
    start, text = _written(case, line, wrong)
    aside = replace(
        case, lhs=target, relation=Relation.EQ, rhs=wrong, lines=(), latex=text, alone=False, worked_out=True
    )
    try:
        repair = Search(aside, target, wrong).single()
        if repair is None or size(repair.line) > size(target) + MADE_TO_FIT:
            return ()
        judgement = _follows(case, line, wrong, repair.line)
    except FAILS:
        return ()
    if judgement is None:
        return ()
    *slips, last = told(Repair(repair.edits, repair.line, judgement, repair.cost), aside)
    if wrong.is_Rational and repair.line.is_Rational and last.code != "sign":
        last = replace(last, code="constant", sentence=f"The number is {quoted(repair.line)}, not {quoted(wrong)}.")
    right = _with(case, line, wrong, repair.line)
    mend = spliced(case.latex, (start, start + len(text)), last.repair_latex) if start >= 0 else latex(right)
    whole = replace(
        last,
        repair=f"{show.show(case.lhs)} {case.relation.value} {show.show(right)}",
        repair_latex=mend if case.alone else f"{case.relation.latex} {mend}",
    )
    return tuple(_moved(slip, start) for slip in (*slips, whole))


def _another(case: Case, line: Rel, wrong: Expr, target: Expr) -> tuple[Diagnosis, ...]:
    """One thing in the place of another, where the side is right but for that: ``c/K`` for ``c/N``."""
    old, new = _apart(wrong, target)
    judgement = _follows(case, line, wrong, target) if old != wrong and isinstance(old, Symbol) else None
    if judgement is None:
        return ()
    right = _with(case, line, wrong, target)
    text = f"{show.show(case.lhs)} {case.relation.value} {show.show(right)}"
    formula = f"{latex(case.lhs) if case.alone else ''} {case.relation.latex} {latex(right)}".strip()
    return (mended("variable", f"Here {quoted(new)} is meant, not {quoted(old)}.", text, formula, judgement),)


def _apart(one: Expr, other: Expr) -> tuple[Expr, Expr]:
    """The smallest parts in which two expressions differ, if that is in one place."""
    while one.func is other.func and len(one.args) == len(other.args) and not isinstance(one, Sum | Indexed):
        here, there = ([a for a in e.args if a not in f.args] for e, f in ((one, other), (other, one)))
        if len(here) != 1 or len(there) != 1:
            break
        one, other = here[0], there[0]
    return one, other


def _follows(case: Case, line: Rel, wrong: Expr, right: Expr) -> Judgement | None:
    judgement = case.settle(case.claim(case.lhs, case.relation, _with(case, line, wrong, right)))
    return judgement if judgement.verdict.holds else None


def _with(case: Case, line: Rel, wrong: Expr, right: Expr) -> Proposition:
    """The line with another side, for all the indices that it is said for."""
    mended = replace(line, lhs=right) if line.lhs is wrong else replace(line, rhs=right)
    if isinstance(case.rhs, Maximises):
        return replace(case.rhs, values=((mended.lhs, mended.rhs),))
    said: Proposition = mended
    for index in reversed(_opened(case.rhs)[1]):
        said = ForAll(index, said)
    return said


def _written(case: Case, line: Rel, wrong: Expr) -> tuple[int, str]:
    """Where in the author's LaTeX the wrong side stands (−1: nowhere that is certain), and what stands there."""
    sides = statement(case.latex).conclusion.sides(line)
    text = "" if sides is None else sides[0] if line.lhs is wrong else sides[1]
    return (case.latex.index(text), text) if text and case.latex.count(text) == 1 else (-1, "")


def _moved(slip: Diagnosis, by: int) -> Diagnosis:
    return replace(slip, spans=tuple((a + by, b + by) for a, b in slip.spans) if by >= 0 else ())


def _computed(case: Case, line: Rel, wrong: Expr, target: Expr) -> tuple[Diagnosis, ...]:
    """The side worked out, where no slip explains the line."""
    if size(target) > LONGEST:
        return ()
    try:
        judgement = _follows(case, line, wrong, target)
    except FAILS:
        return ()
    if judgement is None:
        return ()
    right: Proposition = _with(case, line, wrong, target)
    text = f"{show.show(case.lhs)} {case.relation.value} {show.show(right)}"
    formula = f"{latex(case.lhs) if case.alone else ''} {case.relation.latex} {latex(right)}".strip()
    return (mended("unexplained", "No single slip explains this line.", text, formula, judgement),)
