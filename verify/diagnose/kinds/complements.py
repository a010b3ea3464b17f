"""A part for its complement: ``σ(x)`` for ``1 − σ(x)``, ``1 − t`` for ``t``, also as one of two equal factors."""

from __future__ import annotations

from collections.abc import Iterator

from sympy import Add, Expr, Indexed, Pow, S, Symbol

from verify.diagnose.search.deferred import Deferred
from verify.diagnose.search.edit import Edit, Op
from verify.diagnose.search.tree import Part, parts
from verify.diagnose.vocabulary import Vocabulary
from verify.diagnose.words import quoted
from verify.terms import Component, sigmoid

PROBABILITIES = (sigmoid, Component, Indexed, Symbol)
"""What may be one."""
COST = 1.2
STRANGE = 0.25  # what it is dearer by where the lines have no such part


def propose(part: Part, words: Vocabulary) -> Iterator[Edit]:
    """One less the part, where the lines have that too, or where the part is a sigmoid."""
    node = part.node
    if part.shape or node.is_number:
        return
    squared = isinstance(node, Pow) and node.exp == 2
    base = node.base if squared else node
    other = _complement(base)
    if other is None:
        return
    known = other in words.remembered("complements", lambda: _known(words))
    if not any(isinstance(e, PROBABILITIES if known else sigmoid) for e in (base, other)):
        return
    cost = COST if known else COST + STRANGE
    if squared:
        both = Deferred(lambda: base * other, lambda at, env, _: at.value(base, env) * at.value(other, env))
        yield Edit("function", part, Op.REPLACE, both, cost, lambda _: _one_of_two(base, other))
    else:
        yield Edit("function", part, Op.REPLACE, Deferred(lambda: other, lambda at, env, old: 1 - old), cost, _say)


def _complement(e: Expr) -> Expr | None:
    """``1 − p`` for ``p``, and ``p`` for ``1 − p``; nothing for other sums and for what has a minus."""
    if isinstance(e, Add):
        (rest,) = [a for a in e.args if a != 1] if len(e.args) == 2 and S.One in e.args else [None]
        return -rest if rest is not None and rest.could_extract_minus_sign() else None
    return None if e.could_extract_minus_sign() else 1 - e


def _known(words: Vocabulary) -> frozenset[Expr]:
    """What stands in the lines, and not only as a term beside one."""
    return frozenset(
        part.node
        for line in words.lines
        for part in parts(line)
        if not (isinstance(part.parent, Add) and S.One in part.parent.args)
    )


def _say(edit: Edit) -> str:
    return f"The complement is meant: {quoted(edit.new)}, not {quoted(edit.old)}."


def _one_of_two(base: Expr, other: Expr) -> str:
    return f"One of the two factors {quoted(base)} has to be {quoted(other)}."
