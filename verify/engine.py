"""The ladder: checks in order of cost until a symbolic and a numeric one have spoken; standing along the chain."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from functools import partial
from time import perf_counter

from sympy import Expr

from verify import lower, normal, show
from verify.checks import (
    assumptions,
    canonical,
    domain,
    extremes,
    identity,
    implication,
    logic,
    maximisers,
    numeric,
    order,
    partly,
    rechecked,
    rewriting,
    smt,
    weighted,
)
from verify.checks.common import NO_POINT, NO_VALUE, NOWHERE, Check, facts_of, forget, space_of
from verify.checks.record import consult
from verify.config import Guard, Settings, unguarded
from verify.diagnose.chain import Desk, diagnose_step
from verify.model import (
    Claim,
    Derivation,
    DerivationResult,
    Diagnosis,
    Evidence,
    Givens,
    Judgement,
    Line,
    Relation,
    Standing,
    StartResult,
    Step,
    StepResult,
    Verdict,
)
from verify.occurs import free_symbols, names_in
from verify.shapes import content_shape
from verify.terms import TRUE, Conj, Content, Disj, Proposition

SYMBOLIC: tuple[Check, ...] = (identity.check, canonical.check, order.check, implication.check, maximisers.check)
NUMERIC: tuple[Check, ...] = (numeric.check, logic.check, weighted.check)
LAST: tuple[Check, ...] = (smt.check, rewriting.check)  # slow: only where nothing else has decided
DECISIVE = (Verdict.PROVED, Verdict.REFUTED, Verdict.VACUOUS)

SIGNS = {
    Relation.EQ: "=",
    Relation.NE: r"\neq",
    Relation.LT: "<",
    Relation.LE: r"\leq",
    Relation.GT: ">",
    Relation.GE: r"\geq",
    Relation.IMPLIES: r"\Rightarrow",
    Relation.IFF: r"\Leftrightarrow",
    Relation.SAME_MAXIMISERS: r"\simeq",
}
_ORDERED = {
    Relation.LT: (1, True),
    Relation.LE: (1, False),
    Relation.GT: (-1, True),
    Relation.GE: (-1, False),
}


# -- one claim ---------------------------------------------------------------------------------------------------


PRINCIPAL = "the values leave the reals: principal branches"


def settle(claim: Claim, settings: Settings, guard: Guard = unguarded) -> Judgement:
    """The verdict on one claim.

    Where real symbols confine the values to the reals, and nothing is defined there at any point that was looked at
    (``atanh √(1 + x)`` for x > 0), an equation is read once more with principal branches at the same real symbols:
    there a proof covers every point at which both sides are defined.
    """
    judgement = _climb(claim, settings, guard)
    space = space_of(claim)
    nowhere = any(e.detail == NO_POINT or e.detail.startswith(NO_VALUE) for e in judgement.evidence)
    if judgement.verdict is not Verdict.UNDECIDED or claim.relation is not Relation.EQ or not (nowhere and space.real):
        return judgement
    again = _climb(replace(claim, id=f"{claim.id}/principal", principal=True), settings, guard)
    if again.verdict is Verdict.UNDECIDED or (
        again.verdict is Verdict.REFUTED and not space.closed and not _never_real(claim, guard)
    ):
        return judgement
    return replace(again, scope="; ".join(filter(None, (PRINCIPAL, again.scope))))


def _never_real(claim: Claim, guard: Guard) -> bool:
    """Whether the values are known to leave the reals everywhere. It may be true where they do not."""

    def look() -> Evidence | None:
        assert isinstance(claim.lhs, Expr) and isinstance(claim.rhs, Expr)
        needed = normal.required((claim.lhs, claim.rhs), facts_of(claim))
        if needed is None or (needed and smt.contradictory(claim, Conj(smt.arithmetic(needed)))):
            return Evidence("reals", Verdict.VACUOUS, "the values leave the reals everywhere")
        return None

    evidence = guard(f"{claim.id}/reals", look)
    return evidence is not None and evidence.verdict is Verdict.VACUOUS


def _climb(claim: Claim, settings: Settings, guard: Guard) -> Judgement:
    """Climb the ladder for one claim as it is read.

    The checks' names are unique within a derivation, so that a worker that dies in one can be told to skip it.
    """
    found: list[Evidence] = []

    def run(checks: Sequence[Check], until: Sequence[Verdict]) -> None:
        for check in checks:
            name = check.__module__.rsplit(".", 1)[-1]
            started = perf_counter()
            evidence = guard(f"{claim.id}/{name}", partial(consult, check, claim, settings))
            if evidence is not None:
                found.append(replace(evidence, seconds=perf_counter() - started))
                if evidence.verdict in until:
                    return

    run((assumptions.check,), ())
    if not any(e.verdict is Verdict.VACUOUS for e in found):
        numbers_first = claim.relation is Relation.SAME_MAXIMISERS or space_of(claim).closed
        for checks in (NUMERIC, SYMBOLIC) if numbers_first else (SYMBOLIC, NUMERIC):
            if not (checks is SYMBOLIC and any(e.verdict in DECISIVE for e in found)):
                run(checks, (*DECISIVE, Verdict.SUPPORTED))
        if not any(e.verdict in DECISIVE for e in found):
            run(LAST, DECISIVE)
        if claim.relation is not Relation.EQ and not any(e.verdict in DECISIVE for e in found):
            run((extremes.check,), ())
        if settings.rechecks and any(e.verdict is Verdict.PROVED for e in found):
            run((rechecked.check,), ())
    judgement = weigh(found)
    if judgement.verdict.holds and _impossible(claim, settings, guard):
        reason = "no point that satisfies the premise is one at which both sides are defined"
        judgement = replace(judgement, verdict=Verdict.VACUOUS, reason=reason)
    if judgement.verdict.holds:
        told = any(e.verdict is Verdict.PROVED and e.check == canonical.NAME for e in found)
        every = dict.fromkeys((*judgement.conditions, *domain.conditions(claim, told)))
        conditions = tuple(c for c in every if c.replace(" ≥ ", " > ") not in every or " ≥ " not in c)
        scope = "; ".join(filter(None, (judgement.scope, ", ".join(conditions))))
        judgement = replace(judgement, scope=scope, conditions=conditions)
    if judgement.verdict is Verdict.REFUTED and not judgement.scope:
        judgement = replace(judgement, scope=_partly(claim, settings, guard))
    return judgement


def _impossible(claim: Claim, settings: Settings, guard: Guard) -> bool:
    """Whether an implication's premise contradicts what its sides need to be defined (``y = 0 ⇒ x/y = …``)."""
    if claim.relation is not Relation.IMPLIES or not isinstance(claim.lhs, Proposition):
        return False
    lhs = claim.lhs

    def look() -> Evidence | None:
        needs = domain.ungranted((claim.lhs, claim.rhs), facts_of(claim), space_of(claim).real)
        if needs and not isinstance(claim.rhs, Disj) and smt.contradictory(claim, Conj((lhs, *(r for r, _ in needs)))):
            return Evidence("defined", Verdict.VACUOUS, "the premise excludes every point at which it is defined")
        return None

    evidence = guard(f"{claim.id}/defined", look)
    return evidence is not None and evidence.verdict is Verdict.VACUOUS


def _partly(claim: Claim, settings: Settings, guard: Guard) -> str:
    """For what part of its scope a refuted claim holds, if for any."""

    def look() -> Evidence | None:
        words = partly.where(claim, settings)
        return Evidence("partly", Verdict.PROVED, words) if words else None

    evidence = guard(f"{claim.id}/partly", look)
    return evidence.detail if evidence is not None and evidence.verdict is Verdict.PROVED else ""


def weigh(found: Sequence[Evidence]) -> Judgement:
    """One verdict from all the evidence; a proof beside a refutation is a CONFLICT."""
    by: dict[Verdict, Evidence] = {}
    for evidence in found:
        by.setdefault(evidence.verdict, evidence)
    everything = tuple(found)
    covering = next((e for e in found if e.verdict is Verdict.PROVED and not e.within), None)
    if covering is not None and Verdict.REFUTED in by:
        reason = f"{covering.check} proves it, {by[Verdict.REFUTED].check} refutes it: a bug in this program"
        return Judgement(Verdict.CONFLICT, witness=by[Verdict.REFUTED].witness, reason=reason, evidence=everything)
    no_point = any(e.detail == NO_POINT and e.verdict is Verdict.UNDECIDED for e in found)
    doubtful = no_point or any(
        e.detail in (smt.IRRATIONAL, extremes.TOUCH) or e.detail.startswith(NOWHERE) for e in found
    )
    for verdict in (Verdict.VACUOUS, Verdict.REFUTED, Verdict.PROVED, Verdict.SUPPORTED):
        if verdict in by and not (doubtful and verdict in (Verdict.PROVED, Verdict.SUPPORTED)):
            e = by[verdict]
            reason = "" if e.witness is not None else e.detail  # a witness speaks for itself
            return Judgement(verdict, e.scope, e.conditions, e.witness, reason, everything)
    reasons = [f"{e.check}: {e.detail}" for e in found if e.verdict is Verdict.UNDECIDED]
    return Judgement(Verdict.UNDECIDED, reason="; ".join(reasons) or "no check could settle it", evidence=everything)


# -- a derivation --------------------------------------------------------------------------------------------------


def judge(
    derivation: Derivation, settings: Settings, guard: Guard = unguarded, others: Sequence[Derivation] = ()
) -> DerivationResult:
    """Every step from the line before and from the first line; of a refuted one, which slip it is.

    ``others`` are the derivations beside this one: a line may be right about something that another one defines.
    """
    forget()  # what was found out for another derivation must not show in this one's proofs
    start = derivation.start
    lines: dict[str, Content] = {start.tag: start.content} if start else {}
    right = set(lines)  # the lines that are right, compared with the first
    results: list[StepResult] = []
    before = start.content if start else None
    chain = _Chain()
    for step in derivation.steps:
        previous = step.alone_lhs if step.alone_lhs is not None else before
        assert previous is not None
        kept = _premises(lines, step.keeps)
        name = f"{derivation.id}:{step.tag}"
        judgement = settle(make_claim(name, previous, step.relation, step, derivation, kept), settings, guard)
        from_start: Judgement | None = judgement
        chain.relation = compose(chain.relation, step.relation)
        if start is not None and results:
            from_start = (
                _from_start(derivation, step, chain.relation, chain, judgement, lines, right, settings, guard)
                if chain.relation is not None
                else None
            )
        result = _result(step, previous, judgement, from_start, chain)
        if judgement.verdict is Verdict.REFUTED:
            desk = Desk(make_claim, lambda claim: settle_repair(claim, settings), others, settings.seed)
            result = replace(
                result, diagnoses=_diagnoses(derivation, step, previous, kept, result, results, desk, guard)
            )
        results.append(result)
        if start is None:
            chain = _Chain()  # the next line stands alone
        lines[step.tag] = step.line.content
        if from_start is not None and from_start.verdict.holds:
            right.add(step.tag)
        before = step.line.content
    return _derivation_result(derivation, tuple(results))


def _diagnoses(
    derivation: Derivation,
    step: Step,
    previous: Content,
    kept: tuple[Proposition, ...],
    result: StepResult,
    so_far: Sequence[StepResult],
    desk: Desk,
    guard: Guard,
) -> tuple[Diagnosis, ...]:
    """The slips of a refuted step. If the search is ended at a limit, there are none, and the verdict stays."""
    name = f"{derivation.id}:{step.tag}/diagnosis"
    found: list[tuple[Diagnosis, ...]] = []

    def look() -> Evidence:
        found.append(diagnose_step(derivation, step, previous, kept, result, so_far, desk))
        return Evidence("diagnosis", Verdict.SUPPORTED, f"{len(found[0])} found")

    evidence = guard(name, look)
    if not found and evidence is not None and evidence.verdict is Verdict.SUPPORTED:
        look()  # it was found by a worker that died later: it can be found again
    return found[0] if found else ()


def settle_repair(claim: Claim, settings: Settings) -> Judgement:
    """A repair of an equation: proved by what proves most, else supported by numbers; other relations as any claim."""
    if claim.relation is not Relation.EQ:
        return settle(claim, settings)
    for check in (identity.check, canonical.check, numeric.check):
        evidence = check(claim, settings)
        if evidence is not None and evidence.verdict in (*DECISIVE, Verdict.SUPPORTED):
            return weigh([evidence])
    return weigh([])


def _premises(lines: dict[str, Content], tags: Sequence[str]) -> tuple[Proposition, ...]:
    """The propositions among the lines that a step keeps."""
    return tuple(line for tag in tags if isinstance(line := lines.get(tag), Proposition))


class _Chain:
    """What is known along the chain: the relation to the first line, and since which slip it has been off."""

    def __init__(self) -> None:
        self.relation: Relation | None = Relation.EQ
        self.from_start: Judgement | None = None
        self.off_since = ""
        self.acknowledged = False  # whether an erratum covers a slip since the chain has been off


def make_claim(
    name: str, previous: Content, relation: Relation, step: Step, derivation: Derivation, kept: tuple[Proposition, ...]
) -> Claim:
    """The self-contained claim that a line asserts of another."""
    line = step.line.content
    axes = content_shape((previous, line))
    used = free_symbols((previous, line, kept, derivation.givens.constraints))
    symbols = tuple(s for s in derivation.givens.symbols if s in used)
    taken = names_in((previous, line, kept)) | {s.name for s in symbols}
    indices = lower.components(axes, taken)
    givens = Givens(symbols, derivation.givens.constraints)
    return lower.claim(name, previous, relation, line, givens, indices, kept)


def _from_start(
    derivation: Derivation,
    step: Step,
    relation: Relation,
    chain: _Chain,
    judgement: Judgement,
    lines: dict[str, Content],
    right: set[str],
    settings: Settings,
    guard: Guard,
) -> Judgement:
    """The line against the first line: by transitivity where the chain holds so far, else directly.

    Of the premises that the step keeps only those count that are themselves right.
    """
    so_far = chain.from_start
    kept = _premises(lines, [tag for tag in step.keeps if tag in right])
    composed = _composed(so_far, judgement) if so_far is not None and right.issuperset(step.keeps) else None
    if composed is not None and not composed.conditions:
        return composed
    assert derivation.start is not None
    name = f"{derivation.id}:{step.tag}/start"
    direct = settle(make_claim(name, derivation.start.content, relation, step, derivation, kept), settings, guard)
    return composed if composed is not None and direct.verdict is Verdict.UNDECIDED else direct


def _composed(so_far: Judgement, last: Judgement) -> Judgement | None:
    """By transitivity. Where a line between is not defined everywhere, only as far as it is."""
    if not (so_far.verdict.holds and last.verdict.holds):
        return None
    both = (so_far.verdict, last.verdict)
    verdict = Verdict.PROVED if both == (Verdict.PROVED, Verdict.PROVED) else Verdict.SUPPORTED
    scope = last.scope if last.verdict is verdict else so_far.scope
    conditions = tuple(dict.fromkeys((*so_far.conditions, *last.conditions)))
    return Judgement(verdict, scope, conditions, reason="by the steps before")


def compose(first: Relation | None, second: Relation) -> Relation | None:
    """How the last of three lines relates to the first; ``None`` where nothing follows."""
    if first is None:
        return None
    if first is Relation.EQ:
        return second
    if second is Relation.EQ:
        return first
    if first in _ORDERED and second in _ORDERED:
        (way, strict), (other_way, also_strict) = _ORDERED[first], _ORDERED[second]
        if way != other_way:
            return None
        return next(r for r, v in _ORDERED.items() if v == (way, strict or also_strict))
    if first is second and first in (Relation.IFF, Relation.IMPLIES, Relation.SAME_MAXIMISERS):
        return first
    if {first, second} == {Relation.IFF, Relation.IMPLIES}:
        return Relation.IMPLIES
    if first is Relation.SAME_MAXIMISERS and second in (Relation.IMPLIES, Relation.IFF):
        return second
    return None


def standing_of(step: Verdict, from_start: Verdict | None) -> Standing:
    """The step together with how its line relates to the first one."""
    follows = True if step.holds else False if step is Verdict.REFUTED else None
    right = (
        None if from_start is None else True if from_start.holds else False if from_start is Verdict.REFUTED else None
    )
    return {
        (True, True): Standing.SOUND,
        (False, False): Standing.OWN_SLIP,
        (True, False): Standing.CARRIED,
        (False, True): Standing.CANCELS,
    }.get((follows, right), Standing.UNKNOWN)  # type: ignore[arg-type]  # None is in no key


def _result(
    step: Step, previous: Content, judgement: Judgement, from_start: Judgement | None, chain: _Chain
) -> StepResult:
    standing = standing_of(judgement.verdict, from_start.verdict if from_start else None)
    since = chain.off_since
    if standing is Standing.OWN_SLIP:
        since = since or step.tag
        chain.off_since = since
        chain.acknowledged = chain.acknowledged or bool(step.erratum)
    acknowledged = not judgement.verdict.holds and bool(
        step.erratum or (standing is Standing.CANCELS and chain.acknowledged)
    )
    if judgement.verdict in (Verdict.VACUOUS, Verdict.CONFLICT):
        acknowledged = False
    if standing in (Standing.SOUND, Standing.CANCELS):
        chain.off_since, chain.acknowledged = "", False
    chain.from_start = from_start
    return StepResult(
        tag=step.tag,
        line=step.line.place.line,
        relation=step.relation,
        latex=step.line.latex or _latex_of(step),
        lhs=show.show(previous),
        rhs=show.show(step.line.content),
        judgement=judgement,
        from_start=from_start,
        standing=standing,
        since="" if standing is Standing.SOUND else since,
        justification=step.justification,
        erratum=step.erratum,
        acknowledged=acknowledged,
        stale_erratum=bool(step.erratum) and judgement.verdict.holds,
    )


def _derivation_result(derivation: Derivation, steps: tuple[StepResult, ...]) -> DerivationResult:
    start = derivation.start
    return DerivationResult(
        id=derivation.id,
        title=derivation.title,
        source=derivation.source,
        file=derivation.place.file,
        line=derivation.place.line,
        remarks=derivation.remarks,
        givens=show.givens(derivation.givens),
        start=_start_result(start) if start else None,
        steps=steps,
    )


def _latex_of(step: Step) -> str:
    """LaTeX made from a line for which the author gave none; one that stands alone shows both sides."""
    right = show.latex(step.line.content)
    if step.alone_lhs is None or step.alone_lhs == TRUE:
        return right
    return f"{show.latex(step.alone_lhs)} {SIGNS[step.relation]} {right}"


def _start_result(start: Line) -> StartResult:
    return StartResult(start.tag, start.latex or show.latex(start.content), show.show(start.content))


def abandoned(derivation: Derivation, reason: str) -> DerivationResult:
    """Every step UNDECIDED, for a derivation whose worker could not go on."""
    nothing = Judgement(Verdict.UNDECIDED, reason=reason)
    before: Content | None = derivation.start.content if derivation.start else None
    steps = []
    for step in derivation.steps:
        previous = step.alone_lhs if step.alone_lhs is not None else before
        assert previous is not None
        steps.append(_result(step, previous, nothing, nothing, _Chain()))
        before = step.line.content
    return _derivation_result(derivation, tuple(steps))
