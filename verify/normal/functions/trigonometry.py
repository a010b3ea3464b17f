"""Sine, cosine and their quotients: angle addition down to independent units, sin² = 1 − cos².

The angle is written over the units of :mod:`verify.normal.functions.angles`; sin and cos of each unit (divided by its
grain) are two kernels on the circle, integer multiples follow by de Moivre's formula. Rational multiples of π have
their algebraic values; cos(i·t) = cosh t.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

from sympy import Expr, Rational, cos, cot, csc, pi, sec, sin, tan

from verify.normal.algebra.field import Field
from verify.normal.algebra.kernels import KINDS, Differentiate, Kernel, Kind
from verify.normal.algebra.limits import TooLarge
from verify.normal.algebra.ratio import Ratio
from verify.normal.functions.angles import combination
from verify.normal.functions.atoms import imaginary, integer
from verify.normal.functions.exponentials import exponential, grain, monomials
from verify.normal.functions.powers import power, quarter_turns
from verify.normal.read import read, reads

MAX_MULTIPLE = 80
SPECIAL = ("imaginary", "constant", "asin", "atan")  # kinds of kernels in angles that are no units
Pair = tuple[Ratio, Ratio]


def cosine(field: Field, a: Ratio) -> Ratio:
    """cos a."""
    return circle(field, a)[0]


def sine(field: Field, a: Ratio) -> Ratio:
    """sin a."""
    return circle(field, a)[1]


def circle(field: Field, a: Ratio) -> Pair:
    """(cos a, sin a)."""
    key = ("circle", a.key)
    found: Pair | None = field.memo.get(key)
    if found is None:
        c, s = field.one, field.zero
        pairs, ordinary = [], []
        special = any(kernel.kind in SPECIAL for kernel in a.inside)
        for p, q, basis in monomials(field, a):
            pair = _special(field, p, q, basis) if special else None
            if pair is None:
                ordinary.append((p, q, basis))
            else:
                pairs.append(pair)
        if ordinary:
            pairs += [_multiples(field, p, q, unit) for p, q, unit in combination(field, ordinary)]
        for x, y in pairs:
            c, s = (x, y) if c is field.one else (c * x - s * y, s * x + c * y)
        found = field.memo[key] = (c, s)
    return found


def _special(field: Field, p: int, q: int, basis: Ratio) -> Pair | None:
    """What is no unit: i·t, whole multiples of π and of π/n, inverse functions."""
    degrees = basis.num.degrees()
    for kernel in basis.over:
        if degrees[kernel.index] != 1:
            continue
        if kernel.kind == "imaginary":
            up = exponential(field, field.ratio(basis.num / kernel.poly, basis.den) * field.number(p, q))
            down = up.inverse()
            two = field.number(2)
            return (up + down) / two, kernel.ratio * (up - down) / two
        if kernel.kind == "constant" and kernel.data == pi:
            rest = field.ratio(basis.num / kernel.poly, basis.den)
            if rest.is_one:
                known = _of_part(p, q)
                return (
                    _multiples(field, p, q, basis) if known is None else (read(field, known[0]), read(field, known[1]))
                )
            if integer(field, rest):
                if q == 2:
                    return _quarters(field, p, rest)
                if q != 1:
                    return _multiples(field, p, q, basis)
                return power(field, field.number(-1), rest * field.number(p)), field.zero
    inverse = field.only(basis)
    if inverse is not None and inverse.kind in ("asin", "atan"):
        x = inverse.args[0]
        if inverse.kind == "asin":
            pair = power(field, field.one - x * x, field.number(1, 2)), x
        else:
            c = power(field, field.one + x * x, field.number(-1, 2))
            pair = c, x * c
        n = grain(field, "circle", (basis,), q)
        return _multiple(pair, p, field) if n == 1 else _multiples(field, p, q, basis)
    return None


@lru_cache(maxsize=1 << 10)
def _of_part(p: int, q: int) -> tuple[Expr, Expr] | None:
    """Cosine and sine of p/q·π by radicals, as far as SymPy knows them."""
    value = Rational(p, q)
    x, y = cos(pi * value), sin(pi * value)
    return None if x.has(cos, sin) or y.has(cos, sin) else (x, y)


def _quarters(field: Field, p: int, n: Ratio) -> Pair:
    """Cosine and sine of p·n·π/2 for whole n: iⁿ is one kernel, whose square is (−1)ⁿ."""
    turn = quarter_turns(field, n) ** (p % 4)
    back, half, i = turn**3, field.number(1, 2), imaginary(field)
    return (turn + back) * half, (back - turn) * i * half


def _multiples(field: Field, p: int, q: int, unit: Ratio) -> Pair:
    """Cosine and sine of p/q times a unit."""
    n = grain(field, "circle", (unit,), q)
    return _multiple(_pair(field, n, unit), p * (n // q), field)


def _pair(field: Field, n: int, unit: Ratio) -> Pair:
    """Cosine and sine of the n-th part of a unit, as kernels."""
    real = field.real(unit)
    c = field.kernel("cos", n, (unit,), real=real)
    s = field.kernel("sin", n, (unit,), real=real, rule=lambda s: (2, field.unit - c.num * c.num))
    return c, s


def _multiple(pair: Pair, k: int, field: Field) -> Pair:
    """De Moivre: (cos ka, sin ka)."""
    if abs(k) > MAX_MULTIPLE:
        raise TooLarge(f"{k} times an angle")
    c, s = field.one, field.zero
    x, y = pair
    if k < 0:
        y, k = -y, -k
    while k:
        if k & 1:
            c, s = (x, y) if c is field.one else (c * x - s * y, s * x + c * y)
        k >>= 1
        if k:
            x, y = x * x - y * y, x * y * field.number(2)
    return c, s


@reads(cos)
def _cos(field: Field, e: Expr) -> Ratio:
    return cosine(field, read(field, e.args[0]))


@reads(sin)
def _sin(field: Field, e: Expr) -> Ratio:
    return sine(field, read(field, e.args[0]))


@reads(tan)
def _tan(field: Field, e: Expr) -> Ratio:
    c, s = circle(field, read(field, e.args[0]))
    return s / c


@reads(cot)
def _cot(field: Field, e: Expr) -> Ratio:
    c, s = circle(field, read(field, e.args[0]))
    return c / s


@reads(sec)
def _sec(field: Field, e: Expr) -> Ratio:
    return cosine(field, read(field, e.args[0])).inverse()


@reads(csc)
def _csc(field: Field, e: Expr) -> Ratio:
    return sine(field, read(field, e.args[0])).inverse()


def _kernels(field: Field, kernel: Kernel) -> Pair:
    """The pair that a sine or cosine belongs to."""
    found: Pair | None = kernel.memo.get("pair")
    if found is None:
        found = kernel.memo["pair"] = _pair(field, kernel.data, kernel.args[0])
    return found


def _derive_cos(field: Field, kernel: Kernel, d: Differentiate) -> Ratio:
    return -_kernels(field, kernel)[1] * d(kernel.args[0]) / field.number(kernel.data)


def _derive_sin(field: Field, kernel: Kernel, d: Differentiate) -> Ratio:
    return _kernels(field, kernel)[0] * d(kernel.args[0]) / field.number(kernel.data)


def _write_cos(field: Field, kernel: Kernel, args: Sequence[Expr]) -> Expr:
    return cos(args[0] / Rational(kernel.data))


def _write_sin(field: Field, kernel: Kernel, args: Sequence[Expr]) -> Expr:
    return sin(args[0] / Rational(kernel.data))


KINDS["cos"] = Kind(lambda field, n, args: cosine(field, args[0] / field.number(n)), _derive_cos, _write_cos)
KINDS["sin"] = Kind(lambda field, n, args: sine(field, args[0] / field.number(n)), _derive_sin, _write_sin)
