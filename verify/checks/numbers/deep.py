"""Integrals and infinite sums without free symbols, to hundreds of digits.

``Σ e^{−n²/100} = 10√π`` (both sums over all whole n) agrees to 427 digits and is false; 40 digits, which are soon
computed, support less than they seem to. The precision is raised as long as that is cheap.
"""

from __future__ import annotations

from contextlib import suppress
from time import thread_time

from sympy import Expr

from verify.checks.common import space_of
from verify.checks.numbers.agreement import DIGITS, agree, shared_digits
from verify.checks.numbers.confirming import takes_long
from verify.checks.numbers.differences import by_difference, certify
from verify.config import Settings
from verify.evaluate.analysis.common import deeply, goal
from verify.evaluate.field import Undefined, Unsupported
from verify.evaluate.points import Point
from verify.model import Claim, Evidence, Relation, Verdict
from verify.terms import Rel

TIMES = (3, 14)  # as many digits as usual
CHEAP = 0.15  # seconds of processor time for the first, so that the second is tried too


def check(claim: Claim, settings: Settings) -> Evidence | None:
    """REFUTED where the sides differ by little, SUPPORTED to more digits, or nothing."""
    if claim.relation is not Relation.EQ:
        return None
    assert isinstance(claim.lhs, Expr) and isinstance(claim.rhs, Expr)
    rel, space = Rel(claim.relation, claim.lhs, claim.rhs), space_of(claim)
    if not space.closed or not (takes_long(rel.lhs) or takes_long(rel.rhs)):
        return None
    digits = 0
    for times in TIMES:
        started = thread_time()
        with deeply(times), suppress(Undefined, Unsupported):
            point, bits = Point(), goal()  # a point of its own: others remember values to fewer digits
            if agree(rel, point, space, bits) is False:
                witness = certify(rel, point, space) or by_difference(rel, point, space, bits)
                if witness is not None:
                    return Evidence("deep", Verdict.REFUTED, "the sides differ, if by little", witness=witness)
            digits = max(digits, shared_digits(rel, point, space, bits))
        if thread_time() - started > CHEAP:
            break
    return Evidence("deep", Verdict.SUPPORTED, f"equal to {digits} digits") if digits > DIGITS else None
