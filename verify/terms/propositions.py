"""Propositions, kept as they are written, and maximisation problems."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import field
from typing import TypeAlias, TypeGuard

from sympy import Expr

from verify.frozen import dataclass
from verify.model import Relation
from verify.terms.indices import Index


@dataclass(frozen=True)
class Rel:
    """``lhs op rhs`` with ``op`` one of ``= ≠ < ≤ > ≥``; between vectors: for each component."""

    op: Relation
    lhs: Expr
    rhs: Expr


@dataclass(frozen=True)
class Conj:
    """All of them; ``Conj(())`` is true."""

    parts: tuple[Proposition, ...]


@dataclass(frozen=True)
class Disj:
    """At least one of them; ``Disj(())`` is false."""

    parts: tuple[Proposition, ...]


@dataclass(frozen=True)
class Neg:
    """Not so."""

    part: Proposition


@dataclass(frozen=True)
class ForAll:
    """For every value of the index within its range."""

    index: Index
    body: Proposition


@dataclass(frozen=True)
class Problem:
    """Maximise ``objective`` over ``variables`` (symbols, arrays, slices) subject to propositions.

    ``each`` are the indices for every value of which a problem of its own is posed (a problem for each centre
    word). ``stationary`` means the stationary points of the objective instead of its maximisers; ``minimised`` that the
    author minimises its negative, which is how it is shown.
    """

    objective: Expr
    variables: tuple[Expr, ...]
    subject: tuple[Proposition, ...] = ()
    each: tuple[Index, ...] = ()
    stationary: bool = False
    minimised: bool = field(default=False, compare=False)  # the same problem, told in other words


@dataclass(frozen=True)
class Maximises:
    """``variable = value`` (for the free indices of a slice: entry by entry) is the one maximiser of ``problem``."""

    problem: Problem
    values: tuple[tuple[Expr, Expr], ...]  # (variable entry, its value)


Proposition: TypeAlias = Rel | Conj | Disj | Neg | ForAll | Maximises
Content: TypeAlias = Expr | Proposition | Problem
TRUE = Conj(())


def conjuncts(propositions: Iterable[Proposition]) -> Iterator[Proposition]:
    """What is asserted where all of the propositions are, conjunctions taken apart."""
    for p in propositions:
        if isinstance(p, Conj):
            yield from conjuncts(p.parts)
        else:
            yield p


def is_proposition(item: object) -> TypeGuard[Proposition]:
    """Neither an expression nor a maximisation problem."""
    return isinstance(item, Proposition)
