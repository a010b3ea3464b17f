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
    ("Integral(t**s*exp(t)/(exp(t) - 1)**2, (t, 0, oo))", "gamma(s + 1)*zeta(s)", "re(s)>1"),
    ("Integral(t**s*sech(t)**2, (t, 0, oo))", "2**(1 - s)*(1 - 2**(1 - s))*gamma(s + 1)*zeta(s)", "re(s)>0"),
    ("Integral(t**2*exp(-a*t)/(1 + exp(-t))**2, (t, 0, oo))",
     "2*(lerchphi(-1, 2, a) + (1 - a)*lerchphi(-1, 3, a))", "re(a)>0"),
    ("Integral(t**2*sech(t), (t, -oo, oo))", "pi**3/4"),
    ("Integral(exp(-a*t**2 - b*t - 1), (t, -oo, oo))", "sqrt(pi/a)*exp(b**2/(4*a) - 1)", "re(a)>0"),
    ("Integral(exp(-a*t**2 - b*t), (t, x, oo))",
     "sqrt(pi/a)/2*exp(b**2/(4*a))*erfc(sqrt(a)*x + b/(2*sqrt(a)))", "re(a)>0"),
    ("Integral(exp(-4*t**2 - b/t**2), (t, 0, oo))", "sqrt(pi)/4*exp(-4*sqrt(b))", "re(b)>0"),
    ("Integral(exp(-t**2 - b**2/t**2), (t, p, oo))",
     "sqrt(pi)/4*(exp(2*b)*erfc(p + b/p) + exp(-2*b)*erfc(p - b/p))", "p>0"),
    ("Integral(t**(a - 1)/(2*t**3 + x)**b, (t, 0, oo))",
     "x**(a/3 - b)*2**(-a/3)*beta(a/3, b - a/3)/3", "re(a)>0", "re(3*b - a)>0", "x>0"),
    ("Integral(t**(a - 1)*exp(-2*t)/(z + t), (t, 0, oo))",
     "gamma(a)*z**(a - 1)*exp(2*z)*uppergamma(1 - a, 2*z)", "re(a)>0", "Abs(arg(z))<pi"),
    ("Integral(cosh(b*t)/cosh(t)**a, (t, 0, oo))", "2**(a - 2)*beta(a/2 + b/2, a/2 - b/2)", "re(a)>Abs(re(b))"),
    ("Integral(t**(a - 1)*besselk(nu, p*t), (t, 0, oo))",
     "2**(a - 2)*p**(-a)*gamma(a/2 - nu/2)*gamma(a/2 + nu/2)", "re(a)>Abs(re(nu))", "p>0"),
    ("Integral(t*exp(-a*t)*besselj(0, t), (t, 0, oo))", "hyper((1, 3/2), (1,), -1/a**2)/a**2", "re(a)>0"),
    ("Integral(exp(-a*t)*besselj(1, t), (t, 0, oo))", "1 - a/sqrt(a**2 + 1)", "re(a)>0"),
    ("Integral(t**a*(1 - t**3)**b, (t, 0, 1))", "beta((a + 1)/3, b + 1)/3", "re(a)>0", "re(b)>0"),
    ("Integral((1 - t**2)**2*cos(z*t), (t, 0, 1))", "sqrt(pi)*(z/2)**(-5/2)*besselj(5/2, z)"),
    ("Integral((1 - t**2)**nu*cosh(z*t), (t, -1, 1))",
     "sqrt(pi)*gamma(nu + 1)*(z/2)**(-nu - 1/2)*besseli(nu + 1/2, z)", "re(nu)>0"),
    ("Integral((1 - t**2)**nu*exp(z*t), (t, -1, 1))",
     "sqrt(pi)*gamma(nu + 1)*(z/2)**(-nu - 1/2)*besseli(nu + 1/2, z)", "re(nu)>0"),
    ("Integral(t**a*(1 - t)**b, (t, 0, x))", "x**(a + 1)/(a + 1)*hyper((a + 1, -b), (a + 2,), x)",
     "re(a)>0", "x>=0", "x<1"),
    ("Integral(cos(t)**a*cos(b*t), (t, 0, pi/2))",
     "pi*2**(-a - 1)*gamma(a + 1)/(gamma((a + b)/2 + 1)*gamma((a - b)/2 + 1))", "re(a)>0"),
    ("Integral(1/sqrt(1 - z*sin(t)**2), (t, 0, pi/2))", "elliptic_k(z)", "im(z)<0"),
    ("Integral(t**a*(1 - t)**b*log(t), (t, 0, 1))",
     "beta(a + 1, b + 1)*(digamma(a + 1) - digamma(a + b + 2))", "re(a)>0", "re(b)>0"),
    ("Integral(t**a*log(1 - t), (t, 0, 1))", "-(digamma(a + 2) + EulerGamma)/(a + 1)", "re(a)>0"),
    ("Integral(t**2*airyai(p*t), (t, 0, oo))", "2/(3**(5/3)*gamma(5/3)*p**3)", "p>0"),
    ("Integral((exp(-a*t) - exp(-b*t))/(1 - exp(-t)), (t, 0, oo))", "digamma(b) - digamma(a)", "re(a)>0", "re(b)>0"),
    ("Integral((exp(-3*t) - exp(-p*t))/t, (t, 0, oo))", "log(p/3)", "p>0"),
    ("Integral(t**(a - 1)*log(t)**n/(1 - t), (t, 0, 1))", "-polygamma(n, a)", "re(a)>0", "n>0"),
    ("Integral(log(t)/(1 + t**2), (t, 0, 1))", "-Catalan"),
    ("Integral((-log(t))**(a - 1), (t, 0, 1))", "gamma(a)", "re(a)>0"),
    ("Integral(t**(a - 1)*exp(-z*t**p), (t, 0, oo))", "gamma(a/p)/(p*z**(a/p))", "re(a)>0", "re(z)>0", "p>0"),
    ("Integral(1/(sqrt(1 - t**2)*sqrt(1 - z*t**2)), (t, 0, 1))", "elliptic_k(z)", "Not(And(Eq(im(z), 0), re(z)>=1))"),
    ("Integral(sqrt((1 - m*t**2)/(1 - t**2)), (t, 0, p))", "elliptic_e(asin(p), m)", "m<1", "p<=1", "p>=0"),
]
OPEN = [
    ("Integral((exp(-a*t) - exp(-b*t))/(1 - exp(-t)), (t, 0, oo))", "digamma(b) - digamma(a)", "re(a)>0"),
    ("Integral(t**(a - 1)*log(t)**n/(1 - t), (t, 0, 1))", "-polygamma(n, a)", "re(a)>0", "n>=0"),  # n = 0 diverges
    ("Integral(t**(a - 1)*exp(-z*t**p), (t, 0, oo))", "gamma(a/p)/(p*z**(a/p))", "re(a)>0", "re(z)>0"),
    ("Integral(1/(sqrt(1 - t**2)*sqrt(1 - z*t**2)), (t, 0, 1))", "elliptic_k(z)", "re(z)<2"),  # z on its cut
    ("Integral(sqrt((1 - m*t**2)/(1 - t**2)), (t, 0, p))", "elliptic_e(asin(p), m)", "m<1", "p>=0"),
    ("Integral(t**s/(1 - exp(-t)), (t, 0, oo))", "gamma(s + 1)*zeta(s + 1)", "re(s)>0"),  # it diverges
    ("Integral(t**(s - 1)*exp(-t)/(1 - exp(-t)), (t, 0, oo))", "gamma(s)*zeta(s)", "re(s)>0"),  # for Re s ≤ 1
    ("Integral(t**(s - 1)*cos(t), (t, 0, oo))", "gamma(s)*cos(pi*s/2)", "re(s)>0"),  # for Re s ≥ 1
    ("Integral(1/sqrt(1 - m*sin(t)**2), (t, 0, pi/2))", "elliptic_k(m)"),
    ("Integral(cos(nu*t - z*sin(t)), (t, 0, pi))", "pi*besselj(nu, z)"),  # Anger's function
    ("Integral(t**s*exp(t)/(exp(t) - 1)**2, (t, 0, oo))", "gamma(s + 1)*zeta(s)", "re(s)>0"),  # for Re s ≤ 1
    ("Integral(exp(-a*t**2), (t, -oo, oo))", "sqrt(pi/a)", "re(a)>=0"),
    ("Integral(exp(-t**2 - b/t**2), (t, 0, oo))", "sqrt(pi)/2*exp(-2*sqrt(b))"),
    ("Integral(t**(a - 1)/(t + 1)**b, (t, 0, oo))", "beta(a, b - a)", "re(a)>0", "re(b)>0"),
    ("Integral(cosh(b*t)/cosh(t)**a, (t, 0, oo))", "2**(a - 2)*beta(a/2 + b/2, a/2 - b/2)", "re(a)>re(b)"),
    ("Integral(t**(a - 1)*exp(-t)/(z + t), (t, 0, oo))",
     "gamma(a)*z**(a - 1)*exp(z)*uppergamma(1 - a, z)", "re(a)>0"),  # z may lie on the cut
    ("Integral((1 - t**2)**nu*exp(z*t), (t, 0, 1))",
     "sqrt(pi)*gamma(nu + 1)/2*(z/2)**(-nu - 1/2)*besseli(nu + 1/2, z)", "re(nu)>0"),  # Struve's function besides
    ("Integral(t**a*(1 - t)**b, (t, 0, x))", "x**(a + 1)/(a + 1)*hyper((a + 1, -b), (a + 2,), x)",
     "re(a)>0", "x>=0", "x<=1"),
    ("Integral(1/(1 - z*t), (t, 0, 1))", "hyper((1, 1), (2,), z)"),  # z may lie on the cut
    ("Integral(1/(t**2 + cosh(t)), (t, 0, oo))", "1"),  # nothing of the sum stands still
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
