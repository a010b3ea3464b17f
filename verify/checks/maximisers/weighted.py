"""Maximisers on concrete data, for objectives ``Σ aᵢ log pᵢ`` or ``Π pᵢ^aᵢ`` on probability tables.

Gibbs' inequality (Cover & Thomas, *Elements of Information Theory*, 2006, 2.6): under ``Σ pᵢ = s``, every ``aᵢ > 0``,
the one maximiser is ``pᵢ = s·aᵢ/Σa``. So on concrete data the maximiser of one problem is *proved*; the other problem
has different ones if there a feasible point certainly beats it, or if it has none because it is unbounded.
"""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from functools import cache, lru_cache, partial
from typing import Any

from sympy import Expr, log

from verify import normal
from verify.checks.evidence.witness import describe, nested
from verify.checks.maximisers.problems import array_of, generic_entry, within_problem
from verify.checks.maximisers.weights import OtherForm, Totals, Weights, readable, weights
from verify.config import Settings
from verify.evaluate.evaluator import Evaluator
from verify.evaluate.field import Undefined, Unsupported
from verify.evaluate.fields.balls import Balls, precision
from verify.evaluate.fields.exact import Exact
from verify.evaluate.points import Point, show_value
from verify.evaluate.sampling.batches import batches
from verify.evaluate.sampling.space import Space
from verify.evaluate.truth import text
from verify.model import Claim, Evidence, Relation, Verdict, Witness
from verify.show.optimum import better, extremum
from verify.terms import Problem, fraction, free

WANTED = 20
LOOKED_AT = 60
FEW = 8  # data sets on which a problem of another form is looked at: that it is unbounded is seen on nearly all


def check(claim: Claim, settings: Settings) -> Evidence | None:
    """REFUTED on concrete data, SUPPORTED where the maximisers agree on much data, or nothing."""
    if claim.relation is not Relation.SAME_MAXIMISERS:
        return None
    assert isinstance(claim.lhs, Problem) and isinstance(claim.rhs, Problem)
    if not readable(claim.lhs) or not (readable(claim.rhs) or _unconstrained(claim.rhs)):
        return None
    variables = {array_of(v) for p in (claim.lhs, claim.rhs) for v in p.variables}
    givens = within_problem(claim.givens, tuple(variables))
    objectives = (claim.lhs.objective, claim.rhs.objective)
    space = Space([s for s in givens.symbols if s not in variables], givens.constraints, objectives).without(variables)
    most = LOOKED_AT if readable(claim.rhs) else FEW
    agreed = looked = 0
    unread = False
    for batch in batches(space, settings.seed, count=1):
        for point in batch.points:
            looked += 1
            read = cache(partial(weights, point=point))
            try:
                witness = _compare(claim.lhs, claim.rhs, point, space, read) or _compare(
                    claim.rhs, claim.lhs, point, space, read, True
                )
            except (OtherForm, Unsupported, Undefined, normal.NormalError):
                unread = True  # data on which nothing is known of the maximisers
                continue
            if witness is not None:
                return Evidence("data", Verdict.REFUTED, "other maximisers on concrete data", witness=witness)
            agreed += 1
        if agreed >= WANTED or looked >= most:
            break
    if agreed < WANTED or unread:
        return None
    return Evidence("data", Verdict.SUPPORTED, f"the same maximiser on {agreed} data sets", f"{agreed} data sets")


def _compare(
    first: Problem,
    second: Problem,
    point: Point,
    space: Space,
    read: Callable[[Problem], Weights],
    swapped: bool = False,
) -> Witness | None:
    """A witness where the proved maximiser of ``first`` is certainly none of ``second``."""
    best = read(first).maximiser
    slope = _unbounded(second, point)
    if slope is not None:
        there = f"no {extremum(second)}imiser: the objective is unbounded"
        there += "" if second.minimised else f", {slope}"
    else:
        other = read(second).maximiser
        if other == best:
            return None
        with precision(128):
            at_best, at_other = (_value(read(second), p) for p in (best, other))
            if not at_other > at_best:
                raise OtherForm  # not certain that they differ, nor that they agree
            there = f"{better(second)} at {_table(other)}"
            if not second.minimised:
                there += f": the logarithm of the objective is {text(at_other)} > {text(at_best)}"
    here = f"the one {extremum(first)}imiser is {_table(best)}"
    sides = (there, here) if swapped else (here, there)
    return Witness(describe(point, space), *sides)


def _value(w: Weights, at: Totals) -> Any:
    field = Balls(Point(), True)
    total = field.const(Fraction(0))
    for key, weight in w.weights.items():
        total = total + field.const(fraction(weight)) * field.call(log, (field.const(fraction(at[key])),))
    return total


def _table(values: Totals) -> str:
    name = str(next(iter(values))[0])
    cells = sorted((key[1:], show_value(fraction(value))) for key, value in values.items())
    return f"{name} = {nested(cells)}"  # type: ignore[arg-type]  # index tuples


def _unbounded(problem: Problem, point: Point) -> str | None:
    """Why an unconstrained problem has no maximiser: it is affine, not constant, in a variable free to grow."""
    if not _unconstrained(problem):
        return None
    for variable in problem.variables:
        array = array_of(variable)
        signs = (array.is_positive, array.is_nonnegative, array.is_nonpositive, array.is_nonzero)
        if not array.is_extended_real or array.is_integer or any(sign is not None for sign in signs):
            continue  # not free to grow both ways
        entry, indices = generic_entry(variable)
        slope = _slope(problem.objective, entry)
        if array in free(slope):
            continue
        others = [array_of(v) for v in problem.variables if v != variable]
        walker = Evaluator(Exact(point), point)
        first = {i: walker.integer(i.lower, point.integers) for i in indices}
        env = {**point.integers, **first}
        cells = {a: _Twos() for a in others}
        if any(not a.is_positive for a in others):
            continue
        filled = Point(env, point.scalars, point.words, {**point.entries, **cells}, point.variant)
        value = Evaluator(Exact(filled), filled)(slope, env)
        if value != 0:
            names = ", ".join(a.name for a in others)
            place = f"{array.name}[{', '.join(map(str, first.values()))}]" if indices else array.name
            return f"with every {names} = 2 it has the slope {value} in {place}, which may be any number"
    return None


def _unconstrained(problem: Problem) -> bool:
    return not (problem.subject or problem.stationary or problem.each)


@lru_cache(maxsize=256)
def _slope(objective: Expr, entry: Expr) -> Expr:
    return normal.expand_derivatives(normal.differentiate(objective, entry))


class _Twos(dict[tuple[int, ...], Fraction]):
    """An array all of whose entries are 2."""

    def __missing__(self, key: tuple[int, ...]) -> Fraction:
        return Fraction(2)
