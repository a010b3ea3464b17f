"""Numbers: a vectorised floating-point screen for suspects, balls for the certificate, balls for support.

Floats only propose. A refutation is a point inside the givens at which balls of the two sides do not meet (or, for
ties, exact values); support is balls that overlap to 30 digits or more at 20 points or more.
"""

from __future__ import annotations

import numpy as np
from sympy import (
    Derivative,
    Expr,
    S,
)

from verify.checks.common import NO_POINT, NO_VALUE, NOWHERE, space_of
from verify.checks.evidence.witness import describe
from verify.checks.numbers.agreement import (
    DEEP_BITS,
    DIGITS,
    SUPPORT_BITS,
    WANTED,
    agree,
    judge,
    shared_digits,
    supported,
)
from verify.checks.numbers.confirming import confirmed, many_sizes, takes_long
from verify.checks.numbers.magnitudes import BITS_PER_UNIT, PLAIN_BITS, extreme, reach, written
from verify.config import Settings
from verify.evaluate.field import Indeterminate, Undefined, Unsupported
from verify.evaluate.fields.balls import precision
from verify.evaluate.points import Point
from verify.evaluate.sampling.batches import Batch, at_all, batches
from verify.evaluate.sampling.space import Space
from verify.evaluate.truth import at_point, text
from verify.model import COMPARISONS, LESS, Claim, Evidence, Relation, Verdict, Witness
from verify.terms import Rel, free

LOOKED_AT, LOOKED_AT_COSTLY = 400, 40
ALSO_LOOKED_AT = 80  # further points where floats cannot look for the exceptions
DEEP_POINTS = 2
DEEPEST_BITS = (4_000, 16_000, 64_000)
NOT_SHOWN = "numbers so large or small that a difference may not show itself"
SUSPECTS = 4  # of one batch, the simplest ones at which both sides are defined
TOLERANCE = 1e-7
GENERIC, MIN_GENERIC = 12, 6
ON_A_CUT = "the sides differ at a point that may lie on a branch cut"
ROUNDING = 1e-11  # what cancellation leaves of zero


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
        found = _screen(rel, batch, space)
        blind = blind or found is None
        suspicious, quiet = found or ([], list(batch.points))
        calm.append(quiet or suspicious)
        witness = _witness(rel, suspicious, space)
        if witness is not None:
            return Evidence("numeric", Verdict.REFUTED, f"a counterexample among {screened} points", witness=witness)
        if rel.op is Relation.NE and (alike := _alike(rel, suspicious[:SUSPECTS], space)):
            return alike
    calm = [_distinct_first(points) for points in calm]
    few = many_sizes(space)  # then the smallest ones come first, among which are the exceptions
    points = [point for batch in calm for point in batch] if few else _in_turn(calm)
    if blind:  # the simplest points come first, the most general last: both are looked at
        points = [point for pair in zip(points, reversed(points), strict=True) for point in pair][: len(points)]
    points = points[: LOOKED_AT_COSTLY if costly else LOOKED_AT]
    return _support(rel, points, space, screened, WANTED + (ALSO_LOOKED_AT if blind else 0))


def _closed(rel: Rel, space: Space) -> Evidence | None:
    """A claim about numbers: exact values, or balls, settle it at once."""
    point = Point()
    try:
        sides = at_point(point, space.real).relation(rel)
    except Undefined as error:
        told = NO_VALUE if isinstance(error, Indeterminate) else NOWHERE
        return Evidence("numeric", Verdict.UNDECIDED, f"{told}: {error}")
    except Unsupported as error:
        return Evidence("numeric", Verdict.UNDECIDED, f"cannot be evaluated: {error}")
    if sides.truth is None:
        witness = _constant_gap(rel, [point], space)
        if witness is not None and rel.op is Relation.EQ:
            return Evidence("numeric", Verdict.REFUTED, "the sides differ, if by little", witness=witness)
        digits = min(shared_digits(rel, point, space, DEEP_BITS), int(DEEP_BITS * 0.3))
        if digits >= DIGITS and _hidden(rel, digits):
            return Evidence("numeric", Verdict.UNDECIDED, NOT_SHOWN)
        if digits >= DIGITS and rel.op in (Relation.EQ, Relation.LE, Relation.GE):
            return Evidence("numeric", Verdict.SUPPORTED, f"equal to {digits} digits", "")
        return None
    if sides.truth:
        return Evidence("numeric", Verdict.PROVED, f"computed rigorously: {sides.lhs} {rel.op.value} {sides.rhs}")
    return Evidence("numeric", Verdict.REFUTED, "computed rigorously", witness=Witness({}, sides.lhs, sides.rhs))


def _hidden(rel: Rel, digits: int) -> bool:
    """Whether a number is written there that so many digits may not show."""
    bits = 3.3 * digits
    return any(
        2 * written(e) > max(bits, PLAIN_BITS) or reach(e) > max(bits / BITS_PER_UNIT, PLAIN_BITS)
        for e in (rel.lhs, rel.rhs)
    )


def _screen(rel: Rel, batch: Batch, space: Space) -> tuple[list[Point], list[Point]] | None:
    """The points at which floats say no, and those at which they see nothing wrong (undefined ones in neither).

    ``None`` where there are no floats for what occurs.
    """
    if space.integers:  # these vary from point to point: every point is looked at exactly
        return list(batch.points), []
    size = len(batch.points)
    with np.errstate(all="ignore"):
        try:
            walker = at_all(batch, space.real)
            a = np.broadcast_to(walker(rel.lhs), (size,))
            b = np.broadcast_to(walker(rel.rhs), (size,))
        except Undefined:
            return [], []
        except (Unsupported, Indeterminate, OverflowError):
            return None
        defined = np.isfinite(a) & np.isfinite(b)
        gap = a - b
        slack = TOLERANCE * (np.abs(a) + np.abs(b)) + ROUNDING
        if rel.op is Relation.EQ:
            wrong = np.abs(gap) > slack
        elif rel.op is Relation.NE:
            wrong = np.abs(gap) <= slack
        else:
            real = np.real(gap)
            wrong = real >= -slack if rel.op in LESS else real <= slack
            if rel.op in (Relation.LE, Relation.GE):
                wrong &= np.abs(real) > slack
    suspicious = [p for p, w, d in zip(batch.points, wrong, defined, strict=True) if w and d]
    quiet = [p for p, w, d in zip(batch.points, wrong, defined, strict=True) if not w and d]
    overflown = [p for p, d in zip(batch.points, defined, strict=True) if not d]
    return suspicious, quiet + overflown


def _witness(rel: Rel, suspicious: list[Point], space: Space) -> Witness | None:
    """A witness among the suspects: all are heard where integers vary, else the first few at which there is a claim.

    Floats do not see that a logarithm leaves the reals, so the simplest suspects (1, 2, 3 for ``log(1 − x)``) may all
    be points at which nothing is claimed.
    """
    heard = 0
    for point in suspicious:
        try:
            sides = at_point(point, space.real).relation(rel)
        except (Undefined, Unsupported):
            continue
        if sides.truth is False:
            return Witness(describe(point, space, (rel.lhs, rel.rhs)), sides.lhs, sides.rhs)
        heard += 1
        if heard >= SUSPECTS and not space.integers:
            break
    return None


def certify(rel: Rel, point: Point, space: Space) -> Witness | None:
    """A witness if the relation is certainly false at the point."""
    return _witness(rel, [point], space)


def _distinct_first(points: list[Point]) -> list[Point]:
    """Points that were drawn before come last: of whole numbers there are few small ones."""
    seen, again = dict[object, Point](), list[Point]()
    for point in points:
        cells = [(a, *cell) for a, by in (*point.entries.items(), *point.words.items()) for cell in by.items()]
        key = (*point.integers.items(), *point.scalars.items(), *cells, point.variant)
        if key in seen:
            again.append(point)
        else:
            seen[key] = point
    return [*seen.values(), *again]


def _in_turn(batches: list[list[Point]]) -> list[Point]:
    """One point of each batch, then a second of each, …; batches far apart first, so that every size gets its share."""
    stride = max(1, len(batches) // WANTED)
    spread = [batch for offset in range(stride) for batch in batches[::-1][offset::stride]]
    longest = max((len(points) for points in batches), default=0)
    return [points[i] for i in range(longest) for points in spread if i < len(points)]


def _support(rel: Rel, points: list[Point], space: Space, screened: int, wanted: int) -> Evidence | None:
    """Support at so many points, or at as many as there are beyond those that it takes."""
    good = 0
    used: list[Point] = []
    defined = False
    for point in points:
        if good >= wanted:
            break
        try:
            verdict = judge(rel, point, space, good < WANTED)
        except Unsupported as error:
            return Evidence("numeric", Verdict.UNDECIDED, f"cannot be evaluated: {error}")
        except Indeterminate:
            defined = True  # as far as can be told
            continue
        except Undefined:
            continue
        defined = True
        if verdict is False:
            witness = certify(rel, point, space)
            if witness is not None:
                return Evidence("numeric", Verdict.REFUTED, "balls of the two sides do not meet", witness=witness)
        if verdict is None and rel.op is Relation.NE and (alike := _alike(rel, [point], space)):
            return alike
        if verdict:
            good += 1
            used.append(point)
    if not defined:
        return Evidence("numeric", Verdict.UNDECIDED, NO_POINT)
    if rel.op is Relation.EQ:
        deep = _deep(rel, sorted(used, key=lambda p: -p.simplicity)[:DEEP_POINTS], space)
        if deep is not None and deep.verdict is Verdict.REFUTED:
            return deep
        if (witness := _constant_gap(rel, used, space)) is not None:
            return Evidence("numeric", Verdict.REFUTED, "the sides differ by a constant", witness=witness)
        if deep is not None:
            return deep
    if good < WANTED:
        return None
    return supported(rel, used, space, f"; {screened} screened")


def _alike(rel: Rel, points: list[Point], space: Space) -> Evidence | None:
    """Sides said to differ that no precision tells apart at a point, though balls cannot show them equal."""
    for point in points:
        if shared_digits(rel, point, space, DEEP_BITS):
            at = ", ".join(f"{name}={value}" for name, value in describe(point, space, (rel.lhs, rel.rhs)).items())
            return Evidence("numeric", Verdict.UNDECIDED, f"the sides cannot be told apart at {at}")
    return None


def _deep(rel: Rel, points: list[Point], space: Space) -> Evidence | None:
    """A difference that shows itself only with many bits; UNDECIDED where the numbers written would need too many."""
    needed = max(max(BITS_PER_UNIT * reach(side), 2 * written(side)) for side in (rel.lhs, rel.rhs))
    too_large = Evidence("numeric", Verdict.UNDECIDED, NOT_SHOWN)
    if needed > DEEPEST_BITS[-1]:
        return too_large
    bits = next(b for b in (DEEP_BITS, *DEEPEST_BITS) if b >= needed)
    unseen = 0
    for point in points:
        try:
            agreed = agree(rel, point, space, bits)
        except Unsupported:
            return too_large if needed > DEEP_BITS else None
        if agreed is False:
            witness = certify(rel, point, space) or _by_difference(rel, point, space, bits)
            if witness is not None:
                return Evidence("numeric", Verdict.REFUTED, "balls of the two sides do not meet", witness=witness)
        unseen += agreed is None or _hidden(rel, shared_digits(rel, point, space, bits))
    return too_large if points and unseen == len(points) and needed > SUPPORT_BITS else None


def _by_difference(rel: Rel, point: Point, space: Space, bits: int, gap: Expr | None = None) -> Witness | None:
    """A witness whose sides agree in so many digits that their difference is told instead; ``gap``, if simpler."""
    with precision(bits):
        walker = at_point(point, space.real).balls(bits)
        value = walker(rel.lhs) - walker(rel.rhs) if gap is None else walker(gap)
        if value.overlaps(value * 0):
            return None
        return Witness(describe(point, space, (rel.lhs, rel.rhs)), f"the difference is {text(value)}", "0")


def _listed(values: set[int]) -> str:
    return ", ".join(map(str, sorted(values)))


def _constant_gap(rel: Rel, points: list[Point], space: Space) -> Witness | None:
    """Sides that differ by a number, however small: ``exp(x) + 10⁻⁴⁰⁰ = exp(x)``."""
    if not points or not (extreme(rel.lhs) or extreme(rel.rhs)):
        return None
    gap = (rel.lhs - rel.rhs).expand()
    if gap is S.Zero or free(gap):
        return None
    for bits in DEEPEST_BITS:
        try:
            witness = _by_difference(rel, points[0], space, bits, gap)
        except (Undefined, Unsupported):
            return None
        if witness is not None:
            return witness
    return None
