"""The places of an expression where somebody may slip: its parts, what is around them, and a part exchanged."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from sympy import (
    Derivative,
    Expr,
    Indexed,
    Integral,
    KroneckerDelta,
    Limit,
    Piecewise,
    Product,
    Subs,
    Sum,
    Symbol,
)

from verify.terms import Component, Each, Grad, Index, Opaque, Partial, Slice, Tabulate

_CLOSED = (Symbol, Indexed, Slice, KroneckerDelta, Opaque, Partial, Tabulate, Integral, Limit, Piecewise, Subs)
_FIRST_ONLY = (Sum, Product, Derivative, Grad, Each, Component)


@dataclass(frozen=True)
class Place:
    """A part, the way to it (which argument of which argument …), what it is part of, the indices bound around it."""

    path: tuple[int, ...]
    part: Expr
    whole: Expr | None
    bound: tuple[Index, ...]


def places(line: Expr) -> list[Place]:
    """All places, the whole line first."""
    return list(_places(line, (), None, ()))


def _places(e: Expr, path: tuple[int, ...], whole: Expr | None, bound: tuple[Index, ...]) -> Iterator[Place]:
    yield Place(path, e, whole, bound)
    if isinstance(e, _CLOSED) or not e.args:
        return
    inner = bound
    if isinstance(e, Sum | Product):
        inner = (*bound, *(limit[0] for limit in e.limits if isinstance(limit[0], Index)))
    elif isinstance(e, Each):
        inner = (*bound, *(a for a in e.args[1:] if isinstance(a, Index)))
    for position, part in enumerate(e.args[:1] if isinstance(e, _FIRST_ONLY) else e.args):
        if isinstance(part, Expr):
            yield from _places(part, (*path, position), e, inner)


def exchanged(line: Expr, path: tuple[int, ...], new: Expr) -> Expr:
    """The line with ``new`` at the place."""
    if not path:
        return new
    first, *rest = path
    args: list[Any] = list(line.args)
    args[first] = exchanged(args[first], tuple(rest), new)
    return Derivative(*args, evaluate=False) if isinstance(line, Derivative) else line.func(*args)
