"""When an algebraic constant is zero: certainly, by a separation bound.

An algebraic integer that is not zero has a norm of absolute value 1 at least. So if it has degree D or less and all of
its conjugates are at most U in absolute value, it is itself at least U**(1 − D); a ball that lies nearer to zero than
that proves it to be zero. Kernels are algebraic integers where they are roots of such; 2·cos(π/n) and 2·sin(π/n) are,
with conjugates of at most 2. Source: Burnikel, Fleischer, Mehlhorn, Schirra, "A strong and easily computable separation
bound for arithmetic expressions involving radicals" (2000).
"""

from __future__ import annotations

from flint import arb, ctx
from sympy import integer_nthroot, pi, totient

from verify.normal.algebra.field import Field
from verify.normal.algebra.kernels import Kernel
from verify.normal.algebra.numeric import constant_sign, polynomial_ball
from verify.normal.algebra.ratio import Poly

MAX_BITS = 20_000


def constant_zero(field: Field, p: Poly) -> bool:
    """Whether a polynomial in constants is known to be zero."""
    if constant_sign(field, p) is not None:
        return False
    kernels = _all(field, p)
    if not all(k.real and (_circular(k) or _radical(k)) for k in kernels):
        return False
    degree = 1
    for n in {k.data for k in kernels if _circular(k)}:
        degree *= int(totient(4 * n))  # both lie in the field of the 4n-th roots of unity
    for k in kernels:
        degree *= k.data if _radical(k) else 1
    halves = max(sum(int(m[k.index]) for k in kernels if _circular(k)) for m in p.monoms())
    nearest = halves + (degree - 1) * (halves + _conjugates(field, p).bit_length())
    if nearest > MAX_BITS:
        return False
    before = ctx.prec
    try:
        ctx.prec = nearest + 64
        value = polynomial_ball(field, p)
        return value is not None and bool(abs(value) < arb(2) ** -nearest)
    finally:
        ctx.prec = before


def _all(field: Field, p: Poly) -> list[Kernel]:
    """The kernels that occur, those under radicals too."""
    found: dict[int, Kernel] = {}
    waiting = list(field.used(p))
    while waiting:
        kernel = waiting.pop()
        if kernel.index not in found:
            found[kernel.index] = kernel
            if _radical(kernel):
                waiting.extend(kernel.args[0].over)
    return list(found.values())


def _radical(kernel: Kernel) -> bool:
    """A root of a polynomial in other kernels, all circular functions outside."""
    return kernel.kind == "root" and all(not k.atoms and _radical(k) for k in kernel.args[0].inside)


def _circular(kernel: Kernel) -> bool:
    """cos or sin of π/n."""
    if kernel.kind not in ("cos", "sin"):
        return False
    (unit,) = kernel.args
    (constant,) = unit.inside if len(unit.inside) == 1 else (kernel,)
    return constant.kind == "constant" and constant.data == pi and unit.key == constant.ratio.key


def _conjugates(field: Field, p: Poly) -> int:
    """An upper bound of the absolute values of all conjugates."""
    sizes = {}
    for k in field.used(p):
        sizes[k.index] = integer_nthroot(_conjugates(field, k.args[0].num), k.data)[0] + 1 if k.kind == "root" else 1
    total = 0
    for monomial, coefficient in p.terms():
        term = abs(int(coefficient))
        for g, size in sizes.items():
            term *= size ** int(monomial[g])
        total += term
    return max(total, 1)
