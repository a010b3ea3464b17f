"""Elementary functions of germs by exponentials, logarithms and one another, bounded or not."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from typing import Any

import sympy
from flint import acb

from verify.evaluate.field import Indeterminate
from verify.evaluate.germs.arithmetic import GermArithmetic
from verify.evaluate.germs.germ import Germ
from verify.terms import sigmoid, softplus


def _sum_of_exponentials(field: GermArithmetic, a: Germ, sign: int, turn: bool) -> Germ:
    """``(e^w ± e^{−w})/2`` with ``w = a`` or ``w = i a``."""
    i = field.lift(acb(0, 1))
    w = i.times(a) if turn else a
    plus, minus = field.exp(w), field.exp(field.negative(w))
    total = plus.plus(minus.times(field.whole(sign))).times(field.const(Fraction(1, 2)))
    if turn and sign < 0:
        total = total.times(field.lift(acb(0, -1)))
    return total.of(total.terms, a.real)


def _circular(field: GermArithmetic, a: Germ, function: Any) -> Germ:
    """Sine, cosine and their hyperbolic counterparts, bounded or not."""
    try:
        return field.composed(function, [a], [None], 0)
    except Indeterminate:
        sign = -1 if function in (sympy.sin, sympy.sinh) else 1
        return _sum_of_exponentials(field, a, sign, function in (sympy.sin, sympy.cos))


def _quotient(field: GermArithmetic, a: Germ, top: Any, bottom: Any) -> Germ:
    above = field.whole(1) if top is None else _circular(field, a, top)
    return above.times(field.inv(_circular(field, a, bottom)))


def _absolute(field: GermArithmetic, a: Germ) -> Germ:
    if not a.real:
        raise Indeterminate("the absolute value of what may not be real")
    _, model = a.dominant()
    positive = model.span().real > 0
    if not positive and not model.span().real < 0:
        raise Indeterminate("the absolute value of what changes sign")
    return a if positive else field.negative(a)


REWRITTEN: dict[Any, Callable[..., Germ]] = {
    **{f: (lambda m, a, f=f: _circular(m, a, f)) for f in (sympy.sin, sympy.cos, sympy.sinh, sympy.cosh)},
    sympy.tan: lambda m, a: _quotient(m, a, sympy.sin, sympy.cos),
    sympy.cot: lambda m, a: _quotient(m, a, sympy.cos, sympy.sin),
    sympy.sec: lambda m, a: _quotient(m, a, None, sympy.cos),
    sympy.csc: lambda m, a: _quotient(m, a, None, sympy.sin),
    sympy.tanh: lambda m, a: _quotient(m, a, sympy.sinh, sympy.cosh),
    sympy.coth: lambda m, a: _quotient(m, a, sympy.cosh, sympy.sinh),
    sympy.sech: lambda m, a: _quotient(m, a, None, sympy.cosh),
    sympy.csch: lambda m, a: _quotient(m, a, None, sympy.sinh),
    sympy.sinc: lambda m, a: _circular(m, a, sympy.sin).times(m.inv(a)),
    sympy.acot: lambda m, a: m.call(sympy.atan, [m.inv(a)]),
    sympy.acoth: lambda m, a: m.call(sympy.atanh, [m.inv(a)]),
    sympy.Abs: _absolute,
    sigmoid: lambda m, a: m.inv(m.whole(1).plus(m.exp(m.negative(a)))),
    softplus: lambda m, a: m.log(m.whole(1).plus(m.exp(a))),
    sympy.factorial: lambda m, a: m.call(sympy.gamma, [a.plus(m.whole(1))]),
}
