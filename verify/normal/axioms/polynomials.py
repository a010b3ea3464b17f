"""Classical orthogonal polynomials (DLMF 18): whole degrees n ≥ 0 brought to two neighbours."""

from __future__ import annotations

from typing import Any

from sympy import (
    Expr,
    Integer,
    Symbol,
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
from sympy.core.numbers import Half

from verify.normal.algebra.field import Field
from verify.normal.algebra.ratio import Ratio
from verify.normal.axioms.apply import constant_term, instance
from verify.normal.axioms.table import HERE, NEXT, Axiom, Family, Rule, Shift, Slope
from verify.normal.functions.atoms import integer
from verify.normal.functions.powers import power
from verify.normal.functions.special import function
from verify.normal.signs import NEG, sign

x, a, b = Symbol("x"), Symbol("a"), Symbol("b")
n = Symbol("n", integer=True, nonnegative=True)
k = Symbol("k", integer=True)
ZERO, ONE = Integer(0), Integer(1)
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
            names = [Symbol(f"c{i}") for i in range(len(parameters))]
            written = name(number[0], *names, x)
            return instance(field, written, {**dict(zip(names, parameters, strict=True)), x: argument})
        top, bottom = constant_term(degree)
        if argument.is_zero or argument.num.leading_coefficient() > 0 or not 0 <= top < 2 * bottom:
            return None
        if name not in _EVEN_OR_ODD or not _whole(field, degree):
            return None
        field.relations["DLMF 18.6.1"] = None
        return power(field, field.number(-1), degree) * function(field, name, (*args[:-1], -argument))

    return rule


_EVEN_OR_ODD = (legendre, hermite, hermite_prob, gegenbauer)


def _recurrence(name: Any, args: tuple[Expr, ...], a0: Expr, b0: Expr, c0: Expr, d0: Expr, source: str) -> Shift:
    """d(n)·p(n + 1) = (a(n)·x + b(n))·p(n) − c(n)·p(n − 1) (DLMF 18.9.1)."""

    def at(e: Expr, step: int) -> Expr:
        return e.xreplace({k: k + step}) if isinstance(e, Expr) else e

    up = ((at(a0, 1) * x + at(b0, 1)) * NEXT - at(c0, 1) * HERE) / at(d0, 1)
    down = ((a0 * x + b0) * HERE - d0 * NEXT) / c0
    return Shift(name, args, k, up, down, source, order=2, nonzero_up=(at(d0, 1),), nonzero_down=(c0,))


_TWO = Integer(2)
_LOW, _HIGH = 2 * k + a + b, 2 * k + a + b + 2
SHIFTS = [
    _recurrence(legendre, (k, x), 2 * k + 1, ZERO, k, k + 1, "DLMF 18.9.1 (Legendre)"),
    _recurrence(hermite, (k, x), _TWO, ZERO, 2 * k, ONE, "DLMF 18.9.1 (Hermite)"),
    _recurrence(hermite_prob, (k, x), ONE, ZERO, k, ONE, "DLMF 18.9.1 (Hermite)"),
    _recurrence(laguerre, (k, x), -ONE, 2 * k + 1, k, k + 1, "DLMF 18.9.1 (Laguerre)"),
    _recurrence(assoc_laguerre, (k, a, x), -ONE, 2 * k + 1 + a, k + a, k + 1, "DLMF 18.9.1 (Laguerre)"),
    _recurrence(gegenbauer, (k, a, x), 2 * (k + a), ZERO, k + 2 * a - 1, k + 1, "DLMF 18.9.1 (Gegenbauer)"),
]
SLOPES = [
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
RULES: dict[object, Rule] = {
    f: _parity(f) for f in (legendre, hermite, hermite_prob, laguerre, assoc_laguerre, gegenbauer, jacobi)
}

FAMILY = Family(
    axioms=[
        Axiom(legendre, (n, ONE), ONE, "DLMF 18.6.1"),
        Axiom(legendre, (n, -ONE), (-1) ** n, "DLMF 18.6.1"),
        Axiom(legendre, (2 * n, ZERO), (-1) ** n * gamma(n + Half()) / (sqrt(pi) * gamma(n + 1)), "DLMF 18.6.1"),
        Axiom(legendre, (2 * n + 1, ZERO), ZERO, "DLMF 18.6.1"),
        Axiom(hermite, (2 * n, ZERO), (-4) ** n * gamma(n + Half()) / sqrt(pi), "DLMF 18.6.1"),
        Axiom(hermite, (2 * n + 1, ZERO), ZERO, "DLMF 18.6.1"),
        Axiom(laguerre, (n, ZERO), ONE, "DLMF 18.6.1"),
        Axiom(assoc_laguerre, (n, a, ZERO), gamma(n + a + 1) / (gamma(a + 1) * gamma(n + 1)), "DLMF 18.6.1"),
        Axiom(assoc_laguerre, (n, ZERO, x), laguerre(n, x, evaluate=False), "DLMF 18.5.12"),
        Axiom(gegenbauer, (n, a, ONE), gamma(2 * a + n) / (gamma(2 * a) * gamma(n + 1)), "DLMF 18.6.1"),
        Axiom(gegenbauer, (n, Half(), x), legendre(n, x, evaluate=False), "DLMF 18.7.9"),
        Axiom(gegenbauer, (n, ONE, x), chebyshevu(n, x, evaluate=False), "DLMF 18.7.4"),
        Axiom(jacobi, (n, a, b, ONE), gamma(n + a + 1) / (gamma(a + 1) * gamma(n + 1)), "DLMF 18.6.1"),
        Axiom(jacobi, (n, ZERO, ZERO, x), legendre(n, x, evaluate=False), "DLMF 18.7.9"),
    ],
    shifts=SHIFTS,
    slopes=SLOPES,
    rules=RULES,
)
