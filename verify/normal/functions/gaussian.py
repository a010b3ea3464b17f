"""Arctangents of rational numbers over Gaussian primes (Machin's formula and all its kind).

atan(p/q) is the argument of q + i·p; that of a product is the sum of those of its factors, up to whole turns. Of each
rational prime a² + b² (a > b > 0) the angle atan(b/a) is a kernel, 1 + i has π/4. These angles are independent over ℚ
(Størmer 1899; Todd 1949).
"""

from __future__ import annotations

from math import atan, gcd, isqrt, pi

from sympy import factorint
from sympy import pi as circle

from verify.normal.algebra.field import Field
from verify.normal.algebra.ratio import Ratio
from verify.normal.functions.atoms import constant

MAX_NORM = 10**14


def arctangent(field: Field, p: int, q: int) -> Ratio | None:
    """atan(p/q) over the angles of Gaussian primes; ``None`` if it is one of them, or too large."""
    norm = p * p + q * q
    if gcd(p, q) != 1 or norm > MAX_NORM:
        return None
    primes = factorint(norm)
    if len(primes) == 1 and 0 < p < q and primes.get(norm) == 1:
        return None
    total, estimate = field.zero, 0.0
    for prime, exponent in primes.items():
        if prime == 2:
            continue
        a, b = _two_squares(int(prime))
        turns = exponent if (q * a + p * b) % prime == 0 and (p * a - q * b) % prime == 0 else -exponent
        kernel = field.kernel("atan", None, (field.number(b, a),), real=True)
        total = total + field.number(turns) * kernel
        estimate += turns * atan(b / a)
    # what is left is a unit times a power of 1 + i: a whole number of eighths of a turn, told by a rough value
    eighths = round((atan(p / q) - estimate) / (pi / 4))
    field.relations["arctangents over Gaussian primes"] = None
    return total + field.number(eighths, 4) * constant(field, circle)


def _two_squares(prime: int) -> tuple[int, int]:
    """a > b > 0 with a² + b² = prime, for a prime of the form 4n + 1 (Brillhart 1972)."""
    n = next(n for n in range(2, prime) if pow(n, (prime - 1) // 2, prime) == prime - 1)
    a, b = prime, pow(n, (prime - 1) // 4, prime)
    while b > isqrt(prime):
        a, b = b, a % b
    other = isqrt(prime - b * b)
    return max(b, other), min(b, other)
