"""No check proves what fails only at degenerate points: coincidences, poles, odd powers, totients of totients."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from tests.reading import written
from verify.checks import domain
from verify.checks.equations import canonical, cases, valuations
from verify.checks.inequalities import derivatives, order, sizes, smt, tangents
from verify.checks.numbers import numeric
from verify.config import Settings
from verify.model import Claim, Evidence, Verdict

CHECKS = (canonical, order, cases, sizes, derivatives, valuations, smt, tangents)
DOMAINS = {"n": "integer", "m": "integer", "p": "positive"}


def read(lhs: str, relation: str, rhs: str, names: str, given: Sequence[str]) -> Claim:
    return written(lhs, relation, rhs, {name: DOMAINS.get(name, "real") for name in names}, given)


def proofs(lhs: str, relation: str, rhs: str, names: str, given: Sequence[str]) -> list[Evidence]:
    read_ = read(lhs, relation, rhs, names, given)
    found = (check.check(read_, Settings()) for check in CHECKS)
    return [e for e in found if e is not None and e.verdict is Verdict.PROVED]


TWICE = "Sum(Piecewise((1, Eq(n, k)), (0, True)), (k, 1, 5))"
AT_ZERO = "Piecewise((1, Eq(x, 0)), (0, True))"
FALSE = [
    ("Abs(x**n)", "=", "x**n", "xn", ()),
    ("sqrt(x**(2*n))", "=", "x**n", "xn", ()),
    ("binomial(2*x, x)", "=", "2*binomial(2*x - 1, x)", "x", ("Ge(x, 0)",)),
    ("RisingFactorial(-2*x, x)", "=", "gamma(-x)/gamma(-2*x)", "x", ()),
    ("Product(k/(k + 1), (k, 1, oo))", ">", "0", "", ()),
    ("p**(1/log(p))", "<=", "2", "p", ("Lt(p, 1)",)),
    ("exp(x)", "<=", "2", "x", ("Ge(x, 1)", "Le(x, 1)")),
    ("x", ">", "0", "x", ("Or(Eq(x, 0), Gt(1/x, 1))",)),
    ("exp(x)", ">=", "1", "x", ("Or(Eq(x, -1), Gt(log(x), 1))",)),
    ("totient(totient(n))", "=", "totient(n)", "n", ("Gt(n, 0)",)),
    ("gcd(n, m)", "=", "m", "nm", ("Gt(n, 0)", "Gt(m, 0)", "Eq(Mod(totient(n), m), 0)")),
    ("Piecewise((2*y, Eq(x, y)), (y, True))", "=", "Derivative(x*y, x)", "xy", ()),
    ("Piecewise((2*y, Eq(x, y)), (x, True))", "=", "Derivative(x*y, y)", "xy", ()),
    ("Derivative(Integral(sign(t)**2, (t, 0, x)), x)", "=", "sign(x)**2", "x", ()),
    ("Derivative(Integral(Piecewise((1, Eq(t, 0)), (0, True)), (t, -1, x)), x)", "=", AT_ZERO, "x", ()),
    ("Derivative(x*KroneckerDelta(x, 0), x)", "=", "KroneckerDelta(x, 0)", "x", ()),
    (f"{TWICE}**2", "=", f"5*{TWICE}", "n", ()),
]
TRUE = [
    ("Abs(x**(2*n))", "=", "x**(2*n)", "xn", ()),
    ("Abs(p**n)", "=", "p**n", "pn", ()),
    ("RisingFactorial(x, n)", "=", "gamma(x + n)/gamma(x)", "xn", ()),
    ("Product(k/(k + 1), (k, 1, n))", ">", "0", "n", ()),
    ("Derivative(Integral(exp(t**2), (t, 0, x)), x)", "=", "exp(x**2)", "x", ()),
    ("Derivative(Integral(besselj(0, t**2), (t, 0, x)), x)", "=", "besselj(0, x**2)", "x", ()),
    ("Derivative(x*KroneckerDelta(n, 0), x)", "=", "KroneckerDelta(n, 0)", "xn", ()),
    ("x**2", ">=", "x", "x", ("Or(Le(x, 0), Le(1/x, 1))",)),
]


@pytest.mark.parametrize("fields", FALSE, ids=lambda f: " ".join(f[:3]))
def test_no_check_proves_what_fails_at_a_degenerate_point(fields: tuple[str, str, str, str, Sequence[str]]) -> None:
    assert not proofs(*fields)


@pytest.mark.parametrize("fields", TRUE, ids=lambda f: " ".join(f[:3]))
def test_what_holds_there_too_is_proved(fields: tuple[str, str, str, str, Sequence[str]]) -> None:
    assert proofs(*fields)


def test_numbers_look_at_general_points_where_floats_see_nothing() -> None:
    shifted = "elliptic_e(x + k*pi, y)", "=", "elliptic_e(x, y) + 2*k*elliptic_e(y)", "xky", ()
    found = numeric.check(read(*shifted), Settings())
    assert found is not None and found.verdict is Verdict.REFUTED


def test_sides_that_no_precision_tells_apart_are_not_said_to_differ() -> None:
    alike = written("gamma(z)*gamma(1 - z)*sin(pi*z)", "!=", "pi", {"z": "complex"})
    evidence = numeric.check(alike, Settings())
    assert evidence is not None and evidence.verdict is Verdict.UNDECIDED
    assert "cannot be told apart at" in evidence.detail


def test_where_two_cases_meet_a_derivative_is_not_told() -> None:
    fields = "Derivative(Piecewise((0, Eq(x, 0)), (x, True)), x)", "=", "Piecewise((0, Eq(x, 0)), (1, True))", "x", ()
    assert domain.conditions(read(*fields)) == ("x ≠ 0",)


def test_a_variable_of_integration_is_not_told_of() -> None:
    fields = "Integral(1/(t - a), (t, 0, x))", "=", "log((x - a)/(-a))", {"x": "real", "a": "real"}
    assert domain.conditions(written(*fields)) == ("(x - a)/(-a) > 0", "a ≠ 0")


def test_sides_that_are_defined_nowhere_do_not_make_the_assumptions_contradict_each_other() -> None:
    found = smt.check(read("Abs(x)/x", "=", "1", "x", ("Le(x**2, 0)",)), Settings())
    assert found is not None and found.verdict is Verdict.UNDECIDED


def test_long_coefficients_stop_no_canonical_form() -> None:
    tiny = "(x**2 - Rational(1, 10**50))"
    assert canonical.check(read(f"sign({tiny})**2", "=", "1", "x", ()), Settings()) is None
    found = canonical.check(read(f"Abs({tiny})**2", "=", f"{tiny}**2", "x", ()), Settings())
    assert found is not None and found.verdict is Verdict.PROVED
