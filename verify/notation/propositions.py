"""Propositions, kept as written, and maximisation problems."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from typing import Any

from verify.model import Relation
from verify.notation.lines import as_proposition
from verify.terms import (
    Conj,
    Disj,
    Maximises,
    Neg,
    Problem,
    Proposition,
    Rel,
    number,
)
from verify.terms import (
    ForAll as AllOf,
)


def _relation(op: Relation) -> Callable[[Any, Any], Rel]:
    def make(lhs: Any, rhs: Any) -> Rel:
        return Rel(op, number(lhs), number(rhs))

    make.__doc__ = f"``lhs {op.value} rhs``, kept as written; between vectors: for each component."
    return make


Eq = _relation(Relation.EQ)
Ne = _relation(Relation.NE)
Lt = _relation(Relation.LT)
Le = _relation(Relation.LE)
Gt = _relation(Relation.GT)
Ge = _relation(Relation.GE)


def And(*parts: Proposition) -> Proposition:
    """All of them."""
    return Conj(tuple(as_proposition(p) for p in parts))


def Or(*parts: Proposition) -> Proposition:
    """At least one of them."""
    return Disj(tuple(as_proposition(p) for p in parts))


def Not(part: Proposition) -> Proposition:
    """Not so."""
    return Neg(as_proposition(part))


def ForAll(*parts: Any) -> Proposition:
    """``ForAll(i, j, proposition)``: for all values of the indices."""
    *indices, body = parts
    result = as_proposition(body)
    for index in reversed(indices):
        result = AllOf(index, result)
    return result


def argmax(objective: Any, over: Any, subject_to: Iterable[Proposition] = (), each: Any = ()) -> Problem:
    """The maximisers over symbols, arrays or slices such as ``p[:, c]``, for every value of the indices ``each``."""
    return Problem(number(objective), _tuple(over), tuple(subject_to), _tuple(each))


def argmin(objective: Any, over: Any, subject_to: Iterable[Proposition] = (), each: Any = ()) -> Problem:
    """The minimisers: the maximisers of the negative."""
    return replace(argmax(-number(objective), over, subject_to, each), minimised=True)


def stationary(objective: Any, over: Any, each: Any = ()) -> Problem:
    """The stationary points of ``objective``, where all its partial derivatives vanish."""
    return Problem(number(objective), _tuple(over), (), _tuple(each), stationary=True)


def maximises(problem: Problem, values: Mapping[Any, Any]) -> Proposition:
    """``{p[o, c]: value}`` is the one maximiser of the problem."""
    return Maximises(problem, tuple((number(k), number(v)) for k, v in values.items()))


def _tuple(item: Any) -> tuple[Any, ...]:
    return item if isinstance(item, tuple) else (item,)
