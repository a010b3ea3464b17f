"""Problems in one number that ranges over an interval, on which the objective is smooth.

Entries of an array are such numbers each for itself, where the derivative by one entry speaks of no other: then the
objective is a sum of functions of one entry.
"""

from __future__ import annotations

from contextlib import suppress
from dataclasses import replace
from typing import NamedTuple

from sympy import Add, Expr, Indexed, Mul, Pow, Product, Sum, Symbol, cosh, exp, log, sinh, tanh

from verify import normal
from verify.checks import domain
from verify.checks.maximisers.problems import (
    array_of,
    canonical_too,
    entries_of,
    generic_entry,
    is_interval,
    within_problem,
)
from verify.facts import Facts
from verify.model import Givens, Relation
from verify.terms import Array, Frac, Problem, Proposition, Rel, free, sigmoid, softplus

# continuous where they are defined, and differentiable there but at single points
SMOOTH = (Add, Mul, Pow, Frac, Sum, Product, exp, log, sigmoid, softplus, sinh, cosh, tanh, Indexed, Symbol)
_ORDER = (Relation.LT, Relation.LE, Relation.GT, Relation.GE)


class OneNumber(NamedTuple):
    """A problem in one number, ``item``, that ranges over an interval.

    ``slope`` is the derivative of the objective by it; ``inside`` knows that the number is in the interval, ``given``
    only what holds for any number.
    """

    problem: Problem
    item: Expr
    slope: Expr
    inside: Facts
    given: Facts


def read(problem: Problem, givens: Givens, real: bool) -> OneNumber | None:
    """The problem as one in a single number that ranges over an interval, if it is one."""
    if problem.stationary or len(problem.variables) != 1 or not real:
        return None
    (variable,) = problem.variables
    item, _ = generic_entry(variable)
    symbol = array_of(variable)
    if not is_interval(variable) or any(not bounds_an_interval(c, symbol) for c in problem.subject):
        return None
    within = within_problem(givens, problem.variables)
    also = canonical_too(within, real)
    given = Facts(within, also, real)
    problem = _where_defined(problem, symbol, given)
    inside = Facts(within, (*problem.subject, *also), real)
    if not is_smooth(problem.objective, symbol, inside) or domain.ungranted(
        (problem.objective, problem.subject), inside, real
    ):
        return None
    with suppress(normal.NormalError):
        slope = normal.expand_derivatives(normal.differentiate(problem.objective, item, inside))
        if isinstance(item, Indexed) and (entries_of(symbol, slope) != [item] or problem.subject):
            return None
        return OneNumber(problem, item, slope, inside, given)
    return None


def _where_defined(problem: Problem, symbol: Symbol, facts: Facts) -> Problem:
    """The problem with what its objective needs in order to be defined: no other points compete."""
    if isinstance(symbol, Array) or problem.each:
        return problem
    needed = normal.required((problem.objective,), facts)
    mine = [c for c in needed or () if symbol in free(c.lhs) | free(c.rhs)]
    if not mine or not all(bounds_an_interval(c, symbol) for c in mine):
        return problem
    return replace(problem, subject=(*problem.subject, *mine))


def bounds_an_interval(c: Proposition, symbol: Symbol) -> bool:
    """An inequality that is affine in the variable: together they leave an interval."""
    if not isinstance(c, Rel) or c.op not in _ORDER:
        return False
    gap = c.lhs - c.rhs
    return not isinstance(symbol, Array) and bool(gap.is_polynomial(symbol)) and gap.diff(symbol, 2) == 0


def is_smooth(e: Expr, symbol: Symbol, facts: Facts) -> bool:
    """Continuous wherever it is defined as a function of the variable, and differentiable but at single points."""
    if symbol not in free(e):
        return True
    if not isinstance(e, SMOOTH):
        return False
    if isinstance(e, Sum | Product):
        ends = [end for limit in e.limits for end in limit.args[1:]]
        if any((end.is_infinite is not False and not end.is_integer) or symbol in free(end) for end in ends):
            return False
        return is_smooth(e.args[0], symbol, facts)
    if isinstance(e, Pow) and not e.exp.is_integer and not facts.nonnegative(e.base):
        return False  # roots of negative numbers: conventions differ
    return isinstance(e, Indexed | Symbol) or all(is_smooth(a, symbol, facts) for a in e.args if isinstance(a, Expr))
