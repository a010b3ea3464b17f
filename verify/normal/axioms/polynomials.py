"""Classical orthogonal polynomials (DLMF 18): whole degrees n ≥ 0 brought to two neighbours."""

from __future__ import annotations

from math import comb, factorial
from typing import Any

import sympy

from verify.normal.algebra.field import Field
from verify.normal.algebra.ratio import Ratio
from verify.normal.axioms.apply import constant_term, instance
from verify.normal.axioms.formula import Formula, Variable, replaced
from verify.normal.axioms.table import HERE, NEXT, Axiom, Family, Rule, Shift, Slope
from verify.normal.axioms.words import (
    HALF,
    ONE,
    TWO,
    ZERO,
    assoc_laguerre,
    chebyshevu,
    gamma,
    gegenbauer,
    hermite,
    hermite_prob,
    jacobi,
    laguerre,
    legendre,
    pi,
    sqrt,
)
from verify.normal.functions.atoms import integer
from verify.normal.functions.powers import power
from verify.normal.functions.special import function
from verify.normal.signs import NEG, sign

x, a, b = Variable("x"), Variable("a"), Variable("b")
n = Variable("n", integer=True, nonnegative=True)
m = Variable("m", integer=True, positive=True)
k = Variable("k", integer=True)
MAX_DEGREE = 60


def _whole(field: Field, degree: Ratio) -> bool:
    known = sign(field, degree)
    return integer(field, degree) and known is not None and not known & NEG


def _parity(name: Any) -> Rule:
    """pₙ(−x) = (−1)ⁿ·pₙ(x) (DLMF 18.6.1), and the polynomial itself at a number as degree."""

    def rule(field: Field, args: tuple[Ratio, ...]) -> Ratio | None:
        degree, *parameters, argument = args
        number = degree.rational()
        if number is not None:
            if number[1] != 1 or not 0 <= number[0] <= MAX_DEGREE:
                return None
            return _written_out(field, name, number[0], tuple(parameters), argument)
        top, bottom = constant_term(degree)
        if argument.is_zero or argument.num.leading_coefficient() > 0 or not 0 <= top < 2 * bottom:
            return None
        if name not in _EVEN_OR_ODD or not _whole(field, degree):
            return None
        field.relations["DLMF 18.6.1"] = None
        return power(field, field.number(-1), degree) * function(field, name, (*args[:-1], -argument))

    return rule


_EVEN_OR_ODD = (sympy.legendre, sympy.hermite, sympy.hermite_prob, sympy.gegenbauer)


def _recurrence(
    name: Any, args: tuple[Formula, ...], a0: Formula, b0: Formula, c0: Formula, d0: Formula, source: str
) -> Shift:
    """d(n)·p(n + 1) = (a(n)·x + b(n))·p(n) − c(n)·p(n − 1) (DLMF 18.9.1)."""

    a1, b1, c1, d1 = (replaced(e, k, k + 1) for e in (a0, b0, c0, d0))
    up = ((a1 * x + b1) * NEXT - c1 * HERE) / d1
    down = ((a0 * x + b0) * HERE - d0 * NEXT) / c0
    return Shift(name, args, k, up, down, source, order=2, nonzero_up=(d1,), nonzero_down=(c0,))


SHIFTS = [
    _recurrence(legendre, (k, x), 2 * k + 1, ZERO, k, k + 1, "DLMF 18.9.1 (Legendre)"),
    _recurrence(hermite, (k, x), TWO, ZERO, 2 * k, ONE, "DLMF 18.9.1 (Hermite)"),
    _recurrence(hermite_prob, (k, x), ONE, ZERO, k, ONE, "DLMF 18.9.1 (Hermite)"),
    _recurrence(laguerre, (k, x), -ONE, 2 * k + 1, k, k + 1, "DLMF 18.9.1 (Laguerre)"),
    _recurrence(assoc_laguerre, (k, a, x), -ONE, 2 * k + 1 + a, k + a, k + 1, "DLMF 18.9.1 (Laguerre)"),
    _recurrence(gegenbauer, (k, a, x), 2 * (k + a), ZERO, k + 2 * a - 1, k + 1, "DLMF 18.9.1 (Gegenbauer)"),
]
SLOPES = [
    Slope(jacobi, (m, a, b, x), x, (m + a + b + 1) / 2 * jacobi(m - 1, a + 1, b + 1, x), "DLMF 18.9.15"),
    Slope(legendre, (n, x), x, (n + 1) * (x * legendre(n, x) - legendre(n + 1, x)) / (1 - x**2), "DLMF 14.10.5"),
    Slope(hermite, (n, x), x, 2 * x * hermite(n, x) - hermite(n + 1, x), "DLMF 18.9.25 and 18.9.1"),
    Slope(hermite_prob, (n, x), x, x * hermite_prob(n, x) - hermite_prob(n + 1, x), "DLMF 18.9.27 and 18.9.1"),
    Slope(
        laguerre,
        (n, x),
        x,
        ((n + 1) * laguerre(n + 1, x) - (n + 1 - x) * laguerre(n, x)) / x,
        "DLMF 18.9.23 and 18.9.1",
    ),
    Slope(
        assoc_laguerre,
        (n, a, x),
        x,
        ((n + 1) * assoc_laguerre(n + 1, a, x) - (n + a + 1 - x) * assoc_laguerre(n, a, x)) / x,
        "DLMF 18.9.23 and 18.9.1",
    ),
    Slope(
        gegenbauer,
        (n, a, x),
        x,
        ((n + 2 * a) * x * gegenbauer(n, a, x) - (n + 1) * gegenbauer(n + 1, a, x)) / (1 - x**2),
        "DLMF 18.9.19 and 18.9.1",
    ),
]
RULES: dict[object, Rule] = {f: _parity(f) for f in (*_EVEN_OR_ODD, sympy.laguerre, sympy.assoc_laguerre, sympy.jacobi)}

FAMILY = Family(
    axioms=[
        Axiom(legendre, (a, ONE), ONE, "DLMF 14.8.1 for μ = 0"),
        Axiom(legendre, (n, -ONE), (-1) ** n, "DLMF 18.6.1"),
        Axiom(legendre, (2 * n, ZERO), (-1) ** n * gamma(n + HALF) / (sqrt(pi) * gamma(n + 1)), "DLMF 18.6.1"),
        Axiom(legendre, (2 * n + 1, ZERO), ZERO, "DLMF 18.6.1"),
        Axiom(hermite, (2 * n, ZERO), (-4) ** n * gamma(n + HALF) / sqrt(pi), "DLMF 18.6.1"),
        Axiom(hermite, (2 * n + 1, ZERO), ZERO, "DLMF 18.6.1"),
        Axiom(laguerre, (n, ZERO), ONE, "DLMF 18.6.1"),
        Axiom(assoc_laguerre, (n, a, ZERO), gamma(n + a + 1) / (gamma(a + 1) * gamma(n + 1)), "DLMF 18.6.1"),
        Axiom(assoc_laguerre, (n, ZERO, x), laguerre(n, x), "DLMF 18.5.12"),
        Axiom(gegenbauer, (n, a, ONE), gamma(2 * a + n) / (gamma(2 * a) * gamma(n + 1)), "DLMF 18.6.1"),
        Axiom(gegenbauer, (n, HALF, x), legendre(n, x), "DLMF 18.7.9"),
        Axiom(gegenbauer, (n, ONE, x), chebyshevu(n, x), "DLMF 18.7.4"),
        Axiom(jacobi, (n, a, b, ONE), gamma(n + a + 1) / (gamma(a + 1) * gamma(n + 1)), "DLMF 18.6.1"),
        Axiom(jacobi, (n, ZERO, ZERO, x), legendre(n, x), "DLMF 18.7.9"),
    ],
    shifts=SHIFTS,
    slopes=SLOPES,
    rules=RULES,
)


def _written_out(field: Field, name: Any, degree: int, parameters: tuple[Ratio, ...], argument: Ratio) -> Ratio:
    """The polynomial of a degree that is a number: by the recurrence from p(−1) = 0 and p(0) = 1."""
    if name is sympy.jacobi:
        a, b = parameters
        return _jacobi(field, degree, a, b, argument)
    shift = next(s for s in SHIFTS if s.function.head is name)
    names = [name for name in shift.args if isinstance(name, Variable)]
    environment = dict(zip(names[1:], (*parameters, argument), strict=True))
    here, following = field.zero, field.one
    for i in range(degree):
        at = {**environment, k: field.number(i - 1), HERE: here, NEXT: following}
        here, following = following, instance(field, shift.up, at)
    return following


def _jacobi(field: Field, n: int, a: Ratio, b: Ratio, x: Ratio) -> Ratio:
    """Σ C(n, k)·(n + a + b + 1)ₖ·(a + k + 1)ₙ₋ₖ/n!·((x − 1)/2)ᵏ (DLMF 18.5.7)."""
    half = (x - field.one) / field.number(2)
    above = a + b + field.number(n + 1)
    terms = (
        field.number(comb(n, k), factorial(n))
        * field.product(above + field.number(i) for i in range(k))
        * field.product(a + field.number(i + 1) for i in range(k, n))
        * half**k
        for k in range(n + 1)
    )
    return field.total(terms)
