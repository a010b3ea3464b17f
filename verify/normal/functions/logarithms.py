"""The logarithm over irreducible factors.

log(a·b) = log a + log b is used where a > 0 is known, for any b. Where the field reads everything as real and
defined (``real_domain``), log f is only asserted for f > 0, and there log f = Σ e·log|f_i| over the factors of f
without any knowledge of their signs: the kernels are log|f_i|. log of a symbolic product is a sum of logs in the same
way, and log exp t = t for real t.
"""

from __future__ import annotations

from collections.abc import Sequence

from sympy import Abs, Expr, exp, log, pi

from verify.normal.algebra.factors import factor, primes
from verify.normal.algebra.field import Field
from verify.normal.algebra.kernels import KINDS, Differentiate, Kernel, Kind
from verify.normal.algebra.limits import Undefined
from verify.normal.algebra.ratio import Poly, Ratio
from verify.normal.binding.sums import summation
from verify.normal.functions.absolute import absolute
from verify.normal.functions.atoms import constant, imaginary
from verify.normal.functions.powers import exponent_of
from verify.normal.read import read, reads
from verify.normal.signs import NEG, POS, polynomial_sign


def logarithm(field: Field, a: Ratio) -> Ratio:
    """log a (principal)."""
    if a.is_zero:
        raise Undefined("log 0")
    total, rest, unknown = field.zero, field.one, False
    split_all = field.real_domain and field.real(a)
    negative = False
    for p, direction in ((a.num, 1), (a.den, -1)):
        content, parts = factor(field, p)
        negative ^= content < 0
        total = total + _number(field, abs(content), direction)
        for f, e in parts:
            known = polynomial_sign(field, f)
            if known == POS:
                total = total + field.number(e * direction) * _positive(field, f)
            elif known == NEG:
                negative ^= bool(e % 2)
                total = total + field.number(e * direction) * _positive(field, -f)
            elif split_all:
                unknown |= bool(e % 2)
                total = total + field.number(e * direction) * _modulus(field, f)
            elif known is not None and e % 2 == 0:
                # log f**e = e·log|f| for real f and even e
                total = total + field.number(e * direction) * _modulus(field, f)
            else:
                rest = rest * field.polynomial(f) ** (e * direction)
    if rest.is_one:
        if negative and not unknown:
            total = total + imaginary(field) * constant(field, pi)
        return total
    if negative:
        rest = -rest
    kernel = field.only(rest)
    if kernel is not None and kernel.kind == "root":  # the argument of a root is a part of that of its base
        return total + logarithm(field, kernel.args[0]) / field.number(kernel.data)
    return total + field.kernel("log", None, (rest,))


def _number(field: Field, n: int, direction: int) -> Ratio:
    """± log n, over the primes."""
    total = field.zero
    if n == 1:
        return total
    for p, e in primes(n):
        total = total + field.number(direction * e) * field.kernel("log", None, (field.number(p),), real=True)
    return total


def _positive(field: Field, f: Poly) -> Ratio:
    """log f of a positive irreducible polynomial."""
    argument = field.polynomial(f)
    kernel = field.only(argument)
    if kernel is not None and kernel.real:
        if kernel.kind == "exp":
            return kernel.args[0] / field.number(kernel.data)
        if kernel.kind in ("root", "power"):
            return exponent_of(field, kernel) * logarithm(field, kernel.args[0])
        if kernel.kind == "product" and polynomial_sign(field, kernel.args[0].num) == POS:
            return _of_product(field, kernel)
    known = _by_conjugate(field, f)
    return field.kernel("log", None, (argument,), real=True) if known is None else known


def _by_conjugate(field: Field, f: Poly) -> Ratio | None:
    """log|u + v·√w| = log|u² − v²·w| − log|u − v·√w|, where the latter has occurred."""
    if not field.ruled or any(("log", data, str(f)) in field.table for data in (None, "abs")):
        return None
    degrees = f.degrees()
    for k in field.used(f):
        if k.kind != "root" or k.data != 2 or not k.real or degrees[k.index] != 1:
            continue
        conjugate = field.conjugate(f, k.index)
        names = (("log", data, str(g)) for g in (conjugate, -conjugate) for data in (None, "abs"))
        found = next((field.table[name] for name in names if name in field.table), None)
        if found is None:
            continue
        norm = field.reduce(f * conjugate)
        if norm.is_zero():
            continue
        content, parts = factor(field, norm)
        total = _number(field, abs(content), 1) - found.ratio
        for g, e in parts:
            one = _positive(field, g) if polynomial_sign(field, g) == POS else _modulus(field, g)
            total = total + field.number(e) * one
        return total
    return None


def _modulus(field: Field, f: Poly) -> Ratio:
    """log|f| of a real irreducible polynomial that is not zero where anything is asserted."""
    argument = field.polynomial(f)
    kernel = field.only(argument)
    if kernel is not None and kernel.kind == "abs" and field.real(kernel.args[0]):
        return _modulus(field, kernel.args[0].num)
    if kernel is not None and kernel.kind == "product" and field.real_domain:
        return _of_product(field, kernel)
    known = _by_conjugate(field, f)
    return field.kernel("log", "abs", (argument,), real=True) if known is None else known


def _of_product(field: Field, kernel: Kernel) -> Ratio:
    """log Π f = Σ log f, for positive f; log|Π f| = Σ log|f| for real f."""
    field.relations["log of a product = sum of logs"] = None
    body = kernel.args[0]
    if polynomial_sign(field, body.num) == POS and body.den.is_one():
        inner = logarithm(field, body)
    else:
        inner = field.zero
        for p, direction in ((body.num, 1), (body.den, -1)):
            content, parts = factor(field, p)
            inner = inner + _number(field, abs(content), direction)
            for f, e in parts:
                known = polynomial_sign(field, f)
                inner = inner + field.number(e * direction) * (
                    _positive(field, f) if known == POS else _modulus(field, f)
                )
    return summation(field, inner, kernel.data)


def _derive(field: Field, kernel: Kernel, d: Differentiate) -> Ratio:
    return d(kernel.args[0]) / kernel.args[0]


def _write(field: Field, kernel: Kernel, args: Sequence[Expr]) -> Expr:
    # unevaluated: it is canonical already, and SymPy's own look at the argument may take long
    return log(Abs(args[0], evaluate=False) if kernel.data == "abs" else args[0], evaluate=False)


def _build(field: Field, data: str | None, args: tuple[Ratio, ...]) -> Ratio:
    if data == "abs":
        return logarithm(field, absolute(field, args[0]))
    return logarithm(field, args[0])


KINDS["log"] = Kind(_build, _derive, _write)


@reads(log)
def _log(field: Field, e: Expr) -> Ratio:
    argument = e.args[0]
    if isinstance(argument, exp):
        inner = read(field, argument.args[0])
        if field.real(inner):
            return inner
    if len(e.args) == 2:
        return logarithm(field, read(field, argument)) / logarithm(field, read(field, e.args[1]))
    return logarithm(field, read(field, argument))
