"""Whether values are equal up to rounding."""

from __future__ import annotations

from typing import Any

import numpy as np

from verify.diagnose.search.values import Values

CLOSE, ROUNDING = 1e-7, 1e-10


def agreeing(got: Values, wanted: Values, count: int) -> Any:
    """For every variant whether it agrees wherever both are defined, and that is not too rarely."""
    form = (count, *np.broadcast_shapes(got.shape[1:], wanted.shape))
    got, wanted = np.broadcast_to(got, form), np.broadcast_to(wanted, form)
    both = np.isfinite(got) & np.isfinite(wanted)
    same = (close(got, wanted) | ~both).reshape(count, -1).all(axis=1)
    known = np.isfinite(wanted).reshape(count, -1).sum(axis=1)
    return same & (2 * both.reshape(count, -1).sum(axis=1) >= known) & (known > 0)


def close(a: Values, b: Values) -> Values:
    """Where values are equal up to rounding, relative to both."""
    with np.errstate(all="ignore"):
        return np.abs(a - b) <= CLOSE * (np.abs(a) + np.abs(b)) + ROUNDING


def near(a: Values, b: Values, close: float = CLOSE) -> Any:
    """Where values are equal up to rounding, relative to the second ones."""
    return np.abs(a - b) <= close * np.abs(b) + ROUNDING
