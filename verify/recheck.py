"""A proof checked again by a program that shares nothing with the one that found it.

What a proof claims is that two expressions are equal wherever both are defined. Here both are evaluated as they stand,
at concrete sizes and indices: modulo random primes, where exponentials become powers of a root of unity (Gonnet,
"Determining equivalence of expressions in random polynomial time", 1984; Maple's ``testeq``), and in balls at random
points of the givens. Residues that differ, or balls that do not meet, refute the proof; that they agree is evidence
with a chance of error (Schwartz 1980, Zippel 1979), not a proof of its own.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from fractions import Fraction
from itertools import islice
from random import Random
from typing import Any

from sympy import E, Expr, Symbol, cosh, coth, csch, exp, isprime, log, sech, sinh, tanh

from verify.evaluate.evaluator import Evaluator
from verify.evaluate.field import Element, Indeterminate, Key, Truth, Undefined, Unsupported
from verify.evaluate.fields.balls import Balls, precision
from verify.evaluate.points import Point
from verify.evaluate.sampling.batches import batches
from verify.evaluate.sampling.space import Space
from verify.frozen import dataclass
from verify.terms import Proposition, sigmoid

BITS = 200
SHARP = 1e-30  # a wider ball means nothing
_ORDER_BITS = 61


@dataclass(frozen=True)
class Recheck:
    """How many points agreed, modulo primes and in balls; ``disagreement`` tells of one that did not."""

    residues: int
    balls: int
    disagreement: str = ""

    @property
    def agreed(self) -> bool:
        """Looked at somewhere, and equal everywhere."""
        return not self.disagreement and self.residues + self.balls > 0


def recheck(
    lhs: Expr,
    rhs: Expr,
    symbols: Sequence[Symbol] = (),
    constraints: Sequence[Proposition] = (),
    seed: int = 0,
    points: int = 8,
) -> Recheck:
    """Evaluate both sides of a proved identity at up to so many points of each kind."""
    space = Space(symbols, constraints, (lhs, rhs))
    drawn = [Point()] if space.closed else [p for batch in islice(batches(space, seed), 12) for p in batch.points]
    Random(f"recheck {seed}").shuffle(drawn)
    counts: dict[str, int] = {}
    for name, compare in (("residues", _residues), ("balls", _balls)):
        agreed = 0
        for number, point in enumerate(drawn):
            if agreed == points or number == 6 * points:
                break
            try:
                different = compare(lhs, rhs, point, space.real, seed + number)
            except Unsupported:
                break
            except (Undefined, Indeterminate):
                continue
            if different:
                return Recheck(0, 0, f"{different} at {point}")
            agreed += different is not None
        counts[name] = agreed
    return Recheck(counts["residues"], counts["balls"])


def _residues(lhs: Expr, rhs: Expr, point: Point, real: bool, seed: int) -> str | None:
    walker = Evaluator(Residues(seed), point)
    a, b = walker(lhs).value, walker(rhs).value
    if a is None or b is None:
        raise Unsupported("a logarithm modulo a prime")
    return f"{a} ≠ {b} modulo a prime" if a != b else ""


def _balls(lhs: Expr, rhs: Expr, point: Point, real: bool, seed: int) -> str | None:
    with precision(BITS):
        walker = Evaluator(Balls(point, real), point)
        a, b = walker(lhs), walker(rhs)
        if not a.overlaps(b):
            return f"{a} ≠ {b}"
        gap = a - b
        return "" if all(part.rad() < SHARP * (1 + abs(a)) for part in (gap.real, gap.imag)) else None


# -- numbers modulo a prime ----------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Residue:
    """A number modulo the prime p and, where it may stand in an exponent, modulo the order q of exp(1).

    ``value`` is ``None`` for a logarithm, of which only the derivative is known.
    """

    value: int | None
    exponent: int | None


UNKNOWN = Residue(None, None)


class Residues:
    """A field of p elements, p = k·q + 1 for primes p and q; ``exp(t)`` is g**t for a g of order q.

    Every symbol and entry is a random whole number, so that the same number stands inside and outside exponents; what
    is not a ring operation or an exponential is unsupported.
    """

    real = True

    def __init__(self, seed: int) -> None:
        self.seed = seed
        self.prime, self.order, self.generator = _prime(seed)

    def _of(self, whole: int) -> Residue:
        return Residue(whole % self.prime, whole % self.order)

    def lookup(self, key: Key) -> Element:
        return self._of(Random(f"{self.seed} {key}").randrange(self.prime * self.order))

    def const(self, value: Fraction) -> Element:
        return self.mul(self._of(value.numerator), self.inv(self._of(value.denominator)))

    def number(self, value: Expr) -> Element:
        if value is E:
            return self._exp(self._of(1))
        raise Unsupported(f"{value} modulo a prime")

    def add(self, a: Element, b: Element) -> Element:
        return self._both(a, b, lambda x, y: x + y)

    def mul(self, a: Element, b: Element) -> Element:
        return self._both(a, b, lambda x, y: x * y)

    def _both(self, a: Residue, b: Residue, combine: Callable[[int, int], int]) -> Residue:
        if a.value is None or b.value is None:
            return UNKNOWN
        exponent = None
        if a.exponent is not None and b.exponent is not None:
            exponent = combine(a.exponent, b.exponent) % self.order
        return Residue(combine(a.value, b.value) % self.prime, exponent)

    def inv(self, a: Element) -> Element:
        if a.value is None:
            return a
        if not a.value:
            raise Undefined("a division by zero")
        return Residue(pow(a.value, -1, self.prime), pow(a.exponent, -1, self.order) if a.exponent else None)

    def power_int(self, base: Element, exponent: int) -> Element:
        if exponent < 0:
            return self.power_int(self.inv(base), -exponent)
        if base.value is None:
            return base
        below = None if base.exponent is None else pow(base.exponent, exponent, self.order)
        return Residue(pow(base.value, exponent, self.prime), below)

    def power(self, base: Element, exponent: Element) -> Element:
        raise Unsupported("a power that is not whole, modulo a prime")

    def _exp(self, a: Residue) -> Residue:
        if a.exponent is None:
            raise Unsupported("an exponential of an exponential, modulo a prime")
        return Residue(pow(self.generator, a.exponent, self.prime), None)

    def call(self, function: type[Expr], args: Sequence[Element]) -> Element:
        (a, *others) = args
        if function is log:
            return UNKNOWN
        if others or function not in _BY_EXP:
            raise Unsupported(f"{function.__name__} modulo a prime")
        up = self._exp(a)
        return _BY_EXP[function](self, up, self.inv(up))

    def less(self, a: Element, b: Element, strict: bool) -> Truth:
        raise Unsupported("an order modulo a prime")

    def equal(self, a: Element, b: Element) -> Truth:
        return None if a.value == b.value else False  # equal residues do not make equal numbers

    def select(self, cases: Sequence[tuple[Truth, Callable[[], Element]]]) -> Element:
        raise Unsupported("cases modulo a prime")

    def half(self, a: Residue) -> Residue:
        """a/2."""
        half: Residue = self.mul(a, self.const(Fraction(1, 2)))
        return half


def _minus(field: Residues, a: Residue, b: Residue) -> Residue:
    difference: Residue = field.add(a, field.mul(field.const(Fraction(-1)), b))
    return difference


_BY_EXP: dict[type[Expr], Callable[[Residues, Any, Any], Any]] = {
    exp: lambda f, up, down: up,
    sigmoid: lambda f, up, down: f.inv(f.add(f.const(Fraction(1)), down)),
    sinh: lambda f, up, down: f.half(_minus(f, up, down)),
    cosh: lambda f, up, down: f.half(f.add(up, down)),
    tanh: lambda f, up, down: f.mul(_minus(f, up, down), f.inv(f.add(up, down))),
    coth: lambda f, up, down: f.mul(f.add(up, down), f.inv(_minus(f, up, down))),
    sech: lambda f, up, down: f.inv(f.half(f.add(up, down))),
    csch: lambda f, up, down: f.inv(f.half(_minus(f, up, down))),
}


def _prime(seed: int) -> tuple[int, int, int]:
    """Primes p = k·q + 1 and q, and a number whose powers are q different ones modulo p."""
    rng = Random(f"primes {seed}")
    while True:
        q = rng.getrandbits(_ORDER_BITS) | 1 << (_ORDER_BITS - 1) | 1
        if not isprime(q):
            continue
        for k in range(2, 400, 2):
            p = k * q + 1
            if isprime(p):
                g = next(g for g in (pow(h, k, p) for h in range(2, 50)) if g != 1)
                return p, q, g
