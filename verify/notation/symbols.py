"""Symbols with their domains, index sets, arrays, unknown functions."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import sympy
from sympy import Expr, Integer, Symbol
from sympy.core.symbol import Str

from verify import lower
from verify.frozen import dataclass
from verify.terms import (
    Array,
    Axis,
    Definition,
    Index,
    Opaque,
    TermError,
    number,
)


def _symbols(names: str, **domain: bool) -> Any:
    made = tuple(Symbol(name, **domain) for name in names.replace(",", " ").split())
    if not made:
        raise TermError("a symbol needs a name")
    return made[0] if len(made) == 1 else made


def real(names: str) -> Any:
    """One real symbol, or a tuple of them: ``x = real("x")``, ``x, y = real("x y")``."""
    return _symbols(names, real=True)


def positive(names: str) -> Any:
    """Real symbols that are > 0."""
    return _symbols(names, positive=True)


def nonnegative(names: str) -> Any:
    """Real symbols that are ≥ 0."""
    return _symbols(names, nonnegative=True)


def integer(names: str) -> Any:
    """Integer symbols."""
    return _symbols(names, integer=True)


def complex_number(names: str) -> Any:
    """Complex symbols; functions of them are their principal branches."""
    return _symbols(names, complex=True)


def dimension(names: str) -> Any:
    """Symbolic sizes, integers ≥ 1: the length of a vector, the size of a vocabulary."""
    return _symbols(names, integer=True, positive=True)


@dataclass(frozen=True)
class IndexSet:
    """A finite set whose members are numbered ``lower … upper``: a vocabulary, the positions of a text."""

    name: str
    lower: Expr
    upper: Expr

    @property
    def size(self) -> Expr:
        """How many members."""
        return self.upper - self.lower + 1

    def indices(self, names: str) -> tuple[Index, ...]:
        """Any members of the set, equal or not: ``o, w = Omega.indices("o w")``."""
        return tuple(Index(name, self.lower, self.upper) for name in names.replace(",", " ").split())

    def index(self, name: str) -> Index:
        """Any member of the set."""
        return Index(name, self.lower, self.upper)

    def split(self, size: Expr | int) -> tuple[IndexSet, IndexSet]:
        """The first ``size`` members and the others: two disjoint subsets. The numbering is arbitrary anyway."""
        middle = self.lower + number(size)
        return IndexSet(f"{self.name}₁", self.lower, middle - 1), IndexSet(f"{self.name}₂", middle, self.upper)


def index_set(name: str, size: Expr | int) -> IndexSet:
    """A set of ``size`` members, numbered from 1."""
    return IndexSet(name, Integer(1), number(size))


def _axis(size: IndexSet | Expr | int) -> Axis:
    return Axis(size.lower, size.upper) if isinstance(size, IndexSet) else Axis(Integer(1), number(size))


def table(name: str, *sizes: IndexSet | Expr | int, **domain: bool) -> Array:
    """An array of numbers with one index a size; ``positive=True``, ``integer=True``, … narrow their domain."""
    return Array(name, tuple(_axis(size) for size in sizes), tuple(sorted(domain.items())) or (("real", True),))


def vector(name: str, size: IndexSet | Expr | int, **domain: bool) -> Array:
    """A vector of real numbers (or of a narrower domain)."""
    return table(name, size, **domain)


def matrix(name: str, rows: IndexSet | Expr | int, columns: IndexSet | Expr | int, **domain: bool) -> Array:
    """A matrix of real numbers; ``U[w]`` is a row, ``U[w, i]`` an entry."""
    return table(name, rows, columns, **domain)


def sequence(name: str, length: IndexSet | Expr | int, values: IndexSet) -> Array:
    """A sequence of members of an index set: the words of a text."""
    return Array(name, (_axis(length),), (("integer", True),), (values.lower, values.upper))


def define(name: str, indices: Sequence[Index], body: Any, **domain: bool) -> Array:
    """A name for a family of numbers: ``define("#", (o, c), …)[o, c]`` stands for its body."""
    axes = tuple(Axis(i.lower, i.upper) for i in indices)
    meaning = Definition(tuple(indices), lower.lower(number(body)))
    return Array(name, axes, tuple(sorted(domain.items())) or (("real", True),), None, meaning)


def data(name: str, values: Sequence[Any]) -> Array:
    """A sequence of given numbers: ``data("w", [1, 2, 2])[1]`` is 1."""
    position = Index("t", 1, len(values))
    cases = [(number(value), sympy.Eq(position, i, evaluate=False)) for i, value in enumerate(values, 1)]
    meaning = Definition((position,), sympy.Piecewise(*cases))
    return Array(name, (Axis(Integer(1), Integer(len(values))),), (("real", True),), None, meaning)


def function(name: str) -> Callable[..., Expr]:
    """An unknown smooth real function of numbers, vectors, matrices and indices."""

    def apply(*arguments: Any) -> Expr:
        return Opaque(Str(name), *(number(a) for a in arguments))

    return apply
