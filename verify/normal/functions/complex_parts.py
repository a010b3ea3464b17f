"""Conjugates, real and imaginary parts, arguments: everything in z and its conjugate.

The conjugate of a rational function is that of its kernels. Functions that are real on the real line and have no cuts
commute with it; for radicals and logarithms |b^(1/n)|² = |b|^(2/n) and log w + conj(log w) = 2·log|w| hold on the cut
too (DLMF 1.9, 4.2).
"""

from __future__ import annotations

from collections.abc import Sequence

from sympy import (
    Chi,
    Ci,
    Ei,
    Expr,
    LambertW,
    airyai,
    airyaiprime,
    airybi,
    airybiprime,
    arg,
    atan2,
    bernoulli,
    besseli,
    besselj,
    conjugate,
    elliptic_e,
    elliptic_k,
    erf,
    erfi,
    euler,
    fresnelc,
    fresnels,
    gegenbauer,
    hermite,
    hermite_prob,
    im,
    jacobi,
    laguerre,
    legendre,
    loggamma,
    polygamma,
    re,
    zeta,
)

from verify.normal.algebra.field import Field
from verify.normal.algebra.kernels import KINDS, Differentiate, Kernel, Kind
from verify.normal.algebra.limits import Unsupported
from verify.normal.algebra.ratio import Ratio
from verify.normal.algebra.substitution import evaluate
from verify.normal.functions.absolute import absolute
from verify.normal.functions.atoms import imaginary, integer
from verify.normal.functions.exponentials import exponential
from verify.normal.functions.gamma import euler as gamma_of
from verify.normal.functions.inverses import odd
from verify.normal.functions.logarithms import logarithm
from verify.normal.functions.powers import power
from verify.normal.functions.special import function
from verify.normal.functions.trigonometry import cosine, sine
from verify.normal.read import read, reads
from verify.normal.signs import NEG, POS, positive, sign
from verify.normal.text.write import expression

SYMMETRIC = {airyai, airyaiprime, airybi, airybiprime, erf, erfi, fresnelc, fresnels, polygamma, zeta}
SYMMETRIC |= {legendre, hermite, hermite_prob, laguerre, gegenbauer, jacobi, bernoulli, euler}
WHOLE_ORDER = {
    besselj,
    besseli,
    legendre,
    hermite,
    hermite_prob,
    laguerre,
    gegenbauer,
    jacobi,
    bernoulli,
    euler,
    polygamma,
}
"""Without cuts if the first argument is a whole number."""

OFF_CUT = {
    loggamma: (0, 1),
    Ei: (0, 1),
    Ci: (0, 1),
    Chi: (0, 1),
    LambertW: (0, 1),
    elliptic_k: (1, -1),
    elliptic_e: (1, -1),
}
"""Real on the real line but for a cut, from 0 or left of it to −∞, or from 1 to ∞: where it begins, the way off it."""


def conjugated(field: Field, a: Ratio) -> Ratio:
    """The complex conjugate."""
    values = {k.index: _of_kernel(field, k) for k in a.inside if not k.real}
    if not values:
        return a
    return evaluate(field, a, values)


def _of_kernel(field: Field, kernel: Kernel) -> Ratio:
    found: Ratio | None = kernel.memo.get("conjugate")
    if found is None:
        found = kernel.memo["conjugate"] = _fresh(field, kernel)
    return found


def _fresh(field: Field, kernel: Kernel) -> Ratio:
    args = kernel.args
    match kernel.kind:
        case "imaginary":
            return -kernel.ratio
        case "conjugate":
            return args[0]
        case "quarter turns":
            return kernel.ratio**3
        case "exp" | "cos" | "sin":
            value = {"exp": exponential, "cos": cosine, "sin": sine}[kernel.kind]
            return value(field, conjugated(field, args[0]) / field.number(kernel.data))
        case "gamma":
            return gamma_of(field, conjugated(field, args[0]))
        case "log":
            two = field.number(2)
            return two * logarithm(field, absolute(field, args[0])) - kernel.ratio
        case "root":
            return power(field, absolute(field, args[0]), field.number(2, kernel.data)) / kernel.ratio
        case "power":
            base, exponent = args[0], args[1] / field.number(kernel.data)
            turned = conjugated(field, exponent)
            if positive(field, base) or integer(field, exponent):
                return power(field, conjugated(field, base), turned)
            return power(field, absolute(field, base), field.number(2) * turned) * power(field, base, -turned)
        case "function" if kernel.data in SYMMETRIC | WHOLE_ORDER:
            cut = kernel.data is zeta and len(args) == 2 and not positive(field, args[1])
            if not cut and (kernel.data not in WHOLE_ORDER or integer(field, args[0])):
                return function(field, kernel.data, tuple(conjugated(field, x) for x in args))
        case "function" if kernel.data in OFF_CUT and len(args) == 1 and _off_cut(field, OFF_CUT[kernel.data], args[0]):
            return function(field, kernel.data, (conjugated(field, args[0]),))
    return field.kernel("conjugate", None, (kernel.ratio,))


def _off_cut(field: Field, places: tuple[int, int], a: Ratio) -> bool:
    """Whether the real part is known to be off the cut, or the imaginary part not to be 0."""
    start, direction = places
    height = (a - conjugated(field, a)) / (field.number(2) * imaginary(field))
    if sign(field, height) in (POS, NEG):
        return True
    written = expression(field, a)
    beyond = (direction * (re(written) - start)).expand(complex=False)
    return bool(field.facts.positive(beyond) or field.facts.nonzero(im(written)))


def half_sum(field: Field, a: Ratio) -> Ratio:
    """Re a."""
    return (a + conjugated(field, a)) / field.number(2)


def argument(field: Field, a: Ratio) -> Ratio:
    """arg a = −i·(log a − log|a|)."""
    return -imaginary(field) * (logarithm(field, a) - logarithm(field, absolute(field, a)))


@reads(conjugate)
def _conjugate(field: Field, e: Expr) -> Ratio:
    return conjugated(field, read(field, e.args[0]))


@reads(re)
def _re(field: Field, e: Expr) -> Ratio:
    return half_sum(field, read(field, e.args[0]))


@reads(im)
def _im(field: Field, e: Expr) -> Ratio:
    a = read(field, e.args[0])
    return (a - conjugated(field, a)) / (field.number(2) * imaginary(field))


@reads(arg)
def _arg(field: Field, e: Expr) -> Ratio:
    return argument(field, read(field, e.args[0]))


@reads(atan2)
def _atan2(field: Field, e: Expr) -> Ratio:
    y, x = (read(field, a) for a in e.args)
    if not (field.real(x) and field.real(y)):
        raise Unsupported("atan2 of numbers that are not known to be real")
    if sign(field, x) == POS:
        return odd(field, "atan", y / x)
    return argument(field, x + imaginary(field) * y)


def _derive(field: Field, kernel: Kernel, d: Differentiate) -> Ratio:
    if d(kernel.args[0]).is_zero:
        return field.zero
    raise Unsupported("derivative of a conjugate")


def _write(field: Field, kernel: Kernel, args: Sequence[Expr]) -> Expr:
    return conjugate(args[0])


KINDS["conjugate"] = Kind(lambda field, data, args: conjugated(field, args[0]), _derive, _write)
