"""Structural identity: both sides are the same expression, apart from the names of bound indices."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from functools import lru_cache
from types import MappingProxyType
from typing import Any

from sympy import Add, Expr, Max, Min, Mul, Product, Sum, Symbol, Tuple

from verify.checks.common import all_sizes
from verify.config import Settings
from verify.model import Claim, Evidence, Relation, Verdict
from verify.terms import Content, ForAll, Index, Tabulate, free

NAMELESS: Mapping[Symbol, int] = MappingProxyType({})
REFLEXIVE = {Relation.EQ, Relation.LE, Relation.GE, Relation.IMPLIES, Relation.IFF, Relation.SAME_MAXIMISERS}


def check(claim: Claim, settings: Settings) -> Evidence | None:
    """PROVED for ``a = a`` and the like."""
    if claim.relation in REFLEXIVE and _alike(claim.lhs, claim.rhs) and anonymous(claim.lhs) == anonymous(claim.rhs):
        return Evidence("identity", Verdict.PROVED, "both sides are the same expression", all_sizes(claim))
    return None


def _alike(one: Content, other: Content) -> bool:
    """Whether two items may be one, as far as is seen at a glance: most lines differ from the one before."""
    if not isinstance(one, Expr) or not isinstance(other, Expr):
        return True
    return type(one) is type(other) and len(one.args) == len(other.args)


def anonymous(item: Any, names: Mapping[Symbol, int] = NAMELESS) -> Any:
    """What two items have in common if they differ in the names of bound indices only: a nested tuple.

    Bound indices are named by how many are bound around them (de Bruijn levels), and terms and factors stand in no
    order. Nothing is rewritten, so equal keys mean the same expression.
    """
    if isinstance(item, Expr | Tuple):
        if item in names:
            return ("bound", names[item])
        if not binds(item) and names.keys().isdisjoint(free(item)):
            return ("as it is", item)  # not the bare item: SymPy would make something of a tuple compared with it
        if isinstance(item, Sum | Product | Tabulate):
            inner, ranges = dict(names), []
            for bound, lower, upper in reversed(item.limits):
                ranges.append((anonymous(lower, inner), anonymous(upper, inner)))
                inner[bound] = len(inner)
            return (item.func, tuple(ranges), anonymous(item.args[0], inner))
        parts = [anonymous(a, names) for a in item.args]
        if isinstance(item, Add | Mul | Max | Min):
            return (item.func, frozenset(Counter(parts).items()))
        return (item.func, *parts)
    if isinstance(item, ForAll):
        ends = anonymous(item.index.lower, names), anonymous(item.index.upper, names)
        return (ForAll, ends, anonymous(item.body, {**names, item.index: len(names)}))
    if isinstance(item, tuple):
        return tuple(anonymous(part, names) for part in item)
    if hasattr(item, "__dataclass_fields__"):
        return (type(item), *(anonymous(getattr(item, f), names) for f in item.__dataclass_fields__))
    return item


@lru_cache(maxsize=1 << 14)
def binds(e: Expr | Tuple) -> bool:
    """Whether an index is bound in it."""
    return isinstance(e, Sum | Product | Tabulate) or any(binds(a) for a in e.args if isinstance(a, Expr | Tuple))


def rename(item: Any, old: Index, new: Expr) -> Any:
    """``item`` with a free index replaced throughout a proposition or problem."""
    if isinstance(item, Expr | Tuple):
        return item.xreplace({old: new})
    if isinstance(item, tuple):
        return tuple(rename(part, old, new) for part in item)
    if isinstance(item, ForAll) and item.index == old:
        return item
    if hasattr(item, "__dataclass_fields__"):
        return type(item)(*(rename(getattr(item, f), old, new) for f in item.__dataclass_fields__))
    return item
