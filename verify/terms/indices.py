"""Indices with their ranges."""

from __future__ import annotations

from functools import cache
from typing import Any

from sympy import Expr, Symbol, sympify

from verify.frozen import dataclass


class Index(Symbol):
    """An integer symbol that runs from ``lower`` to ``upper`` inclusive: a word of a vocabulary, a position."""

    __slots__ = ("lower", "upper")
    lower: Expr
    upper: Expr

    def __new__(cls, name: str, lower: Expr | int = 1, upper: Expr | int = 1) -> Index:
        return _index(name, sympify(lower, strict=True), sympify(upper, strict=True))

    def _hashable_content(self) -> tuple[Any, ...]:
        return (*super()._hashable_content(), self.lower, self.upper)

    def __getnewargs_ex__(self) -> tuple[tuple[Any, ...], dict[str, Any]]:
        return (self.name, self.lower, self.upper), {}


@cache
def _index(name: str, lower: Expr, upper: Expr) -> Index:
    """One object for one index: they are looked up so often that identity has to decide."""
    obj: Index = Symbol.__xnew__(Index, name, integer=True)
    obj.lower, obj.upper = lower, upper
    return obj


@dataclass(frozen=True)
class Axis:
    """The range of one index of an array, ``lower`` to ``upper`` inclusive."""

    lower: Expr
    upper: Expr

    def __post_init__(self) -> None:
        object.__setattr__(
            self, "lower", sympify(self.lower, strict=True)
        )  # an int is equal to an Integer, and not the same
        object.__setattr__(self, "upper", sympify(self.upper, strict=True))

    @property
    def size(self) -> Expr:
        """How many values the index takes."""
        return self.upper - self.lower + 1
