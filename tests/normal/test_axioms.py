"""Every entry of the table of axioms is sampled inside its conditions: balls where they reach, else many digits."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from fractions import Fraction
from random import Random
from typing import Any

import mpmath
import pytest
from sympy import (
    Derivative,
    Expr,
    I,
    LambertW,
    Rational,
    S,
    Symbol,
    airyai,
    airybi,
    besseli,
    besselj,
    besselk,
    bessely,
    binomial,
    chebyshevt,
    chebyshevu,
    cos,
    divisor_sigma,
    elliptic_e,
    elliptic_f,
    elliptic_k,
    elliptic_pi,
    erf,
    erfi,
    exp,
    factorial,
    ff,
    fibonacci,
    fresnelc,
    fresnels,
    gamma,
    hankel1,
    hyper,
    jacobi,
    legendre,
    loggamma,
    lucas,
    pi,
    polygamma,
    polylog,
    rf,
    sin,
    sqrt,
    symbols,
    totient,
    uppergamma,
    zeta,
)
from sympy import bernoulli as bernoulli_polynomial

from verify.evaluate.evaluator import Evaluator
from verify.evaluate.field import Indeterminate, Undefined, Unsupported
from verify.evaluate.fields.balls import Balls, precision
from verify.evaluate.points import Point
from verify.facts import Facts
from verify.model import Givens, Relation
from verify.normal.axioms import FAMILIES, load
from verify.normal.axioms.formula import variables
from verify.normal.axioms.hypergeometric import FORMS, at_quarter, quadratic
from verify.normal.axioms.table import Axiom
from verify.normal.read import read
from verify.normal.text.write import expression
from verify.normal.workspace import in_field
from verify.read.logic import in_sympy
from verify.terms import Rel
from verify.terms.whole import gcd, lcm, stirling_s2

POINTS, TRIES, BITS, DIGITS = 3, 60, 200, 30


def entries() -> list[Any]:
    found = []
    for family in FAMILIES:
        table = load(family)
        for entry in (*table.axioms, *table.last, *table.shifts, *table.ladders, *table.slopes):
            found.append(pytest.param(entry, id=f"{family}-{entry.function.head.__name__}-{entry.source}"))
    for number, entry in enumerate((at_quarter(), *quadratic(), *FORMS)):
        found.append(pytest.param(entry, id=f"hyper-{number}-{entry.source}"))
    return found


def values(symbol: Symbol, rng: Random) -> Expr:
    """A number in the symbol's domain."""
    if symbol.is_integer:
        low = 1 if symbol.is_positive else 0 if symbol.is_nonnegative else -6
        return S(rng.randint(low, 6))
    x = Rational(rng.randint(1, 40), rng.choice((7, 8, 9, 11)))
    if symbol.is_positive:
        return x
    y = Rational(rng.randint(-30, 30), rng.choice((7, 8, 9)))
    return x * rng.choice((1, -1)) if symbol.is_real or rng.random() < 0.4 else x * rng.choice((1, -1)) + y * I


def points(free: set[Symbol], given: Any) -> Iterator[dict[Symbol, Expr]]:
    rng = Random("axioms")
    for _ in range(TRIES):
        point = {s: values(s, rng) for s in sorted(free, key=str)}
        if all(_holds(Rel(op, a.expression(), b.expression()), point) for op, a, b in given):
            yield point
        if not free:
            return


def _holds(condition: Rel, point: Mapping[Symbol, Expr]) -> bool:
    gap = (condition.lhs - condition.rhs).xreplace(dict(point))
    if condition.op is Relation.NE:
        return gap != 0
    return bool(gap.is_real) and in_sympy(Rel(condition.op, gap, S.Zero)) is S.true


def by_balls(sides: tuple[Expr, Expr], point: Mapping[Symbol, Expr]) -> str | None:
    """What is wrong (nothing: ""), or ``None`` where balls do not reach."""
    scalars = {s: _parts(v) for s, v in point.items() if not s.is_integer}
    integers = {s: int(v) for s, v in point.items() if s.is_integer}
    with precision(BITS):
        try:
            walker = Evaluator(Balls(Point(integers, scalars), False), Point(integers, scalars))
            a, b = (walker(side) for side in sides)
        except (Unsupported, Indeterminate, Undefined):
            return None
        return "" if a.overlaps(b) else f"{a} ≠ {b}"


def _parts(v: Expr) -> Any:
    re, im = v.as_real_imag()
    return Fraction(int(re.p), int(re.q)), Fraction(int(im.p), int(im.q))


def by_digits(sides: tuple[Expr, Expr], point: Mapping[Symbol, Expr]) -> str | None:
    with mpmath.workdps(DIGITS):
        try:
            a, b = (_digits(side, point) for side in sides)
        except (ZeroDivisionError, ValueError, TypeError, mpmath.libmp.NoConvergence):
            return None
        if not (mpmath.isfinite(a) and mpmath.isfinite(b)):
            return None
        close = mpmath.mpf(10) ** (-8 if isinstance(sides[0], Derivative) else -12)
        return "" if abs(a - b) <= close * (1 + abs(a)) else f"{a} ≠ {b}"


def _digits(e: Expr, point: Mapping[Symbol, Expr]) -> Any:
    if isinstance(e, Derivative):
        by = e.variables[0]
        rest = {s: v for s, v in point.items() if s != by}
        inner = e.expr.xreplace(rest)
        step = mpmath.mpf(10) ** -6
        return mpmath.diff(lambda t: _mp(inner.xreplace({by: _exactly(t)})), _mp(point[by]), h=step)
    return _mp(e.xreplace(dict(point)))


def _exactly(t: Any) -> Expr:
    from sympy import Float

    return Float(mpmath.re(t), DIGITS) + I * Float(mpmath.im(t), DIGITS)


def _mp(e: Expr) -> Any:
    value = e.evalf(DIGITS)
    re, im = value.as_real_imag()
    return mpmath.mpc(re._to_mpmath(120), im._to_mpmath(120))


def check(sides: tuple[Expr, Expr], given: Any = ()) -> int:
    """At how many points the sides agree; a point at which they do not fails the test."""
    free = {s for side in sides for s in side.free_symbols}
    agreed = 0
    for point in points(free, given):
        said = by_balls(sides, point)
        if said is None:
            said = by_digits(sides, point)
        if said is not None:
            assert not said, f"{sides[0]} = {sides[1]} at {point}: {said}"
            agreed += 1
        if agreed == POINTS:
            break
    return agreed


@pytest.mark.parametrize("entry", entries())
def test_entry(entry: Any) -> None:
    for sides in entry.statements():
        assert check(sides, entry.given if isinstance(entry, Axiom) else getattr(entry, "given", ())) > 0, sides


def test_conditions_are_relations_over_the_symbols_of_the_entry() -> None:
    for family in FAMILIES:
        for entry in (*load(family).axioms, *load(family).last):
            for condition in entry.given:
                relation, left, _ = condition
                assert relation is not Relation.EQ
                assert variables(left) <= {s for a in entry.args for s in variables(a)}


# -- programs: what the canonical form makes of a function is equal to it ------------------------------------------

z, w = symbols("z w")
x = Symbol("x", real=True)
p, q = symbols("p q", positive=True)
n, m = symbols("n m", integer=True, nonnegative=True)
k = Symbol("k", integer=True)
FACTS = Facts(Givens(symbols=(z, w, x, p, q, n, m, k)), real_mode=False)
THIRD, HALF = Rational(1, 3), Rational(1, 2)

PROGRAMS = [
    *(gamma(a) for a in (2 * z, 3 * z + 1, z / 2 + 1, -z, 1 - 2 * z, z - n, n + HALF, Rational(5, 6), Rational(-7, 3))),
    *(gamma(a) * gamma(b) for a, b in ((z / 2, z), (z + n, 2 * z), (THIRD, 2 * THIRD), (n + 1, 2 * n + 1))),
    *(rf(a, n) for a in (z, -z, z + 1, p, z - n)),
    *(ff(a, n) for a in (z, -z, z + n, -p)),
    *(binomial(a, n) for a in (z, z + n, 2 * z, n + m, 2 * n)),
    factorial(2 * n) / factorial(n) ** 2,
    *(polygamma(i, a) for i in (0, 1, 2, 3) for a in (z + 2, -z, 1 - z, Rational(7, 6), Rational(-3, 4), S(5))),
    *(polygamma(i, Rational(a, b)) for i in (0, 1, 2, 4) for a, b in ((1, 3), (2, 3), (1, 4), (3, 4), (1, 6), (5, 6))),
    *(polygamma(i, a) - polygamma(i, b) for i in (0, 1, 2) for a, b in ((2 * z, z), (z, z / 3), (z + 1, 2 * z - 1))),
    *(polygamma(0, Rational(a, b)) for a, b in ((1, 5), (3, 8), (5, 12), (7, 10))),
    *(zeta(a) for a in (-z, S(6), S(-5), 1 - z)),
    *(zeta(a, b) for a, b in ((z, w + 2), (S(3), w), (S(-2), w), (z, S(3)), (S(3), Rational(1, 4)))),
    *(polylog(a, z) for a in (-2, 0, 1)),
    *(zeta(z, Rational(a, b)) for a, b in ((1, 2), (2, 3), (3, 4), (5, 6), (1, 6), (7, 10), (9, 4))),
    *(f for f in (zeta(z, 2 * w) - zeta(z, w), zeta(z, w) + zeta(z, w / 3))),
    *(bernoulli_polynomial(a, b, evaluate=False) for a in (n, 2 * n) for b in (S(1), HALF, THIRD, 2 * THIRD)),
    *(bernoulli_polynomial(2 * n, Rational(a, b), evaluate=False) for a, b in ((1, 4), (3, 4), (1, 6), (5, 6), (1, 5))),
    *(polygamma(n + 1, a, evaluate=False) for a in (S(1), HALF, 2 * THIRD, Rational(3, 4))),
    *(elliptic_k(a, evaluate=False) for a in (S(-1), Rational(-5, 2), S(2), Rational(7, 3), (1 + sqrt(3) * I) / 2)),
    *(elliptic_e(a, evaluate=False) for a in (S(-1), Rational(-5, 2), S(2), Rational(7, 3), HALF, S(1))),
    *(f(k) for f in (fibonacci, lucas)),
    *(f(a, p) for f in (besselj, bessely, besseli, besselk) for a in (HALF, -HALF)),
    loggamma(p + 3),
    *(bernoulli_polynomial(i, z) for i in (3, 8)),
    bernoulli_polynomial(n, z + 2, evaluate=False),
    bernoulli_polynomial(n, -z, evaluate=False),
    *(f(a, z) for f in (besselj, bessely, besseli, besselk) for a in (S(3), Rational(5, 2), -THIRD, 5 * THIRD, S(-2))),
    *(f(a, p) for f in (besselj, bessely, besseli, besselk) for a in (w + 2, w - 2, -w, -n, n + 3, Rational(-7, 2))),
    *(f(a, b) for f in (besselj, besseli) for a in (n, S(2)) for b in (-z, I * z)),
    hankel1(w + 1, p),
    *(f(a * z) for f in (airyai, airybi) for a in ((-1 + sqrt(3) * I) / 2, (1 + sqrt(3) * I) / 2)),
    *(Derivative(f(z), z) for f in (airyai, erf)),
    *(f(I * x) for f in (erf, erfi, fresnels, fresnelc)),
    *(f((I - 1) * z) for f in (erf, erfi)),
    *(uppergamma(a, p) for a in (z + 2, z - 2, S(4), Rational(-3, 2), S(-2), S(0))),
    *(f(z + k * pi, THIRD) for f in (elliptic_f, elliptic_e)),
    *(f(3 * pi / 4, THIRD) for f in (elliptic_f, elliptic_e)),
    *(f(k * pi / 2, THIRD) for f in (elliptic_f, elliptic_e)),
    elliptic_pi(THIRD, pi / 2, Rational(1, 5)),
    *(chebyshevt(k, a, evaluate=False) for a in (x, z + 1, (z + 1 / z) / 2, p + 1, S(3))),
    *(f(k, a, evaluate=False) for f in (chebyshevt, chebyshevu) for a in (cos(x), sin(z), 2 * x**2 - 1)),
    *(chebyshevu(k, a, evaluate=False) for a in (x, z + 1, (z + 1 / z) / 2, p + 1, S(3))),
    *(legendre(a, b, evaluate=False) for a, b in ((n + 2, z), (n, -z), (n, 1 - z), (S(5), z), (2 * n, S(0)))),
    jacobi(4, z, w, x, evaluate=False),
    *(stirling_s2(n + a, m + 1) for a in (1, 2)),
    *(gcd(a, b) for a, b in ((k, k - 1), (6 * k, 4 * n), (k + n * m, m), (k, S(2)), (2**n - 1, 2**m - 1))),
    *(gcd(a, b) for a, b in ((2 * k + 3, k), (k**2 - 1, k + 1), (k * n, n), (k + 7, S(7)), (2 * k + 1, S(2)))),
    *(lcm(a, b) for a, b in ((k, S(2)), (k, k - 1), (k * n, n), (n + 1, k))),
    *(f for f in (totient(2 ** (n + 1)), totient(6), divisor_sigma(2 ** (n + 1), 2), divisor_sigma(3**n * 2, 0))),
    exp(n * pi * I),
    *(f(pi * n / 2) for f in (cos, sin)),
    I**k * (-1) ** k,
    exp(LambertW(z)) * z,
    *(LambertW(a * exp(a)) for a in (p, -p / 50)),
    hyper((HALF,), (3 * HALF,), -(z**2)),
    *(hyper((), (b,), z**3 / 9) for b in (THIRD, 2 * THIRD, 4 * THIRD, 5 * THIRD)),
    hyper((1, 1, 1), (2, 2), z / 50),
    *(gcd(gcd(k, n), gcd(m, 4)) for _ in "1"),
    *(hyper((), (b,), a) for a, b in ((z, w + 2), (-(p**2), w), (z, THIRD), (z**2, Rational(7, 2)))),
    *(hyper((a,), (b,), p) for a, b in ((w + 2, z), (w, z - 1), (S(2), w), (w, 2 * w + 1), (-n, w), (HALF, S(1)))),
    *(hyper((a, b), (c,), -q) for a, b, c in ((w + 1, z, p), (w, z, p + 2), (w, z, w + z), (HALF, S(2), S(3)))),
    *(hyper((a, b), (c,), THIRD) for a, b, c in ((HALF, HALF, S(2)), (S(1), S(2), Rational(5, 2)), (w, -w, 5 * HALF))),
    *(hyper((a, b), (c,), -z) for a, b, c in ((-n, n + 1, S(1)), (-n, n + 2, 3 * HALF), (S(-3), w, p))),
    *(hyper((w, (w + 1) * THIRD), ((w + 1) * 2 * THIRD,), HALF + s * sqrt(3) * I / 2) for s in (1, -1)),
    *(hyper((p, w), (2 * w,), 1 + s * I) for s in (1, -1)),
    hyper((w, w + HALF), (5 * HALF * THIRD + 2 * THIRD * w,), S(1) / 9),
    hyper((w, w + HALF), (3 * HALF - 2 * w,), -THIRD),
    Derivative(hyper((w, p), (q,), z / 20), z),
    Derivative(hyper((w, p), (p + 1,), z / 20), z),  # one parameter less
    Derivative(hyper((p, w, p), (p + 1, q), z / 20), z),
]


@pytest.mark.parametrize("e", PROGRAMS, ids=str)
def test_program(e: Expr) -> None:
    form = in_field((e,), FACTS, lambda field: expression(field, read(field, e)))
    assert check((e, form)) > 0
