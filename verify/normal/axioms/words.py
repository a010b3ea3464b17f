"""The words of the table: what formulas call numbers and functions.

A word stands for a function of SymPy, ``head``; applied, it builds a formula. Programs beside the table speak of the
function itself, as ``sympy.gamma``.
"""

from __future__ import annotations

from typing import Any

import sympy

from verify.normal.axioms.formula import Applied, Constant, Formula, Number, Power, formula
from verify.terms import whole


class Word:
    """The name of a function in formulas."""

    __slots__ = ("head",)

    def __init__(self, head: Any) -> None:
        self.head = head

    def __call__(self, *args: Formula | int) -> Formula:
        return Applied(self.head, tuple(map(formula, args)))


def sqrt(a: Formula | int) -> Formula:
    """The principal square root."""
    return Power(formula(a), HALF)


def hyper(upper: tuple[Formula | int, ...], lower: tuple[Formula | int, ...], argument: Formula | int) -> Formula:
    """The hypergeometric function."""
    return Applied(sympy.hyper, (tuple(map(formula, upper)), tuple(map(formula, lower)), formula(argument)))


ZERO, ONE, TWO, HALF = Number(0), Number(1), Number(2), Number(1, 2)
THIRD = Number(1, 3)
pi = Constant(sympy.pi)
I = Constant(sympy.I)  # noqa: E741
EulerGamma = Constant(sympy.EulerGamma)
Catalan = Constant(sympy.Catalan)
GoldenRatio = Constant(sympy.GoldenRatio)
acos = Word(sympy.acos)
asin = Word(sympy.asin)
asinh = Word(sympy.asinh)
atan = Word(sympy.atan)
atanh = Word(sympy.atanh)
cos = Word(sympy.cos)
cosh = Word(sympy.cosh)
cot = Word(sympy.cot)
exp = Word(sympy.exp)
log = Word(sympy.log)
sin = Word(sympy.sin)
sinh = Word(sympy.sinh)
gamma = Word(sympy.gamma)
loggamma = Word(sympy.loggamma)
polygamma = Word(sympy.polygamma)
harmonic = Word(sympy.harmonic)
catalan = Word(sympy.catalan)
factorial2 = Word(sympy.factorial2)
RisingFactorial = Word(sympy.RisingFactorial)
zeta = Word(sympy.zeta)
dirichlet_eta = Word(sympy.dirichlet_eta)
lerchphi = Word(sympy.lerchphi)
polylog = Word(sympy.polylog)
stieltjes = Word(sympy.stieltjes)
bernoulli = Word(sympy.bernoulli)
euler = Word(sympy.euler)
genocchi = Word(sympy.genocchi)
erf = Word(sympy.erf)
erfi = Word(sympy.erfi)
erf2 = Word(sympy.erf2)
erfinv = Word(sympy.erfinv)
Si = Word(sympy.Si)
Shi = Word(sympy.Shi)
Ci = Word(sympy.Ci)
Chi = Word(sympy.Chi)
Ei = Word(sympy.Ei)
li = Word(sympy.li)
Li = Word(sympy.Li)
fresnels = Word(sympy.fresnels)
fresnelc = Word(sympy.fresnelc)
expint = Word(sympy.expint)
uppergamma = Word(sympy.uppergamma)
lowergamma = Word(sympy.lowergamma)
betainc = Word(sympy.betainc)
betainc_regularized = Word(sympy.betainc_regularized)
LambertW = Word(sympy.LambertW)
besselj = Word(sympy.besselj)
bessely = Word(sympy.bessely)
besseli = Word(sympy.besseli)
besselk = Word(sympy.besselk)
hankel1 = Word(sympy.hankel1)
hankel2 = Word(sympy.hankel2)
jn = Word(sympy.jn)
yn = Word(sympy.yn)
airyai = Word(sympy.airyai)
airybi = Word(sympy.airybi)
airyaiprime = Word(sympy.airyaiprime)
airybiprime = Word(sympy.airybiprime)
elliptic_k = Word(sympy.elliptic_k)
elliptic_e = Word(sympy.elliptic_e)
elliptic_f = Word(sympy.elliptic_f)
elliptic_pi = Word(sympy.elliptic_pi)
legendre = Word(sympy.legendre)
hermite = Word(sympy.hermite)
hermite_prob = Word(sympy.hermite_prob)
laguerre = Word(sympy.laguerre)
assoc_laguerre = Word(sympy.assoc_laguerre)
gegenbauer = Word(sympy.gegenbauer)
jacobi = Word(sympy.jacobi)
chebyshevt = Word(sympy.chebyshevt)
chebyshevu = Word(sympy.chebyshevu)
sinc = Word(sympy.sinc)
stirling_s2 = Word(whole.stirling_s2)
