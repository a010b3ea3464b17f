"""Inequalities of exponentials, logarithms, roots, sines: z3, told how these functions bend.

That each point on the graph of the logarithm lies below the tangent at any other, applied to every two of those that
occur, is behind most of the named inequalities (Gibbs', AM-GM, Bernoulli's, Young's). Only proofs come of it: a model
is no counterexample.
"""

from __future__ import annotations

from sympy import E, Expr, Integer, Pow

from verify.checks.common import facts_of, space_of
from verify.checks.inequalities.arithmetic import NotArithmetic, scalar
from verify.checks.inequalities.transcendental import KNOWN, Transcendental, exponents, parts
from verify.config import Settings
from verify.model import ORDERS, Claim, Evidence, Relation, Verdict

ORDERED = ORDERS | {Relation.NE}


def check(claim: Claim, settings: Settings) -> Evidence | None:
    """PROVED, or nothing."""
    space = space_of(claim)
    if claim.relation not in ORDERED or not scalar(space):
        return None
    assert isinstance(claim.lhs, Expr) and isinstance(claim.rhs, Expr)
    if not any(_bends(e) for side in (claim.lhs, claim.rhs) for e in parts(side)):
        return None
    try:
        told = Transcendental(facts_of(claim), exponents((claim.lhs, claim.rhs)))
        premises = [told.proposition(c) for c in (*claim.givens.constraints, *claim.premises)]
        goal = told.relation(claim.relation, claim.lhs, claim.rhs)
        given = [*premises, *told.domains(space.scalars, space.integers), *told.axioms()]
    except NotArithmetic:
        return None
    if told.refutes([*given, told.z3.Not(goal)]):
        return Evidence("tangents", Verdict.PROVED, "by the tangents of logarithms and exponentials, and z3")
    return None


def _bends(e: Expr) -> bool:
    return isinstance(e, KNOWN) or e is E or (isinstance(e, Pow) and not isinstance(e.exp, Integer))
