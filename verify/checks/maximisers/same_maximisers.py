"""When two maximisation problems have the same maximisers.

Rules, each for every size at once:

* equal objectives, or one the logarithm of the other (a strictly increasing function moves no maximiser);
* objectives that grow together (:mod:`verify.checks.maximisers.growing`);
* a sum over blocks, each with variables and constraints of its own, is maximised block by block;
* a concave objective under affine equations, over an open domain, has its maximisers exactly where the Lagrangian is
  stationary (Boyd & Vandenberghe, *Convex Optimization*, 2004, 5.5.3).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from functools import lru_cache
from itertools import islice

import numpy as np
from sympy import Expr, Sum, Symbol, log

from verify import normal
from verify.checks.common import all_sizes, equal, space_of, unfolded_equal
from verify.checks.equations.identity import anonymous
from verify.checks.evidence.argument import Argument, Premise, premise
from verify.checks.evidence.record import inferences, records
from verify.checks.maximisers.curvature import Curvature, concave, curvature
from verify.checks.maximisers.growing import growing
from verify.checks.maximisers.other_peak import same_point
from verify.checks.maximisers.problems import array_of, entries_of, generic_entry, is_open, total, within_problem
from verify.config import Settings
from verify.evaluate.field import Indeterminate, Undefined, Unsupported
from verify.evaluate.sampling.batches import at_all, batches
from verify.evaluate.sampling.space import Space
from verify.facts import Facts
from verify.model import Claim, Evidence, Givens, Relation, Verdict
from verify.terms import FREE, Array, ForAll, Problem, Rel, Slice, entry, free

INCREASING = "Boyd & Vandenberghe, Convex Optimization, 2004, 4.1.3"
BLOCKS = "problems that share no variables are maximised one by one"
LAGRANGE = (
    "where the objective is concave, the constraints are affine equations and the domain is open, the maximisers are "
    "the points at which the Lagrangian is stationary"
)
AT_REST = "a differentiable concave function on an open convex set is greatest exactly where its gradient vanishes"
FEW = 8  # batches of points
CLOSE = 1e-6


def check(claim: Claim, settings: Settings) -> Evidence | None:
    """PROVED by one of the rules above."""
    if claim.relation is not Relation.SAME_MAXIMISERS:
        return None
    assert isinstance(claim.lhs, Problem) and isinstance(claim.rhs, Problem)
    givens = within_problem(claim.givens, (*claim.lhs.variables, *claim.rhs.variables))
    found = _argument(claim.lhs, claim.rhs, givens, space_of(claim).real)
    if found is None:
        return None
    return Evidence(
        "maximisers",
        Verdict.PROVED,
        found.words,
        all_sizes(claim),
        proofs=records(settings, *found.proofs),
        inferences=inferences(settings, found),
    )


@lru_cache(maxsize=16)
def _argument(lhs: Problem, rhs: Problem, givens: Givens, real: bool) -> Argument | None:
    """Why two problems have the same maximisers: asked of a repair, and again of the line that has it right.

    The facts are its own: what else has been asked of the same givens does not show in its proofs.
    """
    facts = Facts(givens, (), real)
    for rule in (_blocks, _lagrangian, _at_rest, _increasing, growing, same_point):
        for left, right in ((lhs, rhs), (rhs, lhs)):
            found = rule(left, right, facts)
            if found is not None:
                return found
    return None


def _increasing(left: Problem, right: Problem, facts: Facts) -> Argument | None:
    """Objectives that are equal, or one the logarithm of the other, over the same feasible set."""
    if left.stationary or right.stationary or left.variables != right.variables or left.each != right.each:
        return None
    if anonymous(left.subject) != anonymous(right.subject) or not total((left, right), facts):
        return None
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
            proof = prove(one, other, facts)
            if proof is not None:
                return Argument(why, *_growing(left, right, one is not left.objective), INCREASING, (proof,))
    return None


def _growing(left: Problem, right: Problem, logarithm: bool) -> tuple[str, Callable[[], Sequence[Premise]]]:
    """The rule for objectives that grow together, and what it needs."""

    def premises() -> Iterator[Premise]:
        yield from (premise("both are subject to {}", c) for c in left.subject)
        yield premise("both range over {}", *left.variables[:1])
        if logarithm:
            yield premise("{} > 0", left.objective)
            yield premise("the logarithm is strictly increasing")

    if not logarithm:
        return "equal objectives over the same feasible set have the same maximisers", lambda: tuple(premises())
    return "a strictly increasing function of the objective moves no maximiser", lambda: tuple(premises())


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


def _blocks(whole: Problem, part: Problem, facts: Facts) -> Argument | None:
    """A sum of independent problems, one for each value of an index."""
    if whole.stationary or part.stationary or whole.each or len(part.each) != 1:
        return None
    if len(whole.variables) != 1 or len(part.variables) != 1:
        return None
    (index,), (table,), (block,) = part.each, whole.variables, part.variables
    if not isinstance(block, Slice) or block.array != table or not isinstance(table, Array):
        return None
    fixed = [k for k, item in enumerate(block.pattern) if item == index]
    if len(fixed) != 1 or any(item not in (FREE, index) for item in block.pattern):
        return None
    axis = table.axes[fixed[0]]
    if (index.lower, index.upper) != (axis.lower, axis.upper):
        return None
    if not all(e.indices[fixed[0]] == index for e in entries_of(table, (part.objective, part.subject))):
        return None
    if anonymous(whole.subject) != anonymous(tuple(ForAll(index, c) for c in part.subject)):
        return None
    if not total((whole, part), facts):
        return None
    whole_sum = Sum(part.objective, (index, index.lower, index.upper))
    proof = equal(whole.objective, whole_sum, facts)
    if proof is None:
        return None

    def premises() -> tuple[Premise, ...]:
        return (
            premise("for each {} the summand {} has no other variables than {}", index, part.objective, block),
            *(premise("for each {} there is the constraint {}, of the same variables only", index, c)
              for c in part.subject),
        )  # fmt: skip

    words = f"the objective is a sum over {index}, and each summand has variables and constraints of its own"
    return Argument(words, BLOCKS, premises, proofs=(proof,))


def _lagrangian(problem: Problem, lagrangian: Problem, facts: Facts) -> Argument | None:
    """Constrained maximisers against stationary points of ``objective − λ·(constraint)``."""
    if problem.stationary or not lagrangian.stationary or problem.each != lagrangian.each:
        return None
    multipliers = [v for v in lagrangian.variables if v not in problem.variables]
    if len(multipliers) != 1 or len(problem.subject) != 1 or len(problem.variables) != 1:
        return None
    (multiplier,), (constraint,), (variable,) = multipliers, problem.subject, problem.variables
    if not isinstance(multiplier, Symbol):
        return None
    if not multiplier.is_extended_real or multiplier.is_nonnegative or multiplier.is_nonpositive:
        return None  # a multiplier of one sign does not reach every stationary point
    if isinstance(constraint, Rel) and constraint.op is Relation.EQ and not isinstance(multiplier, Array):
        gap = constraint.lhs - constraint.rhs
        penalty = multiplier * gap
        if not _independent(gap, variable, facts):
            return None
    elif isinstance(constraint, ForAll) and isinstance(constraint.body, Rel) and isinstance(multiplier, Array):
        # a multiplier for each constraint; affine equations need no further qualification
        index, gap = constraint.index, constraint.body.lhs - constraint.body.rhs
        ranges = [(axis.lower, axis.upper) for axis in multiplier.axes]
        if constraint.body.op is not Relation.EQ or ranges != [(index.lower, index.upper)]:
            return None
        penalty = Sum(entry(multiplier, index) * gap, (index, index.lower, index.upper))
    else:
        return None
    if multiplier in free(problem.objective) | free(gap) or not total((problem, lagrangian), facts):
        return None
    penalised = (equal(lagrangian.objective, problem.objective - sign * penalty, facts) for sign in (1, -1))
    proof = next(filter(None, penalised), None)
    if proof is None or not is_open(variable):
        return None
    if curvature(gap, array_of(variable), facts) is not Curvature.AFFINE:
        return None
    if not concave(problem.objective, array_of(variable), facts):
        return None

    def premises() -> tuple[Premise, ...]:
        return (
            premise("{} is concave in {}", problem.objective, variable),
            premise("{} is affine in {}", gap, variable),
            premise("{} ranges over an open set", variable),
            premise("{}, of either sign, multiplies the constraint, and occurs nowhere else", multiplier),
            premise("both objectives are defined everywhere"),
        )

    words = (
        "the objective is concave, the constraint affine with a gradient that never vanishes, the domain open: the "
        "maximisers are the stationary points of the Lagrangian"
    )
    return Argument(words, LAGRANGE, premises, "Boyd & Vandenberghe, Convex Optimization, 2004, 5.5.3", (proof,))


def _at_rest(problem: Problem, other: Problem, facts: Facts) -> Argument | None:
    """Maximisers without constraints against stationary points, of a concave objective on an open domain."""
    if problem.stationary or not other.stationary or problem.subject or problem.each != other.each:
        return None
    if len(problem.variables) != 1 or problem.variables != other.variables or not is_open(problem.variables[0]):
        return None
    (variable,) = problem.variables
    if not facts.real_mode or not concave(problem.objective, array_of(variable), facts):
        return None
    proof = equal(problem.objective, other.objective, facts) if total((problem, other), facts) else None
    proof = proof or (equal(problem.objective, -other.objective, facts) if total((problem, other), facts) else None)
    if proof is None or proof.conditions:
        return None

    def premises() -> tuple[Premise, ...]:
        return (
            premise("{} is concave in {}", problem.objective, variable),
            premise("{} ranges over an open set", variable),
            premise("both objectives are defined everywhere"),
        )

    words = "the objective is concave and the domain open: the maximisers are the stationary points"
    return Argument(words, AT_REST, premises, "Boyd & Vandenberghe, Convex Optimization, 2004, 4.2.3", (proof,))


def _independent(gap: Expr, variable: Expr, facts: Facts) -> bool:
    """The gradient of the constraint does not vanish: one of its components is never zero."""
    item, _ = generic_entry(variable)
    return facts.nonzero(normal.expand_derivatives(normal.differentiate(gap, item)))
