"""Implications whose premise is an equation that no rational numbers satisfy: solved exactly for a symbol.

``x = √a·y + √(1−a)·e ⇒ …`` holds at no point that is drawn. Its equation is linear in ``x``, or of degree 2
(``x² = 2``), so ``x`` is replaced by what it equals; what remains of the premises is certified true, the conclusion
certified false, by balls. An equivalence is looked at in both directions.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import fields, replace
from itertools import islice
from typing import Any

from sympy import Derivative, Expr, Integral, Limit, S, Subs, Symbol, sqrt

from verify import normal
from verify.checks.common import facts_of, space_of
from verify.checks.evidence.witness import describe
from verify.config import Settings
from verify.evaluate.field import Indeterminate, Undefined, Unsupported
from verify.evaluate.fields.balls import precision
from verify.evaluate.sampling.batches import few
from verify.evaluate.truth import AtPoint, at_point, text
from verify.model import Claim, Evidence, Relation, Verdict, Witness
from verify.show import show
from verify.terms import Conj, Content, Maximises, Proposition, Rel, conjuncts, free, is_proposition

LOOKED_AT = 40
MOST = 6  # ways to solve the premise


def check(claim: Claim, settings: Settings) -> Evidence | None:
    """REFUTED with a witness, or nothing."""
    if claim.relation not in (Relation.IMPLIES, Relation.IFF) or not space_of(claim).real:
        return None
    if not (_plain(claim.lhs) and _plain(claim.rhs)) or _binds((claim.lhs, claim.premises, claim.rhs)):
        return None
    shown = _fails(claim, claim.lhs, claim.rhs, settings)
    if shown is not None:
        witness = Witness(shown, "true", "false")
    else:
        shown = _fails(claim, claim.rhs, claim.lhs, settings) if claim.relation is Relation.IFF else None
        if shown is None:
            return None
        witness = Witness(shown, "false", "true")
    return Evidence("numeric", Verdict.REFUTED, "a counterexample", witness=witness)


def _plain(side: Content) -> bool:
    return is_proposition(side) and not isinstance(side, Maximises)


def _fails(claim: Claim, premise: Any, conclusion: Any, settings: Settings) -> dict[str, str] | None:
    """A point at which the premise certainly holds and the conclusion certainly does not."""
    space = space_of(claim)
    premises = tuple(conjuncts((premise, *claim.premises)))
    for used, symbol, value, slope in islice(solutions(claim, premises), MOST):
        table = {symbol: value}
        needed = Conj(
            (
                *conditions(symbol, value, slope),
                *(put(p, table) for p in claim.givens.constraints),
                *(put(p, table) for p in premises if p is not used),
            )
        )
        wanted = put(conclusion, table)
        for point in islice(few(space, settings.seed), LOOKED_AT):
            judge = at_point(point, True)
            try:
                if judge.holds(needed) is True and _meets(judge, put(used, table)) and judge.holds(wanted) is False:
                    with precision(64):
                        number = text(judge.balls(64)(value))
                    return {**describe(point, space, (claim.lhs, claim.rhs)), symbol.name: f"{show(value)} = {number}"}
            except (Undefined, Unsupported, Indeterminate):
                continue
    return None


def solutions(claim: Claim, premises: tuple[Proposition, ...]) -> Iterator[tuple[Rel, Symbol, Expr, Expr]]:
    """The equations among the premises, each solved for a symbol, with what must not be zero for that."""
    facts = facts_of(claim)
    for p in premises:
        if not isinstance(p, Rel) or p.op is not Relation.EQ:
            continue
        for symbol in space_of(claim).scalars:
            if symbol not in free(p.lhs) | free(p.rhs):
                continue
            try:
                linear = normal.linear_in(p.lhs - p.rhs, symbol, facts)
            except normal.TooLarge:
                continue
            if linear is not None and symbol not in free(linear[0]) | free(linear[1]):
                yield p, symbol, -linear[1] / linear[0], linear[0]
                continue
            for root, leading in _quadratic(p.lhs - p.rhs, symbol):
                yield p, symbol, root, leading


def _quadratic(e: Expr, symbol: Symbol) -> Iterator[tuple[Expr, Expr]]:
    """Both roots of a polynomial of degree 2, the smaller one first, with its leading coefficient."""
    polynomial = e.as_poly(symbol)
    if polynomial is not None and polynomial.degree() == 2:
        a, b, c = polynomial.all_coeffs()
        if symbol not in free(a) | free(b) | free(c):
            root = sqrt(b**2 - 4 * a * c)
            yield from (((-b - root) / (2 * a), a), ((-b + root) / (2 * a), a))


def conditions(symbol: Symbol, value: Expr, slope: Expr) -> Iterator[Rel]:
    """What a value must satisfy to be one of a symbol, where ``slope`` was divided by."""
    yield Rel(Relation.NE, slope, S.Zero)
    signs = (
        (symbol.is_positive, Relation.GT),
        (symbol.is_negative, Relation.LT),
        (symbol.is_nonnegative, Relation.GE),
        (symbol.is_nonpositive, Relation.LE),
        (symbol.is_nonzero, Relation.NE),
    )
    yield from (Rel(op, value, S.Zero) for wanted, op in signs if wanted)


def _meets(judge: AtPoint, equation: Rel) -> bool:
    """Whether both sides of a solved equation have a value, and nothing tells them apart."""
    if judge.holds(equation) is False:
        return False
    with precision(64):
        return bool(judge.balls(64)(equation.lhs).overlaps(judge.balls(64)(equation.rhs)))


def put(item: Any, table: dict[Symbol, Expr]) -> Any:
    """A proposition with values in the place of symbols."""
    if isinstance(item, Expr):
        return item.xreplace(table)
    if isinstance(item, tuple):
        return tuple(put(part, table) for part in item)
    if hasattr(item, "__dataclass_fields__"):
        return replace(item, **{f.name: put(getattr(item, f.name), table) for f in fields(item)})
    return item


def _binds(item: Any) -> bool:
    """Whether something occurs below which equals must not be put for equals."""
    if isinstance(item, Expr):
        return item.has(Derivative, Integral, Limit, Subs)
    if isinstance(item, tuple):
        return any(map(_binds, item))
    return hasattr(item, "__dataclass_fields__") and any(_binds(getattr(item, f.name)) for f in fields(item))
