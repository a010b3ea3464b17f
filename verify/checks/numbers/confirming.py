"""A few certified points, which confirm what is proved; how many points there are, and how long they take."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from functools import lru_cache
from itertools import islice, product

from sympy import Basic, Derivative, Integral, Limit, Product, S, Sum

from verify.checks.numbers.agreement import WANTED, judge, supported
from verify.config import Settings
from verify.evaluate.field import Undefined, Unsupported
from verify.evaluate.points import Point
from verify.evaluate.sampling.batches import few
from verify.evaluate.sampling.draws import allowed
from verify.evaluate.sampling.space import Space
from verify.model import Evidence
from verify.terms import Rel

LOOKED_AT = 40
SOON = 4  # points of a quick look
PATIENCE = 6  # points at which a proof is not confirmed
ONLY_SIZES = (range(-3, 27), range(-2, 8), range(5))  # for one size, two or more where nothing else varies
MOST_SIZES = 40


def confirmed(rel: Rel, space: Space, settings: Settings) -> Evidence | None:
    """Balls at a few points, where a proof stands; nothing where they do not just confirm it."""
    used: list[Point] = []
    points = islice(few(space, settings.seed, sizes=many_sizes(space)), LOOKED_AT)
    for looked, point in enumerate(points):
        if looked > 4 * len(used) + PATIENCE:
            return None
        try:
            verdict = judge(rel, point, space, True)
        except Undefined:
            continue
        except Unsupported:
            return None
        if verdict is False:
            return None
        if verdict:
            used.append(point)
        if len(used) >= WANTED:
            return supported(rel, used, space)
    return None


def contradicted(rel: Rel, space: Space, settings: Settings) -> bool:
    """Whether balls say no at one of the first points: a quick look before anything else is tried."""
    for point in islice(few(space, settings.seed, sizes=many_sizes(space)), SOON):
        try:
            if judge(rel, point, space, True) is False:
                return True
        except (Undefined, Unsupported):
            continue
    return False


@lru_cache(maxsize=1 << 14)
def takes_long(e: Basic) -> bool:
    """Whether an integral, a limit, an infinite sum or a derivative of high or symbolic order occurs."""
    if isinstance(e, Integral | Limit):
        return True
    if isinstance(e, Derivative) and any(count not in (S.One, S(2)) for _, count in e.variable_count):
        return True
    if isinstance(e, Sum | Product) and any(end.is_infinite for limit in e.limits for end in limit[1:]):
        return True
    return any(map(takes_long, e.args))


def many_sizes(space: Space) -> Sequence[tuple[int, ...]]:
    """More sizes than usual where nothing else varies; none where the usual ones will do."""
    if not space.sizes or space.scalars or space.integers or space.indices or space.arrays or space.variants > 1:
        return ()
    count = len(space.sizes)
    rows = product(*[ONLY_SIZES[min(count, len(ONLY_SIZES)) - 1]] * count)
    fitting = [row for row in rows if all(allowed(s, Fraction(v)) for s, v in zip(space.sizes, row, strict=True))]
    return sorted(fitting, key=lambda row: (sum(map(abs, row)), row))[:MOST_SIZES]
