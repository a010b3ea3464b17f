"""A function that has got lost: ``ŷ`` for ``log ŷ``, or with it what it stood around, ``πσ²`` for ``log(2πσ²)/2``."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import combinations
from typing import Any

from sympy import (
    Abs,
    Add,
    Derivative,
    Expr,
    Function,
    Mul,
    Number,
    Pow,
    Product,
    Rational,
    S,
    Sum,
    cos,
    exp,
    log,
    sin,
    tanh,
)

from verify.diagnose.kinds.alike import ALIKE, name, related
from verify.diagnose.kinds.numbers import is_numeral
from verify.diagnose.search.deferred import Deferred
from verify.diagnose.search.edit import Edit, Op
from verify.diagnose.search.sheet import Sheet
from verify.diagnose.search.tree import Part, size
from verify.diagnose.search.values import Env, Values
from verify.diagnose.vocabulary import Vocabulary
from verify.diagnose.words import quoted
from verify.terms import Component, Dot, Grad, Index, Softmax, sigmoid, softplus

SCALES = tuple(map(Rational, ("2", "1/2", "3", "1/3")))
MOST_FACTORS = 6  # of a product in which an argument may have got lost
SMALL = 20  # a number of which something is a function
LOST = (log, exp)
COMMON = (sin, cos, tanh, sigmoid, softplus)


def propose(part: Part, words: Vocabulary) -> Iterator[Edit]:
    """A function around a scalar part, or around some of its factors or terms."""
    node = part.node
    if isinstance(node, Pow) and node.exp == 2:  # one of two equal factors may have lost its function
        for f in words.functions:
            yield Edit("lost-function", part, Op.REPLACE, _inside(f, S.One, node.base, (node.base,)), 1.6, say)
    if isinstance(node, Index):
        for f in words.functions if node in {k for k, *_ in part.bound} else ():
            yield Edit("lost-function", part, Op.REPLACE, _around(f, node), 1.5, say)
    if isinstance(node, Number | Index) or is_numeral(node):
        return
    if isinstance(node, Mul) and isinstance(part.parent, Mul):
        return
    if isinstance(node, Mul) and len(node.args) > 2 and node.args[0].is_Rational:  # the number was in the argument
        coefficient, *others = node.args
        for argument in others:
            outside = [a for a in others if a is not argument]
            for f in words.functions:
                if f is not Abs:
                    yield Edit("lost-function", part, Op.REPLACE, _inside(f, coefficient, argument, outside), 1.6, say)
    yield from _run_together(part, words)
    known = [f for f in words.functions if f not in LOST and f is not Abs]
    coefficient, rest = node.as_coeff_Mul()
    plain = not node.has(Dot, Sum, Product, Derivative, Grad, Softmax, Component)
    for f in (*LOST, *known, *(f for f in COMMON if plain and f not in words.functions), Abs):
        if isinstance(node, f) or isinstance(part.parent, f):
            continue
        near = f in words.functions
        cost = (1.4 if near else 1.65) + 0.01 * size(node) + (0.1 if isinstance(node, Add | Mul | Pow) else 0)
        yield Edit("lost-function", part, Op.REPLACE, _around(f, node), cost, say)
        if f is not Abs:  # a minus before the argument and one before the function have become none
            yield Edit("lost-function", part, Op.REPLACE, _turned(f, coefficient, rest), cost + 0.3, say)


def _run_together(part: Part, words: Vocabulary) -> Iterator[Edit]:
    """An argument that has run together with what stands beside it: ``−3c − 3dx`` for ``−3 sin(c + dx)``."""
    node = part.node
    if isinstance(node, Mul) and 2 < len(node.args) <= MOST_FACTORS:
        known = {(f, frozenset(Mul.make_args(argument))) for f, argument in words.calls}
        groups = [group for group in ALIKE[:2] if not {*group}.isdisjoint(words.functions)]
        alike = [f for group in groups for f in group if f not in words.functions]
        for count in range(2, len(node.args)):
            for some in combinations(node.args, count):
                outside = [a for a in node.args if a not in some]
                for f in (*words.functions, *alike):
                    cost = 1.45 if (f, frozenset(some)) in known else 1.8 if f in alike else 1.7
                    if f is not Abs:
                        yield Edit("lost-function", part, Op.REPLACE, _inside(f, S.One, Mul(*some), outside), cost, say)
    if isinstance(node, Add):
        for f, argument in words.calls:
            if isinstance(argument, Add) and f is not Abs:
                number = _multiple(node, argument)
                if number is not None:
                    rest = node - Add(*(number * term for term in argument.args))
                    yield Edit("lost-function", part, Op.REPLACE, _in_a_sum(f, number, argument, rest), 1.45, say)


def _multiple(node: Add, argument: Add) -> Expr | None:
    """Which multiple of all terms of an argument stands in a sum; ``None`` if none does, or it is the whole sum."""
    first = argument.args[-1]
    number = next((r for term in node.args if (r := term / first).is_Rational), None)
    if number is None or not {number * term for term in argument.args} <= {*node.args}:
        return None
    return number if number != 1 or len(argument.args) < len(node.args) else None


def _in_a_sum(f: Any, number: Expr, argument: Expr, rest: Expr) -> Deferred:
    """A multiple of a function's value, and other terms."""
    return Deferred(
        lambda: number * f(argument) + rest,
        lambda at, env, _: (
            at.value(number, env) * at.call(f, at.value(argument, env)) + (at.value(rest, env) if rest != 0 else 0.0)
        ),
    )


def rare(part: Part, words: Vocabulary) -> Iterator[Edit]:
    """A lost function that stands nowhere, or of which a number has got loose: ``πσ²`` for ``log(2πσ²)/2``."""
    node, parent = part.node, part.parent
    if part.shape or isinstance(node, Index) or (isinstance(parent, Function) and node.is_Number):
        return
    if isinstance(node, Rational):
        if node.p > 0 and node != 1:
            more = related(words) if part.parent is None and node.is_Integer and node < SMALL else ()
            for f in dict.fromkeys((*words.functions, *more)):
                if f is not Abs:
                    yield Edit("lost-function", part, Op.REPLACE, _around(f, node), 1.6, say)
                yield from _scaled(part, f)
        if node.p < 0 and node != -1 and isinstance(parent, Mul):
            for f in words.functions:
                if f is not Abs:
                    yield Edit("lost-function", part, Op.REPLACE, -f(-node), 1.65, say)
        return
    if isinstance(node, Mul) and isinstance(parent, Mul):
        return
    for f in dict.fromkeys((*words.functions, *related(words))):
        if isinstance(node, f) or isinstance(parent, f):
            continue
        if f not in words.functions:
            yield Edit("lost-function", part, Op.REPLACE, _around(f, node), 1.6 + 0.01 * size(node), say)
        if f is not Abs:
            yield from _scaled(part, f)


def _scaled(part: Part, f: Any) -> Iterator[Edit]:
    """A function of a multiple, whose number has gone into the one before the function."""
    for scale in SCALES:
        inside = Deferred(
            lambda scale=scale: f(scale * part.node) / scale,  # type: ignore[misc]
            lambda at, env, old, scale=scale: at.call(f, float(scale) * old) / float(scale),  # type: ignore[misc]
        )
        yield Edit("lost-function", part, Op.REPLACE, inside, 1.75 + 0.01 * size(part.node), say)


def _around(f: Any, node: Expr) -> Deferred:
    return Deferred(lambda: f(node), lambda at, env, old: at.call(f, old))


def _turned(f: Any, coefficient: Expr, rest: Expr) -> Deferred:
    return Deferred(
        lambda: -coefficient * f(-rest),
        lambda at, env, old: -at.value(coefficient, env) * at.call(f, -at.value(rest, env)),
    )


def _inside(f: Any, coefficient: Expr, argument: Expr, outside: Sequence[Expr]) -> Deferred:
    """A function of one factor and the coefficient; the other factors stand outside."""

    def value(at: Sheet, env: Env, old: Values) -> Values:
        own = at.value(coefficient, env) * at.value(argument, env)
        return old / own * at.call(f, own)

    return Deferred(lambda: Mul(*outside) * f(coefficient * argument), value)


def say(edit: Edit) -> str:
    """Which function is lost."""
    outer = next((a for a in Mul.make_args(edit.new) if isinstance(a, Function)), edit.new)
    return f"The {name(outer)} is lost: {quoted(edit.new)}, not {quoted(edit.old)}."
