"""Equations between logarithms and powers of complex numbers, in polar coordinates.

For w ≠ 0 with ρ = log |w| and θ = arg w, log w = ρ + iθ and wᵉ = exp(e·(ρ + iθ)) (DLMF 4.2.3, 4.2.26). What holds for
all real ρ and θ holds for w.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from sympy import (
    Abs,
    Derivative,
    Dummy,
    Expr,
    I,
    Integer,
    Integral,
    Limit,
    Pow,
    Subs,
    arg,
    conjugate,
    exp,
    im,
    log,
    re,
)

from verify.checks.common import facts_of
from verify.checks.equations.rewritten import settled
from verify.config import Settings
from verify.model import Claim, Evidence, Givens, Relation
from verify.terms import free

MOST = 3  # different numbers


def check(claim: Claim, settings: Settings) -> Evidence | None:
    """PROVED where the canonical forms are the same in polar coordinates; it says nothing otherwise."""
    if claim.relation is not Relation.EQ:
        return None
    assert isinstance(claim.lhs, Expr) and isinstance(claim.rhs, Expr)
    sides = (claim.lhs, claim.rhs)
    if not any(side.has(Abs, arg, re, im, conjugate) for side in sides):
        return None
    if any(side.has(Derivative, Subs, Integral, Limit) for side in sides):
        return None  # what is done with w there is not done with ρ and θ
    numbers = {w for side in sides for w in _numbers(side)}
    squares = {_square(w) for w in numbers}
    numbers = {w for w in numbers if w.as_base_exp()[0] not in squares}
    facts = facts_of(claim)
    if not 1 <= len(numbers) <= MOST or not all(free(w) <= set(claim.givens.symbols) for w in numbers):
        return None
    if not all(facts.nonzero(w) for w in numbers):
        return None
    ordered = sorted(numbers, key=str)
    polar = {w: (Dummy(f"ρ{i}", real=True), Dummy(f"θ{i}", real=True)) for i, w in enumerate(ordered)}
    symbols = (*claim.givens.symbols, *(s for pair in polar.values() for s in pair))
    givens = Givens(symbols, claim.givens.constraints)
    radii: dict[Any, Expr] = {_square(w): exp(2 * rho) for w, (rho, _) in polar.items()}
    lhs, rhs = (_in_polar(side, polar).xreplace(radii) for side in sides)
    inside = facts_of(replace(claim, lhs=lhs, rhs=rhs, givens=givens, principal=True))
    reason = "the canonical forms are the same in polar coordinates"
    return settled("polar", reason, claim, (lhs, rhs), inside, settings)


def _numbers(side: Expr) -> set[Expr]:
    """What logarithms and arguments are taken of, and powers that are not whole."""
    found = {e.args[0] for e in side.atoms(log, arg)}
    found |= {e.base for e in side.atoms(Pow) if not e.exp.is_integer and not isinstance(e, exp)}
    return {w for w in found if free(w) and not w.is_positive and not _absolute(w)}


def _absolute(w: Expr) -> bool:
    """The logarithm and the powers of |w| are told by those of w, and a sum of squares is nothing that has an angle."""
    return w.has(Abs, arg, re, im)


def _square(w: Expr) -> Expr:
    """|w|², as SymPy writes it where the parts of w are real."""
    found: Expr = (w * conjugate(w)).expand()
    return found


def _in_polar(e: Expr, polar: dict[Expr, tuple[Dummy, Dummy]]) -> Expr:
    known = polar.get(e.args[0]) if e.args else None
    if known is not None:
        rho, theta = known
        if isinstance(e, Abs):
            return exp(rho)
        if isinstance(e, arg):
            return theta
        if isinstance(e, log):
            return rho + I * theta
        if isinstance(e, Pow) and not isinstance(e.exp, Integer):
            return exp(_in_polar(e.exp, polar) * (rho + I * theta))
    if not e.args:
        return e
    return e.func(*(_in_polar(a, polar) if isinstance(a, Expr) else a for a in e.args))
