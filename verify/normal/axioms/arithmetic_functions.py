"""Arithmetic functions of whole numbers, by their values at powers of primes (DLMF 27.2, 27.3), and residues."""

from __future__ import annotations

from collections.abc import Iterator

from sympy import Mod, divisor_sigma, totient

from verify.normal.algebra.factors import factor
from verify.normal.algebra.field import Field
from verify.normal.algebra.kernels import Kernel
from verify.normal.algebra.ratio import Ratio
from verify.normal.axioms.apply import nonzero
from verify.normal.axioms.divisors import coprime, factors, prime, whole
from verify.normal.axioms.table import Family, Rule
from verify.normal.functions.atoms import integer
from verify.normal.functions.powers import power
from verify.normal.functions.special import application, function
from verify.normal.signs import POS, sign


def _prime_powers(field: Field, a: Ratio) -> Iterator[tuple[Ratio, Ratio]] | None:
    """``a`` as a product of powers of different primes with positive exponents, if it is known to be one."""
    if not a.den.is_one():
        return None
    content, parts = factor(field, a.num)
    if content < 0:
        return None
    found: list[tuple[Ratio, Ratio]] = []
    kernels = [(field.only(field.polynomial(p)), e) for p, e in parts]
    if content != 1:
        from sympy import factorint

        found += [(field.number(int(p)), field.number(int(e))) for p, e in factorint(content).items()]
    for kernel, e in kernels:
        if kernel is None:
            return None
        base, exponent = _power_of(field, kernel, e)
        if not prime(field, base) or sign(field, exponent) != POS or not integer(field, exponent):
            return None
        found.append((base, exponent))
    for i, (p, _) in enumerate(found):
        if not all(coprime(field, p, q) for q, _ in found[i + 1 :]):
            return None
    return iter(found)


def _power_of(field: Field, kernel: Kernel, e: int) -> tuple[Ratio, Ratio]:
    if kernel.kind == "power":
        return kernel.args[0], kernel.args[1] * field.number(e, kernel.data)
    return kernel.ratio, field.number(e)


def _totient(field: Field, args: tuple[Ratio, ...]) -> Ratio | None:
    """φ(pᵏ) = pᵏ⁻¹·(p − 1), multiplicative (DLMF 27.2.7, 27.3.3)."""
    parts = _prime_powers(field, args[0])
    if parts is None:
        return _multiplicative(field, totient, args)
    return field.product(power(field, p, k - field.one) * (p - field.one) for p, k in parts)


def _multiplicative(field: Field, name: type, args: tuple[Ratio, ...]) -> Ratio | None:
    """f(u·v) = f(u)·f(v) for coprime u, v > 0."""
    if not args[0].den.is_one():
        return None
    parts = factors(field, args[0])
    if len(parts) < 2 or any(sign(field, p) != POS for p in parts):
        return None
    for i, p in enumerate(parts):
        if not all(coprime(field, p, q) for q in parts[i + 1 :]):
            return None
    return field.product(function(field, name, (p, *args[1:])) for p in parts)


def _sigma(field: Field, args: tuple[Ratio, ...]) -> Ratio | None:
    """σₖ(pᵐ) = (p**(k·(m + 1)) − 1)/(pᵏ − 1), multiplicative (DLMF 27.3.6)."""
    parts = _prime_powers(field, args[0])
    weight = args[1] if len(args) == 2 else field.one
    if parts is None:
        return _multiplicative(field, divisor_sigma, (args[0], weight))
    if not (weight.is_zero or nonzero(field, weight)) or not field.real(weight):
        return None
    if weight.is_zero:
        return field.product(m + field.one for _, m in parts)
    top = [(power(field, p, weight), m + field.one) for p, m in parts]
    return field.product((power(field, q, m) - field.one) / (q - field.one) for q, m in top)


def _modulo(field: Field, args: tuple[Ratio, ...]) -> Ratio | None:
    """n mod 2 = (1 − (−1)ⁿ)/2; multiples of the modulus do not count."""
    a, modulus = args
    number = modulus.rational()
    if number is None or number[1] != 1 or number[0] < 2 or not integer(field, a) or not a.den.is_one():
        return None
    left = {e: int(c) % number[0] for e, c in a.num.terms()}
    rest = field.polynomial(field.context.from_dict({e: c for e, c in left.items() if c}))
    if not whole(field, a):
        return None
    if rest.rational() is not None:
        return rest
    if number[0] == 2:
        return (field.one - power(field, field.number(-1), rest)) / field.number(2)
    return application(field, Mod, (rest, modulus))


RULES: dict[object, Rule] = {totient: _totient, divisor_sigma: _sigma, Mod: _modulo}
FAMILY = Family(rules=RULES)
