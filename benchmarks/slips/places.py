"""The places of an expression where somebody may slip: its parts, what is around them, and a part exchanged."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any, TypeAlias

from sympy import (
    Add,
    Derivative,
    Expr,
    Function,
    Indexed,
    Integral,
    KroneckerDelta,
    Limit,
    Mul,
    Piecewise,
    Product,
    S,
    Subs,
    Sum,
    Symbol,
)

from verify.terms import Component, Each, Frac, Grad, Index, Opaque, Partial, Slice, Tabulate

_CLOSED = (Symbol, Indexed, Slice, KroneckerDelta, Opaque, Partial, Tabulate, Integral, Limit, Piecewise, Subs)
_FIRST_ONLY = (Sum, Product, Derivative, Grad, Each, Component)


Path: TypeAlias = tuple[int, ...]


@dataclass(frozen=True)
class Place:
    """A part, the way to it (which argument of which argument …), what it is part of, the indices bound around it."""

    path: Path
    part: Expr
    whole: Expr | None
    bound: tuple[Index, ...]


def places(line: Expr) -> list[Place]:
    """All places, the whole line first."""
    return list(_places(line, (), None, ()))


def _places(e: Expr, path: Path, whole: Expr | None, bound: tuple[Index, ...]) -> Iterator[Place]:
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


def exchanged(line: Expr, path: Path, new: Expr) -> Expr:
    """The line with ``new`` at the place."""
    if not path:
        return new
    first, *rest = path
    args: list[Any] = list(line.args)
    args[first] = exchanged(args[first], tuple(rest), new)
    return Derivative(*args, evaluate=False) if isinstance(line, Derivative) else line.func(*args)


def folds(line: Expr, path: Path, new: Expr) -> bool:
    """Whether SymPy rewrites what is around a place when ``new`` stands there: ``x + y`` to ``2·y``, for ``y``.

    Numbers that are put together, a sign or a number that a function lets out, are no such thing; but a term that has
    become a number and has gone into another one is: ``5`` for ``3x² + 2`` without its ``x²``. So is a factor, and so
    is a function: ``−6`` for ``−3 log 2`` without its logarithm.
    """
    for depth in reversed(range(len(path))):
        whole = line
        for i in path[:depth]:
            whole = whole.args[i]
        built = exchanged(whole, (path[depth],), new)
        others = [a for i, a in enumerate(whole.args) if i != path[depth]]
        old = whole.args[path[depth]]
        emptied = new != 0 and new.is_number and (not old.is_number or (new.is_Rational and isinstance(old, Function)))
        signs = {S.NegativeOne} if isinstance(whole, Mul) else set()
        if isinstance(whole, Add | Mul) and emptied and any(a.is_Number and a not in signs for a in others):
            return True
        if isinstance(whole, Add | Mul):
            if not keeps(built, others, type(whole)):
                return True
        else:
            inner = built.as_coeff_Mul()[1]
            if type(inner) is not type(whole) or len(inner.args) != len(whole.args):
                return True
            if any(a != b for i, (a, b) in enumerate(zip(inner.args, whole.args, strict=True)) if i != path[depth]):
                return True
        new = built
    return False


def keeps(made: Expr, parts: Sequence[Expr], operation: type[Add | Mul]) -> bool:
    """Whether a sum or a product still has all the terms or factors of its parts, but for numbers."""
    wanted = Counter(a for part in parts for a in operation.make_args(part) if not a.is_number)
    return not wanted - Counter(operation.make_args(made))


def lost_argument(place: Place, new: Expr) -> Path | None:
    """The way to the term, the factor or the denominator of a place without which it is ``new``."""
    part = place.part
    if isinstance(part, Frac) and part.numerator == new:
        return (*place.path, 1)
    for i in range(len(part.args)) if isinstance(part, Add | Mul) else ():
        if part.func(*(a for j, a in enumerate(part.args) if j != i)) == new:
            return (*place.path, i)
    return None


def same_place(line: Expr, path: Path, other: Expr) -> Path | None:
    """Where in another line the part of a line stands, if it stands there once."""
    part: Any = line
    for i in path:
        part = part.args[i]
    found = [place.path for place in places(other) if place.part == part]
    return found[0] if len(found) == 1 else None
