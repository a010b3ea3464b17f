"""What is taken as true of a special function: one entry a formula, each with its source.

An :class:`Axiom` gives the value of a function at arguments of a certain shape; a :class:`Shift` relates neighbours, so
that arguments which differ by integers come to one representative. Both are plain statements, which the tests sample.
Symbols carry their domain; ``given`` says what else has to be known before an entry is used.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from sympy import Derivative, Expr

from verify.frozen import dataclass
from verify.model import Relation
from verify.normal.algebra.field import Field
from verify.normal.algebra.ratio import Ratio
from verify.normal.axioms.formula import Formula, Variable, replaced

HERE, NEXT = Variable("f₀"), Variable("f₁")
"""The function at the argument of a :class:`Shift`, and at one more."""

Rule = Callable[[Field, tuple[Ratio, ...]], Ratio | None]


Condition = tuple[Relation, Formula, Formula]
"""What has to be known: the left side stands in that relation to the right one."""


@dataclass(frozen=True)
class Axiom:
    """``function(*args) = value``. An argument is a number, a symbol, or linear in a symbol."""

    function: Any
    args: tuple[Formula, ...]
    value: Formula
    source: str
    given: tuple[Condition, ...] = ()
    removable: tuple[Formula, ...] = ()
    """What may vanish although the function is defined: used if it is known not to, or depends on no integer (then
    both sides are continuous there)."""
    definition: bool = False
    """The function's definition, its series, or its initial value: nothing here that is more general tells it."""

    def statements(self) -> list[tuple[Expr, Expr]]:
        """What can be sampled."""
        return [(self.function(*self.args).expression(), self.value.expression())]


@dataclass(frozen=True)
class Shift:
    """``f(…, v + order, …) = up`` and ``f(…, v − 1, …) = down`` in terms of ``HERE`` = f(v) and ``NEXT`` = f(v + 1).

    ``first`` is where the representative of a whole number lies: ``first`` and above come down to it, what is below it
    goes up to ``first − 1`` (or to ``first`` too, where nothing ``separates`` them); ``halves`` of odd numbers come to
    −1/2 rather than 1/2.
    """

    function: Any
    args: tuple[Formula, ...]
    variable: Variable
    up: Formula
    down: Formula
    source: str
    order: int = 1
    first: int = 0
    separated: bool = False
    halves: bool = False
    given: tuple[Condition, ...] = ()
    nonzero_up: tuple[Formula, ...] = ()
    nonzero_down: tuple[Formula, ...] = ()
    definition: bool = False
    """As for an :class:`Axiom`: the difference equation that defines the function."""

    def statements(self) -> list[tuple[Expr, Expr]]:
        """What can be sampled."""

        def at(step: int) -> Formula:
            args = (replaced(a, self.variable, self.variable + step) if step else a for a in self.args)
            found: Formula = self.function(*args)
            return found

        def value(e: Formula) -> Expr:
            return replaced(replaced(e, HERE, at(0)), NEXT, at(1)).expression()

        return [(at(self.order).expression(), value(self.up)), (at(-1).expression(), value(self.down))]


@dataclass(frozen=True)
class Slope:
    """The derivative of ``function(*args)`` by the symbol ``by``."""

    function: Any
    args: tuple[Formula, ...]
    by: Variable
    value: Formula
    source: str
    definition: bool = False
    """As for an :class:`Axiom`: the function is defined by its derivative, or that has a name of its own."""

    def statements(self) -> list[tuple[Expr, Expr]]:
        """What can be sampled."""
        here = self.function(*self.args).expression()
        return [(Derivative(here, self.by.expression(), evaluate=False), self.value.expression())]


@dataclass(frozen=True)
class Ladder:
    """``f′(ν, z) = below·f(ν − 1, z) − (ν/z)·f = above·f(ν + 1, z) + (ν/z)·f``: neighbours by the derivative."""

    function: Any
    args: tuple[Variable, Variable]
    below: int
    above: int
    source: str

    def statements(self) -> list[tuple[Expr, Expr]]:
        """What can be sampled."""
        order, z = self.args
        here, lower, upper = (self.function(order + i, z) for i in (0, -1, 1))
        slope = Derivative(here.expression(), z.expression(), evaluate=False)
        values = self.below * lower - order / z * here, self.above * upper + order / z * here
        return [(slope, value.expression()) for value in values]

    def slope(self) -> Slope:
        """The derivative without the function itself: half the sum of both."""
        order, z = self.args
        twice = self.below * self.function(order - 1, z) + self.above * self.function(order + 1, z)
        return Slope(self.function, self.args, z, twice / 2, self.source)

    def shift(self) -> Shift:
        """The recurrence that is left without the derivative."""
        order, z = self.args
        up = (self.below * HERE - 2 * (order + 1) / z * NEXT) / self.above
        down = (2 * order / z * HERE + self.above * NEXT) / self.below
        return Shift(
            self.function,
            self.args,
            order,
            up,
            down,
            self.source,
            order=2,
            halves=True,
            nonzero_up=(z,),
            nonzero_down=(z,),
        )


@dataclass(frozen=True)
class Family:
    """All that is known of some functions.

    ``axioms`` come first, then ``rules``, programs for what no single formula says, then the ``last`` axioms, then
    ``shifts`` and the recurrences of ``ladders``.
    """

    axioms: Sequence[Axiom] = ()
    last: Sequence[Axiom] = ()
    shifts: Sequence[Shift] = ()
    ladders: Sequence[Ladder] = ()
    slopes: Sequence[Slope] = ()
    rules: Mapping[Any, Rule] | None = None
