"""A side that is defined nowhere: ``n! = (−n)!``, ``log p ≤ log(−p)`` for p > 0.

A relation is asserted where both sides are defined, so such a line asserts nothing; but a reader wants to know which
side it is. This is looked at, not proved.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from itertools import islice

from sympy import Add, Expr, Mul, Pow, exp, log

from verify.checks.common import doubtful, space_of
from verify.checks.numbers.agreement import SUPPORT_BITS, WANTED
from verify.checks.numbers.confirming import many_sizes, takes_long
from verify.checks.numbers.screening import distinct_first, in_turn
from verify.config import Settings
from verify.evaluate.evaluator import Evaluator
from verify.evaluate.field import Indeterminate, Undefined, Unsupported
from verify.evaluate.fields.balls import precision
from verify.evaluate.points import Point
from verify.evaluate.sampling.batches import batches
from verify.evaluate.truth import at_point
from verify.model import Claim, Doubt, Evidence, Relation
from verify.terms import Frac

LOOKED_AT, LOOKED_AT_COSTLY = 400, 40
PLAIN = (Add, Mul, Pow, Frac, exp, log)
"""What has no value where one of its arguments has none."""


def check(claim: Claim, settings: Settings) -> Evidence | None:
    """Which side of a claim is the one that has no value at any point, if one has and the other has not."""
    lhs, rhs = claim.lhs, claim.rhs
    if not isinstance(lhs, Expr) or not isinstance(rhs, Expr):
        return None
    right = _defined(rhs, claim, settings)
    left = None if right is None else _defined(lhs, claim, settings)
    if left is None or left == right:
        return None
    return doubtful("nowhere", Doubt.RIGHT_NOWHERE if left else Doubt.LEFT_NOWHERE)


def told(evidence: Evidence) -> bool:
    """Whether a check has found no point at which both sides have a value."""
    return evidence.doubt in (Doubt.NO_POINT, Doubt.NOWHERE)


def _defined(side: Expr, claim: Claim, settings: Settings) -> bool | None:
    """Whether a side has a value at some point; ``None`` where that cannot be told."""
    space = space_of(replace(claim, lhs=side, relation=Relation.EQ, rhs=side))
    points: Iterable[Point] = [Point()]
    if not space.closed:
        every = [distinct_first(batch.points) for batch in batches(space, settings.seed, sizes=many_sizes(space))]
        points = islice(in_turn(every), LOOKED_AT_COSTLY if takes_long(side) else LOOKED_AT)
    undefined = 0
    for point in points:
        try:
            value = _has_value(side, point, space.real)
        except Unsupported:
            return None
        if value is not False:
            return value
        undefined += 1
    return False if undefined >= WANTED or space.closed else None


def _has_value(side: Expr, point: Point, real: bool) -> bool | None:
    judge = at_point(point, real)
    with precision(SUPPORT_BITS):
        try:
            judge.balls(SUPPORT_BITS)(side)
        except Indeterminate:
            return False if real and _without_value(side, judge.exact) else None
        except Undefined:
            return False
    return True


def _without_value(e: Expr, exact: Evaluator) -> bool:
    """Whether a part certainly has no real value: ``log(−(x − m)²)`` at x = m = ⅓, where balls cannot tell."""
    if not isinstance(e, PLAIN):
        return False
    if any(_without_value(part, exact) for part in e.args):
        return True
    try:
        if isinstance(e, log):
            return bool(exact(e.args[0]) <= 0)
        exact(e)
    except Unsupported:
        return False
    except Undefined:
        return True
    return False
