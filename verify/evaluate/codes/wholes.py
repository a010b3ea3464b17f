"""Integer expressions, made of sizes, indices, words and counts, compiled to functions that give a Python int."""

from __future__ import annotations

import operator
from collections.abc import Callable
from functools import lru_cache, reduce
from operator import itemgetter
from typing import TYPE_CHECKING, Any, TypeAlias

from sympy import (
    Add,
    Expr,
    Function,
    Indexed,
    Integer,
    KroneckerDelta,
    Max,
    Min,
    Mul,
    Piecewise,
    Pow,
    S,
    Sum,
    Symbol,
    ceiling,
    floor,
)

from verify.evaluate.codes.code import Code, fresh, put_back, reach, slot, whole_slots
from verify.evaluate.codes.conditions import condition
from verify.evaluate.field import Undefined, Unsupported
from verify.evaluate.special.integers import integer_function
from verify.terms import Array, Frac, written_out

if TYPE_CHECKING:
    from verify.evaluate.evaluator import Evaluator

Whole: TypeAlias = Callable[["Evaluator"], int]
LARGEST_POWER = 10_000
LONGEST = 100_000  # terms of one sum
_NO_WORDS: dict[tuple[int, ...], int] = {}


def integral(e: Expr) -> Whole | None:
    """The code of an expression all of whose symbols are integers by their declarations, like :func:`whole`."""
    return whole(e) if all(s.is_integer for s in reach(e)) else None


def or_else(e: Expr, general: Callable[[], Code]) -> Code:
    """The code of ``e`` as an integer where it is one, as anything else where not (or not at this point)."""
    number = integral(e)
    if number is None:
        return general()
    made: list[Code] = []

    def run(m: Evaluator) -> Any:
        try:
            return m.whole(number(m))
        except Unsupported:
            if not made:
                made.append(general())
            return made[0](m)

    return run


@lru_cache(maxsize=1 << 14)
def whole(e: Expr) -> Whole | None:
    """The code of an integer expression; ``None`` where its form is none that is known here.

    When it is run it raises Unsupported for a symbol that has no integer value, Undefined outside an array's range.
    """
    if isinstance(e, Integer):
        value = int(e)
        return lambda m: value
    if isinstance(e, Symbol):
        return _symbol(e)
    if isinstance(e, Add):
        return _fold(e, operator.add)
    if isinstance(e, Mul):
        return _fold(e, operator.mul)
    if isinstance(e, Max):
        return _fold(e, max)
    if isinstance(e, Min):
        return _fold(e, min)
    if isinstance(e, KroneckerDelta):
        return _delta(e)
    if isinstance(e, Indexed):
        return _entry(e)
    if isinstance(e, Pow):
        return _power(e)
    if isinstance(e, Sum):
        return _sum(e)
    if isinstance(e, Piecewise):
        return _cases(e)
    if isinstance(e, floor | ceiling | Frac):
        return _quotient(e)
    if isinstance(e, Function):
        return _function(e)
    return None


def must(e: Expr) -> Whole:
    """The code of what has to be an integer; Unsupported when it is run and is none."""
    found = whole(e)
    if found is not None:
        return found

    def run(m: Evaluator) -> int:
        raise Unsupported(f"{e} is not a whole number here")

    return run


def _symbol(e: Symbol) -> Whole:
    number = slot(e)

    def run(m: Evaluator) -> int:
        try:
            return m.env[number]
        except KeyError:
            raise Unsupported(f"{e} is not a whole number here") from None

    return run


def _parts(e: Expr) -> list[Whole] | None:
    parts = [whole(a) for a in e.args]
    return None if None in parts else parts  # type: ignore[return-value]  # no None is left


def _fold(e: Expr, combine: Callable[[int, int], int]) -> Whole | None:
    parts = _parts(e)
    if parts is None:
        return None
    if len(parts) == 2:
        first, second = parts
        return lambda m: combine(first(m), second(m))
    return lambda m: reduce(combine, [part(m) for part in parts])


def _delta(e: KroneckerDelta) -> Whole | None:
    parts = _parts(e)
    if parts is None:
        return None
    first, second = parts
    return lambda m: 1 if first(m) == second(m) else 0


def _power(e: Pow) -> Whole | None:
    parts = _parts(e)
    if parts is None:
        return None
    base, exponent = parts

    def run(m: Evaluator) -> int:
        power = exponent(m)
        if not 0 <= power < LARGEST_POWER:
            raise Unsupported(f"{e} is not a whole number here")
        return int(base(m) ** power)

    return run


def _quotient(e: Expr) -> Whole | None:
    """A quotient rounded down or up, or as it is where the denominator divides the numerator."""
    top, bottom = e.args if isinstance(e, Frac) else written_out(e.args[0]).as_numer_denom()
    numerator, denominator = whole(top), whole(bottom)
    if numerator is None or denominator is None:
        return None
    rounding = type(e)

    def run(m: Evaluator) -> int:
        a, b = numerator(m), denominator(m)
        if b == 0:
            raise Undefined("a division by zero")
        if rounding is Frac and a % b:
            raise Unsupported(f"{e} is not a whole number here")
        return -(-a // b) if rounding is ceiling else a // b

    return run


def _function(e: Expr) -> Whole | None:
    parts, function = _parts(e), integer_function(type(e), len(e.args))
    if parts is None or function is None:
        return None
    return lambda m: function(*[part(m) for part in parts])


def _entry(e: Indexed) -> Whole | None:
    array = e.base.label
    if not isinstance(array, Array):
        return None
    indices = [must(i) for i in e.indices]
    if array.definition is not None:
        body = whole(array.definition.body)
        return None if body is None else _remembered(e, lambda m: m.defined(array, [i(m) for i in indices], body))
    if array.values is None:
        return None

    number = fresh()
    (first, *more) = indices

    def run(m: Evaluator) -> int:
        table = m.memo.get(number)
        if table is None:
            table = m.memo[number] = m.point.words.get(array, _NO_WORDS)
        at = (first(m), *[i(m) for i in more]) if more else (first(m),)
        try:
            return int(table[at])
        except KeyError:
            if table is _NO_WORDS:
                raise Unsupported(f"{e} is not a whole number here") from None
            raise Undefined(f"{array}[{', '.join(map(str, at))}] is out of range") from None

    return run


def _sum(e: Sum) -> Whole | None:
    body = whole(e.function)
    if body is None:
        return None
    for limit in e.limits:
        body = _loop(body, limit)
    return _remembered(e, body)


def _loop(body: Whole, limit: Any) -> Whole:
    steps = bounds(limit)
    bound = slot(limit[0])

    def run(m: Evaluator) -> int:
        env = m.env
        before = env.get(bound)
        total = 0
        try:
            for value in steps(m):
                env[bound] = value
                total += body(m)
        finally:
            put_back(env, bound, before)
        return total

    return run


def bounds(limit: Any) -> Callable[[Evaluator], range]:
    """The values of a bound index, as a code; Unsupported when it is run and they are none, or too many."""
    if len(limit) != 3:
        return _no_range("a sum without a range")
    _, lower, upper = limit
    if lower in (S.NegativeInfinity, S.Infinity) or upper in (S.NegativeInfinity, S.Infinity):
        return _no_range("an infinite sum")
    first, last = must(lower), must(upper)

    def run(m: Evaluator) -> range:
        start, end = first(m), last(m)
        if end - start > LONGEST:
            raise Unsupported(f"a sum of {end - start} terms")
        return range(start, end + 1)

    return run


def _no_range(reason: str) -> Callable[[Evaluator], range]:
    def run(m: Evaluator) -> range:
        raise Unsupported(reason)

    return run


def _cases(e: Piecewise) -> Whole | None:
    cases = []
    for value, holds in e.args:
        number = whole(value)
        if number is None:
            return None
        cases.append((condition(holds), number))

    def run(m: Evaluator) -> int:
        for holds, number in cases:
            if holds(m) is True:
                return number(m)
        raise Unsupported(f"{e} is not a whole number here")

    return run


def _remembered(e: Expr, run: Whole) -> Whole:
    """The same, computed once at a point for each combination of the integers that it depends on."""
    number, slots = fresh(), whole_slots(e)
    pick = itemgetter(*slots) if slots else lambda env: None

    def recall(m: Evaluator) -> int:
        try:
            key = (number, pick(m.env))
        except KeyError:
            raise Unsupported(f"{e} is not a whole number here") from None
        found = m.counts.get(key)
        if found is None:
            found = m.counts[key] = run(m)
        return found

    return recall
