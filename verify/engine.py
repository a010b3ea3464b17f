"""A derivation judged: every step from the line before and from the first line; diagnoses of what is refuted."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from sympy import Expr

from verify import lower
from verify.checks import domain
from verify.checks.common import forget
from verify.checks.maximisers.optimum import said
from verify.config import Guard, Settings, unguarded
from verify.diagnose.chain import Desk, diagnose_step
from verify.diagnose.search import sheets
from verify.ladder import prove_repair, settle, settle_repair
from verify.model import (
    Claim,
    Derivation,
    DerivationResult,
    Diagnosis,
    Doubt,
    Evidence,
    Givens,
    Judgement,
    Relation,
    Step,
    StepResult,
    Verdict,
)
from verify.occurs import free_symbols, names_in
from verify.results import derivation_result, step_result
from verify.shapes import content_shape
from verify.standing import Chain, carried_over, compose, composed
from verify.terms import Content, Problem, Proposition


def judge(
    derivation: Derivation, settings: Settings, guard: Guard = unguarded, others: Sequence[Derivation] = ()
) -> DerivationResult:
    """Every step from the line before and from the first line; of a refuted one, which slip it is.

    ``others`` are the derivations beside this one: a line may be right about something that another one defines.
    """
    forget()  # what was found out for another derivation must not show in this one's proofs and diagnoses
    sheets.forget()
    walk = _Walk(derivation, settings, guard, others)
    for step in derivation.steps:
        walk.take(step)
    return derivation_result(derivation, walk.results, settings.forms, settings.forms)


def abandoned(derivation: Derivation, reason: str) -> DerivationResult:
    """Every step UNDECIDED, for a derivation whose worker could not go on."""
    nothing = Judgement(Verdict.UNDECIDED, reason=reason)
    before: Content | None = derivation.start.content if derivation.start else None
    steps = []
    for step in derivation.steps:
        steps.append(step_result(step, _previous(step, before), nothing, nothing, Chain()))
        before = step.line.content
    return derivation_result(derivation, steps)


def make_claim(
    name: str, previous: Content, relation: Relation, step: Step, derivation: Derivation, kept: tuple[Proposition, ...]
) -> Claim:
    """The self-contained claim that a line asserts of another."""
    line = step.line.content
    axes = content_shape((previous, line))
    used = frozenset(free_symbols((previous, line, kept, derivation.givens.constraints)))
    symbols = tuple(s for s in derivation.givens.symbols if s in used)
    taken = names_in((previous, line, kept)) | {s.name for s in symbols}
    indices = lower.components(axes, taken)
    givens = Givens(symbols, derivation.givens.constraints)
    return lower.claim(name, previous, relation, line, givens, indices, kept)


def _previous(step: Step, before: Content | None) -> Content:
    """What a step's line is compared with."""
    previous = step.alone_lhs if step.alone_lhs is not None else before
    assert previous is not None  # else the encoding was refused
    return previous


class _Walk:
    """From line to line through a derivation."""

    def __init__(self, derivation: Derivation, settings: Settings, guard: Guard, others: Sequence[Derivation]) -> None:
        self.derivation, self.settings, self.guard = derivation, settings, guard
        self.desk = Desk(
            make_claim,
            lambda claim: settle_repair(claim, settings),
            lambda claim: prove_repair(claim, settings),
            others,
            settings.seed,
            said,
        )
        start = derivation.start
        self.lines: dict[str, Content] = {start.tag: start.content} if start else {}
        self.right = set(self.lines)  # the lines that are right, compared with the first
        self.before = self.base = start.content if start else None  # the base: as good as the first line
        self.multipliers: set[Expr] = set()
        self.chain = Chain()
        self.results: list[StepResult] = []

    def take(self, step: Step) -> None:
        """Judge the next step."""
        previous = _previous(step, self.before)
        kept = self._premises(step.keeps)
        judgement = self._settle(step.tag, previous, step.relation, step, kept)
        before, self.chain.relation = self.chain.relation, compose(self.chain.relation, step.relation)
        from_start = self._from_start(step, judgement, before)
        symbols, plain = self.derivation.givens.symbols, self.settings.forms
        result = step_result(step, previous, judgement, from_start, self.chain, symbols, plain)
        if judgement.verdict is Verdict.REFUTED or any(e.doubt is Doubt.RIGHT_NOWHERE for e in judgement.evidence):
            result = replace(result, diagnoses=self._diagnoses(step, previous, kept, result))
        self.results.append(result)
        if self.derivation.start is None:
            self.chain = Chain()  # the next line stands alone
        if isinstance(step.line.content, Problem):
            self._compare_with(step.line.content, from_start)
        self.lines[step.tag] = self.before = step.line.content
        if from_start is not None and from_start.verdict.holds:
            self.right.add(step.tag)

    def _compare_with(self, problem: Problem, from_start: Judgement | None) -> None:
        """What follows is compared with a problem that is as good as the first; of another one multipliers count."""
        if from_start is not None and from_start.verdict is Verdict.PROVED and not from_start.conditions:
            self.base, self.multipliers = problem, set()
        elif isinstance(self.base, Problem):
            self.multipliers |= set(problem.variables) - set(self.base.variables)

    def _settle(
        self, name: str, previous: Content, relation: Relation, step: Step, kept: tuple[Proposition, ...]
    ) -> Judgement:
        claim = make_claim(f"{self.derivation.id}:{name}", previous, relation, step, self.derivation, kept)
        return settle(claim, self.settings, self.guard)

    def _premises(self, tags: Sequence[str]) -> tuple[Proposition, ...]:
        """The propositions among the lines that a step keeps."""
        return tuple(line for tag in tags if isinstance(line := self.lines.get(tag), Proposition))

    def _from_start(self, step: Step, judgement: Judgement, before: Relation | None) -> Judgement | None:
        """The line against the first line: by transitivity where the chain holds so far, else directly.

        Of the premises that the step keeps only those count that are themselves right. ``before`` is how the line
        before relates to the first. ``None``: the relations do not compose.
        """
        base, relation, so_far = self.base, self.chain.relation, self.chain.from_start
        if self.derivation.start is None or base is None or not self.results:
            return judgement
        if relation is None:
            return None
        kept = self._premises([tag for tag in step.keeps if tag in self.right])
        through = composed(so_far, judgement) if so_far is not None and self.right.issuperset(step.keeps) else None
        if through is not None and (not through.conditions or self._without_loss(through, step)):
            return through
        if through is None and so_far is not None and not step.keeps:
            through = carried_over(before, so_far, step.relation, judgement)
        if not self.multipliers.isdisjoint(free_symbols(step.line.content)):
            return through  # the first line says nothing of a multiplier that another one has brought in
        direct = self._settle(f"{step.tag}/start", base, relation, step, kept)
        return through if through is not None and direct.verdict is Verdict.UNDECIDED else direct

    def _without_loss(self, through: Judgement, step: Step) -> bool:
        """Whether what a proof by transitivity assumes is no more than what the line itself needs to be defined."""
        alone = make_claim(step.tag, step.line.content, step.relation, step, self.derivation, ())
        return through.verdict is Verdict.PROVED and set(through.conditions) <= set(domain.conditions(alone))

    def _diagnoses(
        self, step: Step, previous: Content, kept: tuple[Proposition, ...], result: StepResult
    ) -> tuple[Diagnosis, ...]:
        """The slips of a refuted step. If the search is ended at a limit, there are none, and the verdict stays."""
        found: list[tuple[Diagnosis, ...]] = []

        def look() -> Evidence:
            found.append(diagnose_step(self.derivation, step, previous, kept, result, self.results, self.desk))
            return Evidence("diagnosis", Verdict.SUPPORTED, f"{len(found[0])} found")

        evidence = self.guard(f"{self.derivation.id}:{step.tag}/diagnosis", look)
        if not found and evidence is not None and evidence.verdict is Verdict.SUPPORTED:
            look()  # it was found by a worker that died later: it can be found again
        return found[0] if found else ()
