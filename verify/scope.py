"""For what a verdict holds: where both sides are defined, or on which part of its scope at least."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from functools import partial

from sympy import Expr, bernoulli

from verify.checks import domain, partly
from verify.checks.common import facts_of, space_of
from verify.checks.equations import canonical
from verify.checks.inequalities import smt
from verify.config import Guard, Settings
from verify.model import Claim, Evidence, Judgement, Relation, Verdict
from verify.terms import Conj, Disj, Proposition
from verify.weighing import weigh


def scoped(claim: Claim, settings: Settings, guard: Guard, judgement: Judgement) -> Judgement:
    """The verdict with what it holds for: where both sides are defined, or on which part of its scope at least."""
    if judgement.verdict.holds and _impossible(claim, settings, guard):
        reason = "no point that satisfies the premise is one at which both sides are defined"
        judgement = replace(judgement, verdict=Verdict.VACUOUS, reason=reason)
    if judgement.verdict.holds:
        told = any(e.verdict is Verdict.PROVED and e.check == canonical.NAME for e in judgement.evidence)
        conditions = _merged((*judgement.conditions, *domain.conditions(claim, told)))
        if conditions and (unconventional := _whatever_is_meant(claim, settings, guard)) is not None:
            return weigh([unconventional])
        scope = "; ".join(filter(None, (judgement.scope, ", ".join(conditions))))
        judgement = replace(judgement, scope=scope, conditions=conditions)
    if judgement.verdict is Verdict.REFUTED and not judgement.scope:
        judgement = replace(judgement, scope=_partly(claim, settings, guard))
    return judgement


def _whatever_is_meant(claim: Claim, settings: Settings, guard: Guard) -> Evidence | None:
    """A refutation at a point that is left out since conventions differ, if the claim fails there by all of them."""
    sides = [side for side in (claim.lhs, claim.rhs) if isinstance(side, Expr) and side.has(bernoulli)]
    if not sides:
        return None
    from verify.checks.numbers import conventions

    evidence = guard(f"{claim.id}/conventions", partial(conventions.check, claim, settings))
    return evidence if evidence is not None and evidence.verdict is Verdict.REFUTED else None


def _merged(conditions: Sequence[str]) -> tuple[str, ...]:
    """Each condition once, and ``a > 0`` for ``a ≥ 0`` beside ``a ≠ 0`` or ``a > 0``."""
    found = tuple(dict.fromkeys(conditions))
    for weak in found:
        apart, strict = weak.replace(" ≥ ", " ≠ "), weak.replace(" ≥ ", " > ")
        if weak != strict and (apart in found or strict in found):
            found = tuple(dict.fromkeys(strict if c in (weak, apart) else c for c in found))
    return found


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
