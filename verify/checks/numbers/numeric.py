"""Numbers: a vectorised floating-point screen for suspects, balls for the certificate, balls for support.

Floats only propose. A refutation is a point inside the givens at which balls of the two sides do not meet (or, for
ties, exact values); support is balls that overlap to 30 digits or more at 20 points or more.
"""

from __future__ import annotations

from collections.abc import Iterable
from fractions import Fraction
from itertools import chain, islice

from sympy import Derivative, Expr, Integral, Symbol, airyai, airyaiprime

from verify.checks.common import doubtful, space_of
from verify.checks.numbers.agreement import DEEP_BITS, DIGITS, WANTED, judge, shared_digits, supported
from verify.checks.numbers.confirming import confirmed, many_sizes, takes_long
from verify.checks.numbers.differences import (
    NOT_SHOWN,
    SUSPECTS,
    certify,
    constant_gap,
    hidden_difference,
    indistinguishable,
    may_hide,
    witness_among,
)
from verify.checks.numbers.screening import distinct_first, in_turn, screen
from verify.config import Settings
from verify.evaluate.field import Indeterminate, Undefined, Unsupported
from verify.evaluate.points import Point, show_value
from verify.evaluate.sampling.batches import batches
from verify.evaluate.sampling.space import Space
from verify.evaluate.truth import at_point
from verify.model import COMPARISONS, Claim, Doubt, Evidence, Relation, Verdict, Witness
from verify.terms import Rel

LOOKED_AT, LOOKED_AT_COSTLY = 400, 40
ALSO_LOOKED_AT = 80  # further points where floats cannot look for the exceptions
DEEP_POINTS = 2
GENERIC, MIN_GENERIC = 12, 6
MANY_UNTOLD = 2  # points
TURNING = (airyai, airyaiprime)  # fall off on the right, oscillate on the left
ON_A_CUT = "the sides differ at a point that may lie on a branch cut"


def check(claim: Claim, settings: Settings) -> Evidence | None:
    """REFUTED with a witness, SUPPORTED, or nothing where the sides cannot be evaluated."""
    if claim.relation not in COMPARISONS:
        return None
    assert isinstance(claim.lhs, Expr) and isinstance(claim.rhs, Expr)
    rel = Rel(claim.relation, claim.lhs, claim.rhs)
    space = space_of(claim)
    evidence = confirmed(rel, space, settings) if settings.proved and not space.closed else None
    evidence = evidence or _look(rel, space, settings)
    if evidence is None or evidence.verdict is not Verdict.REFUTED or not claim.principal:
        return evidence
    if (claim.lhs.has(Derivative) or claim.rhs.has(Derivative)) and not _everywhere(rel, space, settings):
        return Evidence("numeric", Verdict.UNDECIDED, ON_A_CUT)
    return evidence


def _everywhere(rel: Rel, space: Space, settings: Settings) -> bool:
    """Certainly false at every point of several, whatever their branches: a function has no derivative where it
    jumps, and only there may its rules go wrong."""
    points = [point for batch in batches(space, settings.seed) for point in reversed(batch.points)]
    wrong = 0
    for point in points[:GENERIC]:
        try:
            truth = at_point(point, space.real).holds(rel)
        except (Undefined, Unsupported, Indeterminate):
            continue
        if truth is not False:
            return False
        wrong += 1
    return wrong >= MIN_GENERIC


def _look(rel: Rel, space: Space, settings: Settings) -> Evidence | None:
    if space.closed:
        return _closed(rel, space)
    screened = 0
    calm: list[list[Point]] = []
    costly, blind = any(takes_long(side) for side in (rel.lhs, rel.rhs)), False
    for batch in batches(space, settings.seed, sizes=many_sizes(space)):
        screened += len(batch.points)
        if costly:  # no floats, and few points with balls
            calm.append(list(batch.points))
            continue
        found = screen(rel, batch, space)
        blind = blind or found is None
        suspicious, quiet = found or ([], list(batch.points))
        calm.append(quiet or suspicious)
        witness = witness_among(rel, suspicious, space)
        if witness is not None:
            return Evidence("numeric", Verdict.REFUTED, f"a counterexample among {screened} points", witness=witness)
        if rel.op is Relation.NE and (alike := indistinguishable(rel, suspicious[:SUSPECTS], space)):
            return alike
    distinct = [distinct_first(points) for points in calm] if space.integers or not costly else calm
    few = many_sizes(space)  # then the smallest ones come first, among which are the exceptions
    points = chain.from_iterable(distinct) if few else in_turn(distinct)
    if blind:  # the simplest points come first, the most general last: both are looked at
        every = list(points)
        points = islice(chain.from_iterable(zip(every, reversed(every), strict=True)), len(every))
    points = islice(points, LOOKED_AT_COSTLY if costly else LOOKED_AT)
    return _support(rel, points, space, screened, WANTED + (ALSO_LOOKED_AT if blind else 0))


def _closed(rel: Rel, space: Space) -> Evidence | None:
    """A claim about numbers: exact values, or balls, settle it at once."""
    point = Point()
    try:
        sides = at_point(point, space.real).relation(rel)
    except Undefined as error:
        return doubtful("numeric", Doubt.NO_VALUE if isinstance(error, Indeterminate) else Doubt.NOWHERE, str(error))
    except Unsupported as error:
        return Evidence("numeric", Verdict.UNDECIDED, f"cannot be evaluated: {error}")
    if sides.truth is None:
        witness = constant_gap(rel, [point], space)
        if witness is not None and rel.op is Relation.EQ:
            return Evidence("numeric", Verdict.REFUTED, "the sides differ, if by little", witness=witness)
        digits = min(shared_digits(rel, point, space, DEEP_BITS), int(DEEP_BITS * 0.3))
        if digits >= DIGITS and may_hide(rel, digits):
            return Evidence("numeric", Verdict.UNDECIDED, NOT_SHOWN)
        if digits >= DIGITS and rel.op in (Relation.EQ, Relation.LE, Relation.GE):
            return Evidence("numeric", Verdict.SUPPORTED, f"equal to {digits} digits", "")
        return None
    if sides.truth:
        return Evidence("numeric", Verdict.PROVED, f"computed rigorously: {sides.lhs} {rel.op.value} {sides.rhs}")
    return Evidence("numeric", Verdict.REFUTED, "computed rigorously", witness=Witness({}, sides.lhs, sides.rhs))


def _support(rel: Rel, points: Iterable[Point], space: Space, screened: int, wanted: int) -> Evidence | None:
    """Support at so many points, or at as many as there are beyond those that it takes."""
    good: list[Point] = []
    untold: list[Point] = []
    unclear: list[Point] = []
    defined = False
    unsupported: Evidence | None = None
    for point in points:
        if len(good) >= wanted:
            break
        try:
            truth = judge(rel, point, space, len(good) < WANTED)
        except Unsupported as error:
            unsupported = unsupported or Evidence("numeric", Verdict.UNDECIDED, f"cannot be evaluated: {error}")
            if not good:
                return unsupported
            untold.append(point)
            continue
        except Indeterminate:
            defined = True  # as far as can be told
            untold.append(point)
            continue
        except Undefined:
            continue
        defined = True
        if truth:
            good.append(point)
        elif (settled := _speaks_against(rel, point, space, truth)) is not None:
            return settled
        elif truth is None:
            unclear.append(point)
    if not defined:
        return doubtful("numeric", Doubt.NO_POINT)
    if rel.op is Relation.EQ and (settled := _differs_by_little(rel, good, space)) is not None:
        return settled
    if len(good) < WANTED:
        return unsupported
    return (
        _special(good, untold, space)
        or _one_sided(rel, good, [*untold, *unclear], space)
        or supported(rel, good, space, f"; {screened} screened")
    )


def _special(good: list[Point], untold: list[Point], space: Space) -> Evidence | None:
    """Points with one value of a symbol in common support nothing where no other point could be told."""
    for symbol in space.scalars:
        values = {point.scalars.get(symbol) for point in good}
        if len(values) == 1 and any(point.scalars.get(symbol) not in values for point in untold):
            (value,) = values
            where = f"{symbol} = {show_value(value)}" if value is not None else str(symbol)
            reason = f"the sides could be compared only where {where}"
            return Evidence("numeric", Verdict.UNDECIDED, reason)
    return None


def _one_sided(rel: Rel, good: list[Point], untold: list[Point], space: Space) -> Evidence | None:
    """Where integrals fall off on one side and oscillate on the other, but converge, one side alone supports nothing.

    Elsewhere an integral that cannot be told on one side diverges there, as a rule, and nothing is asserted.
    """
    integrals = rel.lhs.atoms(Integral) | rel.rhs.atoms(Integral)
    if not any(integral.function.has(*TURNING) for integral in integrals):
        return None
    for symbol in space.scalars:
        for sign, side in ((1, ">"), (-1, "<")):
            if _of_sign(sign, symbol, good) == len(good) and _of_sign(-sign, symbol, untold) >= MANY_UNTOLD:
                reason = f"the sides could be compared only where {symbol} {side} 0"
                return Evidence("numeric", Verdict.UNDECIDED, reason)
    return None


def _of_sign(sign: int, symbol: Symbol, points: list[Point]) -> int:
    """At how many of the points a symbol has this sign."""
    values = (point.scalars.get(symbol) for point in points)
    return sum(isinstance(v, Fraction | int) and v * sign > 0 for v in values)


def _speaks_against(rel: Rel, point: Point, space: Space, truth: bool | None) -> Evidence | None:
    """What follows from a point at which the relation is false, or cannot be told to hold."""
    if truth is False:
        witness = certify(rel, point, space)
        if witness is not None:
            return Evidence("numeric", Verdict.REFUTED, "balls of the two sides do not meet", witness=witness)
    return indistinguishable(rel, [point], space) if truth is None and rel.op is Relation.NE else None


def _differs_by_little(rel: Rel, points: list[Point], space: Space) -> Evidence | None:
    """What speaks against an equation all the same, whose sides agree at some points: differences too small to show."""
    deep = hidden_difference(rel, sorted(points, key=lambda p: -p.simplicity)[:DEEP_POINTS], space)
    if deep is not None and deep.verdict is Verdict.REFUTED:
        return deep
    if (witness := constant_gap(rel, points, space)) is not None:
        return Evidence("numeric", Verdict.REFUTED, "the sides differ by a constant", witness=witness)
    return deep
