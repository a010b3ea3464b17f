"""The value of a core expression at a point, in any field."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from fractions import Fraction
from functools import cache
from typing import Any, TypeVar

import sympy
from sympy import Derivative, Dummy, Expr, Symbol

from verify.evaluate import arithmetic, calculus  # noqa: F401  # they register what they compile
from verify.evaluate.codes.code import Code, code, slot
from verify.evaluate.codes.wholes import bounds, must
from verify.evaluate.field import Element, Field, Key, Unsupported
from verify.evaluate.fields.duals import Bound, Dual, Duals
from verify.evaluate.points import Point
from verify.terms import Array

Env = Mapping[Symbol, int]
T = TypeVar("T")


class Evaluator:
    """Evaluates at ``point``, and remembers: what several expressions have in common is computed once.

    To compare many expressions that share most of their parts at the same points, give them all to one evaluator.
    For the codes (:mod:`verify.evaluate.codes.code`) it is the machine they run on: ``env`` holds the integers (sizes,
    indices, bound variables) by their slots, ``memo`` what was computed.
    """

    __slots__ = (
        "_above",
        "_wholes",
        "add",
        "below",
        "call",
        "counts",
        "env",
        "field",
        "inv",
        "lift",
        "memo",
        "mul",
        "own",
        "point",
        "power",
        "power_int",
    )
    own: frozenset[Any]
    below: Evaluator | None
    lift: Callable[[Element], Element]

    def __init__(self, field: Field, point: Point, env: dict[int, int] | None = None) -> None:
        self.field = field
        self.point = point
        self.env = slots_of(point).copy() if env is None else env
        self.memo: dict[Any, Any] = {}
        self.counts = point.counts
        self.own, self.below, self.lift = frozenset(), None, _same
        self.add, self.mul, self.inv = field.add, field.mul, field.inv
        self.power, self.power_int, self.call = field.power, field.power_int, field.call
        self._wholes: dict[int, Element] = {}
        self._above: dict[Key, Evaluator] = {}

    def __call__(self, e: Expr, env: Env | None = None) -> Element:
        """The value of ``e``; ``env`` holds sizes, indices and other integers, if not those of the point.

        Raises:
            Undefined: it has none at this point.
            Indeterminate: the precision does not suffice.
            Unsupported: an unknown function or construction.
        """
        return self.within(env, code(e))

    def integer(self, e: Expr, env: Env | None = None) -> int:
        """The value of an integer expression made of sizes, indices and words.

        Raises:
            Undefined: an entry out of its array's range.
            Unsupported: it is no integer here.
        """
        if env is not None and e in env:
            return env[e]
        return self.within(env, must(e))

    def ranges(self, limits: Sequence[Any], env: Env) -> Iterator[Env]:
        """All environments of a sum, the last limit outermost."""
        if not limits:
            yield env
            return
        *inner, limit = limits
        for value in self.within(env, bounds(limit)):
            yield from self.ranges(inner, {**env, limit[0]: value})

    def beside(self, field: Field) -> Evaluator:
        """An evaluator in another field, at the same point and among the same integers, whatever they become."""
        return Evaluator(field, self.point, self.env)

    def within(self, env: Env | None, run: Callable[[Evaluator], T]) -> T:
        """Run a code; ``env`` holds the integers, if not those that are in force."""
        if env is None or (env is self.point.integers and self.env == slots_of(self.point)):
            return run(self)
        return self._run({slot(symbol): value for symbol, value in env.items()}, run)

    def _run(self, env: Mapping[int, int], run: Callable[[Evaluator], T]) -> T:
        """Run a code among other integers. Evaluators above and below share the dictionary, so it stays the same."""
        before = self.env.copy()
        self.env.clear()
        self.env.update(env)
        try:
            return run(self)
        finally:
            self.env.clear()
            self.env.update(before)

    # -- for the codes ----------------------------------------------------------------------------------------

    def whole(self, value: int) -> Element:
        """An integer as an element of the field."""
        found = self._wholes.get(value)
        if found is None:
            found = self._wholes[value] = self.field.const(Fraction(value))
        return found

    def defined(self, array: Array, at: Sequence[int], body: Callable[[Evaluator], T]) -> T:
        """What a definition stands for at some indices; its body sees the point's integers and those."""
        assert array.definition is not None
        return self._run(
            {**slots_of(self.point), **dict(zip(map(slot, array.definition.indices), at, strict=True))}, body
        )

    def bound(self, values: dict[Key, Element]) -> Evaluator:
        """The same with some symbols given values of their own."""
        return self.upon(Bound(self.field, values), frozenset(key[0] for key in values), _same)

    def dual(self, by: Key) -> Evaluator:
        """The same with dual numbers, differentiating by what ``by`` names."""
        above = self._above.get(by)
        if above is None:
            field = Duals(self.field, by, self.rule)
            above = self._above[by] = self.upon(field, frozenset((by[0],)), Dual)
        return above

    def upon(self, field: Field, own: frozenset[Any], lift: Callable[[Element], Element]) -> Evaluator:
        """The same point in a field above this one, to which ``lift`` leads; ``own`` are the variables only it has."""
        above = self.beside(field)
        above.below, above.own, above.lift = self, own, lift
        return above

    def rule(self, function: Any, position: int, values: Sequence[Element]) -> Element:
        """The partial derivative of one function, by SymPy's table, at given values."""
        derivative, variables = _table(function, position, len(values))
        return derivative(self.bound({(v,): value for v, value in zip(variables, values, strict=True)}))


def slots_of(point: Point) -> dict[int, int]:
    """The integers of a point by their slots; not to be changed."""
    slots = point.slots
    if not slots:
        slots.update((slot(symbol), value) for symbol, value in point.integers.items())
    return slots


def _same(value: Element) -> Element:
    return value


@cache
def _table(function: Any, position: int, arity: int) -> tuple[Code, tuple[Dummy, ...]]:
    variables = tuple(Dummy(f"u{i}") for i in range(arity))
    try:
        derivative = function(*variables).fdiff(position + 1)
    except (AttributeError, sympy.core.function.ArgumentIndexError) as error:
        raise Unsupported(f"no derivative is known for {function.__name__}") from error
    if derivative.has(Derivative):
        raise Unsupported(f"no derivative is known for {function.__name__}")
    return code(derivative), variables
