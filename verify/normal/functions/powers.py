"""Powers with rational and symbolic exponents; radicals with their minimal relation.

Principal branches: b**s = exp(s·log b). b**(s+t) = b**s·b**t and (b**s)**n = b**(n·s) for integer n hold for every
b ≠ 0; (a·b)**s = a**s·b**s is used where a ≥ 0 is known (or s is an integer). A radical b**(1/N) is a kernel r with
r**N = b; bases are products of irreducible polynomials. Where the field reads everything as real (``real_domain``),
a fractional power is only asserted for b ≥ 0, so that f² under a radical is |f|². Sources: Caviness and Fateman,
"Simplification of radical expressions" (1976); Corless and Jeffrey on branches.
"""

from __future__ import annotations

from collections.abc import Sequence

from sympy import Expr, I, Integer, Pow, pi
from sympy.core.numbers import Exp1, GoldenRatio

from verify.normal.algebra.factors import factor, primes
from verify.normal.algebra.field import Field
from verify.normal.algebra.kernels import KINDS, Differentiate, Kernel, Kind, made
from verify.normal.algebra.limits import MAX_DEGREE, TooLarge, Undefined, Unsupported
from verify.normal.algebra.ratio import Ratio
from verify.normal.functions.atoms import constant, imaginary, integer
from verify.normal.functions.exponentials import exponential, grain, monomials
from verify.normal.functions.radicals import real_power, root
from verify.normal.read import read, reads
from verify.normal.signs import NEG, POS, nonnegative, polynomial_sign

MAX_ROOT = 1000


def power(field: Field, base: Ratio, s: Ratio) -> Ratio:
    """base**s (principal)."""
    number = s.rational()
    if number is not None and number[1] == 1:
        if abs(number[0]) > MAX_DEGREE:
            raise TooLarge("an exponent")
        return base ** number[0]
    if base.is_zero:
        if number is not None and number[0] > 0:
            return base
        raise Undefined("0 to an unknown power")
    if base.is_one:
        return base
    whole = number is None and integer(field, s)
    result, rest, negative = field.one, field.one, False
    for p, direction in ((base.num, 1), (base.den, -1)):
        content, parts = factor(field, p)
        negative ^= content < 0
        if abs(content) != 1:
            result = result * _number(field, abs(content), s if direction > 0 else -s)
        for f, e in parts:
            factor_of = base if f is base.num and base.den is field.unit else field.polynomial(f)
            times = field.number(e * direction)
            known = polynomial_sign(field, f)
            if known is not None and not known & NEG:
                result = result * _nonnegative(field, factor_of, times * s)
            elif known is not None and not known & POS:
                negative ^= bool(e % 2)
                result = result * _nonnegative(field, -factor_of, times * s)
            elif whole:
                result = result * _atom(field, factor_of, times * s)
            elif e > 1 and field.real(factor_of):
                even = e - e % 2
                result = result * _modulus(field, factor_of, field.number(even * direction) * s)
                if e % 2:
                    rest = rest * factor_of**direction
            else:
                rest = rest * factor_of ** (e * direction)
    if rest.is_one:
        return result * _minus_one(field, s) if negative else result
    if negative:
        rest = -rest
    kernel = field.only(rest) or field.only(-rest)
    if kernel is not None and kernel.kind == "imaginary":  # log ±i = ±iπ/2
        return result * exponential(field, rest * constant(field, pi) / field.number(2) * s)
    return result * _atom(field, rest, s)


def _number(field: Field, n: int, s: Ratio) -> Ratio:
    """n**s for a positive integer, over its primes."""
    if n == 1:
        return field.one
    result = field.one
    for p, e in primes(n):
        result = result * _atom(field, field.number(p), field.number(e) * s)
    return result


def _minus_one(field: Field, s: Ratio) -> Ratio:
    """(−1)**s."""
    number = s.rational()
    if number is None:
        result = field.one
        for p, q, basis in monomials(field, s):
            if q != 1 or not integer(field, basis):
                return exponential(field, imaginary(field) * constant(field, pi) * s)
            if basis.is_one:
                result = result * field.number(-1) ** p
            elif p % 2:
                if grain(field, "alternating", (basis,), 1) == 2:
                    result = result * quarter_turns(field, basis) ** 2
                    continue
                result = result * field.kernel("alternating", None, (basis,), real=True, rule=(2, field.unit))
        return result
    p, q = number
    if q == 2:
        return imaginary(field) ** p
    return exponential(field, imaginary(field) * constant(field, pi) * s)


def quarter_turns(field: Field, n: Ratio) -> Ratio:
    """iⁿ for whole n, over the terms of n."""
    result, i = field.one, imaginary(field)
    for p, q, basis in monomials(field, n):
        if basis.is_one:
            result = result * i ** (p % 4)
        elif q != 1 or not integer(field, basis):
            raise Unsupported("a quarter turn to a power that is not known to be whole")
        else:
            grain(field, "alternating", (basis,), 2)
            result = result * field.kernel("quarter turns", None, (basis,), rule=(4, field.unit)) ** (p % 4)
    return result


def _modulus(field: Field, f: Ratio, s: Ratio) -> Ratio:
    """|f|**s of a real polynomial; |f| itself where the power is an even integer."""
    number = s.rational()
    if number is not None and number[1] == 1 and number[0] % 2 == 0:
        return f ** number[0]
    return _nonnegative(field, made(field, "abs", None, f), s)


def _nonnegative(field: Field, f: Ratio, s: Ratio) -> Ratio:
    """f**s of a real irreducible polynomial f ≥ 0: what is a power itself takes the exponent in."""
    number = s.rational()
    if number is not None and number[1] == 1:
        return f ** number[0]
    kernel = field.only(f)
    if kernel is not None and kernel.real:
        if kernel.kind == "exp":
            return exponential(field, kernel.args[0] / field.number(kernel.data) * s)
        if kernel.kind in ("root", "power") and nonnegative(field, kernel.args[0]):
            return power(field, kernel.args[0], exponent_of(field, kernel) * s)
    return _atom(field, f, s)


def exponent_of(field: Field, kernel: Kernel) -> Ratio:
    """The exponent of a root or power kernel."""
    if kernel.kind == "root":
        return field.number(1, kernel.data)
    return kernel.args[1] / field.number(kernel.data)


def _atom(field: Field, base: Ratio, s: Ratio) -> Ratio:
    """base**s with the base taken as it is: one kernel for every monomial of the exponent."""
    number = s.rational()
    if number is not None:
        p, q = number
        return base**p if q == 1 else _root(field, base, p, q)
    result = field.one
    unit = field.only(base)
    if unit is not None and unit.kind == "imaginary" and integer(field, s):
        return quarter_turns(field, s)
    turned = _larger_conjugate(field, base)
    if turned is not None:
        norm, other = turned
        return power(field, norm, s) * _atom(field, other, -s)
    for p, q, basis in monomials(field, s):
        if basis.is_one:
            result = result * (base**p if q == 1 else _root(field, base, p, q))
            continue
        n = grain(field, "power", (base, basis), q)
        kernel = field.kernel(
            "power", n, (base, basis), real=field.real(basis) and field.real(base) and real_power(field, base)
        )
        result = result * kernel ** (p * (n // q))
    return result


def _root(field: Field, base: Ratio, p: int, q: int) -> Ratio:
    """base**(p/q) with the base taken as it is."""
    n = grain(field, "root", (base,), q)
    if n > MAX_ROOT:
        raise TooLarge(f"a root of degree {n}")
    if base.den is not field.unit:
        return root(field, base, n) ** (p * (n // q))
    whole, rest = divmod(p * (n // q), n)  # r**n = base, which is less work than to reduce powers of r
    return base**whole * root(field, base, n) ** rest if whole else root(field, base, n) ** rest


def _larger_conjugate(field: Field, base: Ratio) -> tuple[Ratio, Ratio] | None:
    """Norm and conjugate of √d − c > 0, so that it and √d + c are powers of one number."""
    if not base.den.is_one() or len(base.num) != 2:
        return None
    roots = [k for k in base.inside if k.kind == "root" and k.data == 2 and not k.atoms]
    if len(roots) != 1 or len(base.inside) != 1 or base.num.degrees()[roots[0].index] != 1:
        return None
    constant_part = next((int(c) for m, c in base.num.terms() if not any(m)), 0)
    if constant_part >= 0 or polynomial_sign(field, base.num) != POS:
        return None
    other = base - field.number(2 * constant_part)
    norm = base * other
    number = norm.rational()
    return (norm, other) if number is not None and number[0] > 0 else None


def _derive_power(field: Field, kernel: Kernel, d: Differentiate) -> Ratio:
    base, basis = kernel.args
    value, n = kernel.ratio, field.number(kernel.data)
    change = d(basis)
    result = basis * d(base) / base
    if not change.is_zero:
        result = result + change * made(field, "log", None, base)
    return value * result / n


def _derive_alternating(field: Field, kernel: Kernel, d: Differentiate) -> Ratio:
    if d(kernel.args[0]).is_zero:
        return field.zero
    raise Unsupported("derivative of (−1)**n")


def _write_power(field: Field, kernel: Kernel, args: Sequence[Expr]) -> Expr:
    return Pow(args[0], args[1] / Integer(kernel.data))


def _build_power(field: Field, n: int, args: tuple[Ratio, ...]) -> Ratio:
    return power(field, args[0], args[1] / field.number(n))


@reads(Pow)
def _pow(field: Field, e: Expr) -> Ratio:
    base, exponent = e.args
    if isinstance(exponent, Integer):
        return read(field, base) ** exponent.p
    if isinstance(base, Exp1):
        return exponential(field, read(field, exponent))
    return power(field, read(field, base), read(field, exponent))


@reads(GoldenRatio)
def _golden(field: Field, e: Expr) -> Ratio:
    return (field.one + power(field, field.number(5), field.number(1, 2))) / field.number(2)


KINDS["power"] = Kind(_build_power, _derive_power, _write_power)
KINDS["quarter turns"] = Kind(
    lambda field, data, args: quarter_turns(field, args[0]),
    _derive_alternating,
    lambda f, k, a: Pow(I, a[0]),
)
KINDS["alternating"] = Kind(
    lambda field, data, args: power(field, field.number(-1), args[0]),
    _derive_alternating,
    lambda f, k, a: Pow(Integer(-1), a[0]),
)
