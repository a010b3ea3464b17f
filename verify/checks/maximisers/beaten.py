"""A claimed maximiser that is none: on concrete data it is not feasible, or a feasible point certainly beats it.

The data are drawn within the givens. Near the claimed values a feasible point with a larger objective is looked for:
one number changed, or two entries of an array by opposite amounts (which keeps their sum). Every comparison is exact
or by balls; floating point plays no part.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from itertools import islice, permutations
from typing import Any

from sympy import Expr, Indexed, Rational, Symbol

from verify.checks.evidence.witness import describe, nested
from verify.checks.maximisers.problems import array_of, within_problem
from verify.config import Settings
from verify.evaluate.evaluator import Evaluator
from verify.evaluate.field import Indeterminate, Undefined, Unsupported
from verify.evaluate.fields.balls import precision
from verify.evaluate.fields.exact import Exact
from verify.evaluate.points import Point, Value, show_value
from verify.evaluate.sampling.batches import few
from verify.evaluate.sampling.draws import allowed
from verify.evaluate.sampling.frames import cells
from verify.evaluate.sampling.space import Space
from verify.evaluate.truth import at_point, text
from verify.model import Claim, Evidence, Relation, Verdict, Witness
from verify.occurs import free_symbols
from verify.show import show
from verify.show.optimum import better, extremum
from verify.terms import (
    Array,
    Conj,
    ForAll,
    Index,
    Maximises,
    Problem,
    Proposition,
    Rel,
    fraction,
    free,
    is_proposition,
)

DATA = 24  # data sets that are looked at
FEW = 8  # where a proof stands
STEPS = tuple(Fraction(1, 2**k) for k in (0, 1, 3, 5, 8, 12, 20))
MOST_ENTRIES = 4  # of an array, that are changed
BITS = (64, 192, 640)
INFEASIBLE = "it is not feasible"
NO_VALUE = (Undefined, Unsupported, Indeterminate)

Table = Mapping[tuple[int, ...], Value]


def check(claim: Claim, settings: Settings) -> Evidence | None:
    """REFUTED with the data, or nothing."""
    if claim.relation is not Relation.IMPLIES or not isinstance(claim.rhs, Maximises) or not is_proposition(claim.lhs):
        return None
    problem = claim.rhs.problem
    variables = {array_of(v) for v in problem.variables}
    premises = (claim.lhs, *claim.premises)
    if not generic(claim.rhs) or variables & set(free_symbols(premises)):
        return None
    givens = within_problem(claim.givens, problem.variables)
    contents = (problem, statements(claim.rhs))
    space = Space(givens.symbols, (*givens.constraints, *premises), contents).without(variables)
    if not space.real:
        return None
    infeasible: Witness | None = None
    for data in islice(few(space, settings.seed), FEW if settings.proved else DATA):
        try:
            if at_point(data, True).holds(Conj(premises)) is not True:
                continue
            witness = beaten(claim.rhs, data, space)
        except NO_VALUE:
            continue
        if witness is not None and witness.rhs == INFEASIBLE:
            infeasible = infeasible or witness  # more is learned from data on which it is beaten
        elif witness is not None:
            return Evidence("data", Verdict.REFUTED, "no maximiser on concrete data", witness=witness)
    if infeasible is not None:
        return Evidence("data", Verdict.REFUTED, "no maximiser on concrete data", witness=infeasible)
    return None


def generic(p: Maximises) -> bool:
    """Whether a problem is one for whole variables, of which the values do not speak."""
    variables = {array_of(v) for v in p.problem.variables}
    if p.problem.stationary or p.problem.each or variables != set(p.problem.variables):
        return False
    return variables.isdisjoint(s for _, value in p.values for s in free(value))


def statements(p: Maximises) -> tuple[Proposition, ...]:
    """That each variable has its value, for all values of the indices."""
    found: list[Proposition] = []
    for pattern, value in p.values:
        said: Proposition = Rel(Relation.EQ, pattern, value)
        for index in pattern.indices if isinstance(pattern, Indexed) else ():
            said = ForAll(index, said) if isinstance(index, Index) else said
        found.append(said)
    return tuple(found)


@dataclass(frozen=True)
class Trial:
    """Values of the variables: numbers as expressions, arrays as tables of rational numbers."""

    numbers: Mapping[Symbol, Expr]
    tables: Mapping[Array, Table]

    def at(self, data: Point) -> Point:
        """The data with the tables."""
        return replace(data, entries={**data.entries, **self.tables}, judges={})

    def put(self, item: Any) -> Any:
        """An expression or proposition with the numbers."""
        if isinstance(item, Expr):
            return item.xreplace(dict(self.numbers))
        if isinstance(item, tuple):
            return tuple(map(self.put, item))
        if hasattr(item, "__dataclass_fields__"):
            return replace(item, **{name: self.put(getattr(item, name)) for name in item.__dataclass_fields__})
        return item

    def allowed(self) -> bool:
        """Whether rational values lie in the domains of their symbols; others may."""
        numbers = ((s, fraction(v)) for s, v in self.numbers.items() if isinstance(v, Rational))
        entries = ((a, v) for a, table in self.tables.items() for v in table.values())
        return all(allowed(symbol, value) for symbol, value in (*numbers, *entries))

    def __str__(self) -> str:
        numbers = [f"{s.name} = {show(v)}" for s, v in self.numbers.items()]
        tables = [f"{a.name} = {nested([(k, show_value(v)) for k, v in t.items()])}" for a, t in self.tables.items()]
        return ", ".join((*numbers, *tables))


def beaten(p: Maximises, data: Point, space: Space) -> Witness | None:
    """A witness that the values are no maximiser on the data.

    Raises:
        Undefined, Unsupported, Indeterminate: something has no value that can be computed rigorously here.
    """
    claimed = _claimed(p.values, data)
    if claimed is None or set(claimed.numbers) | set(claimed.tables) != set(p.problem.variables):
        return None
    if not claimed.allowed() or _feasible(p.problem, claimed, data) is False:
        return Witness(describe(data, space), f"{claimed} is claimed to be the {extremum(p.problem)}imiser", INFEASIBLE)
    for other in _neighbours(claimed, data):
        try:
            if not other.allowed() or _feasible(p.problem, other, data) is not True:
                continue
            sides = _larger(p.problem, claimed, other, data)
        except NO_VALUE:
            continue
        if sides is not None:
            there = f"the objective is {sides[1]}, {better(p.problem)}, at {other}"
            return Witness(describe(data, space), f"the objective is {sides[0]} at {claimed}", there)
    return None


def _feasible(problem: Problem, trial: Trial, data: Point) -> bool | None:
    return at_point(trial.at(data), True).holds(Conj(trial.put(problem.subject)))


def _larger(problem: Problem, first: Trial, second: Trial, data: Point) -> tuple[str, str] | None:
    """Both values of the author's objective as text, if the second is certainly the better one."""
    points = first.at(data), second.at(data)
    bodies = first.put(problem.objective), second.put(problem.objective)
    for bits in BITS:
        with precision(bits):
            try:
                a, b = (at_point(p, True).balls(bits)(e) for p, e in zip(points, bodies, strict=True))
            except Indeterminate:
                continue
            if a < b:
                return (text(-a), text(-b)) if problem.minimised else (text(a), text(b))
            if a > b:
                return None
    return None


def _claimed(values: Sequence[tuple[Expr, Expr]], data: Point) -> Trial | None:
    """The claimed values on the data; rational numbers wherever they are."""
    numbers: dict[Symbol, Expr] = {}
    tables: dict[Array, Table] = {}
    exact = Evaluator(Exact(data), data)
    for pattern, value in values:
        if isinstance(pattern, Indexed):
            array, indices = pattern.base.label, pattern.indices
            if not all(isinstance(i, Index) for i in indices) or len(set(indices)) < len(indices):
                return None
            if any((i.lower, i.upper) != (a.lower, a.upper) for i, a in zip(indices, array.axes, strict=True)):
                return None
            places = ((at, {**data.integers, **dict(zip(indices, at, strict=True))}) for at in cells(array, exact))
            tables[array] = {at: fraction(exact(value, env)) for at, env in places}
        elif isinstance(pattern, Symbol):
            try:
                number = fraction(exact(value))
                numbers[pattern] = Rational(number.numerator, number.denominator)
            except Unsupported:
                numbers[pattern] = value
    return Trial(numbers, tables)


def _neighbours(trial: Trial, data: Point) -> Iterator[Trial]:
    """Values near the given ones, the simple ones first."""
    for symbol, value in trial.numbers.items():
        near = fraction(value) if isinstance(value, Rational) else _near(value, data)
        for moved in _moves(near):
            yield replace(trial, numbers={**trial.numbers, symbol: Rational(moved.numerator, moved.denominator)})
    for array, table in trial.tables.items():
        places = list(table)[:MOST_ENTRIES]
        for at in places:
            for moved in _moves(table[at]):  # type: ignore[arg-type]  # real numbers
                yield replace(trial, tables={**trial.tables, array: {**table, at: moved}})
        for at, to in permutations(places, 2):
            for step in STEPS:
                shift = step * abs(table[at]) if table[at] else step  # type: ignore[arg-type]
                shifted = {**table, at: table[at] - shift, to: table[to] + shift}  # type: ignore[operator]
                yield replace(trial, tables={**trial.tables, array: shifted})


def _moves(value: Fraction) -> Iterator[Fraction]:
    for step in STEPS:
        scale = abs(value) or Fraction(1)
        yield from (value + step * scale, value - step * scale)


def _near(value: Expr, data: Point) -> Fraction:
    """A simple rational number near an irrational one."""
    with precision(64):
        return Fraction(float(at_point(data, True).balls(64)(value).mid())).limit_denominator(10**6)
