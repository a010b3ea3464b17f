"""What the objective of a problem should be, if it is to have the maximisers of the problem before.

It may be the objective before, its logarithm, or a Lagrangian of either; and it may differ from that by a factor and by
terms in which no variable occurs: ``Σ xᵢ log λ − Nλ`` for the logarithm of ``Π λ^xᵢ e^(−λ)/xᵢ!``.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import suppress
from dataclasses import replace

from sympy import Add, Expr, Mul, Symbol, log

from verify import normal
from verify.diagnose.context import ClaimOf
from verify.facts import Facts
from verify.model import Claim, Givens, Relation
from verify.occurs import free_symbols, names_in
from verify.terms import Content, Problem, Proposition, Rel, Slice, free

MOST_SCALES = 2
MOST_TERMS = 60


def targets(lhs: Problem, rhs: Problem) -> Iterator[Expr]:
    """The objectives that ``rhs`` may have been meant to have, the likeliest first."""
    if rhs.stationary:
        yield from _lagrangians(lhs, rhs)
        return
    if lhs.variables != rhs.variables:
        return
    yield lhs.objective
    yield log(lhs.objective)
    for plain in (lhs.objective, log(lhs.objective)):
        with suppress(normal.NormalError):
            yield from _alike(plain, rhs.objective, _symbols(rhs))


def about_any(problem: Problem, claim_of: ClaimOf) -> ClaimOf:
    """Claims about objectives for any values of the variables, whatever is given of them elsewhere."""

    def make(lhs: Content, relation: Relation, rhs: Content) -> Claim:
        claim = claim_of(lhs, relation, rhs)
        variables = _symbols(problem)
        kept = tuple(c for c in claim.givens.constraints if variables.isdisjoint(free_symbols((c,))))
        return replace(claim, givens=Givens(claim.givens.symbols, kept))

    return make


def _symbols(problem: Problem) -> set[Expr]:
    return {v.array if isinstance(v, Slice) else v for v in problem.variables}


def _lagrangians(lhs: Problem, rhs: Problem) -> Iterator[Expr]:
    """``f − λ·gap`` with the multipliers that are there, one for each constraint."""
    multipliers = [v for v in rhs.variables if v not in lhs.variables]
    gaps = [c.lhs - c.rhs for c in lhs.subject if isinstance(c, Rel) and c.op is Relation.EQ]
    if len(multipliers) != len(gaps) or not all(type(m) is Symbol for m in multipliers):
        return
    for sign in (-1, 1):
        yield lhs.objective + sign * Add(*(m * gap for m, gap in zip(multipliers, gaps, strict=True)))


def with_multipliers(problem: Problem, lost: Iterable[Proposition]) -> Problem:
    """The stationary points of the objective less a multiplier, of a name of its own, times each lost constraint."""
    objective, variables = problem.objective, problem.variables
    taken = {*names_in((objective,)), *map(str, variables)}
    names = (name for name in ("lambda", "mu", "nu", "kappa", *(f"lambda_{k}" for k in range(9))) if name not in taken)
    for constraint, name in zip(lost, names, strict=False):
        if isinstance(constraint, Rel):
            multiplier = Symbol(name, real=True)
            objective -= multiplier * (constraint.lhs - constraint.rhs)
            variables = (*variables, multiplier)
    return replace(problem, objective=objective, variables=variables)


def _alike(plain: Expr, written: Expr, variables: set[Expr]) -> Iterator[Expr]:
    """The objective without the terms in which no variable occurs, times what makes a term the one that is written."""
    facts = Facts()
    terms = [_parted(t, variables) for t in Add.make_args(normal.rewritten(plain, facts, MOST_TERMS).expand())]
    varying = [(scale, part) for scale, part in terms if free(part) & variables]
    if not varying:
        return
    meant = Add(*(scale * part for scale, part in varying))
    if len(varying) < len(terms):
        yield meant
    theirs = [_parted(t, variables) for t in Add.make_args(normal.rewritten(written, facts, MOST_TERMS).expand())]
    scales = [own / scale for own, part in theirs for scale, other in varying if part == other]
    for scale in [s for s in dict.fromkeys(scales) if s != 1][:MOST_SCALES]:
        yield (scale * meant).expand()


def _parted(term: Expr, variables: set[Expr]) -> tuple[Expr, Expr]:
    """A term as a factor that is free of the variables, and the rest."""
    factors = Mul.make_args(term)
    scale = (f for f in factors if variables.isdisjoint(free(f)))
    return Mul(*scale), Mul(*(f for f in factors if not variables.isdisjoint(free(f))))
