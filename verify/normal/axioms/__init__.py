"""The mathematical axioms: values, shifts, reflections of special functions, a family a file.

Nothing is loaded before a function of the family is met. The table of each family is data
(:mod:`verify.normal.axioms.table`); what one formula cannot say (a common divisor, a value at any rational number) is
a program beside it.
"""

from __future__ import annotations

from functools import cache
from importlib import import_module
from typing import Any, TypeAlias

from verify.normal.axioms.table import Axiom, Family, Rule, Shift, Slope

FAMILIES: dict[str, tuple[str, ...]] = {
    "factorials": ("RisingFactorial", "FallingFactorial", "binomial", "catalan", "harmonic", "loggamma", "factorial2"),
    "polygamma": ("polygamma", "digamma", "trigamma"),
    "zeta": ("zeta", "dirichlet_eta", "lerchphi", "polylog", "stieltjes"),
    "bernoulli": ("bernoulli", "euler", "genocchi"),
    "errors": (
        "erf",
        "erfi",
        "erf2",
        "erfinv",
        "erfcinv",
        "Si",
        "Shi",
        "Ci",
        "Chi",
        "fresnels",
        "fresnelc",
        "li",
        "Li",
        "Ei",
    ),
    "exponential_integrals": ("expint", "uppergamma", "lowergamma", "betainc", "betainc_regularized", "LambertW"),
    "bessel": ("besselj", "bessely", "besseli", "besselk", "hankel1", "hankel2", "jn", "yn"),
    "airy": ("airyai", "airybi", "airyaiprime", "airybiprime"),
    "elliptic": ("elliptic_k", "elliptic_e", "elliptic_f", "elliptic_pi"),
    "polynomials": ("legendre", "hermite", "hermite_prob", "laguerre", "assoc_laguerre", "gegenbauer", "jacobi"),
    "chebyshev": ("chebyshevt", "chebyshevu"),
    "sequences": ("fibonacci", "lucas", "bell", "stirling_s2", "partition"),
    "divisors": ("gcd", "lcm"),
    "arithmetic_functions": ("totient", "divisor_sigma", "Mod"),
    "elementary": ("sinc", "Heaviside"),
}
_FAMILY_OF = {name: family for family, names in FAMILIES.items() for name in names}


Entry: TypeAlias = tuple[tuple[Axiom, ...], Rule | None, tuple[Axiom, ...], tuple[Shift, ...]]


def known(function: Any) -> Entry | None:
    """What the table says of a function."""
    return _known(function) if function.__name__ in _FAMILY_OF else None


@cache
def _known(function: Any) -> Entry | None:
    family = load(_FAMILY_OF[function.__name__])
    axioms = tuple(a for a in family.axioms if a.function.head is function)
    shifts = tuple(s for s in family.shifts if s.function.head is function)
    shifts += tuple(ladder.shift() for ladder in family.ladders if ladder.function.head is function)
    rule = (family.rules or {}).get(function)
    last = tuple(a for a in family.last if a.function.head is function)
    return (axioms, rule, last, shifts) if axioms or rule or last or shifts else None


@cache
def slope(function: Any, arguments: int, position: int) -> Slope | None:
    """What the table says of the derivative of a function of so many arguments by one of them."""
    if function.__name__ not in _FAMILY_OF:
        return None
    family = load(_FAMILY_OF[function.__name__])
    for known in (*family.slopes, *(ladder.slope() for ladder in family.ladders if ladder.function.head is function)):
        if known.function.head is function and len(known.args) == arguments and known.args[position] is known.by:
            return known
    return None


def load(name: str) -> Family:
    """One family."""
    found: Family = import_module(f"verify.normal.axioms.{name}").FAMILY
    return found
