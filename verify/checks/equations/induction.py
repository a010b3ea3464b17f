"""Derivatives of symbolic order, by induction: reached from the first one, since d/dz of both sides is the next."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from sympy import Derivative, Dummy, Expr, S, Symbol

from verify.checks.common import equal, facts_of
from verify.checks.equations.one_case import Proofs, proved, put
from verify.model import Claim
from verify.normal.axioms.apply import confines
from verify.normal.binding.telescoping import beginning_given
from verify.occurs import free_symbols
from verify.terms import free


def by_order(claim: Claim) -> tuple[str, Proofs] | None:
    """F(n) = G(n), where F(n₀) = G(n₀), and d/dz takes F(n) to ρ·F(n + 1) and G(n) to ρ·G(n + 1) for ρ = 1 or −1.

    Raises:
        normal.NormalError: a step is beyond the canonical form.
    """
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
    first = proved(replace(put(claim, n, start), lhs=_concrete(sides[0], n, start), rhs=_concrete(sides[1], n, start)))
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
            return "induction on the order of the derivative", proofs
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
