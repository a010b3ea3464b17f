"""Polynomials in kernels modulo the relations that some kernels obey, within the limits on swell."""

from __future__ import annotations

from functools import cache
from itertools import compress
from math import gcd
from typing import Any

from flint import Ordering, fmpz_mpoly_ctx

from verify.normal.algebra.limits import MAX_DEGREE, MAX_KERNELS, MAX_TERMS, MAX_WORK, TooLarge
from verify.normal.algebra.ratio import Poly

MAX_BITS = 200_000  # of a number
_BITS = tuple(1 << g for g in range(MAX_KERNELS))


@cache
def context_of(slots: int) -> fmpz_mpoly_ctx:
    """The polynomials in so many generators."""
    return fmpz_mpoly_ctx.get([f"g{i}" for i in range(slots)], Ordering.lex)


@cache
def _generators(slots: int) -> tuple[Poly, ...]:
    found: tuple[Poly, ...] = context_of(slots).gens()
    return found


@cache
def _places(slots: int) -> dict[int, int]:
    """Which generator an object is: they are never copied, and stay."""
    return {id(g): i for i, g in enumerate(_generators(slots))}


class Polynomials:
    """FLINT polynomials in so many generators; ``rules`` are the relations ``g**N = value``.

    A kernel that arises later gets an earlier (lexicographically greater) generator, so that ``g**N`` leads its
    relation.
    """

    def __init__(self, slots: int) -> None:
        if slots > MAX_KERNELS:
            raise TooLarge(f"more than {MAX_KERNELS} kernels")
        self.slots = slots
        self.context, self.generators = context_of(slots), _generators(slots)
        self.places = _places(slots)
        self.unit = self.context.constant(1)
        self.rules: dict[int, tuple[int, Poly, Poly]] = {}  # degree N, value, g**N − value
        self.ruled = 0  # the generators that have rules, as bits
        self.reach: dict[int, int] = {}  # the generators with rules that the value of each rule speaks of, as bits
        self.radicals = 0  # those with rules that leave a denominator

    def mask(self, p: Poly) -> int:
        """The generators that occur, as bits."""
        return sum(compress(_BITS, p.degrees())) if len(p) else 0

    def cancelled(self, a: Poly, b: Poly, shared: int) -> tuple[Poly, Poly]:
        """Both without their greatest common divisor, which is a number where they share no generator."""
        if shared:
            g = a.gcd(b)
            return (a, b) if g.is_one() else (a / g, b / g)
        k = int(b.content())
        if k == 1 or (k := gcd(int(a.content()), k)) == 1:
            return a, b
        g = self.context.constant(k)
        return a / g, b / g

    def guard(self, a: Poly, b: Poly) -> None:
        """Refuse a product that would swell."""
        if len(a) * len(b) > MAX_WORK:
            raise TooLarge(f"a product of polynomials of {len(a)} and {len(b)} terms")

    def small(self, p: Poly) -> Poly:
        """``p`` if it is within the limits."""
        if len(p) > MAX_TERMS:
            raise TooLarge(f"a polynomial of {len(p)} terms")
        return p

    def short(self, n: int, size: int) -> None:
        """Refuse the n-th power of a number of a size if it has too many digits."""
        if n > MAX_DEGREE or n * max(1, size.bit_length() - 1) > MAX_BITS:
            raise TooLarge(f"a power of a number with more than {MAX_BITS} bits")

    def power(self, p: Poly, n: int, ruled: int | None = None) -> Poly:
        """``p**n``, reduced, within the limits; ``ruled`` are the generators with rules that may occur."""
        terms = len(p)
        if ruled is None:
            ruled = self.ruled
        if n > MAX_DEGREE or int(p.total_degree()) * n > MAX_DEGREE:
            raise TooLarge(f"degree {n} of a power")
        if terms <= 1:
            if terms:
                self.short(n, abs(int(p.leading_coefficient())))
            return self.reduce(p**n) if ruled else p**n
        swell = 1
        for i in range(min(terms - 1, n)):
            swell = swell * (n + terms - 1 - i) // (i + 1)
            if swell > MAX_TERMS:
                raise TooLarge(f"the power {n} of a polynomial of {terms} terms")
        degrees = p.degrees() if ruled else ()
        if ruled and any(degrees[g] for g in self.rules):
            result = None
            while n:
                if n & 1:
                    result = p if result is None else self.reduce(result * p)
                n >>= 1
                if n:
                    p = self.reduce(p * p)
            return result
        return p**n

    def reduce(self, p: Poly) -> Poly:
        """``p`` modulo the relations of the algebraic kernels."""
        self.small(p)
        if not self.rules:
            return p
        degrees = p.degrees()
        for g in reversed(self.rules):  # a value speaks of earlier kernels only: one pass, the latest first
            bound, value, relation = self.rules[g]
            if degrees[g] >= bound:
                p = p % relation if degrees[g] <= 12 * bound else self.lower(p, g, bound, value)
                if p.is_zero():
                    return p
                self.small(p)
                degrees = p.degrees()
        return p

    def reduced(self, p: Poly, among: int) -> Poly:
        """The same for a sum of products of two reduced polynomials, of which only the generators ``among`` are in
        both."""
        among &= self.ruled
        for g in reversed(self.rules) if among else ():
            if among >> g & 1:
                bound, _, relation = self.rules[g]
                if bound == 2 or p.degrees()[g] >= bound:
                    p = p % relation
                    if not p:
                        return p
                    self.small(p)
                    among |= self.reach[g]
        return p

    def lower(self, p: Poly, g: int, bound: int, value: Poly) -> Poly:
        """Replace ``g**bound`` by ``value`` in every power (for high powers, where division would be long)."""
        while p.degrees()[g] >= bound:
            parts: dict[int, dict[tuple[int, ...], Any]] = {}
            for monomial, coefficient in p.terms():
                times, rest = divmod(int(monomial[g]), bound)
                if times:
                    monomial = (*monomial[:g], rest, *monomial[g + 1 :])
                parts.setdefault(times, {})[monomial] = coefficient
            p = self.context.constant(0)
            for times, terms in parts.items():
                part = self.context.from_dict(terms)
                if times:
                    power = self.power(value, times)
                    self.guard(part, power)
                    part = part * power
                p = self.small(p + part)
        return p

    def conjugate(self, p: Poly, g: int) -> Poly:
        """``p`` with the generator's sign changed."""
        return self.context.from_dict({m: -c if m[g] % 2 else c for m, c in p.terms()})
