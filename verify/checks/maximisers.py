"""When two maximisation problems have the same maximisers.

Rules, each for every size at once:

* equal objectives, or one the logarithm of the other (a strictly increasing function moves no maximiser);
* a sum over blocks, each with variables and constraints of its own, is maximised block by block;
* a concave objective under affine equations, over an open domain, has its maximisers exactly where the Lagrangian is
  stationary (Boyd & Vandenberghe, *Convex Optimization*, 2004, 5.5.3).
"""

from __future__ import annotations

from itertools import islice

import numpy as np
from sympy import Expr, Sum, Symbol, log

from verify import normal
from verify.checks.common import all_sizes, equal, space_of, unfolded_equal
from verify.checks.curvature import Curvature, curvature
from verify.checks.identity import anonymous
from verify.checks.problems import array_of, entries_of, generic_entry, is_open, total, within_problem
from verify.config import Settings
from verify.evaluate.field import Indeterminate, Undefined, Unsupported
from verify.evaluate.sampling import at_all, batches
from verify.evaluate.space import Space
from verify.facts import Facts
from verify.model import Claim, Evidence, Relation, Verdict
from verify.terms import FREE, Array, ForAll, Problem, Rel, Slice, entry, free

FEW = 8  # batches of points
CLOSE = 1e-6


def check(claim: Claim, settings: Settings) -> Evidence | None:
    """PROVED by one of the rules above."""
    if claim.relation is not Relation.SAME_MAXIMISERS:
        return None
    assert isinstance(claim.lhs, Problem) and isinstance(claim.rhs, Problem)
    facts = Facts(within_problem(claim.givens, (*claim.lhs.variables, *claim.rhs.variables)), (), space_of(claim).real)
    for rule in (_blocks, _lagrangian, _increasing):
        for left, right in ((claim.lhs, claim.rhs), (claim.rhs, claim.lhs)):
            reason = rule(left, right, facts)
            if reason:
                return Evidence("maximisers", Verdict.PROVED, reason, all_sizes(claim))
    return None


def _increasing(left: Problem, right: Problem, facts: Facts) -> str:
    """Objectives that are equal, or one the logarithm of the other, over the same feasible set."""
    if left.stationary or right.stationary or left.variables != right.variables or left.each != right.each:
        return ""
    if anonymous(left.subject) != anonymous(right.subject) or not total((left, right), facts):
        return ""
    pairs = [(left.objective, right.objective, "the objectives are identical")]
    if facts.positive(left.objective):
        first, second = log(left.objective, evaluate=False), right.objective
        if facts.positive(second):
            pairs.append((first, log(second), "the logarithms of the objectives are identical"))
        why = "one objective is the logarithm of the other, and the logarithm is strictly increasing"
        pairs.append((first, second, why))
    pairs = [pair for pair in pairs if not _differ(*pair[:2], facts)]  # to look for a proof in vain takes long
    provers = [normal.prove_equal, unfolded_equal]  # with definitions unfolded only where nothing simpler will do
    if _defined(left.objective) != _defined(right.objective):
        provers.reverse()
    for prove in provers:
        for one, other, why in reversed(pairs):
            if prove(one, other, facts):
                return why
    return ""


def _defined(e: Expr) -> set[Array]:
    """What has a definition that can be unfolded."""
    return {a for a in free(e) if isinstance(a, Array) and a.definition is not None}


def _differ(one: Expr, other: Expr, facts: Facts) -> bool:
    """Whether floating point tells two objectives from each other at a few points."""
    space = Space(facts.givens.symbols, facts.givens.constraints, (one, other))
    with np.errstate(all="ignore"):
        for batch in islice(batches(space, 0), FEW):
            walker = at_all(batch, space.real)
            try:
                a, b = walker(one), walker(other)
            except (Undefined, Unsupported, Indeterminate, OverflowError):
                continue
            gap, size = np.abs(a - b), np.abs(a) + np.abs(b)
            if (np.isfinite(size) & (gap > CLOSE * size + CLOSE)).any():
                return True
    return False


def _blocks(whole: Problem, part: Problem, facts: Facts) -> str:
    """A sum of independent problems, one for each value of an index."""
    if whole.stationary or part.stationary or whole.each or len(part.each) != 1:
        return ""
    if len(whole.variables) != 1 or len(part.variables) != 1:
        return ""
    (index,), (table,), (block,) = part.each, whole.variables, part.variables
    if not isinstance(block, Slice) or block.array != table or not isinstance(table, Array):
        return ""
    fixed = [k for k, item in enumerate(block.pattern) if item == index]
    if len(fixed) != 1 or any(item not in (FREE, index) for item in block.pattern):
        return ""
    axis = table.axes[fixed[0]]
    if (index.lower, index.upper) != (axis.lower, axis.upper):
        return ""
    if not all(e.indices[fixed[0]] == index for e in entries_of(table, (part.objective, part.subject))):
        return ""
    if anonymous(whole.subject) != anonymous(tuple(ForAll(index, c) for c in part.subject)):
        return ""
    if not total((whole, part), facts):
        return ""
    whole_sum = Sum(part.objective, (index, index.lower, index.upper))
    if not equal(whole.objective, whole_sum, facts):
        return ""
    return f"the objective is a sum over {index}, and each summand has variables and constraints of its own"


def _lagrangian(problem: Problem, lagrangian: Problem, facts: Facts) -> str:
    """Constrained maximisers against stationary points of ``objective − λ·(constraint)``."""
    if problem.stationary or not lagrangian.stationary or problem.each != lagrangian.each:
        return ""
    multipliers = [v for v in lagrangian.variables if v not in problem.variables]
    if len(multipliers) != 1 or len(problem.subject) != 1 or len(problem.variables) != 1:
        return ""
    (multiplier,), (constraint,), (variable,) = multipliers, problem.subject, problem.variables
    if not isinstance(multiplier, Symbol):
        return ""
    if not multiplier.is_extended_real or multiplier.is_nonnegative or multiplier.is_nonpositive:
        return ""  # a multiplier of one sign does not reach every stationary point
    if isinstance(constraint, Rel) and constraint.op is Relation.EQ and not isinstance(multiplier, Array):
        gap = constraint.lhs - constraint.rhs
        penalty = multiplier * gap
        if not _independent(gap, variable, facts):
            return ""
    elif isinstance(constraint, ForAll) and isinstance(constraint.body, Rel) and isinstance(multiplier, Array):
        # a multiplier for each constraint; affine equations need no further qualification
        index, gap = constraint.index, constraint.body.lhs - constraint.body.rhs
        ranges = [(axis.lower, axis.upper) for axis in multiplier.axes]
        if constraint.body.op is not Relation.EQ or ranges != [(index.lower, index.upper)]:
            return ""
        penalty = Sum(entry(multiplier, index) * gap, (index, index.lower, index.upper))
    else:
        return ""
    if multiplier in free(problem.objective) | free(gap) or not total((problem, lagrangian), facts):
        return ""
    same = any(equal(lagrangian.objective, problem.objective - sign * penalty, facts) for sign in (1, -1))
    if not same or not is_open(variable):
        return ""
    if curvature(gap, array_of(variable), facts) is not Curvature.AFFINE:
        return ""
    if curvature(problem.objective, array_of(variable), facts) < Curvature.CONCAVE:
        return ""
    return (
        "the objective is concave, the constraint affine with a gradient that never vanishes, the domain open: the "
        "maximisers are the stationary points of the Lagrangian"
    )


def _independent(gap: Expr, variable: Expr, facts: Facts) -> bool:
    """The gradient of the constraint does not vanish: one of its components is never zero."""
    item, _ = generic_entry(variable)
    return facts.nonzero(normal.expand_derivatives(normal.differentiate(gap, item)))
