"""One letter for another: ``x`` for ``y``, ``u_k`` for ``u_o``, ``A_{ji}`` for ``A_{ij}``."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from itertools import product

from sympy import Expr, Function, Indexed, KroneckerDelta, Mul, Pow, Subs, Symbol

from verify.diagnose.search.deferred import Deferred
from verify.diagnose.search.edit import Edit, Op
from verify.diagnose.search.tree import Part
from verify.diagnose.vocabulary import Vocabulary
from verify.diagnose.words import quoted
from verify.shapes import shape
from verify.terms import FREE, Array, Axis, Component, Index, Slice, TermError, entry

ONE_OF_TWO = 0.05  # what it is dearer by that one of two equal factors is wrong


def propose(part: Part, words: Vocabulary) -> Iterator[Edit]:
    """Other symbols, arrays and indices where one stands."""
    node = part.node
    if isinstance(node, Index):
        return
    if isinstance(node, Pow) and node.exp == 2:
        yield from _one_of_two(part, words)
    elif isinstance(node, Slice | Indexed):
        yield from _arrays(part, words)
        yield from _indices(part, words)
        yield from _other_entries(part, words)
    elif isinstance(node, Component):
        for index in words.in_scope(part.bound):
            if index != node.args[1]:
                yield Edit("index", part, Op.REPLACE, Component(node.args[0], index), 1.25, _index)
    elif isinstance(node, KroneckerDelta):
        for i, old in enumerate(node.args):
            for index in words.in_scope(part.bound):
                if index not in node.args and isinstance(old, Symbol):
                    new = KroneckerDelta(*(index if j == i else a for j, a in enumerate(node.args)))
                    yield Edit("index", part, Op.REPLACE, new, 1.3, _index)
    elif isinstance(node, Array) and node.axes:
        for array in words.arrays:
            if array is not node and shape(array) == shape(node):
                yield Edit("variable", part, Op.REPLACE, array, 1.3, say)
        for other in _slices(words, part):
            yield Edit("variable", part, Op.REPLACE, other, 1.4, say)
    elif isinstance(node, Symbol) and not isinstance(part.parent, Subs):
        for symbol in words.symbols:
            if symbol is not node and not isinstance(symbol, Array | Index) and symbol.is_integer == node.is_integer:
                yield Edit("variable", part, Op.REPLACE, symbol, 1.35, say)
    elif isinstance(node, Function) and isinstance(part.parent, Mul) and not part.shape:
        for symbol in words.symbols:
            if not isinstance(symbol, Array | Index) and not symbol.is_integer:
                yield Edit("variable", part, Op.REPLACE, symbol, 1.55, _factor)


def _other_entries(part: Part, words: Vocabulary) -> Iterator[Edit]:
    """Entries of matrices with other axes, each index in its range: ``V_{ka}`` for ``W_{ar}``."""
    node = part.node
    if not isinstance(node, Indexed) or not isinstance(node.base.label, Array):
        return
    for array in words.arrays:
        if len(array.axes) == len(node.indices) == 2 and array.axes != node.base.label.axes:
            known = [[k for k in words.in_scope(part.bound) if axis == _range(k, part)] for axis in array.axes]
            for indices in product(*known):
                yield Edit("variable", part, Op.REPLACE, entry(array, *indices), 1.5, say)


def _range(index: Symbol, part: Part) -> Axis | None:
    """Where an index runs."""
    if isinstance(index, Index):
        return Axis(index.lower, index.upper)
    return next((Axis(lower, upper) for k, lower, upper in part.bound if k == index), None)


def _one_of_two(part: Part, words: Vocabulary) -> Iterator[Edit]:
    """The square of a symbol or an entry for the product of two: ``x_k²`` for ``x_k·x_l``."""
    base = part.node.base
    for edit in propose(replace(part, node=base), words) if isinstance(base, Indexed | Symbol) else ():
        other = edit.given
        if isinstance(other, Expr):
            yield replace(
                edit,
                part=part,
                given=_product(base, other),
                cost=edit.cost + ONE_OF_TWO,
                say=_say_one(base, other),
            )


def _product(one: Expr, other: Expr) -> Deferred:
    return Deferred(lambda: one * other, lambda at, env, _: at.value(one, env) * at.value(other, env))


def _say_one(base: Expr, other: Expr) -> Callable[[Edit], str]:
    return lambda _: f"One of the two factors {quoted(base)} has to be {quoted(other)}."


def _slices(words: Vocabulary, part: Part) -> Iterator[Expr]:
    """Rows of matrices that have the shape of this vector."""
    for node in words.terms(part.bound, part.shape):
        if isinstance(node, Slice):
            yield node


def _arrays(part: Part, words: Vocabulary) -> Iterator[Edit]:
    node = part.node
    if isinstance(node, Slice):
        for array in words.arrays:
            if array is not node.array and array.axes == node.array.axes:
                yield Edit("variable", part, Op.REPLACE, Slice(array, *node.pattern), 1.35, say)
            elif shape(array) == part.shape:
                yield Edit("variable", part, Op.REPLACE, array, 1.4, say)
    elif isinstance(node.base.label, Array):
        for array in words.arrays:
            if array is not node.base.label and array.axes == node.base.label.axes:
                yield Edit("variable", part, Op.REPLACE, entry(array, *node.indices), 1.35, say)


def _indices(part: Part, words: Vocabulary) -> Iterator[Edit]:
    node = part.node
    pattern = list(node.pattern if isinstance(node, Slice) else node.indices)
    scope = words.in_scope(part.bound)
    for i, old in enumerate(pattern):
        if old == FREE:
            continue
        choices = [k for k in scope if k != old]
        choices += [old.xreplace({s: k}) for s in old.free_symbols if old != s and isinstance(s, Symbol) for k in scope]
        shifts = [old + 1, old - 1]
        for new in (*choices, *shifts):
            made = _with(node, [new if j == i else a for j, a in enumerate(pattern)])
            if made is not None and made != node:
                yield Edit("index", part, Op.REPLACE, made, 1.25 if new in choices else 1.6, _index)
    if len(pattern) == 2 and FREE not in pattern:
        made = _with(node, pattern[::-1])
        if made is not None and made != node:
            yield Edit("transposed", part, Op.REPLACE, made, 1.2, _transposed)


def _with(node: Expr, pattern: list[Expr]) -> Expr | None:
    try:
        if isinstance(node, Slice):
            return Slice(node.array, *pattern)
        return node.func(node.base, *pattern)
    except (TermError, IndexError):
        return None


def say(edit: Edit) -> str:
    """Which letter is meant."""
    return f"One letter stands for another: {quoted(edit.new)}, not {quoted(edit.old)}."


def _factor(edit: Edit) -> str:
    return f"One factor stands for another: {quoted(edit.new)}, not {quoted(edit.old)}."


def _index(edit: Edit) -> str:
    return f"The index is wrong: {quoted(edit.new)}, not {quoted(edit.old)}."


def _transposed(edit: Edit) -> str:
    return f"The indices are exchanged: {quoted(edit.new)}, not {quoted(edit.old)}."
