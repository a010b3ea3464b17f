"""Functions and their arguments that are wrong."""

from __future__ import annotations

import sympy
from sympy import Add, Expr, Function, Mul, Pow, exp, log

from benchmarks.slips.kinds.mutant import Found, Words, called, is_scalar
from benchmarks.slips.places import Place
from verify.terms import Index, sigmoid

_CONFUSED: dict[type, tuple[type, ...]] = {
    sympy.sin: (sympy.cos,),
    sympy.cos: (sympy.sin,),
    sympy.tan: (sympy.cot,),
    sympy.sinh: (sympy.cosh, sympy.sin),
    sympy.cosh: (sympy.sinh, sympy.cos),
    sympy.tanh: (sympy.tan, sympy.coth),
    sympy.asin: (sympy.acos,),
    sympy.atan: (sympy.atanh,),
    sympy.atanh: (sympy.atan,),
    sympy.asinh: (sympy.acosh,),
    sigmoid: (sympy.tanh,),
    exp: (log,),
    log: (exp,),
    sympy.gamma: (sympy.factorial,),
    sympy.erf: (sympy.erfc,),
}


def _one_argument(part: Expr) -> bool:
    return isinstance(part, Function) and len(part.args) == 1 and isinstance(part.args[0], Expr)


def function(place: Place, words: Words) -> Found:
    """A function for which another is easily taken."""
    if _one_argument(place.part):
        for other in _CONFUSED.get(type(place.part), ()):
            yield called("function"), other(place.part.args[0])


def lost_function(place: Place, words: Words) -> Found:
    """The argument in the place of the function."""
    if _one_argument(place.part):
        yield called("lost-function"), place.part.args[0]


def extra_function(place: Place, words: Words) -> Found:
    """A function too many."""
    if place.part.is_number or isinstance(place.part, Index) or not is_scalar(place.part):
        return
    for outer in words.functions[:3]:
        if type(place.part) is not outer and not isinstance(place.whole, Pow | Mul):
            yield called("extra-function"), outer(place.part)


def argument(place: Place, words: Words) -> Found:
    """An argument of the wrong sign, or doubled."""
    if _one_argument(place.part):
        inner = place.part.args[0]
        yield called("argument", "sign"), place.part.func(-inner)
        yield called("argument", "extra-factor", "constant"), place.part.func(2 * inner)


def not_linear(place: Place, words: Words) -> Found:
    """A function, or a square, of each term."""
    part = place.part
    if _one_argument(part) and isinstance(part.args[0], Add):
        yield called("not-linear"), Add(*(part.func(term) for term in part.args[0].args))
    if isinstance(part, Pow) and isinstance(part.base, Add) and part.exp == 2:
        yield called("not-linear", "missing-term"), Add(*(term**2 for term in part.base.args))


def brackets(place: Place, words: Words) -> Found:
    """A factor that reaches the first term only."""
    part = place.part
    if not isinstance(part, Mul):
        return
    for total in part.args:
        if isinstance(total, Add):
            factor = Mul(*(f for f in part.args if f is not total))
            named = "sign" if factor == -1 else "missing-factor"
            for reached in total.args:
                yield called("brackets", named), Add(*(factor * t if t is reached else t for t in total.args))
