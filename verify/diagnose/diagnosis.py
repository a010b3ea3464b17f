"""From a refuted step to its diagnoses."""

from __future__ import annotations

from sympy import Expr

from verify.diagnose import equations
from verify.diagnose.context import Case
from verify.model import Diagnosis, Relation


def diagnose(case: Case) -> tuple[Diagnosis, ...]:
    """The slips of a refuted step, with a repair that the engine has judged to hold; an empty tuple says nothing."""
    if case.relation is Relation.EQ and isinstance(case.lhs, Expr) and isinstance(case.rhs, Expr):
        return equations.diagnose(case)
    return ()
