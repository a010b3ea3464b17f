"""Which symbols, indices and arrays occur free in expressions, propositions and problems."""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache
from operator import attrgetter
from typing import TypeAlias

from sympy import (
    Basic,
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
    seen = dict.fromkeys(_appearing(content))
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
            for inner in _without(_appearing(symbol.definition.body), symbol.definition.indices):
                if inner not in seen:
                    seen[inner] = None
                    _collect_ranges(inner, seen)
    for bound in ranges:
        for inner in sorted(free(bound), key=attrgetter("name")):
            if inner not in seen:
                seen[inner] = None
                _collect_ranges(inner, seen)


Symbols: TypeAlias = tuple[Symbol, ...]


def _appearing(item: object) -> Symbols:
    """The free symbols in order of appearance; each expression is looked through once."""
    if isinstance(item, Basic):
        return _in_expression(item)
    if isinstance(item, ForAll):
        return _without(_appearing(item.body), (item.index,))
    if isinstance(item, Problem):
        return _without(_joined((item.objective, item.variables, item.subject)), item.each)
    if isinstance(item, Maximises):
        family = [index for variable, _ in item.values for index in variable.free_symbols if isinstance(index, Index)]
        values = _without(_appearing(item.values), (*item.problem.each, *family))
        return tuple(dict.fromkeys((*_appearing(item.problem), *values)))
    if isinstance(item, tuple | list):
        return _joined(item)
    if hasattr(item, "__dataclass_fields__"):
        return _joined([getattr(item, name) for name in item.__dataclass_fields__])
    return ()


@lru_cache(maxsize=1 << 14)
def _in_expression(e: Basic) -> Symbols:
    if isinstance(e, Symbol):
        return (e,)
    if isinstance(e, Sum | Product | Tabulate):
        ends = [end for limit in e.limits for end in limit[1:]]
        return _without(_joined([*ends, e.args[0]]), [limit[0] for limit in e.limits])
    if isinstance(e, Each):
        return _without(_appearing(e.args[0]), e.args[1:])
    if isinstance(e, Limit | Integral):
        return tuple(sorted(free(e), key=attrgetter("name")))
    if isinstance(e, Subs):
        return tuple(dict.fromkeys((*_without(_appearing(e.expr), e.variables), *_appearing(e.point))))
    if isinstance(e, Derivative):
        return _joined((e.expr, *(part for pair in e.variable_count for part in pair)))
    return _joined(e.args) if e is not FREE else ()


def _joined(items: Iterable[object]) -> Symbols:
    return tuple(dict.fromkeys(symbol for item in items for symbol in _appearing(item)))


def _without(symbols: Symbols, bound: Iterable[object]) -> Symbols:
    taken = set(bound)
    return tuple(symbol for symbol in symbols if symbol not in taken)
