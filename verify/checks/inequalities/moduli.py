"""Inequalities between the sizes of circular and hyperbolic functions of complex numbers, in real variables.

|sin(x + iy)|² = sin² x + sinh² y, and the like (DLMF 4.21.41, 4.35.38 by squares, and 4.2.26): what is left is an
inequality of real numbers, which the other checks are asked.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

from sympy import Abs, Expr, I, Mul, Symbol, cos, cosh, csc, csch, exp, im, re, sec, sech, sin, sinh, sqrt

from verify.checks.inequalities.in_real_numbers import following
from verify.config import Settings
from verify.model import Claim, Evidence, Givens, Relation
from verify.occurs import free_symbols
from verify.terms import Proposition, Rel, free

INEQUALITIES = (Relation.LT, Relation.LE, Relation.GT, Relation.GE)
SQUARES: dict[type[Expr], Callable[[Expr, Expr], Expr]] = {
    sin: lambda x, y: sin(x) ** 2 + sinh(y) ** 2,
    cos: lambda x, y: cos(x) ** 2 + sinh(y) ** 2,
    sinh: lambda x, y: sinh(x) ** 2 + sin(y) ** 2,
    cosh: lambda x, y: sinh(x) ** 2 + cos(y) ** 2,
}
"""|f(x + iy)|² for real x and y."""
RECIPROCAL: dict[type[Expr], type[Expr]] = {csc: sin, sec: cos, csch: sinh, sech: cosh}


def check(claim: Claim, settings: Settings) -> Evidence | None:
    """PROVED where an inequality in real variables is; it says nothing otherwise."""
    if claim.relation not in INEQUALITIES:
        return None
    assert isinstance(claim.lhs, Expr) and isinstance(claim.rhs, Expr)
    sides = (claim.lhs, claim.rhs)
    waves = {f for side in sides for f in side.atoms(*SQUARES, *RECIPROCAL)}
    if all(f.args[0].is_extended_real for f in waves):
        return None
    complexes = [s for s in claim.givens.symbols if not s.is_extended_real and s in free(sides[0]) | free(sides[1])]
    parts = {z: (Symbol(f"‹Re {z}›", real=True), Symbol(f"‹Im {z}›", real=True)) for z in complexes}
    constraints = _constraints(claim.givens.constraints, parts)
    if constraints is None:
        return None
    lhs, rhs = (_real(side, parts) for side in sides)
    symbols = (*(s for s in claim.givens.symbols if s not in parts), *(s for pair in parts.values() for s in pair))
    if any(s.is_extended_real is not True for s in symbols) or lhs.has(I) or rhs.has(I):
        return None
    if parts.keys() & (free(lhs) | free(rhs)):
        return None  # a complex number is left
    real = replace(claim, lhs=lhs, rhs=rhs, givens=Givens(symbols, constraints), premises=())
    return following(claim, real, "moduli", "the squares of the sizes", settings)


def _constraints(
    constraints: Sequence[Proposition], parts: dict[Symbol, tuple[Symbol, Symbol]]
) -> tuple[Proposition, ...] | None:
    """What is given, by real and imaginary parts; ``None`` where it cannot be said so."""
    found: list[Proposition] = []
    for c in constraints:
        if not parts.keys() & free_symbols((c,)):
            found.append(c)
        elif isinstance(c, Rel):
            c = Rel(c.op, _real(c.lhs, parts), _real(c.rhs, parts))
            if parts.keys() & free_symbols((c,)) or c.lhs.has(I) or c.rhs.has(I):
                return None
            found.append(c)
        else:
            return None
    return tuple(found)


def _real(e: Expr, parts: dict[Symbol, tuple[Symbol, Symbol]]) -> Expr:
    if isinstance(e, Abs | re | im):
        inner = e.args[0]
        outer = RECIPROCAL.get(type(inner), type(inner))
        if isinstance(e, Abs) and outer in SQUARES:
            size = sqrt(SQUARES[outer](*_parts(inner.args[0], parts)))
            return 1 / size if type(inner) in RECIPROCAL else size
        if isinstance(e, Abs) and isinstance(inner, exp):
            return exp(_parts(inner.args[0], parts)[0])
        if free(inner) & parts.keys():
            x, y = _parts(inner, parts)
            return x if isinstance(e, re) else y if isinstance(e, im) else sqrt(x**2 + y**2)
    if not e.args:
        return e
    if isinstance(e, Mul):
        e = _paired(e)
    elif type(e) in RECIPROCAL:
        return 1 / RECIPROCAL[type(e)](_real(e.args[0], parts))
    return e.func(*(_real(a, parts) if isinstance(a, Expr) else a for a in e.args))


def _paired(e: Mul) -> Expr:
    """f(w)·f(w̄) is |f(w)|²: SymPy writes sizes so where it knows the parts of w."""
    factors = list(e.args)
    for f in e.args:
        outer = RECIPROCAL.get(type(f), type(f))
        if outer not in SQUARES or f not in factors:
            continue
        x, y = f.args[0].as_real_imag()
        other = f.func(x - I * y)
        if y != 0 and other in factors:
            factors.remove(f)
            factors.remove(other)
            square = SQUARES[outer](x, y)
            factors.append(1 / square if type(f) in RECIPROCAL else square)
    return Mul(*factors)


def _parts(w: Expr, parts: dict[Symbol, tuple[Symbol, Symbol]]) -> tuple[Expr, Expr]:
    x, y = w.xreplace({z: a + I * b for z, (a, b) in parts.items()}).as_real_imag()
    return x, y
