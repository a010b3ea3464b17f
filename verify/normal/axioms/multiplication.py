"""Multiplication theorems: a function at q·z by its values at z, z + 1/q, …, z + (q − 1)/q.

Σ f((b + j)/r) over j < r is a multiple of f(b) for Hurwitz's zeta function, polygamma functions and Bernoulli
polynomials (DLMF 25.11.15, 5.15.7, 24.4.18). At rational numbers these relations tell some values by others.
"""

from __future__ import annotations

from math import gcd

from sympy import primefactors

from verify.normal.algebra.field import Field
from verify.normal.algebra.ratio import Ratio
from verify.normal.axioms.apply import constant_term, negative
from verify.normal.functions.exponentials import grain

MAX_MULTIPLE = 6
MAX_DENOMINATOR = 30


def parts(field: Field, name: str, a: Ratio) -> tuple[Ratio, tuple[Ratio, ...]] | None:
    """q and (a + j)/q for j < q, where a/q is what the arguments of the functions called ``name`` are made of."""
    if not a.den.is_constant():
        return None
    top, bottom = constant_term(a)
    moving = a - field.number(top, bottom)
    if moving.is_zero:
        return None
    content, below = int(moving.num.content()), int(moving.den.leading_coefficient())
    unit = moving * field.number(below, content)
    n = grain(field, name, (-unit if negative(unit) else unit,), below)
    times = content * (n // below)
    if not 1 < times <= MAX_MULTIPLE:
        return None
    q = field.number(times)
    return q, tuple((a + field.number(j)) / q for j in range(times))


Fraction = tuple[int, int]


def distribution(p: int, q: int) -> tuple[int, Fraction, list[Fraction]] | None:
    """A prime r, b and the other members of f(b/r) + … + f((b + r − 1)/r), one of which is f(p/q), if it is the last
    of them with its denominator: so each sum is used for one value only."""
    if not 0 < p < q <= MAX_DENOMINATOR:
        return None
    for r in primefactors(q):
        numerators = {(p + k * (q // r) - 1) % q + 1 for k in range(r)}
        if p == max(x for x in numerators if gcd(x, q) == 1):
            below = q // r
            others = [(x // gcd(x, q), q // gcd(x, q)) for x in sorted(numerators - {p})]
            b = (p - 1) % below + 1
            return r, (b // gcd(b, below), below // gcd(b, below)), others
    return None
