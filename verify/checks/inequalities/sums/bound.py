"""What bounds a sum from below or above."""

from __future__ import annotations

from typing import NamedTuple

from sympy import Expr


class Bound(NamedTuple):
    """``value ≤ of`` for ``side`` −1, ``of ≤ value`` for 1; by which rule, and where that is found."""

    side: int
    value: Expr
    rule: str
    source: str
