"""How much there is to write of a number or an expression; what is too long is cut short."""

from __future__ import annotations

from functools import lru_cache

from sympy import (
    Basic,
)

LARGEST = 2000  # parts of an expression that is still worth reading


def digits(value: int) -> str:
    """An integer, or the first digits and the length of a long one."""
    if abs(value).bit_length() <= 400:
        return str(value)
    length = int(abs(value).bit_length() * 0.30103)
    return f"{'-' if value < 0 else ''}{abs(value) // 10 ** (length - 8)}…(about {length} digits)"


@lru_cache(maxsize=4096)
def size(e: Basic) -> int:
    """How many parts there are to write, shared ones each time they occur."""
    return 1 + sum(size(a) for a in e.args)
