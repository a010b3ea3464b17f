"""The canonical form, the heart: rational functions over independent kernels, sums of symbolic length among them.

:func:`prove_equal` shows that two core expressions are equal wherever both are defined, for all sizes; ``None`` says
only that this was not shown.
"""

from verify.normal import (  # noqa: F401  # they register readers and kinds of kernels
    absolute,
    atoms,
    cases,
    complex_parts,
    deltas,
    derive,
    exponentials,
    gamma,
    integrals,
    inverses,
    logarithms,
    opaque,
    powers,
    products,
    radicals,
    special,
    sums,
    trigonometry,
)
from verify.normal.limits import NormalError, TooLarge, Undefined, Unsupported
from verify.normal.proof import Proof
from verify.normal.prove import (
    canonical,
    differentiate,
    expand_derivatives,
    linear_in,
    prove_equal,
    prove_zero,
    rewritten,
)
from verify.normal.realness import required

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
    "required",
    "rewritten",
]
