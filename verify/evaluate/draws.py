"""Values for symbols: within their domains, simple ones first."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from random import Random

from sympy import Symbol

from verify.evaluate.points import Value

TRIES = 40
REALS = [Fraction(v) for v in ("1", "-1", "2", "0", "-2", "1/2", "3", "-1/2", "-3", "5")]
GAUSSIAN: list[Value] = [  # on both sides of the branch cuts, on them, and beyond π, since exp is periodic
    (Fraction(re), Fraction(im))
    for re, im in (
        ("1", "1"),
        ("-2", "0"),
        ("0", "1"),
        ("-1", "-1"),
        ("1", "-5"),
        ("2", "0"),
        ("-1/2", "4"),
        ("0", "-2"),
    )
]
INTEGERS = [0, 1, 2, -1, 3, -2, 4, 5, -3, 10, 6, 7, -4, 8, -5, 9, -6, 11, 12, -7, -8, -9, -10, -12]


def allowed(symbol: Symbol, value: Value) -> bool:
    """Whether a value lies in the domain of a symbol."""
    if isinstance(value, tuple):
        return symbol.is_extended_real is not True
    if (symbol.is_positive and value <= 0) or (symbol.is_negative and value >= 0):
        return False
    if (symbol.is_nonnegative and value < 0) or (symbol.is_nonpositive and value > 0):
        return False
    if symbol.is_nonzero and value == 0:
        return False
    if symbol.is_prime and value not in (2, 3, 5, 7, 11, 13, 101):
        return False
    if (symbol.is_even and value % 2) or (symbol.is_odd and not value % 2):
        return False
    return not (symbol.is_integer and value.denominator != 1)


def fitted(symbol: Symbol, value: Fraction) -> Value:
    """A real value moved into the domain by its sign."""
    if symbol.is_positive or symbol.is_nonnegative:
        return abs(value) if value or not symbol.is_positive else Fraction(1, 3)
    if symbol.is_negative or symbol.is_nonpositive:
        return -abs(value) if value or not symbol.is_negative else Fraction(-1, 3)
    return value


def draw(symbol: Symbol, rng: Random, attempt: int, specials: Sequence[Fraction]) -> Value:
    """Simple values first; later anything up to 40, now and then something extreme."""
    for _ in range(TRIES):
        if attempt < 6:
            value = rng.choice([*REALS[: 3 + attempt], *specials])
        elif attempt % 5 == 4:
            value = rng.choice([Fraction(40), Fraction(-40), Fraction(1, 1000), Fraction(-1, 1000), Fraction(100)])
        else:
            value = Fraction(rng.randint(-60, 60), rng.choice([4, 7, 10, 16]))
        if not symbol.is_extended_real:
            other = rng.choice([Fraction(0), Fraction(rng.randint(-12, 12), 4), Fraction(rng.randint(-40, 40), 3)])
            candidate: Value = (value, other)
        else:
            candidate = fitted(symbol, value)
        if allowed(symbol, candidate):
            return candidate
    return Fraction(1)


def draw_integer(symbol: Symbol, rng: Random) -> int:
    for _ in range(TRIES):
        value = rng.choice(INTEGERS) if rng.random() < 0.7 else rng.randint(-20, 20)
        if symbol.is_positive or symbol.is_nonnegative:
            value = abs(value)
        if allowed(symbol, Fraction(value)):
            return value
    return 2
