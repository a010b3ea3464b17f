"""Structural identity: both sides are the same expression, apart from the names of bound indices."""

from __future__ import annotations

from typing import Any

from sympy import Expr, Product, Sum, Tuple

from verify.checks.common import all_sizes
from verify.config import Settings
from verify.model import Claim, Evidence, Relation, Verdict
from verify.terms import ForAll, Index, Tabulate

REFLEXIVE = {Relation.EQ, Relation.LE, Relation.GE, Relation.IMPLIES, Relation.IFF, Relation.SAME_MAXIMISERS}


def check(claim: Claim, settings: Settings) -> Evidence | None:
    """PROVED for ``a = a`` and the like."""
    if claim.relation in REFLEXIVE and anonymous(claim.lhs) == anonymous(claim.rhs):
        return Evidence("identity", Verdict.PROVED, "both sides are the same expression", all_sizes(claim))
    return None


def anonymous(item: Any, depth: int = 0) -> Any:
    """The same with bound indices named by their depth (de Bruijn levels)."""
    if isinstance(item, Sum | Product | Tabulate):
        renaming: dict[Expr, Index] = {}
        limits = []
        for k, (bound, lower, upper) in enumerate(reversed(item.limits)):
            lower, upper = (anonymous(end.xreplace(renaming), depth) for end in (lower, upper))
            renaming[bound] = Index(f"#{depth + k}", lower, upper)
            limits.append(Tuple(renaming[bound], lower, upper))
        body = anonymous(item.args[0].xreplace(renaming), depth + len(limits))
        return item.func(body, *reversed(limits))
    if isinstance(item, ForAll):
        index = Index(f"#{depth}", item.index.lower, item.index.upper)
        return ForAll(index, anonymous(rename(item.body, item.index, index), depth + 1))
    if isinstance(item, Expr | Tuple):
        return item.func(*(anonymous(a, depth) for a in item.args)) if item.args else item
    if isinstance(item, tuple):
        return tuple(anonymous(part, depth) for part in item)
    if hasattr(item, "__dataclass_fields__"):
        return type(item)(*(anonymous(getattr(item, f), depth) for f in item.__dataclass_fields__))
    return item


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
