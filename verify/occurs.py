"""Which symbols, indices and arrays occur free in expressions, propositions and problems."""

from __future__ import annotations

from sympy import (
    Derivative,
    Expr,
    Integral,
    Limit,
    Product,
    Subs,
    Sum,
    Symbol,
    Tuple,
)

from verify.terms import (
    FREE,
    Array,
    Each,
    ForAll,
    Index,
    Maximises,
    Problem,
    Slice,
    Tabulate,
    free,
)


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
