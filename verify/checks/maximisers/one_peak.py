"""When a point is the one maximiser of a function of one number: the function rises before it and falls after it.

Two criteria, each for every size at once, on an interval:

* the derivative is a positive multiple of ``φ(x*) − φ(x)`` with φ strictly increasing (then the function rises
  strictly up to x* and falls strictly after it, concave or not: a Gaussian likelihood as a function of the variance);
* the derivative vanishes at x*, and the second derivative is negative (Boyd & Vandenberghe, *Convex Optimization*,
  2004, 3.1.4 and 4.2.3).
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from dataclasses import replace
from functools import partial

from sympy import Dummy, Expr, Indexed, Product, S, Symbol, exp, factor_terms, fraction, log, sqrt, together

from verify import normal
from verify.checks import domain
from verify.checks.common import equal
from verify.checks.evidence.argument import Argument, premise
from verify.checks.maximisers.one_number import OneNumber, read
from verify.checks.maximisers.problems import array_of, positive_form
from verify.facts import Facts
from verify.model import Givens, Relation
from verify.terms import Index, Maximises, Problem, Proposition, Rel, free

PEAK = (
    "a function that rises strictly up to a point of an interval and falls strictly after it has its one maximum there"
)
PEAK_SOURCE = "Rudin, Principles of Mathematical Analysis, 1976, 5.11 (the mean value theorem)"
CONCAVE = "a stationary point of a strictly concave function on an interval is its one maximiser"
CONCAVE_SOURCE = "Boyd & Vandenberghe, Convex Optimization, 2004, 3.1.4 and 4.2.3"

_UPPER = (Relation.LT, Relation.LE)


def one_peak(p: Maximises, givens: Givens, real: bool) -> Argument | None:
    """Why the value is the one maximiser by one of the criteria above; else nothing."""
    if len(p.values) != 1:
        return None
    ((pattern, value),) = p.values
    one = read(p.problem, givens, real)
    mine = None if one is None else of_item(one.item, p.problem.each, pattern, value)
    return None if one is None or mine is None else at(one, mine)


def of_item(item: Expr, each: tuple[Index, ...], pattern: Expr, value: Expr) -> Expr | None:
    """What is claimed of the item, if the pattern (an entry at indices of its own) stands for it."""
    if pattern == item:
        return value
    if not isinstance(pattern, Indexed) or not isinstance(item, Indexed):
        return None
    if pattern.base != item.base or len(set(pattern.indices)) != len(pattern.indices):
        return None
    table = dict(zip(pattern.indices, item.indices, strict=True))
    kept = set(each)
    if any(a != b and (a in kept or not _ranges_alike(a, b)) for a, b in table.items()):
        return None
    if any(a == b and a not in kept for a, b in table.items()):
        return None
    return value.xreplace({a: b for a, b in table.items() if a != b})


def _ranges_alike(a: Expr, b: Expr) -> bool:
    return getattr(a, "lower", None) == getattr(b, "lower", 0) and getattr(a, "upper", None) == getattr(b, "upper", 0)


def at(one: OneNumber, value: Expr) -> Argument | None:
    """Why a value is the one maximiser of the problem."""
    if array_of(one.problem.variables[0]) in free(value) or not feasible(one, value):
        return None
    with suppress(normal.NormalError):
        stationary = equal(one.slope.xreplace({one.item: value}), S.Zero, one.given)
        if stationary is not None and not stationary.conditions:  # else to look further would be in vain
            return _rises_and_falls(one, value) or _strictly_concave(one, value, stationary)
    return None


def feasible(one: OneNumber, value: Expr) -> bool:
    """The value is defined, lies in the variable's domain, and satisfies the constraints."""
    facts, symbol = one.given, array_of(one.problem.variables[0])
    if domain.ungranted((value,), facts, facts.real_mode) or not facts.real(value):
        return False
    signs = (
        (symbol.is_positive, facts.positive(value)),
        (symbol.is_negative, facts.positive(-value)),
        (symbol.is_nonnegative, facts.nonnegative(value)),
        (symbol.is_nonpositive, facts.nonnegative(-value)),
    )
    return all(holds for wanted, holds in signs if wanted) and all(
        _satisfied(c, one.item, value, facts) for c in one.problem.subject
    )


def _satisfied(c: Proposition, item: Expr, value: Expr, facts: Facts) -> bool:
    if not isinstance(c, Rel):
        return False
    gap = (c.rhs - c.lhs if c.op in _UPPER else c.lhs - c.rhs).xreplace({item: value})
    strict = c.op in (Relation.LT, Relation.GT)
    known = facts.positive if strict else facts.nonnegative
    return known(gap) or known(normal.rewritten(gap, facts)) or known(gap.together())


def _rises_and_falls(one: OneNumber, value: Expr) -> Argument | None:
    """The first criterion."""
    problem, x, slope, inside, _ = one
    for increasing in _increasing(x, value, one):
        gap = increasing.xreplace({x: value}) - increasing
        ratio = normal.rewritten(slope / gap, inside)
        quotient = positive_form(ratio, inside) or _about(ratio, x, value, one)
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


def _about(e: Expr, x: Expr, value: Expr, one: OneNumber) -> Expr | None:
    """The expression if it is seen to be positive once it is written in the distance from the value."""
    if not isinstance(x, Symbol):
        return None
    distance = Dummy("h", real=True)
    form = positive_form(normal.rewritten(e.xreplace({x: value + distance}), one.given), one.given)
    return None if form is None else form.xreplace({distance: x - value})


def _increasing(x: Expr, value: Expr, one: OneNumber) -> Iterator[Expr]:
    """Strictly increasing functions of the variable that are defined at the value as well."""
    yield x
    if one.inside.nonnegative(x):
        yield x**2
    yield exp(x)
    if one.inside.positive(x) and one.given.positive(value):
        yield log(x)
    yield x**3


def _strictly_concave(one: OneNumber, value: Expr, stationary: normal.Proof) -> Argument | None:
    """The second criterion."""
    _, x, slope, inside, _ = one
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

    A variable that is positive may be determined by its square. Of a positive product the logarithm is looked at too.
    """
    one = read(problem, givens, real)
    if one is None:
        return None
    return _solved(problem, one) or _by_logarithm(problem, one, givens, real)


def _by_logarithm(problem: Problem, one: OneNumber, givens: Givens, real: bool) -> tuple[Maximises, Argument] | None:
    """The one maximiser of the logarithm, which grows with what it is of."""
    objective = problem.objective
    if not objective.has(Product) or not one.inside.positive(objective):
        return None
    other = read(replace(problem, objective=log(objective)), givens, real)
    found = None if other is None else _solved(problem, other)
    if found is None:
        return None
    point, why = found
    premises = (premise("{} > 0, and the logarithm is strictly increasing", objective), *why.premises())
    return point, replace(why, premises=partial(tuple, premises))


def _solved(problem: Problem, one: OneNumber) -> tuple[Maximises, Argument] | None:
    with suppress(normal.NormalError):
        for value in _roots(one):
            found = at(one, value)
            if found is not None:
                return Maximises(problem, ((one.item, value),)), found
    return None


def _roots(one: OneNumber) -> Iterator[Expr]:
    """Where the derivative may vanish."""
    numerators = tuple(dict.fromkeys((one.slope, fraction(together(one.slope))[0])))
    for numerator in numerators:
        linear = normal.linear_in(numerator, one.item, one.inside)
        if linear is not None and one.inside.nonzero(linear[0]):
            yield factor_terms(normal.rewritten(-linear[1] / linear[0], one.given))
    if not one.item.is_positive:
        return
    square = Dummy("square", positive=True)
    for numerator in numerators:
        form = normal.rewritten(numerator.xreplace({one.item: sqrt(square)}), one.inside)
        linear = normal.linear_in(form, square, one.inside)
        if linear is not None and one.inside.nonzero(linear[0]):
            yield sqrt(normal.rewritten(-linear[1] / linear[0], one.given))
