"""Sums whose summands have one sign in every case of a premise: same signs throughout make a dot product positive.

A premise ``for all i: A(i) or B(i)`` with the sum's own range: if each case gives the summand a sign, the sum has it.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from sympy import Expr, S, Sum

from verify.checks.equations.identity import rename
from verify.checks.evidence.argument import Premise, premise
from verify.facts import Facts, Sign
from verify.model import WEAKER, Givens, Relation
from verify.occurs import names_in
from verify.terms import Disj, ForAll, Index, Proposition, Rel, conjuncts

_OF_SUMMANDS = (
    (Sign.POS, Relation.GT),
    (Sign.NONNEG, Relation.GE),
    (Sign.NEG, Relation.LT),
    (Sign.NONPOS, Relation.LE),
)


def sums_by_cases(
    goal: Rel, premises: Sequence[Proposition], givens: Givens, real: bool
) -> Iterator[tuple[Rel, Premise]]:
    """What follows so of the sums in a goal, each with its reason."""
    every = [p for p in conjuncts(premises) if isinstance(p, ForAll) and isinstance(p.body, Disj)]
    names = names_in((goal, *premises)) if every else set()
    for total in sorted((goal.lhs - goal.rhs).atoms(Sum), key=str) if every else ():
        if len(total.limits) != 1:
            continue
        bound, first, last = total.limits[0]
        generic = Index(_unused(bound.name, names), first, last)
        summand = total.function.xreplace({bound: generic})
        for p in every:
            if (p.index.lower, p.index.upper) != (first, last):
                continue
            cases = rename(p.body, p.index, generic)
            assert isinstance(cases, Disj)
            possible = _possible(summand, [Facts(givens, (*premises, case), real) for case in cases.parts])
            relation = next((op for sign, op in _OF_SUMMANDS if not possible & ~sign), None)
            if relation is not None:
                somewhere = Facts(givens, tuple(premises), real).positive(last - first + 1)
                found = Rel(relation if somewhere else WEAKER.get(relation, relation), total, S.Zero)
                yield found, premise("in each case of {}: {}", p, Rel(relation, summand, S.Zero))
                break


def _unused(name: str, names: set[str]) -> str:
    while name in names:
        name += "*"
    return name


def _possible(e: Expr, cases: Sequence[Facts]) -> int:
    """The signs that are possible in one of the cases."""
    possible = 0
    for facts in cases:
        sign = facts.sign(e)
        possible |= Sign.ANY if sign is None else sign
    return possible
