"""A refuted "same maximisers": a lost constraint, a multiplier maximised over, equal factors counted twice over."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from functools import partial

from sympy import Expr, Indexed, Product, Sum, preorder_traversal

from verify import show
from verify.diagnose.context import Case
from verify.diagnose.latex.arg_max import over_distinct, with_constraints, with_operator
from verify.diagnose.latex.statements import Span
from verify.diagnose.mended import mended
from verify.diagnose.objectives import about_any, targets, with_multipliers
from verify.diagnose.search.repair import Repair
from verify.diagnose.search.single import Search
from verify.diagnose.search.values import FAILS
from verify.diagnose.telling import told
from verify.diagnose.words import latex, quoted
from verify.model import Diagnosis, Relation
from verify.terms import Array, Index, Problem, Rel

Restate = Callable[[str], tuple[tuple[Span, ...], str] | None]
Attempt = tuple[str, str, Problem, Restate]


def diagnose(case: Case) -> tuple[Diagnosis, ...]:
    """Why the two problems do not have the same maximisers."""
    if not isinstance(case.lhs, Problem) or not isinstance(case.rhs, Problem):
        return ()
    for code, sentence, problem, restate in _attempts(case.lhs, case.rhs):
        try:
            judgement = case.settle(case.claim(case.lhs, Relation.SAME_MAXIMISERS, problem))
        except FAILS:
            continue
        if judgement.verdict.holds:
            spans, repaired = restate(case.latex) or ((), latex(problem))
            return (mended(code, sentence, show.show(problem), repaired, judgement, spans=spans),)
    return _objective(case, case.lhs, case.rhs)


def _objective(case: Case, lhs: Problem, rhs: Problem) -> tuple[Diagnosis, ...]:
    """A slip in the objective, which should be the one before, its logarithm, or the Lagrangian of either."""
    if lhs.stationary:
        return ()
    within = replace(case, claim=about_any(rhs, case.claim), relation=Relation.EQ, lines=(), latex="", alone=False)
    for target in targets(lhs, rhs):
        aside = replace(within, lhs=target, rhs=rhs.objective)
        try:
            repair = Search(aside, target, rhs.objective).single()
            if repair is None:
                continue
            problem = replace(rhs, objective=repair.line)
            judgement = case.settle(case.claim(lhs, Relation.SAME_MAXIMISERS, problem))
        except FAILS:
            continue
        if judgement.verdict.holds:
            *slips, last = told(Repair(repair.edits, repair.line, judgement, repair.cost), aside)
            whole = replace(last, repair=show.show(problem), repair_latex=latex(problem))
            return tuple(replace(slip, spans=()) for slip in (*slips, whole))
    return ()


def _attempts(lhs: Problem, rhs: Problem) -> Iterator[Attempt]:
    collected = _collected(rhs.objective)
    if collected is not None:
        objective, count, indices = collected
        what = ("term", "sum", f"the factor {quoted(count)} counts")
        if isinstance(objective, Product):
            what = ("factor", "product", "the exponent counts")
        words = (
            f"Each {what[0]} is counted twice over: the {what[1]} still runs over the places, and {what[2]} them "
            "again. It has to run over what is distinct."
        )
        restate = partial(over_distinct, count=count, indices=indices, objective=objective)
        yield "double-counting", words, replace(rhs, objective=objective), restate
    further = [v for v in rhs.variables if v not in lhs.variables]
    if further and not rhs.stationary:
        names = ", ".join(quoted(v) for v in further)
        words = f"Over {names} there is no maximum: the stationary points are meant."
        stationary = partial(with_operator, operator=r"\operatorname*{stat}")
        yield "stationary", words, replace(rhs, subject=(), stationary=True), stationary
    lost = tuple(c for c in lhs.subject if c not in rhs.subject)
    if lost and rhs.stationary and not further and all(isinstance(c, Rel) and c.op is Relation.EQ for c in lost):
        words = f"The constraint {'; '.join(quoted(c) for c in lost)} is lost: it has to be there, with a multiplier."
        yield "constraint", words, with_multipliers(rhs, lost), lambda _: None
    if lost and not rhs.stationary:
        words = f"The constraint {'; '.join(quoted(c) for c in lost)} is lost."
        constrained = partial(with_constraints, lost=lost)
        yield "constraint", words, replace(rhs, subject=(*rhs.subject, *lost)), constrained
    words = "The objective has the wrong sign: this maximises its opposite."
    yield "sign", words, replace(rhs, objective=-rhs.objective), partial(with_operator, operator=r"\arg\min")


def _collected(objective: Expr) -> tuple[Expr, Indexed, tuple[Index, ...]] | None:
    """A product (or sum) over places with counts, as one over the distinct values that are counted."""
    for node in preorder_traversal(objective):
        count = node if isinstance(node, Indexed) and isinstance(node.base.label, Array) else None
        if count is None or count.base.label.definition is None:
            continue
        indices = count.base.label.definition.indices
        series = next((n for n in preorder_traversal(objective) if isinstance(n, Sum | Product)), None)
        body = _around(objective, count)
        if series is None or body is None:
            return None
        renamed = body.xreplace(dict(zip(count.indices, indices, strict=True)))
        return series.func(renamed, *((i, i.lower, i.upper) for i in indices)), count, indices
    return None


def _around(objective: Expr, count: Indexed) -> Expr | None:
    """The innermost body of a sum or product in which the count stands."""
    bodies = [n.function for n in preorder_traversal(objective) if isinstance(n, Sum | Product) and n.has(count)]
    inner = [b for b in bodies if not b.has(Sum, Product)]
    return inner[0] if inner else None
