"""The canonical form, the heart: rational functions over independent kernels, sums of symbolic length among them.

:func:`prove_equal` shows that two core expressions are equal wherever both are defined, for all sizes; ``None`` says
only that this was not shown.
"""

from verify.normal.algebra.limits import NormalError, TooLarge, Undefined, Unsupported
from verify.normal.binding import deltas, products, sums  # noqa: F401  # these three register readers and kernels
from verify.normal.calculus import derive, integrals  # noqa: F401
from verify.normal.functions import (  # noqa: F401
    absolute,
    atoms,
    cases,
    complex_parts,
    exponentials,
    gamma,
    inverses,
    logarithms,
    opaque,
    powers,
    radicals,
    special,
    trigonometry,
)
from verify.normal.proof import Proof
from verify.normal.prove import (
    canonical,
    differentiate,
    expand_derivatives,
    linear_in,
    prove_equal,
    prove_zero,
    rewritten,
    same_form,
)
from verify.normal.realness import required
from verify.normal.survey import survey

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
    "same_form",
    "survey",
]
