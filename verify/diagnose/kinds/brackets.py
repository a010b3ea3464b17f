"""Lost brackets, and functions taken apart as if they were linear: ``ax + b`` for ``a(x + b)``; ``log x + log y``."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations, permutations

from sympy import Add, Function, Mul, Number, Pow, S

from verify.diagnose.context import Vocabulary
from verify.diagnose.search.edit import Edit, Op
from verify.diagnose.search.tree import Part
from verify.diagnose.words import quoted
from verify.shapes import shape

MOST_TERMS = 4


def propose(part: Part, words: Vocabulary) -> Iterator[Edit]:
    """A factor of one term applied to another one too; a function of a sum for a sum of its values."""
    node = part.node
    if isinstance(node, Mul) and len(node.args) == 2 and not isinstance(node.args[0], Number) and not part.shape:
        yield Edit("sum-for-product", part, Op.REPLACE, Add(*node.args), 1.5, _operator)
    if not isinstance(node, Add) or len(node.args) > MOST_TERMS:
        return
    if len(node.args) == 2 and not part.shape and not {*node.args} & {S.One, S.NegativeOne}:
        yield Edit("sum-for-product", part, Op.REPLACE, Mul(*node.args), 1.55, _operator)
    for one, other in permutations(node.args, 2):
        rest = Add(*(a for a in node.args if a is not one and a is not other))
        for factor in Mul.make_args(one):
            if factor is not S.NegativeOne and not shape(factor) and len(Mul.make_args(one)) > 1:
                bracketed = Mul(factor, one / factor + other) + rest
                yield Edit("brackets", part, Op.REPLACE, bracketed, 1.5, _brackets)
    for one, other in combinations(node.args, 2):
        rest = Add(*(a for a in node.args if a is not one and a is not other))
        if type(one) is type(other) and isinstance(one, Function) and len(one.args) == 1 and not part.shape:
            yield Edit("not-linear", part, Op.REPLACE, type(one)(one.args[0] + other.args[0]) + rest, 1.4, _linear)
        if isinstance(one, Pow) and isinstance(other, Pow) and one.exp == other.exp:
            yield Edit("not-linear", part, Op.REPLACE, (one.base + other.base) ** one.exp + rest, 1.4, _linear)


def _operator(edit: Edit) -> str:
    one, other = ("sum", "product") if isinstance(edit.old, Add) else ("product", "sum")
    return f"A {other} is meant, not a {one}: {quoted(edit.new)}, not {quoted(edit.old)}."


def _brackets(edit: Edit) -> str:
    return f"Brackets are lost: {quoted(edit.new)}, not {quoted(edit.old)}."


def _linear(edit: Edit) -> str:
    return f"The function is not linear: {quoted(edit.new)} is not {quoted(edit.old)}."
