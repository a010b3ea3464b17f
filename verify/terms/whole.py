"""Functions of whole numbers that SymPy has no node for."""

from __future__ import annotations

import sympy
from sympy import Expr, Function, Integer


class gcd(Function):
    """The greatest common divisor of whole numbers (SymPy's own is that of polynomials)."""

    is_integer = True
    is_nonnegative = True

    @classmethod
    def eval(cls, a: Expr, b: Expr) -> Expr | None:
        return sympy.igcd(a, b) if isinstance(a, Integer) and isinstance(b, Integer) else None


class lcm(Function):
    """The least common multiple of whole numbers."""

    is_integer = True
    is_nonnegative = True

    @classmethod
    def eval(cls, a: Expr, b: Expr) -> Expr | None:
        return sympy.ilcm(a, b) if isinstance(a, Integer) and isinstance(b, Integer) else None


class stirling_s2(Function):
    """The number of partitions of ``n`` things into ``k`` parts (Stirling numbers of the second kind)."""

    is_integer = True
    is_nonnegative = True

    @classmethod
    def eval(cls, n: Expr, k: Expr) -> Expr | None:
        if isinstance(n, Integer) and isinstance(k, Integer) and 0 <= n <= 300 and k >= 0:
            return sympy.functions.combinatorial.numbers.stirling(n, k, kind=2)
        return None


class stirling_s1(Function):
    """The signed number of permutations of ``n`` things with ``k`` cycles (Stirling numbers of the first kind)."""

    is_integer = True

    @classmethod
    def eval(cls, n: Expr, k: Expr) -> Expr | None:
        if isinstance(n, Integer) and isinstance(k, Integer) and 0 <= n <= 300 and k >= 0:
            return sympy.functions.combinatorial.numbers.stirling(n, k, kind=1, signed=True)
        return None
