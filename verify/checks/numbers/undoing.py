"""Numbers in closed form at which an expression of one symbol is zero, by undoing its operations one by one."""

from __future__ import annotations

from collections.abc import Iterator

from sympy import (
    Abs,
    Add,
    Expr,
    I,
    Integer,
    Mul,
    Pow,
    Rational,
    S,
    Symbol,
    acos,
    arg,
    asin,
    atan,
    cos,
    exp,
    im,
    log,
    pi,
    re,
    sqrt,
    tan,
)
from sympy import sin as sine

DEEPEST = 8
BESIDE = (S.Zero, S.One, Integer(-1))  # the real part of a number whose imaginary part is told, and the reverse
DIRECTIONS = (S.One, Integer(-1), I, -I)
INVERSES = {log: exp, sine: asin, cos: acos, tan: atan}

ANOTHER = {sine: lambda t: pi - t, cos: lambda t: -t, tan: lambda t: t + pi}  # where they have the same value


def undone(e: Expr, symbol: Symbol) -> Iterator[Expr]:
    """Some of the numbers at which ``e`` is zero; every other symbol has a value in it already."""
    if symbol in e.free_symbols and e.free_symbols == {symbol}:
        yield from solved(e, symbol, S.Zero)


def solved(e: Expr, x: Symbol, value: Expr, depth: int = DEEPEST) -> Iterator[Expr]:
    """Numbers at which ``e`` is ``value``; they may hold other symbols."""
    if e == x:
        yield value
        return
    if depth == 0 or not value.is_finite:
        return
    inside = [a for a in e.args if x in a.free_symbols]
    if len(inside) > 1:
        yield from _quadratic(e - value, x)
        return
    if not inside:
        return
    (part,) = inside
    if isinstance(e, Add):
        yield from solved(part, x, value - Add(*(a for a in e.args if a is not part)), depth - 1)
    elif isinstance(e, Mul):
        factor = Mul(*(a for a in e.args if a is not part))
        if factor.is_nonzero:
            yield from solved(part, x, value / factor, depth - 1)
    elif isinstance(e, exp):
        if value.is_nonzero:
            yield from solved(part, x, log(value), depth - 1)
            if not x.is_extended_real:
                yield from solved(part, x, log(value) + 2 * pi * I, depth - 1)
    elif isinstance(e, Pow):
        yield from _power(e, x, value, depth)
    elif type(e) in INVERSES:
        first = INVERSES[type(e)](value)
        yield from solved(part, x, first, depth - 1)
        if e.func in ANOTHER:
            yield from solved(part, x, ANOTHER[e.func](first), depth - 1)
    elif isinstance(e, Abs):
        for direction in DIRECTIONS if not x.is_extended_real else DIRECTIONS[:2]:
            yield from solved(part, x, direction * value, depth - 1)
    elif isinstance(e, im):
        for other in BESIDE:
            yield from solved(part, x, other + I * value, depth - 1)
    elif isinstance(e, re):
        for other in BESIDE:
            yield from solved(part, x, value + I * other, depth - 1)
    elif isinstance(e, arg):
        for size in (S.One, Integer(2)):
            yield from solved(part, x, (size * exp(I * value)).expand(), depth - 1)


def _power(e: Pow, x: Symbol, value: Expr, depth: int) -> Iterator[Expr]:
    base, exponent = e.base, e.exp
    if x in exponent.free_symbols:
        if base.is_positive and base != 1 and value.is_nonzero:
            yield from solved(exponent, x, log(value) / log(base), depth - 1)
    elif isinstance(exponent, Rational) and exponent and (value.is_nonzero or exponent > 0):
        root = value ** (1 / exponent)
        yield from solved(base, x, root, depth - 1)
        if exponent.p % 2 == 0:
            yield from solved(base, x, -root, depth - 1)
        elif exponent == 3 and not x.is_extended_real:
            yield from solved(base, x, (root * (I * sqrt(3) - 1) / 2).expand(), depth - 1)


def _quadratic(e: Expr, x: Symbol) -> Iterator[Expr]:
    """The zeros of a polynomial of degree two at most."""
    poly = e.as_poly(x)
    if poly is None or poly.degree() > 2 or x in poly.free_symbols_in_domain:
        return
    c, b, a = (poly.coeff_monomial(x**k) for k in range(3))
    if a == 0:
        if b != 0:
            yield -c / b
        return
    width = sqrt((b * b - 4 * a * c).expand())
    yield from (((-b + sign * width) / (2 * a)).expand() for sign in (1, -1))
