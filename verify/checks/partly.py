"""Where a refuted claim does hold: on part of the domain, or where two indices are equal.

"Holds for x ≥ 0; fails at x = −1" is worth more to an author than "false". What is said to hold has been proved.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from itertools import combinations

from sympy import Expr, S

from verify.checks import domain
from verify.checks.common import facts_of, space_of
from verify.checks.equations import canonical
from verify.checks.equations.identity import rename
from verify.checks.inequalities import by_signs, order, smt
from verify.checks.instances import instantiate
from verify.checks.numbers import logic, numeric
from verify.checks.numbers.confirming import contradicted
from verify.config import Settings
from verify.model import COMPARISONS, Claim, Evidence, Givens, Relation, Verdict
from verify.terms import Index, Rel, free

HALVES = (
    (Relation.GE, "≥ 0"),
    (Relation.LE, "≤ 0"),
    (Relation.GT, "> 0"),
    (Relation.LT, "< 0"),
)
MOST_SYMBOLS = 3


def where(claim: Claim, settings: Settings) -> str:
    """A sentence such as ``holds for w = o``, or an empty string."""
    for name, narrower in _cases(claim):
        if _proved(narrower, settings):
            return f"holds for {name}"
    return ""


def _proved(claim: Claim, settings: Settings) -> bool:
    """Proved, and not of an empty set: there is a point at which both sides are defined."""
    if claim.relation in COMPARISONS and contradicted(_relation(claim), space_of(claim), settings):
        return False
    few = replace(settings, proved=True)  # as far as it is shown at all, a proof will follow
    seen = numeric.check(claim, few) or logic.check(claim, few)
    if seen is not None and seen.verdict in (Verdict.UNDECIDED, Verdict.REFUTED):
        return False
    for check in (canonical.check, order.check, by_signs.check, smt.check):
        evidence: Evidence | None = check(claim, settings)
        if evidence is not None and evidence.verdict is Verdict.PROVED:
            return True
    return False


def _relation(claim: Claim) -> Rel:
    assert isinstance(claim.lhs, Expr) and isinstance(claim.rhs, Expr)
    return Rel(claim.relation, claim.lhs, claim.rhs)


def _cases(claim: Claim) -> Iterator[tuple[str, Claim]]:
    """Narrower claims, each with the words for its narrower scope."""
    if claim.relation in COMPARISONS:
        yield from _narrower_relations(claim)
    for size in space_of(claim).sizes:
        instance = instantiate(claim, {size: 1})
        if instance is not None:
            yield f"{size} = 1", instance


def _narrower_relations(claim: Claim) -> Iterator[tuple[str, Claim]]:
    lhs, rhs, givens = claim.lhs, claim.rhs, claim.givens
    assert isinstance(lhs, Expr) and isinstance(rhs, Expr)
    indices = [s for s in givens.symbols if isinstance(s, Index)]
    for a, b in combinations(indices, 2):
        alike = (a.lower, a.upper) == (b.lower, b.upper) and {a, b} <= free(lhs) | free(rhs)
        if alike and not facts_of(claim).distinct(a, b):
            equal = {a: b} if a.name > b.name else {b: a}
            ((gone, kept),) = equal.items()
            symbols = tuple(s for s in givens.symbols if s != gone)
            constraints = rename(givens.constraints, gone, kept)
            narrower = Claim(
                claim.id, lhs.xreplace(equal), claim.relation, rhs.xreplace(equal), Givens(symbols, constraints)
            )
            yield f"{gone} = {kept}", narrower
    scalars = [s for s in space_of(claim).scalars if s.is_extended_real]
    if len(scalars) <= MOST_SYMBOLS:
        known = facts_of(claim)
        for symbol in scalars:
            for op, words in HALVES:
                sign = known.sign(symbol)
                if sign is None or not sign & order.ALLOWED[op] or not sign & ~order.ALLOWED[op]:
                    continue  # nothing left of the domain, or nothing gained
                constraints = (*givens.constraints, Rel(op, symbol, S.Zero))
                narrower = Claim(claim.id, lhs, claim.relation, rhs, Givens(givens.symbols, constraints))
                if words == "≥ 0" and f"{symbol} ≠ 0" in domain.conditions(narrower):
                    continue  # what is meant is > 0
                yield f"{symbol} {words}", narrower
