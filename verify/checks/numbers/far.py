"""Far from where points are drawn: large numbers and tiny ones, and those beside the numbers that are written.

What holds for n ≤ 20 may fail for n = 83 (``harmonic(n) < 5``), and ``⌊x + 10⁻⁵⁰⌋ = ⌊x⌋`` fails just before a whole
number. One symbol at a time leaves a simple point, then all of them together, then whole numbers at random; so what
only numbers support is looked at where nothing else has looked.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from fractions import Fraction
from itertools import islice
from random import Random

from sympy import (
    Abs,
    Expr,
    Function,
    Heaviside,
    KroneckerDelta,
    Max,
    Min,
    Mod,
    Piecewise,
    Rational,
    Symbol,
    ceiling,
    exp,
    floor,
    isprime,
    log,
    primerange,
)
from sympy import sign as signum
from sympy.functions.combinatorial.numbers import divisor_sigma, mobius, primenu, primeomega, totient
from sympy.functions.elementary.hyperbolic import HyperbolicFunction, InverseHyperbolicFunction
from sympy.functions.elementary.trigonometric import InverseTrigonometricFunction, TrigonometricFunction

from verify.checks.common import space_of
from verify.checks.numbers.agreement import SUPPORT_BITS, agree
from verify.checks.numbers.confirming import takes_long
from verify.checks.numbers.differences import certify
from verify.config import Settings
from verify.evaluate.field import Undefined, Unsupported
from verify.evaluate.points import Point, Value
from verify.evaluate.sampling.batches import few
from verify.evaluate.sampling.draws import domain
from verify.evaluate.sampling.space import Space
from verify.evaluate.truth import at_point
from verify.model import COMPARISONS, Claim, Evidence, Relation, Verdict, Witness
from verify.terms import Frac, Rel, fraction, relu, sigmoid, softplus
from verify.terms.whole import gcd, lcm

WHOLE = (*range(21, 131), 180, 210, 256, 341, 355, 360, 500, 561, 720, 840, 1000, 1024, 1093, 2310, 2520, 5040, 10_007)
WHOLE += (27_720, 30_030, 65_537, 510_510, 10**6, 9_699_690, 223_092_870, 10**9, 6_469_693_230)
PRIMES = (*primerange(1000), 1093, 3511, 10_007)
LENGTHS = (21, 30, 50, 100)  # of ranges, whose terms are all computed
LARGE = tuple(map(Fraction, (150, 1000, 12_345, 10**6, 10**9, 10**30, 10**100, 10**1000)))
MODEST = 1100  # up to which special functions are evaluated quickly
ARITHMETIC = Mod | KroneckerDelta | totient | divisor_sigma | mobius | primenu | primeomega | gcd | lcm
ELEMENTARY = exp | log | TrigonometricFunction | InverseTrigonometricFunction | HyperbolicFunction
PIECES = Abs | signum | floor | ceiling | Heaviside | Max | Min | Piecewise | relu
QUICK = ARITHMETIC | ELEMENTARY | PIECES | InverseHyperbolicFunction | Frac | sigmoid | softplus
TINY = tuple(Fraction(1, 10**d) for d in (6, 20, 60, 120, 300))
PLACES = tuple(Fraction(v) for v in ("0", "1", "-1", "2", "1/2", "-1/2", "1/3"))
LARGEST_WRITTEN = 10**15
MOST_WRITTEN = 8
BASES = 2  # points that are left
AT_RANDOM, RANDOM_UP_TO = 40, 1000
MOST_SYMBOLS = 4


def check(claim: Claim, settings: Settings) -> Evidence | None:
    """REFUTED with a witness, or nothing."""
    if claim.relation not in COMPARISONS:
        return None
    assert isinstance(claim.lhs, Expr) and isinstance(claim.rhs, Expr)
    rel, space = Rel(claim.relation, claim.lhs, claim.rhs), space_of(claim)
    symbols = (*space.scalars, *space.integers, *space.sizes)
    if (
        space.arrays
        or space.indices
        or not 0 < len(symbols) <= MOST_SYMBOLS
        or any(map(takes_long, (rel.lhs, rel.rhs)))
    ):
        return None
    for point in _points(rel, space, symbols, settings.seed):
        with suppress(Undefined, Unsupported, OverflowError):
            witness = _fails(rel, point, space)
            if witness is not None:
                return Evidence("far", Verdict.REFUTED, "a counterexample far from simple points", witness=witness)
    return None


def _fails(rel: Rel, point: Point, space: Space) -> Witness | None:
    judge = at_point(point, space.real)
    if any(judge.holds(c) is not True for c in space.constraints):
        return None
    if rel.op is Relation.EQ and space.scalars and agree(rel, point, space, SUPPORT_BITS) is not False:
        return None
    return certify(rel, point, space)


def _points(rel: Rel, space: Space, symbols: Sequence[Symbol], seed: int) -> Iterator[Point]:
    written = _written((rel.lhs, rel.rhs, *(c for c in space.constraints if isinstance(c, Rel))))
    modest = not all(isinstance(f, QUICK) for f in rel.lhs.atoms(Function) | rel.rhs.atoms(Function))
    values = {s: list(dict.fromkeys(_fitting(s, _values(s, s in space.sizes, written, modest)))) for s in symbols}
    for base in list(islice(few(space, seed), BASES)) if len(symbols) > 1 else [Point()]:
        for symbol in symbols:
            yield from (base.moved({symbol: value}) for value in values[symbol])
        if len(symbols) > 1:
            shared = [v for v in values[symbols[0]] if all(v in values[s] for s in symbols)]
            yield from (base.moved(dict.fromkeys(symbols, value)) for value in shared)
            if space.integers:
                rng = Random(seed)
                for _ in range(AT_RANDOM):
                    drawn = {s: Fraction(rng.randint(-RANDOM_UP_TO, RANDOM_UP_TO)) for s in space.integers}
                    if all(fits(s, v) for s, v in drawn.items()):
                        yield base.moved(drawn)


def _values(symbol: Symbol, length: bool, written: Sequence[Fraction], modest: bool) -> Iterator[Value]:
    beside = [w + d for w in written for d in (0, -1, 1)] + [2 * w for w in written]
    if symbol.is_integer:
        yield from (w for w in beside if not length or abs(w) <= LENGTHS[-1])
        for n in LENGTHS if length else PRIMES if symbol.is_prime else WHOLE:
            if modest and n > MODEST:
                break
            yield from (Fraction(n), Fraction(-n))
        return
    large = [v for v in (*LARGE, *beside) if not (modest and abs(v) > MODEST)]
    near = [place + d * e for place in dict.fromkeys((*PLACES, *written)) for e in TINY for d in (1, -1)]
    reals = [*(s * v for v in large for s in (1, -1)), *near]
    yield from reals
    if not domain(symbol).real:
        yield from ((Fraction(0), v) for v in reals)


def _fitting(symbol: Symbol, values: Iterable[Value]) -> Iterator[Value]:
    return (v for v in values if fits(symbol, v))


def fits(symbol: Symbol, value: Value) -> bool:
    """Whether a value lies in the domain of a symbol; of primes all that there are."""
    if symbol.is_prime:
        return not isinstance(value, tuple) and value.denominator == 1 and bool(isprime(value.numerator))
    return value in domain(symbol)


def _written(parts: Iterable[Expr | Rel]) -> list[Fraction]:
    """The numbers that are written, their opposites too; those that are drawn anyway are left out."""
    sides = [side for part in parts for side in ((part.lhs, part.rhs) if isinstance(part, Rel) else (part,))]
    numbers = set[Rational]().union(*(side.atoms(Rational) for side in sides))
    fractions = {fraction(n) for n in numbers if abs(n) <= LARGEST_WRITTEN}
    kept = sorted((f for f in fractions if abs(f) > 2 or f.denominator > 2), key=lambda f: (-abs(f), f))
    return list(dict.fromkeys(v for f in kept[:MOST_WRITTEN] for v in (f, -f)))
