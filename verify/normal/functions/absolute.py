"""|x|, sign, relu, Max, Min of real numbers: |x|² = x², relu(x) = (x + |x|)/2, max(a, b) = (a + b + |a − b|)/2."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from sympy import Abs, Expr, Max, Min
from sympy import sign as sympy_sign

from verify.normal.algebra.factors import factor
from verify.normal.algebra.field import Field
from verify.normal.algebra.kernels import KINDS, Differentiate, Kernel, Kind, made
from verify.normal.algebra.limits import Unsupported
from verify.normal.algebra.ratio import Poly, Ratio
from verify.normal.axioms.apply import nonzero
from verify.normal.functions.exponentials import exponential
from verify.normal.functions.powers import power
from verify.normal.read import read, reads
from verify.normal.signs import NEG, POS, ZERO, polynomial_sign, positive, sign
from verify.terms import relu


def absolute(field: Field, a: Ratio) -> Ratio:
    """|a|, multiplicatively over the factors."""
    if a.is_zero:
        return a
    known = sign(field, a)
    if known is not None:
        if not known & NEG:
            return a
        if not known & POS:
            return -a
    result = field.one
    for p, direction in ((a.num, 1), (a.den, -1)):
        content, parts = factor(field, p)
        result = result * field.number(abs(content)) ** direction
        for f, e in parts:
            result = result * _factor(field, field.polynomial(f), e) ** direction
    return result


def _factor(field: Field, f: Ratio, e: int) -> Ratio:
    known = polynomial_sign(field, f.num)
    if known is not None:
        if not known & NEG or e % 2 == 0:
            return f**e
        if not known & POS:
            return (-f) ** e
    elif e % 2 == 0 and field.real(f):
        return f**e
    kernel = field.only(f)
    if kernel is not None and kernel.kind == "sin" and kernel.real:
        # |sin t| = √(1 − cos t)·√(1 + cos t), since sin² is written as (1 − cos)(1 + cos) under radicals too
        cosine = field.table["cos", kernel.data, kernel.args[0].key].ratio
        half = field.number(1, 2)
        return (power(field, field.one - cosine, half) * power(field, field.one + cosine, half)) ** e
    if field.real(f):
        found = field.kernel("abs", None, (f,), real=True, rule=(2, field.reduce(f.num * f.num)))
    else:
        known_modulus = _modulus(field, f, e)
        if known_modulus is not None:
            return known_modulus
        square = _square_of_modulus(field, f)
        relation = None if square is None else (2, square.num)
        found = field.kernel("abs", None, (f,), real=True, rule=relation)
    return found**e


def _modulus(field: Field, f: Ratio, e: int) -> Ratio | None:
    """|f|**e of a kernel f that is not real, where |f| has no kernel of its own."""
    kernel = field.only(f)
    if kernel is None:
        return None
    match kernel.kind:
        case "imaginary" | "quarter turns":
            return field.one
        case "exp":
            return exponential(field, _real_part(field, kernel.args[0]) * field.number(e, kernel.data))
        case "conjugate":
            return absolute(field, kernel.args[0]) ** e
        case "root":
            return power(field, absolute(field, kernel.args[0]), field.number(e, kernel.data))
        case "power":
            exponent = kernel.args[1] * field.number(e, kernel.data)
            if positive(field, kernel.args[0]):
                return power(field, kernel.args[0], _real_part(field, exponent))
            size, turned = absolute(field, kernel.args[0]), made(field, "conjugate", None, exponent)
            if field.real(exponent):
                return power(field, size, exponent)
            turn = (exponent - turned) / field.number(2)  # |wˢ| = exp Re(s·log w)
            return power(field, kernel.args[0], turn) * power(field, size, turned)
    return None


def _square_of_modulus(field: Field, f: Ratio) -> Ratio | None:
    """|f|² = f·conj(f), if that is a polynomial."""
    square = f * made(field, "conjugate", None, f)
    return square if square.den.is_one() else None


def _real_part(field: Field, a: Ratio) -> Ratio:
    return (a + made(field, "conjugate", None, a)) / field.number(2)


def _direction(field: Field, a: Ratio) -> Ratio | None:
    """sign a = a/|a| of a complex number that is not zero."""
    never_zero = len(a.num) == 1 and all(k.kind in ("exp", "imaginary") for k in a.over)
    return a / absolute(field, a) if never_zero or nonzero(field, a) else None


def sign_of(field: Field, a: Ratio) -> Ratio:
    """sign(a) for real a: −1, 0, 1, multiplicatively over the factors."""
    if a.is_zero:
        return a
    known = sign(field, a)
    if known == POS:
        return field.one
    if known == NEG:
        return -field.one
    result = field.one
    for p in (a.num, a.den):
        content, parts = factor(field, p)
        if content < 0:
            result = -result
        for f, e in parts:
            known = polynomial_sign(field, f)
            if known is None:
                raise Unsupported("sign of a number that is not known to be real")
            if known == NEG:
                result = result * field.number(-1) ** e
            elif known != POS:
                relation = partial(_sign_relation, bool(known & ZERO), field.unit)
                kernel = field.kernel("sign", None, (field.polynomial(f),), real=True, rule=relation)
                result = result * kernel**e
    return result


def _sign_relation(vanishing: bool, unit: Poly, g: Poly) -> tuple[int, Poly]:
    """s³ = s, and s² = 1 where the argument is never zero."""
    return (3, g) if vanishing else (2, unit)


@reads(Abs)
def _abs(field: Field, e: Expr) -> Ratio:
    return absolute(field, read(field, e.args[0]))


@reads(sympy_sign)
def _sign(field: Field, e: Expr) -> Ratio:
    a = read(field, e.args[0])
    if not field.real(a):
        turned = _direction(field, a)
        if turned is not None:
            return turned
    return sign_of(field, a)


def _real(field: Field, a: Ratio) -> Ratio:
    if not field.real(a):
        raise Unsupported("an order of numbers that are not known to be real")
    return a


@reads(relu)
def _relu(field: Field, e: Expr) -> Ratio:
    x = _real(field, read(field, e.args[0]))
    return (x + absolute(field, x)) / field.number(2)


@reads(Max)
def _max(field: Field, e: Expr) -> Ratio:
    return _extreme(field, e, 1)


@reads(Min)
def _min(field: Field, e: Expr) -> Ratio:
    return _extreme(field, e, -1)


def _extreme(field: Field, e: Expr, direction: int) -> Ratio:
    first, *rest = (_real(field, read(field, a)) for a in e.args)
    for a in rest:
        gap = absolute(field, first - a)
        first = (first + a + (gap if direction > 0 else -gap)) / field.number(2)
    return first


def _derive_abs(field: Field, kernel: Kernel, d: Differentiate) -> Ratio:
    inner = d(kernel.args[0])
    if kernel.index in field.rules and not field.real(kernel.args[0]):
        square = field.polynomial(field.rules[kernel.index][1])
        return d(square) / (field.number(2) * kernel.ratio)
    if inner.is_zero:
        return inner
    _real(field, kernel.args[0])
    return kernel.ratio / kernel.args[0] * inner


def _derive_sign(field: Field, kernel: Kernel, d: Differentiate) -> Ratio:
    if d(kernel.args[0]).is_zero or field.rules[kernel.index][0] == 2:  # constant, or never zero
        return field.zero
    raise Unsupported("derivative of a sign")


def _write_abs(field: Field, kernel: Kernel, args: Sequence[Expr]) -> Expr:
    return Abs(args[0], evaluate=False)


def _write_sign(field: Field, kernel: Kernel, args: Sequence[Expr]) -> Expr:
    return sympy_sign(args[0])


KINDS["abs"] = Kind(lambda field, data, args: absolute(field, args[0]), _derive_abs, _write_abs)
KINDS["sign"] = Kind(lambda field, data, args: sign_of(field, args[0]), _derive_sign, _write_sign)
