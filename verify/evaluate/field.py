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
    """A kind of number with a point to look symbols up in; ``real`` says that no complex number can occur.

    Every method raises :class:`Undefined` where there is no value, :class:`Indeterminate` where that cannot be told,
    :class:`Unsupported` for what this kind of number does not know.
    """

    real: bool

    def lookup(self, key: Key) -> Element:
        """The value of a symbol, or of an entry of an array."""

    def const(self, value: Fraction) -> Element:
        """A rational number."""

    def number(self, value: Expr) -> Element:
        """π, e, i and their like."""

    def add(self, a: Element, b: Element) -> Element:
        """``a + b``."""

    def mul(self, a: Element, b: Element) -> Element:
        """``a b``."""

    def inv(self, a: Element) -> Element:
        """``1/a``."""

    def power(self, base: Element, exponent: Element) -> Element:
        """The principal value of ``base`` to any power; 1 for ``0⁰``."""

    def power_int(self, base: Element, exponent: int) -> Element:
        """``base`` to a whole power."""

    def call(self, function: type[Expr], args: Sequence[Element]) -> Element:
        """One of SymPy's functions, or of ours."""

    def less(self, a: Element, b: Element, strict: bool) -> Truth:
        """``a < b``, or ``a ≤ b``."""

    def equal(self, a: Element, b: Element) -> Truth:
        """``a = b``."""

    def select(self, cases: Sequence[tuple[Truth, Callable[[], Element]]]) -> Element:
        """The value of the first case that holds."""


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
