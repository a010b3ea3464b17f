"""Formulas of the table: light trees, which :mod:`verify.normal.axioms.reading` reads straight into the field.

Every process builds all entries of a family before it uses one, and SymPy takes a thousand times as long to build an
expression. So the table is written in these, with the words of :mod:`verify.normal.axioms.words`; ``expression`` gives
the same in SymPy. Nothing is rewritten when a formula is built, but sums and products of numbers are numbers.
"""

from __future__ import annotations

from fractions import Fraction
from functools import cache
from math import gcd
from typing import Any, TypeAlias

from sympy import Add, Expr, Mul, Pow, Rational, Symbol


class Formula:
    """A node; the operators build larger ones."""

    __slots__ = ()

    def __add__(self, other: Formula | int) -> Formula:
        return Total(self, formula(other))

    def __radd__(self, other: int) -> Formula:
        return Total(formula(other), self)

    def __sub__(self, other: Formula | int) -> Formula:
        return Difference(self, formula(other))

    def __rsub__(self, other: int) -> Formula:
        return Difference(formula(other), self)

    def __mul__(self, other: Formula | int) -> Formula:
        return Multiple(self, formula(other))

    def __rmul__(self, other: int) -> Formula:
        return Multiple(formula(other), self)

    def __truediv__(self, other: Formula | int) -> Formula:
        return Quotient(self, formula(other))

    def __rtruediv__(self, other: int) -> Formula:
        return Quotient(formula(other), self)

    def __pow__(self, other: Formula | int) -> Formula:
        return Power(self, formula(other))

    def __rpow__(self, other: int) -> Formula:
        return Power(formula(other), self)

    def __neg__(self) -> Formula:
        return Multiple(MINUS_ONE, self)

    @property
    def parts(self) -> tuple[Formula, ...]:
        """What the node is made of."""
        return ()

    def expression(self) -> Expr:
        """The same in SymPy."""
        raise NotImplementedError


class Number(Formula):
    """A rational number in lowest terms, the denominator positive."""

    __slots__ = ("p", "q")

    def __init__(self, p: int, q: int = 1) -> None:
        shared = gcd(p, q)
        self.p, self.q = p // shared, q // shared

    def __add__(self, other: Formula | int) -> Formula:
        other = formula(other)
        if isinstance(other, Number):
            return Number(self.p * other.q + other.p * self.q, self.q * other.q)
        return Total(self, other)

    def __mul__(self, other: Formula | int) -> Formula:
        other = formula(other)
        return Number(self.p * other.p, self.q * other.q) if isinstance(other, Number) else Multiple(self, other)

    def __rmul__(self, other: int) -> Formula:
        return Number(self.p * other, self.q)

    def __neg__(self) -> Number:
        return Number(-self.p, self.q)

    def expression(self) -> Expr:
        return Rational(self.p, self.q)


class Variable(Formula):
    """A symbol of an entry and its domain: a complex number, unless more is said."""

    __slots__ = ("integer", "name", "nonnegative", "positive", "real")

    def __init__(
        self, name: str, *, integer: bool = False, real: bool = False, nonnegative: bool = False, positive: bool = False
    ) -> None:
        self.name = name
        self.integer, self.positive = integer, positive
        self.real = real or integer or nonnegative or positive
        self.nonnegative = nonnegative or positive

    def expression(self) -> Expr:
        domain = {word: True for word in self.__slots__ if word != "name" and getattr(self, word)}
        return Symbol(self.name, **domain)

    def __repr__(self) -> str:
        return self.name


class Constant(Formula):
    """A number with a name of its own: π, i, …"""

    __slots__ = ("value",)

    def __init__(self, value: Expr) -> None:
        self.value = value

    def expression(self) -> Expr:
        return self.value


class Pair(Formula):
    """An operation on two formulas."""

    __slots__ = ("left", "right")

    def __init__(self, left: Formula, right: Formula) -> None:
        self.left, self.right = left, right

    @property
    def parts(self) -> tuple[Formula, ...]:
        return self.left, self.right


class Total(Pair):
    """left + right"""

    __slots__ = ()

    def expression(self) -> Expr:
        return Add(self.left.expression(), self.right.expression())


class Difference(Pair):
    """left − right"""

    __slots__ = ()

    def expression(self) -> Expr:
        return Add(self.left.expression(), -self.right.expression())


class Multiple(Pair):
    """left·right"""

    __slots__ = ()

    def expression(self) -> Expr:
        return Mul(self.left.expression(), self.right.expression())


class Quotient(Pair):
    """left/right"""

    __slots__ = ()

    def expression(self) -> Expr:
        return Mul(self.left.expression(), Pow(self.right.expression(), -1))


class Power(Pair):
    """left**right"""

    __slots__ = ()

    def expression(self) -> Expr:
        return Pow(self.left.expression(), self.right.expression())


Argument: TypeAlias = "Formula | tuple[Formula, ...]"


class Applied(Formula):
    """A function of some arguments; those of a hypergeometric function are rows, as in SymPy.

    It has ``func`` and ``args`` as SymPy's nodes do, so that the readers of functions read it, too.
    """

    __slots__ = ("args", "func")

    def __init__(self, func: Any, args: tuple[Argument, ...]) -> None:
        self.func, self.args = func, args

    @property
    def parts(self) -> tuple[Formula, ...]:
        return tuple(part for a in self.args for part in (a if isinstance(a, tuple) else (a,)))

    def expression(self) -> Expr:
        args = [tuple(x.expression() for x in a) if isinstance(a, tuple) else a.expression() for a in self.args]
        try:
            found: Expr = self.func(*args, evaluate=False)
        except TypeError:  # SymPy never rewrites these
            found = self.func(*args)
        return found


def formula(value: Formula | int) -> Formula:
    """A whole number as a formula; formulas as they are."""
    return Number(value) if isinstance(value, int) else value


MINUS_ONE = Number(-1)


def variables(e: Formula) -> frozenset[Variable]:
    """The symbols that occur."""
    return frozenset((e,)) if isinstance(e, Variable) else frozenset().union(*map(variables, e.parts))


def replaced(e: Formula, variable: Variable, value: Formula) -> Formula:
    """``e`` with something else for a symbol."""
    if e is variable:
        return value
    if isinstance(e, Pair):
        return type(e)(replaced(e.left, variable, value), replaced(e.right, variable, value))
    if isinstance(e, Applied):
        rows = (
            tuple(replaced(x, variable, value) for x in a) if isinstance(a, tuple) else replaced(a, variable, value)
            for a in e.args
        )
        return Applied(e.func, tuple(rows))
    return e


@cache
def coefficients(e: Formula) -> dict[Variable | None, Fraction] | None:
    """Those of a formula that is linear over the rational numbers: of each symbol, under ``None`` the constant."""
    if isinstance(e, Number):
        return {None: Fraction(e.p, e.q)}
    if isinstance(e, Variable):
        return {e: Fraction(1)}
    left, right = (coefficients(part) for part in e.parts) if isinstance(e, Pair) else (None, None)
    if left is None or right is None or isinstance(e, Power):
        return None
    if isinstance(e, Multiple | Quotient):
        if left.keys() == {None} and isinstance(e, Multiple):
            left, right = right, left
        if right.keys() != {None}:
            return None
        scale = right[None] if isinstance(e, Multiple) else 1 / right[None]
        return {name: c * scale for name, c in left.items()}
    sign = 1 if isinstance(e, Total) else -1
    return {name: left.get(name, Fraction()) + sign * right.get(name, Fraction()) for name in (left | right)}
