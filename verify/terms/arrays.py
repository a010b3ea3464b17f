"""Arrays: vectors, matrices, tables; their entries and their slices."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache, lru_cache
from typing import Any

from sympy import Expr, Indexed, IndexedBase, Integer, KroneckerDelta, Symbol, default_sort_key, sympify
from sympy.core.symbol import Str

from verify.frozen import dataclass
from verify.terms.indices import Axis, Index
from verify.terms.numbers import TermError, number

FREE = Str(":")


@dataclass(frozen=True)
class Definition:
    """``array[indices] = body``."""

    indices: tuple[Index, ...]
    body: Expr


class Array(Symbol):
    """A vector (one axis), a matrix (two) or a table: a family of numbers with indices.

    ``values`` limits an integer array to a range of values (the words of a text are indices of the vocabulary);
    ``definition`` makes it a name for something else. Subscripting gives an entry, or with fewer indices, or with
    ``:`` for some, a :class:`Slice`.
    """

    __slots__ = ("axes", "definition", "domain", "values")
    axes: tuple[Axis, ...]
    domain: tuple[tuple[str, bool], ...]
    values: tuple[Expr, Expr] | None
    definition: Definition | None
    __iter__ = None

    def __new__(
        cls,
        name: str,
        axes: Sequence[Axis] = (),
        domain: Sequence[tuple[str, bool]] = (("real", True),),
        values: tuple[Expr, Expr] | None = None,
        definition: Definition | None = None,
    ) -> Array:
        limits = None if values is None else (sympify(values[0], strict=True), sympify(values[1], strict=True))
        return _array(name, tuple(axes), tuple(domain), limits, definition)

    def _hashable_content(self) -> tuple[Any, ...]:
        return (*super()._hashable_content(), self.axes, self.values, self.definition)

    def __getnewargs_ex__(self) -> tuple[tuple[Any, ...], dict[str, Any]]:
        return (self.name, self.axes, self.domain, self.values, self.definition), {}

    @property
    def T(self) -> Expr:
        """There is no transpose.

        Raises:
            TermError: says how to write the product instead.
        """
        raise TermError(
            f"there is no transpose: write dot({self.name}[i], v) for a row times a vector, "
            f"Sum({self.name}[i] * v[i], i) for the transposed matrix times a vector"
        )

    def __getitem__(self, key: Any) -> Expr:
        indices = key if isinstance(key, tuple) else (key,)
        for item, axis in zip(indices, self.axes, strict=False):
            if not isinstance(item, slice):
                _subscript(self.name, number(item), axis)
        if len(indices) > len(self.axes):
            raise TermError(
                f"{self.name} has {len(self.axes)} ind{'ex' if len(self.axes) == 1 else 'ices'}, {len(indices)} given"
            )
        pattern = [FREE if isinstance(i, slice) else number(i) for i in indices]
        pattern += [FREE] * (len(self.axes) - len(indices))
        if FREE in pattern:
            return Slice(self, *pattern)
        return entry(self, *pattern)


@cache
def _array(
    name: str,
    axes: tuple[Axis, ...],
    domain: tuple[tuple[str, bool], ...],
    values: tuple[Expr, Expr] | None,
    definition: Definition | None,
) -> Array:
    obj: Array = Symbol.__xnew__(Array, name, **dict(domain))
    obj.axes, obj.domain, obj.values, obj.definition = axes, domain, values, definition
    return obj


def _subscript(name: str, index: Expr, axis: Axis) -> None:
    """A subscript is a whole number within its range, as far as can be told."""
    if not index.is_integer:
        raise TermError(f"{name}[{index}]: a subscript is a whole number or an index, {index} is not")
    if _outside(index, axis):
        raise TermError(f"{name}[{index}]: the index runs from {axis.lower} to {axis.upper}")


@lru_cache(maxsize=1 << 10)
def _outside(index: Expr, axis: Axis) -> bool:
    """Whether an index certainly lies outside a range."""
    if isinstance(index, Index) and axis.lower.is_Atom and axis.upper.is_Atom:
        return False  # it may be any whole number, and SymPy takes long to say so
    return bool((axis.lower - index).is_positive or (index - axis.upper).is_positive)


class Base(IndexedBase):
    """The base of the entries of an array, one object for each array."""

    def __new__(cls, label: Symbol) -> Base:
        return _base(label)

    def _hashable_content(self) -> tuple[Any, ...]:
        return self.args


class Entry(Indexed):
    """An entry of an array, one object for equal ones.

    SymPy's own would compare by all that it knows of the assumptions at the moment, which takes long, and goes wrong
    when it has found out more about one of two.
    """

    def __new__(cls, base: Base, *indices: Any) -> Entry:
        return _entry(base if isinstance(base, Base) else Base(base), *map(sympify, indices))

    def _hashable_content(self) -> tuple[Any, ...]:
        return self.args


@cache
def _base(label: Symbol) -> Base:
    return IndexedBase.__new__(Base, label)


@lru_cache(maxsize=1 << 16)
def _entry(base: Base, *indices: Expr) -> Entry:
    obj: Entry = Expr.__new__(Entry, base, *indices)
    obj._assumptions = base._assumptions  # what is known of one entry is known of all
    return obj


def entry(array: Array, *indices: Expr) -> Indexed:
    """The scalar ``array[indices]``."""
    return Entry(Base(array), *indices)


def kronecker(i: Expr, j: Expr) -> Expr:
    """Kronecker's delta; where nothing is known of two indices it is built at once, which takes SymPy long."""
    if i != j and any(map(_any_integer, (i, j))) and all(_any_integer(e) or isinstance(e, Integer) for e in (i, j)):
        return KroneckerDelta(*sorted((i, j), key=default_sort_key), evaluate=False)
    return KroneckerDelta(i, j)


def _any_integer(e: Expr) -> bool:
    """An index or a word, whose declaration says no more than that it is an integer."""
    symbol = e.base.label if isinstance(e, Indexed) else e
    said = (symbol.is_positive, symbol.is_nonnegative, symbol.is_nonpositive, symbol.is_nonzero, symbol.is_even)
    return isinstance(symbol, Index | Array) and all(answer is None for answer in said)


# -- slices ---------------------------------------------------------------------------------------------------


class Node(Expr):
    """The base of the nodes below: commutative, like every quantity here (shapes are checked separately)."""

    is_commutative = True
    is_zero = None  # not known: else SymPy goes through all it knows whenever it is asked


class Slice(Node):
    """``U[w]`` of a matrix, ``p[:, c]`` of a table: an array with some indices fixed."""

    __iter__ = None

    @property
    def array(self) -> Array:
        """The array that is sliced."""
        return self.args[0]

    @property
    def pattern(self) -> tuple[Any, ...]:
        """One item an axis: an index expression, or :data:`FREE`."""
        return tuple(self.args[1:])

    @property
    def axes(self) -> tuple[Axis, ...]:
        """The axes that are left free."""
        return tuple(axis for axis, item in zip(self.array.axes, self.pattern, strict=True) if item == FREE)

    def __getitem__(self, key: Any) -> Expr:
        filled = self.fill(key if isinstance(key, tuple) else (key,))
        return self.array[filled]

    def fill(self, indices: Sequence[Any]) -> tuple[Any, ...]:
        """The indices of the whole array when the free ones are given."""
        if len(indices) != len(self.axes):
            raise TermError(f"{self} takes {len(self.axes)} more indices, {len(indices)} given")
        rest = iter(indices)
        return tuple(next(rest) if item == FREE else item for item in self.pattern)
