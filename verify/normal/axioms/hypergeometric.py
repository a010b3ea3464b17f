"""Values of hypergeometric functions (DLMF 13, 15, 16; Abramowitz and Stegun 13, 15): entries of the table.

``F(p, q, …)`` builds the function with p upper and q lower parameters. An entry of :data:`FORMS` stands for all
functions whose parameters differ from its own by whole numbers. ``ROOT`` is one of the two square roots of the
argument (or of minus the argument): the value is even in it.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import cache

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

from verify.frozen import dataclass
from verify.model import Relation
from verify.normal.axioms.table import Axiom
from verify.terms import Rel

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
    """``F(*upper; *lower; z) = value``; with ``squared`` 1 or −1, ``value`` is written in ROOT, z = ± ROOT².

    The value is put together when it is needed: SymPy takes its time, and few of them ever are.
    """

    upper: tuple[Expr, ...]
    lower: tuple[Expr, ...]
    formula: Callable[[], Expr]
    source: str
    squared: int = 0
    given: tuple[()] = ()
    definition: bool = False

    @property
    def value(self) -> Expr:
        """The right-hand side."""
        return _made(self.formula)

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
        return _slope(self.formula, bool(self.squared))


@cache
def _made(formula: Callable[[], Expr]) -> Expr:
    return formula()


@cache
def _slope(formula: Callable[[], Expr], squared: bool) -> Expr:
    value = _made(formula)
    found: Expr = ROOT * value.diff(ROOT) / 2 if squared else z * value.diff(z)
    return found


@cache
def at_quarter() -> Axiom:
    """F(3a, 1/3 − a; 2a + 5/6; z) = (1 − 4z)^(−3a)·F(a, a + 1/3; 2a + 5/6; 27z/(4z − 1)³), as z tends to 1/4."""
    third, c = Rational(1, 3), 2 * a + Rational(5, 6)
    size = gamma(third) * gamma(c) / (2**third * sqrt(pi) * gamma(2 * a + 2 * third))
    source = "Goursat's cubic transformation (1881) and DLMF 15.8.2"
    return Axiom(F21, (3 * a, third - a, c, Rational(1, 4)), Rational(16, 27) ** a * size, source)


x = Symbol("x", real=True)


@cache
def quadratic() -> tuple[Axiom, ...]:
    """Quadratic transformations; used where they bring the argument to 1."""
    inside = (Rel(Relation.GE, x, -ONE), Rel(Relation.LE, x, HALF))
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


@cache
def _kept() -> Expr:
    return gamma(n + 1) * gamma(a + 1) / gamma(n + a + 1)


FORMS = [
    Form((), (b,), lambda: gamma(b) * ROOT ** (1 - b) * besseli(b - 1, 2 * ROOT), "DLMF 10.39.9", 1),
    Form((), (b,), lambda: gamma(b) * ROOT ** (1 - b) * besselj(b - 1, 2 * ROOT), "DLMF 10.16.9", -1),
    Form((-n,), (a + 1,), lambda: _kept() * assoc_laguerre(n, a, z), "DLMF 18.5.12"),
    Form((HALF,), (THREE_HALVES,), lambda: sqrt(pi) * erf(ROOT) / (2 * ROOT), "DLMF 13.6.7", -1),
    Form((HALF,), (THREE_HALVES,), lambda: sqrt(pi) * erfi(ROOT) / (2 * ROOT), "DLMF 13.6.7", 1),
    Form(
        (ONE,), (THREE_HALVES,), lambda: exp(ROOT**2) * sqrt(pi) * erf(ROOT) / (2 * ROOT), "DLMF 13.6.7 and 13.2.39", 1
    ),
    Form(
        (ONE,),
        (THREE_HALVES,),
        lambda: exp(-(ROOT**2)) * sqrt(pi) * erfi(ROOT) / (2 * ROOT),
        "DLMF 13.6.7 and 13.2.39",
        -1,
    ),
    Form((a,), (a + 1,), lambda: a * (-z) ** (-a) * (gamma(a) - uppergamma(a, -z)), "DLMF 13.6.5"),
    Form(
        (ONE,),
        (a + 1,),
        lambda: exp(z) * a * z ** (-a) * (gamma(a) - uppergamma(a, z)),
        "DLMF 13.6.5 and 13.2.39",
    ),
    Form((a,), (2 * a,), lambda: exp(z / 2) * hyper((), (a + HALF,), z**2 / 16), "DLMF 13.6.9 and 10.39.9"),
    Form((HALF, HALF), (ONE,), lambda: 2 / pi * elliptic_k(z), "DLMF 19.5.1", definition=True),
    Form((ONE, ONE), (TWO,), lambda: -log(1 - z) / z, "DLMF 15.4.1"),
    Form((HALF, ONE), (THREE_HALVES,), lambda: atanh(ROOT) / ROOT, "DLMF 15.4.2", 1),
    Form((HALF, ONE), (THREE_HALVES,), lambda: atan(ROOT) / ROOT, "DLMF 15.4.3", -1),
    Form((HALF, HALF), (THREE_HALVES,), lambda: asin(ROOT) / ROOT, "DLMF 4.24.1", 1, definition=True),
    Form((HALF, HALF), (THREE_HALVES,), lambda: asinh(ROOT) / ROOT, "DLMF 15.4.5", -1),
    Form((ONE, ONE), (THREE_HALVES,), lambda: asin(ROOT) / (ROOT * sqrt(1 - ROOT**2)), "DLMF 15.4.4 and 15.8.1", 1),
    Form((ONE, ONE), (THREE_HALVES,), lambda: asinh(ROOT) / (ROOT * sqrt(1 + ROOT**2)), "DLMF 15.4.5 and 15.8.1", -1),
    Form((a, -a), (HALF,), lambda: cos(a * acos(1 - 2 * z)), "DLMF 15.4.12"),
    Form(
        (1 - a, 1 + a),
        (THREE_HALVES,),
        lambda: sin(a * acos(1 - 2 * z)) / (a * sqrt(1 - (1 - 2 * z) ** 2)),
        "DLMF 15.4.16",
    ),
    Form((-n, n + 1), (ONE,), lambda: legendre(n, 1 - 2 * z, evaluate=False), "DLMF 18.5.7"),
    Form((a, a + HALF), (HALF,), lambda: ((1 + ROOT) ** (-2 * a) + (1 - ROOT) ** (-2 * a)) / 2, "DLMF 15.4.7", 1),
    Form(
        (a, a + HALF),
        (THREE_HALVES,),
        lambda: ((1 + ROOT) ** (1 - 2 * a) - (1 - ROOT) ** (1 - 2 * a)) / (2 * (1 - 2 * a) * ROOT),
        "DLMF 15.4.9",
        1,
    ),
    Form(
        (-n, n + 2 * a),
        (a + HALF,),
        lambda: gamma(n + 1) * gamma(2 * a) / gamma(2 * a + n) * gegenbauer(n, a, 1 - 2 * z, evaluate=False),
        "DLMF 18.5.9",
    ),
    Form((-n, n + a + b + 1), (a + 1,), lambda: _kept() * jacobi(n, a, b, 1 - 2 * z, evaluate=False), "DLMF 18.5.7"),
]
