"""Values of hypergeometric functions (DLMF 13, 15, 16; Abramowitz and Stegun 13, 15): entries of the table.

``F(p, q, …)`` builds the function with p upper and q lower parameters. An entry of :data:`FORMS` stands for all
functions whose parameters differ from its own by whole numbers. ``ROOT`` is one of the two square roots of the
argument (or of minus the argument): the value is even in it.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import cache, cached_property

from sympy import Expr

from verify.frozen import dataclass
from verify.model import Relation
from verify.normal.axioms.derivative import derivative
from verify.normal.axioms.formula import Formula, Number, Variable
from verify.normal.axioms.table import Axiom
from verify.normal.axioms.words import (
    HALF,
    ONE,
    THIRD,
    TWO,
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

z, a, b, c = (Variable(name) for name in "z a b c".split())
ROOT = Variable("r")
n = Variable("n", integer=True, nonnegative=True)
THREE_HALVES = Number(3, 2)


def function_of(p: int, q: int) -> Callable[..., Formula]:
    """The function with p upper and q lower parameters, all in one row with the argument."""

    def build(*args: Formula) -> Formula:
        found: Formula = hyper(args[:p], args[p : p + q], args[-1])
        return found

    build.__name__ = f"hyper{p}{q}"
    return build


F21 = function_of(2, 1)


@dataclass(frozen=True)
class Form:
    """``F(*upper; *lower; z) = value``; with ``squared`` 1 or −1, ``value`` is written in ROOT, z = ± ROOT²."""

    upper: tuple[Formula, ...]
    lower: tuple[Formula, ...]
    value: Formula
    source: str
    squared: int = 0
    given: tuple[()] = ()
    definition: bool = False

    @cached_property
    def parameters(self) -> tuple[Formula, ...]:
        """All of them in one row."""
        return (*self.upper, *self.lower)

    @cached_property
    def order(self) -> list[int]:
        """In which order they are compared: numbers first, which seldom fit."""
        return sorted(range(len(self.parameters)), key=lambda i: not isinstance(self.parameters[i], Number))

    @property
    def function(self) -> Callable[..., Formula]:
        """Builds the function."""
        return function_of(len(self.upper), len(self.lower))

    def statements(self) -> list[tuple[Expr, Expr]]:
        """What can be sampled."""
        argument = self.squared * ROOT**2 if self.squared else z
        return [(self.function(*self.upper, *self.lower, argument).expression(), self.value.expression())]

    @cached_property
    def slope(self) -> Formula:
        """z·d/dz of the value."""
        return ROOT * derivative(self.value, ROOT) / 2 if self.squared else z * derivative(self.value, z)


@cache
def at_quarter() -> Axiom:
    """F(3a, 1/3 − a; 2a + 5/6; z) = (1 − 4z)^(−3a)·F(a, a + 1/3; 2a + 5/6; 27z/(4z − 1)³), as z tends to 1/4."""
    c = 2 * a + Number(5, 6)
    size = gamma(THIRD) * gamma(c) / (2**THIRD * sqrt(pi) * gamma(2 * a + 2 * THIRD))
    source = "Goursat's cubic transformation (1881) and DLMF 15.8.2"
    return Axiom(F21, (3 * a, THIRD - a, c, Number(1, 4)), Number(16, 27) ** a * size, source)


x = Variable("x", real=True)


@cache
def quadratic() -> tuple[Axiom, ...]:
    """Quadratic transformations; used where they bring the argument to 1."""
    inside = ((Relation.GE, x, -ONE), (Relation.LE, x, HALF))
    return (
        Axiom(
            F21,
            (a, b, (a + b + 1) / 2, x),
            F21(a / 2, b / 2, (a + b + 1) / 2, 4 * x * (1 - x)),
            "DLMF 15.8.18",
            inside,
        ),
        Axiom(
            F21,
            (a, 1 - a, c, x),
            (1 - x) ** (c - 1) * F21((c - a) / 2, (c + a - 1) / 2, c, 4 * x * (1 - x)),
            "DLMF 15.8.20",
            inside,
        ),
        Axiom(
            F21,
            (a, b, 1 + a - b, x),
            (1 - x) ** (-a) * F21(a / 2, (a + 1) / 2 - b, 1 + a - b, -4 * x / (1 - x) ** 2),
            "DLMF 15.8.16",
            inside,
        ),
    )


_KEPT = gamma(n + 1) * gamma(a + 1) / gamma(n + a + 1)


FORMS = [
    Form((), (b,), gamma(b) * ROOT ** (1 - b) * besseli(b - 1, 2 * ROOT), "DLMF 10.39.9", 1),
    Form((), (b,), gamma(b) * ROOT ** (1 - b) * besselj(b - 1, 2 * ROOT), "DLMF 10.16.9", -1),
    Form((-n,), (a + 1,), _KEPT * assoc_laguerre(n, a, z), "DLMF 18.5.12"),
    Form((HALF,), (THREE_HALVES,), sqrt(pi) * erf(ROOT) / (2 * ROOT), "DLMF 13.6.7", -1),
    Form((HALF,), (THREE_HALVES,), sqrt(pi) * erfi(ROOT) / (2 * ROOT), "DLMF 13.6.7", 1),
    Form((ONE,), (THREE_HALVES,), exp(ROOT**2) * sqrt(pi) * erf(ROOT) / (2 * ROOT), "DLMF 13.6.7 and 13.2.39", 1),
    Form(
        (ONE,),
        (THREE_HALVES,),
        exp(-(ROOT**2)) * sqrt(pi) * erfi(ROOT) / (2 * ROOT),
        "DLMF 13.6.7 and 13.2.39",
        -1,
    ),
    Form((a,), (a + 1,), a * (-z) ** (-a) * (gamma(a) - uppergamma(a, -z)), "DLMF 13.6.5"),
    Form(
        (ONE,),
        (a + 1,),
        exp(z) * a * z ** (-a) * (gamma(a) - uppergamma(a, z)),
        "DLMF 13.6.5 and 13.2.39",
    ),
    Form((a,), (2 * a,), exp(z / 2) * hyper((), (a + HALF,), z**2 / 16), "DLMF 13.6.9 and 10.39.9"),
    Form((HALF, HALF), (ONE,), 2 / pi * elliptic_k(z), "DLMF 19.5.1", definition=True),
    Form((ONE, ONE), (TWO,), -log(1 - z) / z, "DLMF 15.4.1"),
    Form((HALF, ONE), (THREE_HALVES,), atanh(ROOT) / ROOT, "DLMF 15.4.2", 1),
    Form((HALF, ONE), (THREE_HALVES,), atan(ROOT) / ROOT, "DLMF 15.4.3", -1),
    Form((HALF, HALF), (THREE_HALVES,), asin(ROOT) / ROOT, "DLMF 4.24.1", 1, definition=True),
    Form((HALF, HALF), (THREE_HALVES,), asinh(ROOT) / ROOT, "DLMF 15.4.5", -1),
    Form((ONE, ONE), (THREE_HALVES,), asin(ROOT) / (ROOT * sqrt(1 - ROOT**2)), "DLMF 15.4.4 and 15.8.1", 1),
    Form((ONE, ONE), (THREE_HALVES,), asinh(ROOT) / (ROOT * sqrt(1 + ROOT**2)), "DLMF 15.4.5 and 15.8.1", -1),
    Form((a, -a), (HALF,), cos(a * acos(1 - 2 * z)), "DLMF 15.4.12"),
    Form(
        (1 - a, 1 + a),
        (THREE_HALVES,),
        sin(a * acos(1 - 2 * z)) / (a * sqrt(1 - (1 - 2 * z) ** 2)),
        "DLMF 15.4.16",
    ),
    Form((-n, n + 1), (ONE,), legendre(n, 1 - 2 * z), "DLMF 18.5.7"),
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
        gamma(n + 1) * gamma(2 * a) / gamma(2 * a + n) * gegenbauer(n, a, 1 - 2 * z),
        "DLMF 18.5.9",
    ),
    Form((-n, n + a + b + 1), (a + 1,), _KEPT * jacobi(n, a, b, 1 - 2 * z), "DLMF 18.5.7"),
]
