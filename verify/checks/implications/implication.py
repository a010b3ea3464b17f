"""Implications between equations and inequalities, by substitution of equals for equals.

What the premises' equations determine is put in its place (:mod:`~verify.checks.equations.substitution`); the
conclusion then has to hold identically. Inequalities among the premises become facts. Every step replaces something by
what the premises say it equals, so the conclusion follows wherever both sides are defined.
"""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress
from dataclasses import replace
from functools import partial

from sympy import Expr, S, nan, zoo

from verify import normal
from verify.checks.common import all_sizes, equal, space_of
from verify.checks.equations.identity import anonymous, rename
from verify.checks.equations.substitution import Equations, Rule, evaluated
from verify.checks.evidence.argument import Argument, premise
from verify.checks.evidence.record import inferences, records
from verify.checks.implications.turning import RULE, turning
from verify.checks.inequalities import order
from verify.checks.inequalities.summands import sums_by_cases
from verify.checks.maximisers.one_after_another import one_after_another
from verify.checks.maximisers.one_maximiser import unique_maximiser
from verify.checks.maximisers.one_peak import of_item, one_peak
from verify.checks.maximisers.optimum import meaning, one_maximiser
from verify.checks.maximisers.problems import within_problem
from verify.config import Settings
from verify.facts import Facts
from verify.model import Claim, Evidence, Givens, Relation, Verdict
from verify.show import show
from verify.terms import (
    Conj,
    Content,
    Disj,
    ForAll,
    Index,
    Maximises,
    Neg,
    Problem,
    Proposition,
    Rel,
    free,
    is_proposition,
)

CASES = 3  # signs that are distinguished, one within the other


def check(claim: Claim, settings: Settings) -> Evidence | None:
    """PROVED where the conclusion follows by the rules above; for ⇔ in both directions."""
    if claim.relation not in (Relation.IMPLIES, Relation.IFF) or not is_proposition(claim.rhs):
        return None
    real = space_of(claim).real
    lhs: Content | None = claim.lhs
    if isinstance(lhs, Problem):
        lhs = meaning(lhs, claim.givens, real)
    if lhs is None or not is_proposition(lhs):
        return None
    assert not isinstance(lhs, Expr | Problem) and not isinstance(claim.rhs, Expr | Problem)
    try:
        reasoner = Reasoner(claim.givens, (lhs, *claim.premises), real)
        forward, proofs, arguments = reasoner.proves(claim.rhs), reasoner.proofs, reasoner.arguments
        if not forward:
            return None
        if claim.relation is Relation.IFF:
            reasoner = Reasoner(claim.givens, (claim.rhs, *claim.premises), real)
            backward = reasoner.proves(lhs)
            if not backward:
                return None
            forward, proofs = f"{forward}; conversely {backward}", [*proofs, *reasoner.proofs]
            arguments = [*arguments, *reasoner.arguments]
    except normal.TooLarge as error:
        return Evidence("implication", Verdict.UNDECIDED, f"gave up: {error}")
    return Evidence(
        "implication",
        Verdict.PROVED,
        forward,
        all_sizes(claim),
        proofs=records(settings, *proofs),
        inferences=inferences(settings, *arguments),
    )


class Reasoner:
    """Premises, ready to be asked whether something follows; ``proofs`` and ``arguments`` are what answers rest on."""

    def __init__(self, givens: Givens, premises: Sequence[Proposition], real: bool, cases: int = CASES) -> None:
        """``cases``: how many signs may be distinguished, one within the other."""
        self.givens = givens
        self.cases = cases
        self.premises = tuple(premises)
        self.real = real
        self.facts = Facts(givens, self.premises, real)
        self.equations = Equations(self.facts)
        self.known: set[object] = set()
        for proposition in (*premises, *givens.constraints):
            self._take(proposition, ())
        self.proofs: list[normal.Proof] = []
        self.arguments: list[Argument] = []

    def _take(self, p: Proposition, bound: tuple[Index, ...]) -> None:
        self.known.add(anonymous(p))
        if isinstance(p, Conj):
            for part in p.parts:
                self._take(part, bound)
        elif isinstance(p, ForAll):
            self._take(p.body, (*bound, p.index))
        elif isinstance(p, Rel) and p.op is Relation.EQ:
            self.equations.take(p, bound)

    # -- asking ------------------------------------------------------------------------------------------------

    def proves(self, p: Proposition) -> str:
        """Why it follows, or an empty string."""
        if anonymous(p) in self.known:
            return "it is one of the premises"
        if isinstance(p, Conj):
            reasons = [self.proves(part) for part in p.parts]
            return "; ".join(dict.fromkeys(reasons)) if all(reasons) else "" if p.parts else "nothing to show"
        if isinstance(p, Disj):
            one = next((reason for part in p.parts if (reason := self.proves(part))), "")
            return one or self._argued(self._by_signs(p))
        if isinstance(p, ForAll):
            fresh = Index(f"{p.index.name}*", p.index.lower, p.index.upper)
            return self.proves(rename(p.body, p.index, fresh))
        if isinstance(p, Maximises):
            rules = (unique_maximiser, one_peak, one_after_another)
            why = next(filter(None, (rule(p, self.givens, self.real) for rule in rules)), None)
            return self._argued(why or self._same_values(p))
        if isinstance(p, Neg):
            return ""
        if p.op is Relation.EQ:
            return self._equation(p)
        return self._order(p)

    def _same_values(self, p: Maximises) -> Argument | None:
        """The one maximiser is known, and by what is given its values are these (``Σp = 1``, say)."""
        found = one_maximiser(p.problem, self.givens, self.real)
        if found is None or len(found[0].values) != len(p.values):
            return None
        point, why = found
        within = Reasoner(within_problem(self.givens, p.problem.variables), (), self.real)
        for item, known in point.values:
            claimed = (of_item(item, p.problem.each, *pair) for pair in p.values)
            value = next((v for v in claimed if v is not None), None)
            if value is None or not within.proves(Rel(Relation.EQ, known, value)):
                return None
        at = [premise("{} = {}", *pair) for pair in point.values]
        return replace(why, premises=lambda: (*at, *why.premises()), proofs=(*why.proofs, *within.proofs))

    def _order(self, p: Rel) -> str:
        goal = order.simplest(p, self.facts)
        for given in self.premises:
            if isinstance(given, Rel) and order.simplest(given, self.facts) == goal:
                words = "the premise, with a strictly increasing function taken off"
                same = premise("{} and {} both mean {}", given, p, goal)
                return self._argued(Argument(words, order.RULE, partial(tuple, [same])))
        return self._argued(order.settle(p, self.facts) or self._by_cases(p))

    def _by_cases(self, p: Rel) -> Argument | None:
        """The order relation with what is known of its sums in every case of a premise."""
        found = list(sums_by_cases(p, self.premises, self.givens, self.real))
        if not found:
            return None
        known = Facts(self.givens, (*self.premises, *(rel for rel, _ in found)), self.real)
        settled = order.settle(p, known)
        return settled and replace(settled, premises=lambda: (*(why for _, why in found), *settled.premises()))

    def _by_signs(self, p: Disj) -> Argument | None:
        """One of several things, whichever sign a number has on which a function in them depends."""
        x = turning(p, self.facts) if self.cases else None
        if x is None:
            return None
        found: list[tuple[Rel, Proposition, str]] = []
        for case in (Rel(op, x, S.Zero) for op in (Relation.GE, Relation.LE)):
            within = Reasoner(self.givens, (*self.premises, case), self.real, self.cases - 1)
            part, why = next(((part, why) for part in p.parts if (why := within.proves(part))), (p, ""))
            why = why or within._argued(within._by_signs(p))
            if not why:
                return None
            found.append((case, part, why))
        words = "; ".join(f"where {show(case)}: {why}" for case, _, why in found)
        return Argument(words, RULE, lambda: [premise("where {}: {}", case, part) for case, part, _ in found])

    def _argued(self, found: Argument | None) -> str:
        """An argument in short, which is kept; an empty string for none."""
        if found is None:
            return ""
        self.arguments.append(found)
        self.proofs += found.proofs
        return found.words

    def _equation(self, p: Rel) -> str:
        p = Rel(p.op, self.equations.ordered(evaluated(p.lhs)), self.equations.ordered(evaluated(p.rhs)))
        goal = p.lhs - p.rhs
        if self._shown(normal.prove_equal(p.lhs, p.rhs, self.facts)):
            return "it holds identically"
        indices = (s for s in free(goal) if isinstance(s, Index))
        instances = self.equations.instances(tuple(sorted(indices, key=lambda i: (not i.name.endswith("*"), i.name))))
        for equation in instances:
            if any(self._shown(normal.prove_equal(equation, sign * goal, self.facts)) for sign in (1, -1)):
                return "it is a premise, rearranged"
        if any(self._multiple(equation, goal) for equation in instances):
            return "it is a premise, rearranged"
        rules = self.equations.rules(instances)
        lhs, rhs = (self.equations.apply(rules, side) for side in (p.lhs, p.rhs))
        if self._shown(equal(lhs, rhs, self.facts)):
            return _substituting(rules)
        if any(self._multiple(self.equations.apply(rules, equation), lhs - rhs) for equation in instances):
            return _substituting(rules, "makes it a premise, rearranged")
        with suppress(normal.NormalError):
            form, sums = self.equations.with_sums(goal, instances)
            if sums and self._shown(normal.prove_equal(form, S.Zero, self.facts)):
                return _substituting(sums)
        found = self._added(goal, instances)
        if found or not rules or free(lhs - rhs) == free(goal):
            return found
        found = self._added(lhs - rhs, instances)
        return found and f"{_substituting(rules, 'first')}; {found}"

    def _multiple(self, equation: Expr, goal: Expr) -> bool:
        """Whether an equation says that a multiple of the goal is zero, by something that is not."""
        if goal is S.Zero or not free(goal) <= free(equation):
            return False
        with suppress(normal.NormalError):
            ratio = normal.rewritten(equation / goal, self.facts)
            if ratio.has(nan, zoo) or not self.facts.nonzero(ratio):
                return False
            if self.facts.nonzero(normal.rewritten(equation, self.facts)):
                return False  # what contradicts itself says nothing
            return self._shown(normal.prove_equal(equation, ratio * goal, self.facts))
        return False

    def _added(self, goal: Expr, instances: Sequence[Expr]) -> str:
        """Equations for all values of an index, added up over them."""
        totals = self.equations.totals(goal)
        with suppress(normal.NormalError):
            form, sums = self.equations.with_sums(goal, [*instances, *totals]) if totals else (goal, [])
            if sums and self._shown(normal.prove_equal(form, S.Zero, self.facts)):
                return _substituting(sums)
            for total in totals:
                reduced, used = self.equations.with_sums(total, [*instances, *(t for t in totals if t is not total)])
                if used and self._multiple(reduced, goal):
                    return _substituting(used, "makes it the sum of a premise over its index")
        return ""

    def _shown(self, proof: normal.Proof | None) -> bool:
        """Whether there is a proof; if so, it is kept."""
        if proof is not None:
            self.proofs.append(proof)
        return proof is not None


def _substituting(rules: Sequence[Rule], end: str = "makes both sides equal") -> str:
    used = ", ".join(f"{show(rule.pattern)} = {show(rule.value)}" for rule in rules)
    return f"substituting {used} {end}"
