"""A wrong sign: ``σ′(x) = −σ(x)(1 − σ(x))`` for ``σ(x)(1 − σ(x))``; in an argument, ``σ(x)`` for ``σ(−x)``."""

from __future__ import annotations

from collections.abc import Iterator

from sympy import Add, Function, Mul, Pow, S, Subs, exp

from verify.diagnose.search.edit import Edit, Op
from verify.diagnose.search.tree import Part
from verify.diagnose.vocabulary import Vocabulary
from verify.diagnose.words import quoted, whole
from verify.terms import Dot, Frac

UNLIKELY = 1.75  # what a minus costs that wants brackets and an exponent of its own: (−a)ⁿ for aⁿ


def propose(part: Part, words: Vocabulary) -> Iterator[Edit]:
    """The other sign before a term, an argument, or the whole line."""
    node, parent = part.node, part.parent
    if node is S.Zero or isinstance(parent, Mul) or (isinstance(parent, Frac) and part.path[-1] == 1):
        return
    if isinstance(parent, Pow) and parent.exp.is_even:
        return
    if isinstance(parent, Pow) and part.path[-1] == 0 and not parent.exp.is_number:
        yield Edit("sign", part, Op.TIMES, S.NegativeOne, UNLIKELY, say)
    elif isinstance(parent, exp):
        yield Edit("sign", part, Op.TIMES, S.NegativeOne, 1.05, _exponent)
    elif isinstance(parent, Function | Subs):
        yield Edit("argument", part, Op.TIMES, S.NegativeOne, 1.05, _argument)
    else:
        cost = (
            1.0
            + (0.1 if isinstance(node, Add) and part.path else 0)
            + (0.3 if isinstance(parent, Frac) else 0.2 if isinstance(parent, Dot) else 0)
        )
        yield Edit("sign", part, Op.TIMES, S.NegativeOne, cost, say)


def say(edit: Edit) -> str:
    """Which sign is wrong."""
    old, new = edit.old, edit.new
    lost = new.could_extract_minus_sign() and not old.could_extract_minus_sign()
    if not edit.part.path:
        return (
            "The minus before the whole line is lost." if lost else "There is a minus too many before the whole line."
        )
    what = quoted(new if old.could_extract_minus_sign() else old)
    if isinstance(edit.part.parent, Add):
        return f"The term {what} has the wrong sign: it is {'subtracted' if lost else 'added'}."
    return f"A minus is lost before {what}." if lost else f"There is a minus too many before {what}."


def _exponent(edit: Edit) -> str:
    return f"The exponent has the wrong sign: {quoted(edit.new)}, not {quoted(edit.old)}."


def _argument(edit: Edit) -> str:
    return f"The argument has the wrong sign: {whole(edit)}."
