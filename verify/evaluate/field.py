"""What the evaluator asks of a kind of number, and how it says that there is no value.

A *field* here is a kind of number together with the point at which symbols are looked up.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from fractions import Fraction
from typing import Any, Protocol, TypeAlias

from sympy import Expr

Element: TypeAlias = Any
Key: TypeAlias = tuple[Any, ...]  # (symbol,) or (array, i, j, …)
Truth: TypeAlias = Any  # True, False, None (not known), or an array of booleans


class Undefined(ArithmeticError):
    """The expression has no value at this point: a pole, 0/0, a logarithm that leaves the reals."""


class Indeterminate(Undefined):
    """The precision does not suffice to tell (which branch, whether a denominator vanishes)."""


class Unsupported(ArithmeticError):
    """The evaluator does not know this function or construction."""


class Field(Protocol):
    """A kind of number with a point to look symbols up in."""

    real: bool

    def lookup(self, key: Key) -> Element: ...
    def const(self, value: Fraction) -> Element: ...
    def number(self, value: Expr) -> Element: ...
    def add(self, a: Element, b: Element) -> Element: ...
    def mul(self, a: Element, b: Element) -> Element: ...
    def inv(self, a: Element) -> Element: ...
    def power(self, base: Element, exponent: Element) -> Element: ...
    def power_int(self, base: Element, exponent: int) -> Element: ...
    def call(self, function: type[Expr], args: Sequence[Element]) -> Element: ...
    def less(self, a: Element, b: Element, strict: bool) -> Truth: ...
    def equal(self, a: Element, b: Element) -> Truth: ...
    def select(self, cases: Sequence[tuple[Truth, Callable[[], Element]]]) -> Element: ...


def first_case(cases: Sequence[tuple[Truth, Callable[[], Element]]]) -> Element:
    """The value of the first case that holds.

    Raises:
        Indeterminate: whether a case holds before that cannot be told.
        Undefined: no case holds.
    """
    for truth, thunk in cases:
        if truth is None:
            raise Indeterminate("which case holds cannot be told")
        if truth:
            return thunk()
    raise Undefined("no case holds")
