"""A field to work in: large and fine enough, and kept with the facts while they are asked about."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Sequence
from functools import lru_cache
from typing import Any, TypeVar

from sympy import Expr

from verify.normal.algebra.field import Field
from verify.normal.algebra.limits import MAX_KERNELS, Restart, TooLarge
from verify.normal.domain import Scan, imply

T = TypeVar("T")
SIZES = (*range(4, 12), 12, 14, 16, 20, 24, 30, 36, 44, 54, 66, 80, 100, 120, 150, 180, 220, 270, 330, MAX_KERNELS)
MAX_KEPT = 60  # kernels of a field that is kept: arithmetic gets slower with their number
MAX_RESTARTS = 24


class Plain:
    """No facts but those that symbols and indices carry themselves."""

    real_mode = True
    silent = True

    def sign(self, e: Expr) -> int | None:
        if e.is_positive:
            return 4
        if e.is_negative:
            return 1
        return 7 if e.is_real else None

    def nonnegative(self, e: Expr) -> bool:
        return bool(e.is_nonnegative)

    def real(self, e: Expr) -> bool:
        return bool(e.is_extended_real)

    def integer(self, e: Expr) -> bool:
        return bool(e.is_integer)

    def within(self, e: Expr, lo: Expr, hi: Expr) -> bool:
        lower, upper = getattr(e, "lower", e), getattr(e, "upper", e)
        return bool(e.is_integer and (lower - lo).is_nonnegative and (hi - upper).is_nonnegative)

    def distinct(self, a: Expr, b: Expr) -> bool:
        return bool((a - b).is_zero is False)

    def nonempty(self, lo: Expr, hi: Expr) -> bool:
        return bool((hi - lo).is_nonnegative)


PLAIN = Plain()


def in_field(
    sides: Sequence[Expr],
    facts: Any,
    work: Callable[[Field], T],
    scan: Scan | None = None,
    implied: bool = False,
    logarithmic: bool = False,
) -> T:
    """Run ``work`` in a field that is large and fine enough.

    ``scan`` lets the field read the sides as asserted only where they are real; ``implied`` also uses the signs that
    follow from that, ``logarithmic`` writes inverse hyperbolic functions as logarithms. What follows from the facts
    alone is remembered with them while the same sides are asked about: a line of a derivation is compared with the
    lines before and after it.
    """
    scan, real = (Scan(sides, facts), False) if scan is None else (scan, scan.real)
    shelf = {} if implied or logarithmic else _shelf(facts)
    size = _size(scan.nodes + 2)
    grains: dict[str, int] = {}
    for _ in range(MAX_RESTARTS):
        kept = shelf.pop(real, None)
        if kept is not None and not any(side in kept.memo for side in sides):
            kept = None  # arithmetic is the faster, the fewer generators there are
        field = Field(facts, SIZES[size], grains, real, logarithmic) if kept is None else kept
        field.relations = {}
        try:
            if implied:
                imply(field, scan)
            found = work(field)
            if field.count <= MAX_KEPT and not field.converges:  # conditions of one claim are not another's
                shelf[real] = field
            return found
        except Restart as restart:
            grains = field.grains
            if restart.args == ("slots",):
                wanted = field.slots * 2 if kept is None else min(kept.count, MAX_KEPT) + scan.nodes
                if SIZES[size] == MAX_KERNELS:
                    raise TooLarge(f"more than {MAX_KERNELS} kernels") from None
                size = max(size + 1, _size(wanted))
        except RecursionError:
            raise TooLarge("nested too deep") from None
    raise TooLarge("exponents keep getting finer")


def _size(kernels: int) -> int:
    """The smallest size of a field with room for so many kernels."""
    return min(bisect_left(SIZES, kernels), len(SIZES) - 1)


@lru_cache(maxsize=16)
def _shelf(facts: Any) -> dict[bool, Field]:
    """The fields that are kept with these facts, by whether they read everything as real."""
    return {}
