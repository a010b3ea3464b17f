"""Powers with rational and symbolic exponents; radicals with their minimal relation.

Principal branches: b**s = exp(s·log b). b**(s+t) = b**s·b**t and (b**s)**n = b**(n·s) for integer n hold for every
b ≠ 0; (a·b)**s = a**s·b**s is used where a ≥ 0 is known (or s is an integer). A radical b**(1/N) is a kernel r with
r**N = b; bases are products of irreducible polynomials. Where the field reads everything as real (``real_domain``),
a fractional power is only asserted for b ≥ 0, so that f² under a radical is |f|². Sources: Caviness and Fateman,
"Simplification of radical expressions" (1976); Corless and Jeffrey on branches.
"""

from __future__ import annotations

from collections.abc import Sequence

from sympy import Expr, Integer, Pow, factorint, pi

from verify.normal.atoms import constant, imaginary, integer
from verify.normal.exponentials import exponential, grain, monomials
from verify.normal.factors import factor
from verify.normal.field import KINDS, Differentiate, Field, Kernel, Kind, Ratio
from verify.normal.limits import MAX_DEGREE, TooLarge, Undefined, Unsupported
from verify.normal.signs import NEG, POS, nonnegative, polynomial_sign

MAX_FACTORED_NUMBER = 10**14
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
        result = result * _number(field, abs(content), s if direction > 0 else -s)
        for f, e in parts:
            times = field.number(e * direction)
            known = polynomial_sign(field, f)
            if known is not None and not known & NEG:
                result = result * _nonnegative(field, field.polynomial(f), times * s)
            elif known is not None and not known & POS:
                negative ^= bool(e % 2)
                result = result * _nonnegative(field, field.polynomial(-f), times * s)
            elif whole:
                result = result * _atom(field, field.polynomial(f), times * s)
            elif field.real(field.polynomial(f)) and e > 1:
                even = e - e % 2
                result = result * _modulus(field, field.polynomial(f), field.number(even * direction) * s)
                if e % 2:
                    rest = rest * field.polynomial(f) ** direction
            else:
                rest = rest * field.polynomial(f) ** (e * direction)
    if rest.is_one:
        return result * _minus_one(field, s) if negative else result
    if negative:
        rest = -rest
    return result * _atom(field, rest, s)


def _number(field: Field, n: int, s: Ratio) -> Ratio:
    """n**s for a positive integer, over its primes."""
    if n == 1:
        return field.one
    primes = factorint(n) if n < MAX_FACTORED_NUMBER else {n: 1}
    result = field.one
    for p, e in primes.items():
        result = result * _atom(field, field.number(int(p)), field.number(e) * s)
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
                result = result * field.kernel("alternating", None, (basis,), real=True, rule=(2, field.unit))
        return result
    p, q = number
    if q == 2:
        return imaginary(field) ** p
    return exponential(field, imaginary(field) * constant(field, pi) * s)


def _modulus(field: Field, f: Ratio, s: Ratio) -> Ratio:
    """|f|**s of a real polynomial; |f| itself where the power is an even integer."""
    number = s.rational()
    if number is not None and number[1] == 1 and number[0] % 2 == 0:
        return f ** number[0]
    from verify.normal.absolute import absolute

    return _nonnegative(field, absolute(field, f), s)


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
    result = field.one
    for p, q, basis in monomials(field, s):
        if basis.is_one:
            if q == 1:
                result = result * base**p
                continue
            n = grain(field, "root", (base,), q)
            if n > MAX_ROOT:
                raise TooLarge(f"a root of degree {n}")
            result = result * _root(field, base, n) ** (p * (n // q))
            continue
        n = grain(field, "power", (base, basis), q)
        kernel = field.kernel(
            "power", n, (base, basis), real=field.real(basis) and field.real(base) and _real_power(field, base)
        )
        result = result * kernel ** (p * (n // q))
    return result


def _real_power(field: Field, base: Ratio) -> bool:
    if field.real_domain:
        return True
    return nonnegative(field, base)


def _root(field: Field, base: Ratio, n: int) -> Ratio:
    """base**(1/n), r**n = base; a fraction's denominator goes under its own root only where that is sound."""
    real = field.real(base) and _real_power(field, base)
    if base.den.is_one():
        return field.kernel("root", n, (base,), real=real, rule=(n, base.num))
    # (a/b)**(1/n) = (a·b**(n−1))**(1/n)/b needs b > 0; otherwise b·(a/b)**(1/n) =: r with r**n = a·b**(n−1)
    radicand = field.reduce(base.num * field.power(base.den, n - 1))
    scaled = field.kernel("scaled root", n, (base,), real=real, rule=(n, radicand))
    return scaled / field.polynomial(base.den)


def _derive_root(field: Field, kernel: Kernel, d: Differentiate) -> Ratio:
    inner = d(kernel.args[0])
    if inner.is_zero:
        return inner
    return field.polynomial(kernel.poly) * inner / (field.number(kernel.data) * kernel.args[0])


def _derive_scaled(field: Field, kernel: Kernel, d: Differentiate) -> Ratio:
    # r = den·base**(1/n)
    base = kernel.args[0]
    r, den = field.polynomial(kernel.poly), field.polynomial(base.den)
    return r * (d(den) / den + d(base) / (field.number(kernel.data) * base))


def _derive_power(field: Field, kernel: Kernel, d: Differentiate) -> Ratio:
    base, basis = kernel.args
    from verify.normal.logarithms import logarithm

    value, n = field.polynomial(kernel.poly), field.number(kernel.data)
    change = d(basis)
    result = basis * d(base) / base
    if not change.is_zero:
        result = result + change * logarithm(field, base)
    return value * result / n


def _derive_alternating(field: Field, kernel: Kernel, d: Differentiate) -> Ratio:
    if d(kernel.args[0]).is_zero:
        return field.zero
    raise Unsupported("derivative of (−1)**n")


def _write_root(field: Field, kernel: Kernel, args: Sequence[Expr]) -> Expr:
    return Pow(args[0], Integer(1) / kernel.data)


def _write_scaled(field: Field, kernel: Kernel, args: Sequence[Expr]) -> Expr:
    from verify.normal.write import expression

    return expression(field, field.polynomial(kernel.args[0].den)) * Pow(args[0], Integer(1) / kernel.data)


def _write_power(field: Field, kernel: Kernel, args: Sequence[Expr]) -> Expr:
    return Pow(args[0], args[1] / Integer(kernel.data))


def _build_root(field: Field, n: int, args: tuple[Ratio, ...]) -> Ratio:
    return power(field, args[0], field.number(1, n))


def _build_scaled(field: Field, n: int, args: tuple[Ratio, ...]) -> Ratio:
    raise Unsupported("substitution into the root of a fraction")


def _rebuild_scaled(field: Field, kernel: Kernel, mapping: dict[int, Ratio]) -> Ratio:
    base = kernel.args[0]
    den = field.substitute(field.polynomial(base.den), mapping)
    return den * power(field, field.substitute(base, mapping), field.number(1, kernel.data))


def _build_power(field: Field, n: int, args: tuple[Ratio, ...]) -> Ratio:
    return power(field, args[0], args[1] / field.number(n))


KINDS["root"] = Kind(_build_root, _derive_root, _write_root)
KINDS["scaled root"] = Kind(_build_scaled, _derive_scaled, _write_scaled, _rebuild_scaled)
KINDS["power"] = Kind(_build_power, _derive_power, _write_power)
KINDS["alternating"] = Kind(
    lambda field, data, args: power(field, field.number(-1), args[0]),
    _derive_alternating,
    lambda f, k, a: Pow(Integer(-1), a[0]),
)
