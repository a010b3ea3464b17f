"""A sign that was changed within a product, before the whole product instead.

``−(2u)·v`` becomes ``u·v``, not ``−(−u)·v``.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from sympy import Expr, Mul, UnevaluatedExpr

from verify.diagnose.kinds import signs
from verify.diagnose.search import tree
from verify.diagnose.search.edit import Edit, Op
from verify.diagnose.search.tree import Part, Path
from verify.diagnose.vocabulary import Vocabulary
from verify.terms import Dot, Frac

PRODUCTS = (Mul, Frac, Dot, UnevaluatedExpr)
"""What has the other sign if one of its arguments has."""


def lifted(pairs: Sequence[tuple[Edit, ...]], parts: Mapping[Path, Part], words: Vocabulary) -> list[tuple[Edit, ...]]:
    """For each pair with such a sign the same pair with the sign before the product."""
    found: list[tuple[Edit, ...]] = []
    for pair in pairs:
        for sign, other in (pair, pair[::-1]) if len(pair) == 2 else ():
            above = _negative(sign, parts)
            if above is None or sign is other:
                continue
            for edit in signs.propose(above, words):
                if tree.apart(above, other.part):
                    found.append((edit, other))
                elif other.written and other.part.path in parts and other.part.path != above.path:
                    below = other.part.path[above.depth :]
                    node = tree.replace(above.node, below, other.new)
                    found.append((other, replace(edit, part=replace(above, node=node))))
    return found


def _negative(edit: Edit, parts: Mapping[Path, Part]) -> Part | None:
    """The largest product around a changed sign, if a minus stands in one of those on the way."""
    if edit.op is not Op.TIMES or edit.given != -1 or parts.get(edit.part.path) != edit.part:
        return None
    above, minus = None, False
    for depth in range(edit.part.depth - 1, -1, -1):
        part = parts.get(edit.part.path[:depth])
        if part is None or not isinstance(part.node, PRODUCTS):
            break
        above, minus = part, minus or _has_minus(part.node)
    return above if minus else None


def _has_minus(node: Expr) -> bool:
    return bool(node.as_coeff_Mul()[0].is_negative)
