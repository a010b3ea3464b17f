"""From a canonical form back to what an author would write: dot products, vectors, and bound indices with names."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sympy import Add, Expr, Indexed, Integral, Mul, Product, Sum, Symbol

from verify.shapes import as_expr
from verify.terms import FREE, Array, Dot, Index, Slice, free

NAMES = ("k", "j", "m", "l", "s", "t")


def surface(e: Expr, component: Index | None, ranges: Sequence[tuple[Symbol, Expr, Expr]]) -> Expr | None:
    """A core expression on the author's level; ``ranges`` are those of the author's sums.

    ``component`` is the index of a vector's generic component; ``None`` is returned if the vector cannot be told.
    """
    made = _named(e, ranges, frozenset(s.name for s in free(e)))
    return made if component is None else _vector(made, component)


def _named(e: Any, ranges: Sequence[tuple[Symbol, Expr, Expr]], outer: frozenset[str]) -> Any:
    """With names for bound indices that do not occur in the whole (``outer``) already."""
    if not e.args or isinstance(e, Indexed | Symbol):
        return e
    args = [_named(a, ranges, outer) for a in e.args]
    if args != list(e.args):
        e = e.func(*args)
    if not isinstance(e, Sum | Product | Integral) or any(len(limit) != 3 for limit in e.limits):
        return e
    dot = _dot(e.function, *e.limits[0]) if isinstance(e, Sum) and len(e.limits) == 1 else None
    if dot is not None:
        return dot
    taken = outer | {s.name for s in free(e)} | {s.name for s in e.function.atoms(Symbol)}
    body, limits = e.function, []
    for bound, lower, upper in e.limits:
        if bound.name.startswith("‹"):
            names = [k.name for k, *ends in ranges if ends == [lower, upper]]
            name = next((n for n in (*names, *NAMES) if n not in taken), bound.name)
            new = Symbol(name, real=True) if isinstance(e, Integral) else Index(name, lower, upper)
            body, bound, taken = body.xreplace({bound: new}), new, taken | {name}
        limits.append((bound, lower, upper))
    return e if body is e.function else e.func(body, *limits)


def _dot(body: Expr, bound: Symbol, lower: Expr, upper: Expr) -> Expr | None:
    """The dot product that a sum over the components of two vectors is."""
    vectors = [_without(f, bound) for f in Mul.make_args(body)]
    if len(vectors) != 2:
        return None
    one, other = vectors
    if one is None or other is None or any((a.lower, a.upper) != (lower, upper) for v in vectors for a in v.axes):
        return None
    return Dot(other, one) if isinstance(other, Slice) and not isinstance(one, Slice) else Dot(one, other)


def _without(e: Expr, index: Symbol) -> Any:
    """The vector whose component at an index an entry is."""
    if not isinstance(e, Indexed) or not isinstance(e.base.label, Array) or e.indices[-1] != index:
        return None
    before = e.indices[:-1]
    if any(index in free(i) for i in before):
        return None
    return Slice(e.base.label, *before, FREE) if before else e.base.label


def _vector(e: Expr, component: Index) -> Expr | None:
    """The vector with this generic component: each of its terms has one factor that is an entry at the index."""
    terms = []
    for term in Add.make_args(e.expand() if isinstance(e, Mul) and any(isinstance(a, Add) for a in e.args) else e):
        factors = Mul.make_args(term)
        inside = [f for f in factors if component in free(f)]
        vector = _without(inside[0], component) if len(inside) == 1 else None
        if vector is None:
            return None
        terms.append(Mul(*(as_expr(vector) if f is inside[0] else f for f in factors)))
    return Add(*terms)
