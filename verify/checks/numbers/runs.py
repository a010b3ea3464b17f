"""Long runs of whole numbers, one after another, where floating point cannot look.

``n² + n + 41`` has one prime factor for n < 40 only; what is said of gcd, totients, residues or binomial coefficients
for all n is worth nothing after twenty values. One number runs to two thousand, then ever faster; two fill a square,
three a cube. Where an irrational factor is written, the numbers at which its multiples come nearest to whole ones are
looked at as well (continued fractions: Hardy and Wright, chapter X).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import suppress
from fractions import Fraction
from itertools import chain, product
from math import inf

from sympy import Expr, Function, Integer, Mod, Symbol, jacobi_symbol, kronecker_symbol, legendre_symbol, pi
from sympy.functions.combinatorial.numbers import divisor_sigma, mobius, primenu, primeomega, reduced_totient, totient
from sympy.functions.elementary.trigonometric import TrigonometricFunction

from verify.checks.common import doubtful, space_of
from verify.checks.numbers.agreement import SUPPORT_BITS, agree
from verify.checks.numbers.confirming import takes_long
from verify.checks.numbers.cost import affordable
from verify.checks.numbers.differences import certify
from verify.checks.numbers.far import fits
from verify.checks.numbers.quadratic import solutions
from verify.config import Settings
from verify.evaluate.field import Undefined, Unsupported
from verify.evaluate.points import Point
from verify.evaluate.sampling.frames import admitted
from verify.evaluate.sampling.space import Space
from verify.evaluate.truth import at_point
from verify.model import COMPARISONS, Claim, Doubt, Evidence, Relation, Verdict, Witness
from verify.terms import Rel
from verify.terms.whole import gcd, lcm

RUN, GROWTH, FARTHEST = 2000, 1.17, 10**15
SIDES = {2: 40, 3: 8, 4: 4}  # of the square, the cube, … around 0
LENGTHS = 64  # of a range all of whose terms are computed; longer ones as far as they are affordable
LONGEST_SUM = 3000
MOST_CONSTANTS, LARGEST = 3, 10**16
FACTORS = (Fraction(1), Fraction(2), Fraction(1, 2))
ARITHMETIC = Mod | gcd | lcm | totient | reduced_totient | divisor_sigma | mobius | primenu | primeomega
ARITHMETIC |= jacobi_symbol | kronecker_symbol | legendre_symbol
MOST_OPERATIONS = 60_000


def check(claim: Claim, settings: Settings) -> Evidence | None:
    """REFUTED with a witness, or nothing."""
    if claim.relation not in COMPARISONS:
        return None
    assert isinstance(claim.lhs, Expr) and isinstance(claim.rhs, Expr)
    rel, space = Rel(claim.relation, claim.lhs, claim.rhs), space_of(claim)
    symbols = (*space.integers, *space.sizes)
    if space.arrays or space.indices or space.scalars or space.variants > 1 or not 0 < len(symbols) <= max(SIDES):
        return None
    if takes_long(rel.lhs) or takes_long(rel.rhs):
        return None
    witness = _first(rel, space, symbols)
    if witness is not None:
        return Evidence("runs", Verdict.REFUTED, "a counterexample among many whole numbers", witness=witness)
    return None


def elusive(claim: Claim, settings: Settings) -> Evidence | None:
    """UNDECIDED where a first counterexample may be out of reach, or nothing.

    It is asked before any search, which may be stopped at a limit.
    """
    if claim.relation not in COMPARISONS:
        return None
    assert isinstance(claim.lhs, Expr) and isinstance(claim.rhs, Expr)
    space = space_of(claim)
    if space.scalars or space.arrays or space.indices or not (space.integers or space.sizes):
        return None
    rel = Rel(claim.relation, claim.lhs, claim.rhs)
    return doubtful("runs", Doubt.ELUSIVE) if _elusive(rel) else None


def _first(rel: Rel, space: Space, symbols: Sequence[Symbol]) -> Witness | None:
    rows = chain(solutions(rel, symbols), _values(rel, symbols, bool(space.sizes)))
    fitting = (row for row in rows if all(fits(s, Fraction(v)) for s, v in zip(symbols, row, strict=True)))
    points = (Point(dict(zip(symbols, row, strict=True))) for row in fitting)
    for point in affordable(rel, points, MOST_OPERATIONS):
        with suppress(Undefined, Unsupported, OverflowError):
            if space.constraints and not admitted(at_point(point, space.real), space.constraints):
                continue
            if rel.op is Relation.EQ and agree(rel, point, space, SUPPORT_BITS) is not False:
                continue
            witness = certify(rel, point, space)
            if witness is not None:
                return witness
    return None


def _values(rel: Rel, symbols: Sequence[Symbol], lengths: bool) -> Iterator[tuple[int, ...]]:
    if len(symbols) > 1:
        side = SIDES[len(symbols)]
        reach = sorted(range(-side, side + 1), key=abs)
        yield from sorted(product(reach, repeat=len(symbols)), key=lambda row: sum(map(abs, row)))
        return
    if lengths:
        yield from ((n,) for n in chain(range(LENGTHS), range(-1, -LENGTHS // 4, -1)))
        yield from ((n,) for n in _growing(LENGTHS, LONGEST_SUM))
        yield from ((n,) for n in range(LENGTHS, RUN))
        return
    yield from ((sign * n,) for n in _nearest(rel) for sign in (1, -1))
    yield from ((sign * n,) for n in range(RUN // 8) for sign in (1, -1))
    yield from ((n,) for n in _growing(RUN, FARTHEST))
    yield from ((n,) for n in range(RUN // 8, RUN))


def _growing(start: int, end: int) -> Iterator[int]:
    """Ever farther apart."""
    n = float(start)
    while n < end:
        yield int(n)
        n *= GROWTH


def _nearest(rel: Rel) -> list[int]:
    """Numerators and denominators of the convergents of irrational numbers that are written, and of π beside sines."""
    sides = (rel.lhs, rel.rhs)
    written = {part for side in sides for part in side.atoms(Expr) if part.is_number and part.is_irrational}
    if any(side.has(TrigonometricFunction) for side in sides):
        written.add(pi)
    numbers = sorted((w for w in written if w.is_extended_real), key=lambda e: (e.count_ops(), str(e)))
    places = [factor * _rational(number) for number in numbers[:MOST_CONSTANTS] for factor in FACTORS]
    return list(dict.fromkeys(n for place in places for n in _convergents(place)))


def _rational(number: Expr) -> Fraction:
    return Fraction(str(number.evalf(50)))


def _convergents(place: Fraction) -> Iterator[int]:
    before, now = (0, 1), (1, 0)
    while max(now) <= LARGEST:
        whole = place.numerator // place.denominator
        before, now = now, (whole * now[0] + before[0], whole * now[1] + before[1])
        yield from (abs(part) for part in now if abs(part) <= LARGEST)
        place -= whole
        if not place:
            return
        place = 1 / place


def _elusive(rel: Rel) -> bool:
    """Whether a first counterexample may be out of reach, however plain the claim is.

    That an equation has no solution in whole numbers, and divisors, residues or prime factors of what grows faster than
    its unknowns: ``x² − 61 y² ≠ 1`` fails first for x = 1766319049, ``gcd(n¹⁷ + 9, (n + 1)¹⁷ + 9) = 1`` at a number of
    52 digits.
    """
    if rel.op is Relation.NE:
        return True
    calls = [call for side in (rel.lhs, rel.rhs) for call in side.atoms(Function) if isinstance(call, ARITHMETIC)]
    return any(not _periodic(call) and any(_degree(a) > 1 for a in call.args) for call in calls)


def _periodic(call: Function) -> bool:
    """Residues of a polynomial, with a period short enough to be gone through."""
    period = call.args[-1]
    return isinstance(call, Mod | gcd) and isinstance(period, Integer) and period < RUN and _degree(call.args[0]) < inf


def _degree(e: Expr) -> float:
    """The largest degree in a symbol by itself; ∞ of what is no polynomial."""
    polynomials = [e.as_poly(s) for s in e.free_symbols]
    return max((inf if p is None else float(p.degree()) for p in polynomials), default=0.0)
