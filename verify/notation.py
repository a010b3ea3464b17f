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

import itertools
import os
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import sympy
from sympy import Derivative, Dummy, Expr, Integer, KroneckerDelta, Subs, Symbol
from sympy.core.symbol import Str

from verify import lower
from verify.model import Derivation, Givens, Line, LoadError, Place, Relation, Step
from verify.occurs import free_symbols, names_in
from verify.shapes import content_shape, shape
from verify.terms import (
    TRUE,
    Array,
    Axis,
    Conj,
    Content,
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

_PACKAGE = str(Path(__file__).parent) + os.sep


class EncodingError(ValueError):
    """An encoding that makes no sense as mathematics; ``place`` is the author's file and line."""

    def __init__(self, message: str, place: Place) -> None:
        super().__init__(f"{place.file}:{place.line}: {message}")
        self.message = message
        self.place = place


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
    if not isinstance(by, Symbol | Slice | sympy.Indexed):
        raise TermError(f"grad() differentiates by a symbol, a vector or a row, not by {by}")
    return Grad(number(f), by)


def delta(i: Any, j: Any) -> Expr:
    """Kronecker's delta: 1 where the indices are equal, else 0."""
    return KroneckerDelta(number(i), number(j))


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
    return Conj(tuple(_proposition(p) for p in parts))


def Or(*parts: Proposition) -> Proposition:
    """At least one of them."""
    return Disj(tuple(_proposition(p) for p in parts))


def Not(part: Proposition) -> Proposition:
    """Not so."""
    return Neg(_proposition(part))


def ForAll(*parts: Any) -> Proposition:
    """``ForAll(i, j, proposition)``: for all values of the indices."""
    *indices, body = parts
    result = _proposition(body)
    for index in reversed(indices):
        result = AllOf(index, result)
    return result


def _proposition(p: Any) -> Proposition:
    if not isinstance(p, Rel | Conj | Disj | Neg | AllOf | Maximises):
        raise TermError(f"expected a proposition such as Ge(x, 0), got {p}")
    return p


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


# -- lines ---------------------------------------------------------------------------------------------------


def _place() -> Place:
    """The author's file and line: the innermost frame outside this package."""
    frame = sys._getframe(1)
    while frame.f_back is not None and frame.f_code.co_filename.startswith(_PACKAGE):
        frame = frame.f_back
    return Place(frame.f_code.co_filename, frame.f_lineno)


def _content(item: Any) -> Content:
    return item if isinstance(item, Problem) else item if _is_proposition(item) else number(item)


def _is_proposition(item: Any) -> bool:
    return isinstance(item, Rel | Conj | Disj | Neg | AllOf | Maximises)


def line(content: Any, latex: str = "", *, tag: str = "") -> Line:
    """The first line of a chain."""
    return Line(_content(content), latex, tag, _place())


def _step(relation: Relation) -> Callable[..., Step]:
    def make(*parts: Any, tag: str = "", reason: str = "", erratum: str = "", keep: str | Sequence[str] = ()) -> Step:
        place = _place()
        sides = [part for part in parts if not isinstance(part, str)]
        latex = "".join(part for part in parts if isinstance(part, str))
        if not sides:
            raise EncodingError(f"a line with '{relation.value}' needs an expression; text is its LaTeX", place)
        if len(sides) > 2:
            raise EncodingError(f"a line with '{relation.value}' takes one side (or two, to stand alone)", place)
        try:
            contents = [_content(side) for side in sides]
        except (TermError, sympy.SympifyError) as error:
            raise EncodingError(str(error), place) from error
        kept = (keep,) if isinstance(keep, str) else tuple(keep)
        alone = contents[0] if len(contents) == 2 else None
        return Step(Line(contents[-1], latex, tag, place), relation, alone, kept, reason, erratum)

    make.__doc__ = (
        f"A line that relates to the line before by ``{relation.value}``: ``(content, latex, tag=…)``; with two sides "
        "``(lhs, rhs, latex, tag=…)`` it stands alone. ``reason`` is the author's; ``keep`` names earlier lines kept "
        "as premises; ``erratum`` acknowledges that the source is known to be wrong here."
    )
    return make


eq = _step(Relation.EQ)
ne = _step(Relation.NE)
lt = _step(Relation.LT)
le = _step(Relation.LE)
gt = _step(Relation.GT)
ge = _step(Relation.GE)
implies = _step(Relation.IMPLIES)
iff = _step(Relation.IFF)
same_maximisers = _step(Relation.SAME_MAXIMISERS)


def holds(proposition: Proposition, latex: str = "", **options: Any) -> Step:
    """A proposition that stands alone: it holds for all values of its symbols."""
    return implies(TRUE, _proposition(proposition), latex, **options)


# -- derivations ---------------------------------------------------------------------------------------------

_collector: ContextVar[tuple[list[LoadError], list[Derivation]] | None] = ContextVar("collector", default=None)


@contextmanager
def collecting(errors: list[LoadError]) -> Iterator[list[Derivation]]:
    """While active, a derivation that makes no sense is noted in ``errors`` instead of raising.

    Yields the list of all derivations built meanwhile, in order, whether or not they are given a name.
    """
    built: list[Derivation] = []
    token = _collector.set((errors, built))
    try:
        yield built
    finally:
        _collector.reset(token)


def derivation(
    id: str,
    title: str,
    *,
    source: str = "",
    start: Line | Any = None,
    steps: Sequence[Step],
    given: Sequence[Any] = (),
    remarks: Sequence[str] = (),
) -> Derivation | None:
    """A titled chain of lines, checked for sense.

    Args:
        id: its name in every report; unique.
        start: the first line, or ``None`` when every step stands alone.
        given: propositions taken as true, and indices or symbols that no line shows first.
        remarks: prose of the source that has nothing to check.

    Raises:
        EncodingError: shapes that do not fit, an index that nothing binds, an undeclared symbol, a missing start.
    """
    place = _place()
    collector = _collector.get()
    try:
        made = _derivation(id, title, source, start, _listed(steps), _listed(given), _listed(remarks), place)
    except EncodingError as error:
        if collector is None:
            raise
        collector[0].append(LoadError(error.place.file, error.place.line, f"{id}: {error.message}"))
        return None
    if collector is not None:
        collector[1].append(made)
    return made


def _listed(items: Any) -> tuple[Any, ...]:
    """What an author gave as a list; one item may come without brackets."""
    return tuple(items) if isinstance(items, list | tuple) else (items,)


def _derivation(
    id: str,
    title: str,
    source: str,
    start: Any,
    steps: tuple[Step, ...],
    given: tuple[Any, ...],
    remarks: tuple[str, ...],
    place: Place,
) -> Derivation:
    first = start if isinstance(start, Line) or start is None else Line(_content(start), "", "", place)
    if not steps:
        raise EncodingError("a derivation needs at least one step", place)
    for step in steps:
        if not isinstance(step, Step):
            raise EncodingError(f"steps are made by eq(), le(), implies(), …; got {step!r}", place)
        if first is None and step.alone_lhs is None:
            raise EncodingError("the chain has no first line: give start=line(…), or both sides", step.line.place)
        if first is not None and step.alone_lhs is not None:
            raise EncodingError("a line with two sides does not belong in a chain", step.line.place)
    first = first and Line(first.content, first.latex, first.tag or "0", first.place)
    taken = {step.tag for step in steps} | ({first.tag} if first else set())
    free_tags = (str(i) for i in itertools.count(1) if str(i) not in taken)
    steps = tuple(step if step.tag else _tagged(step, next(free_tags)) for step in steps)
    tags = [step.tag for step in steps] + ([first.tag] if first else [])
    for step in steps:
        if tags.count(step.tag) > 1:
            raise EncodingError(f"the tag {step.tag} is used twice", step.line.place)
        for kept in step.keeps:
            if kept not in tags:
                raise EncodingError(f"keep={kept!r}: there is no line with that tag", step.line.place)
    for item in given:
        if not (_is_proposition(item) or isinstance(item, Symbol)):
            raise EncodingError(
                f"given takes propositions such as Ge(x, 0), and symbols; {item} is neither (x >= 0 is SymPy's, which "
                "rewrites itself)",
                place,
            )
    constraints = tuple(g for g in given if _is_proposition(g))
    declared = free_symbols((tuple(g for g in given if not _is_proposition(g)), constraints))
    _check(first, steps, constraints, declared, place)
    contents = [side for line_ in ([first] if first else []) for side in [line_.content]]
    contents += [side for s in steps for side in (s.alone_lhs, s.line.content) if side is not None]
    symbols = free_symbols((tuple(contents), declared, constraints))
    names = [s.name for s in symbols]
    for name in names:
        if names.count(name) > 1:
            raise EncodingError(f"there are two different symbols called {name}", place)
    return Derivation(id, title, source, first, steps, Givens(symbols, constraints), remarks, place)


def _tagged(step: Step, tag: str) -> Step:
    line_ = Line(step.line.content, step.line.latex, tag, step.line.place)
    return Step(line_, step.relation, step.alone_lhs, step.keeps, step.justification, step.erratum)


def _check(
    first: Line | None,
    steps: tuple[Step, ...],
    constraints: tuple[Any, ...],
    declared: tuple[Symbol, ...],
    place: Place,
) -> None:
    """Shapes, domains and indices of every line, each error at its own line."""
    known = {s for s in (*declared, *(free_symbols(first.content) if first else ())) if isinstance(s, Index)}
    expected: Content | None = first.content if first else None
    _check_line(constraints, place, None)
    lines = [(first, None)] if first else []
    lines += [(step.line, step.alone_lhs) for step in steps]  # type: ignore[misc]  # Line | None joins
    for line_, alone in lines:
        assert line_ is not None
        contents = tuple(c for c in (alone, line_.content) if c is not None)
        _check_line(contents, line_.place, known if first else None)
        try:
            content_shape([*([expected] if expected is not None else []), *contents])
        except TermError as error:
            raise EncodingError(str(error).replace(" in this chain", ""), line_.place) from error
    for step in steps:
        before = step.alone_lhs if first is None else expected
        _check_relation(step, before)
        expected = step.line.content if first is not None else expected


def _check_line(contents: tuple[Any, ...], place: Place, known: set[Index] | None) -> None:
    try:
        for content in contents:
            lower.lower_content(content, lower.components(content_shape([content]), names_in(content)), frozenset())
    except TermError as error:
        raise EncodingError(str(error), place) from error
    for symbol in free_symbols(contents):
        if isinstance(symbol, Index):
            if known is not None and symbol not in known:
                raise EncodingError(
                    f"the index {symbol} is not bound: no sum ranges over it here, and the first line does not have it "
                    f"(if it is any member of its set, list it in given=[{symbol}])",
                    place,
                )
        elif not isinstance(symbol, Array) and _odd_domain(symbol):
            raise EncodingError(
                f"the symbol {symbol} is declared {_odd_domain(symbol)}, which is not known here; declare it with "
                "real, positive, integer, … and say the rest in given=[…]",
                place,
            )
        elif not isinstance(symbol, Array) and symbol.is_complex is None:
            raise EncodingError(
                f'the symbol {symbol} has no domain: declare it, for example {symbol} = real("{symbol}")', place
            )


_ODD = ("imaginary", "irrational", "noninteger", "zero", "composite", "transcendental")


def _odd_domain(symbol: Symbol) -> str:
    """An assumption that points are not drawn for."""
    return next((name for name in _ODD if symbol.assumptions0.get(name)), "")


def _check_relation(step: Step, before: Any) -> None:
    """Relations between numbers take expressions, ⇒ and ⇔ propositions, same maximisers problems."""
    after, relation = step.line.content, step.relation
    if relation is Relation.SAME_MAXIMISERS:
        good = isinstance(before, Problem) and isinstance(after, Problem)
        wanted = "two maximisation problems, argmax(…)"
    elif relation in (Relation.IMPLIES, Relation.IFF):
        good = _is_proposition(after) and (_is_proposition(before) or isinstance(before, Problem))
        wanted = "two propositions such as Eq(x, 1) or Ge(y, 0)"
    else:
        good = isinstance(before, Expr) and isinstance(after, Expr)
        wanted = "two expressions"
        if good and relation is Relation.NE and shape(after):
            good, wanted = False, "numbers: of vectors say which component differs"
    if not good:
        raise EncodingError(f"'{relation.value}' relates {wanted}", step.line.place)


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
