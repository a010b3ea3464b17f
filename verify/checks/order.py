"""Inequalities by signs and monotonicity.

Rules: a sum of products of nonnegatives is nonnegative (:mod:`verify.facts` finds signs); an increasing function may be
taken off both sides, or off one side where the other is its value at a known place (``σ(t) ≥ 1/2`` when ``t ≥ 0``).
"""

from __future__ import annotations

from sympy import Expr, Rational, S, asinh, atan, erf, exp, sinh, tanh

from verify.checks.common import all_sizes, facts_of
from verify.config import Settings
from verify.facts import Facts, Sign
from verify.model import Claim, Evidence, Relation, Verdict
from verify.show import show
from verify.terms import Frac, Rel, sigmoid, softplus

ALLOWED = {
    Relation.GT: Sign.POS,
    Relation.GE: Sign.NONNEG,
    Relation.LT: Sign.NEG,
    Relation.LE: Sign.NONPOS,
    Relation.NE: Sign.NONZERO,
    Relation.EQ: Sign.ZERO,
}
STRICTLY_INCREASING = (sigmoid, softplus, exp, sinh, tanh, asinh, atan, erf)
# where a strictly increasing function takes a simple value: f(place) = value
LANDMARKS: dict[type[Expr], tuple[Expr, Expr]] = {
    sigmoid: (Rational(1, 2), S.Zero),
    exp: (S.One, S.Zero),
    tanh: (S.Zero, S.Zero),
    sinh: (S.Zero, S.Zero),
    asinh: (S.Zero, S.Zero),
    atan: (S.Zero, S.Zero),
    erf: (S.Zero, S.Zero),
}
MIRRORED = {
    Relation.LT: Relation.GT,
    Relation.LE: Relation.GE,
    Relation.GT: Relation.LT,
    Relation.GE: Relation.LE,
    Relation.EQ: Relation.EQ,
    Relation.NE: Relation.NE,
}


def check(claim: Claim, settings: Settings) -> Evidence | None:
    """PROVED where the signs say so."""
    if claim.relation not in ALLOWED or claim.relation is Relation.EQ:
        return None
    assert isinstance(claim.lhs, Expr) and isinstance(claim.rhs, Expr)
    reason = settle(Rel(claim.relation, claim.lhs, claim.rhs), facts_of(claim))
    return Evidence("sign", Verdict.PROVED, reason, all_sizes(claim)) if reason else None


def settle(rel: Rel, facts: Facts) -> str:
    """Why the relation holds, or an empty string."""
    taken: list[str] = []
    while True:
        if known(rel, facts):
            last = f"{show(rel)} by the signs of its parts"
            return "; ".join([*taken, last])
        smaller = unwrap(rel, facts)
        if smaller is None:
            return ""
        name = type(rel.lhs if isinstance(rel.lhs, STRICTLY_INCREASING) else rel.rhs).__name__
        taken.append(f"{name} is strictly increasing")
        rel = smaller


def known(rel: Rel, facts: Facts) -> bool:
    """The sign of the difference settles the relation."""
    if rel.rhs is S.Zero:
        sign = facts.sign(rel.lhs)
    else:
        sign = facts.sign((rel.lhs - rel.rhs).expand())
        if sign is not None and sign & ~ALLOWED[rel.op]:
            sign = facts.sign(rel.lhs - rel.rhs)
    return sign is not None and not sign & ~ALLOWED[rel.op]


def unwrap(rel: Rel, facts: Facts) -> Rel | None:
    """An equivalent relation with a strictly increasing function taken off."""
    lhs, rhs, op = rel.lhs, rel.rhs, rel.op
    if type(lhs) is type(rhs) and isinstance(lhs, STRICTLY_INCREASING):
        a, b = lhs.args[0], rhs.args[0]
        return Rel(op, a, b) if facts.real(a) and facts.real(b) else None
    for side, other, relation in ((lhs, rhs, op), (rhs, lhs, MIRRORED[op])):
        landmark = LANDMARKS.get(type(side))
        if landmark is not None and plain(other) == landmark[0] and facts.real(side.args[0]):
            return Rel(relation, side.args[0], landmark[1])
    return None


def plain(e: Expr) -> Expr:
    """``Frac(1, 2)`` as the number it is."""
    return e.numerator / e.denominator if isinstance(e, Frac) else e


def simplest(rel: Rel, facts: Facts) -> Rel:
    """The relation with everything taken off that can be, in one orientation: the larger side first."""
    smaller = unwrap(rel, facts)
    while smaller is not None:
        rel, smaller = smaller, unwrap(smaller, facts)
    if rel.op in (Relation.LT, Relation.LE):
        rel = Rel(MIRRORED[rel.op], rel.rhs, rel.lhs)
    return rel
