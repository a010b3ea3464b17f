"""Bernoulli and Euler polynomials and numbers (DLMF 24). ``bernoulli(n)`` is Bₙ(1), with B₁ = +1/2."""

from __future__ import annotations

from math import comb

import sympy
from flint import fmpq

from verify.normal.algebra.field import Field
from verify.normal.algebra.ratio import Ratio
from verify.normal.axioms.apply import constant_term, negative
from verify.normal.axioms.formula import Variable
from verify.normal.axioms.multiplication import distribution, parts
from verify.normal.axioms.table import HERE, Axiom, Family, Rule, Shift, Slope
from verify.normal.axioms.words import HALF, ONE, ZERO, bernoulli, euler, genocchi
from verify.normal.functions.atoms import integer
from verify.normal.functions.powers import power
from verify.normal.functions.special import function
from verify.normal.signs import NEG, sign

MAX_DEGREE = 40
x = Variable("x")
n = Variable("n", integer=True, nonnegative=True)
m = Variable("m", integer=True, positive=True)


def _polynomial(name: type) -> Rule:
    """At a number as degree the polynomial itself; with a minus before the variable, the mirror image (24.4.3)."""

    def rule(field: Field, args: tuple[Ratio, ...]) -> Ratio | None:
        if len(args) != 2:
            return None
        degree = args[0].rational()
        if degree is not None:
            if degree[1] != 1 or not 0 <= degree[0] <= MAX_DEGREE:
                return None
            return _written_out(field, name, degree[0], args[1])
        if not _whole(field, args[0]):
            return None
        number = args[1].rational()
        top, bottom = constant_term(args[1])
        if args[1].is_one or (0 <= top < bottom and (2 * top > bottom if number else negative(args[1]))):
            field.relations["DLMF 24.4.3, 24.4.4"] = None
            return power(field, field.number(-1), args[0]) * function(field, name, (args[0], field.one - args[1]))
        return _bernoulli(field, *args) if name is sympy.bernoulli else None

    return rule


def _written_out(field: Field, name: type, n: int, x: Ratio) -> Ratio:
    """Bₙ(x) = Σ C(n, k)·Bₖ·xⁿ⁻ᵏ, and Eₙ₋₁(x) = 2/n·Σ C(n, k)·(1 − 2ᵏ)·Bₖ·xⁿ⁻ᵏ (DLMF 24.2.5, 24.4.22)."""
    shifted = name is sympy.euler
    n += shifted
    terms = []
    for k in range(shifted, n + 1):
        number = fmpq.bernoulli(k) * comb(n, k) * (fmpq(2 - 2 ** (k + 1), n) if shifted else 1)
        terms.append(field.number(int(number.p), int(number.q)) * x ** (n - k))
    return field.total(terms)


def _bernoulli(field: Field, degree: Ratio, a: Ratio) -> Ratio | None:
    """Bₙ(q·x) by Bₙ(x + j/q), where parts of x occur, and at rational numbers (DLMF 24.4.18)."""
    number = a.rational()
    if number is None:
        found = parts(field, "bernoulli", a)
        if found is None:
            return None
        q, arguments = found
        field.relations["Bₙ(q·x) by Bₙ(x + j/q) (DLMF 24.4.18)"] = None
        return power(field, q, degree - field.one) * field.total(
            function(field, sympy.bernoulli, (degree, x)) for x in arguments
        )
    if number == (1, 2) or integer(field, degree / field.number(2)):
        return _at_rational(field, degree, *number)
    return None


def _at_rational(field: Field, degree: Ratio, p: int, q: int) -> Ratio | None:
    """By Σ Bₙ((b + j)/r) = r**(1 − n)·Bₙ(b), where Bₙ(p/q) occurs once in it, or twice by its mirror image."""
    mirrored = distribution(q - p, q)
    if mirrored is None or (q > 2 and (p, q) not in mirrored[2] and q % 4 != 2):
        return None
    found = mirrored if (p, q) in mirrored[2] or q == 2 else distribution(p, q)
    if found is None:
        return None
    r, b, others = found
    rest = [x for x in others if x not in ((p, q), (q - p, q))]
    times = 1 + len(others) - len(rest)
    field.relations["Σ Bₙ((b + j)/r) = r**(1 − n)·Bₙ(b) (DLMF 24.4.18)"] = None

    def at(x: tuple[int, int]) -> Ratio:
        return function(field, sympy.bernoulli, (degree, field.number(*x) if x[0] < x[1] else field.zero))

    value = power(field, field.number(r), field.one - degree) * at(b) - field.total(map(at, rest))
    return value / field.number(times)


def _whole(field: Field, a: Ratio) -> bool:
    known = sign(field, a)
    return integer(field, a) and known is not None and not known & NEG


RULES: dict[object, Rule] = {sympy.bernoulli: _polynomial(sympy.bernoulli), sympy.euler: _polynomial(sympy.euler)}


FAMILY = Family(
    axioms=[
        Axiom(bernoulli, (n,), bernoulli(n, ONE), "DLMF 24.2.4"),
        Axiom(bernoulli, (2 * m + 1, ZERO), ZERO, "DLMF 24.2.2"),
        Axiom(euler, (2 * n + 1,), ZERO, "DLMF 24.2.7"),
        Axiom(euler, (n,), 2**n * euler(n, HALF), "DLMF 24.2.9"),
        Axiom(euler, (n, ZERO), -2 / (n + 1) * (2 ** (n + 1) - 1) * bernoulli(n + 1, ZERO), "DLMF 24.4.26"),
        Axiom(genocchi, (n,), 2 * (1 - 2**n) * bernoulli(n, ONE), "DLMF 24.15.1"),
    ],
    shifts=[
        Shift(
            bernoulli, (n, x), x, HERE + n * x ** (n - 1), HERE - n * (x - 1) ** (n - 1), "DLMF 24.4.1", definition=True
        ),
        Shift(euler, (n, x), x, 2 * x**n - HERE, 2 * (x - 1) ** n - HERE, "DLMF 24.4.2", definition=True),
    ],
    slopes=[
        Slope(bernoulli, (n, x), x, n * bernoulli(n - 1, x), "DLMF 24.4.34"),
        Slope(euler, (n, x), x, n * euler(n - 1, x), "DLMF 24.4.35"),
    ],
    rules=RULES,
)
