"""An inequality as one between numbers: sums, entries and sizes stand for any numbers of their signs."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from sympy import Dummy, Expr, Indexed, KroneckerDelta, Product, S, Sum, Symbol

from verify.checks.inequalities import smt, tangents
from verify.checks.inequalities.sums.members import instances
from verify.checks.inequalities.sums.summed import has_outer_index
from verify.config import Settings
from verify.facts import Facts
from verify.model import Claim, Givens, Relation, Verdict
from verify.terms import Index, Proposition, Rel, conjuncts, free

PARTS = (Sum, Product, Indexed, KroneckerDelta)


def proved(rel: Rel, facts: Facts, constraints: Sequence[Proposition], settings: Settings) -> str:
    """Why a relation holds whatever numbers its parts are; an empty string where that is not known."""
    numbers: dict[Expr, Symbol] = {}
    told = [rel, *(p for p in conjuncts(tuple(constraints)) if isinstance(p, Rel))]
    told += [p for entry in sorted(rel_entries(rel), key=str) for p in instances(entry, facts, constraints)]
    plain = [Rel(p.op, _plain(p.lhs, facts, numbers), _plain(p.rhs, facts, numbers)) for p in told]
    goal = plain[0]
    used = free(goal.lhs) | free(goal.rhs)
    given = [p for p in plain[1:] if (free(p.lhs) | free(p.rhs)) <= used]
    positive = [
        Rel(Relation.GE, number, S.One) for part, number in numbers.items() if _is_size(part) and number in used
    ]
    symbols = tuple(sorted((s for s in used if isinstance(s, Symbol)), key=str))
    claim = Claim("numbers", goal.lhs, goal.op, goal.rhs, Givens(symbols, (*given, *positive)))
    for check, why in ((smt.check, "as polynomials, by z3"), (tangents.check, "by tangents, and z3")):
        evidence = check(claim, settings)
        if evidence is not None and evidence.verdict is Verdict.PROVED:
            return why
    return ""


def rel_entries(rel: Rel) -> Iterable[Indexed]:
    """The entries of arrays of which a relation speaks."""
    return {e for e in (rel.lhs - rel.rhs).atoms(Indexed) if not has_outer_index(e)}


def _is_size(part: Expr) -> bool:
    return isinstance(part, Symbol) and bool(part.is_positive)


def _plain(e: Expr, facts: Facts, numbers: dict[Expr, Symbol]) -> Expr:
    """The same with numbers in the place of its parts."""
    if isinstance(e, PARTS) or (isinstance(e, Symbol) and (e.is_integer or isinstance(e, Index))):
        if e not in numbers:
            positive, nonnegative = facts.positive(e), facts.nonnegative(e)
            name = f"part{len(numbers)}"
            kind = {"positive": True} if positive else {"nonnegative": True} if nonnegative else {"real": True}
            numbers[e] = Symbol(name, **kind) if facts.real(e) else Dummy(name)
        return numbers[e]
    if not e.args:
        return e
    return e.func(*(_plain(part, facts, numbers) if isinstance(part, Expr) else part for part in e.args))
