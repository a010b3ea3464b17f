"""The exponential generating functions of sequences, read off their terms.

Those of the sequences themselves are their definitions (DLMF 24.2, 18.12, 26.7.5, 26.8.12).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from typing import Any

from sympy import (
    Add,
    Dummy,
    Expr,
    GoldenRatio,
    Integer,
    Mul,
    S,
    Sum,
    Symbol,
    bell,
    bernoulli,
    euler,
    exp,
    expand_mul,
    factorial,
    fibonacci,
    floor,
    gamma,
    hermite,
    hermite_prob,
    log,
    lucas,
    sqrt,
)

from verify.checks.equations.factors import FACTORIALS, exponential, factorials, moved
from verify.terms import free
from verify.terms.whole import stirling_s2

MOST_MISSING = 3  # terms that a sum may lack at an end
MOST_SHIFT = 4
t = Dummy("t", complex=True)
_CONJUGATE = 1 - GoldenRatio
_STEP = exp(t) - 1

FUNCTIONS: dict[Any, Callable[..., Expr]] = {
    bernoulli: lambda x=S.One: t * exp(x * t) / (exp(t) - 1),
    euler: lambda x=None: 2 * exp(t) / (exp(2 * t) + 1) if x is None else 2 * exp(x * t) / (exp(t) + 1),
    hermite: lambda x: exp(2 * x * t - t**2),
    hermite_prob: lambda x: exp(x * t - t**2 / 2),
    bell: lambda x=S.One: exp(x * _STEP),
    stirling_s2: lambda k: _STEP**k / gamma(k + 1),
    fibonacci: lambda: (exp(GoldenRatio * t) - exp(_CONJUGATE * t)) / sqrt(5),
    lucas: lambda: exp(GoldenRatio * t) + exp(_CONJUGATE * t),
}
"""By what follows the index: DLMF 24.2.3, 24.2.8, 24.2.6, 18.12.15, 18.12.16, 26.7.5, 26.8.12; Binet's formula."""


class Other(Exception):
    """Something whose generating function is not known here."""


def scaled(polynomial: Expr, function: Expr, n: Symbol) -> Expr:
    """The function of p(n)·aₙ."""
    total, power = S.Zero, function
    for coefficient in reversed(polynomial.cancel().as_poly(n).all_coeffs()):
        total += coefficient * power
        power = t * power.diff(t)
    return total


class Reader:
    """Reads sequences in ``n``, for n ≥ 0; sums may need it to be ``least``."""

    def __init__(self, n: Symbol) -> None:
        self.n = n
        self.least = 0

    def terms(self, e: Expr) -> list[tuple[Expr, Expr]]:
        """Rational functions of n, and the generating functions of what they are multiplied by."""
        names = {s: Dummy() for s in sorted(e.atoms(Sum), key=str)}
        back = {d: s for s, d in names.items()}
        return [self._term(term, back) for term in Add.make_args(expand_mul(e.xreplace(names)))]

    def function(self, e: Expr) -> Expr:
        """The generating function, where no rational function but 1/(n + j) occurs."""
        total = S.Zero
        for rational, f in self.terms(e):
            if rational.is_polynomial(self.n):
                total += scaled(rational, f, self.n)
                continue
            over = (1 / rational).cancel()
            slope = over.diff(self.n)
            shift = (over / slope - self.n).expand()
            rate = (f.diff(t) / f).cancel()  # of cⁿ, the only sequence that is divided
            if (
                self.n in free(slope)
                or not isinstance(shift, Integer)
                or not 1 <= shift <= MOST_SHIFT
                or t in free(rate)
            ):
                raise Other
            total += f.xreplace({t: S.Zero}) / slope * _divided(int(shift)).xreplace({t: rate * t})
        return total

    def _term(self, term: Expr, sums: dict[Any, Sum]) -> tuple[Expr, Expr]:
        rational, base, constant = S.One, S.One, S.One
        function: Expr | None = None
        factors = Mul.make_args(term)
        outside = Mul(*(f for f in factors if f.has(*FACTORIALS))) if any(f in sums for f in factors) else S.One
        for factor in factors:
            inner = sums.get(factor)
            if outside != 1:
                if inner is not None and self.n in free(inner):
                    inner = Sum(outside * inner.function, *inner.limits)
                    outside = S.One
                elif factor.has(*FACTORIALS):
                    continue
            if self.n not in free(factor) and (inner is None or self.n not in free(inner)):
                constant *= factor if inner is None else inner
            elif inner is None and factor.is_rational_function(self.n):
                rational *= factor
            elif inner is None and (split := exponential(factor, self.n)) is not None:
                base, constant = base * split[0], constant * split[1]
            elif function is None:
                function = self._sum(inner) if inner is not None else self._sequence(factor)
            else:
                raise Other
        if outside != 1:
            raise Other
        function = exp(t) if function is None else function
        return rational, constant * function.xreplace({t: base * t})

    def _sequence(self, e: Expr) -> Expr:
        if e.func not in FUNCTIONS:
            raise Other
        shift = e.args[0] - self.n
        if not isinstance(shift, Integer) or shift < 0:
            raise Other
        if any(self.n in free(a) for a in e.args[1:]):
            raise Other
        if isinstance(e, stirling_s2) and not e.args[1].is_nonnegative:
            raise Other
        return FUNCTIONS[e.func](*e.args[1:]).diff(t, int(shift))

    # -- sums ---------------------------------------------------------------------------------------------------------

    def _sum(self, e: Sum) -> Expr:
        if len(e.limits) != 1:
            raise Other
        k, lo, hi = e.limits[0]
        if self.n not in free(lo) | free(hi):
            if hi.is_infinite:
                raise Other
            return Sum(self.function(e.function), (k, lo, hi))
        return Add(*(self._summed(term, k, lo, hi) for term in Add.make_args(expand_mul(e.function))))

    def _summed(self, term: Expr, k: Symbol, lo: Expr, hi: Expr) -> Expr:
        weights, rest = factorials(term)
        counted = [f for f in rest if isinstance(f, stirling_s2) and f.args[1] == k]
        if len(counted) == 1:
            rest.remove(counted[0])
            return self._over_subsets(counted[0], weights, rest, k, lo, hi)
        tops = [a for a, e in weights.items() if e == 1 and k not in free(a) and self.n in free(a)]
        if len(tops) != 1 or not isinstance(tops[0] - self.n, Integer):
            raise Other
        (top,) = tops
        shift = int(top - self.n)
        halves = isinstance(hi, floor)
        step = Integer(2 if halves else 1)
        weights.subtract({top: 1, k: -1, (top - step * k).expand(): -1})
        if any(weights.values()) or shift < 0:
            raise Other
        first, second = self._apart(rest, k, top, step)
        f, g = first[0], second[0]
        if halves:
            if hi.args[0] != top / 2 or lo != 0:
                raise Other
            return (f.xreplace({t: t**2}) * g).diff(t, shift)
        if isinstance(lo, Symbol) and any(isinstance(e, stirling_s2) and e.args == (k, lo) for e in rest):
            lo = S.Zero if lo.is_nonnegative else lo  # what is left out is zero
        missing = top - hi
        if not all(isinstance(i, Integer) and 0 <= i <= MOST_MISSING for i in (lo, missing)):
            raise Other
        self.least = max(self.least, int(lo + missing) - 1 - shift)
        whole = f * g
        for i in range(int(lo)):
            whole -= first[1].xreplace({k: Integer(i)}) * t**i / factorial(i) * g
        for i in range(int(missing)):
            whole -= second[1].xreplace({k: Integer(i)}) * t**i / factorial(i) * f
        return whole.diff(t, shift)

    def _apart(self, rest: list[Expr], k: Symbol, top: Expr, step: Expr) -> tuple[tuple[Expr, Expr], tuple[Expr, Expr]]:
        """The functions and the terms of aₖ and b_r, where the factors are aₖ·b_r with r = top − step·k."""
        own, others = S.One, S.One  # in k, and in r, which is called k too
        turned = {k: (top - k) / step}
        for factor in rest:
            split = exponential(factor, self.n)
            if split is not None and k not in free(split[0]):
                base, left = split
                own *= base ** (step * k)
                others *= base**k
                factor = left * base ** (self.n - top)
            if self.n not in free(factor):
                own *= factor
            else:
                other = factor.xreplace(turned).expand() if not factor.args else moved(factor, turned)
                if self.n in free(other):
                    raise Other
                others *= other
        reader = Reader(k)
        return (reader.function(own), own), (reader.function(others), others)

    def _over_subsets(
        self, counted: Expr, weights: Counter[Expr], rest: list[Expr], k: Symbol, lo: Expr, hi: Expr
    ) -> Expr:
        """Σ S(n, k)·aₖ has A(exp(t) − 1); for aₖ = k!·bₖ that is Σ bₖ·(exp(t) − 1)ᵏ."""
        shift = counted.args[0] - self.n
        weights = Counter({a: e for a, e in weights.items() if e})
        if lo != 0 or hi != counted.args[0] or not isinstance(shift, Integer) or shift < 0:
            raise Other
        if any(self.n in free(f) for f in rest) or weights not in (Counter(), Counter({k: 1})):
            raise Other
        if not weights:
            return Reader(k).function(Mul(*rest)).xreplace({t: _STEP}).diff(t, int(shift))
        base, over = S.One, S.One
        for factor in rest:
            split = exponential(factor, k)
            if split is not None:
                base, over = base * split[0], over * split[1]
            else:
                over *= factor
        argument = base * _STEP
        ways = {S.One: 1 / (1 - argument), S.One / (k + 1): -_log((1 - argument).expand()) / argument}
        for shape, found in ways.items():
            scale = (over / shape).cancel()
            if k not in free(scale):
                return (scale * found).diff(t, int(shift))
        raise Other


def _log(e: Expr) -> Expr:
    """The logarithm near t = 0."""
    return e.args[0] if isinstance(e, exp) and e.args[0].xreplace({t: S.Zero}) == 0 else log(e)


def _divided(shift: int) -> Expr:
    """Σ tⁿ/(n!·(n + j)): with j + 1 in place of j it is (exp t − j·it)/t."""
    found = _STEP / t
    for j in range(1, shift):
        found = (exp(t) - j * found) / t
    return found
