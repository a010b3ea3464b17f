"""About how many operations a relation takes at a point: where to stop looking, on every machine at the same point."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

from sympy import Expr, Function, Product, Sum

from verify.checks.numbers.far import QUICK
from verify.evaluate.codes.wholes import LONGEST
from verify.evaluate.points import Point
from verify.evaluate.special.integers import LARGEST_INDEX, integer_function
from verify.terms import Rel

HARD = 5  # operations of a special function
SQUARES = 2000  # to write down the n-th Bell number takes about n² by this
TERM = 0.5  # what an operation costs within a sum

Cost = Callable[[int], float]


def affordable(rel: Rel, points: Iterable[Point], most: float) -> Iterator[Point]:
    """The points, without those that cost more than is left of so many operations."""
    parts = (_cost(rel.lhs), _cost(rel.rhs))
    for point in points:
        size = max(map(abs, point.integers.values()), default=0)
        cost = sum(part(size) for part in parts)
        if cost <= most:
            most -= cost
            yield point


def _cost(e: Expr) -> Cost:
    """The operations of an expression, by the largest whole number of a point."""
    below = [_cost(a) for a in e.args if isinstance(a, Expr)]
    if isinstance(e, Sum | Product):
        body, depth = _cost(e.function), len(e.limits)
        return lambda size: 1 + (TERM * body(size) * (size + 1) ** depth if size <= LONGEST else 0)
    if not isinstance(e, Function) or isinstance(e, QUICK):
        return lambda size: 1 + sum(part(size) for part in below)
    grows = integer_function(type(e), len(e.args)) is not None
    return lambda size: (
        HARD + (size**2 / SQUARES if grows and size <= LARGEST_INDEX else 0) + sum(part(size) for part in below)
    )
