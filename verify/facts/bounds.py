"""Rational lower bounds of real expressions: of what is given, of bounded functions, of indices within their ranges.

A small search for linear expressions in indices and sizes; every bound is sound wherever the expression is defined.
"""

from __future__ import annotations

from fractions import Fraction
from functools import lru_cache
from typing import TYPE_CHECKING, TypeAlias

from sympy import (
    Abs,
    Add,
    Expr,
    Function,
    Indexed,
    Integer,
    Max,
    Min,
    Mul,
    Pow,
    Rational,
    S,
    Symbol,
    acosh,
    asin,
    asinh,
    atan,
    cos,
    cosh,
    erf,
    exp,
    log,
    sin,
    sinh,
    tanh,
)
from sympy import sign as signum
from sympy.functions.elementary.trigonometric import TrigonometricFunction

from verify.facts.sign import Sign, flip
from verify.terms import Array, Frac, Index, fraction, sigmoid

if TYPE_CHECKING:
    from verify.facts.asked import Facts

Number: TypeAlias = int | Fraction
Bound: TypeAlias = tuple[Number, bool]  # and whether the expression stays strictly above it
Terms: TypeAlias = dict[Expr, Number]  # a sum of multiples: what they are of (1 for a number), and the coefficients
_BOUNDED: dict[type[Function], tuple[int, int, bool]] = {  # lower, upper, whether the bounds are attained
    sigmoid: (0, 1, False),
    tanh: (-1, 1, False),
    erf: (-1, 1, False),
    sin: (-1, 1, True),
    cos: (-1, 1, True),
    signum: (-1, 1, True),
}
_TRANSCENDENTAL = exp | log | sinh | cosh | asinh | acosh | asin | atan | TrigonometricFunction
_DEPTH = 6
_NUMBER = frozenset((S.One,))


def by_bounds(facts: Facts, e: Expr) -> int:
    """The possible signs of a real expression, by a lower and an upper bound of it."""
    result = 7
    expanded = e
    if isinstance(e, Mul) and (not facts.silent or any(map(_of_sum, e.args))):
        expanded = e.expand(deep=not facts.silent)  # what is given is expanded throughout
    if expanded != e:
        result &= facts.known(expanded)
    terms = terms_of(expanded)
    for direction, positive in ((1, Sign.POS), (-1, Sign.NEG)):
        low = _lower(facts, terms, direction, _DEPTH)
        if low is not None:
            value, strict = low
            if value > 0 or (value == 0 and strict):
                result &= positive
            elif value == 0:
                result &= positive | Sign.ZERO
    return result


def _of_sum(factor: Expr) -> bool:
    return isinstance(factor, Add) or (isinstance(factor, Pow) and isinstance(factor.base, Add))


def unbounded(term: Expr) -> bool:
    """Of whose size no more is known than its sign (as of a positive integer is), and nothing in it to be expanded."""
    if isinstance(term, Mul | Frac | Abs):
        return all(map(unbounded, term.args))
    if isinstance(term, Pow):
        exponent = term.exp
        root = isinstance(exponent, Rational) and not isinstance(exponent, Integer)
        return root or (unbounded(term.base) and (isinstance(exponent, Integer) or not term.base.is_Rational))
    if isinstance(term, Symbol):
        return not term.is_integer and not isinstance(term, Array)
    return isinstance(term, Rational | _TRANSCENDENTAL) and type(term) not in _BOUNDED


def terms_of(e: Expr) -> Terms:
    """The terms of an expression as it stands."""
    found: Terms = {}
    for term in Add.make_args(e):
        coefficient, factor = term.as_coeff_Mul(rational=True)
        found[factor] = found.get(factor, 0) + _number(coefficient)
    return {factor: coefficient for factor, coefficient in found.items() if coefficient}


@lru_cache(maxsize=1 << 12)
def _expanded(e: Expr) -> Terms:
    """The terms of an expression, expanded."""
    return terms_of(e) if e.is_Atom else terms_of(e.expand())


def _lower(facts: Facts, terms: Terms, direction: int, depth: int) -> Bound | None:
    """A lower bound of a sum, or of its negative where the direction is −1."""
    if terms.keys() <= _NUMBER:
        return direction * terms.get(S.One, 0), False
    if depth == 0:
        return None
    best: Bound | None = None
    for value, sign in facts.apart_by_a_number(terms):  # the sum − value has this sign
        one = sign if direction > 0 else flip(sign)
        if one and not one & Sign.NEG:
            best = _better(best, (direction * value, one == Sign.POS))
    total: Number = 0
    strict = False
    for factor, coefficient in terms.items():
        low = _of_term(facts, factor, direction * coefficient)
        if low is None:
            break
        total, strict = total + low[0], strict or low[1]
    else:
        best = _better(best, (total, strict))
    for factor, coefficient in terms.items():
        for bound in _of_factor(factor, upper=coefficient * direction < 0):
            best = _better(best, _lower(facts, _replaced(terms, factor, bound), direction, depth - 1))
    return best


def _replaced(terms: Terms, old: Expr, new: Expr) -> Terms:
    """A sum, expanded, with another factor in one of its terms."""
    found: Terms = {}
    for factor, scale in terms.items():
        for inner, coefficient in _expanded(new if factor == old else factor).items():
            found[inner] = found.get(inner, 0) + scale * coefficient
    return {factor: coefficient for factor, coefficient in found.items() if coefficient}


def _of_term(facts: Facts, factor: Expr, scale: Number) -> Bound | None:
    """A lower bound of a multiple."""
    if factor is S.One:
        return scale, False
    bounds = _BOUNDED.get(type(factor))
    if bounds is not None and facts.real(factor.args[0]):
        low, high, attained = bounds
        return scale * (low if scale > 0 else high), not attained
    if isinstance(factor, Abs) and isinstance(factor.args[0], signum):
        return min(scale, 0), False
    sign = facts.sign(factor) if not isinstance(factor, Add) else None
    if sign is None:
        return None
    sign = sign if scale > 0 else flip(sign)
    best: Bound | None = None
    if sign == Sign.POS:
        best = (scale if scale > 0 else -scale, False) if facts.integer(factor) else (0, True)
    elif not sign & Sign.NEG:
        best = (0, False)
    for value, given in facts.apart_by_a_number({factor: 1}):  # α > 1 says more than α > 0
        given = given if scale > 0 else flip(given)
        if given and not given & Sign.NEG:
            best = _better(best, (scale * value, given == Sign.POS))
    return best


def _of_factor(factor: Expr, upper: bool) -> tuple[Expr, ...]:
    """Expressions that bound an index, a word or an extremum from above or below."""
    if isinstance(factor, Index):
        return (factor.upper if upper else factor.lower,)
    if isinstance(factor, Indexed) and isinstance(factor.base.label, Array) and factor.base.label.values:
        return (factor.base.label.values[1 if upper else 0],)
    if isinstance(factor, Min if upper else Max):
        return tuple(factor.args)
    if not upper and isinstance(factor, Symbol) and factor.is_integer and factor.is_positive:
        return (S.One,)
    return ()


def _number(number: Rational) -> Number:
    return int(number.p) if number.q == 1 else fraction(number)


def _better(a: Bound | None, b: Bound | None) -> Bound | None:
    return b if a is None else a if b is None else max(a, b)
