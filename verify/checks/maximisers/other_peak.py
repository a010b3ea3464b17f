"""Two problems in one number, or a few, of which one is solved: its one maximiser is also the other's, or is beaten.

So it is the one stationary point, where the domain is open: the derivatives vanish nowhere else, as was found.
A refutation needs the proof that a value is the one maximiser of one problem, and data on which a feasible point
certainly beats it in the other.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from functools import partial
from itertools import islice

from sympy import Expr, Indexed

from verify import normal
from verify.checks.common import equal, space_of
from verify.checks.evidence.argument import Argument, Premise, premise
from verify.checks.maximisers.beaten import DATA, NO_VALUE, beaten, generic, statements
from verify.checks.maximisers.one_after_another import jointly_solved, one_after_another
from verify.checks.maximisers.one_peak import one_peak, solved
from verify.checks.maximisers.problems import array_of, is_open, within_problem
from verify.config import Settings
from verify.evaluate.sampling.batches import few
from verify.evaluate.sampling.space import Space
from verify.facts import Facts
from verify.model import Claim, Evidence, Givens, Relation, Verdict, Witness
from verify.show import show
from verify.show.optimum import extremum
from verify.terms import Index, Maximises, Problem

STATIONARY = "the one maximiser, in the interior of the domain, is the one point at which the derivatives vanish"
RULE = "problems that have the same one maximiser have the same maximisers"


def check(claim: Claim, settings: Settings) -> Evidence | None:
    """REFUTED where the one maximiser of one problem is beaten in the other, or nothing."""
    if claim.relation is not Relation.SAME_MAXIMISERS:
        return None
    assert isinstance(claim.lhs, Problem) and isinstance(claim.rhs, Problem)
    givens = within_problem(claim.givens, (*claim.lhs.variables, *claim.rhs.variables))
    for first, second, swapped in ((claim.lhs, claim.rhs, False), (claim.rhs, claim.lhs, True)):
        if first.variables != second.variables or first.each or second.each or second.stationary:
            continue
        real = space_of(claim).real
        found = solved(first, givens, real) or jointly_solved(first, givens, real)
        if found is None:
            continue
        witness = next(_witnesses(replace(found[0], problem=second), givens, settings), None)
        if witness is not None:
            here = f"the one {extremum(first)}imiser is {solution(found[0])}"
            there = f"{witness.lhs}; {witness.rhs}"
            sides = (there, here) if swapped else (here, there)
            told = replace(witness, lhs=sides[0], rhs=sides[1])
            return Evidence("data", Verdict.REFUTED, "other maximisers on concrete data", witness=told)
    return None


def _witnesses(p: Maximises, givens: Givens, settings: Settings) -> Iterator[Witness]:
    """Data on which the values are certainly no maximiser."""
    variables = {array_of(v) for v in p.problem.variables}
    symbols = [s for s in givens.symbols if s not in variables]
    space = Space(symbols, givens.constraints, (p.problem, statements(p))).without(variables)
    if not space.real or not generic(p):
        return
    for data in islice(few(space, settings.seed), DATA):
        try:
            witness = beaten(p, data, space)
        except NO_VALUE:
            continue
        if witness is not None:
            yield witness


def same_point(left: Problem, right: Problem, facts: Facts) -> Argument | None:
    """Why both problems have one maximiser, the same."""
    if left.variables != right.variables or left.each or right.each:
        return None
    if left.stationary or (right.stationary and not _all_open(left)):
        return None
    found = solved(left, facts.givens, facts.real_mode) or jointly_solved(left, facts.givens, facts.real_mode)
    if found is None:
        return None
    point, first = found
    proofs: tuple[normal.Proof, ...]
    if right.stationary:
        proof = equal(left.objective, right.objective, facts)
        if proof is None:
            return None
        words, also, proofs = STATIONARY, list[Premise](), (proof,)
    else:
        there = replace(point, problem=right)
        of_other = one_peak(there, facts.givens, facts.real_mode)
        of_other = of_other or one_after_another(there, facts.givens, facts.real_mode)
        if of_other is None:
            return None
        words, also, proofs = "both have the same one maximiser", [*of_other.premises()], of_other.proofs
    values = (premise("{} = {} at the one maximum", item, value) for item, value in point.values)
    premises = (*values, *first.premises(), *also)
    return Argument(words, RULE, partial(tuple, premises), first.source, (*first.proofs, *proofs))


def _all_open(problem: Problem) -> bool:
    """Nothing but open domains bounds the variables: where the maximum is, the derivatives vanish."""
    return not problem.subject and all(map(is_open, problem.variables))


def solution(p: Maximises) -> str:
    """The values as text, with an index as authors write it."""
    return ", ".join(_one(pattern, value) for pattern, value in p.values)


def _one(pattern: Expr, value: Expr) -> str:
    indices = pattern.indices if isinstance(pattern, Indexed) else ()
    letters = {i: Index(n, i.lower, i.upper) for i, n in zip(indices, "ijkl", strict=False) if isinstance(i, Index)}
    return f"{show(pattern.xreplace(letters))} = {show(value.xreplace(letters))}"
