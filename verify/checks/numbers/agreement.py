"""Whether the two sides of a relation agree at a point, certified by balls; what so many points are worth."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from flint import acb

from verify.evaluate.field import Indeterminate, Undefined, Unsupported
from verify.evaluate.fields.balls import precision
from verify.evaluate.points import Point
from verify.evaluate.sampling.space import Space
from verify.evaluate.truth import at_point
from verify.model import Evidence, Relation, Verdict
from verify.terms import Rel

WANTED = 20  # points of support
DIGITS = 30
SUPPORT_BITS = 160
DEEP_BITS = 1100  # a difference of e⁻⁴⁰⁰ shows itself only here


def judge(rel: Rel, point: Point, space: Space, thoroughly: bool) -> bool | None:
    """Whether a relation certainly holds at a point, or fails; to 30 digits, if equations are meant.

    Raises:
        Undefined, Unsupported: a side has no value, or none that can be computed rigorously.
    """
    if rel.op is not Relation.EQ:
        return at_point(point, space.real).holds(rel)
    agreed = agree(rel, point, space, SUPPORT_BITS)
    if not thoroughly:
        return agreed
    return agree(rel, point, space, DEEP_BITS) if agreed is None else agreed


def agree(rel: Rel, point: Point, space: Space, bits: int) -> bool | None:
    """Whether the balls overlap and are narrow enough to mean something; ``False`` where they do not meet."""
    with precision(bits):
        try:
            walker = at_point(point, space.real).balls(bits)
            a, b = walker(rel.lhs), walker(rel.rhs)
        except Indeterminate:
            return None
        if not a.overlaps(b):
            return False
        return True if sharp(a) and sharp(b) else None


def shared_digits(rel: Rel, point: Point, space: Space, bits: int) -> int:
    """To how many digits both sides are known to be equal; 0 where they are not, or it cannot be told."""
    with precision(bits):
        try:
            walker = at_point(point, space.real).balls(bits)
            a, b = walker(rel.lhs), walker(rel.rhs)
        except (Undefined, Unsupported):
            return 0
        if not a.overlaps(b) or not (sharp(a) and sharp(b)):
            return 0
        return max(DIGITS, int(min(a.rel_accuracy_bits(), b.rel_accuracy_bits()) * 0.3))


def sharp(value: Any) -> bool:
    """Known to 30 digits, relative to its size or absolutely."""
    if value.rel_accuracy_bits() >= 3.33 * DIGITS:
        return True
    parts = (value.real, value.imag) if isinstance(value, acb) else (value,)
    return all(part.rad() < 10.0**-DIGITS for part in parts)


def supported(rel: Rel, used: Sequence[Point], space: Space, more: str = "") -> Evidence:
    """What it is worth that a relation has been certified at some points."""
    values = [", ".join(map(str, sorted({point.integers[s] for point in used}))) for s in space.sizes]
    sizes = [f"{s.name} ∈ {{{each}}}" for s, each in zip(space.sizes, values, strict=True)]
    how = f"balls overlap to ≥ {DIGITS} digits" if rel.op is Relation.EQ else "certified by balls"
    scope = ", ".join((f"{len(used)} points", *sizes))
    return Evidence("numeric", Verdict.SUPPORTED, f"{how} at {len(used)} points{more}", scope)
