"""A claim in plain SymPy, as SymPy's own users have it: without the few nodes that this project adds."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import Any

import sympy
from sympy import Basic, Derivative, Expr, Max, Piecewise, S, Symbol, UnevaluatedExpr, exp, log

from benchmarks.peers.peer import Untranslatable
from verify.model import Claim, Relation
from verify.terms import Frac, Index, is_proposition, relu, sigmoid, softplus

RELATIONS: dict[Relation, Any] = {
    Relation.EQ: sympy.Eq,
    Relation.NE: sympy.Ne,
    Relation.LT: sympy.Lt,
    Relation.LE: sympy.Le,
    Relation.GT: sympy.Gt,
    Relation.GE: sympy.Ge,
}


@dataclass(frozen=True)
class Plain:
    """Two sides and a relation in SymPy, and the claim they come from, for whoever wants its givens."""

    lhs: Expr
    relation: Relation
    rhs: Expr
    claim: Claim


def claim(given: Claim) -> Plain:
    """The claim in plain SymPy.

    Raises:
        Untranslatable: it is not a relation between two expressions.
    """
    if given.relation not in RELATIONS or is_proposition(given.lhs) or is_proposition(given.rhs):
        raise Untranslatable("not a relation between expressions")
    assert isinstance(given.lhs, Expr) and isinstance(given.rhs, Expr)
    return Plain(expression(given.lhs), given.relation, expression(given.rhs), given)


def expression(e: Basic) -> Any:
    """The same with quotients as products, σ as 1/(1 + e⁻ˣ), indices as integer symbols."""
    if isinstance(e, Index):
        return Symbol(e.name, integer=True)
    if not e.args:
        return e
    args = [expression(a) for a in e.args]
    build = _BUILD.get(type(e))
    if build is not None:
        return build(*args)
    if isinstance(e, Derivative):
        return Derivative(*args, evaluate=False)
    if isinstance(e, Piecewise):
        return Piecewise(*((pair.args[0], pair.args[1]) for pair in args))
    return e.func(*args)


_BUILD: dict[type, Any] = {
    Frac: lambda a, b: a / b,
    sigmoid: lambda x: 1 / (1 + exp(-x)),
    softplus: lambda x: log(1 + exp(x)),
    relu: partial(Max, S.Zero),
    UnevaluatedExpr: lambda x: x,
}
