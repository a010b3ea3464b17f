"""The terms of the mathematics: plain SymPy, and the few nodes that SymPy lacks.

There are two levels. The **surface** is what an author writes: vectors, rows of matrices, dot products,
gradients, softmax. The **core** is what every check reads, scalar expressions only, made from the surface by
:mod:`verify.lower`:

* numbers, ``pi``, ``E``, ``I``; symbols, whose domain is their SymPy assumptions; :class:`Index` symbols;
* SymPy's ``Indexed`` for the entry of an :class:`Array` (made by :func:`entry`; ``array`` is the label of the base, so
  axes, domain and definition travel with each entry); indices run from ``lower`` to ``upper`` *inclusive*;
* ``Add``, ``Mul``, ``Pow``, SymPy's functions, ``Max``, ``Min``, ``Abs``, ``Piecewise``, ``KroneckerDelta``, and
  :class:`sigmoid`, :class:`relu`, :class:`softplus`; :class:`Frac`, a quotient that stays as written;
* ``Sum(body, (k, lo, hi))`` and ``Product``, of symbolic length, over an integer symbol; an empty range gives 0 or 1
  (not Karr's convention);
* ``Derivative(body, (v, n))`` with ``v`` a symbol or an array entry, and ``Subs`` of one;
* :class:`Opaque`, an unknown differentiable function, and its :class:`Partial` derivatives;

and **propositions** over them: :class:`Rel`, :class:`Conj`, :class:`Disj`, :class:`Neg`, :class:`ForAll`, …
Propositions are not SymPy Booleans, because those rewrite themselves (``Max(0, x) >= 0`` is ``True`` when built).
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Any, TypeAlias, TypeGuard

from sympy import (
    Expr,
    Float,
    Function,
    Indexed,
    IndexedBase,
    Integral,
    Lambda,
    Limit,
    MatrixBase,
    MatrixExpr,
    Piecewise,
    Product,
    Rational,
    Subs,
    Sum,
    Symbol,
    SympifyError,
    Tuple,
    exp,
    log,
    sympify,
)
from sympy.core.symbol import Str
from sympy.logic.boolalg import Boolean

from verify.model import Relation

TYPED_DIGITS = 12  # a float with more was computed, not typed


class TermError(ValueError):
    """A term that makes no sense as mathematics (a shape that does not fit, a wrong number of indices, …)."""


def number(value: Any) -> Expr:
    """``value`` as a SymPy expression; Python floats become the exact decimal that was typed (0.1 is 1/10).

    Raises:
        TermError: it is something else (text, a truth value, a matrix, a number that was computed in floating point).
    """
    if value is None or isinstance(value, bool | str):
        raise TermError(f"expected an expression or a number, got {value!r}")
    if isinstance(value, Boolean) and not isinstance(value, Expr):
        raise TermError(f"SymPy's {value} rewrites itself; write Ge(x, 0), Eq(x, 1), And(…), … of verify.notation")
    if isinstance(value, float):
        return decimal(Float(value))
    try:
        converted = sympify(value, strict=True)
    except (SympifyError, TypeError, ValueError) as error:
        raise TermError(f"expected an expression or a number, got {type(value).__name__}") from error
    if isinstance(converted, MatrixBase | MatrixExpr):
        raise TermError("SymPy's matrices are not used here: declare vector(…) and matrix(…)")
    if not isinstance(converted, Expr) or isinstance(converted, Lambda):
        raise TermError(f"expected an expression or a number, got {type(value).__name__}")
    return converted


def decimal(value: Float) -> Rational:
    """The decimal that was typed, exactly: 0.1 is 1/10.

    Raises:
        TermError: so many digits that it was computed rather than typed, or not a finite number.
    """
    written = f"{float(value):.15g}"
    if not math.isfinite(float(value)):
        raise TermError("there is no such number as inf or nan here")
    if len(written.partition("e")[0].replace(".", "").strip("-0")) > TYPED_DIGITS:
        raise TermError(f"{value} was computed in floating point; write it exactly: Rational(1, 3), sqrt(2), …")
    return Rational(written)


# -- symbols -------------------------------------------------------------------------------------------------


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
    below, above = (axis.lower - index).is_positive, (index - axis.upper).is_positive
    if below or above:
        raise TermError(f"{name}[{index}]: the index runs from {axis.lower} to {axis.upper}")


FREE = Str(":")


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


# -- surface nodes: vectors and what is made of them ----------------------------------------------------------


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


class Dot(Node):
    """The dot product of two vectors of one length, in the order written."""


class Ones(Node):
    """The vector of ones, with as many components as an axis of the given size."""


class Softmax(Node):
    """``softmax(x)_i = exp(x_i) / Σ_j exp(x_j)``, a vector of the shape of ``x``."""

    __iter__ = None

    def __getitem__(self, key: Any) -> Expr:
        return Component(self, number(key))


class Component(Node):
    """One component of a vector expression."""


class Each(Node):
    """``Each(body, i)``: the vector whose component at the index ``i`` is ``body``."""

    __iter__ = None

    def __getitem__(self, key: Any) -> Expr:
        return Component(self, number(key))


class Grad(Node):
    """The gradient of a scalar by a symbol, vector, row or matrix; it has the shape of the latter."""


class Frac(Node):
    """A quotient kept as written: ``Frac(a, b)`` is ``a/b``, defined where ``b`` is not zero."""

    @property
    def numerator(self) -> Expr:
        """What is divided."""
        return self.args[0]

    @property
    def denominator(self) -> Expr:
        """What it is divided by."""
        return self.args[1]

    def _eval_is_extended_real(self) -> bool | None:
        return (self.numerator / self.denominator).is_extended_real


# -- core nodes ----------------------------------------------------------------------------------------------


class sigmoid(Function):
    """The logistic function ``σ(x) = 1/(1 + e⁻ˣ)``, kept as written (``sigmoid(0)`` does not evaluate)."""

    is_zero = None  # as for nodes above

    def fdiff(self, argindex: int = 1) -> Expr:
        return self * (1 - self)

    def _eval_is_real(self) -> bool | None:
        return self.args[0].is_real

    def meaning(self) -> Expr:
        """The same in elementary functions."""
        return 1 / (1 + exp(-self.args[0]))


class softplus(Function):
    """``softplus(x) = log(1 + eˣ)``."""

    def fdiff(self, argindex: int = 1) -> Expr:
        return sigmoid(self.args[0])

    def _eval_is_real(self) -> bool | None:
        return self.args[0].is_real

    def meaning(self) -> Expr:
        """The same in elementary functions."""
        return log(1 + exp(self.args[0]))


class relu(Function):
    """``relu(x) = max(0, x)`` of a real number; of a vector, each component. Not differentiable at 0."""

    def fdiff(self, argindex: int = 1) -> Expr:
        x = self.args[0]
        return Piecewise((0, x < 0), (1, x > 0))

    def _eval_is_real(self) -> bool | None:
        return self.args[0].is_real


class Tabulate(Node):
    """``Tabulate(body, (i, lo, hi), …)``: an array as the argument of an opaque function, entry by entry."""

    @property
    def body(self) -> Expr:
        """The generic entry."""
        return self.args[0]

    @property
    def limits(self) -> tuple[Tuple, ...]:
        """The bound indices with their ranges."""
        return tuple(self.args[1:])


class Opaque(Node):
    """``Opaque(name, arg, …)``: an unknown smooth function; an argument is a scalar or a :class:`Tabulate`.

    The value is real when every argument is (an opaque function of real arguments is taken as real).
    """

    @property
    def name(self) -> str:
        """The function's name."""
        return str(self.args[0])

    @property
    def arguments(self) -> tuple[Expr, ...]:
        """What it is applied to."""
        return tuple(self.args[1:])

    def _eval_is_extended_real(self) -> bool | None:
        return True if all(symbol.is_extended_real for symbol in free(self)) else None


class Partial(Node):
    """``Partial(Opaque(…), (position, index, …), …)``: partial derivatives of an opaque function.

    Each tuple names an argument by its position (from 0) and, if that is an array, the entry; the tuples are
    sorted, since mixed partial derivatives of a smooth function commute.
    """

    @property
    def application(self) -> Opaque:
        """The function applied to its arguments."""
        return self.args[0]

    @property
    def by(self) -> tuple[Tuple, ...]:
        """With respect to what, one tuple a differentiation."""
        return tuple(self.args[1:])

    def _eval_is_extended_real(self) -> bool | None:
        return True if all(symbol.is_extended_real for symbol in free(self)) else None


@lru_cache(maxsize=16384)
def free(e: Any) -> frozenset[Symbol]:
    """The free symbols and arrays of a core term (SymPy's ``free_symbols`` rebuilds every sum, which is slow)."""
    if isinstance(e, Symbol):
        return frozenset((e,))
    if isinstance(e, Sum | Product | Tabulate):
        bound = frozenset(limit.args[0] for limit in e.limits)
        ends = frozenset().union(*(free(end) for limit in e.limits for end in limit.args[1:]))
        return (free(e.args[0]) - bound) | (ends - bound)
    if isinstance(e, Limit):
        body, variable, end, _ = e.args
        return (free(body) - {variable}) | free(end)
    if isinstance(e, Integral):
        bound = frozenset(limit.args[0] for limit in e.limits)
        ends = frozenset().union(*(free(end) for limit in e.limits for end in limit.args[1:]))
        return (free(e.function) - bound) | ends
    if isinstance(e, Subs):
        return (free(e.expr) - frozenset(e.variables)) | frozenset().union(*(free(p) for p in e.point))
    return frozenset().union(*(free(a) for a in e.args)) if e.args else frozenset()


# -- propositions and problems ---------------------------------------------------------------------------------


@dataclass(frozen=True)
class Rel:
    """``lhs op rhs`` with ``op`` one of ``= ≠ < ≤ > ≥``; between vectors: for each component."""

    op: Relation
    lhs: Expr
    rhs: Expr


@dataclass(frozen=True)
class Conj:
    """All of them; ``Conj(())`` is true."""

    parts: tuple[Proposition, ...]


@dataclass(frozen=True)
class Disj:
    """At least one of them; ``Disj(())`` is false."""

    parts: tuple[Proposition, ...]


@dataclass(frozen=True)
class Neg:
    """Not so."""

    part: Proposition


@dataclass(frozen=True)
class ForAll:
    """For every value of the index within its range."""

    index: Index
    body: Proposition


@dataclass(frozen=True)
class Problem:
    """Maximise ``objective`` over ``variables`` (symbols, arrays, slices) subject to propositions.

    ``each`` are the indices for every value of which a problem of its own is posed (a problem for each centre
    word). ``stationary`` means the stationary points of the objective instead of its maximisers.
    """

    objective: Expr
    variables: tuple[Expr, ...]
    subject: tuple[Proposition, ...] = ()
    each: tuple[Index, ...] = ()
    stationary: bool = False


@dataclass(frozen=True)
class Maximises:
    """``variable = value`` (for the free indices of a slice: entry by entry) is the one maximiser of ``problem``."""

    problem: Problem
    values: tuple[tuple[Expr, Expr], ...]  # (variable entry, its value)


Proposition: TypeAlias = Rel | Conj | Disj | Neg | ForAll | Maximises
Content: TypeAlias = Expr | Proposition | Problem
TRUE = Conj(())


def is_proposition(item: object) -> TypeGuard[Proposition]:
    """Neither an expression nor a maximisation problem."""
    return isinstance(item, Proposition)
