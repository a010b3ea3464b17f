"""Equations between common divisors, common multiples, products and totients of whole numbers, prime by prime.

A whole number x is ± Π p^v(x), with v = ∞ for x = 0. In a common divisor v is the least, in a common multiple the
greatest, in a product the sum of the exponents; Euler's function multiplies by 1 − 1/p for each p with v > 0 (Hardy and
Wright, 5.5, 16.3). Both sides are equal if for every prime their exponents are, and how often 1 − 1/p occurs: piecewise
linear functions of exponents ≥ 0, which z3 compares. Where a number is 0 both sides are limits of v → ∞.
"""

from __future__ import annotations

from typing import Any

from sympy import Abs, Expr, Integer, Mod, Mul, Pow, S, Symbol, totient

from verify.checks.common import all_sizes
from verify.config import Settings
from verify.model import Claim, Evidence, Relation, Verdict
from verify.terms import Frac, Rel
from verify.terms.whole import gcd, lcm

TIME = 1000  # milliseconds


class Unknown(Exception):
    """Something that does not go prime by prime."""


def check(claim: Claim, settings: Settings) -> Evidence | None:
    """PROVED where both sides have the same sign and the same exponents at every prime."""
    if claim.relation is not Relation.EQ:
        return None
    assert isinstance(claim.lhs, Expr) and isinstance(claim.rhs, Expr)
    if not any(side.has(gcd, lcm, totient) for side in (claim.lhs, claim.rhs)):
        return None
    try:
        primes = _Primes()
        left, right = primes.read(claim.lhs), primes.read(claim.rhs)
        if primes.odd(claim.lhs) != primes.odd(claim.rhs):
            return None
        given = [c for constraint in claim.givens.constraints for c in primes.given(constraint)]
    except Unknown:
        return None
    if primes.equal(left, right, given):
        return Evidence("valuations", Verdict.PROVED, "the same exponents at every prime", all_sizes(claim))
    return None


class _Primes:
    """Exponents at one prime, as terms of z3."""

    def __init__(self) -> None:
        import z3  # only here: most runs never need it

        self.z3 = z3
        self.variables: dict[Symbol, Any] = {}

    def equal(self, left: tuple[Any, Any], right: tuple[Any, Any], given: list[Any]) -> bool:
        z3 = self.z3
        solver = z3.Solver()
        solver.set("timeout", TIME)
        solver.add(*(v >= 0 for v in self.variables.values()), *given)
        solver.add(z3.Or(left[0] != right[0], left[1] != right[1]))
        return bool(solver.check() == z3.unsat)

    def read(self, e: Expr) -> tuple[Any, Any]:
        """The exponent of a prime p, and that of 1 − 1/p."""
        z3, zero = self.z3, self.z3.IntVal(0)
        if e in (S.One, S.NegativeOne):
            return zero, zero
        if isinstance(e, Symbol) and e.is_integer:
            return self.variables.setdefault(e, z3.Int(e.name)), zero
        if isinstance(e, Abs):
            return self.read(e.args[0])
        if isinstance(e, gcd | lcm):
            if e.has(totient):
                raise Unknown
            (a, _), (b, _) = (self.read(x) for x in e.args)
            return z3.If((a <= b) == isinstance(e, gcd), a, b), zero
        if isinstance(e, totient):
            if not all(s.is_positive for s in e.free_symbols) or e.args[0].has(totient):
                raise Unknown  # 0 has no totient, a negative number another one; not every p divides a totient alike
            exponent, _ = self.read(e.args[0])
            return exponent, z3.If(exponent > 0, z3.IntVal(1), zero)
        if isinstance(e, Mul):
            parts = [self.read(a) for a in e.args]
            return sum((a for a, _ in parts), zero), sum((b for _, b in parts), zero)
        if isinstance(e, Pow) and isinstance(e.exp, Integer):
            exponent, inverse = self.read(e.base)
            return int(e.exp) * exponent, int(e.exp) * inverse
        if isinstance(e, Frac):
            (a, first), (b, second) = (self.read(x) for x in e.args)
            return a - b, first - second
        raise Unknown

    def odd(self, e: Expr) -> frozenset[Symbol]:
        """The symbols whose signs decide that of the number, and −1."""
        if isinstance(e, Symbol):
            return frozenset() if e.is_nonnegative else frozenset((e,))
        if e is S.NegativeOne:
            return frozenset((Symbol("−1"),))
        if isinstance(e, Mul | Frac):
            found: frozenset[Symbol] = frozenset()
            for part in e.args:
                found ^= self.odd(part)
            return found
        if isinstance(e, Pow) and isinstance(e.exp, Integer):
            return self.odd(e.base) if e.exp % 2 else frozenset()
        return frozenset()

    def given(self, condition: Any) -> list[Any]:
        """What a condition says of the exponents: that a number divides another one, or has no divisor with it."""
        if not isinstance(condition, Rel) or condition.op is not Relation.EQ or condition.lhs.has(totient):
            return []
        left, right = condition.lhs, condition.rhs
        if isinstance(left, Mod) and right == 0:
            (a, _), (d, _) = (self.read(x) for x in left.args)
            return [a >= d]
        if isinstance(left, gcd) and right == 1:
            return [self.read(left)[0] == 0]
        return []
