"""Sequences that are equal because their exponential generating functions are.

A(t) = Σ aₙ·tⁿ/n!. Then aₙ₊₁ has the function A′(t), n·aₙ has t·A′(t), cⁿ·aₙ has A(c·t), and Σ C(n, k)·aₖ·bₙ₋ₖ has
A(t)·B(t) (Graham, Knuth, Patashnik, *Concrete Mathematics*, 7.6; Wilf, *generatingfunctionology*, 2.3).
"""

from __future__ import annotations

from dataclasses import replace

from sympy import (
    Add,
    Expr,
    Integer,
    S,
    Symbol,
    bell,
    bernoulli,
    binomial,
    denom,
    euler,
    lcm,
)

from verify import normal
from verify.checks.common import all_sizes, equal, facts_of
from verify.checks.equations.one_case import Proofs, proved, put
from verify.checks.equations.sequences import FUNCTIONS, Other, Reader, scaled, t
from verify.checks.evidence.record import records
from verify.config import Settings
from verify.model import Claim, Evidence, Givens, Relation, Verdict
from verify.normal.binding.telescoping import beginning_given
from verify.occurs import free_symbols
from verify.terms import free, written_out
from verify.terms.whole import stirling_s2

MOST_SINGLE = 3  # values of n that are looked at one by one


def check(claim: Claim, settings: Settings) -> Evidence | None:
    """PROVED where the generating functions of both sides are equal; it says nothing otherwise."""
    if claim.relation is not Relation.EQ:
        return None
    assert isinstance(claim.lhs, Expr) and isinstance(claim.rhs, Expr)
    sides = (written_out(claim.lhs), written_out(claim.rhs))
    if not any(side.has(*FUNCTIONS) for side in sides):
        return None
    for n in claim.givens.symbols:
        if n.is_integer and any(n in free(side) for side in sides):
            try:
                proofs = _by(claim, sides, n)
            except (Other, normal.NormalError):
                continue
            if proofs is not None:
                reason = f"their generating functions are equal, Σ over {n} of the terms times t^{n}/{n}!"
                return Evidence(
                    "generating", Verdict.PROVED, reason, all_sizes(claim), proofs=records(settings, *proofs)
                )
    return None


def _by(claim: Claim, sides: tuple[Expr, Expr], n: Symbol) -> Proofs | None:
    start = beginning_given(claim.givens, n)
    if not isinstance(start, Integer) or start < 0:
        return None
    least = _lowest(sides, n)
    reader = Reader(n)
    moved = [side.xreplace({n: n + least}) for side in sides] if least else list(sides)
    left, right = (reader.terms(side) for side in moved)
    below = lcm([denom(rational) for rational, _ in (*left, *right)] or [S.One])
    functions = [Add(*(scaled(rational * below, f, n) for rational, f in side)) for side in (left, right)]
    first = max(least, least + reader.least)
    proofs: Proofs = []
    if first - int(start) > MOST_SINGLE:
        return None
    for value in range(int(start), first):
        if _negative(sides, n, value):
            continue  # there a side has no value
        single = proved(put(claim, n, Integer(value)))
        if single is None:
            return None
        proofs += single
    symbols = (*(s for s in claim.givens.symbols if s != n), t)
    constraints = tuple(c for c in claim.givens.constraints if n not in free_symbols((c,)))
    for _ in range(max(int(start), first) - least):
        functions = [f.diff(t) for f in functions]  # the first terms are of no account
    wider = replace(claim, lhs=functions[0], rhs=functions[1], givens=Givens(symbols, constraints), principal=True)
    proof = equal(functions[0], functions[1], facts_of(wider))
    return None if proof is None else [*proofs, proof]


def _lowest(sides: tuple[Expr, Expr], n: Symbol) -> int:
    """How far n is to be moved for no index to be negative."""
    shifts = [f.args[0] - n for side in sides for f in side.atoms(*FUNCTIONS, binomial)]
    return max([0, *(-int(shift) for shift in shifts if isinstance(shift, Integer))])


def _negative(sides: tuple[Expr, Expr], n: Symbol, value: int) -> bool:
    indices = [f.args[0] for side in sides for f in side.atoms(bernoulli, euler, bell, stirling_s2)]
    return any(free(i) == {n} and i.xreplace({n: Integer(value)}).is_negative for i in indices)
