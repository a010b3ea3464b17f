"""Lipschitz conditions, ``|f(a) − f(b)| ≤ L·|a − b|``, by a bound of the derivative.

Where ``D(t) = f(t) − f(b)`` is 0 at ``t = b`` and ``|D′| ≤ L`` on an interval that contains a and b, the mean value
theorem says ``|D(a)| ≤ L·|a − b|`` (Rudin, *Principles of Mathematical Analysis*, theorem 5.10). The bound of the
derivative is an inequality of its own, which the other checks are asked.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from sympy import Abs, Add, Expr, Mul, Symbol

from verify import normal
from verify.checks.common import all_sizes, facts_of
from verify.checks.domain import within_reals
from verify.checks.evidence.argument import Argument, premise
from verify.checks.evidence.record import inferences
from verify.checks.inequalities.in_real_numbers import following
from verify.checks.interval import interval_of
from verify.checks.smooth import smooth
from verify.config import Settings
from verify.model import Claim, Evidence, Givens, Relation, Verdict
from verify.show import show
from verify.terms import Rel, free, written_out

RULE = "mean value theorem: a function whose derivative is at most L in size changes by at most L times the distance"


def check(claim: Claim, settings: Settings) -> Evidence | None:
    """PROVED where a bound of the derivative shows it; it says nothing otherwise."""
    if claim.relation not in (Relation.LE, Relation.GE) or claim.premises or claim.principal:
        return None
    assert isinstance(claim.lhs, Expr) and isinstance(claim.rhs, Expr)
    small, large = (claim.lhs, claim.rhs) if claim.relation is Relation.LE else (claim.rhs, claim.lhs)
    for distance, most in _distances(large):
        general = _in_symbols(claim, written_out(small), distance, most)
        if general is None:
            continue
        plain, a, b = general
        try:
            found = _bounded(plain, a, b, settings)
        except normal.NormalError:
            continue
        if found is not None:
            evidence = Evidence("mean value", Verdict.PROVED, found.words, all_sizes(claim))
            return replace(evidence, inferences=inferences(settings, found))
    return None


def _distances(large: Expr) -> Iterator[tuple[Add, Expr]]:
    """Each difference ``u − v`` and the factor L where the larger side is ``L·|u − v|``."""
    for size in Mul.make_args(large):
        if isinstance(size, Abs) and isinstance(size.args[0], Add) and len(size.args[0].args) == 2:
            yield size.args[0], large / size


def _in_symbols(claim: Claim, small: Expr, distance: Add, most: Expr) -> tuple[Claim, Symbol, Symbol] | None:
    """``small ≤ most`` about two symbols a and b that stand for the two ends of the distance.

    A symbol stays, with what is given of it. For any other real expression stands any real number: what holds for all
    of them holds for this one.
    """
    ends: list[Symbol] = []
    for sign, term in zip((1, -1), sorted(distance.args, key=lambda t: t.could_extract_minus_sign()), strict=True):
        end = sign * term
        if isinstance(end, Symbol):
            ends.append(end)
        elif end.is_extended_real and end.is_finite is not False and free(end):
            ends.append(Symbol(f"‹end {len(ends) + 1}›", real=True))
            small = small.xreplace({end: ends[-1]})
        else:
            return None
    a, b = ends
    if any(s.is_integer or not s.is_extended_real for s in ends) or {a, b} & free(most):
        return None
    symbols = tuple(dict.fromkeys((*claim.givens.symbols, a, b)))
    givens = Givens(symbols, claim.givens.constraints)
    return replace(claim, lhs=small, relation=Relation.LE, rhs=most, givens=givens), a, b


def _bounded(claim: Claim, a: Symbol, b: Symbol, settings: Settings) -> Argument | None:
    """Why the smaller side changes by at most ``claim.rhs`` times the distance."""
    assert isinstance(claim.lhs, Expr) and isinstance(claim.rhs, Expr)
    change = claim.lhs.args[0] if isinstance(claim.lhs, Abs) else claim.lhs
    around, within = interval_of(claim.givens, a), interval_of(claim.givens, b)
    facts = facts_of(claim)
    if around is None or around != within or not within_reals(claim) or not smooth(change, facts, a):
        return None
    if normal.prove_zero(change.xreplace({a: b}), facts) is None:
        return None
    slope = written_out(normal.differentiate(change, a, facts))
    most = claim.rhs
    for side in (slope, -slope):
        bound = replace(claim, lhs=side)
        if following(bound, bound, "mean value", "", settings) is None:
            return None
    return Argument(
        f"the mean value theorem: the derivative by {a} is at most {show(most)} in size",
        RULE,
        lambda: (
            premise(f"{{}} is 0 where {a} = {b}", change),
            premise("{}", Rel(Relation.LE, Abs(slope), most)),
        ),
    )
