"""Where authors differ on a value, and a claim fails whichever is meant: B₁ is ½ or −½, and ``B₂ₙ₊₁ = 0`` is neither.

Elsewhere such a point is left out of what a claim asserts.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from fractions import Fraction
from itertools import islice

from sympy import Expr, Integer, Rational, Symbol, bernoulli

from verify.checks.common import space_of
from verify.checks.evidence.witness import describe
from verify.config import Settings
from verify.evaluate.field import Undefined, Unsupported
from verify.evaluate.points import Point
from verify.evaluate.sampling.batches import few
from verify.evaluate.sampling.draws import domain
from verify.evaluate.sampling.frames import admitted
from verify.evaluate.truth import at_point
from verify.model import COMPARISONS, Claim, Evidence, Relation, Verdict, Witness
from verify.terms import Rel, fraction

VALUES = (Rational(1, 2), Rational(-1, 2))
POINTS = 4


def check(claim: Claim, settings: Settings) -> Evidence | None:
    """REFUTED where the claim certainly fails for both values of B₁, or nothing."""
    if claim.relation not in COMPARISONS:
        return None
    assert isinstance(claim.lhs, Expr) and isinstance(claim.rhs, Expr)
    numbers = {b for side in (claim.lhs, claim.rhs) for b in side.atoms(bernoulli) if len(b.args) == 1}
    space = space_of(claim)
    for point in islice(few(space, settings.seed), POINTS):
        for symbol, value in _where_one(numbers):
            if symbol not in claim.givens.symbols or value not in domain(symbol):  # a bound index has all its values
                continue
            there = point.moved({symbol: value})
            if space.constraints and not admitted(at_point(there, space.real), space.constraints):
                continue
            ones = [b for b in numbers if _index(b, symbol) == value]
            with suppress(Undefined, Unsupported):
                found = [_sides(claim, there, dict.fromkeys(ones, first), space.real) for first in VALUES]
                if all(sides is not None for sides in found) and found[0] is not None:
                    witness = Witness(describe(there, space), *found[0], "B₁ = 1/2; it fails for B₁ = −1/2 as well")
                    return Evidence("numeric", Verdict.REFUTED, "false for either value of B₁", witness=witness)
    return None


def _where_one(numbers: set[Expr]) -> Iterator[tuple[Symbol, Fraction]]:
    """The symbols and their values for which some index is 1."""
    for b in sorted(numbers, key=str):
        for symbol in sorted(b.free_symbols, key=str):
            value = _index(b, symbol)
            if value is not None:
                yield symbol, value


def _index(b: Expr, symbol: Symbol) -> Fraction | None:
    """For which value of the symbol an index that is linear in nothing else is 1."""
    poly = (b.args[0] - Integer(1)).as_poly(symbol)
    if poly is None or poly.degree() != 1 or b.free_symbols != {symbol}:
        return None
    slope, constant = poly.all_coeffs()
    return fraction(-constant / slope) if slope.is_Rational and constant.is_Rational else None


def _sides(claim: Claim, point: Point, first: dict[Expr, Expr], real: bool) -> tuple[str, str] | None:
    """Both sides with a value for B₁, as text, if the relation is certainly false."""
    assert isinstance(claim.lhs, Expr) and isinstance(claim.rhs, Expr)
    relation = claim.relation
    assert isinstance(relation, Relation)
    sides = at_point(point, real).relation(Rel(relation, claim.lhs.xreplace(first), claim.rhs.xreplace(first)))
    return (sides.lhs, sides.rhs) if sides.truth is False else None
