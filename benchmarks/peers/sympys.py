"""SymPy: what people write to compare two expressions, ``simplify(a − b) == 0`` and ``a.equals(b)``."""

from __future__ import annotations

from typing import Any

from sympy import S, simplify

from benchmarks.answers import Outcome
from benchmarks.peers import plain
from benchmarks.peers.peer import Peer, guarded
from verify.model import Relation


def _simplify(given: plain.Plain) -> Outcome:
    """An equality: whether the difference simplifies to 0; a relation: whether it simplifies to true or false.

    That the difference does not become 0 is no refutation, unless SymPy knows that it is not zero.
    """
    if given.relation is not Relation.EQ:
        return _truth(simplify(plain.RELATIONS[given.relation](given.lhs.doit(), given.rhs)))
    difference = simplify(given.lhs.doit() - given.rhs)
    if difference == 0:
        return Outcome.PROVED
    return Outcome.REFUTED if difference.is_zero is False else Outcome.UNEQUAL


def _equals(given: plain.Plain) -> Outcome:
    """``equals`` answers True, False or None, and means it; it knows equalities only."""
    if given.relation is not Relation.EQ:
        return Outcome.UNDECIDED
    return _truth(given.lhs.doit().equals(given.rhs.doit()))


def _truth(value: Any) -> Outcome:
    if value in (True, S.true):
        return Outcome.PROVED
    return Outcome.REFUTED if value in (False, S.false) else Outcome.UNDECIDED


PEERS = (
    Peer("simplify", "SymPy, `simplify(lhs.doit() - rhs) == 0`", plain.claim, guarded(_simplify)),
    Peer("equals", "SymPy, `Expr.equals`", plain.claim, guarded(_equals)),
)
