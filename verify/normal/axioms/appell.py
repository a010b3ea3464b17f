"""Sums of Appell polynomials with binomial coefficients: Σ C(n, k)·Aₖ(x)·hⁿ⁻ᵏ = Aₙ(x + h).

That is Taylor's theorem for a sequence with A′ₙ = n·Aₙ₋₁, as Bernoulli's and Euler's polynomials are (Appell 1880).
"""

from __future__ import annotations

from math import factorial

import sympy

from verify.normal.algebra.field import Field
from verify.normal.algebra.kernels import Kernel
from verify.normal.algebra.ratio import Ratio
from verify.normal.algebra.substitution import substitute
from verify.normal.axioms.apply import instance
from verify.normal.axioms.formula import Variable
from verify.normal.axioms.words import gamma
from verify.normal.binding.ranges import Limit, generator
from verify.normal.functions.atoms import integer
from verify.normal.functions.special import function
from verify.normal.read import read
from verify.normal.signs import NEG, sign

SEQUENCES = (sympy.bernoulli, sympy.euler)
MISSING = 2  # so many last terms may be left out
n, k = Variable("n"), Variable("k")
_BINOMIAL = gamma(n + 1) / (gamma(k + 1) * gamma(n - k + 1))


def addition(field: Field, body: Ratio, limit: Limit) -> Ratio | None:
    """The sum over k = 0, …, n, or over all but its last terms, in closed form."""
    v, lo, hi = limit
    if not lo.is_zero or hi.is_infinite:
        return None
    index = generator(field, v)
    found = [p for p in body.inside if p.kind == "function" and p.data in SEQUENCES and index.index in p.deep]
    if len(found) != 1:
        return None
    (kernel,) = found
    rest = body / kernel.ratio
    if kernel in rest.inside or len(kernel.args) != 2 or index.index in field.deep(kernel.args[1]):
        return None
    last = read(field, hi)
    for missing in range(MISSING + 1):
        size = last + field.number(missing)
        known = sign(field, size)
        if not integer(field, size) or known is None or known & NEG:
            continue
        term = rest / instance(field, _BINOMIAL, {n: size, k: index.ratio})
        total = _whole(field, kernel, term, index, size)
        if total is not None:
            field.relations["Σ C(n, k)·Aₖ(x)·hⁿ⁻ᵏ = Aₙ(x + h) (DLMF 24.4.12, 24.4.13)"] = None
            return total - field.total(_at_end(field, kernel, term, index, size, i) for i in range(missing))
    return None


def _whole(field: Field, kernel: Kernel, term: Ratio, index: Kernel, size: Ratio) -> Ratio | None:
    """Σ over k = 0, …, n of Aₖ(x), or Aₙ₋ₖ(x), times C(n, k) and a geometric term."""
    order, x = kernel.args
    step = substitute(field, term, {index.index: index.ratio + field.one}) / term
    if index.index in field.deep(step):
        return None
    if (order - index.ratio).is_zero:
        at, end = step.inverse(), size
    elif (order + index.ratio - size).is_zero:
        at, end = step, field.zero
    else:
        return None
    return substitute(field, term, {index.index: end}) * function(field, kernel.data, (size, x + at))


def _at_end(field: Field, kernel: Kernel, term: Ratio, index: Kernel, size: Ratio, i: int) -> Ratio:
    """The summand for k = n − i."""
    here = {index.index: size - field.number(i)}
    choices = field.product(size - field.number(j) for j in range(i)) / field.number(factorial(i))
    polynomial = function(field, kernel.data, (substitute(field, kernel.args[0], here), kernel.args[1]))
    return choices * substitute(field, term, here) * polynomial
