"""Elementary functions that are not methods of balls, and the branch cuts of those that are.

Cuts as in SymPy and the DLMF (ch. 4): logarithm and powers along the negative reals, asin and acos outside [−1, 1],
atan on the imaginary axis beyond ±i, acosh left of 1.
"""

from __future__ import annotations

from collections.abc import Callable

import sympy
from flint import acb
from sympy import Expr

from verify.evaluate.field import Undefined
from verify.evaluate.special.entry import Ball, Entry, everywhere, has_zero, off_ray, right_of_cut


def _times_i(z: Ball) -> Ball:
    return acb(-z.imag, z.real)


def _inverse(z: Ball) -> Ball:
    if z == 0:
        raise Undefined("a division by zero")
    return 1 / z


def _at_inverse(function: Callable[[Ball], Ball]) -> Callable[[Ball], Ball]:
    return lambda z: function(_inverse(z))


def _asin_regular(z: Ball) -> bool:
    return off_ray(z, 1, True) and off_ray(z, -1, False)


def _atan_regular(z: Ball) -> bool:
    return _asin_regular(_times_i(z))


def _method(name: str, regular: Callable[..., bool] = everywhere) -> Entry:
    return Entry(lambda z: getattr(z, name)(), regular)


def _reciprocal(name: str, regular: Callable[[Ball], bool]) -> Entry:
    """The inverse of a reciprocal function: ``acot z = atan(1/z)``."""
    return Entry(_at_inverse(lambda z: getattr(z, name)()), lambda z: not has_zero(z) and regular(1 / z))


def _lambert(z: Ball, branch: Ball | None = None) -> Ball:
    k = 0 if branch is None else int(branch.real.unique_fmpz()) if branch.real.is_integer() else None
    if k is None:
        raise Undefined("a branch that is not a whole number")
    if k != 0 and z == 0:
        raise Undefined("a pole")
    return z.lambertw(k)


def _lambert_regular(z: Ball, branch: Ball | None = None) -> bool:
    if branch is None or branch == 0:
        return right_of_cut(z + acb(-1).exp())
    return bool(z.imag > 0 or z.imag < 0)  # on the reals these branches have cuts, or values that are not real


TABLE: dict[type[Expr], Entry] = {
    **{
        getattr(sympy, name): _method(name)
        for name in "exp sin cos tan cot sec csc sinh cosh tanh coth sech csch".split()
    },
    sympy.sinc: _method("sinc"),
    sympy.log: _method("log", right_of_cut),
    sympy.asin: _method("asin", _asin_regular),
    sympy.acos: _method("acos", _asin_regular),
    sympy.atan: _method("atan", _atan_regular),
    sympy.asinh: _method("asinh", lambda z: _atan_regular(z)),
    sympy.acosh: _method("acosh", lambda z: off_ray(z, 1, False)),
    sympy.atanh: _method("atanh", _asin_regular),
    sympy.acot: _reciprocal("atan", _atan_regular),
    sympy.asec: _reciprocal("acos", _asin_regular),
    sympy.acsc: _reciprocal("asin", _asin_regular),
    sympy.acoth: _reciprocal("atanh", _asin_regular),
    sympy.asech: _reciprocal("acosh", lambda z: off_ray(z, 1, False)),
    sympy.acsch: _reciprocal("asinh", _atan_regular),
    sympy.LambertW: Entry(_lambert, _lambert_regular),
}
