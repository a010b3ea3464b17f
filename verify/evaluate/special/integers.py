"""Functions of whole numbers with whole values: exact, however large the numbers are."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from inspect import signature
from math import comb, gcd, lcm
from typing import Any

import sympy
from flint import fmpz
from sympy import Expr

from verify.evaluate.field import Undefined, Unsupported
from verify.terms import whole

LARGEST_INDEX = 20_000
LARGEST_FACTORED = 10**40


def _index(n: int) -> int:
    if abs(n) > LARGEST_INDEX:
        raise Unsupported(f"an index of more than {LARGEST_INDEX}")
    return n


def _natural(n: int) -> int:
    if n < 0:
        raise Undefined("a negative index")
    return _index(n)


def _positive(n: int) -> int:
    if n < 1:
        raise Undefined("an arithmetic function at a number below 1")
    if n > LARGEST_FACTORED:
        raise Unsupported("a number too large to factor")
    return n


def fibonacci(n: int) -> int:
    """``F_n``, also for negative ``n``."""
    value = int(fmpz.fib_ui(fmpz(abs(_index(n)))))
    return -value if n < 0 and n % 2 == 0 else value


def lucas(n: int) -> int:
    """``L_n``, also for negative ``n``."""
    return 2 * fibonacci(n + 1) - fibonacci(n)


def binomial(n: int, k: int) -> int:
    """``n(n − 1)…(n − k + 1)/k!`` for every whole ``n``."""
    if k < 0:
        if n < 0:
            raise Undefined("a binomial coefficient of two negative numbers")  # conventions differ
        return 0
    _index(k)
    return comb(n, k) if n >= 0 else (-1) ** k * comb(k - n - 1, k)


def factorial(n: int) -> int:
    """``n!``."""
    if n < 0:
        raise Undefined("a factorial of a negative number")
    if n > 3_000:
        raise Unsupported("a factorial too large to write down")
    return int(fmpz.fac_ui(fmpz(n)))


def stirling_second(n: int, k: int) -> int:
    """The number of partitions of ``n`` things into ``k`` parts."""
    if n < 0 or k < 0:
        raise Undefined("a Stirling number with a negative index")
    if n > 400:
        raise Unsupported("a Stirling number with a large index")
    return int(fmpz.stirling_s2(n, k))


def stirling_first(n: int, k: int) -> int:
    """The signed number of permutations of ``n`` things with ``k`` cycles."""
    if n < 0 or k < 0:
        raise Undefined("a Stirling number with a negative index")
    if n > 400:
        raise Unsupported("a Stirling number with a large index")
    return int(fmpz.stirling_s1(n, k))


def bell(n: int) -> int:
    """The number of partitions of a set."""
    return int(fmpz.bell_number(_natural(n)))


def partitions(n: int) -> int:
    """The number of partitions of ``n``; none of a negative number."""
    return 0 if n < 0 else int(fmpz.partitions_p(fmpz(_index(n))))


def catalan(n: int) -> int:
    """``C(2n, n)/(n + 1)``."""
    return comb(2 * _natural(n), n) // (n + 1)


def euler(n: int) -> int:
    """The Euler number ``E_n``."""
    return int(fmpz.euler_number(_natural(n)))


def _mod(a: int, b: int) -> int:
    if b == 0:
        raise Undefined("a division by zero")
    return a % b


def _divisors_power(n: int, k: int = 1) -> int:
    if k < 0 or k > 200:
        raise Unsupported("a power of divisors that is not small")
    return int(fmpz(_positive(n)).divisor_sigma(k))


def _symbol(function: Callable[[int, int], Expr]) -> Callable[[int, int], int]:
    def value(a: int, n: int) -> int:
        try:
            return int(function(a, n))
        except ValueError as error:
            raise Undefined(str(error)) from None

    return value


def _kronecker(i: int, j: int) -> int:
    return int(i == j)


_TABLE: dict[type[Expr], Callable[..., int]] = {
    whole.gcd: gcd,
    whole.lcm: lcm,
    whole.stirling_s1: stirling_first,
    whole.stirling_s2: stirling_second,
    sympy.fibonacci: fibonacci,
    sympy.lucas: lucas,
    sympy.binomial: binomial,
    sympy.factorial: factorial,
    sympy.bell: bell,
    sympy.partition: partitions,
    sympy.catalan: catalan,
    sympy.euler: euler,
    sympy.Mod: _mod,
    sympy.KroneckerDelta: _kronecker,
    sympy.Abs: abs,
    sympy.sign: lambda n: (n > 0) - (n < 0),
    sympy.totient: lambda n: int(fmpz(_positive(n)).euler_phi()),
    sympy.reduced_totient: lambda n: int(sympy.reduced_totient(_positive(n))),
    sympy.divisor_sigma: _divisors_power,
    sympy.mobius: lambda n: int(fmpz(_positive(n)).moebius_mu()),
    sympy.primenu: lambda n: len(fmpz(_positive(n)).factor()),
    sympy.primeomega: lambda n: sum(power for _, power in fmpz(_positive(n)).factor()),
    sympy.primepi: lambda n: int(sympy.primepi(_index(n))) if n > 1 else 0,
    sympy.tribonacci: lambda n: int(sympy.tribonacci(_natural(n))),
    sympy.motzkin: lambda n: int(sympy.motzkin(_natural(n))),
    sympy.jacobi_symbol: _symbol(sympy.jacobi_symbol),
    sympy.kronecker_symbol: _symbol(sympy.kronecker_symbol),
    sympy.legendre_symbol: _symbol(sympy.legendre_symbol),
}

OF_POSITIVE_NUMBERS = frozenset(
    {sympy.totient, sympy.reduced_totient, sympy.divisor_sigma, sympy.mobius, sympy.primenu, sympy.primeomega}
)
"""Functions of divisors: of what is no positive whole number they have no value."""


@cache
def _arity(function: Any) -> int:
    """How many arguments a function of the table takes."""
    value = _TABLE[function]
    return 2 if value in (gcd, lcm) else len(signature(value).parameters)


def integer_function(function: Any, count: int) -> Callable[..., int] | None:
    """The function of so many whole numbers, if its value is one."""
    value = _TABLE.get(function)
    if value is None or (count != _arity(function) and (function, count) != (sympy.divisor_sigma, 1)):
        return None
    return value
