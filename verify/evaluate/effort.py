"""How much work integrals, infinite sums and limits take, counted in steps: about a product of two numbers each.

Counts are the same on every machine, however fast or busy it is; so what depends on them is so, too.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from math import inf

from verify.evaluate.field import Indeterminate

EVALUATION = 50
"""Steps of one value of an integrand, or of one term of a series."""


class Effort:
    """The steps spent so far, and how many there may be."""

    __slots__ = ("most", "steps")

    def __init__(self, most: float) -> None:
        self.steps, self.most = 0, most


_all = [Effort(inf)]


@contextmanager
def at_most(steps: float) -> Iterator[Effort]:
    """What is computed here may take so many steps; beyond them there is no value (:class:`Indeterminate`)."""
    _all.append(Effort(min(steps, _all[-1].most - _all[-1].steps)))
    try:
        yield _all[-1]
    finally:
        within = _all.pop()
        _all[-1].steps += within.steps


def spend(steps: int) -> None:
    """Count steps that are about to be taken.

    Raises:
        Indeterminate: there have been too many.
    """
    effort = _all[-1]
    effort.steps += steps
    if effort.steps > effort.most:
        raise Indeterminate("more work than is done for one value")


def spent() -> int:
    """How many steps have been counted; only differences mean something."""
    return _all[-1].steps
