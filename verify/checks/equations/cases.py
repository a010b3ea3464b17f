"""Proofs by cases and by induction, for equations that one canonical form does not settle.

A whole number is even or odd (:mod:`~verify.checks.equations.parity`); the variable that ``Piecewise`` compares with a
number has that value or not; derivatives of symbolic order follow from one another
(:mod:`~verify.checks.equations.induction`); one whole number is at least another
(:mod:`~verify.checks.equations.offsets`). Each case is settled by the canonical form.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from sympy import Eq, Expr, Ne, Piecewise, S, Symbol

from verify import normal
from verify.checks.common import all_sizes, restated
from verify.checks.equations.induction import by_order
from verify.checks.equations.offsets import by_offset
from verify.checks.equations.one_case import Proofs, proved, put
from verify.checks.equations.parity import by_parity
from verify.checks.evidence.record import records
from verify.config import Settings
from verify.model import Claim, Evidence, Givens, Relation, Verdict
from verify.terms import Rel, free


def check(claim: Claim, settings: Settings) -> Evidence | None:
    """PROVED where each of the cases is; it says nothing otherwise."""
    if claim.relation is not Relation.EQ:
        return None
    assert isinstance(claim.lhs, Expr) and isinstance(claim.rhs, Expr)
    for way in (by_order, _by_value, by_parity, by_offset):
        try:
            found = way(claim)
        except normal.NormalError:
            continue
        if found is not None:
            words, proofs = found
            conditions = tuple(dict.fromkeys(c for proof in proofs for c in proof.conditions))
            return Evidence(
                "cases", Verdict.PROVED, words, all_sizes(claim), conditions, proofs=records(settings, *proofs)
            )
    return None


def _by_value(claim: Claim) -> tuple[str, Proofs] | None:
    """Where the variable of a ``Piecewise`` has the value that it is compared with, and where not."""
    for x, value, asked in _compared(claim):
        at = proved(put(_answered(claim, asked, True), x, value))
        if at is None:
            continue
        constraints = (*claim.givens.constraints, Rel(Relation.NE, x, value))
        givens = Givens(claim.givens.symbols, constraints)
        elsewhere = proved(replace(_answered(claim, asked, False), givens=givens))
        if elsewhere is not None:
            return f"for {x} = {value} and for {x} ≠ {value}", [*at, *elsewhere]
    return None


def _answered(claim: Claim, asked: set[Any], equal: bool) -> Claim:
    """The claim where the two are equal, or where they are not."""
    answers = {c: S.true if isinstance(c, Eq) is equal else S.false for c in asked}
    lhs, rhs = (side.xreplace(answers) for side in (claim.lhs, claim.rhs))  # type: ignore[union-attr]
    return restated(claim, lhs, rhs)


def _compared(claim: Claim) -> Iterator[tuple[Symbol, Expr, set[Any]]]:
    """Symbols with a value that they are compared with, and all comparisons of the two."""
    asked = {c for side in (claim.lhs, claim.rhs) for p in side.atoms(Piecewise) for c in p.atoms(Eq, Ne)}  # type: ignore[union-attr]
    symbols = set(claim.givens.symbols)  # what a sum runs over has no one value
    for c in sorted(asked, key=str):
        for x, value in ((c.lhs, c.rhs), (c.rhs, c.lhs)):
            if isinstance(x, Symbol) and x in symbols and free(value) <= symbols - {x}:
                yield x, value, {d for d in asked if {d.lhs, d.rhs} == {x, value}}
                break
