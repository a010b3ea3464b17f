"""The exponential function on independent monomials, and its relatives.

exp(a + b) = exp(a)·exp(b) holds everywhere, so the exponent is expanded and every monomial, without its rational
coefficient, has one kernel: exp(t) and exp(−t) are powers of the same, and so are exp(x) and exp(x/2) once the field
knows that halves occur (its *grain*; a field that learns this late is built anew). Kernels for monomials that are
linearly independent over ℚ are independent (Risch structure theorem, in the form of Rosenlicht 1976), which is what
makes the zero test complete here; soundness does not need it. exp(c·log b) = b**c by definition of the power, and
exp(i·t) = cos t + i·sin t.
"""

from __future__ import annotations

from collections.abc import Sequence
from math import gcd, lcm

from sympy import Expr, LambertW, cosh, coth, csch, exp, sech, sinh, tanh
from sympy.core.numbers import Exp1, Integer

from verify.normal.algebra.field import Field
from verify.normal.algebra.kernels import KINDS, Differentiate, Kernel, Kind, made
from verify.normal.algebra.limits import Restart
from verify.normal.algebra.ratio import Ratio
from verify.normal.read import read, reads
from verify.normal.text.write import text
from verify.terms import sigmoid, softplus


def monomials(field: Field, a: Ratio) -> list[tuple[int, int, Ratio]]:
    """``a`` as a sum of (p, q, basis): p/q times a basis element with numeric coefficient one."""
    if len(a.num) == 1 and a.den.is_constant():
        c, content = int(a.num.leading_coefficient()), 1 if a.den.is_one() else int(a.den.content())
        if c == content == 1:
            return [(1, 1, a)]
        num = a.num / field.context.constant(c) if c != 1 else a.num
        den = a.den / field.context.constant(content) if content != 1 else a.den
        return [(c, content, Ratio(field, num, den, a.above, a.below, a.exact))]
    content = int(a.den.content())
    den = a.den / field.context.constant(content) if content != 1 else a.den
    parts = [(a.num, den)]
    if not den.is_one() and den.leading_coefficient() == 1:
        # u/(u + v) and 1 − v/(u + v) become one
        whole, rest = divmod(a.num, den)
        if not whole.is_zero():
            parts = [(whole, field.unit), (rest, den)]
    found = []
    for num, below in parts:
        for m, c in num.terms():
            c = int(c)
            common = gcd(c, content)
            one = field.context.from_dict({m: 1})
            basis = Ratio(field, one, field.unit) if below.is_one() else field.lowest(one, below)
            found.append((c // common, content // common, basis))
    return found


def grain(field: Field, name: str, basis: tuple[Ratio, ...], q: int) -> int:
    """By how much the arguments of this kind of kernel on this basis are divided; a multiple of ``q``.

    Within one field the grain of a basis never changes; a field that was built with too coarse a grain is built
    anew with the finer one (:class:`Restart`), which is known across fields by the text of the basis.
    """
    local = ("grain", name, *(b.key for b in basis))
    known = field.memo.get(local)
    if known is not None and known % q == 0:
        return int(known)
    if known is None and not field.grains:
        field.memo[local] = q
        return q
    label = ":".join((name, *(text(field, b) for b in basis)))
    if known is None:
        known = lcm(field.grains.get(label, 1), q)
        if known > 1:
            field.grains[label] = known
        field.memo[local] = known
        return int(known)
    field.grains[label] = lcm(known, q)
    raise Restart("grain")


def exponential(field: Field, a: Ratio) -> Ratio:
    """exp(a)."""
    if a.is_zero:
        return field.one
    result = field.one
    for p, q, basis in monomials(field, a):
        result = result * _single(field, p, q, basis)
    return result


def _single(field: Field, p: int, q: int, basis: Ratio) -> Ratio:
    degrees = basis.num.degrees()
    for kernel in basis.over:
        if degrees[kernel.index] != 1:
            continue
        if kernel.kind == "imaginary":
            angle = field.ratio(basis.num / kernel.poly, basis.den) * field.number(p, q)
            return made(field, "cos", 1, angle) + kernel.ratio * made(field, "sin", 1, angle)
        if kernel.kind == "log" and kernel.index not in field.deep(field.polynomial(basis.den)):
            rest = field.ratio(basis.num / kernel.poly, basis.den) * field.number(p, q)
            base = kernel.args[0]
            return made(field, "power", 1, made(field, "abs", None, base) if kernel.data == "abs" else base, rest)
    own = field.only(basis)
    if own is not None and own.kind == "function" and own.data is LambertW and q == 1:
        return (own.args[0] / basis) ** p  # W·exp(W) = z (DLMF 4.13.1)
    if own is not None and own.kind in ("atanh", "acoth") and q == 1 and p % 2 == 0:
        u, one = own.args[0], field.one  # exp(2·atanh u) = (1 + u)/(1 − u), for all u (DLMF 4.37.24)
        return ((one + u) / (one - u if own.kind == "atanh" else u - one)) ** (p // 2)
    n = grain(field, "exp", (basis,), q)
    kernel_ratio = field.kernel("exp", n, (basis,), real=field.real(basis))
    return kernel_ratio ** (p * (n // q))


def _derive(field: Field, kernel: Kernel, d: Differentiate) -> Ratio:
    return kernel.ratio * d(kernel.args[0]) / field.number(kernel.data)


def _write(field: Field, kernel: Kernel, args: Sequence[Expr]) -> Expr:
    return exp(args[0] / Integer(kernel.data))


def _build(field: Field, data: int, args: tuple[Ratio, ...]) -> Ratio:
    return exponential(field, args[0] / field.number(data))


KINDS["exp"] = Kind(_build, _derive, _write)


@reads(Exp1)
def _e(field: Field, e: Expr) -> Ratio:
    return exponential(field, field.one)


@reads(exp)
def _exp(field: Field, e: Expr) -> Ratio:
    return exponential(field, read(field, e.args[0]))


def logistic(field: Field, a: Ratio) -> Ratio:
    """σ(a) = 1/(1 + exp(−a))."""
    return (field.one + exponential(field, -a)).inverse()


@reads(sigmoid)
def _sigmoid(field: Field, e: Expr) -> Ratio:
    return logistic(field, read(field, e.args[0]))


@reads(softplus)
def _softplus(field: Field, e: Expr) -> Ratio:
    return made(field, "log", None, field.one + exponential(field, read(field, e.args[0])))


def _both(field: Field, e: Expr) -> tuple[Ratio, Ratio]:
    """exp(a) and exp(−a) for the argument a of a hyperbolic function."""
    up = exponential(field, read(field, e.args[0]))
    return up, up.inverse()


@reads(sinh)
def _sinh(field: Field, e: Expr) -> Ratio:
    up, down = _both(field, e)
    return (up - down) / field.number(2)


@reads(cosh)
def _cosh(field: Field, e: Expr) -> Ratio:
    up, down = _both(field, e)
    return (up + down) / field.number(2)


@reads(tanh)
def _tanh(field: Field, e: Expr) -> Ratio:
    up, down = _both(field, e)
    return (up - down) / (up + down)


@reads(coth)
def _coth(field: Field, e: Expr) -> Ratio:
    up, down = _both(field, e)
    return (up + down) / (up - down)


@reads(sech)
def _sech(field: Field, e: Expr) -> Ratio:
    up, down = _both(field, e)
    return field.number(2) / (up + down)


@reads(csch)
def _csch(field: Field, e: Expr) -> Ratio:
    up, down = _both(field, e)
    return field.number(2) / (up - down)
