"""Maximisers: when two problems have the same ones, and when a point is the one maximiser.

Rules, each for every size at once:

* equal objectives, or one the logarithm of the other (a strictly increasing function moves no maximiser);
* a sum over blocks, each with variables and constraints of its own, is maximised block by block;
* a concave objective under affine equations, over an open domain, has its maximisers exactly where the Lagrangian is
  stationary (Boyd & Vandenberghe, *Convex Optimization*, 2004, 5.5.3);
* a feasible stationary point of a strictly concave objective under affine equations is the one maximiser (ibid. 4.2.1).

Concavity is found by the rules of disciplined convex programming (Grant, Boyd & Ye 2006).
"""

from __future__ import annotations

from enum import IntEnum
from itertools import islice

import numpy as np
from sympy import Add, Expr, Indexed, Mul, Pow, S, Sum, Symbol, exp, log

from verify import normal
from verify.checks import domain
from verify.checks.common import all_sizes, equal, space_of, unfolded_equal
from verify.checks.identity import anonymous
from verify.config import Settings
from verify.evaluate.field import Indeterminate, Undefined, Unsupported
from verify.evaluate.sampling import at_all, batches
from verify.evaluate.space import Space
from verify.facts import Facts
from verify.model import Claim, Evidence, Givens, Relation, Verdict
from verify.terms import FREE, Array, ForAll, Frac, Index, Maximises, Problem, Rel, Slice, entry, free

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


def within_problem(givens: Givens, variables: tuple[Expr, ...]) -> Givens:
    """Within a problem its variables are free again: what is given of them elsewhere does not count."""
    arrays = {array_of(v) for v in variables}
    kept = tuple(c for c in givens.constraints if not arrays & _symbols(c))
    return Givens(givens.symbols, kept)


def array_of(variable: Expr) -> Symbol:
    """The array of a slice; a symbol itself."""
    return variable.array if isinstance(variable, Slice) else variable


def _symbols(item: object) -> set[object]:
    if isinstance(item, Expr):
        return set(free(item))
    if isinstance(item, tuple):
        return {s for part in item for s in _symbols(part)}
    if hasattr(item, "__dataclass_fields__"):
        return {s for f in item.__dataclass_fields__ for s in _symbols(getattr(item, f))}
    return set()


# -- rules for two problems ----------------------------------------------------------------------------------------


def _increasing(left: Problem, right: Problem, facts: Facts) -> str:
    """Objectives that are equal, or one the logarithm of the other, over the same feasible set."""
    if left.stationary or right.stationary or left.variables != right.variables or left.each != right.each:
        return ""
    if anonymous(left.subject) != anonymous(right.subject) or not _total((left, right), facts):
        return ""
    pairs = [(left.objective, right.objective, "the objectives are identical")]
    if facts.positive(left.objective):
        first, second = log(left.objective, evaluate=False), right.objective
        if facts.positive(second):
            pairs.append((first, log(second), "the logarithms of the objectives are identical"))
        why = "one objective is the logarithm of the other, and the logarithm is strictly increasing"
        pairs.append((first, second, why))
    pairs = [pair for pair in pairs if not _differ(*pair[:2], facts)]  # to look for a proof in vain takes long
    for prove in (normal.prove_equal, unfolded_equal):  # with definitions unfolded only where nothing simpler will do
        for one, other, why in reversed(pairs):
            if prove(one, other, facts):
                return why
    return ""


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


def _total(problems: tuple[Problem, ...], facts: Facts) -> bool:
    """Objectives and constraints are defined everywhere: equal where both are defined would not be enough."""
    sides = tuple((problem.objective, problem.subject) for problem in problems)
    return not domain.ungranted(sides, facts, facts.real_mode)


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
    if not all(e.indices[fixed[0]] == index for e in _entries(table, (part.objective, part.subject))):
        return ""
    if anonymous(whole.subject) != anonymous(tuple(ForAll(index, c) for c in part.subject)):
        return ""
    if not _total((whole, part), facts):
        return ""
    total = Sum(part.objective, (index, index.lower, index.upper))
    if not equal(whole.objective, total, facts):
        return ""
    return f"the objective is a sum over {index}, and each summand has variables and constraints of its own"


def _entries(array: Array, item: object) -> list[Indexed]:
    if isinstance(item, Expr):
        return sorted((e for e in item.atoms(Indexed) if e.base.label == array), key=str)
    if isinstance(item, tuple):
        return [e for part in item for e in _entries(array, part)]
    if hasattr(item, "__dataclass_fields__"):
        return [e for f in item.__dataclass_fields__ for e in _entries(array, getattr(item, f))]
    return []


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
    if multiplier in free(problem.objective) | free(gap) or not _total((problem, lagrangian), facts):
        return ""
    same = any(equal(lagrangian.objective, problem.objective - sign * penalty, facts) for sign in (1, -1))
    if not same or not _open(variable):
        return ""
    if curvature(gap, array_of(variable), facts) is not Curvature.AFFINE:
        return ""
    if curvature(problem.objective, array_of(variable), facts) < Curvature.CONCAVE:
        return ""
    return (
        "the objective is concave, the constraint affine with a gradient that never vanishes, the domain open: the "
        "maximisers are the stationary points of the Lagrangian"
    )


def _open(variable: Expr) -> bool:
    """The domain of the variable is open: all reals, or the positive or negative ones."""
    symbol = array_of(variable)
    return not symbol.is_integer and (
        bool(symbol.is_positive)
        or bool(symbol.is_negative)
        or (symbol.is_nonnegative is None and symbol.is_nonpositive is None)
    )


def _independent(gap: Expr, variable: Expr, facts: Facts) -> bool:
    """The gradient of the constraint does not vanish: one of its components is never zero."""
    item, _ = generic_entry(variable)
    return facts.nonzero(normal.expand_derivatives(normal.differentiate(gap, item)))


def generic_entry(variable: Expr) -> tuple[Expr, tuple[Index, ...]]:
    """``p[o', c]`` and its free indices for the variable ``p[:, c]``; a symbol stands for itself."""
    if isinstance(variable, Array | Slice):
        indices = tuple(Index(f"{n}°", a.lower, a.upper) for n, a in zip("abcd", variable.axes, strict=False))
        if isinstance(variable, Slice):
            return entry(variable.array, *variable.fill(indices)), indices
        return entry(variable, *indices), indices
    return variable, ()


# -- one maximiser ---------------------------------------------------------------------------------------------


def unique_maximiser(p: Maximises, givens: Givens, real: bool) -> str:
    """Why the values are feasible, stationary, and the objective strictly concave; else an empty string."""
    problem = p.problem
    if problem.stationary or len(problem.variables) != 1 or len(p.values) != 1 or len(problem.subject) != 1:
        return ""
    (variable,), (constraint,), ((pattern, value),) = problem.variables, problem.subject, p.values
    if not isinstance(constraint, Rel) or constraint.op is not Relation.EQ or not isinstance(pattern, Indexed):
        return ""
    facts = Facts(within_problem(givens, problem.variables), (), real)
    item, indices = generic_entry(variable)
    bound = [i for i in pattern.indices if isinstance(i, Index) and i not in problem.each]
    if len(bound) != len(indices) or pattern.xreplace(dict(zip(bound, indices, strict=True))) != item:
        return ""
    at = _Values(array_of(variable), pattern, tuple(bound), value)
    gap = constraint.lhs - constraint.rhs
    here = at.value(item)
    if not isinstance(item, Indexed) or not _open(variable) or not _within_domain(array_of(variable), here, facts):
        return ""
    if not all(facts.positive(logarithm.args[0]) for logarithm in at(problem.objective).atoms(log)):
        return ""
    if not equal(at(gap), S.Zero, facts):
        return ""
    if curvature(gap, array_of(variable), facts) is not Curvature.AFFINE:
        return ""
    if not strictly_concave(problem.objective, variable, facts):
        return ""
    slope, weight = (at(normal.expand_derivatives(normal.differentiate(f, item))) for f in (problem.objective, gap))
    if not facts.nonzero(weight):
        return ""
    multiplier = slope / weight  # λ, which must be one number for all components
    others = {i: Index(f"{i.name}°", i.lower, i.upper) for i in indices}
    if not equal(multiplier, multiplier.xreplace(others), facts):
        return ""
    return "it is feasible and stationary, and the objective strictly concave: the one maximiser"


def _within_domain(symbol: Symbol, value: Expr, facts: Facts) -> bool:
    """The value is real, and of the sign that the variable must have."""
    if symbol.is_positive:
        return facts.positive(value)
    if symbol.is_negative:
        return facts.positive(-value)
    return facts.real(value)


class _Values:
    """Puts a family of values in the place of a variable's entries."""

    def __init__(self, array: Symbol, pattern: Indexed, bound: tuple[Index, ...], value: Expr) -> None:
        self.array, self.pattern, self.bound, self.family = array, pattern, bound, value

    def value(self, e: Expr) -> Expr:
        places = {w: f for w, f in zip(self.pattern.indices, e.args[1:], strict=True) if w in self.bound}
        return self.family.xreplace(places)

    def __call__(self, e: Expr) -> Expr:
        if isinstance(e, Indexed) and e.base.label == self.array:
            return self.value(e)
        if not e.args or isinstance(e, Symbol):
            return e
        return e.func(*(self(a) if isinstance(a, Expr) else a for a in e.args))


# -- curvature ---------------------------------------------------------------------------------------------------


class Curvature(IntEnum):
    """What is known of an expression as a function of the variables, in a convenient order."""

    UNKNOWN = 0
    CONCAVE = 1
    AFFINE = 2
    CONSTANT = 3


def curvature(e: Expr, array: Symbol, facts: Facts) -> Curvature:
    """Constant, affine or concave in the entries of ``array``; or not known to be any of them."""
    if array not in free(e):
        return Curvature.CONSTANT
    if isinstance(e, Indexed) or e == array:
        return Curvature.AFFINE
    if isinstance(e, Add):
        return min(curvature(part, array, facts) for part in e.args)
    if isinstance(e, Sum):
        return curvature(e.function, array, facts)
    if isinstance(e, Mul):
        varying = [part for part in e.args if array in free(part)]
        if len(varying) != 1:
            expanded = e.expand()
            return curvature(expanded, array, facts) if expanded != e else Curvature.UNKNOWN
        inner = curvature(varying[0], array, facts)
        scale = Mul(*(part for part in e.args if array not in free(part)))
        if inner is Curvature.AFFINE:
            return Curvature.AFFINE if facts.real(scale) else Curvature.UNKNOWN
        if inner is Curvature.CONCAVE and facts.nonnegative(scale):
            return Curvature.CONCAVE
        if facts.nonnegative(-scale) and _convex(varying[0], array, facts):
            return Curvature.CONCAVE
        return Curvature.UNKNOWN
    if isinstance(e, Frac):
        return curvature(e.numerator * Pow(e.denominator, -1), array, facts)
    if isinstance(e, log) and curvature(e.args[0], array, facts) >= Curvature.CONCAVE:
        return Curvature.CONCAVE if facts.positive(e.args[0]) or facts.real_mode else Curvature.UNKNOWN
    if isinstance(e, Pow) and e.exp == S.Half and curvature(e.base, array, facts) >= Curvature.CONCAVE:
        return Curvature.CONCAVE if facts.positive(e.base) else Curvature.UNKNOWN  # else the domain is not open
    return Curvature.UNKNOWN


def _convex(e: Expr, array: Symbol, facts: Facts) -> bool:
    if isinstance(e, exp):
        return curvature(e.args[0], array, facts) >= Curvature.AFFINE
    return isinstance(e, Pow) and e.exp == 2 and curvature(e.base, array, facts) >= Curvature.AFFINE


def strictly_concave(e: Expr, variable: Expr, facts: Facts) -> bool:
    """A sum over all entries of the variable of a positive multiple of log, or a negative one of a square."""
    generic, indices = generic_entry(variable)
    if isinstance(e, Add):
        array = array_of(variable)
        rest = [part for part in e.args if array in free(part)]
        strict = [part for part in rest if strictly_concave(part, variable, facts)]
        return bool(strict) and all(curvature(part, array, facts) >= Curvature.CONCAVE for part in rest)
    bound: list[Index] = []
    while isinstance(e, Sum):
        bound += [limit[0] for limit in e.limits]
        e = e.function
    entries = _entries(array_of(variable), e)
    if len(entries) != 1 or not isinstance(generic, Indexed):
        return False
    places = zip(entries[0].indices, generic.indices, strict=True)
    renaming = {found: wanted for found, wanted in places if wanted in indices}
    same_ranges = all((i.lower, i.upper) == (j.lower, j.upper) for i, j in renaming.items() if isinstance(i, Index))
    if set(renaming) != set(bound) or not same_ranges or entries[0].xreplace(renaming) != generic:
        return False  # not the sum over just the variable's entries
    scale, core = e.as_independent(entries[0], as_Add=False)
    if core == log(entries[0]):
        return facts.positive(scale)
    return bool(core == entries[0] ** 2 and facts.positive(-scale))
