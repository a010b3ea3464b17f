"""What the canonical form refuses: named exceptions, and the limits on expression swell."""

from __future__ import annotations

MAX_TERMS = 20_000  # terms of one polynomial
MAX_WORK = 4_000_000  # terms of one factor times terms of the other
MAX_DEGREE = 1_000_000  # exponent of a single monomial
MAX_KERNELS = 384  # generators of one field
MAX_CASES = 64  # branches of one proof by cases


class NormalError(Exception):
    """The base of what the canonical form raises on purpose."""


class TooLarge(NormalError):
    """Expression swell passed a limit; nothing is known about the claim."""


class Unsupported(NormalError):
    """A node, or a derivative of one, that the canonical form does not know."""


class Undefined(NormalError):
    """A denominator (or an argument) is identically zero: the expression is defined nowhere."""


class Restart(NormalError):
    """The field has to be built anew: finer exponents, or more generators. Never leaves this package."""
