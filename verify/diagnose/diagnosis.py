"""From a refuted step to its diagnoses."""

from __future__ import annotations

from sympy import Expr

from verify import show
from verify.diagnose import equations, logic, maximisers, relations
from verify.diagnose.context import Case
from verify.diagnose.latex.restated import only_for
from verify.diagnose.words import formula
from verify.model import Diagnosis, Relation, Verdict


def diagnose(case: Case) -> tuple[Diagnosis, ...]:
    """The slips of a refuted step, with a repair that the engine has judged to hold; an empty tuple says nothing."""
    if case.relation is Relation.SAME_MAXIMISERS:
        found = maximisers.diagnose(case)
    elif case.relation in (Relation.IMPLIES, Relation.IFF):
        found = logic.diagnose(case)
    elif not isinstance(case.lhs, Expr) or not isinstance(case.rhs, Expr):
        return ()
    elif case.relation is Relation.EQ:
        found = equations.diagnose(case)
    else:
        found = relations.diagnose(case)
    return found or _partly(case) or (equations.unexplained(case),)


def _partly(case: Case) -> tuple[Diagnosis, ...]:
    """What has been found to hold on part of the domain needs an assumption."""
    if not case.scope.startswith("holds for "):
        return ()
    part = case.scope.removeprefix("holds for ")
    line = f"{show.show(case.lhs)} {case.relation.value} {show.show(case.rhs)}"
    spans, latex = only_for(case.latex, case.relation, formula(part)) if case.latex else ((), "")
    return (
        Diagnosis(
            "partly",
            f"This holds for ${formula(part)}$, and not in general: an assumption is missing.",
            f"{line} for {part}",
            latex,
            Verdict.PROVED,
            spans=spans,
        ),
    )
