"""The canonical form, the heart: rational functions over independent kernels, sums of symbolic length among them.

:func:`prove_equal` shows that two core expressions are equal wherever both are defined, for all sizes; ``None`` says
only that this was not shown.
"""

from verify.normal import absolute, atoms, deltas, derive, exponentials, logarithms, opaque, powers, products, sums
from verify.normal import trigonometry
from verify.normal.limits import NormalError, TooLarge, Undefined, Unsupported
from verify.normal.proof import (
    Proof,
    canonical,
    differentiate,
    expand_derivatives,
    linear_in,
    prove_equal,
    prove_zero,
)

__all__ = [
    "NormalError",
    "Proof",
    "TooLarge",
    "Undefined",
    "Unsupported",
    "canonical",
    "differentiate",
    "expand_derivatives",
    "linear_in",
    "prove_equal",
    "prove_zero",
]
_KINDS = (absolute, atoms, deltas, derive, exponentials, logarithms, opaque, powers, products, sums, trigonometry)
