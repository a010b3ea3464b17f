"""The author's vocabulary: what an encoding imports, besides SymPy, to read like the page it encodes.

Symbols: :func:`real`, :func:`positive`, :func:`integer`, :func:`complex_number`, :func:`dimension`, :func:`index_set`,
:func:`vector`, :func:`matrix`, :func:`table`, :func:`sequence`, :func:`function`.
Expressions: :func:`dot`, :func:`grad`, :func:`delta`, :func:`Sum`, :func:`Product`, :func:`frac`, :func:`hold`,
:func:`sigmoid`,
:func:`relu`, :func:`softplus`, :func:`softmax`, :func:`ones`, :func:`each`, :func:`prime`.
Propositions, kept as written: :func:`Eq` … :func:`Ge`, :func:`And`, :func:`Or`, :func:`Not`, :func:`ForAll`.
Lines: :func:`line` for the first, then one word a relation: :func:`eq`, :func:`ne`, :func:`lt`, :func:`le`, :func:`gt`,
:func:`ge`, :func:`implies`, :func:`iff`, :func:`same_maximisers`; with two sides the line stands alone, as does
:func:`holds`. :func:`derivation` puts them together.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import sympy
from sympy import Derivative, Dummy, Expr, Indexed, Integer, KroneckerDelta, Subs, Symbol, default_sort_key
from sympy.core.symbol import Str

from verify import lower
from verify.encoding import (
    EncodingError,
    as_proposition,
    collecting,
    derivation,
    eq,
    ge,
    gt,
    holds,
    iff,
    implies,
    le,
    line,
    lt,
    ne,
    same_maximisers,
)
from verify.model import Relation
from verify.terms import (
    Array,
    Axis,
    Conj,
    Definition,
    Disj,
    Dot,
    Each,
    Frac,
    Grad,
    Index,
    Maximises,
    Neg,
    Ones,
    Opaque,
    Problem,
    Proposition,
    Rel,
    Slice,
    Softmax,
    TermError,
    number,
    relu,
    sigmoid,
    softplus,
)
from verify.terms import (
    ForAll as AllOf,
)

# -- symbols -------------------------------------------------------------------------------------------------


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


# -- expressions ---------------------------------------------------------------------------------------------


def dot(a: Any, b: Any) -> Expr:
    """The dot product ``aᵀb`` of two vectors of one length."""
    return Dot(number(a), number(b))


def matvec(matrix: Array, v: Any) -> Expr:
    """The product of a matrix and a vector."""
    row = Index("row", matrix.axes[0].lower, matrix.axes[0].upper)
    return Each(Dot(matrix[row], number(v)), row)


def grad(f: Any, by: Any) -> Expr:
    """The gradient of a scalar, not yet computed; it has the shape of ``by`` (a symbol, vector, row or matrix)."""
    by = number(by)
    if not isinstance(by, Symbol | Slice | Indexed):
        raise TermError(f"grad() differentiates by a symbol, a vector or a row, not by {by}")
    return Grad(number(f), by)


def delta(i: Any, j: Any) -> Expr:
    """Kronecker's delta: 1 where the indices are equal, else 0."""
    first, second = number(i), number(j)
    if first != second and _any_integer(first) and (_any_integer(second) or isinstance(second, Integer)):
        # as SymPy would have it, which takes long to find that nothing is known of them
        return KroneckerDelta(*sorted((first, second), key=default_sort_key), evaluate=False)
    return KroneckerDelta(first, second)


def _any_integer(e: Expr) -> bool:
    """An index or a word, whose declaration says no more than that it is an integer."""
    symbol = e.base.label if isinstance(e, Indexed) else e
    said = (symbol.is_positive, symbol.is_nonnegative, symbol.is_nonpositive, symbol.is_nonzero, symbol.is_even)
    return isinstance(symbol, Index | Array) and all(answer is None for answer in said)


def _limits(over: tuple[Any, ...]) -> list[tuple[Any, ...]]:
    limits: list[tuple[Any, ...]] = []
    for k in over:
        if isinstance(k, Index):
            limits.append((k, k.lower, k.upper))
        elif isinstance(k, tuple) and len(k) == 3:
            ends = number(k[1]), number(k[2])
            for end in ends:
                if not (end.is_integer or end.is_infinite):
                    raise TermError(f"a range ends at whole numbers, {end} is not known to be one")
            limits.append((k[0], *ends))
        else:
            raise TermError(f"a sum ranges over an index of an index set or over (k, from, to), not over {k}")
    return limits


def Sum(body: Any, *over: Any) -> Expr:
    """``Σ``: each index ranges over its set, or over ``(k, from, to)``; not evaluated."""
    return sympy.Sum(number(body), *_limits(over))


def Product(body: Any, *over: Any) -> Expr:
    """``Π``, like :func:`Sum`."""
    return sympy.Product(number(body), *_limits(over))


def frac(numerator: Any, denominator: Any) -> Expr:
    """A quotient that stays as written (``frac(x**2, x)`` is not ``x``)."""
    return Frac(number(numerator), number(denominator))


def softmax(x: Any) -> Softmax:
    """``softmax(x)[i] = exp(x_i)/Σ_j exp(x_j)``."""
    return Softmax(number(x))


def hold(e: Any) -> Expr:
    """A part that stays as written within a larger expression: ``hold(1 + y) - 1`` is not ``y``."""
    return sympy.UnevaluatedExpr(number(e))


def ones(size: IndexSet | Expr | int) -> Expr:
    """The vector of ones: ``x + c*ones(n)`` adds ``c`` to each component."""
    return Ones(size.size if isinstance(size, IndexSet) else number(size))


def each(body: Any, *indices: Index) -> Expr:
    """The vector (or matrix) with the given entries: ``each(exp(x[i]), i)``."""
    return Each(number(body), *indices)


def prime(f: Callable[[Any], Any], at: Any) -> Expr:
    """``f'(at)``, the derivative of a function of one variable, not yet computed."""
    variable = Symbol("u", real=True)
    if variable in number(at).free_symbols:
        variable = Dummy("u", real=True)
    return Subs(Derivative(f(variable), variable), variable, number(at))


# -- propositions --------------------------------------------------------------------------------------------


def _relation(op: Relation) -> Callable[[Any, Any], Rel]:
    def make(lhs: Any, rhs: Any) -> Rel:
        return Rel(op, number(lhs), number(rhs))

    make.__doc__ = f"``lhs {op.value} rhs``, kept as written; between vectors: for each component."
    return make


Eq = _relation(Relation.EQ)
Ne = _relation(Relation.NE)
Lt = _relation(Relation.LT)
Le = _relation(Relation.LE)
Gt = _relation(Relation.GT)
Ge = _relation(Relation.GE)


def And(*parts: Proposition) -> Proposition:
    """All of them."""
    return Conj(tuple(as_proposition(p) for p in parts))


def Or(*parts: Proposition) -> Proposition:
    """At least one of them."""
    return Disj(tuple(as_proposition(p) for p in parts))


def Not(part: Proposition) -> Proposition:
    """Not so."""
    return Neg(as_proposition(part))


def ForAll(*parts: Any) -> Proposition:
    """``ForAll(i, j, proposition)``: for all values of the indices."""
    *indices, body = parts
    result = as_proposition(body)
    for index in reversed(indices):
        result = AllOf(index, result)
    return result


def argmax(objective: Any, over: Any, subject_to: Iterable[Proposition] = (), each: Any = ()) -> Problem:
    """The maximisers over symbols, arrays or slices such as ``p[:, c]``, for every value of the indices ``each``."""
    return Problem(number(objective), _tuple(over), tuple(subject_to), _tuple(each))


def stationary(objective: Any, over: Any, each: Any = ()) -> Problem:
    """The stationary points of ``objective``, where all its partial derivatives vanish."""
    return Problem(number(objective), _tuple(over), (), _tuple(each), stationary=True)


def maximises(problem: Problem, values: Mapping[Any, Any]) -> Proposition:
    """``{p[o, c]: value}`` is the one maximiser of the problem."""
    return Maximises(problem, tuple((number(k), number(v)) for k, v in values.items()))


def _tuple(item: Any) -> tuple[Any, ...]:
    return item if isinstance(item, tuple) else (item,)


__all__ = [
    "And",
    "EncodingError",
    "Eq",
    "ForAll",
    "Ge",
    "Gt",
    "IndexSet",
    "Le",
    "Lt",
    "Ne",
    "Not",
    "Or",
    "Product",
    "Sum",
    "TermError",
    "argmax",
    "collecting",
    "complex_number",
    "data",
    "define",
    "delta",
    "derivation",
    "dimension",
    "dot",
    "each",
    "eq",
    "frac",
    "function",
    "ge",
    "grad",
    "gt",
    "hold",
    "holds",
    "iff",
    "implies",
    "index_set",
    "integer",
    "le",
    "line",
    "lt",
    "matrix",
    "matvec",
    "maximises",
    "ne",
    "nonnegative",
    "ones",
    "positive",
    "prime",
    "real",
    "relu",
    "same_maximisers",
    "sequence",
    "sigmoid",
    "softmax",
    "softplus",
    "stationary",
    "table",
    "vector",
]
