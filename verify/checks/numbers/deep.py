"""Integrals and infinite sums without free symbols, to hundreds of digits.

``Σ e^{−n²/100} = 10√π`` (both sums over all whole n) agrees to 427 digits and is false; 40 digits, which are soon
computed, support less than they seem to. The precision is raised as long as that takes few steps.
"""

from __future__ import annotations

from contextlib import suppress

from sympy import Expr, Pow, Product, Rational, Sum, exp

from verify.checks.common import doubtful, space_of
from verify.checks.numbers.agreement import DIGITS, agree, shared_digits
from verify.checks.numbers.confirming import takes_long
from verify.checks.numbers.differences import by_difference, certify, may_hide
from verify.config import Settings
from verify.evaluate.analysis.common import deeply, goal
from verify.evaluate.effort import at_most
from verify.evaluate.field import Undefined, Unsupported
from verify.evaluate.points import Point
from verify.model import Claim, Doubt, Evidence, Relation, Verdict
from verify.terms import Rel

TIMES = (3, 14)  # as many digits as usual
MOST_DIGITS = 450
DIGITS_PER_UNIT = 4.29  # π² log₁₀ e
BROAD = 5  # numbers below make no sum agree with an integral to more digits than are looked at anyway
CHEAP = 60_000  # steps that the first may take, so that the second is tried too
MOST_STEPS = (300_000, 1_500_000)


def check(claim: Claim, settings: Settings) -> Evidence | None:
    """REFUTED where the sides differ by little, SUPPORTED to more digits, or nothing."""
    if claim.relation is not Relation.EQ:
        return None
    assert isinstance(claim.lhs, Expr) and isinstance(claim.rhs, Expr)
    rel, space = Rel(claim.relation, claim.lhs, claim.rhs), space_of(claim)
    if not space.closed or not (takes_long(rel.lhs) or takes_long(rel.rhs)) or may_hide(rel, MOST_DIGITS):
        return None
    digits = 0
    for times, most in zip(TIMES, MOST_STEPS, strict=True):
        with deeply(times), at_most(most) as effort, suppress(Undefined, Unsupported):
            point, bits = Point(), goal()  # a point of its own: others remember values to fewer digits
            if agree(rel, point, space, bits) is False:
                witness = certify(rel, point, space) or by_difference(rel, point, space, bits)
                if witness is not None:
                    return Evidence("deep", Verdict.REFUTED, "the sides differ, if by little", witness=witness)
            digits = max(digits, shared_digits(rel, point, space, bits))
        if effort.steps > CHEAP:
            break
    if any(_width(side) > digits for side in (rel.lhs, rel.rhs)):
        return doubtful("deep", Doubt.HIDDEN)
    return Evidence("deep", Verdict.SUPPORTED, f"equal to {digits} digits") if digits > DIGITS else None


def _width(e: Expr) -> float:
    """To how many digits a sum over all whole n of e^(−n²/q) may agree with an integral: π² q log₁₀ e (Poisson)."""
    if e.is_Atom:
        return 0.0
    below = max((_width(a) for a in e.args if isinstance(a, Expr)), default=0.0)
    if not isinstance(e, Sum | Product) or not any(end.is_infinite for limit in e.limits for end in limit[1:]):
        return below
    powers = [p.args[-1] for p in e.function.atoms(exp, Pow) if p.args[-1].has(*e.variables)]
    curved = [p for p in powers if any((q := p.as_poly(v)) is None or q.degree() > 1 for v in e.variables)]
    sizes = [max(abs(n.p), n.q) for p in curved for n in p.atoms(Rational)]
    return max([below, *(DIGITS_PER_UNIT * float(n) for n in sizes if n >= BROAD)])
