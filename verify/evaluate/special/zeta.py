"""Zeta functions, polylogarithms, Bernoulli and Euler polynomials (DLMF ch. 24 and 25)."""

from __future__ import annotations

from functools import lru_cache

import sympy
from flint import acb, arb, fmpq
from sympy import Expr

from verify.evaluate.field import Indeterminate, Undefined
from verify.evaluate.special.entry import Ball, Entry, broken, exactly, off_ray, right_of_cut, whole

LARGEST_ORDER = 2_000


def _zeta(s: Ball, a: Ball | None = None) -> Ball:
    if s == 1:
        raise Undefined("the pole of the zeta function")
    if a is None or a == 1:
        return s.zeta()
    n, k = whole(s), whole(a)
    if n is not None and n <= 0 and 1 - n <= LARGEST_ORDER:
        return bernoulli_polynomial(1 - n, a) / (n - 1)
    if k is not None and k <= 0:
        raise Undefined("a term of the zeta function is not finite")
    return s.zeta(a)


def _zeta_regular(s: Ball, a: Ball | None = None) -> bool:
    return a is None or whole(s) is not None or right_of_cut(a)


def _order(n: Ball) -> int:
    k = whole(n)
    if k is None:
        raise Indeterminate("an order that is not a whole number")
    if k < 0:
        raise Undefined("a negative order")
    if k > LARGEST_ORDER:
        raise Indeterminate("an order too large")
    return k


@lru_cache(maxsize=4096)
def bernoulli_number(n: int) -> fmpq:
    """``B_n``, with ``B_1 = −1/2``."""
    return fmpq(-1, 2) if n == 1 else fmpq.bernoulli(n)


def bernoulli_polynomial(n: int, x: Ball) -> Ball:
    """``B_n(x)``."""
    return x.bernoulli_poly(n)


def euler_polynomial(n: int, x: Ball) -> Ball:
    """``E_n(x) = 2/(n + 1)·(B_{n+1}(x) − 2^{n+1} B_{n+1}(x/2))`` (DLMF 24.4.22)."""
    return 2 * (bernoulli_polynomial(n + 1, x) - exactly(2 ** (n + 1)) * bernoulli_polynomial(n + 1, x / 2)) / (n + 1)


def _bernoulli(n: Ball, x: Ball | None = None) -> Ball:
    if x is not None and broken(n) and right_of_cut(x):
        return -n * _zeta(1 - n, x)  # DLMF 25.11.14, continued to orders between the whole ones, as SymPy has it
    order = _order(n)
    if x is not None and not x.is_zero():
        return bernoulli_polynomial(order, x)
    if order == 1 and x is None:
        raise Indeterminate("the Bernoulli number of order 1, on whose sign conventions differ")
    return acb(arb(bernoulli_number(order)))


def _euler(n: Ball, x: Ball | None = None) -> Ball:
    order = _order(n)
    if x is not None:
        return euler_polynomial(order, x)
    return exactly(int(sympy.euler(order))) if order <= 200 else exactly(2**order) * euler_polynomial(order, acb(0.5))


def _genocchi(n: Ball) -> Ball:
    order = _order(n)
    if order == 1:
        raise Indeterminate("the Genocchi number of order 1, on whose sign conventions differ")
    return 2 * (1 - exactly(2**order)) * acb(arb(bernoulli_number(order)))


def _polylog(s: Ball, z: Ball) -> Ball:
    if z == 1:
        if s.real > 1:
            return s.zeta()
        raise Undefined("a polylogarithm at its singularity")
    return acb(0) if z == 0 else z.polylog(s)


def _polylog_regular(s: Ball, z: Ball) -> bool:
    n = whole(s)
    return (n is not None and n <= 0) or off_ray(z, 1, True)


def _lerch(z: Ball, s: Ball, a: Ball) -> Ball:
    k, n = whole(a), whole(s)
    if k is not None and k <= 0 and not (n is not None and n <= 0):
        raise Undefined("a term of the Lerch transcendent is not finite")
    return acb.lerch_phi(z, s, a)


def _stieltjes(n: Ball, a: Ball | None = None) -> Ball:
    return acb.stieltjes(_order(n)) if a is None else acb.stieltjes(_order(n), a)


TABLE: dict[type[Expr], Entry] = {
    sympy.zeta: Entry(_zeta, _zeta_regular),
    sympy.dirichlet_eta: Entry(lambda s: s.dirichlet_eta()),
    sympy.polylog: Entry(_polylog, _polylog_regular),
    sympy.lerchphi: Entry(_lerch, lambda z, s, a: off_ray(z, 1, True) and (whole(s) is not None or right_of_cut(a))),
    sympy.stieltjes: Entry(_stieltjes, lambda n, a=None: a is None or right_of_cut(a)),
    sympy.bernoulli: Entry(_bernoulli),
    sympy.euler: Entry(_euler),
    sympy.genocchi: Entry(_genocchi),
}
