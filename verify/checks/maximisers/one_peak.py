"""When a point is the one maximiser of a function of one number: the function rises before it and falls after it.

Two criteria, each for every size at once, on an interval:

* the derivative is a positive multiple of ``φ(x*) − φ(x)`` with φ strictly increasing (then the function rises
  strictly up to x* and falls strictly after it, concave or not: a Gaussian likelihood as a function of the variance);
* the derivative vanishes at x*, and the second derivative is negative (Boyd & Vandenberghe, *Convex Optimization*,
  2004, 3.1.4 and 4.2.3).

Entries of an array are such numbers each for itself, where the derivative by one entry speaks of no other: then the
objective is a sum of functions of one entry.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from dataclasses import replace
from functools import partial
from typing import NamedTuple

from sympy import (
    Add,
    Dummy,
    Expr,
    Indexed,
    Mul,
    Pow,
    Product,
    S,
    Sum,
    Symbol,
    cosh,
    exp,
    factor,
    factor_terms,
    fraction,
    log,
    sinh,
    sqrt,
    tanh,
    together,
)

from verify import normal
from verify.checks import domain
from verify.checks.common import equal
from verify.checks.evidence.argument import Argument, premise
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
from verify.terms import Array, Frac, Maximises, Problem, Proposition, Rel, free, sigmoid, softplus

PEAK = (
    "a function that rises strictly up to a point of an interval and falls strictly after it has its one maximum there"
)
PEAK_SOURCE = "Rudin, Principles of Mathematical Analysis, 1976, 5.11 (the mean value theorem)"
CONCAVE = "a stationary point of a strictly concave function on an interval is its one maximiser"
CONCAVE_SOURCE = "Boyd & Vandenberghe, Convex Optimization, 2004, 3.1.4 and 4.2.3"

# continuous where they are defined, and differentiable there but at single points
SMOOTH = (Add, Mul, Pow, Frac, Sum, Product, exp, log, sigmoid, softplus, sinh, cosh, tanh, Indexed, Symbol)
_UPPER = (Relation.LT, Relation.LE)
_ORDER = (Relation.LT, Relation.LE, Relation.GT, Relation.GE)


class Peak(NamedTuple):
    """A problem in one number: the derivative by ``item``, and the facts that hold in the interval."""

    problem: Problem
    item: Expr
    slope: Expr
    inside: Facts
    given: Facts


def one_peak(p: Maximises, givens: Givens, real: bool) -> Argument | None:
    """Why the value is the one maximiser by one of the criteria above; else nothing."""
    if len(p.values) != 1:
        return None
    ((pattern, value),) = p.values
    peak = read(p.problem, givens, real)
    if peak is None:
        return None
    if pattern != peak.item:
        if not isinstance(pattern, Indexed) or not isinstance(peak.item, Indexed):
            return None
        if pattern.base != peak.item.base or len(set(pattern.indices)) != len(pattern.indices):
            return None
        table = dict(zip(pattern.indices, peak.item.indices, strict=True))
        kept = set(p.problem.each)
        if any(a != b and (a in kept or not _ranges_alike(a, b)) for a, b in table.items()):
            return None
        if any(a == b and a not in kept for a, b in table.items()):
            return None
        value = value.xreplace({a: b for a, b in table.items() if a != b})
    return at(peak, value)


def _ranges_alike(a: Expr, b: Expr) -> bool:
    return getattr(a, "lower", None) == getattr(b, "lower", 0) and getattr(a, "upper", None) == getattr(b, "upper", 0)


def read(problem: Problem, givens: Givens, real: bool) -> Peak | None:
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
        return Peak(problem, item, slope, inside, given)
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


def at(peak: Peak, value: Expr) -> Argument | None:
    """Why a value is the one maximiser of the problem."""
    if array_of(peak.problem.variables[0]) in free(value) or not feasible(peak, value):
        return None
    with suppress(normal.NormalError):
        stationary = equal(peak.slope.xreplace({peak.item: value}), S.Zero, peak.given)
        if stationary is not None and not stationary.conditions:  # else to look further would be in vain
            return _rises_and_falls(peak, value) or _strictly_concave(peak, value, stationary)
    return None


def feasible(peak: Peak, value: Expr) -> bool:
    """The value is defined, lies in the variable's domain, and satisfies the constraints."""
    facts, symbol = peak.given, array_of(peak.problem.variables[0])
    if domain.ungranted((value,), facts, facts.real_mode) or not facts.real(value):
        return False
    signs = (
        (symbol.is_positive, facts.positive(value)),
        (symbol.is_negative, facts.positive(-value)),
        (symbol.is_nonnegative, facts.nonnegative(value)),
        (symbol.is_nonpositive, facts.nonnegative(-value)),
    )
    return all(holds for wanted, holds in signs if wanted) and all(
        _satisfied(c, peak.item, value, facts) for c in peak.problem.subject
    )


def _satisfied(c: Proposition, item: Expr, value: Expr, facts: Facts) -> bool:
    if not isinstance(c, Rel):
        return False
    gap = (c.rhs - c.lhs if c.op in _UPPER else c.lhs - c.rhs).xreplace({item: value})
    strict = c.op in (Relation.LT, Relation.GT)
    known = facts.positive if strict else facts.nonnegative
    return known(gap) or known(normal.rewritten(gap, facts)) or known(gap.together())


def _rises_and_falls(peak: Peak, value: Expr) -> Argument | None:
    """The first criterion."""
    problem, x, slope, inside, _ = peak
    for increasing in _increasing(x, value, peak):
        gap = increasing.xreplace({x: value}) - increasing
        ratio = normal.rewritten(slope / gap, inside)
        quotient = factored(ratio, inside) or _about(ratio, x, value, peak)
        if quotient is None:
            continue
        proof = normal.prove_equal(slope, quotient * gap, inside)
        if proof is None or proof.conditions:
            continue
        premises = (
            premise("{} ranges over an interval, on which {} is continuous", x, problem.objective),
            premise("{} lies in it", value),
            premise("the derivative by {} is ({})·({})", x, quotient, gap),
            premise("{} > 0", quotient),
            *((premise("{} is strictly increasing in {}", increasing, x),) if increasing != x else ()),
        )
        words = "the derivative is positive below the point and negative above it: the one maximiser"
        return Argument(words, PEAK, partial(tuple, premises), PEAK_SOURCE, (proof,))
    return None


def _about(e: Expr, x: Expr, value: Expr, peak: Peak) -> Expr | None:
    """The expression if it is seen to be positive once it is written in the distance from the value."""
    if not isinstance(x, Symbol):
        return None
    distance = Dummy("h", real=True)
    form = factored(normal.rewritten(e.xreplace({x: value + distance}), peak.given), peak.given)
    return None if form is None else form.xreplace({distance: x - value})


def factored(e: Expr, facts: Facts) -> Expr | None:
    """The expression, perhaps with its parts factored, if it is known to be defined and positive."""
    for form in (e, factor(e)):
        if facts.positive(form) and not domain.ungranted((form,), facts, facts.real_mode):
            return form
    return None


def _increasing(x: Expr, value: Expr, peak: Peak) -> Iterator[Expr]:
    """Strictly increasing functions of the variable that are defined at the value as well."""
    yield x
    if peak.inside.nonnegative(x):
        yield x**2
    yield exp(x)
    if peak.inside.positive(x) and peak.given.positive(value):
        yield log(x)
    yield x**3


def _strictly_concave(peak: Peak, value: Expr, stationary: normal.Proof) -> Argument | None:
    """The second criterion."""
    _, x, slope, inside, _ = peak
    curved = normal.expand_derivatives(normal.differentiate(slope, x, inside))
    if domain.ungranted((slope, curved), inside, inside.real_mode) or not inside.positive(-curved):
        return None
    premises = (
        premise("{} ranges over an interval, which holds {}", x, value),
        premise("the second derivative of the objective, {}, is negative on it", curved),
        premise("the derivative {} is 0 at {} = {}", slope, x, value),
    )
    words = "it is stationary, and the second derivative is negative: the one maximiser"
    return Argument(words, CONCAVE, partial(tuple, premises), CONCAVE_SOURCE, (stationary,))


def solved(problem: Problem, givens: Givens, real: bool) -> tuple[Maximises, Argument] | None:
    """The one maximiser, where the derivative is linear in the variable but for a factor, and why it is that.

    A variable that is positive may be determined by its square.
    """
    peak = read(problem, givens, real)
    if peak is None:
        return None
    with suppress(normal.NormalError):
        for value in _roots(peak):
            found = at(peak, value)
            if found is not None:
                return Maximises(problem, ((peak.item, value),)), found
    return None


def _roots(peak: Peak) -> Iterator[Expr]:
    """Where the derivative may vanish."""
    numerators = tuple(dict.fromkeys((peak.slope, fraction(together(peak.slope))[0])))
    for numerator in numerators:
        linear = normal.linear_in(numerator, peak.item, peak.inside)
        if linear is not None and peak.inside.nonzero(linear[0]):
            yield factor_terms(normal.rewritten(-linear[1] / linear[0], peak.given))
    if not peak.item.is_positive:
        return
    square = Dummy("square", positive=True)
    for numerator in numerators:
        form = normal.rewritten(numerator.xreplace({peak.item: sqrt(square)}), peak.inside)
        linear = normal.linear_in(form, square, peak.inside)
        if linear is not None and peak.inside.nonzero(linear[0]):
            yield sqrt(normal.rewritten(-linear[1] / linear[0], peak.given))
