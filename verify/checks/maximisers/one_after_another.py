"""The one maximiser in several numbers: over one of them first, whatever the others are, then over the next.

``f(μ, σ) ≤ f(μ*(σ), σ) ≤ f(μ*(σ*), σ*)``, with equality only there: no concavity in all numbers together is needed,
which the Gaussian likelihood has not. Each number in turn has its one maximiser by :mod:`.one_peak`.
"""

from __future__ import annotations

from itertools import permutations

from sympy import Expr, Symbol

from verify import normal
from verify.checks.evidence.argument import Argument, Premise, premise
from verify.checks.maximisers.one_peak import one_peak, solved
from verify.checks.maximisers.problems import within_problem
from verify.facts import Facts
from verify.frozen import dataclass
from verify.model import Givens
from verify.terms import Array, Maximises, Problem, Proposition, Rel, Slice, free

RULE = "a maximum over several numbers is one over the first of the maxima over the others"
SOURCE = "Boyd & Vandenberghe, Convex Optimization, 2004, 4.1.3 (optimizing over some variables)"
MOST_NUMBERS = 3


@dataclass(frozen=True)
class _Stage:
    """The one maximiser in one number; it may depend on the numbers that come later."""

    number: Symbol
    value: Expr
    why: Argument


def one_after_another(p: Maximises, givens: Givens, real: bool) -> Argument | None:
    """Why the values are the one maximiser of a problem in several numbers."""
    claimed = dict(p.values)
    if not _several(p.problem) or set(claimed) != set(p.problem.variables):
        return None
    facts = Facts(within_problem(givens, p.problem.variables), (), real)
    for order in permutations(p.problem.variables):
        stages = _stages(p.problem, order, claimed, givens, real)
        if stages is None:
            continue
        proofs = [normal.prove_equal(_settled(stages, k), claimed[s.number], facts) for k, s in enumerate(stages)]
        found = [proof for proof in proofs if proof is not None and not proof.conditions]
        if len(found) == len(proofs):
            return _argument(stages, found)
    return None


def jointly_solved(problem: Problem, givens: Givens, real: bool) -> tuple[Maximises, Argument] | None:
    """The one maximiser of a problem in several numbers, where it can be computed, and why it is that."""
    if not _several(problem):
        return None
    for order in permutations(problem.variables):
        stages = _stages(problem, order, {}, givens, real)
        if stages is not None:
            values = tuple((s.number, _settled(stages, k)) for k, s in enumerate(stages))
            return Maximises(problem, values), _argument(stages, [])
    return None


def _several(problem: Problem) -> bool:
    numbers = [v for v in problem.variables if isinstance(v, Symbol) and not isinstance(v, Array | Slice)]
    return not problem.stationary and 1 < len(numbers) == len(problem.variables) <= MOST_NUMBERS


def _stages(
    problem: Problem, order: tuple[Expr, ...], claimed: dict[Expr, Expr], givens: Givens, real: bool
) -> list[_Stage] | None:
    """The maximisers in each number in turn, the others being what they are."""
    within = within_problem(givens, problem.variables)
    objective, stages = problem.objective, []
    for k, number in enumerate(order):
        assert isinstance(number, Symbol)
        others = set(order) - {number}
        mine = tuple(c for c in problem.subject if number in _symbols(c))
        if any(_symbols(c) & others for c in mine):
            return None
        given = tuple(c for c in problem.subject if number not in _symbols(c))
        one = Problem(objective, (number,), mine, problem.each)
        found = _solved(one, claimed.get(number), set(order[k + 1 :]), _with(within, order[k + 1 :], given), real)
        if found is None:
            return None
        stages.append(_Stage(number, *found))
        objective = objective.xreplace({number: found[0]})
    return stages


def _with(givens: Givens, numbers: tuple[Expr, ...], constraints: tuple[Proposition, ...]) -> Givens:
    symbols = tuple(s for s in numbers if isinstance(s, Symbol) and s not in givens.symbols)
    return Givens((*givens.symbols, *symbols), (*givens.constraints, *constraints))


def _solved(
    problem: Problem, claimed: Expr | None, later: set[Expr], givens: Givens, real: bool
) -> tuple[Expr, Argument] | None:
    """The maximiser in one number: what is claimed, if it holds whatever the later numbers are, or what comes out."""
    (number,) = problem.variables
    if claimed is not None and not free(claimed) & later:
        why = one_peak(Maximises(problem, ((number, claimed),)), givens, real)
        if why is not None:
            return claimed, why
    computed = solved(problem, givens, real)
    if computed is None:
        return None
    ((_, value),) = computed[0].values
    return value, computed[1]


def _settled(stages: list[_Stage], k: int) -> Expr:
    """A number's value with the values of the later ones put in."""
    value = stages[k].value
    for stage in stages[k + 1 :]:
        value = value.xreplace({stage.number: stage.value})
    return value


def _symbols(c: Proposition) -> frozenset[Symbol]:
    return free(c.lhs) | free(c.rhs) if isinstance(c, Rel) else frozenset()


def _argument(stages: list[_Stage], proofs: list[normal.Proof]) -> Argument:
    def premises() -> tuple[Premise, ...]:
        found: list[Premise] = []
        for stage in stages:
            found.append(
                premise("whatever the others are, the one maximum over {} is at {}", stage.number, stage.value)
            )
            found += stage.why.premises()
        return tuple(found)

    words = "; then ".join(f"over {stage.number}: {stage.why.words}" for stage in stages)
    of_parts = [proof for stage in stages for proof in stage.why.proofs]
    return Argument(words, RULE, premises, SOURCE, (*of_parts, *proofs))
