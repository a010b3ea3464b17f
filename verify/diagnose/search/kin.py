"""What goes together with the functions that stand in a line, and may be what it lacks.

The neighbours in a recurrence, ``Fₙ`` for ``Fₙ₊₁ = Fₙ₋₁``; the other one of two that go together, ``Bi′(x)`` for
``Ai′(x)``; a function at another function's argument, ``sin z`` for ``cos z`` and ``sin nz``; an integrand or a summand
at an end of its range, ``E₂(0)`` for ``∫₀¹ E₁(t) dt``; a power one lower.
"""

from __future__ import annotations

import contextlib
from collections.abc import Iterator
from itertools import islice
from typing import Any

from sympy import (
    Expr,
    Function,
    Integral,
    KroneckerDelta,
    Pow,
    Product,
    Sum,
    Symbol,
    airyai,
    airyaiprime,
    airybi,
    airybiprime,
    besseli,
    besselj,
    besselk,
    bessely,
    cos,
    cosh,
    hankel1,
    hankel2,
    preorder_traversal,
    sin,
    sinh,
)

from verify.diagnose.search.values import FAILS
from verify.diagnose.vocabulary import Vocabulary
from verify.shapes import as_expr, shape
from verify.terms import Array, Frac, Index, free

COUPLES: tuple[tuple[Any, Any], ...] = (
    (sin, cos),
    (sinh, cosh),
    (airyai, airybi),
    (airyaiprime, airybiprime),
    (besselj, bessely),
    (besseli, besselk),
    (hankel1, hankel2),
)
MOST = 48
SHORT = 40  # nodes of a line that are looked at
POWERS = 3  # letters of which powers are made


def kin(words: Vocabulary) -> tuple[Expr, ...]:
    """Functions and powers near those of the lines, the nearest first."""
    found: dict[Expr, None] = {}
    with contextlib.suppress(*FAILS):
        for e in islice(_kin(words), 4 * MOST):
            found.setdefault(e)
    known = {part.node for part in words.parts}
    return tuple(e for e in found if e not in known and not e.is_number)[:MOST]


def _kin(words: Vocabulary) -> Iterator[Expr]:
    plain = [p.node for p in words.parts if isinstance(p.node, Function) and not p.bound and not shape(p.node)]
    calls = list(dict.fromkeys(e for e in plain if all(isinstance(a, Expr) for a in e.args)))
    inside = list(dict.fromkeys(_inside(words)))
    for e in calls:
        yield from _neighbours(e)
        yield from _coupled(e)
    for e in inside:
        yield e
        if isinstance(e, Function):
            yield from _neighbours(e)
    arguments = dict.fromkeys(e.args[0] for e in calls if len(e.args) == 1)
    for f in words.functions:
        yield from (f(a) for a in arguments if not a.is_number)
    yield from _powers(words)


def _neighbours(e: Expr) -> Iterator[Expr]:
    """The same function with its order, or its whole number, a little more or less."""
    if isinstance(e, KroneckerDelta):
        return  # no recurrence
    order, *others = e.args
    if isinstance(order, Frac) and order.denominator == 1:
        order = order.numerator
    if not order.is_number and (others or order.is_integer):
        for shift in (-1, 1, -2, 2):
            yield e.func(order + shift, *others)


def _coupled(e: Expr) -> Iterator[Expr]:
    for one, other in COUPLES:
        if isinstance(e, one | other):
            yield (other if isinstance(e, one) else one)(*e.args)


def _inside(words: Vocabulary) -> Iterator[Expr]:
    """Functions of what an integral or a sum runs over, at its ends."""
    for line in words.lines:
        for node in islice(preorder_traversal(line), SHORT):
            if isinstance(node, Integral | Sum | Product) and len(node.limits) == 1 and len(node.limits[0]) == 3:
                variable, *ends = node.limits[0]
                more = [ends[1] + 1, ends[0] - 1] if isinstance(node, Sum | Product) else []
                for inner in preorder_traversal(node.function):
                    if isinstance(inner, Function) and variable in free(inner) and not shape(inner):
                        for end in (*ends, *more):
                            if not end.is_infinite:
                                yield as_expr(inner.xreplace({variable: end}))


def _powers(words: Vocabulary) -> Iterator[Expr]:
    """Letters to the power of a whole number, or one less."""
    letters = [s for s in words.symbols if not isinstance(s, Index | Array) and not s.is_integer]
    exponents = [s for s in words.symbols if not isinstance(s, Index | Array) and s.is_integer]
    exponents += [s for s in words.exponents if s not in exponents]
    for base in letters[:POWERS]:
        for exponent in exponents[:POWERS]:
            if isinstance(exponent, Symbol) and exponent != base:
                yield from (Pow(base, exponent), Pow(base, exponent - 1))
