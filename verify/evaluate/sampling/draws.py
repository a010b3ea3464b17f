"""Values for symbols: within their domains, simple ones first."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from fractions import Fraction
from functools import lru_cache
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
        ("0", "0"),
        ("0", "1"),
        ("-1", "-1"),
        ("1", "-5"),
        ("2", "0"),
        ("-1/2", "4"),
        ("0", "-2"),
        ("1/2", "0"),  # where functions of z and 1/z have their cuts
        ("-1/2", "0"),
        ("3", "0"),
        ("-3", "0"),
        ("0", "1/2"),
        ("1/3", "-1/4"),
    )
]
EXTREME = [Fraction(40), Fraction(-40), Fraction(1, 1000), Fraction(-1, 1000), Fraction(100)]
PRIMES = (2, 3, 5, 7, 11, 13, 101)
_QUOTIENTS = [[Fraction(top, bottom) for bottom in (4, 7, 10, 16)] for top in range(-60, 61)]
_NOTHING = Fraction(0)
_QUARTERS, _THIRDS = [Fraction(top, 4) for top in range(-12, 13)], [Fraction(top, 3) for top in range(-40, 41)]
INTEGERS = [0, 1, 2, -1, 3, -2, 4, 5, -3, 10, 6, 7, -4, 8, -5, 9, -6, 11, 12, -7, -8, -9, -10, -12]


class Domain:
    """What is declared of a symbol (SymPy's own answers take long)."""

    def __init__(self, symbol: Symbol) -> None:
        self.real = symbol.is_extended_real is True
        self.signs = {  # whether a number of the sign is within
            -1: not (symbol.is_nonnegative or symbol.is_positive),
            0: not (symbol.is_positive or symbol.is_negative or symbol.is_nonzero),
            1: not (symbol.is_nonpositive or symbol.is_negative),
        }
        self.integer, self.prime = bool(symbol.is_integer), bool(symbol.is_prime)
        self.parity = 0 if symbol.is_even else 1 if symbol.is_odd else None

    def __contains__(self, value: Value) -> bool:
        if isinstance(value, tuple):
            return not self.real
        size = value.numerator
        if not self.signs[(size > 0) - (size < 0)] or (self.integer and value.denominator != 1):
            return False
        return (self.parity is None or value % 2 == self.parity) and not (self.prime and value not in PRIMES)


@lru_cache(maxsize=1 << 12)
def domain(symbol: Symbol) -> Domain:
    """The domain of a symbol."""
    return Domain(symbol)


def allowed(symbol: Symbol, value: Value) -> bool:
    """Whether a value lies in the domain of a symbol."""
    return value in domain(symbol)


def fitted(symbol: Symbol, value: Fraction) -> Fraction:
    """A real value moved into the domain by its sign."""
    signs = domain(symbol).signs
    if signs[-1] and signs[1]:
        return value
    size = abs(value) if value or signs[0] else Fraction(1, 3)
    return size if signs[1] else -size


def below(count: int, bits: Callable[[int], int]) -> int:
    """A whole number from 0 to ``count - 1``, all equally likely, from a generator's ``getrandbits``.

    By rejection, as ``random.randrange`` does it, less what that asks before it begins: most of the time goes here.
    """
    size = count.bit_length()
    number = bits(size)
    while number >= count:
        number = bits(size)
    return number


class Draws:
    """The values of one symbol or array, beside the numbers that are written."""

    def __init__(self, symbol: Symbol, specials: Sequence[Fraction]) -> None:
        self.symbol, self.within = symbol, domain(symbol)
        self._specials = specials
        self._simple: dict[int, list[Fraction]] = {}

    def draw(self, rng: Random, attempt: int) -> Value:
        """Simple values first; later anything up to 40, now and then something extreme."""
        within, bits = self.within, rng.getrandbits
        simple = self.simple(min(attempt, 6)) if attempt < 6 or attempt % 5 == 4 else None
        if simple and within.real:
            return simple[below(len(simple), bits)]
        for _ in range(TRIES):
            value = simple[below(len(simple), bits)] if simple else _QUOTIENTS[below(121, bits)][below(4, bits)]
            if within.real:
                candidate: Value = fitted(self.symbol, value)
            else:
                others = (_NOTHING, _QUARTERS[below(25, bits)], _THIRDS[below(81, bits)])
                candidate = (value, others[below(3, bits)])
            if candidate in within:
                return candidate
        return Fraction(1)

    def simple(self, stage: int) -> list[Fraction]:
        """The values of a stage, those of real symbols moved into the domain."""
        found = self._simple.get(stage)
        if found is None:
            found = _stage(stage, self._specials)
            if self.within.real:
                found = [v for v in (fitted(self.symbol, v) for v in found) if v in self.within]
            self._simple[stage] = found
        return found


def _stage(stage: int, specials: Sequence[Fraction]) -> list[Fraction]:
    """More and more simple values; last extreme ones."""
    return [*REALS[: 3 + stage], *specials] if stage < 6 else EXTREME


def draw_integer(symbol: Symbol, rng: Random) -> int:
    """A whole number in the domain of a symbol, simple ones more often."""
    bits = rng.getrandbits
    for _ in range(TRIES):
        value = INTEGERS[below(len(INTEGERS), bits)] if rng.random() < 0.7 else below(41, bits) - 20
        if not domain(symbol).signs[-1]:
            value = abs(value)
        if allowed(symbol, Fraction(value)):
            return value
    return 2
