"""A line as a tree: its parts, where they stand, which indices are bound there, and the line with a part replaced."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cached_property, lru_cache
from itertools import islice
from typing import Any, TypeAlias

from sympy import (
    Add,
    Derivative,
    Expr,
    Function,
    Integer,
    Integral,
    KroneckerDelta,
    Limit,
    Mul,
    Piecewise,
    Pow,
    Product,
    Rational,
    Subs,
    Sum,
    Symbol,
)

from verify.frozen import dataclass
from verify.shapes import Shape, as_expr, shape
from verify.terms import Array, Each, Frac, Grad, Index, Ones, Opaque, Partial, Slice

DEEPEST = 4  # at which a part is sought within what an edit has made

Path: TypeAlias = tuple[int, ...]
"""From a line to one of its parts: which argument, of which argument, …"""

_WHOLE = (Slice, Array, KroneckerDelta, Partial, Integral, Limit, Piecewise, Ones)  # looked at from outside only


@dataclass(frozen=True)
class Part:
    """A part of a line: ``node`` stands at ``path``; ``bound`` are the indices whose sums it stands in."""

    path: Path
    node: Expr
    parent: Expr | None
    bound: tuple[tuple[Symbol, Expr, Expr], ...] = ()
    below_derivative: bool = False

    @cached_property
    def shape(self) -> Shape:
        """A scalar, a vector or a matrix."""
        return shape(self.node)

    @property
    def depth(self) -> int:
        """How far down it stands."""
        return len(self.path)


def parts(line: Expr) -> Iterator[Part]:
    """All parts of a line that can be changed, the whole line first."""
    yield from _parts(Part((), line, None))


def _parts(part: Part) -> Iterator[Part]:
    yield part
    for i, child in _children(part.node):
        inside = part.below_derivative or isinstance(part.node, Derivative | Grad)
        bound = part.bound
        if isinstance(part.node, Sum | Product):
            bound = (*bound, *((k, lo, hi) for k, lo, hi in part.node.limits))
        elif isinstance(part.node, Each):
            bound = (*bound, *((k, k.lower, k.upper) for k in part.node.args[1:] if isinstance(k, Index)))
        yield from _parts(Part((*part.path, *i), child, part.node, bound, inside))


def _children(e: Expr) -> Iterator[tuple[Path, Expr]]:
    """The parts directly below, each with its way down."""
    if isinstance(e, _WHOLE) or not e.args or isinstance(e, Symbol | Opaque):
        return
    if isinstance(e, Sum | Product | Derivative | Grad | Each):
        yield (0,), as_expr(e.args[0])
    elif isinstance(e, Subs):
        for i, point in enumerate(e.point):
            yield (2, i), as_expr(point)
    elif isinstance(e, Pow) and isinstance(e.exp, Rational):
        yield (0,), e.base
    elif not hasattr(e, "indices"):  # not an entry of an array
        for i, child in enumerate(e.args):
            if isinstance(child, Expr):
                yield (i,), child


def first_step(e: Any, path: Path) -> Path:
    """How the way from a node to one of its parts begins: a substitution's points stand in a tuple of their own."""
    return path[: 2 if isinstance(e, Subs) else 1]


def replace(line: Expr, path: Path, new: Expr) -> Expr:
    """The line with another part at ``path``, put together again as SymPy does."""
    made: Expr = replace_all(line, {path: new})
    return made


def replace_all(line: Any, changes: Mapping[Path, Expr]) -> Any:
    """The line with other parts at some paths, all at once."""
    if () in changes:
        return changes[()]
    below: dict[int, dict[Path, Expr]] = {}
    for path, new in changes.items():
        below.setdefault(path[0], {})[path[1:]] = new
    changed = [replace_all(a, below[i]) if i in below else a for i, a in enumerate(line.args)]
    if isinstance(line, Derivative):
        return Derivative(*changed, evaluate=False)
    return line.func(*changed)


def at(line: Any, path: Path) -> Any:
    """The part at ``path``."""
    for i in path:
        line = line.args[i]
    return line


def found_at(line: Any, path: Path) -> Any:
    """The part at ``path``; ``None`` if there is none."""
    for i in path:
        if not i < len(line.args):
            return None
        line = line.args[i]
    return line


@lru_cache(maxsize=1 << 14)
def size(e: Any) -> int:
    """How many symbols, numbers and signs it takes to write it: the measure of an edit."""
    if isinstance(e, Integer):
        return 1 if e >= 0 else 2
    if isinstance(e, Slice | Symbol) or not e.args or hasattr(e, "indices"):
        return 1
    if isinstance(e, Function | Pow):
        return 1 + sum(size(a) for a in e.args)
    if isinstance(e, Sum | Product | Derivative | Grad):
        return 2 + size(e.args[0])
    return sum(size(a) for a in e.args) + 1


def only_place(e: Expr, part: Expr) -> Path | None:
    """Where the part stands, if it stands in one place and not deep down."""
    found = list(islice(_places(e, part, ()), 2))
    return found[0] if len(found) == 1 else None


def _places(e: Any, part: Expr, path: Path) -> Iterator[Path]:
    if e == part:
        yield path
    elif len(path) < DEEPEST and isinstance(e, Add | Mul | Frac | Pow | Function):
        for i, argument in enumerate(e.args):
            yield from _places(argument, part, (*path, i))


def apart(one: Part, other: Part) -> bool:
    """Neither stands within the other."""
    short = min(len(one.path), len(other.path))
    return one.path[:short] != other.path[:short]
