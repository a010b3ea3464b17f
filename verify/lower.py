"""From what the author writes to what the checks read: shapes are checked, vectors become generic components.

Two vectors are equal when their generic components are, so ``lower`` turns a vector into one scalar expression with
free indices. On the way every bound index gets a name of its own (a bound ``w`` beside a free ``w`` would otherwise be
captured) and carries its range with it.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from sympy import (
    Add,
    Derivative,
    Expr,
    Float,
    Indexed,
    Integer,
    Integral,
    Limit,
    Mul,
    Piecewise,
    Pow,
    Product,
    S,
    Subs,
    Sum,
    Symbol,
    Tuple,
    UnevaluatedExpr,
    exp,
)
from sympy.core.relational import Relational
from sympy.core.symbol import Str
from sympy.logic.boolalg import BooleanFunction

from verify.model import Claim, Givens, Relation
from verify.show import show
from verify.terms import (
    FREE,
    Array,
    Axis,
    Component,
    Conj,
    Content,
    Disj,
    Dot,
    Each,
    ForAll,
    Frac,
    Grad,
    Index,
    Maximises,
    Neg,
    Ones,
    Opaque,
    Partial,
    Problem,
    Proposition,
    Rel,
    Slice,
    Softmax,
    Tabulate,
    TermError,
    decimal,
    entry,
    free,
    relu,
)

Shape = tuple[Axis, ...]
COMPONENTS = ("i", "j", "r", "s")  # names of generic components, the first ones that are free


# -- shapes --------------------------------------------------------------------------------------------------


@lru_cache(maxsize=8192)
def shape(e: Expr) -> Shape:
    """The axes of an expression, ``()`` for a scalar.

    Raises:
        TermError: the parts do not fit together.
    """
    if isinstance(e, Array | Slice):
        return e.axes
    if isinstance(e, Ones):
        return (Axis(Integer(1), _expr(e.args[0])),)
    if isinstance(e, Softmax):
        return _vector(_expr(e.args[0]), "softmax")
    if isinstance(e, Each):
        _scalar(_expr(e.args[0]), "an entry of each()")
        return tuple(Axis(i.lower, i.upper) for i in e.args[1:] if isinstance(i, Index))
    if isinstance(e, UnevaluatedExpr):
        return shape(_expr(e.args[0]))
    if isinstance(e, Dot):
        left, right = (_vector(_expr(a), "dot") for a in e.args)
        if left != right:
            raise TermError(
                f"dot({show(e.args[0])}, {show(e.args[1])}): lengths {_sizes(left)} and {_sizes(right)} differ"
            )
        return ()
    if isinstance(e, Component):
        _vector(_expr(e.args[0]), "a component")
        return ()
    if isinstance(e, Grad):
        of, by = _expr(e.args[0]), _expr(e.args[1])
        _scalar(of, "grad() differentiates a scalar; its first argument")
        return shape(by)
    if isinstance(e, Add):
        return _common(e.args, f"in the sum {show(e)}")
    if isinstance(e, Mul):
        return _factor_shape(e)
    if isinstance(e, Frac):
        _scalar(e.denominator, "a denominator")
        return shape(e.numerator)
    if isinstance(e, exp):
        _scalar(_expr(e.args[0]), "the argument of exp")
        return ()
    if isinstance(e, Pow):
        for part in e.args:
            _scalar(_expr(part), "what is raised to a power, or its exponent,")
        return ()
    if isinstance(e, Derivative):
        for variable, _ in e.variable_count:
            if variable.is_integer:
                raise TermError(f"{variable} is a whole number: there is no derivative by it")
    if isinstance(e, Sum | Product | Derivative | Subs):
        inner = shape(_expr(e.args[0]))
        if inner and isinstance(e, Product):
            raise TermError(f"{show(e)}: a product of vectors has no meaning")
        return inner
    if isinstance(e, Piecewise):
        return _common([value for value, _ in e.args], f"in the cases {show(e)}")
    if isinstance(e, relu):
        return shape(_expr(e.args[0]))
    if isinstance(e, Opaque | Tabulate | Partial | Indexed):
        return ()
    for part in e.args:
        if isinstance(part, Expr):
            _scalar(part, f"the argument of {type(e).__name__}")
    return ()


def _expr(part: object) -> Expr:
    assert isinstance(part, Expr)
    return part


def _sizes(axes: Shape) -> str:
    return "×".join(str(axis.size) for axis in axes) if axes else "a scalar"


def _vector(e: Expr, where: str) -> Shape:
    axes = shape(e)
    if len(axes) != 1:
        raise TermError(
            f"{where} wants a vector, but {show(e)} is {'a scalar' if not axes else 'a ' + _sizes(axes) + ' matrix'}"
        )
    return axes


def _scalar(e: Expr, what: str) -> None:
    axes = shape(e)
    if axes:
        raise TermError(f"{what} must be a scalar, but {show(e)} is {_describe(axes)}")


def _describe(axes: Shape) -> str:
    return {0: "a scalar", 1: f"a vector of length {_sizes(axes)}"}.get(len(axes), f"a {_sizes(axes)} matrix")


def _common(parts: Iterable[Expr], where: str) -> Shape:
    """The shape that all parts share; the number 0 fits any."""
    shapes = [(part, shape(part)) for part in parts if part is not S.Zero]
    if not shapes:
        return ()
    first, expected = shapes[0]
    for part, axes in shapes[1:]:
        if axes != expected:
            raise TermError(f"{where}: {show(first)} is {_describe(expected)}, {show(part)} is {_describe(axes)}")
    return expected


def _factor_shape(e: Mul) -> Shape:
    shaped = [(factor, axes) for factor in e.args if (axes := shape(_expr(factor)))]
    if len(shaped) > 1:
        raise TermError(
            f"{show(shaped[0][0])} times {show(shaped[1][0])}: both are vectors; use dot() for the dot product"
        )
    return shaped[0][1] if shaped else ()


# -- lowering of expressions ----------------------------------------------------------------------------------


@dataclass(frozen=True)
class _Names:
    """Hands out names for bound indices, none of them twice in nested scopes."""

    taken: frozenset[str]

    def fresh(self, wanted: str, lower: Expr, upper: Expr) -> tuple[Index, _Names]:
        name = wanted
        while name in self.taken:
            name += "'"
        return Index(name, lower, upper), _Names(self.taken | {name})


def names_in(*expressions: object) -> set[str]:
    """The names of all free symbols and arrays of expressions or propositions."""
    found: set[str] = set()
    for expression in expressions:
        if isinstance(expression, Expr | Tuple):
            found |= {symbol.name for symbol in free(expression)}
        elif isinstance(expression, Slice | Array):
            found.add(str(expression))
        elif hasattr(expression, "__dataclass_fields__"):
            found |= names_in(*(getattr(expression, f) for f in expression.__dataclass_fields__))
        elif isinstance(expression, tuple):
            found |= names_in(*expression)
    return found


def lower(e: Expr, at: Sequence[Expr] = (), taken: Iterable[str] = ()) -> Expr:
    """The core expression of ``e``, or of its entry at the indices ``at`` where ``e`` is a vector or matrix."""
    shape(e)
    return _lower(e, tuple(at), _Names(frozenset(taken) | names_in(e) | names_in(*at)))


@lru_cache(maxsize=8192)
def _lower(e: Expr, at: tuple[Expr, ...], names: _Names) -> Expr:
    if isinstance(e, Array) and e.axes:
        return entry(e, *(_at(at, len(e.axes), e)))
    if isinstance(e, Slice):
        return entry(e.array, *e.fill(_at(at, len(e.axes), e)))
    if isinstance(e, Float):
        return decimal(e)
    if e in (S.NaN, S.ComplexInfinity, S.Infinity, S.NegativeInfinity):
        raise TermError(f"{e} is not a number")
    if not e.args or isinstance(e, Symbol | Str):
        return e
    if isinstance(e, Indexed):
        return e.func(e.args[0], *(_lower(_expr(i), (), names) for i in e.args[1:]))
    if isinstance(e, UnevaluatedExpr):
        return _lower(_expr(e.args[0]), at, names)
    if isinstance(e, Ones):
        return S.One
    if isinstance(e, Dot):
        left, right = (_expr(a) for a in e.args)
        (axis,) = shape(left)
        k, inner = names.fresh("i", axis.lower, axis.upper)
        return Sum(_lower(left, (k,), inner) * _lower(right, (k,), inner), (k, axis.lower, axis.upper))
    if isinstance(e, Component):
        return _lower(_expr(e.args[0]), (_expr(e.args[1]),), names)
    if isinstance(e, Softmax):
        vector = _expr(e.args[0])
        (axis,) = shape(vector)
        k, inner = names.fresh("j", axis.lower, axis.upper)
        total = Sum(exp(_lower(vector, (k,), inner)), (k, axis.lower, axis.upper))
        return Frac(exp(_lower(vector, at, names)), total)
    if isinstance(e, Each):
        body = _expr(e.args[0]).xreplace(dict(zip(e.args[1:], at, strict=True)))
        return _lower(body, (), names)
    if isinstance(e, Grad):
        return Derivative(_lower(_expr(e.args[0]), (), names), _lower(_expr(e.args[1]), at, names), evaluate=False)
    if isinstance(e, Sum | Product):
        return _series(e, at, names)
    if isinstance(e, Add):
        return Add(*(_lower(_expr(part), at, names) for part in e.args))
    if isinstance(e, Mul):
        return Mul(*(_lower(_expr(part), at if shape(_expr(part)) else (), names) for part in e.args))
    if isinstance(e, Frac):
        return Frac(_lower(e.numerator, at, names), _lower(e.denominator, (), names))
    if isinstance(e, relu):
        return relu(_lower(_expr(e.args[0]), at, names))
    if isinstance(e, Piecewise):
        return Piecewise(*((_lower(value, at, names), _condition(condition, names)) for value, condition in e.args))
    if isinstance(e, Opaque):
        return Opaque(e.args[0], *(_argument(_expr(a), names) for a in e.args[1:]))
    if isinstance(e, Derivative):
        return Derivative(
            _lower(e.expr, at, names), *((_lower(v, (), names), n) for v, n in e.variable_count), evaluate=False
        )
    if isinstance(e, Subs):
        return Subs(_lower(e.expr, at, names), e.variables, [_lower(_expr(p), (), names) for p in e.point])
    return e.func(*(_lower(part, (), names) if isinstance(part, Expr) else part for part in e.args))


def _condition(condition: Any, names: _Names) -> Any:
    """The condition of a case, its sides lowered."""
    if isinstance(condition, Relational):
        sides = (_lower(_expr(side), (), names) for side in (condition.lhs, condition.rhs))
        return condition.func(*sides, evaluate=False)
    if isinstance(condition, BooleanFunction):
        return condition.func(*(_condition(part, names) for part in condition.args), evaluate=False)
    return condition


def _at(at: tuple[Expr, ...], wanted: int, e: Expr) -> tuple[Expr, ...]:
    if len(at) != wanted:
        raise TermError(f"{e} is {_describe(shape(e))}, a scalar was expected here")
    return at


def _series(e: Expr, at: tuple[Expr, ...], names: _Names) -> Expr:
    """A sum or product: one bound index at a time, from the outermost (SymPy lists the innermost first)."""
    *rest, (bound, lower, upper) = e.limits
    body = e.func(e.function, *rest) if rest else e.function
    lower, upper = (end if end.is_infinite else _lower(end, (), names) for end in (lower, upper))
    k, inner = names.fresh(bound.name, lower, upper)
    return e.func(_lower(body.xreplace({bound: k}), at, inner), (k, lower, upper))


def _argument(e: Expr, names: _Names) -> Expr:
    """An argument of an opaque function: arrays are tabulated entry by entry."""
    axes = shape(e)
    if not axes:
        return _lower(e, (), names)
    bound = []
    for name, axis in zip(COMPONENTS, axes, strict=False):
        k, names = names.fresh(name, axis.lower, axis.upper)
        bound.append(k)
    return Tabulate(_lower(e, tuple(bound), names), *(Tuple(k, k.lower, k.upper) for k in bound))


def unfold(e: Expr) -> Expr:
    """Every entry of a defined array replaced by what it stands for."""
    return _unfold(e, names_in(e))


def _unfold(e: Expr, scope: set[str]) -> Expr:
    if isinstance(e, Indexed) and isinstance(e.base.label, Array) and e.base.label.definition is not None:
        definition = e.base.label.definition
        body = lower(definition.body, (), scope | names_in(*e.indices))  # its own bound names capture nothing
        return body.xreplace(dict(zip(definition.indices, e.indices, strict=True)))
    if not e.args or isinstance(e, Symbol):
        return e
    if isinstance(e, Sum | Product):
        inner = scope | {limit[0].name for limit in e.limits}
        return e.func(_unfold(e.function, inner), *e.limits)
    return e.func(*(_unfold(a, scope) if isinstance(a, Expr) else a for a in e.args))


# -- propositions, problems, claims ----------------------------------------------------------------------------


def lower_proposition(p: Proposition, taken: frozenset[str] = frozenset()) -> Proposition:
    """The same over core scalars: a relation between vectors becomes one for each component."""
    if isinstance(p, Conj | Disj):
        return type(p)(tuple(lower_proposition(part, taken) for part in p.parts))
    if isinstance(p, Neg):
        return Neg(lower_proposition(p.part, taken))
    if isinstance(p, ForAll):
        return ForAll(p.index, lower_proposition(p.body, taken | {p.index.name}))
    if isinstance(p, Rel):
        axes = _common((p.lhs, p.rhs), f"in {p.lhs} {p.op.value} {p.rhs}")
        if axes and p.op is Relation.NE:
            raise TermError("≠ between vectors: say which component differs")
        indices = components(axes, taken | names_in(p))
        body: Proposition = Rel(p.op, _entry(p.lhs, indices, taken), _entry(p.rhs, indices, taken))
        for index in reversed(indices):
            body = ForAll(index, body)
        return body
    return Maximises(
        lower_problem(p.problem, taken),
        tuple((lower(variable, (), taken), lower(value, (), taken)) for variable, value in p.values),
    )


def lower_problem(p: Problem, taken: frozenset[str] = frozenset()) -> Problem:
    """The same with a core objective and core constraints; the variables stay arrays and slices."""
    _scalar(p.objective, "an objective")
    taken = taken | {index.name for index in p.each}
    return Problem(
        lower(p.objective, (), taken),
        p.variables,
        tuple(lower_proposition(c, taken) for c in p.subject),
        p.each,
        p.stationary,
    )


def components(axes: Shape, taken: Iterable[str]) -> tuple[Index, ...]:
    """Free indices for a generic entry, with names that are not taken."""
    names = _Names(frozenset(taken))
    found = []
    for wanted, axis in zip(COMPONENTS, axes, strict=False):
        index, names = names.fresh(wanted, axis.lower, axis.upper)
        found.append(index)
    return tuple(found)


def _entry(e: Expr, indices: tuple[Index, ...], taken: Iterable[str]) -> Expr:
    return lower(e, indices if shape(e) else (), taken)


def lower_content(content: Content, indices: tuple[Index, ...], taken: frozenset[str]) -> Content:
    """The core of a line; an expression that is a vector becomes its entry at ``indices``."""
    if isinstance(content, Expr):
        return _entry(content, indices, taken)
    if isinstance(content, Problem):
        return lower_problem(content, taken)
    return lower_proposition(content, taken)


def content_shape(lines: Iterable[Content]) -> Shape:
    """The common shape of a chain's lines; propositions and problems count as scalars."""
    return _common([line for line in lines if isinstance(line, Expr)], "in this chain")


def claim(
    name: str,
    lhs: Content,
    relation: Relation,
    rhs: Content,
    givens: Givens,
    indices: tuple[Index, ...] = (),
    premises: tuple[Proposition, ...] = (),
) -> Claim:
    """A self-contained claim over core terms; ``indices`` name the generic component of vector sides."""
    taken = frozenset({symbol.name for symbol in givens.symbols} | {index.name for index in indices})
    used = [i for i in indices if not isinstance(lhs, Problem)]
    symbols = (*givens.symbols, *(i for i in used if i not in givens.symbols))
    return Claim(
        name,
        lower_content(lhs, indices, taken),
        relation,
        lower_content(rhs, indices, taken),
        Givens(symbols, tuple(lower_proposition(c, taken) for c in givens.constraints)),
        tuple(lower_proposition(p, taken) for p in premises),
    )


# -- what occurs -----------------------------------------------------------------------------------------------


def free_symbols(content: object) -> tuple[Symbol, ...]:
    """The free symbols, indices and arrays, in order of appearance, sizes of their ranges last."""
    seen: dict[Symbol, None] = {}
    _collect(content, frozenset(), seen)
    for symbol in tuple(seen):
        _collect_ranges(symbol, seen)
    return tuple(seen)


def _collect_ranges(symbol: Symbol, seen: dict[Symbol, None]) -> None:
    ranges: list[Expr] = []
    if isinstance(symbol, Index):
        ranges = [symbol.lower, symbol.upper]
    elif isinstance(symbol, Array):
        ranges = [bound for axis in symbol.axes for bound in (axis.lower, axis.upper)]
        ranges += list(symbol.values or ())
        if symbol.definition:
            fresh: dict[Symbol, None] = {}
            _collect(symbol.definition.body, frozenset(symbol.definition.indices), fresh)
            for inner in fresh:
                if inner not in seen:
                    seen[inner] = None
                    _collect_ranges(inner, seen)
    for bound in ranges:
        for inner in sorted(bound.free_symbols, key=str):
            if isinstance(inner, Symbol) and inner not in seen:
                seen[inner] = None
                _collect_ranges(inner, seen)


def _collect(
    item: object, bound: frozenset[Symbol], seen: dict[Symbol, None], visited: set[tuple[object, object]] | None = None
) -> None:
    visited = set() if visited is None else visited
    if isinstance(item, Expr):
        if (item, bound) in visited:  # a part that is shared many times over is looked at once
            return
        visited.add((item, bound))
    if isinstance(item, Symbol):
        if item not in bound:
            seen.setdefault(item)
    elif isinstance(item, Sum | Product | Tabulate):
        limits = item.limits
        inner = bound | {limit[0] for limit in limits}
        for limit in limits:
            for end in limit[1:]:
                _collect(end, inner, seen, visited)
        _collect(item.args[0], inner, seen, visited)
    elif isinstance(item, Each):
        _collect(item.args[0], bound | set(item.args[1:]), seen, visited)
    elif isinstance(item, Limit | Integral):
        for symbol in sorted(free(item) - bound, key=str):
            seen.setdefault(symbol)
    elif isinstance(item, Subs):
        _collect(item.expr, bound | set(item.variables), seen, visited)
        _collect(item.point, bound, seen, visited)
    elif isinstance(item, Derivative):
        _collect(item.expr, bound, seen, visited)
        for variable, _ in item.variable_count:
            _collect(variable, bound, seen, visited)
    elif isinstance(item, ForAll):
        _collect(item.body, bound | {item.index}, seen, visited)
    elif isinstance(item, Problem):
        inner = bound | set(item.each)
        _collect((item.objective, item.variables, item.subject), inner, seen, visited)
    elif isinstance(item, Maximises):
        _collect(item.problem, bound, seen, visited)
        family = {index for variable, _ in item.values for index in variable.free_symbols if isinstance(index, Index)}
        _collect(item.values, bound | set(item.problem.each) | family, seen, visited)
    elif isinstance(item, tuple | list):
        for part in item:
            _collect(part, bound, seen, visited)
    elif hasattr(item, "__dataclass_fields__"):
        for name in item.__dataclass_fields__:
            _collect(getattr(item, name), bound, seen, visited)
    elif hasattr(item, "args") and item is not FREE:
        for part in item.args:
            _collect(part, bound, seen, visited)
