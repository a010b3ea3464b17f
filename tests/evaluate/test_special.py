"""Special functions in balls: known values, another implementation's values, and balls that shrink as they should."""

from __future__ import annotations

from fractions import Fraction

import mpmath
import pytest
import sympy
from flint import acb, arb
from sympy import I, Rational, S, Symbol, pi, sqrt

from tests.evaluate.balls import value
from verify.evaluate.evaluator import Evaluator
from verify.evaluate.field import Indeterminate, Undefined
from verify.evaluate.fields.balls import Balls
from verify.evaluate.points import Point
from verify.read.names import FUNCTIONS
from verify.terms.whole import gcd, lcm, stirling_s1, stirling_s2

z = Symbol("z")


EXACT = [
    (sympy.zeta(S(2), evaluate=False), pi**2 / 6),
    (sympy.zeta(S(2), Rational(1, 2), evaluate=False), pi**2 / 2),
    (sympy.zeta(S(-3), Rational(1, 3), evaluate=False), Rational(-13, 3240)),
    (sympy.dirichlet_eta(S(2), evaluate=False), pi**2 / 12),
    (sympy.besselj(Rational(1, 2), S(3)), sqrt(2 / (3 * pi)) * sympy.sin(3)),
    (sympy.jn(0, S(-2)), sympy.sin(2) / 2),
    (sympy.yn(0, S(2)), -sympy.cos(2) / 2),
    (sympy.hankel1(Rational(1, 2), S(1)), -I * sqrt(2 / pi) * sympy.exp(I)),
    (sympy.elliptic_k(Rational(1, 2), evaluate=False), sympy.gamma(Rational(1, 4)) ** 2 / (4 * sqrt(pi))),
    (sympy.elliptic_f(S(1), S(0), evaluate=False), S(1)),
    (sympy.elliptic_e(S(1), S(1), evaluate=False), sympy.sin(1)),
    (sympy.elliptic_pi(S(0), S(1), S(0), evaluate=False), S(1)),
    (sympy.polylog(S(2), S(-1), evaluate=False), -(pi**2) / 12),
    (sympy.lerchphi(S(-1), S(1), Rational(1, 2)), pi / 2),
    (sympy.polygamma(1, Rational(1, 2), evaluate=False), pi**2 / 2),
    (sympy.harmonic(Rational(1, 2), evaluate=False), 2 - 2 * sympy.log(2)),
    (sympy.harmonic(S(3), S(2), evaluate=False), Rational(49, 36)),
    (sympy.uppergamma(S(2), S(3), evaluate=False), 4 * sympy.exp(-3)),
    (sympy.lowergamma(S(1), S(2), evaluate=False), 1 - sympy.exp(-2)),
    (sympy.expint(S(0), S(2), evaluate=False), sympy.exp(-2) / 2),
    (sympy.erf2(S(0), S(1), evaluate=False), sympy.erf(1)),
    (sympy.LambertW(-2 * sympy.exp(-2), S(-1), evaluate=False), S(-2)),
    (sympy.euler(S(4), Rational(1, 2), evaluate=False), Rational(5, 16)),
    (sympy.bernoulli(S(3), S(2), evaluate=False), S(3)),
    (sympy.bernoulli(S.Half, S(1), evaluate=False), -sympy.zeta(S.Half) / 2),
    (sympy.assoc_legendre(2, 1, Rational(1, 2), evaluate=False), -3 * sqrt(3) / 4),
    (sympy.assoc_laguerre(2, S(1), S(3), evaluate=False), Rational(-3, 2)),
    (sympy.hermite_prob(3, S(2), evaluate=False), S(2)),
    (sympy.jacobi(2, S(1), S(0), S(3), evaluate=False), S(25)),
    (sympy.betainc(S(1), S(2), S(0), Rational(1, 2)), Rational(3, 8)),
    (sympy.betainc_regularized(S(1), S(2), S(0), S(1)), S(1)),
    (sympy.subfactorial(S(5), evaluate=False), S(44)),
    (sympy.factorial2(S(-3), evaluate=False), S(-1)),
    (sympy.RisingFactorial(Rational(1, 2), S(-2), evaluate=False), Rational(4, 3)),
    (sympy.FallingFactorial(Rational(1, 2), S(-2), evaluate=False), Rational(4, 15)),
    (sympy.binomial(S(-3), S(2), evaluate=False), S(6)),
    (sympy.hyper((1, 1), (Rational(1, 2),), Rational(1, 2)), (pi + 4) / 2),
    (sympy.hyper((-1,), (S(2),), S(3)), -S.Half),
    (sympy.meijerg(((), ()), ((0,), ()), S(2)), sympy.exp(-2)),
    (sympy.meijerg(((), ()), ((0, S.Half), ()), S(1)), sqrt(pi) * sympy.exp(-2)),
    (sympy.fibonacci(S(-8), evaluate=False), S(-21)),
    (sympy.fibonacci(S(4), S(2), evaluate=False), S(12)),
    (sympy.bell(S(3), S(2), evaluate=False), S(22)),
    (gcd(S(12), Symbol("n", integer=True) * 0 + 18), S(6)),
    (sympy.atan2(S(-1), S(-1), evaluate=False), -3 * pi / 4),
    (sympy.sinc(S(0), evaluate=False), S(1)),
]


@pytest.mark.parametrize(("left", "right"), EXACT, ids=lambda e: str(e)[:40])
def test_values_known_in_closed_form(left: sympy.Expr, right: sympy.Expr) -> None:
    a, b = value(left), value(right)
    assert a.overlaps(b)
    assert a.rel_accuracy_bits() > 80


PLACES = [2, Fraction(-3, 2), 0.5 + 1j, -1.25 - 0.5j, 3.5]
ONE = """
    loggamma digamma erf erfc erfi Ei li Si Ci Shi Chi fresnels fresnelc LambertW airyai airybi elliptic_k elliptic_e
    zeta dirichlet_eta factorial
""".split()
MPMATH = {
    "Si": mpmath.si,
    "Ci": mpmath.ci,
    "Shi": mpmath.shi,
    "Chi": mpmath.chi,
    "LambertW": mpmath.lambertw,
    "elliptic_k": mpmath.ellipk,
    "elliptic_e": mpmath.ellipe,
    "dirichlet_eta": mpmath.altzeta,
    "Ei": mpmath.ei,
}


@pytest.mark.parametrize("name", ONE)
@pytest.mark.parametrize("place", PLACES)
def test_branches_are_those_of_mpmath(name: str, place: complex) -> None:
    number = complex(place)
    exact = (Fraction(number.real), Fraction(number.imag))
    ours = value(FUNCTIONS[name][0](z, evaluate=False), at={z: exact})
    with mpmath.workdps(30):
        theirs = MPMATH.get(name, getattr(mpmath, name, None))(mpmath.mpmathify(number))
    assert abs(complex(ours.mid()) - complex(theirs)) < 1e-12 * (1 + abs(complex(theirs)))


TWO = [
    ("besselj", mpmath.besselj), ("bessely", mpmath.bessely), ("besseli", mpmath.besseli), ("besselk", mpmath.besselk),
    ("uppergamma", mpmath.gammainc), ("expint", mpmath.expint), ("polylog", mpmath.polylog),
    ("legendre", mpmath.legendre), ("chebyshevt", mpmath.chebyt), ("hermite", mpmath.hermite),
    ("elliptic_f", mpmath.ellipf), ("zeta", mpmath.zeta),
]  # fmt: skip


@pytest.mark.parametrize(("name", "theirs"), TWO, ids=lambda item: getattr(item, "__name__", str(item)))
@pytest.mark.parametrize("order", [2, 1.5, 0.5])
@pytest.mark.parametrize("place", [2.25, -1.5, -0.5 + 1j, 1.5 - 2j])
def test_branches_of_functions_with_an_order(name: str, theirs, order: float, place: complex) -> None:
    number = complex(place)
    exact = (Fraction(number.real), Fraction(number.imag))
    ours = value(FUNCTIONS[name][0](S(Rational(order)), z, evaluate=False), at={z: exact})
    with mpmath.workdps(30):
        expected = complex(theirs(order, mpmath.mpmathify(number)))
    assert abs(complex(ours.mid()) - expected) < 1e-12 * (1 + abs(expected))


@pytest.mark.parametrize("name", ["gamma", "digamma", "zeta", "airybiprime", "erfi", "Ei", "elliptic_k", "LambertW"])
def test_a_ball_at_higher_precision_lies_in_the_one_at_lower(name: str) -> None:
    e = FUNCTIONS[name][0](z)
    for place in (Fraction(1, 3), (Fraction(-7, 5), Fraction(3, 7)), (Fraction(1, 9), Fraction(-2))):
        coarse, fine = (value(e, bits, at={z: place}) for bits in (70, 300))
        assert coarse.overlaps(fine)
        assert fine.rel_accuracy_bits() > coarse.rel_accuracy_bits()


@pytest.mark.parametrize(
    "e",
    [
        sympy.digamma(S(-2), evaluate=False),
        sympy.zeta(S(1), evaluate=False),
        sympy.bessely(1, S(0), evaluate=False),
        sympy.hyper((1, 2), (-1,), S.Half),
        sympy.hyper((-1, 2), (-2,), S.Half),
        sympy.elliptic_k(S(1), evaluate=False),
        sympy.Ei(S(0), evaluate=False),
        sympy.totient(sqrt(2) / 2, evaluate=False),
        sympy.mobius(-sqrt(4 + sqrt(2)), evaluate=False),
    ],
    ids=str,
)
def test_poles_have_no_value(e: sympy.Expr) -> None:
    with pytest.raises(Undefined) as caught:
        value(e)
    assert not isinstance(caught.value, Indeterminate)


def test_among_the_reals_a_complex_value_is_none() -> None:
    x = Symbol("x", real=True)
    for e in (sympy.loggamma(x), sympy.besselj(S.Half, x), sympy.Ci(x)):
        with pytest.raises(Undefined):
            value(e, real=True, at={x: Fraction(-3, 2)})
        assert isinstance(value(e, real=True, at={x: Fraction(3, 2)}), arb)


def test_a_ball_across_a_cut_holds_both_sides_or_nothing() -> None:
    across = acb(arb(-2), arb(0, 1e-10))
    for name, order, ball in (("besselj", 0.5, across), ("bessely", 1, across), ("polylog", 2, -across)):
        function = FUNCTIONS[name][0]
        for side in (1, -1):
            exact = (Fraction(int(ball.real.unique_fmpz())), Fraction(side, 10**11))
            sharp = value(function(Rational(order), z), at={z: exact})
            try:
                wide = Balls(Point(), False).call(function, [acb(order), ball])
            except Indeterminate:
                continue
            assert wide.overlaps(sharp), name


NUMBERS = [
    (gcd, (12, -18), 6), (lcm, (4, 6), 12), (stirling_s1, (4, 2), 11), (stirling_s1, (4, 3), -6),
    (stirling_s2, (5, 2), 15), (sympy.partition, (10,), 42), (sympy.totient, (36,), 12),
    (sympy.divisor_sigma, (6, 2), 50), (sympy.mobius, (30,), -1),
    (sympy.bell, (5,), 52), (sympy.lucas, (-3,), -4), (sympy.Mod, (-7, 3), 2), (sympy.primepi, (100,), 25),
    (sympy.jacobi_symbol, (2, 15), 1), (sympy.catalan, (5,), 42), (sympy.euler, (6,), -61),
    (sympy.primeomega, (12,), 3),
]  # fmt: skip


@pytest.mark.parametrize(
    ("function", "args", "expected"), NUMBERS, ids=lambda item: getattr(item, "__name__", str(item))
)
def test_functions_of_whole_numbers(function, args: tuple[int, ...], expected: int) -> None:
    symbols = [Symbol(f"n{i}", integer=True) for i in range(len(args))]
    point = Point(dict(zip(symbols, args, strict=True)))
    walker = Evaluator(Balls(point, True), point)
    assert walker(function(*symbols)) == expected
    assert walker.integer(function(*symbols)) == expected
