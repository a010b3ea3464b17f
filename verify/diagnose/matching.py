"""What may stand for what in two sums or products, and their factors with the places where they stand."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import permutations
from typing import TypeAlias, TypeVar

from sympy import Expr, Rational, S

from verify.diagnose.search import apart, tree
from verify.diagnose.search.tree import Part
from verify.frozen import dataclass

_A = TypeVar("_A")
_B = TypeVar("_B")

Matching: TypeAlias = tuple[list[tuple[_A, _B]], list[_A], list[_B]]
"""What stands for what, what is too much, and what is missing."""


def matched(left: Sequence[_A], right: Sequence[_B], most: int) -> Iterator[Matching[_A, _B]]:
    """What may stand for what, what is too much and what is missing: every way to match two short lists."""
    if max(len(left), len(right)) > most:
        return
    for order in sorted({*permutations([*range(len(right)), *[-1] * len(left)], len(left))}):
        pairs = [(a, right[i]) for a, i in zip(left, order, strict=True) if i >= 0]
        surplus = [a for a, i in zip(left, order, strict=True) if i < 0]
        missing = [b for i, b in enumerate(right) if i not in order]
        if len(pairs) + len(surplus) + len(missing) <= most:
            yield pairs, surplus, missing


@dataclass(frozen=True)
class Factor:
    """A factor, or what is divided by; ``place`` is where it stands, if it stands there by itself."""

    node: Expr
    below: bool
    whole: Part
    place: Part | None

    @property
    def value(self) -> Expr:
        """What the product is multiplied by."""
        return 1 / self.node if self.below else self.node


def factors_of(part: Part) -> Iterator[Factor]:
    """The factors of a product and of the quotients in it, but for the numbers."""
    for f in apart.factors(part.node, part.path):
        above = tree.at(part.node, f.path[len(part.path) : -1]) if f.path != part.path else part.parent
        whole = Part(f.path, f.whole, above)
        if f.base is None:
            yield Factor(f.whole, f.below, whole, whole)
        else:
            place = Part((*f.path, 0), f.base, f.whole) if f.whole.exp == -1 else None
            yield Factor(1 / f.whole, not f.below, whole, place)


@dataclass(frozen=True)
class Product:
    """Factors and the number before them, which may stand in one place."""

    factors: list[Factor]
    place: tree.Path | None = None
    value: Rational = S.One
