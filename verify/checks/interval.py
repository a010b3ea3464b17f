"""Where the givens confine one real variable to."""

from __future__ import annotations

from sympy import Expr, S, Symbol, oo

from verify.frozen import dataclass
from verify.model import GREATER, LESS, MIRRORED, ORDERS, Givens, Relation
from verify.occurs import free_symbols
from verify.terms import Rel, free


@dataclass(frozen=True)
class Interval:
    """Where the variable lies; ``closed`` says which of the ends belong to it."""

    low: Expr
    high: Expr
    closed: tuple[bool, bool] = (True, True)

    @property
    def extended(self) -> bool:
        """At a single point no derivative tells anything."""
        return bool(self.low < self.high)

    def around(self, x: Symbol) -> tuple[Rel, ...]:
        """The inside of the interval, as conditions: there the derivatives are looked at."""
        lower = () if self.low is -oo else (Rel(Relation.GT, x, self.low),)
        return lower if self.high is oo else (*lower, Rel(Relation.LT, x, self.high))


def interval_of(givens: Givens, x: Symbol) -> Interval | None:
    """Where the givens confine a real symbol to; ``None`` where they say more of it than two numbers can."""
    low, high = (S.Zero if x.is_nonnegative else -oo), (S.Zero if x.is_nonpositive else oo)
    left, right = not x.is_positive, not x.is_negative
    for c in givens.constraints:
        if x not in free_symbols((c,)):
            continue
        if not isinstance(c, Rel) or c.op not in ORDERS:
            return None
        op, bound = (c.op, c.rhs) if c.lhs == x else (MIRRORED[c.op], c.lhs)
        if x not in (c.lhs, c.rhs) or free(bound) or not bound.is_real:
            return None
        if op in GREATER and bool(bound >= low):
            low, left = bound, op is Relation.GE and (left or bool(bound > low))
        if op in LESS and bool(bound <= high):
            high, right = bound, op is Relation.LE and (right or bool(bound < high))
    if x.is_zero is False and bool(low < 0) and bool(high > 0):
        return None  # two intervals
    return Interval(low, high, (left, right))
