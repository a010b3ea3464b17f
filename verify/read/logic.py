"""Conditions: propositions of the program, and what SymPy has for them inside ``Piecewise``."""

from __future__ import annotations

import ast
from typing import Any

import sympy
from sympy import Expr, S

from verify.model import Relation
from verify.read.syntax import ReadError
from verify.terms import Conj, Disj, Neg, Proposition, Rel

RELATIONS = {
    "Eq": Relation.EQ,
    "Ne": Relation.NE,
    "Lt": Relation.LT,
    "Le": Relation.LE,
    "Gt": Relation.GT,
    "Ge": Relation.GE,
}
COMPARISONS: dict[type[ast.cmpop], Relation] = {
    ast.Eq: Relation.EQ,
    ast.NotEq: Relation.NE,
    ast.Lt: Relation.LT,
    ast.LtE: Relation.LE,
    ast.Gt: Relation.GT,
    ast.GtE: Relation.GE,
}
_IN_SYMPY = {
    Relation.EQ: sympy.Eq,
    Relation.NE: sympy.Ne,
    Relation.LT: sympy.Lt,
    Relation.LE: sympy.Le,
    Relation.GT: sympy.Gt,
    Relation.GE: sympy.Ge,
}
_OPPOSITE = {Relation.EQ: Relation.NE, Relation.NE: Relation.EQ}


def negation(p: Proposition) -> Proposition:
    """Not ``p``. An order among complex numbers says that they are real; its negation does not."""
    if isinstance(p, Conj):
        return Disj(tuple(negation(part) for part in p.parts))
    if isinstance(p, Disj):
        return Conj(tuple(negation(part) for part in p.parts))
    if isinstance(p, Neg):
        return p.part
    if isinstance(p, Rel) and p.op is Relation.EQ and p.rhs == sympy.floor(p.lhs) and not p.lhs.is_extended_real:
        part = sympy.re(p.lhs)  # a complex number has no floor: the imaginary part is asked first
        return Disj((Rel(Relation.NE, sympy.im(p.lhs), S.Zero), Rel(Relation.NE, part, sympy.floor(part))))
    if isinstance(p, Rel) and p.op in _OPPOSITE:
        return Rel(_OPPOSITE[p.op], p.lhs, p.rhs)
    if isinstance(p, Rel):
        unreal = [Rel(Relation.NE, sympy.im(e), S.Zero) for e in (p.lhs, p.rhs) if not e.is_extended_real]
        return Disj((*unreal, Neg(p))) if unreal else Neg(p)
    return Neg(p)


def membership(e: Expr, name: str) -> Proposition:
    """``e`` is a whole, real or complex number."""
    if name == "InZZ":
        return Conj(()) if e.is_integer else Rel(Relation.EQ, e, sympy.floor(e))
    if name == "InRR":
        return Conj(()) if e.is_real else Rel(Relation.EQ, sympy.im(e), S.Zero)
    return Conj(())


def in_sympy(p: Proposition) -> Any:
    """The condition as SymPy has it in ``Piecewise``.

    Raises:
        ReadError: SymPy does not take it.
    """
    if isinstance(p, Conj):
        return sympy.And(*(in_sympy(part) for part in p.parts))
    if isinstance(p, Disj):
        return sympy.Or(*(in_sympy(part) for part in p.parts))
    if isinstance(p, Neg):
        return sympy.Not(in_sympy(p.part))
    assert isinstance(p, Rel)
    try:
        return _IN_SYMPY[p.op](p.lhs, p.rhs)
    except TypeError as error:
        raise ReadError(f"this condition has no meaning: {error}") from None
