"""Orthogonal polynomials in balls: the polynomials as SymPy writes them out, the continuations as mpmath has them."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction

import mpmath
import pytest
import sympy
from flint import acb, arb
from sympy import Expr, Rational, S, Symbol

from tests.evaluate.balls import value
from verify.evaluate.field import Indeterminate, Undefined
from verify.evaluate.special.orthogonal import TABLE

x = Symbol("x", real=True)
PLACES = [Rational(1, 3), Rational(-5, 2), S(1), S(-1), S(0)]

POLYNOMIALS: dict[str, Callable[[int], Expr]] = {
    "Chebyshev T": lambda n: sympy.chebyshevt(n, x, evaluate=False),
    "Chebyshev U": lambda n: sympy.chebyshevu(n, x, evaluate=False),
    "Legendre": lambda n: sympy.legendre(n, x, evaluate=False),
    "Hermite": lambda n: sympy.hermite(n, x, evaluate=False),
    "Hermite, of probability": lambda n: sympy.hermite_prob(n, x, evaluate=False),
    "Laguerre": lambda n: sympy.laguerre(n, x, evaluate=False),
    "Laguerre, of order 3": lambda n: sympy.assoc_laguerre(n, S(3), x, evaluate=False),
    "Gegenbauer": lambda n: sympy.gegenbauer(n, Rational(2, 3), x, evaluate=False),
    "Jacobi": lambda n: sympy.jacobi(n, Rational(1, 2), S(2), x, evaluate=False),
    "Legendre, of order 2": lambda n: sympy.assoc_legendre(n + 2, 2, x, evaluate=False),
}


@pytest.mark.parametrize("name", POLYNOMIALS)
@pytest.mark.parametrize("degree", range(5))
def test_polynomials_are_as_they_are_written_out(name: str, degree: int) -> None:
    e = POLYNOMIALS[name](degree)
    written = e.doit() if not isinstance(e, sympy.assoc_legendre) else sympy.assoc_legendre(e.args[0], 2, x)
    assert written.is_polynomial(x)
    for place in PLACES:
        found = value(e, real=True, at={x: Fraction(place.p, place.q)})
        assert isinstance(found, arb)  # also left of a cut that the polynomials do not have
        assert found.overlaps(value(written.subs(x, place)).real)
        assert found.rad() < 1e-30


@pytest.mark.parametrize(
    ("function", "theirs", "parameters"),
    [
        (sympy.chebyshevt, mpmath.chebyt, ()),
        (sympy.chebyshevu, mpmath.chebyu, ()),
        (sympy.legendre, mpmath.legendre, ()),
        (sympy.gegenbauer, mpmath.gegenbauer, (Rational(2, 3),)),
        (sympy.jacobi, mpmath.jacobi, (Rational(1, 2), S(2))),
        (sympy.laguerre, lambda n, z: mpmath.laguerre(n, 0, z), ()),
        (sympy.assoc_laguerre, mpmath.laguerre, (Rational(1, 4),)),
        (sympy.hermite, mpmath.hermite, ()),
    ],
    ids=lambda item: item.__name__ if isinstance(item, type) else "",
)
def test_between_the_degrees_they_are_those_of_mpmath(function, theirs, parameters: tuple[Expr, ...]) -> None:
    degree, place = Rational(5, 2), Rational(3, 4)
    ours = value(function(degree, *parameters, place, evaluate=False))
    with mpmath.workdps(30):
        expected = complex(theirs(*(mpmath.mpf(a.p) / a.q for a in (degree, *parameters, place))))
    assert abs(complex(ours.mid()) - expected) < 1e-12


@pytest.mark.parametrize("degree", range(3))
def test_spherical_harmonics_are_those_written_out(degree: int) -> None:
    theta, phi = Symbol("theta", real=True), Symbol("phi", real=True)
    angles = {theta: Fraction(2, 3), phi: Fraction(-7, 5)}
    for order in range(-degree, degree + 1):
        e = sympy.Ynm(degree, order, theta, phi)
        found = value(e, at=angles)  # type: ignore[arg-type]
        assert found.overlaps(value(e.expand(func=True), at=angles))  # type: ignore[arg-type]
        assert found.rel_accuracy_bits() > 80


def test_what_conventions_do_not_agree_on_has_no_value() -> None:
    with pytest.raises(Undefined, match="negative degree"):
        value(sympy.laguerre(S(-1), S(2), evaluate=False))
    with pytest.raises(Undefined, match="negative degree"):
        value(sympy.assoc_laguerre(S(-2), S(1), S(2), evaluate=False))
    with pytest.raises(Indeterminate, match="order is not a whole number"):
        value(sympy.assoc_legendre(S(2), Rational(1, 2), Rational(1, 3), evaluate=False))
    for degree, order in ((S(-1), S(0)), (S(1), S(2)), (Rational(1, 2), S(0))):
        with pytest.raises(Indeterminate, match="outside the usual ones"):
            value(sympy.Ynm(degree, order, S(1), S(1)))


def test_cuts_are_known() -> None:
    across, between, beyond = acb(arb(-1, 0.1)), acb(arb(0, 0.5)), acb(arb(1, 0.1))
    legendre, jacobi, chebyshev = TABLE[sympy.legendre], TABLE[sympy.jacobi], TABLE[sympy.chebyshevt]
    assert legendre.regular(acb(3), across)  # a polynomial
    assert legendre.regular(acb(0.5), between)
    assert not legendre.regular(acb(0.5), across)
    assert legendre.regular(acb(-2), across)  # P₋₂ = P₁
    assert chebyshev.regular(acb(-2), across)  # T₋₂ = T₂
    assert not jacobi.regular(acb(-2), acb(1), acb(1), across)
    associated = TABLE[sympy.assoc_legendre]
    assert associated.regular(acb(3), acb(2), beyond)
    assert not associated.regular(acb(3), acb(1), beyond)  # a factor √(1 − x²)
    assert associated.regular(acb(3), acb(1), between)
