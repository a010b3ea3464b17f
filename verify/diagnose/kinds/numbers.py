"""A wrong number: ``∂/∂x x³ = 2x²`` for ``3x²``."""

from __future__ import annotations

from collections.abc import Iterator

from sympy import Add, Expr, Mul, Rational, S

from verify.diagnose.search.edit import Edit, Op
from verify.diagnose.search.tree import Part
from verify.diagnose.vocabulary import Vocabulary
from verify.diagnose.words import quoted, whole
from verify.shapes import shape
from verify.terms import Frac


def propose(part: Part, words: Vocabulary) -> Iterator[Edit]:
    """Other numbers where a number stands."""
    value = part.node
    if not isinstance(value, Rational) or (value is S.NegativeOne and isinstance(part.parent, Mul)):
        return
    near = [value + 1, value - 1, 2 * value, value / 2, value + 2, value - 2, S.Zero, S.One]
    if value:
        near += [1 / value, value * value]
    for new in dict.fromkeys(near):
        opposite = new == -value and isinstance(part.parent, Mul | Add)  # that is a sign
        if new != value and not opposite and not _left_out(part, new):
            yield Edit("constant", part, Op.REPLACE, new, 1.15 + (0.1 if abs(new - value) != 1 else 0), say)


def _left_out(part: Part, new: Expr) -> bool:
    """A factor or a term that is left out, or has the wrong sign, has names of its own; nothing is divided by zero."""
    turned = new == -part.node and isinstance(part.parent, Add)
    return (
        turned
        or (new == 0 and isinstance(part.parent, Mul | Frac | Add))
        or (new == 1 and isinstance(part.parent, Mul))
    )


def say(edit: Edit) -> str:
    """What the number should be."""
    if isinstance(edit.part.parent, Mul):
        return f"The coefficient is {quoted(edit.new)}, not {quoted(edit.old)}."
    if not shape(edit.old) and edit.part.parent is not None and not isinstance(edit.part.parent, Frac):
        return f"The number is {quoted(edit.new)}, not {quoted(edit.old)}: {whole(edit)}."
    return f"The number is {quoted(edit.new)}, not {quoted(edit.old)}."


def is_numeral(e: Expr) -> bool:
    """A rational number, or a fraction of two as it is written: of these nobody has lost a function."""
    return isinstance(e, Rational) or (isinstance(e, Frac) and all(isinstance(a, Rational) for a in e.args))
