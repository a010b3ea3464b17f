"""Pairs of edits within a sum over an index or a derivative.

What such a whole would have to be says nothing of what stands in it, but it is linear in that: two edits of different
terms in it mend the line if what they change adds up (meet in the middle).
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from sympy import Add, Derivative, Expr, Mul, Sum, UnevaluatedExpr

from verify.diagnose.search.hits import Hit
from verify.diagnose.search.table import Table
from verify.diagnose.search.tree import Path
from verify.diagnose.search.values import Values
from verify.shapes import as_expr
from verify.terms import Dot, Each, Frac, Grad

LINEAR = (Add, Mul, Frac, Sum, Derivative, Grad, Each, Dot, UnevaluatedExpr)


def in_terms(inside: Table, node: Expr, path: Path, value: Values, target: Values) -> Iterator[Hit]:
    """Edits in different terms of what a part is linear in, if what they change of its ``value`` adds up to the target.

    In different factors they multiply, where one of them is the same for every index.
    """
    for whole, wanted in (
        (Add, target + value - inside.values),
        (Mul | Frac, target * value / inside.values),
    ):
        for price, a, b in inside.matching(inside.valued(wanted)):
            one, other = inside.edit(a), inside.edit(b)
            if isinstance(_meeting(node, one.part.path[len(path) :], other.part.path[len(path) :]), whole):
                yield Hit(price, one, None, other, path, sure=whole is Add)


def _meeting(node: Any, one: Path, other: Path) -> Expr | None:
    """The smallest whole with two parts of a node, if this is linear in it."""
    for a, b in zip(one, other, strict=False):
        if a != b:
            return as_expr(node)
        if not isinstance(node, LINEAR) or (isinstance(node, Frac) and a == 1):
            return None
        node = node.args[a]
    return as_expr(node) if isinstance(node, Mul) else None
