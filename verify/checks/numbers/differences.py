"""Points at which the sides certainly differ, if only by a little; and sides that no precision tells apart."""

from __future__ import annotations

from collections.abc import Sequence

from sympy import Expr, S

from verify.checks.evidence.witness import describe
from verify.checks.numbers.agreement import DEEP_BITS, SUPPORT_BITS, agree, shared_digits
from verify.checks.numbers.magnitudes import BITS_PER_UNIT, PLAIN_BITS, extreme, reach, written
from verify.evaluate.field import Undefined, Unsupported
from verify.evaluate.fields.balls import precision
from verify.evaluate.points import Point
from verify.evaluate.sampling.space import Space
from verify.evaluate.truth import at_point, text
from verify.model import Evidence, Verdict, Witness
from verify.terms import Rel, free

SUSPECTS = 4  # of one batch, the simplest ones at which both sides are defined
DEEPEST_BITS = (4_000, 16_000, 64_000)
NOT_SHOWN = "numbers so large or small that a difference may not show itself"


def witness_among(rel: Rel, suspicious: Sequence[Point], space: Space) -> Witness | None:
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
    return witness_among(rel, [point], space)


def indistinguishable(rel: Rel, points: Sequence[Point], space: Space) -> Evidence | None:
    """Sides said to differ that no precision tells apart at a point, though balls cannot show them equal."""
    for point in points:
        if shared_digits(rel, point, space, DEEP_BITS):
            at = ", ".join(f"{name}={value}" for name, value in describe(point, space, (rel.lhs, rel.rhs)).items())
            return Evidence("numeric", Verdict.UNDECIDED, f"the sides cannot be told apart at {at}")
    return None


def may_hide(rel: Rel, digits: int) -> bool:
    """Whether a number is written there that so many digits may not show."""
    bits = 3.3 * digits
    return any(
        2 * written(e) > max(bits, PLAIN_BITS) or reach(e) > max(bits / BITS_PER_UNIT, PLAIN_BITS)
        for e in (rel.lhs, rel.rhs)
    )


def hidden_difference(rel: Rel, points: Sequence[Point], space: Space) -> Evidence | None:
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
            witness = certify(rel, point, space) or by_difference(rel, point, space, bits)
            if witness is not None:
                return Evidence("numeric", Verdict.REFUTED, "balls of the two sides do not meet", witness=witness)
        unseen += agreed is None or may_hide(rel, shared_digits(rel, point, space, bits))
    return too_large if points and unseen == len(points) and needed > SUPPORT_BITS else None


def constant_gap(rel: Rel, points: Sequence[Point], space: Space) -> Witness | None:
    """Sides that differ by a number, however small: ``exp(x) + 10⁻⁴⁰⁰ = exp(x)``."""
    if not points or not (extreme(rel.lhs) or extreme(rel.rhs)):
        return None
    gap = (rel.lhs - rel.rhs).expand()
    if gap is S.Zero or free(gap):
        return None
    for bits in DEEPEST_BITS:
        try:
            witness = by_difference(rel, points[0], space, bits, gap)
        except (Undefined, Unsupported):
            return None
        if witness is not None:
            return witness
    return None


def by_difference(
    rel: Rel, point: Point, space: Space, bits: int = DEEP_BITS, gap: Expr | None = None
) -> Witness | None:
    """A witness whose sides agree in so many digits that their difference is told instead; ``gap``, if simpler."""
    with precision(bits):
        walker = at_point(point, space.real).balls(bits)
        value = walker(rel.lhs) - walker(rel.rhs) if gap is None else walker(gap)
        if value.overlaps(value * 0):
            return None
        return Witness(describe(point, space, (rel.lhs, rel.rhs)), f"the difference is {text(value)}", "0")
