"""The possible signs of an expression by those of its parts: one rule a type of node."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from typing import TYPE_CHECKING, Any

from sympy import (
    Abs,
    Add,
    Expr,
    Function,
    Indexed,
    Integer,
    KroneckerDelta,
    Max,
    Min,
    Mul,
    Number,
    NumberSymbol,
    Piecewise,
    Pow,
    Product,
    Rational,
    Sum,
    Symbol,
    acosh,
    arg,
    asin,
    asinh,
    atan,
    cos,
    cosh,
    erf,
    exp,
    factorial,
    gamma,
    im,
    log,
    re,
    sin,
    sinh,
    tanh,
)
from sympy import sign as signum

from verify.facts.sign import EACH, SIGNS, Sign, both, of_symbol, plus, times, union
from verify.terms import Frac, Index, Opaque, Partial, relu, sigmoid, softplus

if TYPE_CHECKING:
    from verify.facts.asked import Facts

Rule = Callable[["Facts", Any], "Sign | None"]
_ODD_INCREASING = (sinh, tanh, asinh, atan, erf, signum)


def by_parts(facts: Facts, e: Expr) -> Sign | None:
    """The possible signs, or ``None`` where the expression is not known to be real."""
    rule = _rule(type(e))  # type: ignore[arg-type]  # classes are hashable
    return None if rule is None else rule(facts, e)


@cache
def _rule(kind: type) -> Rule | None:
    return next((rule for base, rule in _RULES if issubclass(kind, base)), None)


def _rational(facts: Facts, e: Rational) -> Sign:
    return Sign.POS if e.p > 0 else Sign.NEG if e.p < 0 else Sign.ZERO


def _entry(facts: Facts, e: Indexed) -> Sign | None:
    return of_symbol(e.base.label) if isinstance(e.base.label, Symbol) else None


def _fold(facts: Facts, parts: tuple[Expr, ...], combine: Callable[[int, int], Sign], start: Sign) -> Sign | None:
    total = start
    for part in parts:
        sign = facts.sign(part)
        if sign is None:
            return None
        total = combine(total, sign)
    return total


def _sum(facts: Facts, e: Add) -> Sign | None:
    return _fold(facts, e.args, plus, Sign.ZERO)


def _product(facts: Facts, e: Mul) -> Sign | None:
    return _fold(facts, e.args, times, Sign.POS)


def _fraction(facts: Facts, e: Frac) -> Sign | None:
    return _fold(facts, (e.numerator, Pow(e.denominator, -1)), times, Sign.POS)


def _power(facts: Facts, e: Pow) -> Sign | None:
    base, exponent = e.args
    sign = facts.sign(base)
    if sign is None or not facts.real(exponent):
        return None
    if sign == Sign.POS:
        return Sign.POS
    if isinstance(exponent, Integer) or exponent.is_integer:
        if exponent.is_even:
            result = Sign.POS if not sign & Sign.ZERO else Sign.NONNEG
        elif exponent.is_odd:
            result = sign
        else:
            result = Sign.ANY if sign & Sign.NEG else Sign.NONNEG
        return both(result, Sign.NONZERO) if facts.sign(exponent) == Sign.NEG else result
    if not sign & Sign.NEG or facts.real_mode:  # a root of a negative number leaves ℝ: excluded in real mode
        result = Sign.POS if not sign & Sign.ZERO else Sign.NONNEG
        return Sign.POS if facts.sign(exponent) == Sign.NEG else result
    return None


def _series(facts: Facts, e: Sum | Product) -> Sign | None:
    body = facts.sign(e.function)
    if body is None:
        return None
    if isinstance(e, Sum):
        if body in (Sign.POS, Sign.NEG):
            filled = all(len(limit) == 3 and facts.nonempty(limit[1], limit[2]) for limit in e.limits)
            return body if filled else union((body, Sign.ZERO))
        return body if body in (Sign.ZERO, Sign.NONNEG, Sign.NONPOS) else Sign.ANY
    if any(end.is_infinite for limit in e.limits for end in limit[1:]):  # it may tend to 0
        return Sign.NONNEG if not body & Sign.NEG else Sign.ANY
    if body == Sign.POS:
        return Sign.POS
    return Sign.NONNEG if not body & Sign.NEG else Sign.ANY if body & Sign.ZERO else Sign.NONZERO


def _cases(facts: Facts, e: Piecewise) -> Sign | None:
    total = 0
    for value, _ in e.args:
        sign = facts.sign(value)
        if sign is None:
            return None
        total |= sign
    return SIGNS[total]


def _extremum(facts: Facts, e: Max | Min) -> Sign | None:
    pick = max if isinstance(e, Max) else min
    possible: set[Sign] = set()
    for part in e.args:
        sign = facts.sign(part)
        if sign is None:
            return None
        possible = {pick(a, b) for a in possible for b in EACH[sign]} if possible else set(EACH[sign])
    return union(possible)


def _opaque(facts: Facts, e: Expr) -> Sign | None:
    return Sign.ANY if e.is_extended_real else None


def _function(facts: Facts, e: Function) -> Sign | None:
    argument = facts.sign(e.args[0]) if e.args else None
    if isinstance(e, Abs):
        return Sign.NONNEG if not facts.nonzero(e.args[0]) else Sign.POS
    if isinstance(e, re | im | arg):  # real, whatever they are of
        return argument if isinstance(e, re) and argument is not None else Sign.ANY
    if argument is None:
        return None
    if isinstance(e, exp | cosh | sigmoid | softplus):
        return Sign.POS
    if isinstance(e, relu):
        return SIGNS[argument & Sign.NONNEG | (Sign.ZERO if argument & Sign.NEG else 0)]
    if isinstance(e, _ODD_INCREASING):
        return argument
    if isinstance(e, log):
        return facts.sign(e.args[0] - 1) if argument == Sign.POS or facts.real_mode else None
    if isinstance(e, asin):
        return argument if facts.real_mode else None
    if isinstance(e, acosh):
        return Sign.NONNEG if facts.real_mode else None
    if isinstance(e, gamma | factorial):
        if argument == Sign.POS or (isinstance(e, factorial) and not argument & Sign.NEG):
            return Sign.POS
        return Sign.ANY
    if isinstance(e, sin | cos):
        return Sign.ANY
    return Sign.ANY if e.is_real or e.is_extended_real else None


_RULES: tuple[tuple[Any, Rule], ...] = (  # the first that fits
    (Rational, _rational),
    (NumberSymbol, lambda facts, e: Sign.POS),
    (Number, lambda facts, e: None),
    (Index, lambda facts, e: Sign.ANY),
    (Symbol, lambda facts, e: of_symbol(e)),
    (Indexed, _entry),
    (Add, _sum),
    (Mul, _product),
    (Frac, _fraction),
    (Pow, _power),
    (Sum | Product, _series),
    (Piecewise, _cases),
    (Max | Min, _extremum),
    (Opaque | Partial, _opaque),
    (KroneckerDelta, lambda facts, e: Sign.NONNEG),
    (Function, _function),
)
