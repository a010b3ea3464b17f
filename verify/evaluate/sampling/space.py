"""What needs a value before a claim can be evaluated: its sizes, indices, integers, scalars and arrays."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from fractions import Fraction
from functools import cache, cached_property, lru_cache, reduce
from typing import Any

from sympy import Basic, Expr, Indexed, Product, Rational, Sum, Symbol, arg, conjugate, im, re
from sympy.core.numbers import ImaginaryUnit

from verify.evaluate.fields.exact import root
from verify.evaluate.models import MODELS
from verify.evaluate.sampling.bounds import remote
from verify.evaluate.sampling.draws import REALS
from verify.evaluate.sampling.frames import Framework
from verify.frozen import dataclass
from verify.occurs import free_symbols
from verify.terms import Array, Index, Opaque, Proposition, Tabulate, conjuncts, fraction

MOST_SPECIALS = 12
LARGEST_SPECIAL = 1000


class Space:
    """Everything that needs a value, and within which constraints. Spaces are equal if they have the same points."""

    def __init__(
        self, symbols: Sequence[Symbol], constraints: Sequence[Proposition], contents: Sequence[object]
    ) -> None:
        self.constraints = tuple(conjuncts(constraints))
        occurring = free_symbols((tuple(symbols), tuple(contents), self.constraints))
        traits = _traits((*contents, *self.constraints))
        ranged = traits.bounds.union(*map(_bounds, occurring))
        rest = [s for s in occurring if not isinstance(s, Array | Index)]
        self.arrays = tuple(s for s in occurring if isinstance(s, Array) and s.definition is None)
        self.indices = tuple(s for s in occurring if isinstance(s, Index))
        self.sizes = tuple(s for s in rest if s.is_integer and s in ranged)
        self.integers = tuple(s for s in rest if s.is_integer and s not in ranged)
        self.scalars = tuple(s for s in rest if not s.is_integer)
        self.real = not traits.complex and all(s.is_extended_real for s in (*self.scalars, *self.arrays))
        self.variants = MODELS if traits.opaque else 1
        self._numbers = traits.numbers

    def without(self, symbols: Collection[Symbol]) -> Space:
        """The same space less the variables that something else gives values to."""
        self.arrays = tuple(a for a in self.arrays if a not in symbols)
        self.scalars = tuple(s for s in self.scalars if s not in symbols)
        return self

    def _signature(self) -> tuple[object, ...]:
        groups = (self.arrays, self.indices, self.sizes, self.integers, self.scalars, self.specials)
        return (self.constraints, self.real, self.variants, groups)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Space) and self._signature() == other._signature()

    def __hash__(self) -> int:
        return hash(self._signature())

    @cached_property
    def specials(self) -> tuple[Fraction, ...]:
        """The numbers that are written, their opposites and square roots."""
        numbers = set[Fraction]().union(*map(_specials, self._numbers))
        return tuple(sorted(numbers.difference(REALS))[:MOST_SPECIALS])

    @cached_property
    def remote(self) -> Mapping[Symbol, Sequence[Fraction]]:
        """Numbers within the bounds of symbols that hardly any other is drawn for."""
        found = {s: remote(s, self.constraints) for s in (*self.scalars, *self.integers)} if self.constraints else {}
        return {s: numbers for s, numbers in found.items() if numbers}

    @property
    def closed(self) -> bool:
        """Nothing needs a value: the claim is about numbers."""
        anything = self.sizes or self.indices or self.integers or self.scalars or self.arrays
        return not anything and self.variants == 1

    @property
    def words(self) -> tuple[Array, ...]:
        """The sequences of indices."""
        return tuple(a for a in self.arrays if a.values is not None)

    @property
    def tables(self) -> tuple[Array, ...]:
        """The arrays of numbers."""
        return tuple(a for a in self.arrays if a.values is None)

    @cached_property
    def framework(self) -> Framework:
        """What is drawn before any number is."""
        later = {*self.scalars, *self.integers, *self.tables}
        early = [c for c in self.constraints if not _traits(c).opaque and later.isdisjoint(free_symbols(c))]
        return Framework(self.sizes, self.indices, self.words, tuple(early))

    @cached_property
    def late(self) -> tuple[Proposition, ...]:
        """The constraints that speak of numbers."""
        return tuple(c for c in self.constraints if c not in self.framework.constraints)


# -- what occurs ---------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Traits:
    """What occurs in expressions and matters for the points at which they are evaluated."""

    complex: bool = False  # i, or a function that is of interest for complex numbers only
    opaque: bool = False
    numbers: frozenset[Rational] = frozenset()  # those that are written
    bounds: frozenset[Symbol] = frozenset()  # symbols at the end of a range

    def __or__(self, other: Traits) -> Traits:
        return Traits(
            self.complex or other.complex,
            self.opaque or other.opaque,
            self.numbers | other.numbers,
            self.bounds | other.bounds,
        )


def all_real(symbols: Sequence[Symbol], constraints: Sequence[Proposition], contents: Sequence[object]) -> bool:
    """:attr:`Space.real` of such a space, which is asked for first of all, with no more looked at than it takes."""
    if any(not s.is_extended_real and not isinstance(s, Array) for s in symbols):
        return False
    letters: set[Symbol] = set()
    seen: dict[int, object] = {}  # by identity, which is quick
    waiting: list[Any] = [*symbols, *constraints, *contents]
    while waiting:
        node = waiting.pop()
        trait = _trait(type(node))  # type: ignore[arg-type]  # classes are hashable
        if trait == "number" or id(node) in seen:
            continue
        seen[id(node)] = node
        if trait == "symbol":
            letters.add(node)
        elif trait == "complex":
            return False
        elif trait == "several":
            waiting += node
        elif trait == "record":
            waiting += (getattr(node, name) for name in node.__dataclass_fields__)
        elif trait != "nothing":
            waiting += node.args
    if all(s.is_extended_real for s in letters) and not any(isinstance(s, Array) for s in letters):
        return True  # whether they are bound or free
    return Space(symbols, constraints, contents).real


def _traits(item: object) -> Traits:
    """The traits of contents, propositions and tuples, definitions included."""
    if isinstance(item, Expr):
        return _of_expression(item)
    if isinstance(item, tuple | list):
        return reduce(Traits.__or__, map(_traits, item), Traits())
    if hasattr(item, "__dataclass_fields__"):
        return _traits(tuple(getattr(item, name) for name in item.__dataclass_fields__))
    return Traits()


@lru_cache(maxsize=1 << 10)
def _of_expression(e: Expr) -> Traits:
    """The traits of an expression, those of definitions included."""
    complex_, opaque, numbers, bounds = False, False, set(), set()
    seen: dict[int, object] = {}  # by identity, which is quick
    waiting: list[Any] = [e]
    while waiting:
        node = waiting.pop()
        if id(node) in seen:
            continue
        seen[id(node)] = node
        waiting.extend(getattr(node, "args", ()))
        trait = _trait(type(node))  # type: ignore[arg-type]  # classes are hashable
        if trait == "number":
            numbers.add(node)
        elif trait == "range":
            bounds.update(_symbols(end for limit in node.limits for end in limit[1:]))
        elif trait == "opaque":
            opaque = True
        elif trait == "entry":
            if isinstance(node.base.label, Array) and node.base.label.definition:
                waiting.append(node.base.label.definition.body)
        elif trait == "complex":
            complex_ = True
    return Traits(complex_, opaque, frozenset(numbers), frozenset(bounds))


@cache
def _trait(kind: type) -> str:
    """What matters of the nodes of a type."""
    traits = {
        "number": Rational,
        "range": Sum | Product | Tabulate,
        "complex": ImaginaryUnit | re | im | arg | conjugate,
        "opaque": Opaque,
        "entry": Indexed,
        "symbol": Symbol,
        "": Basic,
        "several": tuple | list,
    }
    other = "record" if hasattr(kind, "__dataclass_fields__") else "nothing"
    return next((name for name, family in traits.items() if issubclass(kind, family)), other)


def _specials(number: Rational) -> set[Fraction]:
    if abs(number.p) > LARGEST_SPECIAL * number.q or number.q > LARGEST_SPECIAL:
        return set()
    value = fraction(number)
    exact = root(abs(value), 2)
    return {value, -value} | (set() if exact is None else {exact, -exact})


def _symbols(ends: Iterable[object]) -> set[Symbol]:
    return {s for end in ends if isinstance(end, Expr) for s in end.free_symbols if isinstance(s, Symbol)}


def _bounds(symbol: Symbol) -> set[Symbol]:
    """The symbols at the ends of the ranges of an index or array."""
    if isinstance(symbol, Index):
        return _symbols((symbol.lower, symbol.upper))
    if isinstance(symbol, Array):
        return _symbols((*(end for axis in symbol.axes for end in (axis.lower, axis.upper)), *(symbol.values or ())))
    return set()
