"""Shares of a whole: ``Σ w·log p`` under ``Σ c·p = s`` is greatest at ``p = s·w / (c·Σw)``.

The stationary point of the Lagrangian, where the slope of the objective times the entry is free of the variable: the
weights of a mixture, the probabilities of a multinomial. That it is the one maximiser is for
:func:`~verify.checks.maximisers.one_maximiser.unique_maximiser` to say.
"""

from __future__ import annotations

from contextlib import suppress

from sympy import Expr, Indexed, S, Sum

from verify import normal
from verify.checks.evidence.argument import Argument
from verify.checks.maximisers.one_maximiser import unique_maximiser
from verify.checks.maximisers.problems import array_of, generic_entry, within_problem
from verify.facts import Facts
from verify.model import Givens, Relation
from verify.terms import Index, Maximises, Problem, Rel, free


def shared_out(problem: Problem, givens: Givens, real: bool) -> tuple[Maximises, Argument] | None:
    """The one maximiser of such a problem, and why it is that."""
    if problem.stationary or len(problem.variables) != 1 or len(problem.subject) != 1:
        return None
    (variable,), (constraint,) = problem.variables, problem.subject
    item, indices = generic_entry(variable)
    if not isinstance(constraint, Rel) or constraint.op is not Relation.EQ or not isinstance(item, Indexed):
        return None
    facts = Facts(within_problem(givens, problem.variables), (), real)
    with suppress(normal.NormalError):
        value = _share(problem.objective, constraint, item, indices, facts)
        if value is None or array_of(variable) in free(value):
            return None
        point = Maximises(problem, ((item, value),))
        why = unique_maximiser(point, givens, real)
        if why is not None and not any(proof.conditions for proof in why.proofs):
            return point, why
    return None


def _share(objective: Expr, constraint: Rel, item: Indexed, indices: tuple[Index, ...], facts: Facts) -> Expr | None:
    """Where the slope is one multiple of the constraint's for all entries, and the constraint is satisfied."""
    whole, total = (
        (constraint.lhs, constraint.rhs)
        if item.base.label in free(constraint.lhs)
        else (constraint.rhs, constraint.lhs)
    )
    slope, scale = (normal.expand_derivatives(normal.differentiate(f, item, facts)) for f in (objective, whole))
    weight = normal.rewritten(slope * item, facts)
    if {item.base.label} & (free(weight) | free(scale) | free(total)) or scale == S.Zero:
        return None
    names = (f"‹{'0' * k}›" for k in range(1, len(indices) + 1))  # no bound index of a canonical form has these
    inner = {i: Index(name, i.lower, i.upper) for i, name in zip(indices, names, strict=True)}
    weights = Sum(weight.xreplace(inner), *((i, i.lower, i.upper) for i in inner.values()))
    return total * weight / (scale * weights)
