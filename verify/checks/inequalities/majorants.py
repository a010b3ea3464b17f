"""Sizes of functions of complex numbers by majorants of their power series: |Σ aₙ·zⁿ| ≤ Σ |aₙ|·|z|ⁿ.

|sin z| ≤ sinh |z|, |exp z − 1| ≤ exp |z| − 1, |log(1 + z)| ≤ −log(1 − |z|) (Markushevich, *Theory of Functions of a
Complex Variable*, volume 1, on majorant series). What is left is an inequality in |z|, for which a real number stands.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from sympy import (
    Abs,
    Add,
    Expr,
    Mul,
    Pow,
    S,
    Symbol,
    asin,
    asinh,
    atan,
    atanh,
    cos,
    cosh,
    exp,
    log,
    nan,
    oo,
    sin,
    sinh,
    zoo,
)

from verify.checks.common import all_sizes, facts_of
from verify.checks.inequalities.in_real_numbers import following
from verify.checks.inequalities.order import known
from verify.config import Settings
from verify.facts import Facts
from verify.model import Claim, Evidence, Givens, Relation, Verdict
from verify.occurs import free_symbols
from verify.terms import Proposition, Rel, free, written_out

ENTIRE: dict[type[Expr], Callable[[Expr], Expr]] = {sin: sinh, cos: cosh, sinh: sinh, cosh: cosh, exp: exp}
WITHIN: dict[type[Expr], Callable[[Expr], Expr]] = {atan: atanh, atanh: atanh, asin: asin, asinh: asin}
"""Those of the second kind for |z| < 1."""
TURNED = {Relation.GE: Relation.LE, Relation.GT: Relation.LT}


class _Other(Exception):
    """A size that is not bounded here."""


def check(claim: Claim, settings: Settings) -> Evidence | None:
    """PROVED where the majorants are small enough; it says nothing otherwise."""
    if claim.relation not in (Relation.LT, Relation.LE, Relation.GT, Relation.GE):
        return None
    assert isinstance(claim.lhs, Expr) and isinstance(claim.rhs, Expr)
    small, large = written_out(claim.lhs), written_out(claim.rhs)
    relation = TURNED.get(claim.relation, claim.relation)
    if relation is not claim.relation:
        small, large = large, small
    complexes = [s for s in free(small) | free(large) if not s.is_extended_real]
    if len(complexes) != 1 or claim.premises:
        return None
    (z,) = complexes
    try:
        bound = _most(small, z, facts_of(claim))
    except _Other:
        return None
    reason = "the terms of the power series are added by their sizes"
    if relation is Relation.LE and (bound - large).expand() == 0:
        return Evidence("majorants", Verdict.PROVED, reason, all_sizes(claim))
    r = Symbol(f"‹|{z}|›", nonnegative=True)
    constraints = [_in_size(c, z, r) for c in claim.givens.constraints]
    lhs, rhs = bound.xreplace({Abs(z): r}), large.xreplace({Abs(z): r})
    if _infinite(lhs, r) and not _infinite(rhs, r):
        return None  # on the circle of convergence there is no bound
    if z in free(lhs) | free(rhs) or any(c is None for c in constraints):
        return None
    symbols = (*(s for s in claim.givens.symbols if s != z), r)
    givens = Givens(symbols, tuple(c for c in constraints if c is not None))
    real = replace(claim, lhs=lhs, relation=relation, rhs=rhs, givens=givens)
    return following(claim, real, "majorants", reason, settings)


def _infinite(e: Expr, r: Symbol) -> bool:
    """Whether it has no value for |z| = 1."""
    return bool(e.xreplace({r: S.One}).has(oo, -oo, zoo, nan))


def _in_size(c: Proposition, z: Symbol, r: Symbol) -> Proposition | None:
    """A condition on z as one on |z|."""
    if z not in free_symbols((c,)):
        return c
    if not isinstance(c, Rel):
        return None
    c = Rel(c.op, c.lhs.xreplace({Abs(z): r}), c.rhs.xreplace({Abs(z): r}))
    return None if z in free_symbols((c,)) else c


def _most(e: Expr, z: Symbol, facts: Facts) -> Expr:
    """What a real expression is at most, by the sizes in it that are added with a plus."""
    if isinstance(e, Abs):
        return _size(e.args[0], z, facts)
    if isinstance(e, Add):
        return Add(*(_most(a, z, facts) for a in e.args))
    coefficient, rest = e.as_coeff_Mul()
    if isinstance(rest, Abs) and coefficient.is_positive:
        return coefficient * _size(rest.args[0], z, facts)
    return e


def _size(e: Expr, z: Symbol, facts: Facts) -> Expr:
    """What |e| is at most: a function of |z| that does not fall."""
    if z not in free(e):
        return Abs(e)
    if e == z:
        return Abs(z)
    if isinstance(e, Mul):
        return Mul(*(_size(a, z, facts) for a in e.args))
    if isinstance(e, Pow) and e.exp.is_Integer and e.exp.is_positive:
        return _size(e.base, z, facts) ** e.exp
    if isinstance(e, Add):
        without = [a for a in e.args if a != S.NegativeOne]
        if len(without) == 1 and len(e.args) == 2 and isinstance(without[0], exp | cos | cosh):
            return _size(without[0], z, facts) - 1  # the first term of the series is 1
        return Add(*(_size(a, z, facts) for a in e.args))
    if type(e) in ENTIRE:
        return ENTIRE[type(e)](_size(e.args[0], z, facts))
    inner = e.args[0] - 1 if isinstance(e, log) else e.args[0] if type(e) in WITHIN else None
    if inner is None:
        raise _Other
    size = _size(inner, z, facts)
    inside = known(Rel(Relation.LT, size, S.One), facts)
    if not inside and not (inner == z and known(Rel(Relation.LE, size, S.One), facts)):
        raise _Other
    return -log(1 - size) if isinstance(e, log) else WITHIN[type(e)](size)
