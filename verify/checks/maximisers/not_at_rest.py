"""Maximisers against stationary points: on concrete data the one maximiser of the problem is not stationary.

What is lost is mostly the constraint, or its number: of ``f(p)`` alone, or of ``f(p) − λ·Σp`` for ``Σp = 1``, the
maximiser under the constraint is not stationary, whatever the multiplier.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from dataclasses import replace

from sympy import Expr, S, Symbol

from verify import normal
from verify.checks.common import space_of
from verify.checks.maximisers.optimum import meaning, one_maximiser
from verify.checks.maximisers.other_peak import solution
from verify.checks.maximisers.problems import array_of, generic_entry, within_problem
from verify.checks.numbers import logic
from verify.config import Settings
from verify.model import Claim, Evidence, Givens, Relation, Verdict, Witness
from verify.show.optimum import extremum
from verify.terms import Array, Conj, ForAll, Index, Problem, Proposition, Rel, free


def check(claim: Claim, settings: Settings) -> Evidence | None:
    """REFUTED where a derivative that vanishes at stationary points does not at the one maximiser, or nothing."""
    if claim.relation is not Relation.SAME_MAXIMISERS:
        return None
    assert isinstance(claim.lhs, Problem) and isinstance(claim.rhs, Problem)
    for first, second, swapped in ((claim.lhs, claim.rhs, False), (claim.rhs, claim.lhs, True)):
        if first.stationary or not second.stationary or first.each or second.each:
            continue
        if not set(first.variables) <= set(second.variables):
            continue
        with suppress(normal.NormalError):
            witness = _moving(claim, first, second, settings)
            if witness is not None:
                sides = (witness.rhs, witness.lhs) if swapped else (witness.lhs, witness.rhs)
                found = replace(witness, lhs=sides[0], rhs=sides[1])
                return Evidence("data", Verdict.REFUTED, "the one maximiser is not stationary", witness=found)
    return None


def _moving(claim: Claim, first: Problem, second: Problem, settings: Settings) -> Witness | None:
    """A witness that the one maximiser of ``first`` is no stationary point of ``second``."""
    given = within_problem(claim.givens, (*first.variables, *second.variables))
    multipliers = {array_of(v) for v in second.variables} - {array_of(v) for v in first.variables}
    givens = Givens(tuple(s for s in given.symbols if s not in multipliers), given.constraints)
    real = space_of(claim).real
    found = one_maximiser(first, givens, real)
    values = meaning(first, givens, real)
    needed = tuple(_needed(first, second))
    if found is None or values is None or not needed:
        return None
    aside = replace(claim, relation=Relation.IMPLIES, lhs=values, rhs=Conj(needed), givens=givens)
    evidence = logic.check(aside, settings)
    if evidence is None or evidence.verdict is not Verdict.REFUTED or evidence.witness is None:
        return None
    here = f"the one {extremum(first)}imiser is {solution(found[0])}"
    return replace(evidence.witness, lhs=here, rhs="there not all derivatives vanish, whatever the multiplier")


def _needed(first: Problem, second: Problem) -> Iterator[Proposition]:
    """What holds of the variables of ``first`` at stationary points of ``second``, with the multipliers eliminated."""
    multipliers = [v for v in second.variables if v not in first.variables]
    others = {array_of(v) for v in multipliers}
    for variable in second.variables:
        item, indices = generic_entry(variable)
        slope = normal.expand_derivatives(normal.differentiate(second.objective, item))
        if not others & free(slope):
            yield _for_all(indices, Rel(Relation.EQ, slope, S.Zero))
        elif len(others) == 1 and indices and not isinstance(multiplier := multipliers[0], Array):
            yield from _one_multiplier(slope, multiplier, indices)


def _one_multiplier(slope: Expr, multiplier: Expr, indices: tuple[Index, ...]) -> Iterator[Proposition]:
    """``A_k + λ·B_k = 0`` for all k with one number λ: ``A_k·B_l = A_l·B_k``."""
    assert isinstance(multiplier, Symbol)
    plain = slope.xreplace({multiplier: S.Zero})
    weight = normal.expand_derivatives(normal.differentiate(slope, multiplier))
    if multiplier in free(weight):
        return
    other = {i: Index(f"{i.name}′", i.lower, i.upper) for i in indices}
    gap = plain * weight.xreplace(other) - plain.xreplace(other) * weight
    yield _for_all((*indices, *other.values()), Rel(Relation.EQ, gap, S.Zero))


def _for_all(indices: tuple[Index, ...], said: Proposition) -> Proposition:
    for index in reversed(indices):
        said = ForAll(index, said)
    return said
