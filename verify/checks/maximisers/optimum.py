"""What it means to be a maximiser or a stationary point of a problem, as a proposition about its variables."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from sympy import S

from verify import normal
from verify.checks.common import space_of
from verify.checks.evidence.argument import Argument
from verify.checks.maximisers.one_after_another import jointly_solved
from verify.checks.maximisers.one_peak import solved
from verify.checks.maximisers.problems import generic_entry
from verify.checks.maximisers.shares import shared_out
from verify.model import Claim, Givens, Relation
from verify.terms import Conj, ForAll, Index, Maximises, Problem, Proposition, Rel

STRICT = (Relation.LT, Relation.GT)  # constraints that leave an open set


def one_maximiser(problem: Problem, givens: Givens, real: bool) -> tuple[Maximises, Argument] | None:
    """The one maximiser of a problem where it can be computed, and why it is that."""
    for rule in (solved, jointly_solved, shared_out):
        found = rule(problem, givens, real)
        if found is not None:
            return found
    return None


def meaning(problem: Problem, givens: Givens, real: bool) -> Proposition | None:
    """That the variables are stationary; or that they have the values of the one maximiser, if that is known."""
    parts: list[Proposition] = []
    if problem.stationary:
        for variable in problem.variables:
            item, indices = generic_entry(variable)
            slope = normal.expand_derivatives(normal.differentiate(problem.objective, item))
            parts.append(_for_all(indices, Rel(Relation.EQ, slope, S.Zero)))
        return Conj(tuple(parts))
    found = None if problem.each else one_maximiser(problem, givens, real)
    if found is None:
        return None
    for variable in problem.variables:
        item, indices = generic_entry(variable)
        parts += (_for_all(indices, Rel(Relation.EQ, item, v)) for pattern, v in found[0].values if pattern == item)
    return Conj(tuple(parts))


def said(claim: Claim) -> tuple[Proposition, ...]:
    """What the left side, a problem, says of its variables: their values at the maximum, and that the slope is 0."""
    problem = claim.lhs
    assert isinstance(problem, Problem)
    readings = [problem]
    if not problem.stationary and all(isinstance(c, Rel) and c.op in STRICT for c in problem.subject):
        readings.append(replace(problem, stationary=True))
    found = (meaning(reading, claim.givens, space_of(claim).real) for reading in readings)
    return tuple(filter(None, found))


def _for_all(indices: Sequence[Index], said: Proposition) -> Proposition:
    for index in reversed(indices):
        said = ForAll(index, said)
    return said
