"""Implications between equations and inequalities, by substitution of equals for equals.

Each equation among the premises is turned into a rule: an entry or symbol that it determines is replaced by what it
equals (``p(o|c) = #(o,c)/λ`` replaces ``p`` wherever it stands, for every ``o`` in its range). The conclusion then has
to hold identically. Inequalities among the premises become facts. Every step replaces something by what the premises
say it equals, so the conclusion follows wherever both sides are defined.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import partial

from sympy import Derivative, Expr, Indexed, Product, S, Subs, Sum, Symbol

from verify import normal
from verify.checks import argument, order
from verify.checks.argument import Argument
from verify.checks.common import all_sizes, equal, space_of
from verify.checks.identity import anonymous, rename
from verify.checks.one_maximiser import unique_maximiser
from verify.checks.problems import generic_entry
from verify.checks.record import inferences, records
from verify.checks.summands import sums_by_cases
from verify.config import Settings
from verify.facts import Facts, Sign
from verify.model import Claim, Evidence, Givens, Relation, Verdict
from verify.show import show
from verify.terms import (
    Array,
    Conj,
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

ROUNDS = 4  # rules are applied to each other so often


def check(claim: Claim, settings: Settings) -> Evidence | None:
    """PROVED where the conclusion follows by the rules above; for ⇔ in both directions."""
    if claim.relation not in (Relation.IMPLIES, Relation.IFF) or not is_proposition(claim.rhs):
        return None
    lhs = stationarity(claim.lhs) if isinstance(claim.lhs, Problem) else claim.lhs
    if lhs is None or not is_proposition(lhs):
        return None
    assert not isinstance(lhs, Expr | Problem) and not isinstance(claim.rhs, Expr | Problem)
    real = space_of(claim).real
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


def stationarity(problem: Problem) -> Proposition | None:
    """What it means to be a stationary point: every partial derivative vanishes."""
    if not problem.stationary:
        return None
    parts: list[Proposition] = []
    for variable in problem.variables:
        entry_, indices = generic_entry(variable)
        body: Proposition = Rel(Relation.EQ, normal.differentiate(problem.objective, entry_), S.Zero)
        for index in reversed(indices):
            body = ForAll(index, body)
        parts.append(body)
    return Conj(tuple(parts))


@dataclass(frozen=True)
class Rule:
    """``pattern = value``; ``bound`` are the indices of the pattern that stand for anything in their range."""

    pattern: Expr
    bound: tuple[Index, ...]
    value: Expr


class Reasoner:
    """Premises, ready to be asked whether something follows; ``proofs`` and ``arguments`` are what answers rest on."""

    def __init__(self, givens: Givens, premises: Sequence[Proposition], real: bool) -> None:
        self.givens = givens
        self.premises = tuple(premises)
        self.real = real
        self.facts = Facts(givens, self.premises, real)
        self.equations: list[tuple[Expr, tuple[Index, ...]]] = []
        self.known: set[object] = set()
        for premise in (*premises, *givens.constraints):
            self._take(premise, ())
        self.rules: list[Rule] = []
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
            self.equations.append((_evaluated(p.lhs - p.rhs), bound))

    # -- asking ------------------------------------------------------------------------------------------------

    def proves(self, p: Proposition) -> str:
        """Why it follows, or an empty string."""
        if anonymous(p) in self.known:
            return "it is one of the premises"
        if isinstance(p, Conj):
            reasons = [self.proves(part) for part in p.parts]
            return "; ".join(dict.fromkeys(reasons)) if all(reasons) else "" if p.parts else "nothing to show"
        if isinstance(p, Disj):
            return next((reason for part in p.parts if (reason := self.proves(part))), "")
        if isinstance(p, ForAll):
            fresh = Index(f"{p.index.name}*", p.index.lower, p.index.upper)
            return self.proves(rename(p.body, p.index, fresh))
        if isinstance(p, Maximises):
            return self._argued(unique_maximiser(p, self.givens, self.real))
        if isinstance(p, Neg):
            return ""
        if p.op is Relation.EQ:
            return self._equation(p)
        return self._order(p)

    def _order(self, p: Rel) -> str:
        goal = order.simplest(p, self.facts)
        for premise in self.premises:
            if isinstance(premise, Rel) and order.simplest(premise, self.facts) == goal:
                words = "the premise, with a strictly increasing function taken off"
                same = argument.premise("{} and {} both mean {}", premise, p, goal)
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

    def _argued(self, found: Argument | None) -> str:
        """An argument in short, which is kept; an empty string for none."""
        if found is None:
            return ""
        self.arguments.append(found)
        self.proofs += found.proofs
        return found.words

    def _equation(self, p: Rel) -> str:
        p = Rel(p.op, _evaluated(p.lhs), _evaluated(p.rhs))
        goal = p.lhs - p.rhs
        if self._shown(normal.prove_equal(p.lhs, p.rhs, self.facts)):
            return "it holds identically"
        indices = (s for s in free(goal) if isinstance(s, Index))
        instances = self._instances(tuple(sorted(indices, key=lambda i: (not i.name.endswith("*"), i.name))))
        for equation in instances:
            if any(self._shown(normal.prove_equal(equation, sign * goal, self.facts)) for sign in (1, -1)):
                return "it is a premise, rearranged"
        rules = self._rules(instances)
        lhs, rhs = p.lhs, p.rhs
        for _ in range(ROUNDS):
            lhs, rhs = self._apply(rules, lhs), self._apply(rules, rhs)
        if self._shown(equal(lhs, rhs, self.facts)):
            used = ", ".join(f"{show(rule.pattern)} = {show(rule.value)}" for rule in rules)
            return f"substituting {used} makes both sides equal"
        return ""

    def _shown(self, proof: normal.Proof | None) -> bool:
        """Whether there is a proof; if so, it is kept."""
        if proof is not None:
            self.proofs.append(proof)
        return proof is not None

    # -- rules -------------------------------------------------------------------------------------------------

    def _instances(self, fixed: tuple[Index, ...]) -> list[Expr]:
        """The premises' equations, those for all indices also at the indices that the conclusion speaks of."""
        found: list[Expr] = []
        for equation, bound in self.equations:
            if not bound:
                found.append(equation)
            elif len(bound) == 1:
                for index in fixed:
                    if self.facts.within(index, bound[0].lower, bound[0].upper):
                        found.append(equation.xreplace({bound[0]: index}))
        return found

    def _rules(self, instances: Sequence[Expr]) -> list[Rule]:
        rules: list[Rule] = []
        for equation, bound in self.equations:  # families that are solved already: p[o, c] = …
            rule = self._family(equation, bound) if bound else None
            if rule is not None and all(r.pattern.base != rule.pattern.base for r in rules):
                rules.append(rule)
        for equation in instances:
            reduced = equation
            for _ in range(ROUNDS):
                reduced = self._apply(rules, reduced)
            if normal.prove_equal(reduced, S.Zero, self.facts):
                continue
            solved = self._solve(reduced)
            if solved is not None:
                rules.append(solved)
        return rules

    def _family(self, equation: Expr, bound: tuple[Index, ...]) -> Rule | None:
        """``p[o, c] − value = 0`` for all ``o``, with no other entry of ``p`` in the value."""
        for term in equation.as_ordered_terms():
            for sign in (1, -1):
                pattern = sign * term
                if isinstance(pattern, Indexed) and set(bound) <= set(pattern.indices):
                    value = -sign * (equation - term)
                    if pattern.base.label not in free(value):
                        return Rule(pattern, bound, value)
        return None

    def _solve(self, equation: Expr) -> Rule | None:
        """An equation that is linear in a symbol or entry, once multiplied by it perhaps, solved for it."""
        symbols: list[Expr] = sorted(
            (s for s in free(equation) if isinstance(s, Symbol) and not isinstance(s, Array | Index)), key=str
        )
        entries = sorted((e for e in equation.atoms(Indexed) if not _bound_inside(equation, e)), key=str)
        for unknown in [s for s in symbols if not s.is_integer] + [e for e in entries if not _defined(e)]:
            for scaled in (equation, equation * unknown):
                linear = normal.linear_in(scaled, unknown, self.facts)
                if linear is None:
                    continue
                slope, rest = linear
                sign = self.facts.sign(slope)
                if sign is not None and not sign & Sign.ZERO and unknown not in (-rest / slope).free_symbols:
                    return Rule(unknown, (), -rest / slope)
        return None

    def _apply(self, rules: Sequence[Rule], e: Expr) -> Expr:
        for rule in rules:
            e = self._rewrite(e, rule)
        return e

    def _rewrite(self, e: Expr, rule: Rule) -> Expr:
        if isinstance(rule.pattern, Symbol) and e == rule.pattern:
            return rule.value
        if isinstance(e, Indexed) and isinstance(rule.pattern, Indexed):
            if e.base != rule.pattern.base:
                return e
            binding: dict[Expr, Expr] = {}
            for wanted, found in zip(rule.pattern.indices, e.indices, strict=True):
                if wanted in rule.bound:
                    index = next(i for i in rule.bound if i == wanted)
                    if binding.setdefault(wanted, found) != found:
                        return e
                    if not self.facts.within(found, index.lower, index.upper):
                        return e
                elif wanted != found:
                    return e
            return rule.value.xreplace(binding)
        if not e.args or isinstance(e, Symbol | Derivative | Subs):
            return e  # what is substituted at a point says nothing of a derivative there
        if isinstance(e, Sum | Product):
            taken = (free(rule.value) - set(rule.bound)) & {limit[0] for limit in e.limits}
            if taken:
                return e  # the rule speaks of another index of the same name
            return e.func(self._rewrite(e.function, rule), *e.limits)
        return e.func(*(self._rewrite(a, rule) if isinstance(a, Expr) else a for a in e.args))


def _evaluated(e: Expr) -> Expr:
    """Derivatives computed, where they can be: equals must not be put in below one that is still to be computed."""
    try:
        return normal.expand_derivatives(e)
    except normal.NormalError:
        return e


def _bound_inside(e: Expr, entry_: Indexed) -> bool:
    """Whether an entry's index is bound by a sum of the expression."""
    bound = {limit[0] for s in e.atoms(Sum, Product) for limit in s.limits}
    return bool(free(entry_) & bound)


def _defined(e: Indexed) -> bool:
    return isinstance(e.base.label, Array) and e.base.label.definition is not None
