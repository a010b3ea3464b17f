"""Cauchy's and Schwarz's inequality, ``(Σ ab)² ≤ Σa² Σb²``, and norms that fall as their exponent grows."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import product

from sympy import Expr, Integer, Mul, Pow, Rational, S, factor, sqrt

from verify.checks.inequalities.sums.bound import Bound
from verify.checks.inequalities.sums.jensen import Form
from verify.checks.inequalities.sums.summed import Summed
from verify.facts import Facts
from verify.terms import free

RULE = "the inequality of Cauchy and Schwarz"
SOURCE = "Hardy, Littlewood & Pólya, Inequalities, 2.4"
NORMS = "a sum of nonnegative numbers to a power p ≥ 1 is at least the sum of their powers"
NORMS_SOURCE = "Hardy, Littlewood & Pólya, Inequalities, 2.10"

MOST_FACTORS = 4
HALF = Rational(1, 2)


def squares(total: Summed, facts: Facts, form: Form) -> Iterator[Expr]:
    """What the square of a sum is at most, for every way to part its summand into two factors."""
    factors, scale = total.varying()
    if len(factors) > 1 or (factors and factors[0].is_Add):
        factors, scale = Summed(factor(total.f), total.index).varying()
    if not 0 < len(factors) <= MOST_FACTORS:
        return
    parted = [list(_parted(part, facts)) for part in factors]
    seen: set[Expr] = set()
    for halves in product(*parted):
        a, b = Mul(*(half for half, _ in halves)), Mul(*(other for _, other in halves))
        if a in seen or b in seen:
            continue
        seen.add(a)
        yield scale**2 * form(total.of(a)) * form(total.of(b))


def _parted(part: Expr, facts: Facts) -> Iterator[tuple[Expr, Expr]]:
    """The squares of two factors of a factor."""
    yield part**2, S.One
    yield S.One, part**2
    base, exponent = part.as_base_exp()
    if facts.nonnegative(part) or (isinstance(exponent, Integer) and exponent % 2 == 0):
        yield part, part
    if isinstance(exponent, Integer) and exponent > 2:
        yield base ** (2 * (exponent - 1)), base**2


def bounds(total: Summed, facts: Facts, form: Form) -> Iterator[Bound]:
    """Bounds of a sum by the roots of two others, and of a sum of powers by a power."""
    for square in squares(total, facts, form):
        yield Bound(1, sqrt(square), RULE, SOURCE)
        yield Bound(-1, -sqrt(square), RULE, SOURCE)
    yield from _norms(total, facts, form)


def _norms(total: Summed, facts: Facts, form: Form) -> Iterator[Bound]:
    factors, scale = total.varying()
    if len(factors) != 1 or not isinstance(factors[0], Pow) or not facts.nonnegative(scale):
        return
    base, r = factors[0].as_base_exp()
    if not isinstance(r, Rational) or r <= 0 or total.index not in free(base):
        return
    if not facts.nonnegative(base):
        if not (isinstance(r, Integer) and r % 2 == 0):
            return
        base = abs(base)
    yield Bound(1 if r >= 1 else -1, scale * form(total.of(base)) ** r, NORMS, NORMS_SOURCE)
