"""The names that may be used: constants, and functions with the numbers of arguments they take.

A name means the mathematical function. SymPy's own classes stand for them where it has them.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import sympy
from sympy import Expr, S

from verify.terms import relu, sigmoid, softplus
from verify.terms.whole import gcd, lcm, stirling_s1, stirling_s2

CONSTANTS: dict[str, Expr] = {
    "pi": S.Pi,
    "E": S.Exp1,
    "I": S.ImaginaryUnit,
    "oo": S.Infinity,
    "zoo": S.ComplexInfinity,
    "EulerGamma": S.EulerGamma,
    "Catalan": S.Catalan,
    "GoldenRatio": S.GoldenRatio,
}

_ONE = """
    exp sin cos tan cot sec csc asin acos atan acot asec acsc
    sinh cosh tanh coth sech csch asinh acosh atanh acoth asech acsch
    Abs re im arg conjugate floor ceiling sign sinc sqrt cbrt
    factorial factorial2 subfactorial gamma loggamma digamma trigamma erf erfc erfi erfinv erfcinv
    Ei li Li Si Ci Shi Chi fresnels fresnelc dirichlet_eta
    airyai airybi airyaiprime airybiprime catalan lucas partition totient reduced_totient
    mobius primenu primeomega primepi tribonacci motzkin
"""
_TWO = """
    binomial RisingFactorial FallingFactorial beta atan2 Mod polygamma lowergamma uppergamma erf2
    besselj bessely besseli besselk hankel1 hankel2 jn yn expint polylog KroneckerDelta
    chebyshevt chebyshevu legendre hermite hermite_prob elliptic_f
    jacobi_symbol kronecker_symbol legendre_symbol
"""
_THREE = "gegenbauer assoc_legendre lerchphi marcumq"
_FOUR = "jacobi Ynm betainc betainc_regularized"
_SEVERAL = {
    "LambertW": (1, 2),
    "Heaviside": (1, 2),
    "zeta": (1, 2),
    "stieltjes": (1, 2),
    "harmonic": (1, 2),
    "bernoulli": (1, 2),
    "euler": (1, 2),
    "genocchi": (1,),
    "divisor_sigma": (1, 2),
    "bell": (1, 2),
    "fibonacci": (1, 2),
    "laguerre": (2,),
    "assoc_laguerre": (3,),
    "elliptic_k": (1,),
    "elliptic_e": (1, 2),
    "elliptic_pi": (2, 3),
    "Max": tuple(range(1, 100)),
    "Min": tuple(range(1, 100)),
}

FUNCTIONS: dict[str, tuple[Callable[..., Any], tuple[int, ...]]] = {
    **{
        name: (getattr(sympy, name), (count,))
        for count, names in enumerate((_ONE, _TWO, _THREE, _FOUR), 1)
        for name in names.split()
    },
    **{name: (getattr(sympy, name), counts) for name, counts in _SEVERAL.items()},
    "sigmoid": (sigmoid, (1,)),
    "softplus": (softplus, (1,)),
    "relu": (relu, (1,)),
    "gcd": (gcd, (2,)),
    "lcm": (lcm, (2,)),
    "stirling_s1": (stirling_s1, (2,)),
    "stirling_s2": (stirling_s2, (2,)),
    "adjoint": (sympy.conjugate, (1,)),
}
ALIASES = {
    "abs": "Abs",
    "max": "Max",
    "min": "Min",
    "ln": "log",
    "ff": "FallingFactorial",
    "rf": "RisingFactorial",
    "conj": "conjugate",
    "psi": "digamma",
    "diff": "Derivative",
    "integrate": "Integral",
    "limit": "Limit",
    "summation": "Sum",
    "product": "Product",
    **{f"arc{name}": f"a{name}" for name in "sin cos tan cot sec csc sinh cosh tanh coth sech csch".split()},
}

POLYNOMIALS = frozenset(
    getattr(sympy, name)
    for name in """chebyshevt chebyshevu legendre assoc_legendre hermite hermite_prob laguerre assoc_laguerre gegenbauer
    jacobi""".split()
)
"""Families with a degree, the first argument. SymPy rewrites them for every degree as if it were a whole number."""

ELEMENTARY = frozenset(
    getattr(sympy, name)
    for name in """exp log sin cos tan cot sec csc asin acos atan acot asec acsc sinh cosh tanh coth sech csch asinh
    acosh atanh acoth asech acsch Abs re im arg conjugate floor ceiling sign sinc atan2 Mod Max Min""".split()
)
TRUSTED = ELEMENTARY | frozenset(
    getattr(sympy, name)
    for name in """factorial gamma binomial RisingFactorial FallingFactorial erf erfc erfi zeta digamma polygamma
    besselj bessely besseli besselk airyai airybi KroneckerDelta Heaviside fibonacci lucas Si Shi fresnels
    fresnelc""".split()
)
"""What SymPy makes of these on construction is true for all arguments."""

ENTIRE = frozenset(
    getattr(sympy, name)
    for name in """exp sin cos sinh cosh Abs re im conjugate floor ceiling sign sinc erf erfc erfi Si Shi fresnels
    fresnelc airyai airybi KroneckerDelta Max Min""".split()
)
"""Defined for every number (or every real one, where it takes no others)."""
