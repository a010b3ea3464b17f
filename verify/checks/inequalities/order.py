"""Inequalities by signs and monotonicity.

Rules: a sum of products of nonnegatives is nonnegative (:mod:`verify.facts` finds signs); an increasing function may be
taken off both sides, or off one side where the other is its value at a known place (``σ(t) ≥ 1/2`` when ``t ≥ 0``).
"""

from __future__ import annotations

from collections.abc import Iterator

from sympy import Add, Expr, Mul, Product, Rational, S, Sum, asinh, atan, erf, exp, sinh, tanh

from verify.checks.common import all_sizes, facts_of
from verify.checks.evidence.argument import Argument, Premise, premise
from verify.checks.evidence.record import inferences
from verify.config import Settings
from verify.facts import Facts, Sign
from verify.model import LESS, MIRRORED, Claim, Evidence, Relation, Verdict
from verify.show import show
from verify.terms import Rel, sigmoid, softplus, written_out

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
SIGNS = {
    Sign.POS: "> 0",
    Sign.NONNEG: "≥ 0",
    Sign.NEG: "< 0",
    Sign.NONPOS: "≤ 0",
    Sign.NONZERO: "≠ 0",
    Sign.ZERO: "= 0",
}
RULE = "sums and products take the signs of their parts; a strictly increasing function may be taken off both sides"


def check(claim: Claim, settings: Settings) -> Evidence | None:
    """PROVED where the signs say so."""
    if claim.relation not in ALLOWED or claim.relation is Relation.EQ:
        return None
    assert isinstance(claim.lhs, Expr) and isinstance(claim.rhs, Expr)
    found = settle(Rel(claim.relation, claim.lhs, claim.rhs), facts_of(claim))
    if found is None:
        return None
    return Evidence("sign", Verdict.PROVED, found.words, all_sizes(claim), inferences=inferences(settings, found))


def settle(rel: Rel, facts: Facts) -> Argument | None:
    """Why the relation holds, if that is known."""
    taken: list[str] = []
    steps: list[Premise] = []
    while not known(rel, facts):
        smaller = unwrap(rel, facts)
        if smaller is None:
            return None
        name = type(rel.lhs if isinstance(rel.lhs, STRICTLY_INCREASING) else rel.rhs).__name__
        taken.append(f"{name} is strictly increasing")
        steps.append(premise("{} means {}: " + taken[-1], rel, smaller))
        rel = smaller
    words = "; ".join([*taken, f"{show(rel)} by the signs of its parts"])
    return Argument(words, RULE, lambda: (*steps, *signs(rel.lhs - rel.rhs, facts)))


def signs(e: Expr, facts: Facts) -> Iterator[Premise]:
    """The sign of an expression, and of the parts from which it follows."""
    sign = facts.sign(e)
    if sign not in SIGNS or e.is_number:
        return
    parts = [e.function] if isinstance(e, Sum | Product) else list(e.args) if isinstance(e, Add | Mul) else []
    for part in parts:
        yield from signs(part, facts)
    yield premise("{} " + SIGNS[sign], e)


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
    for side, other, relation in ((lhs, rhs, op), (rhs, lhs, MIRRORED.get(op, op))):
        landmark = LANDMARKS.get(type(side))
        if landmark is not None and written_out(other) == landmark[0] and facts.real(side.args[0]):
            return Rel(relation, side.args[0], landmark[1])
    return None


def simplest(rel: Rel, facts: Facts) -> Rel:
    """The relation with everything taken off that can be, in one orientation: the larger side first."""
    smaller = unwrap(rel, facts)
    while smaller is not None:
        rel, smaller = smaller, unwrap(smaller, facts)
    if rel.op in LESS:
        rel = Rel(MIRRORED[rel.op], rel.rhs, rel.lhs)
    return rel
