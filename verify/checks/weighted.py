"""Maximisers on concrete data, for objectives ``Σ aᵢ log pᵢ`` or ``Π pᵢ^aᵢ`` on probability tables.

Gibbs' inequality (Cover & Thomas, *Elements of Information Theory*, 2006, 2.6): under ``Σ pᵢ = s``, every ``aᵢ > 0``,
the one maximiser is ``pᵢ = s·aᵢ/Σa``. So on concrete data the maximiser of one problem is *proved*; the other problem
has different ones if there a feasible point certainly beats it, or if it has none because it is unbounded.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction

from sympy import Add, Expr, Indexed, Mul, Pow, Product, Sum, Symbol, log

from verify import normal
from verify.checks.common import describe, nested
from verify.checks.problems import array_of, generic_entry, within_problem
from verify.config import Settings
from verify.evaluate.balls import Balls, precision
from verify.evaluate.evaluator import Env, Evaluator
from verify.evaluate.exact import Exact, fraction
from verify.evaluate.field import Undefined, Unsupported
from verify.evaluate.points import Point, show_value
from verify.evaluate.sampling import batches
from verify.evaluate.space import Space
from verify.evaluate.truth import text
from verify.model import Claim, Evidence, Relation, Verdict, Witness
from verify.terms import Array, ForAll, Frac, Problem, Rel, free

WANTED = 20
LOOKED_AT = 60
Key = tuple[object, ...]


class OtherForm(Exception):
    """The problem is not of the form that this check knows."""


@dataclass(frozen=True)
class Weights:
    """``Σ weight·log p`` for each entry, and the blocks of entries that sum to a given total."""

    weights: Mapping[Key, Fraction]
    blocks: tuple[tuple[tuple[Key, ...], Fraction], ...]

    def maximiser(self) -> dict[Key, Fraction]:
        """The one maximiser, by Gibbs' inequality.

        Raises:
            OtherForm: a weight is not positive, or the blocks do not cover the entries once each.
        """
        found: dict[Key, Fraction] = {}
        for keys, total in self.blocks:
            weights = [self.weights.get(key, Fraction(0)) for key in keys]
            if total <= 0 or any(w <= 0 for w in weights) or any(key in found for key in keys):
                raise OtherForm
            found |= {key: total * w / sum(weights) for key, w in zip(keys, weights, strict=True)}
        if set(self.weights) - set(found):
            raise OtherForm
        return found


def check(claim: Claim, settings: Settings) -> Evidence | None:
    """REFUTED on concrete data, SUPPORTED where the maximisers agree on much data, or nothing."""
    if claim.relation is not Relation.SAME_MAXIMISERS:
        return None
    assert isinstance(claim.lhs, Problem) and isinstance(claim.rhs, Problem)
    variables = {array_of(v) for p in (claim.lhs, claim.rhs) for v in p.variables}
    givens = within_problem(claim.givens, tuple(variables))
    objectives = (claim.lhs.objective, claim.rhs.objective)
    space = Space([s for s in givens.symbols if s not in variables], givens.constraints, objectives).without(variables)
    agreed = looked = 0
    unread = False
    for batch in batches(space, settings.seed, count=1):
        for point in batch.points:
            looked += 1
            try:
                witness = _compare(claim.lhs, claim.rhs, point, space) or _compare(
                    claim.rhs, claim.lhs, point, space, True
                )
            except (OtherForm, Unsupported, Undefined, normal.NormalError):
                unread = True  # data on which nothing is known of the maximisers
                continue
            if witness is not None:
                return Evidence("data", Verdict.REFUTED, "other maximisers on concrete data", witness=witness)
            agreed += 1
        if agreed >= WANTED or looked >= LOOKED_AT:
            break
    if agreed < WANTED or unread:
        return None
    return Evidence("data", Verdict.SUPPORTED, f"the same maximiser on {agreed} data sets", f"{agreed} data sets")


def _compare(first: Problem, second: Problem, point: Point, space: Space, swapped: bool = False) -> Witness | None:
    """A witness where the proved maximiser of ``first`` is certainly none of ``second``."""
    best = weights(first, point).maximiser()
    shown = describe(point, space)
    here = f"the one maximiser is {_table(best)}"
    slope = _unbounded(second, point)
    if slope is not None:
        there = f"no maximiser: the objective is unbounded, {slope}"
        return Witness(shown, there, here) if swapped else Witness(shown, here, there)
    other_weights = weights(second, point)
    other = other_weights.maximiser()
    if other == best:
        return None
    with precision(128):
        at_best, at_other = (_value(other_weights, p) for p in (best, other))
        if not at_other > at_best:
            raise OtherForm  # not certain that they differ, nor that they agree
        there = f"larger at {_table(other)}: the logarithm of the objective is {text(at_other)} > {text(at_best)}"
    return Witness(shown, there, here) if swapped else Witness(shown, here, there)


def _value(w: Weights, at: Mapping[Key, Fraction]) -> Expr:
    field = Balls(Point(), True)
    total = field.const(Fraction(0))
    for key, weight in w.weights.items():
        total = total + field.const(weight) * field.call(log, (field.const(at[key]),))
    return total


def _table(values: Mapping[Key, Fraction]) -> str:
    name = str(next(iter(values))[0])
    cells = sorted((key[1:], show_value(value)) for key, value in values.items())
    return f"{name} = {nested(cells)}"  # type: ignore[arg-type]  # index tuples


# -- reading a problem off -----------------------------------------------------------------------------------------


def weights(problem: Problem, point: Point) -> Weights:
    """The weights and blocks of a problem on concrete data.

    Raises:
        OtherForm: it is not a weighted sum of logarithms, or a monomial, on probability tables.
    """
    if problem.stationary or len(problem.variables) != 1:
        raise OtherForm
    array = array_of(problem.variables[0])
    if not isinstance(array, Array) or not array.is_positive:
        raise OtherForm
    reader = _Reader(array, point)
    total: dict[Key, Fraction] = {}
    blocks: list[tuple[tuple[Key, ...], Fraction]] = []
    for env in reader.every(problem):
        try:
            part = reader.logarithms(problem.objective, env)
        except OtherForm:
            part = reader.monomial(problem.objective, env)
        _merge(total, part, Fraction(1))
        for constraint in problem.subject:
            blocks += reader.blocks(constraint, env)
    return Weights(total, tuple(blocks))


def _merge(total: dict[Key, Fraction], part: Mapping[Key, Fraction], scale: Fraction) -> None:
    for key, weight in part.items():
        total[key] = total.get(key, Fraction(0)) + scale * weight


class _Reader:
    """Reads ``Σ a·log p`` or ``Π p^a`` off an expression at a point."""

    def __init__(self, array: Symbol, point: Point) -> None:
        self.array = array
        self.point = point
        self.exact = Evaluator(Exact(point), point)

    def every(self, problem: Problem) -> Iterator[Env]:
        """All values of the indices that the problem is posed for."""
        yield from self.exact.ranges([(i, i.lower, i.upper) for i in problem.each], self.point.integers)

    def varies(self, e: Expr) -> bool:
        return self.array in free(e)

    def constant(self, e: Expr, env: Env) -> Fraction:
        return fraction(self.exact(e, env))

    def logarithms(self, e: Expr, env: Env) -> dict[Key, Fraction]:
        if not self.varies(e):
            return {}
        total: dict[Key, Fraction] = {}
        if isinstance(e, log):
            return self.monomial(e.args[0], env)
        if isinstance(e, Add):
            for part in e.args:
                _merge(total, self.logarithms(part, env), Fraction(1))
            return total
        if isinstance(e, Sum):
            for inner in self.exact.ranges(e.limits, env):
                _merge(total, self.logarithms(e.function, inner), Fraction(1))
            return total
        if isinstance(e, Mul):
            varying = [part for part in e.args if self.varies(part)]
            if len(varying) == 1:
                scale = Fraction(1)
                for part in e.args:
                    scale *= Fraction(1) if self.varies(part) else self.constant(part, env)
                _merge(total, self.logarithms(varying[0], env), scale)
                return total
        raise OtherForm

    def monomial(self, e: Expr, env: Env) -> dict[Key, Fraction]:
        if not self.varies(e):
            if self.constant(e, env) <= 0:
                raise OtherForm
            return {}
        total: dict[Key, Fraction] = {}
        if isinstance(e, Indexed):
            return {(self.array, *(self.exact.integer(i, env) for i in e.indices)): Fraction(1)}
        if isinstance(e, Mul):
            for part in e.args:
                _merge(total, self.monomial(part, env), Fraction(1))
            return total
        if isinstance(e, Product):
            for inner in self.exact.ranges(e.limits, env):
                _merge(total, self.monomial(e.function, inner), Fraction(1))
            return total
        if isinstance(e, Frac):
            _merge(total, self.monomial(e.numerator, env), Fraction(1))
            _merge(total, self.monomial(e.denominator, env), Fraction(-1))
            return total
        if isinstance(e, Pow) and not self.varies(e.exp):
            _merge(total, self.monomial(e.base, env), self.constant(e.exp, env))
            return total
        raise OtherForm

    def blocks(self, p: object, env: Env) -> list[tuple[tuple[Key, ...], Fraction]]:
        if isinstance(p, ForAll):
            found = []
            for inner in self.exact.ranges([(p.index, p.index.lower, p.index.upper)], env):
                found += self.blocks(p.body, inner)
            return found
        if (
            isinstance(p, Rel)
            and p.op is Relation.EQ
            and isinstance(p.lhs, Sum)
            and isinstance(p.lhs.function, Indexed)
        ):
            keys = []
            for inner in self.exact.ranges(p.lhs.limits, env):
                keys.append((self.array, *(self.exact.integer(i, inner) for i in p.lhs.function.indices)))
            if p.lhs.function.base.label == self.array and not self.varies(p.rhs) and len(set(keys)) == len(keys):
                return [(tuple(keys), self.constant(p.rhs, env))]
        raise OtherForm


def _unbounded(problem: Problem, point: Point) -> str | None:
    """Why an unconstrained problem has no maximiser: it is affine, not constant, in a variable free to grow."""
    if problem.subject or problem.stationary or problem.each:
        return None
    for variable in problem.variables:
        array = array_of(variable)
        signs = (array.is_positive, array.is_nonnegative, array.is_nonpositive, array.is_nonzero)
        if not array.is_extended_real or array.is_integer or any(sign is not None for sign in signs):
            continue  # not free to grow both ways
        entry, indices = generic_entry(variable)
        slope = normal.expand_derivatives(normal.differentiate(problem.objective, entry))
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


class _Twos(dict[tuple[int, ...], Fraction]):
    """An array all of whose entries are 2."""

    def __missing__(self, key: tuple[int, ...]) -> Fraction:
        return Fraction(2)
