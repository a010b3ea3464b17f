"""One function for another, one too many: ``−sin x`` for ``cos x``, ``σ′`` for ``σ``."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from sympy import Abs, Derivative, Expr, Function, Subs, Symbol, factorial, gamma, sin, sinh, tan, tanh

from verify.diagnose.kinds import lost_functions
from verify.diagnose.kinds.alike import ALIKE, name
from verify.diagnose.search.deferred import Deferred
from verify.diagnose.search.edit import Edit, Op
from verify.diagnose.search.tree import Part, size
from verify.diagnose.vocabulary import Vocabulary
from verify.diagnose.words import quoted
from verify.shapes import shape
from verify.terms import Grad, free, relu, sigmoid, softplus

ODD = (sin, tan, sinh, tanh)
ACTIVATIONS = (sigmoid, tanh, relu, softplus)  # whose derivatives are written with a prime
SINGLE = 3  # an argument that is one letter or its multiple is told as a letter
CHAINED = 1.25  # what a lost prime of one costs that is differentiated


def propose(part: Part, words: Vocabulary) -> Iterator[Edit]:
    """Another function of the same argument, the argument alone, or a function around a part."""
    node = part.node
    if isinstance(node, Subs) and isinstance(node.expr, Derivative):  # f′(a)
        plain = node.expr.expr.xreplace(dict(zip(node.variables, node.point, strict=True)))
        yield Edit("function", part, Op.REPLACE, plain, 1.25, _prime)
    if isinstance(node, Derivative | Grad) and not isinstance(node, Subs):
        if shape(node.args[0]) == part.shape:
            yield Edit("extra-function", part, Op.REPLACE, node.args[0], 1.5, _derivative)
        return
    if part.shape:
        return
    if isinstance(node, Function) and len(node.args) == 1:
        yield from _others(part, words)
        yield from _other_arguments(part, words)
        argument = node.args[0]
        if not shape(argument):
            cost = 1.45 if isinstance(node, Abs) else 1.35
            yield Edit("extra-function", part, Op.REPLACE, argument, cost, say_extra)
    yield from lost_functions.propose(part, words)


def mistaken(part: Part, words: Vocabulary) -> Iterator[Edit]:
    """The factorial of what is no whole number, ``(k + 1/2)!`` for ``Γ(k + 1/2)``: as likely as a wrong sign."""
    node = part.node
    if isinstance(node, factorial) and not node.args[0].is_integer:
        yield Edit("function", part, Op.REPLACE, _of(gamma, node.args[0]), 0.95, say)


def _of(g: Any, argument: Expr, sign: int = 1) -> Deferred:
    """``g`` of the argument, or its opposite of the opposite argument."""
    return Deferred(
        lambda: sign * g(sign * argument), lambda at, env, _: sign * at.call(g, sign * at.value(argument, env))
    )


def _others(part: Part, words: Vocabulary) -> Iterator[Edit]:
    node = part.node
    f = type(node)
    group = [g for alike in ALIKE if f in alike for g in alike]
    for g in dict.fromkeys((*group, *words.functions)):
        if g is not f and getattr(g, "nargs", None) is not None:
            cost = 1.2 if g in group and g in words.functions else 1.3 if g in group else 1.45
            cost += 0.3 if f is Abs else 0.0  # sign(sign(x))
            if not node.args[0].is_integer:  # the factorial is one of whole numbers
                if f is factorial and g is gamma:
                    continue  # see mistaken
                cost += 0.5 if g is factorial and g not in words.functions else -0.2 if f is factorial else 0.0
            yield Edit("function", part, Op.REPLACE, _of(g, node.args[0]), cost, say)
            if f in ODD:  # it has let go of the minus of its argument
                yield Edit("function", part, Op.REPLACE, _of(g, node.args[0], -1), cost + 0.1, say)
    if any(isinstance(p.node, Subs | Derivative | Grad) for p in words.parts):
        u = Symbol("u", real=True)
        if u not in node.free_symbols:
            primed = Subs(Derivative(f(u), u), u, node.args[0])
            yield Edit("function", part, Op.REPLACE, primed, _cost_of_prime(f, words), _unprimed)


def _other_arguments(part: Part, words: Vocabulary) -> Iterator[Edit]:
    """What the same function is taken of elsewhere, and that is longer: ``tanh c`` for ``tanh(fc + iu)``."""
    node = part.node
    for f, argument in words.calls:
        longer = type(node) is f and size(argument) > max(SINGLE, size(node.args[0])) and not shape(argument)
        if longer and free(argument) <= {*words.symbols, *words.in_scope(part.bound)}:
            yield Edit("argument", part, Op.REPLACE, f(argument), 1.4, _argument)


def _cost_of_prime(f: Any, words: Vocabulary) -> float:
    """What a lost prime costs: little where derivatives have one, or where the chain rule meets an activation.

    The derivatives of other functions, such as the cosine, have names of their own.
    """
    if f in ACTIVATIONS and any(p.below_derivative and isinstance(p.node, f) for p in words.parts):
        return CHAINED
    return 1.5 if any(isinstance(p.node, Subs) for p in words.parts) else 1.8


def say(edit: Edit) -> str:
    """Which function is meant."""
    return f"The function is another one: {quoted(edit.new)}, not {quoted(edit.old)}."


def _prime(edit: Edit) -> str:
    return f"The derivative stands where the function itself is meant: {quoted(edit.new)}, without the prime."


def _unprimed(edit: Edit) -> str:
    return f"The function stands where its derivative is meant: {quoted(edit.new)}, with a prime."


def _derivative(edit: Edit) -> str:
    return f"A derivative is taken too many times: {quoted(edit.new)} is meant."


def _argument(edit: Edit) -> str:
    return f"The argument is another one: {quoted(edit.new)}, not {quoted(edit.old)}."


def say_extra(edit: Edit) -> str:
    """Which function is too much."""
    return f"The {name(edit.old)} does not belong here: {quoted(edit.new)}, not {quoted(edit.old)}."
