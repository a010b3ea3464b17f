"""Lost brackets, and functions taken apart as if they were linear: ``ax + b`` for ``a(x + b)``; ``log x + log y``."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations, permutations

from sympy import Add, Expr, Function, Mul, Number, Pow, S, exp

from verify.diagnose.context import Vocabulary
from verify.diagnose.search.edit import Edit, Op
from verify.diagnose.search.later import Later
from verify.diagnose.search.sheet import Sheet
from verify.diagnose.search.tree import Part
from verify.diagnose.search.values import Env, Values
from verify.diagnose.words import quoted
from verify.shapes import shape

MOST_TERMS = 4
MOST_FACTORS = 5


def propose(part: Part, words: Vocabulary) -> Iterator[Edit]:
    """A factor of one term applied to another one too; a function of a sum for a sum of its values."""
    node = part.node
    if isinstance(node, Mul) and len(node.args) == 2 and not isinstance(node.args[0], Number) and not part.shape:
        yield Edit("sum-for-product", part, Op.REPLACE, Add(*node.args), 1.5, _operator)
    if not isinstance(node, Add) or len(node.args) > MOST_TERMS:
        return
    exponentials = all(isinstance(a, exp) for a in node.args)  # their product is the exponential of a sum
    if len(node.args) == 2 and not part.shape and not {*node.args} & {S.One, S.NegativeOne} and not exponentials:
        yield Edit("sum-for-product", part, Op.REPLACE, Mul(*node.args), 1.55, _operator)
    for one, other in permutations(node.args, 2):
        rest = Add(*(a for a in node.args if a is not one and a is not other))
        factors = Mul.make_args(one)
        bases = [f.base for f in factors if isinstance(f, Pow) and f.exp == 2]
        for factor in (*factors, *bases):
            if factor is not S.NegativeOne and not shape(factor) and factor != one:
                bracketed = Mul(factor, one / factor + other) + rest
                yield Edit("brackets", part, Op.REPLACE, bracketed, 1.5, say)
    for one in node.args if not part.shape else ():
        rest = Add(*(a for a in node.args if a is not one))
        for factors in _several(one):
            yield Edit("brackets", part, Op.REPLACE, _bracketed(one, factors, rest), 1.5, say)
    for one, other in combinations(node.args, 2):
        rest = Add(*(a for a in node.args if a is not one and a is not other))
        if type(one) is type(other) and isinstance(one, Function) and len(one.args) == 1 and not part.shape:
            yield Edit("not-linear", part, Op.REPLACE, type(one)(one.args[0] + other.args[0]) + rest, 1.4, _linear)
        if isinstance(one, Pow) and isinstance(other, Pow) and one.exp == other.exp:
            yield Edit("not-linear", part, Op.REPLACE, (one.base + other.base) ** one.exp + rest, 1.4, _linear)


def _several(term: Expr) -> Iterator[tuple[Expr, ...]]:
    """Some of the factors of a term, not one and not all."""
    factors = term.args if isinstance(term, Mul) and len(term.args) <= MOST_FACTORS else ()
    for count in range(2, len(factors)):
        yield from combinations(factors, count)


def _bracketed(one: Expr, factors: tuple[Expr, ...], rest: Expr) -> Later:
    """The factors of one term before a bracket around all terms."""

    def value(at: Sheet, env: Env, old: Values) -> Values:
        own = at.value(one, env)
        common = at.value(factors[0], env)
        for factor in factors[1:]:
            common = common * at.value(factor, env)
        return own + common * (old - own)

    return Later(lambda: Mul(*factors, one / Mul(*factors) + rest), value)


def _operator(edit: Edit) -> str:
    one, other = ("sum", "product") if isinstance(edit.old, Add) else ("product", "sum")
    return f"A {other} is meant, not a {one}: {quoted(edit.new)}, not {quoted(edit.old)}."


def say(edit: Edit) -> str:
    """What belongs together."""
    return f"Brackets are lost: {quoted(edit.new)}, not {quoted(edit.old)}."


def _linear(edit: Edit) -> str:
    return f"The function is not linear: {quoted(edit.new)} is not {quoted(edit.old)}."
