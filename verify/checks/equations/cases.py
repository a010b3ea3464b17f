"""Proofs by cases and by induction, for equations that one canonical form does not settle.

A whole number is even or odd, where (−1)ⁿ, n mod 2 or Bernoulli and Euler numbers occur; the variable that
``Piecewise`` compares with a number has that value or not; a derivative of symbolic order is reached from the first
one, since d/dz of both sides is what they are for the next order. Each case is settled by the canonical form.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from sympy import (
    Derivative,
    Dummy,
    Eq,
    Expr,
    Integer,
    Mod,
    Ne,
    Piecewise,
    Pow,
    S,
    Symbol,
    bernoulli,
    euler,
    floor,
    nan,
    zoo,
)

from verify import normal
from verify.checks.common import all_sizes, equal, facts_of
from verify.checks.equations.identity import rename
from verify.checks.evidence.record import records
from verify.config import Settings
from verify.model import Claim, Evidence, Givens, Relation, Verdict
from verify.normal.axioms.apply import confines
from verify.normal.binding.telescoping import beginning_given
from verify.occurs import free_symbols
from verify.terms import Rel, free

MAX_ORDER = 4
Proofs = list[normal.Proof]


def check(claim: Claim, settings: Settings) -> Evidence | None:
    """PROVED where each of the cases is; it says nothing otherwise."""
    if claim.relation is not Relation.EQ:
        return None
    assert isinstance(claim.lhs, Expr) and isinstance(claim.rhs, Expr)
    for way, words in ((_by_order, "induction on the order of the derivative"), (_by_value, ""), (_by_parity, "")):
        try:
            found = way(claim)
        except normal.NormalError:
            continue
        if found is not None:
            told, proofs = found
            return Evidence(
                "cases",
                Verdict.PROVED,
                words or told,
                all_sizes(claim),
                _conditions(proofs),
                proofs=records(settings, *proofs),
            )
    return None


def _conditions(proofs: Proofs) -> tuple[str, ...]:
    return tuple(dict.fromkeys(c for proof in proofs for c in proof.conditions))


def _proved(claim: Claim) -> Proofs | None:
    """The proof of one case; no proof is needed where a side is defined nowhere in it."""
    assert isinstance(claim.lhs, Expr) and isinstance(claim.rhs, Expr)
    if any(side.has(nan, zoo) for side in (claim.lhs, claim.rhs)):
        return None
    proof = equal(claim.lhs, claim.rhs, facts_of(claim), convergent=True)
    return None if proof is None or proof.convergence else [proof]


def _put(claim: Claim, old: Symbol, new: Expr, *further: Symbol) -> Claim:
    """The claim with a symbol replaced."""
    symbols = tuple(s for s in claim.givens.symbols if s != old) + further
    constraints = tuple(rename(c, old, new) for c in claim.givens.constraints)
    sides = (_replaced(side, old, new) for side in (claim.lhs, claim.rhs))
    lhs, rhs = sides
    return replace(claim, lhs=lhs, rhs=rhs, givens=Givens(symbols, constraints))


def _replaced(side: Any, old: Symbol, new: Expr) -> Any:
    named = {old, *free(new)}
    if any(pair[0] in named for d in side.atoms(Derivative) for pair in d.variable_count):
        raise normal.Unsupported("a derivative at a value of its variable")
    return side.xreplace({old: new})


# -- even and odd -------------------------------------------------------------------------------------------------


def _by_parity(claim: Claim) -> tuple[str, Proofs] | None:
    for n in sorted(_alternating(claim), key=str):
        start = beginning_given(claim.givens, n)
        proofs: Proofs = []
        whole = {"integer": True} if start is None else {"integer": True, "nonnegative": True}
        if start is None and any(n in free_symbols((c,)) for c in claim.givens.constraints):
            continue
        m = Dummy("m", **whole)
        first = Integer(0) if start is None else start + 2
        cases: list[tuple[Expr, tuple[Symbol, ...]]] = [(2 * m + first, (m,)), (2 * m + first + 1, (m,))]
        if start is not None:
            cases += [(start, ()), (start + 1, ())]
        for value, further in cases:
            if _undefined_number(claim, n, value):
                continue
            found = _proved(_put(claim, n, value, *further))
            if found is None:
                break
            proofs += found
        else:
            return f"for even and for odd {n}", proofs
    return None


def _alternating(claim: Claim) -> set[Symbol]:
    """The whole numbers on whose parity something depends."""
    found: set[Symbol] = set()
    for side in (claim.lhs, claim.rhs):
        for part in side.atoms(Pow, Mod, floor, bernoulli, euler):  # type: ignore[union-attr]
            if not isinstance(part, Pow) or part.base is S.NegativeOne:
                inner = part.exp if isinstance(part, Pow) else part.args[0]
                found |= {
                    s for s in free(inner) if isinstance(s, Symbol) and s.is_integer and s in claim.givens.symbols
                }
    return found


def _undefined_number(claim: Claim, n: Symbol, value: Expr) -> bool:
    """B₁ is ½ or −½: a side with it has no value."""
    numbers = {f for side in (claim.lhs, claim.rhs) for f in side.atoms(bernoulli) if len(f.args) == 1}  # type: ignore[union-attr]
    return any(f.args[0].xreplace({n: value}) == 1 for f in numbers)


# -- the value that a Piecewise asks for ---------------------------------------------------------------------------


def _by_value(claim: Claim) -> tuple[str, Proofs] | None:
    for x, value, asked in _compared(claim):
        at = _proved(_put(_answered(claim, asked, True), x, value))
        if at is None:
            continue
        constraints = (*claim.givens.constraints, Rel(Relation.NE, x, value))
        givens = Givens(claim.givens.symbols, constraints)
        elsewhere = _proved(replace(_answered(claim, asked, False), givens=givens))
        if elsewhere is not None:
            return f"for {x} = {value} and for {x} ≠ {value}", [*at, *elsewhere]
    return None


def _answered(claim: Claim, asked: set[Any], equal: bool) -> Claim:
    """The claim where the two are equal, or where they are not."""
    answers = {c: S.true if isinstance(c, Eq) is equal else S.false for c in asked}
    lhs, rhs = (side.xreplace(answers) for side in (claim.lhs, claim.rhs))  # type: ignore[union-attr]
    return replace(claim, lhs=lhs, rhs=rhs)


def _compared(claim: Claim) -> Iterator[tuple[Symbol, Expr, set[Any]]]:
    asked = {c for side in (claim.lhs, claim.rhs) for p in side.atoms(Piecewise) for c in p.atoms(Eq, Ne)}  # type: ignore[union-attr]
    symbols = set(claim.givens.symbols)  # what a sum runs over has no one value
    for c in sorted(asked, key=str):
        for x, value in ((c.lhs, c.rhs), (c.rhs, c.lhs)):
            if isinstance(x, Symbol) and x in symbols and free(value) <= symbols - {x}:
                yield x, value, {d for d in asked if {d.lhs, d.rhs} == {x, value}}
                break


# -- derivatives of symbolic order ---------------------------------------------------------------------------------


def _by_order(claim: Claim) -> tuple[str, Proofs] | None:
    """F(n) = G(n), where F(n₀) = G(n₀), and d/dz takes F(n) to ρ·F(n + 1) and G(n) to ρ·G(n + 1) for ρ = 1 or −1."""
    sides = (claim.lhs, claim.rhs)
    orders = {d for side in sides for d in side.atoms(Derivative) if _symbolic(d)}  # type: ignore[union-attr]
    found = {(d.variable_count[0][0], n) for d in orders for n in free(d.variable_count[0][1])}
    if len(found) != 1:
        return None
    ((z, n),) = found
    start = beginning_given(claim.givens, n)
    if start is None or any(confines(c) and z in free_symbols((c,)) for c in claim.givens.constraints):
        return None
    if any(d.variable_count[0][1].xreplace({n: start}).is_nonnegative is not True for d in orders):
        return None
    first = _proved(
        replace(_put(claim, n, start), lhs=_concrete(sides[0], n, start), rhs=_concrete(sides[1], n, start))
    )
    if first is None:
        return None
    for sign in (1, -1):
        proofs = list(first)
        for side in sides:
            step = _step(claim, side, z, n, sign)
            if step is None:
                break
            proofs += step
        else:
            return f"by induction on {n}", proofs
    return None


def _symbolic(d: Derivative) -> bool:
    return len(d.variable_count) == 1 and not d.variable_count[0][1].is_Integer


def _concrete(side: Any, n: Symbol, start: Expr) -> Expr:
    """The side for one order, with its derivatives of that order."""
    found: dict[Any, Expr] = {}
    for d in side.atoms(Derivative):
        if _symbolic(d):
            (z, order), body = d.variable_count[0], d.expr.xreplace({n: start})
            count = order.xreplace({n: start})
            found[d] = body if count == 0 else Derivative(body, (z, count), evaluate=False)
    result: Expr = side.xreplace(found).xreplace({n: start})
    return result


def _step(claim: Claim, side: Any, z: Symbol, n: Symbol, sign: int) -> Proofs | None:
    """The derivative of a side by z is ± the side for the next order."""
    following = {d: Dummy() for d in side.atoms(Derivative) if _symbolic(d)}
    if any(n in free(d.expr) or (d.variable_count[0][1] - n).has(n) for d in following):
        return None
    slope, later = S.Zero, side.xreplace({n: n + 1})
    names = {d.xreplace({n: n + 1}): Dummy() for d in following}
    if following:
        rest = side.xreplace(following)
        for d, here in following.items():
            coefficient = rest.diff(here)
            if any(f in free(coefficient) for f in following.values()) or z in free(coefficient):
                return None
            slope += coefficient * names[d.xreplace({n: n + 1})]
        plain = rest.xreplace(dict.fromkeys(following.values(), S.Zero))
        slope += Derivative(plain, z, evaluate=False) if z in free(plain) else S.Zero
        later = later.xreplace(names)
    else:
        slope = Derivative(side, z, evaluate=False)
    proof = equal(slope, sign * later, facts_of(claim))
    return None if proof is None else [proof]
