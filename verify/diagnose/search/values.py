"""The values of an author's expression at many points at once: floating point, to screen with.

What agrees here is then proved or forgotten.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING, Any, TypeAlias

import numpy as np
from sympy import Symbol

from verify.evaluate.field import Undefined, Unsupported
from verify.terms import TermError

if TYPE_CHECKING:
    from verify.diagnose.search.sheet import Sheet

Values: TypeAlias = Any  # a NumPy array: (variants…, components…, points)
Env: TypeAlias = Mapping[Symbol, int]
Fill: TypeAlias = Callable[["Sheet", Env], Values]
FAILS = (
    Undefined,
    Unsupported,
    TermError,
    KeyError,
    IndexError,
    ValueError,
    TypeError,
    OverflowError,
    AttributeError,
    NotImplementedError,
)
"""What may be raised where a variant makes no sense: it is forgotten."""


def fold(combine: Any, parts: Sequence[Values]) -> Values:
    """All of them put together."""
    total = parts[0]
    for value in parts[1:]:
        total = combine(total, value)
    return total


def lift(value: Values, ranks: int) -> Values:
    """A scalar's values ready to be multiplied with a vector's: axes of length one before the points."""
    return value.reshape((*value.shape[:-1], *(1,) * ranks, value.shape[-1])) if ranks else value


def alike(rows: Sequence[Values]) -> list[Values]:
    """The rows with all axes as long as the longest one."""
    return list(np.broadcast_arrays(*rows))
