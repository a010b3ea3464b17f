"""One function for another, one lost, one too many: ``−sin x`` for ``cos x``, ``ŷ`` for ``log ŷ``, ``σ′`` for ``σ``."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import combinations
from typing import Any

from sympy import (
    Abs,
    Add,
    Derivative,
    Expr,
    FallingFactorial,
    Function,
    Integral,
    Mul,
    Number,
    Pow,
    Product,
    Rational,
    RisingFactorial,
    S,
    Subs,
    Sum,
    Symbol,
    acos,
    acosh,
    asin,
    asinh,
    atan,
    atanh,
    bernoulli,
    binomial,
    cos,
    cosh,
    cot,
    coth,
    csc,
    elliptic_e,
    elliptic_f,
    elliptic_k,
    erf,
    erfc,
    exp,
    factorial,
    gamma,
    log,
    sec,
    sign,
    sin,
    sinh,
    tan,
    tanh,
    zeta,
)

from verify.diagnose.kinds.numbers import is_numeral
from verify.diagnose.search.edit import Edit, Op
from verify.diagnose.search.later import Later
from verify.diagnose.search.sheet import Sheet
from verify.diagnose.search.tree import Part, size
from verify.diagnose.search.values import Env, Values
from verify.diagnose.vocabulary import Vocabulary
from verify.diagnose.words import quoted
from verify.shapes import shape
from verify.terms import Component, Dot, Grad, Index, Softmax, relu, sigmoid, softplus

ALIKE: tuple[tuple[Any, ...], ...] = (
    (sin, cos, tan),
    (sinh, cosh, tanh),
    (exp, log),
    (sigmoid, softplus, tanh, relu),
    (sin, sinh),
    (cos, cosh),
    (tan, tanh),
    (tan, cot),
    (tanh, coth),
    (sec, csc),
    (asin, acos),
    (atan, atanh),
    (asinh, acosh),
    (gamma, factorial),
    (erf, erfc),
)
CIRCULAR, HYPERBOLIC = (sin, cos, tan, cot, sec, csc), (sinh, cosh, tanh, coth)
RELATED: tuple[tuple[tuple[Any, ...], tuple[Any, ...]], ...] = (
    (CIRCULAR, (*CIRCULAR, asin, acos, atan)),
    ((asin, acos, atan), (asin, acos, atan, sin, cos, tan)),
    (HYPERBOLIC, (*HYPERBOLIC, asinh, acosh, atanh)),
    ((asinh, acosh, atanh), (asinh, acosh, atanh, sinh, cosh, tanh)),
    ((Abs,), (sign,)),
    ((gamma, factorial, binomial, RisingFactorial, FallingFactorial, zeta, bernoulli), (gamma, factorial)),
    ((elliptic_f,), (elliptic_k,)),
    ((elliptic_e,), (elliptic_e,)),
    ((Integral,), (erf, atan, asin)),
    ((Sum,), (zeta,)),
)
"""Where one of some functions occurs, one of others may have been lost."""
SCALES = tuple(map(Rational, ("2", "1/2", "3", "1/3")))
MOST_FACTORS = 6  # of a product in which an argument may have got lost
SMALL = 20  # a number of which something is a function
LOST = (log, exp)
COMMON = (sin, cos, tanh, sigmoid, softplus)
ODD = (sin, tan, sinh, tanh)


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
        argument = node.args[0]
        if not shape(argument):
            cost = 1.45 if isinstance(node, Abs) else 1.35
            yield Edit("extra-function", part, Op.REPLACE, argument, cost, _extra)
    if isinstance(node, Pow) and node.exp == 2:  # one of two equal factors may have lost its function
        for f in words.functions:
            yield Edit("lost-function", part, Op.REPLACE, _inside(f, S.One, node.base, (node.base,)), 1.6, _lost)
    if isinstance(node, Index):
        for f in words.functions if node in {k for k, *_ in part.bound} else ():
            yield Edit("lost-function", part, Op.REPLACE, _around(f, node), 1.5, _lost)
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
                    yield Edit(
                        "lost-function", part, Op.REPLACE, _inside(f, coefficient, argument, outside), 1.6, _lost
                    )
    yield from _run_together(part, words)
    known = [f for f in words.functions if f not in LOST and f is not Abs]
    coefficient, rest = node.as_coeff_Mul()
    plain = not node.has(Dot, Sum, Product, Derivative, Grad, Softmax, Component)
    for f in (*LOST, *known, *(f for f in COMMON if plain and f not in words.functions), Abs):
        if isinstance(node, f) or isinstance(part.parent, f):
            continue
        near = f in words.functions
        cost = (1.4 if near else 1.65) + 0.01 * size(node) + (0.1 if isinstance(node, Add | Mul | Pow) else 0)
        yield Edit("lost-function", part, Op.REPLACE, _around(f, node), cost, _lost)
        if f is not Abs:  # a minus before the argument and one before the function have become none
            yield Edit("lost-function", part, Op.REPLACE, _turned(f, coefficient, rest), cost + 0.3, _lost)


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
                        yield Edit(
                            "lost-function", part, Op.REPLACE, _inside(f, S.One, Mul(*some), outside), cost, _lost
                        )
    if isinstance(node, Add):
        for f, argument in words.calls:
            if isinstance(argument, Add) and f is not Abs:
                number = _multiple(node, argument)
                if number is not None:
                    rest = node - Add(*(number * term for term in argument.args))
                    yield Edit("lost-function", part, Op.REPLACE, _in_a_sum(f, number, argument, rest), 1.45, _lost)


def _multiple(node: Add, argument: Add) -> Expr | None:
    """Which multiple of all terms of an argument stands in a sum; ``None`` if none does, or it is the whole sum."""
    first = argument.args[-1]
    number = next((r for term in node.args if (r := term / first).is_Rational), None)
    if number is None or not {number * term for term in argument.args} <= {*node.args}:
        return None
    return number if number != 1 or len(argument.args) < len(node.args) else None


def _in_a_sum(f: Any, number: Expr, argument: Expr, rest: Expr) -> Later:
    """A multiple of a function's value, and other terms."""
    return Later(
        lambda: number * f(argument) + rest,
        lambda at, env, _: (
            at.value(number, env) * at.call(f, at.value(argument, env)) + (at.value(rest, env) if rest != 0 else 0.0)
        ),
    )


def mistaken(part: Part, words: Vocabulary) -> Iterator[Edit]:
    """The factorial of what is no whole number, ``(k + 1/2)!`` for ``Γ(k + 1/2)``: as likely as a wrong sign."""
    node = part.node
    if isinstance(node, factorial) and not node.args[0].is_integer:
        yield Edit("function", part, Op.REPLACE, _of(gamma, node.args[0]), 0.95, _other)


def rare(part: Part, words: Vocabulary) -> Iterator[Edit]:
    """A lost function that stands nowhere, or of which a number has got loose: ``πσ²`` for ``log(2πσ²)/2``."""
    node, parent = part.node, part.parent
    if part.shape or isinstance(node, Index) or (isinstance(parent, Function) and node.is_Number):
        return
    if isinstance(node, Rational):
        if node.p > 0 and node != 1:
            more = _related(words) if part.parent is None and node.is_Integer and node < SMALL else ()
            for f in dict.fromkeys((*words.functions, *more)):
                if f is not Abs:
                    yield Edit("lost-function", part, Op.REPLACE, _around(f, node), 1.6, _lost)
                yield from _scaled(part, f)
        if node.p < 0 and node != -1 and isinstance(parent, Mul):
            for f in words.functions:
                if f is not Abs:
                    yield Edit("lost-function", part, Op.REPLACE, -f(-node), 1.65, _lost)
        return
    if isinstance(node, Mul) and isinstance(parent, Mul):
        return
    for f in dict.fromkeys((*words.functions, *_related(words))):
        if isinstance(node, f) or isinstance(parent, f):
            continue
        if f not in words.functions:
            yield Edit("lost-function", part, Op.REPLACE, _around(f, node), 1.6 + 0.01 * size(node), _lost)
        if f is not Abs:
            yield from _scaled(part, f)


def _scaled(part: Part, f: Any) -> Iterator[Edit]:
    """A function of a multiple, whose number has gone into the one before the function."""
    for scale in SCALES:
        inside = Later(
            lambda scale=scale: f(scale * part.node) / scale,  # type: ignore[misc]
            lambda at, env, old, scale=scale: at.call(f, float(scale) * old) / float(scale),  # type: ignore[misc]
        )
        yield Edit("lost-function", part, Op.REPLACE, inside, 1.75 + 0.01 * size(part.node), _lost)


def _related(words: Vocabulary) -> tuple[Any, ...]:
    """Functions of one variable that go together with one that occurs."""
    present = {type(p.node) for p in words.parts if not isinstance(p.node, Sum) or p.node.has_finite_limits is False}
    return tuple(dict.fromkeys(g for signs, group in RELATED if not present.isdisjoint(signs) for g in group))


def _around(f: Any, node: Expr) -> Later:
    return Later(lambda: f(node), lambda at, env, old: at.call(f, old))


def _turned(f: Any, coefficient: Expr, rest: Expr) -> Later:
    return Later(
        lambda: -coefficient * f(-rest),
        lambda at, env, old: -at.value(coefficient, env) * at.call(f, -at.value(rest, env)),
    )


def _inside(f: Any, coefficient: Expr, argument: Expr, outside: Sequence[Expr]) -> Later:
    """A function of one factor and the coefficient; the other factors stand outside."""

    def value(at: Sheet, env: Env, old: Values) -> Values:
        own = at.value(coefficient, env) * at.value(argument, env)
        return old / own * at.call(f, own)

    return Later(lambda: Mul(*outside) * f(coefficient * argument), value)


def _of(g: Any, argument: Expr, sign: int = 1) -> Later:
    """``g`` of the argument, or its opposite of the opposite argument."""
    return Later(
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
            yield Edit("function", part, Op.REPLACE, _of(g, node.args[0]), cost, _other)
            if f in ODD:  # it has let go of the minus of its argument
                yield Edit("function", part, Op.REPLACE, _of(g, node.args[0], -1), cost + 0.1, _other)
    if any(isinstance(p.node, Subs | Derivative) for p in words.parts):
        u = Symbol("u", real=True)
        near = any(isinstance(p.node, Subs) for p in words.parts)
        if u not in node.free_symbols:
            primed = Subs(Derivative(f(u), u), u, node.args[0])
            yield Edit("function", part, Op.REPLACE, primed, 1.5 if near else 1.8, _unprimed)


def _other(edit: Edit) -> str:
    return f"The function is another one: {quoted(edit.new)}, not {quoted(edit.old)}."


def _prime(edit: Edit) -> str:
    return f"The derivative stands where the function itself is meant: {quoted(edit.new)}, without the prime."


def _unprimed(edit: Edit) -> str:
    return f"The function stands where its derivative is meant: {quoted(edit.new)}, with a prime."


def _derivative(edit: Edit) -> str:
    return f"A derivative is taken too many times: {quoted(edit.new)} is meant."


def name(e: Expr) -> str:
    """What a function is called in a sentence."""
    names = {"log": "logarithm", "exp": "exponential", "Abs": "absolute value", "relu": "relu", "sigmoid": "sigmoid"}
    return names.get(type(e).__name__, type(e).__name__)


def _lost(edit: Edit) -> str:
    outer = next((a for a in Mul.make_args(edit.new) if isinstance(a, Function)), edit.new)
    return f"The {name(outer)} is lost: {quoted(edit.new)}, not {quoted(edit.old)}."


def _extra(edit: Edit) -> str:
    return f"The {name(edit.old)} does not belong here: {quoted(edit.new)}, not {quoted(edit.old)}."
