"""The ladder for one claim: checks in order of cost until a symbolic and a numeric one have spoken."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from functools import partial
from time import perf_counter

from sympy import Expr

from verify import normal
from verify.checks import assumptions, rechecked
from verify.checks.common import Check, facts_of, space_of
from verify.checks.equations import canonical, identity
from verify.checks.evidence.record import consult
from verify.checks.implications import at_optimum, given, implication
from verify.checks.inequalities import by_signs, order, smt
from verify.checks.maximisers import beaten, not_at_rest, other_peak, same_maximisers, weighted
from verify.checks.numbers import extremes, logic, nowhere, numeric
from verify.checks.numbers.confirming import contradicted, takes_long
from verify.config import Guard, Settings, unguarded
from verify.model import Claim, Doubt, Evidence, Judgement, Relation, Verdict
from verify.scope import scoped
from verify.terms import Conj, Rel
from verify.weighing import DECISIVE, weigh

SYMBOLIC: tuple[Check, ...] = (
    identity.check,
    canonical.check,
    order.check,
    given.check,
    implication.check,
    by_signs.check,
    same_maximisers.check,
)
DIRECT: tuple[Check, ...] = (identity.check, canonical.untold, given.check)
NUMERIC: tuple[Check, ...] = (
    numeric.check,
    logic.check,
    at_optimum.check,
    weighted.check,
    beaten.check,
    other_peak.check,
    not_at_rest.check,
)
POINTLESS = (Doubt.NO_POINT, Doubt.NO_VALUE, Doubt.NOWHERE)
PRINCIPAL = "the values leave the reals: principal branches"


def settle(claim: Claim, settings: Settings, guard: Guard = unguarded) -> Judgement:
    """The verdict on one claim.

    Where real symbols confine the values to the reals, and nothing is defined there at any point that was looked at
    (``atanh √(1 + x)`` for x > 0), an equation is read once more with principal branches at the same real symbols:
    there a proof covers every point at which both sides are defined.
    """
    judgement = _read(claim, settings, guard)
    if judgement.verdict is Verdict.UNDECIDED and any(map(nowhere.told, judgement.evidence)):
        return _one_sided(claim, settings, guard, judgement)
    return judgement


def _one_sided(claim: Claim, settings: Settings, guard: Guard, judgement: Judgement) -> Judgement:
    """The judgement, told which side is defined nowhere, if one is."""
    evidence = guard(f"{claim.id}/nowhere", partial(nowhere.check, claim, settings))
    if evidence is None or evidence.doubt is None:
        return judgement
    return replace(judgement, reason=evidence.detail, evidence=(*judgement.evidence, evidence))


def _read(claim: Claim, settings: Settings, guard: Guard) -> Judgement:
    """The verdict on one claim as it is read, and as it may be read besides."""
    judgement = _climb(claim, settings, guard)
    space = space_of(claim)
    if judgement.verdict is Verdict.UNDECIDED and not judgement.evidence:
        judgement = _one_sided(claim, settings, guard, judgement)
    pointless = not judgement.evidence or any(e.doubt in POINTLESS for e in judgement.evidence)
    if (
        judgement.verdict is not Verdict.UNDECIDED
        or claim.relation is not Relation.EQ
        or not (pointless and space.real)
    ):
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
        if needed is None or (needed and smt.contradictory(claim, Conj(smt.expressible(needed)))):
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
            name = check.__module__.rsplit(".", 1)[-1] + check.__name__.removeprefix("check")
            started = perf_counter()
            proved = any(e.verdict is Verdict.PROVED and not e.within for e in found)
            refuted = any(e.verdict is Verdict.REFUTED for e in found)
            stands = (proved or refuted) and not settings.thorough
            asked = replace(settings, proved=proved, refuted=refuted) if stands else settings
            evidence = guard(f"{claim.id}/{name}", partial(consult, check, claim, asked))
            if evidence is not None:
                found.append(replace(evidence, seconds=perf_counter() - started))
                if evidence.verdict in until:
                    return

    def decided() -> bool:
        return any(e.verdict in DECISIVE for e in found)

    run((assumptions.check,), ())
    if not any(e.verdict is Verdict.VACUOUS for e in found):
        numbers_first = claim.relation is Relation.SAME_MAXIMISERS or space_of(claim).closed
        fails_soon = not numbers_first and _fails_soon(claim, settings, guard)
        for checks in (NUMERIC, SYMBOLIC) if numbers_first or fails_soon else (SYMBOLIC, NUMERIC):
            if not (numbers_first and decided()):
                run(checks, (*DECISIVE, Verdict.SUPPORTED))
        if not decided() and claim.relation is not Relation.SAME_MAXIMISERS:  # of which they all know nothing
            from verify.later import FARTHER, SLOW  # most runs never need these, nor import them

            run(SLOW, DECISIVE)
            if claim.relation is not Relation.EQ and not decided():
                run((extremes.check,), DECISIVE)
            if not decided():
                run(FARTHER, DECISIVE)
        if settings.rechecks and any(e.verdict is Verdict.PROVED for e in found):
            run((rechecked.check,), ())
    return scoped(claim, settings, guard, weigh(found))


def _fails_soon(claim: Claim, settings: Settings, guard: Guard) -> bool:
    """Whether balls say no to an equation at one of the first points: to search for its proof in vain takes long."""
    if settings.thorough or claim.relation is not Relation.EQ or claim.principal:
        return False
    assert isinstance(claim.lhs, Expr) and isinstance(claim.rhs, Expr)
    rel, space = Rel(claim.relation, claim.lhs, claim.rhs), space_of(claim)

    def look() -> Evidence | None:
        if takes_long(rel.lhs) or takes_long(rel.rhs) or not contradicted(rel, space, settings):
            return None
        return Evidence("first points", Verdict.REFUTED, "balls of the two sides do not meet")

    evidence = guard(f"{claim.id}/first points", look)
    return evidence is not None and evidence.verdict is Verdict.REFUTED


def settle_repair(claim: Claim, settings: Settings) -> Judgement:
    """A repair of an equation: proved by what proves most, else supported by numbers; other relations as any claim.

    That problems have the same maximisers is proved sooner than it is seen on data.
    """
    if claim.relation is not Relation.EQ:
        proved = same_maximisers.check(claim, settings)
        return weigh([proved]) if proved is not None else settle(claim, settings)
    return _first(claim, settings, (*DIRECT, numeric.check))


def prove_repair(claim: Claim, settings: Settings) -> Judgement:
    """A repair of an equation proved without any values, by what takes longer as well; else undecided."""
    from verify.later import EQUATIONS  # seldom needed, and long to import

    return _first(claim, settings, (*DIRECT, *EQUATIONS))


def _first(claim: Claim, settings: Settings, checks: Sequence[Check]) -> Judgement:
    """What the first check says that decides a claim, or supports it."""
    for check in checks:
        evidence = check(claim, settings)
        if evidence is not None and evidence.verdict in (*DECISIVE, Verdict.SUPPORTED):
            return weigh([evidence])
    return weigh([])
