"""Tens of thousands of points at once: one column of floating-point numbers for each symbol.

The points are those of a sequence of low discrepancy (multiples of the powers of 1/φ, where φ^(d+1) = φ + 1;
M. Roberts, *The unreasonable effectiveness of quasirandom sequences*, 2018), laid out in turn on a logarithmic scale,
over a wide range, over a narrow one, and between the bounds that are given.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from fractions import Fraction
from functools import cache, lru_cache
from typing import Any

import numpy as np
from sympy import Symbol, primerange

from verify.evaluate.field import Unsupported
from verify.evaluate.fields.floats import Floats
from verify.evaluate.points import Point, Value
from verify.evaluate.sampling.bounds import bounds
from verify.evaluate.sampling.draws import domain
from verify.model import LESS, Relation
from verify.terms import Conj, Disj, Neg, Proposition, Rel

Columns = Mapping[Symbol, Any]

WIDE = {1: 20_000.0, 2: 400.0}  # how far the wide range reaches for so many symbols
LESS_WIDE, NARROW = 60.0, 6.0
DECADES = (-4.0, 6.0)
LARGEST_PRIME = 20_000
SIMPLER = (1, 8, 1000, 10**6)  # denominators that are tried, so that a witness is short


class Table(Floats):
    """Double precision, the values of all symbols given as columns."""

    def __init__(self, columns: Columns, real: bool) -> None:
        super().__init__((), real)
        self._memo = {(symbol,): column if real else column.astype(np.complex128) for symbol, column in columns.items()}


def columns(symbols: Sequence[Symbol], constraints: Sequence[Proposition], count: int, real: bool) -> Columns:
    """So many points within the domains of the symbols, and many of them within simple bounds."""
    parts = [(s, part) for s in symbols for part in range(1 if real or s.is_extended_real else 2)]
    spread = _spread(len(parts), count)
    found: dict[Symbol, Any] = {}
    if len(symbols) == 1 and symbols[0].is_integer and not symbols[0].is_prime:
        return {symbols[0]: fitted(symbols[0], _whole(count, *bounds(symbols[0], constraints)))}
    for (symbol, part), u in zip(parts, spread, strict=True):
        numbers = _laid_out(u, len(symbols), *bounds(symbol, constraints))
        column = fitted(symbol, numbers) if part == 0 else numbers
        found[symbol] = found[symbol] + 1j * column if part else column
    return found


def fitted(symbol: Symbol, numbers: Any) -> Any:
    """Numbers moved into the domain of a symbol: by their sign, rounded, or onto primes."""
    within = domain(symbol)
    if within.prime:
        return _primes()[np.abs(np.nan_to_num(numbers)).astype(np.int64) % len(_primes())]
    if within.integer:
        numbers = np.rint(numbers)
        if within.parity is not None:
            numbers = 2 * np.floor(numbers / 2) + within.parity
    if not within.signs[-1]:
        numbers = np.abs(numbers)
    elif not within.signs[1]:
        numbers = -np.abs(numbers)
    return numbers if within.signs[0] else np.where(numbers == 0, 1.0 if within.signs[1] else -1.0, numbers)


def truths(p: Proposition, evaluate: Any) -> Any:
    """Where a proposition holds, as far as floats can tell; ``evaluate`` gives the column of an expression.

    Raises:
        Unsupported: it is none that can be told so.
    """
    if isinstance(p, Rel):
        a, b = evaluate(p.lhs), evaluate(p.rhs)
        if p.op in (Relation.EQ, Relation.NE):
            return (a == b) if p.op is Relation.EQ else (a != b)
        a, b = np.real(a), np.real(b)
        if p.op in LESS:
            return a < b if p.op is Relation.LT else a <= b
        return a > b if p.op is Relation.GT else a >= b
    if isinstance(p, Conj | Disj):
        found = [truths(part, evaluate) for part in p.parts]
        together = np.logical_and if isinstance(p, Conj) else np.logical_or
        return together.reduce(found) if found else isinstance(p, Conj)
    if isinstance(p, Neg):
        return np.logical_not(truths(p.part, evaluate))
    raise Unsupported("a condition of this kind")


@cache
def _primes() -> Any:
    return np.array(list(primerange(LARGEST_PRIME)), dtype=np.float64)


def points(rows: Columns, at: int) -> list[Point]:
    """The point in one row, after simple ones near it."""
    numbers = {s: complex(column[at]) for s, column in rows.items()}
    if not all(np.isfinite(v) for v in numbers.values()):
        return []
    made: list[Mapping[Symbol, Value]] = []
    for most in (*SIMPLER, 0):
        values: dict[Symbol, Value] = {}
        for s, v in numbers.items():
            re, im = (_rounded(part, most) for part in (v.real, v.imag))
            values[s] = re if s.is_extended_real else (re, im)
        if values not in made:
            made.append(values)
    return [Point().moved(values) for values in made]


def _rounded(number: float, denominator: int) -> Fraction:
    return Fraction(number).limit_denominator(denominator) if denominator else Fraction(number)


def _whole(count: int, low: float | None, high: float | None) -> Any:
    """Whole numbers one after another, and at last some far away."""
    run = np.arange(count - count // 16, dtype=np.float64)
    signs = -1.0 if low is None and high is not None else 1.0
    start = low if low is not None else high if high is not None else -count / 8
    return start + signs * np.concatenate([run, np.floor(count * 1.003 ** np.arange(count // 16))])


@lru_cache(maxsize=8)
def _spread(dimension: int, count: int) -> Any:
    root = 2.0
    for _ in range(40):
        root = (1 + root) ** (1 / (dimension + 1))
    return [np.modf(0.5 + np.arange(1, count + 1) * root ** -(k + 1))[0] for k in range(dimension)]


def _laid_out(u: Any, symbols: int, low: float | None, high: float | None) -> Any:
    """Numbers from 0 to 1 as numbers of several ranges, in turn."""
    wide = WIDE.get(symbols, LESS_WIDE)
    signed = 2 * u - 1
    sign = np.where(signed < 0, -1.0, 1.0)
    decades = 10 ** (DECADES[0] + np.abs(signed) * (DECADES[1] - DECADES[0]))
    if low is None and high is None:
        ranges = [sign * decades, wide * signed, NARROW * signed, NARROW * signed]
    elif low is not None and high is not None:
        near = np.where(signed < 0, low + (high - low) * 10 ** (4 * signed), high - (high - low) * 10 ** (-4 * signed))
        ranges = [low + (high - low) * u] * 3 + [near]
    elif low is not None:
        ranges = [low + 10 ** (DECADES[0] + u * 10), low + wide * u, low + NARROW * u, low + NARROW * u]
    else:
        assert high is not None
        ranges = [high - 10 ** (DECADES[0] + u * 10), high - wide * u, high - NARROW * u, high - NARROW * u]
    mixed = np.empty_like(u)
    for turn, numbers in enumerate(ranges):
        mixed[turn::4] = numbers[turn::4]
    return mixed
