"""A term too many or too few: ``(x + y)² = x² + y²`` for ``x² + 2xy + y²``."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from itertools import combinations

from sympy import Add, Expr, Function, Mul, Number, Pow, Rational, S

from verify.diagnose.search.deferred import Deferred
from verify.diagnose.search.edit import Block, Change, Edit, Op
from verify.diagnose.search.tree import Part, size
from verify.diagnose.vocabulary import Vocabulary
from verify.diagnose.words import quoted
from verify.terms import Frac

MOST_TERMS = 6  # of a sum
NUMBERS = tuple(map(Rational, ("1", "-1", "2", "-2", "1/2", "-1/2")))


def propose(part: Part, words: Vocabulary) -> Iterator[Edit]:
    """One term left out."""
    if isinstance(part.parent, Add):
        yield Edit("extra-term", part, Op.REPLACE, S.Zero, 1.45, say_left_out)
    elif part.parent is None and not part.shape and part.node != 0:
        yield Edit("extra-term", part, Op.REPLACE, S.Zero, 1.55, say_left_out)


def several(part: Part, words: Vocabulary) -> Iterator[Edit]:
    """Two terms left out at once, which somebody may have put in as one."""
    node = part.node
    if isinstance(node, Add) and 2 < len(node.args) <= MOST_TERMS:
        for pair in combinations(node.args, 2):
            rest = Add(*(t for t in node.args if t not in pair))
            yield Edit("extra-term", part, Op.REPLACE, rest, 1.7, _do_not_belong(Add(*pair)))


def added(part: Part, words: Vocabulary) -> Block | None:
    """One of the derivation's parts as a further term."""
    node = part.node
    hollow = (
        node == 1 and isinstance(part.parent, Frac) and part.path[-1] == 1
    )  # nobody divides by one: something is lost
    rooted = isinstance(part.parent, Pow | Function) and node.is_Integer  # √2 for √(2 + x), sin 3 for sin(2x + 3)
    if isinstance(part.parent, Add) or (isinstance(node, Number) and (part.path or node == 0) and not hollow | rooted):
        return None
    lone = (
        -0.6
        if hollow
        else 0.0
        if isinstance(node, Add) or rooted or isinstance(part.parent, Function)
        else 0.15
        if isinstance(part.parent, Mul) or not part.path
        else 0.4
    )
    numeric = any(isinstance(a, Number) for a in Add.make_args(node))
    block = words.remembered(("terms", part.bound, part.shape, numeric), lambda: _block(part, words, numeric))
    return replace(block, extra=lone)


def _block(part: Part, words: Vocabulary, numeric: bool) -> Block:
    changes = []
    if not part.shape:
        for c in NUMBERS:
            cost = 1.6 + (0 if abs(c) == 1 else 0.15)
            changes.append(Change("constant" if numeric else "missing-term", c, cost, say_missing, say_surplus))
    for g in words.terms(part.bound, part.shape):
        cost = 1.75 + 0.05 * size(g)
        changes.append(Change("missing-term", g, cost, say_missing, say_surplus, say_another))
        for number, dearer in ((-1, 0), (2, 0.1), (-2, 0.1)):
            changes.append(Change("missing-term", Deferred.times(number, g), cost + dearer, say_missing, say_surplus))
    return Block(Op.PLUS, tuple(changes))


def say_left_out(edit: Edit) -> str:
    """Which term is too much, where it is left out."""
    return _surplus(edit.old)


def _do_not_belong(term: Expr) -> Callable[[Edit], str]:
    return lambda _: _surplus(term)


def _surplus(term: Expr) -> str:
    return f"The term {quoted(term)} does not belong here."


def say_surplus(edit: Edit) -> str:
    """What is too much."""
    return f"The term {quoted(-edit.operand)} does not belong here."


def say_missing(edit: Edit) -> str:
    """What is missing."""
    g = edit.operand
    sign = "−" if g.could_extract_minus_sign() else "+"
    return f"The term {sign} {quoted(-g if sign == '−' else g)} is missing."


def say_another(edit: Edit) -> str:
    """Which term has another number."""
    rest = edit.operand.as_coeff_Mul()[1]
    old, new = (next(t for t in Add.make_args(e) if t.as_coeff_Mul()[1] == rest) for e in (edit.old, edit.new))
    return f"The term is {quoted(new)}, not {quoted(old)}."
