"""When a point is the one maximiser: it is feasible and stationary, and the objective strictly concave.

Under affine equations that suffices (Boyd & Vandenberghe, *Convex Optimization*, 2004, 4.2.1 and 4.2.3).
"""

from __future__ import annotations

from sympy import Expr, Indexed, S, Symbol, log

from verify import normal
from verify.checks.common import equal
from verify.checks.evidence.argument import Argument, Premise, premise
from verify.checks.maximisers.curvature import Curvature, curvature, strictly_concave
from verify.checks.maximisers.problems import array_of, generic_entry, is_open, within_problem
from verify.facts import Facts
from verify.model import Givens, Relation
from verify.terms import Index, Maximises, Rel

RULE = "a feasible stationary point of a strictly concave objective under an affine equation is its one maximiser"
SOURCE = "Boyd & Vandenberghe, Convex Optimization, 2004, 4.2.1 and 4.2.3"


def unique_maximiser(p: Maximises, givens: Givens, real: bool) -> Argument | None:
    """Why the values are feasible, stationary, and the objective strictly concave; else nothing."""
    problem = p.problem
    if problem.stationary or len(problem.variables) != 1 or len(p.values) != 1 or len(problem.subject) != 1:
        return None
    (variable,), (constraint,), ((pattern, value),) = problem.variables, problem.subject, p.values
    if not isinstance(constraint, Rel) or constraint.op is not Relation.EQ or not isinstance(pattern, Indexed):
        return None
    facts = Facts(within_problem(givens, problem.variables), (), real)
    item, indices = generic_entry(variable)
    bound = [i for i in pattern.indices if isinstance(i, Index) and i not in problem.each]
    if len(bound) != len(indices) or pattern.xreplace(dict(zip(bound, indices, strict=True))) != item:
        return None
    at = _Values(array_of(variable), pattern, tuple(bound), value)
    gap = constraint.lhs - constraint.rhs
    here = at.value(item)
    if not isinstance(item, Indexed) or not is_open(variable) or not _within_domain(array_of(variable), here, facts):
        return None
    if not all(facts.positive(logarithm.args[0]) for logarithm in at(problem.objective).atoms(log)):
        return None
    feasible = equal(at(gap), S.Zero, facts)
    if feasible is None:
        return None
    if curvature(gap, array_of(variable), facts) is not Curvature.AFFINE:
        return None
    if not strictly_concave(problem.objective, variable, facts):
        return None
    slope, weight = (at(normal.expand_derivatives(normal.differentiate(f, item))) for f in (problem.objective, gap))
    if not facts.nonzero(weight):
        return None
    multiplier = slope / weight  # λ, which must be one number for all components
    others = {i: Index(f"{i.name}°", i.lower, i.upper) for i in indices}
    alike = equal(multiplier, multiplier.xreplace(others), facts)
    if alike is None:
        return None

    def premises() -> tuple[Premise, ...]:
        return (
            premise("{} is strictly concave in {}", problem.objective, variable),
            premise("{} is affine in {}", gap, variable),
            premise("{} ranges over an open set, which holds {}", variable, here),
            premise("{} = 0 at {} = {}", gap, item, here),
            premise("there the gradient of the objective is that of the constraint times one number, {}", multiplier),
        )

    words = "it is feasible and stationary, and the objective strictly concave: the one maximiser"
    return Argument(words, RULE, premises, SOURCE, (feasible, alike))


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
