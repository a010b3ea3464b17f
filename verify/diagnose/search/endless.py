"""Infinite sums and products in floating point, to screen with: a few terms, and Levin's u-transform of the rest.

Levin, *Development of non-linear transformations for improving convergence of sequences* (1973); it sums alternating,
linearly and logarithmically convergent series. Low orders lose least to rounding. Two values have to agree; where they
do not there is none.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache
from math import comb
from typing import Any

import numpy as np

TERMS = 14
ORDER = 9
STARTS = (2, 1)  # terms that are left out at first
SMALL = 1e-12  # a last term that counts for nothing
ALIKE = 2e-8

Values = Any  # a NumPy array


def endless(term: Callable[[int], Values], first: int, adding: bool) -> Values:
    """The sum, or the product, of all terms from ``first`` on; NaN where it is not seen to converge."""
    rows = np.stack(np.broadcast_arrays(*(term(first + n) for n in range(TERMS))))
    with np.errstate(all="ignore"):
        partial = np.cumsum(rows, axis=0) if adding else np.cumprod(rows, axis=0)
        steps = np.concatenate([partial[:1], np.diff(partial, axis=0)])
        last = partial[-1]
        done = (np.abs(steps[-3:]).max(axis=0) <= SMALL * np.abs(last)) & (
            last != 0
        )  # zeros are rather lost to rounding
        one, other = (_levin(partial, steps, start) for start in STARTS)
        alike = np.abs(one - other) <= ALIKE * np.abs(one)
        return np.where(done, last, np.where(alike, one, np.nan))


def _levin(partial: Values, steps: Values, start: int) -> Values:
    """Levin's transform of the partial sums from ``start`` on."""
    used = slice(start, start + ORDER + 1)
    weights = _weights(start).reshape(-1, *(1,) * (partial.ndim - 1))
    scaled = weights / steps[used]
    return (scaled * partial[used]).sum(axis=0) / scaled.sum(axis=0)


@lru_cache(maxsize=4)
def _weights(start: int) -> Values:
    n = start + 1 + np.arange(ORDER + 1)
    signs = [(-1) ** j * comb(ORDER, j) for j in range(ORDER + 1)]
    return np.array(signs) * (n / n[-1]) ** (ORDER - 1) / n
