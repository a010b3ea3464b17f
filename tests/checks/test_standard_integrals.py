"""Standard definite integrals: each entry of the table at work, and what is near it."""

from __future__ import annotations

import pytest

from tests.reading import written
from verify.checks.equations import antiderivatives
from verify.config import Settings
from verify.model import Verdict

SYMBOLS = (
    dict.fromkeys(("a", "b", "s", "z", "nu"), "complex") | dict.fromkeys(("x", "m", "p"), "real") | {"n": "integer"}
)

# fmt: off
TABLE = [
    ("Integral(t**s*exp(-2*a*t)/(1 - exp(-t)), (t, 0, oo))", "gamma(s + 1)*zeta(s + 1, 2*a)", "re(s)>0", "re(a)>0"),
    ("Integral(t**(s - 1)/(exp(2*t) + 1), (t, 0, oo))", "2**-s*gamma(s)*(1 - 2**(1 - s))*zeta(s)", "re(s)>0"),
    ("Integral(t**2/sinh(t), (t, 0, oo))", "7*zeta(3)/2"),
    ("Integral(t**s/(exp(t - x) + 1), (t, 0, oo))", "-gamma(s + 1)*polylog(s + 1, -exp(x))", "re(s)>0"),
    ("Integral(t**(s - 1)*cos(2*t), (t, 0, oo))", "gamma(s)*cos(pi*s/2)/2**s", "re(s)>0", "re(s)<1"),
    ("Integral(t**(s - 1)*sin(p*t), (t, 0, oo))", "gamma(s)*sin(pi*s/2)/p**s", "re(s)>0", "re(s)<1", "p>0"),
    ("Integral(t**(nu - 1)*exp(-t - p/t), (t, 0, oo))", "2*p**(nu/2)*besselk(nu, 2*sqrt(p))", "p>0"),
    ("Integral(exp(-z*cosh(t))*cosh(2*t), (t, 0, oo))", "besselk(2, z)", "re(z)>0"),
    ("Integral(exp(-z*t)*(3 + t)**nu, (t, 0, oo))", "exp(3*z)*z**(-nu - 1)*uppergamma(nu + 1, 3*z)", "re(z)>0"),
    ("Integral(t**a*(1 - t)**b/(1 - z*t), (t, 0, 1))", "beta(a + 1, b + 1)*hyper((1, a + 1), (a + b + 2,), z)",
     "re(a)>0", "re(b)>0", "Abs(z)<1"),
    ("Integral(t**a*exp(z*t), (t, 0, 1))", "hyper((a + 1,), (a + 2,), z)/(a + 1)", "re(a)>0"),
    ("Integral(sin(t)**a*cos(t)**b, (t, 0, pi/2))", "beta((a + 1)/2, (b + 1)/2)/2", "re(a)>0", "re(b)>0"),
    ("Integral(cos(n*t - z*sin(t)), (t, 0, pi))", "pi*besselj(n, z)"),
    ("Integral(cos(z*cos(t))*sin(t)**2, (t, 0, pi))", "pi*besselj(1, z)/z"),
    ("Integral(exp(2*z*cos(t))*cos(n*t), (t, 0, pi))", "pi*besseli(n, 2*z)"),
    ("Integral(exp(z*cos(t))*sin(t)**2, (t, 0, pi))", "pi*besseli(1, z)/z"),
    ("Integral(1/sqrt(1 - m*sin(t)**2), (t, 0, pi/2))", "elliptic_k(m)", "m<1"),
    ("Integral(sqrt(1 - m*sin(t)**2), (t, 0, x))", "elliptic_e(x, m)", "m<1"),
    ("Integral(1/((1 - p*sin(t)**2)*sqrt(1 - m*sin(t)**2)), (t, 0, pi/2))", "elliptic_pi(p, m)", "m<1", "p<1"),
]
OPEN = [
    ("Integral(t**s/(1 - exp(-t)), (t, 0, oo))", "gamma(s + 1)*zeta(s + 1)", "re(s)>0"),  # it diverges
    ("Integral(t**(s - 1)*exp(-t)/(1 - exp(-t)), (t, 0, oo))", "gamma(s)*zeta(s)", "re(s)>0"),  # for Re s ≤ 1
    ("Integral(t**(s - 1)*cos(t), (t, 0, oo))", "gamma(s)*cos(pi*s/2)", "re(s)>0"),  # for Re s ≥ 1
    ("Integral(1/sqrt(1 - m*sin(t)**2), (t, 0, pi/2))", "elliptic_k(m)"),
    ("Integral(cos(nu*t - z*sin(t)), (t, 0, pi))", "pi*besselj(nu, z)"),  # Anger's function
    ("Integral(1/(1 - z*t), (t, 0, 1))", "hyper((1, 1), (2,), z)"),  # z may lie on the cut
]
# fmt: on


@pytest.mark.parametrize(("lhs", "rhs", "given"), [(lhs, rhs, given) for lhs, rhs, *given in TABLE])
def test_the_table(lhs: str, rhs: str, given: list[str]) -> None:
    evidence = antiderivatives.check(written(lhs, "=", rhs, SYMBOLS, tuple(given)), Settings())
    assert evidence is not None and evidence.verdict is Verdict.PROVED
    assert antiderivatives.check(written(lhs, "=", f"1001/1000*({rhs})", SYMBOLS, tuple(given)), Settings()) is None


@pytest.mark.parametrize(("lhs", "rhs", "given"), [(lhs, rhs, given) for lhs, rhs, *given in OPEN])
def test_where_it_may_diverge_or_is_another(lhs: str, rhs: str, given: list[str]) -> None:
    assert antiderivatives.check(written(lhs, "=", rhs, SYMBOLS, tuple(given)), Settings()) is None
