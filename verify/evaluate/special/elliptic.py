"""Elliptic integrals with the *parameter* ``m = k²`` as SymPy has them (DLMF ch. 19 has the modulus ``k``)."""

from __future__ import annotations

import sympy
from flint import acb
from sympy import Expr

from verify.evaluate.field import Undefined
from verify.evaluate.special.entry import Ball, Entry, off_ray


def _first(m: Ball) -> Ball:
    if m == 1:
        raise Undefined("the elliptic integral K at 1")
    return m.elliptic_k()


def _second(*args: Ball) -> Ball:
    return args[0].elliptic_e() if len(args) == 1 else acb.elliptic_e_inc(*args)


def _third(n: Ball, *rest: Ball) -> Ball:
    if n == 1:
        raise Undefined("the elliptic integral Π at n = 1")
    if len(rest) == 1:
        if rest[0] == 1:
            raise Undefined("the elliptic integral Π at m = 1")
        return acb.elliptic_pi(n, rest[0])
    return acb.elliptic_pi_inc(n, *rest)


def _complete(*args: Ball) -> bool:
    return all(off_ray(m, 1, True) for m in args)


def _incomplete(phi: Ball, m: Ball) -> bool:
    """Off the cuts: |Re φ| < π/2, and ``m sin²φ`` off the ray from 1."""
    quarter = acb.pi().real / 2
    return bool(abs(phi.real) < quarter) and off_ray(m * phi.sin() ** 2, 1, True)


def _e_regular(*args: Ball) -> bool:
    return _complete(*args) if len(args) == 1 else _incomplete(*args)


def _pi_regular(n: Ball, *rest: Ball) -> bool:
    if len(rest) == 1:
        return _complete(n, *rest)
    return _incomplete(*rest) and off_ray(n * rest[0].sin() ** 2, 1, True)


TABLE: dict[type[Expr], Entry] = {
    sympy.elliptic_k: Entry(_first, _complete),
    sympy.elliptic_f: Entry(lambda phi, m: acb.elliptic_f(phi, m), _incomplete),
    sympy.elliptic_e: Entry(_second, _e_regular),
    sympy.elliptic_pi: Entry(_third, _pi_regular),
}
