"""What the checks share: the facts of a claim, how things are written for the reader."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import lru_cache
from typing import TypeAlias

from sympy import Expr

from verify import lower, normal
from verify.config import Settings
from verify.evaluate.sampling.space import Space, all_real
from verify.facts import Facts
from verify.model import Claim, Doubt, Evidence, Givens, Verdict
from verify.terms import Index, Proposition, Rel, conjuncts

Check: TypeAlias = Callable[[Claim, Settings], Evidence | None]


def doubtful(check: str, doubt: Doubt, cause: str = "") -> Evidence:
    """What a check finds that leaves the claim undecided for a reason that matters to others."""
    detail = f"{doubt.value}: {cause}" if cause else doubt.value
    return Evidence(check, Verdict.UNDECIDED, detail, doubt=doubt)


@lru_cache(maxsize=512)
def space_of(claim: Claim) -> Space:
    """Everything of the claim that needs a value."""
    space = Space(claim.givens.symbols, claim.givens.constraints, (claim.lhs, claim.rhs, claim.premises))
    space.real = space.real and not claim.principal
    return space


@lru_cache(maxsize=512)
def facts_of(claim: Claim) -> Facts:
    """The claim's givens, ready to be asked."""
    givens = claim.givens
    indices = tuple(s for s in givens.symbols if isinstance(s, Index))
    return _facts(givens.constraints, claim.premises, indices, not claim.principal and _real(claim))


def restated(claim: Claim, lhs: Expr, rhs: Expr, givens: Givens | None = None) -> Claim:
    """The claim with other sides, which is read as before: with principal branches, even if no ``I`` is left in it."""
    principal = claim.principal or not facts_of(claim).real_mode
    return replace(claim, lhs=lhs, rhs=rhs, givens=givens or claim.givens, principal=principal)


def _real(claim: Claim) -> bool:
    """Whether everything is real; what is noted of an equation's sides for the canonical form often tells it."""
    givens = claim.givens
    contents: tuple[object, ...] = (claim.lhs, claim.rhs, claim.premises)
    if isinstance(claim.lhs, Expr) and isinstance(claim.rhs, Expr):
        sides = normal.survey(claim.lhs, claim.rhs)
        if sides.complex:
            return False
        if sides.real and not sides.arrays:
            if not givens.constraints and not claim.premises and sides.letters.issuperset(givens.symbols):
                return True
            contents = (claim.premises,)
    return all_real(givens.symbols, givens.constraints, contents)


@lru_cache(maxsize=64)
def _facts(
    constraints: tuple[Proposition, ...], premises: tuple[Proposition, ...], indices: tuple[Index, ...], real: bool
) -> Facts:
    """One object for all claims that assume the same: what was found out once is remembered there."""
    return Facts(Givens(indices, constraints), premises, real)


def forget() -> None:
    """Begin afresh: the field in which two sides are compared shows, in its kernels, what else was compared there."""
    facts_of.cache_clear()
    _facts.cache_clear()


def equal(lhs: Expr, rhs: Expr, facts: Facts, convergent: bool = False) -> normal.Proof | None:
    """A proof that both sides have one canonical form, as they stand or with definitions unfolded.

    ``convergent`` as in :func:`normal.prove_equal`.

    Raises:
        normal.TooLarge: the expressions swell past the limit.
    """
    found = normal.prove_equal(lhs, rhs, facts, convergent)
    return found or unfolded_equal(lhs, rhs, facts, convergent)


def unfolded_equal(lhs: Expr, rhs: Expr, facts: Facts, convergent: bool = False) -> normal.Proof | None:
    """The same with definitions unfolded; nothing where there are none."""
    if not normal.survey(lhs, rhs).arrays:
        return None
    unfolded = lower.unfold(lhs), lower.unfold(rhs)
    return normal.prove_equal(*unfolded, facts, convergent) if unfolded != (lhs, rhs) else None


def all_sizes(claim: Claim) -> str:
    """The scope of a proof: every size there is."""
    whole = [s for s in claim.givens.symbols if s.is_integer and not isinstance(s, Index)]
    if not whole or not _ranges(claim):
        return ""
    sizes = [s.name for s in whole if s in space_of(claim).sizes]
    return f"all {', '.join(sizes)}" if sizes else ""


def _ranges(claim: Claim) -> bool:
    """Whether a sum, a product, an index or an array may stand in the claim, so that there may be sizes."""
    parts: list[Expr] = [*claim.givens.symbols]
    for side in (claim.lhs, claim.rhs, *conjuncts((*claim.givens.constraints, *claim.premises))):
        if isinstance(side, Expr):
            parts.append(side)
        elif isinstance(side, Rel):
            parts += (side.lhs, side.rhs)
        else:
            return True
    return normal.survey(*parts).ranges
