"""What integrals, sums and limits share: the field they stand on, and values that are remembered."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Collection, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from sympy import Symbol

from verify.evaluate.codes.code import slot
from verify.evaluate.effort import spend, spent
from verify.evaluate.field import Element, Field, Unsupported
from verify.evaluate.fields.balls import Balls, precision
from verify.evaluate.fields.duals import Bound
from verify.evaluate.fields.holomorphic import Holomorphic
from verify.terms import Array

if TYPE_CHECKING:
    from verify.evaluate.evaluator import Evaluator

GOAL = 116  # bits: what is promised for support, and a little more
BEYOND = 54  # bits to work with beyond the goal
REMEMBERED = 512
_known: OrderedDict[Any, Any] = OrderedDict()
_times = [1]


@contextmanager
def deeply(times: int) -> Iterator[None]:
    """Integrals, sums and limits are computed to so many times as many digits as usual, as far as they can be."""
    before, _times[0] = _times[0], times
    try:
        yield
    finally:
        _times[0] = before


def times() -> int:
    """How many times as many digits as usual are wanted now."""
    return _times[0]


def goal() -> int:
    """How many bits of an integral, a sum or a limit are wanted now."""
    return GOAL * _times[0]


def field_below(field: Field, what: str) -> Any:
    """The field below the symbols that were given values.

    Raises:
        Unsupported: it is none of balls.
    """
    while isinstance(field, Bound):
        field = field.inner
    if not isinstance(field, Balls | Holomorphic):
        raise Unsupported(what)
    return field


def balls_below(field: Field, what: str) -> Balls:
    """The same, where it has to be numbers that do not vary.

    Raises:
        Unsupported: they vary.
    """
    below = field_below(field, what)
    if not isinstance(below, Balls):
        raise Unsupported(f"{what} with a parameter that varies")
    return below


def fresh(m: Evaluator, base: Balls) -> Evaluator:
    """The same point, at the precision in force; ``m`` itself where symbols have been given values."""
    return m if m.below is not None else m.beside(Balls(m.point, base.real))


def remembering(
    node: object, m: Evaluator, base: Balls, symbols: Collection[Symbol], compute: Callable[[Evaluator], Element]
) -> Element:
    """A value to some forty digits (:func:`deeply`: more), whatever the precision in force; once for each point.

    A value that is remembered counts as much work as it took: who asked for it before makes no difference.
    """
    if m.below is not None or any(isinstance(s, Array) for s in symbols):
        return compute(m)
    values = [m.point.scalars.get(s, m.env.get(slot(s))) for s in sorted(symbols, key=str)]
    key = (node, base.real, tuple(values), m.point.variant, times())
    found = _known.get(key)
    if found is not None:
        spend(found[1])
        return found[0]
    before = spent()
    with precision(goal() + BEYOND):
        value = compute(fresh(m, base))
    _known[key] = value, spent() - before
    if len(_known) > REMEMBERED:
        _known.popitem(last=False)
    return value
