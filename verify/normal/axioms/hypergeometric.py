"""Values of hypergeometric functions (DLMF 13, 15, 16; Abramowitz and Stegun 13, 15): entries of the table.

``F(p, q, …)`` builds the function with p upper and q lower parameters. Entries of :data:`EXACT` are for one argument;
an entry of :data:`FORMS` stands for all functions whose parameters differ from its own by whole numbers. ``ROOT`` is
one of the two square roots of the argument (or of minus the argument): the value is even in it.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from sympy import (
    Expr,
    Integer,
    Rational,
    Symbol,
    acos,
    asin,
    asinh,
    assoc_laguerre,
    atan,
    atanh,
    besseli,
    besselj,
    cos,
    elliptic_k,
    erf,
    erfi,
    exp,
    gamma,
    gegenbauer,
    hyper,
    jacobi,
    legendre,
    log,
    pi,
    sin,
    sqrt,
    uppergamma,
)

from verify.normal.axioms.table import Axiom

z, a, b, c = (Symbol(name) for name in "z a b c".split())
ROOT = Symbol("r")
n = Symbol("n", integer=True, nonnegative=True)
ONE, TWO, HALF = Integer(1), Integer(2), Rational(1, 2)
THREE_HALVES = Rational(3, 2)


def function_of(p: int, q: int) -> Callable[..., Expr]:
    """The function with p upper and q lower parameters, all in one row with the argument."""

    def build(*args: Expr) -> Expr:
        found: Expr = hyper(args[:p], args[p : p + q], args[-1])
        return found

    build.__name__ = f"hyper{p}{q}"
    return build


F01, F11, F21 = function_of(0, 1), function_of(1, 1), function_of(2, 1)


@dataclass(frozen=True)
class Form:
    """``F(*upper; *lower; z) = value``; with ``squared`` 1 or −1, ``value`` is written in ROOT, z = ± ROOT²."""

    upper: tuple[Expr, ...]
    lower: tuple[Expr, ...]
    value: Expr
    source: str
    squared: int = 0
    given: tuple[()] = ()

    @property
    def function(self) -> Callable[..., Expr]:
        """Builds the function."""
        return function_of(len(self.upper), len(self.lower))

    def statements(self) -> list[tuple[Expr, Expr]]:
        """What can be sampled."""
        argument = self.squared * ROOT**2 if self.squared else z
        return [(hyper(self.upper, self.lower, argument), self.value)]

    def slope(self) -> Expr:
        """z·d/dz of the value."""
        found: Expr = ROOT * self.value.diff(ROOT) / 2 if self.squared else z * self.value.diff(z)
        return found


EXACT = [
    Axiom(F21, (a, b, c, ONE), gamma(c) * gamma(c - a - b) / (gamma(c - a) * gamma(c - b)), "DLMF 15.4.20"),
    Axiom(
        F21,
        (a, b, 1 + a - b, -ONE),
        gamma(1 + a - b) * gamma(1 + a / 2) / (gamma(1 + a) * gamma(1 + a / 2 - b)),
        "DLMF 15.4.26",
    ),
    Axiom(
        F21,
        (a, b, (a + b + 1) / 2, HALF),
        sqrt(pi) * gamma((a + b + 1) / 2) / (gamma((a + 1) / 2) * gamma((b + 1) / 2)),
        "DLMF 15.4.28",
    ),
    Axiom(
        F21,
        (a, 1 - a, b, HALF),
        2 ** (1 - b) * sqrt(pi) * gamma(b) / (gamma((a + b) / 2) * gamma((b - a + 1) / 2)),
        "DLMF 15.4.30",
    ),
]

_KEPT = gamma(n + 1) * gamma(a + 1) / gamma(n + a + 1)
_CIRCLE = sqrt(1 - (1 - 2 * z) ** 2)
FORMS = [
    Form((), (b,), gamma(b) * ROOT ** (1 - b) * besseli(b - 1, 2 * ROOT), "DLMF 10.39.9", 1),
    Form((), (b,), gamma(b) * ROOT ** (1 - b) * besselj(b - 1, 2 * ROOT), "DLMF 10.16.9", -1),
    Form((-n,), (a + 1,), _KEPT * assoc_laguerre(n, a, z), "DLMF 18.5.12"),
    Form((HALF,), (THREE_HALVES,), sqrt(pi) * erf(ROOT) / (2 * ROOT), "DLMF 13.6.7", -1),
    Form((HALF,), (THREE_HALVES,), sqrt(pi) * erfi(ROOT) / (2 * ROOT), "DLMF 13.6.7", 1),
    Form((a,), (a + 1,), a * (-z) ** (-a) * (gamma(a) - uppergamma(a, -z)), "DLMF 13.6.5"),
    Form(
        (ONE,),
        (a + 1,),
        exp(z) * a * z ** (-a) * (gamma(a) - uppergamma(a, z)),
        "DLMF 13.6.5 and 13.2.39",
    ),
    Form((a,), (2 * a,), exp(z / 2) * hyper((), (a + HALF,), z**2 / 16), "DLMF 13.6.9 and 10.39.9"),
    Form((HALF, HALF), (ONE,), 2 / pi * elliptic_k(z), "DLMF 19.5.1"),
    Form((ONE, ONE), (TWO,), -log(1 - z) / z, "DLMF 15.4.1"),
    Form((HALF, ONE), (THREE_HALVES,), atanh(ROOT) / ROOT, "DLMF 15.4.2", 1),
    Form((HALF, ONE), (THREE_HALVES,), atan(ROOT) / ROOT, "DLMF 15.4.3", -1),
    Form((HALF, HALF), (THREE_HALVES,), asin(ROOT) / ROOT, "DLMF 15.4.4", 1),
    Form((HALF, HALF), (THREE_HALVES,), asinh(ROOT) / ROOT, "DLMF 15.4.5", -1),
    Form((ONE, ONE), (THREE_HALVES,), asin(ROOT) / (ROOT * sqrt(1 - ROOT**2)), "DLMF 15.4.4 and 15.8.1", 1),
    Form((ONE, ONE), (THREE_HALVES,), asinh(ROOT) / (ROOT * sqrt(1 + ROOT**2)), "DLMF 15.4.5 and 15.8.1", -1),
    Form((a, -a), (HALF,), cos(a * acos(1 - 2 * z)), "DLMF 15.4.12"),
    Form((1 - a, 1 + a), (THREE_HALVES,), sin(a * acos(1 - 2 * z)) / (a * _CIRCLE), "DLMF 15.4.16"),
    Form((-n, n + 1), (ONE,), legendre(n, 1 - 2 * z, evaluate=False), "DLMF 18.5.7"),
    Form((a, a + HALF), (HALF,), ((1 + ROOT) ** (-2 * a) + (1 - ROOT) ** (-2 * a)) / 2, "DLMF 15.4.7", 1),
    Form(
        (a, a + HALF),
        (THREE_HALVES,),
        ((1 + ROOT) ** (1 - 2 * a) - (1 - ROOT) ** (1 - 2 * a)) / (2 * (1 - 2 * a) * ROOT),
        "DLMF 15.4.9",
        1,
    ),
    Form(
        (-n, n + 2 * a),
        (a + HALF,),
        gamma(n + 1) * gamma(2 * a) / gamma(2 * a + n) * gegenbauer(n, a, 1 - 2 * z, evaluate=False),
        "DLMF 18.5.9",
    ),
    Form((-n, n + a + b + 1), (a + 1,), _KEPT * jacobi(n, a, b, 1 - 2 * z, evaluate=False), "DLMF 18.5.7"),
]
