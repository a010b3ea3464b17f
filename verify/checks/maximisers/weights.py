"""Weights and blocks of an objective ``Σ aᵢ log pᵢ`` or ``Π pᵢ^aᵢ`` on probability tables, read off at a point.

A problem is read once, to functions of the evaluator that run over the values of its indices.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import cached_property, lru_cache
from typing import Any, TypeAlias, TypeVar

from flint import fmpq
from sympy import Add, Expr, Indexed, Mul, Pow, Product, Sum, log

from verify.checks.maximisers.problems import array_of
from verify.evaluate.codes.code import Code, code, slot
from verify.evaluate.codes.wholes import bounds, must
from verify.evaluate.evaluator import Evaluator
from verify.evaluate.fields.exact import ONE, ZERO, Exact
from verify.evaluate.points import Point
from verify.frozen import dataclass
from verify.model import Relation
from verify.terms import Array, ForAll, Frac, Problem, Rel, free

T = TypeVar("T")
Key: TypeAlias = tuple[object, ...]
Totals: TypeAlias = dict[Key, fmpq]
Block: TypeAlias = tuple[tuple[Key, ...], fmpq]
Reading: TypeAlias = Callable[[Evaluator, T, fmpq], None]
"""Reads something off at a point, adding it to what is found already; weights are multiplied by a number."""


class OtherForm(Exception):
    """The problem is not of the form that this check knows."""


@dataclass(frozen=True)
class Weights:
    """``Σ weight·log p`` for each entry, and the blocks of entries that sum to a given total."""

    weights: Totals
    blocks: tuple[Block, ...]

    @cached_property
    def maximiser(self) -> Totals:
        """The one maximiser, by Gibbs' inequality.

        Raises:
            OtherForm: a weight is not positive, or the blocks do not cover the entries once each.
        """
        found: Totals = {}
        for keys, total in self.blocks:
            weights = [self.weights.get(key, ZERO) for key in keys]
            if total <= 0 or any(w <= 0 for w in weights) or any(key in found for key in keys):
                raise OtherForm
            whole = sum(weights, ZERO)
            found |= {key: total * w / whole for key, w in zip(keys, weights, strict=True)}
        if set(self.weights) - set(found):
            raise OtherForm
        return found


def weights(problem: Problem, point: Point) -> Weights:
    """The weights and blocks of a problem on concrete data.

    Raises:
        OtherForm: it is not a weighted sum of logarithms, or a monomial, on probability tables.
    """
    total: Totals = {}
    blocks: list[Block] = []
    objective, subject = _reading(problem)
    machine = Evaluator(Exact(point), point)
    objective(machine, total, ONE)
    subject(machine, blocks, ONE)
    return Weights(total, tuple(blocks))


def readable(problem: Problem) -> bool:
    """Whether a problem has the form that is known here, on some data at least."""
    return _reading(problem) != _NOT_READ


@lru_cache(maxsize=256)
def _reading(problem: Problem) -> tuple[Reading[Totals], Reading[list[Block]]]:
    """What reads the weights off a problem, and what reads its blocks, at any point."""
    if problem.stationary or len(problem.variables) != 1:
        return _NOT_READ
    array = array_of(problem.variables[0])
    if not isinstance(array, Array) or not array.is_positive:
        return _NOT_READ
    reader = _Reader(array)
    try:
        try:
            objective = reader.logarithms(problem.objective)
        except OtherForm:
            objective = reader.monomial(problem.objective)
        subject = _all([reader.blocks(constraint) for constraint in problem.subject])
    except OtherForm:
        return _NOT_READ
    each = [(i, i.lower, i.upper) for i in problem.each]
    return _over(each, objective), _over(each, subject)


def _other_form(machine: Evaluator, into: Any, scale: fmpq) -> None:
    raise OtherForm


_NOT_READ = (_other_form, _other_form)


def _all(parts: Sequence[Reading[T]]) -> Reading[T]:
    def read(machine: Evaluator, into: T, scale: fmpq) -> None:
        for part in parts:
            part(machine, into, scale)

    return read


def _over(limits: Sequence[Any], body: Reading[T]) -> Reading[T]:
    """The same for all values of some indices, the last limit outermost."""
    for limit in limits:
        body = _each(limit, body)
    return body


def _each(limit: Any, body: Reading[T]) -> Reading[T]:
    steps, bound = bounds(limit), slot(limit[0])

    def read(machine: Evaluator, into: T, scale: fmpq) -> None:
        env = machine.env
        before = env.copy()
        for value in steps(machine):
            env[bound] = value
            body(machine, into, scale)
        env.clear()
        env.update(before)

    return read


class _Reader:
    """Compiles what reads ``Σ a·log p`` or ``Π p^a`` off an expression, for the entries p of an array."""

    def __init__(self, array: Array) -> None:
        self.array = array

    def varies(self, e: Expr) -> bool:
        return self.array in free(e)

    def logarithms(self, e: Expr) -> Reading[Totals]:
        if not self.varies(e):
            return _all([])
        if isinstance(e, log):
            return self.monomial(e.args[0])
        if isinstance(e, Add):
            return _all([self.logarithms(part) for part in e.args])
        if isinstance(e, Sum):
            return _over(e.limits, self.logarithms(e.function))
        if isinstance(e, Mul):
            varying = [part for part in e.args if self.varies(part)]
            if len(varying) == 1:
                factors = [code(part) for part in e.args if part is not varying[0]]
                return _scaled(factors, self.logarithms(varying[0]))
        raise OtherForm

    def monomial(self, e: Expr) -> Reading[Totals]:
        if not self.varies(e):
            return _positive(code(e))
        if isinstance(e, Indexed):
            return self._entry(e)
        if isinstance(e, Mul):
            return _all([self.monomial(part) for part in e.args])
        if isinstance(e, Product):
            return _over(e.limits, self.monomial(e.function))
        if isinstance(e, Frac):
            below = _scaled([lambda machine: -ONE], self.monomial(e.denominator))
            return _all([self.monomial(e.numerator), below])
        if isinstance(e, Pow) and not self.varies(e.exp):
            return _scaled([code(e.exp)], self.monomial(e.base))
        raise OtherForm

    def _entry(self, e: Indexed) -> Reading[Totals]:
        indices, array = [must(i) for i in e.indices], self.array

        def read(machine: Evaluator, into: Totals, scale: fmpq) -> None:
            key = (array, *[i(machine) for i in indices])
            into[key] = into.get(key, ZERO) + scale

        return read

    def blocks(self, p: object) -> Reading[list[Block]]:
        """Reads off which entries sum to what, of ``Σ p[…] = s``."""
        if isinstance(p, ForAll):
            return _each((p.index, p.index.lower, p.index.upper), self.blocks(p.body))
        if not (isinstance(p, Rel) and p.op is Relation.EQ and isinstance(p.lhs, Sum)):
            raise OtherForm
        term = p.lhs.function
        if not isinstance(term, Indexed) or term.base.label != self.array or self.varies(p.rhs):
            raise OtherForm
        entries, total = _over(p.lhs.limits, self._entry(term)), code(p.rhs)

        def read(machine: Evaluator, into: list[Block], scale: fmpq) -> None:
            counted: Totals = {}
            entries(machine, counted, ONE)
            if any(times != 1 for times in counted.values()):
                raise OtherForm
            into.append((tuple(counted), total(machine)))

        return read


def _scaled(factors: Sequence[Code], body: Reading[Totals]) -> Reading[Totals]:
    def read(machine: Evaluator, into: Totals, scale: fmpq) -> None:
        for factor in factors:
            scale = scale * factor(machine)
        body(machine, into, scale)

    return read


def _positive(value: Code) -> Reading[Totals]:
    def read(machine: Evaluator, into: Totals, scale: fmpq) -> None:
        if value(machine) <= 0:
            raise OtherForm

    return read
