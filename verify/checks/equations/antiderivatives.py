"""Definite integrals by the fundamental theorem of calculus: F(b) − F(a) where F′ = f inside and F is continuous.

An antiderivative is only proposed by SymPy; that its derivative is the integrand is shown by the canonical form, and
that it is continuous from end to end by :mod:`verify.checks.smooth`.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from sympy import Derivative, Expr, Integral, Piecewise, S, Symbol, oo

from verify import normal
from verify.checks.common import all_sizes, facts_of
from verify.checks.equations.one_case import Proofs, proved
from verify.checks.evidence.record import records
from verify.checks.smooth import Interval, has, limit, smooth, value
from verify.config import Settings
from verify.facts import Facts, Sign
from verify.model import Claim, Evidence, Givens, Relation, Verdict
from verify.terms import free, written_out

MOST = 4  # integrals in a claim
MAX_OPERATIONS = 60  # of an integrand


def check(claim: Claim, settings: Settings) -> Evidence | None:
    """PROVED where the integrals have antiderivatives that show it; it says nothing otherwise."""
    if claim.relation is not Relation.EQ:
        return None
    assert isinstance(claim.lhs, Expr) and isinstance(claim.rhs, Expr)
    found: dict[Any, Expr] = {}
    proofs: Proofs = []
    for area in sorted(claim.lhs.atoms(Integral) | claim.rhs.atoms(Integral), key=str)[:MOST]:
        evaluated = _evaluated(claim, area)
        if evaluated is not None:
            found[area] = evaluated[0]
            proofs.append(evaluated[1])
    if not found:
        return None
    sides = (claim.lhs.xreplace(found), claim.rhs.xreplace(found))
    try:
        last = proved(replace(claim, lhs=sides[0], rhs=sides[1]))
    except normal.NormalError:
        return None
    if last is None:
        return None
    conditions = tuple(dict.fromkeys(c for proof in last for c in proof.conditions))
    reason = "antiderivatives: F(b) − F(a) for each integral"
    return Evidence(
        "antiderivatives",
        Verdict.PROVED,
        reason,
        all_sizes(claim),
        conditions,
        proofs=records(settings, *proofs, *last),
    )


def _evaluated(claim: Claim, area: Integral) -> tuple[Expr, normal.Proof] | None:
    """The integral by an antiderivative, and the proof that it is one."""
    if len(area.limits) != 1 or len(area.limits[0]) != 3:
        return None
    t, low, high = area.limits[0]
    if not free(area) <= set(claim.givens.symbols) or t in free(low) | free(high) or not t.is_extended_real:
        return None
    interval = Interval(low, high)
    givens = claim.givens
    body = written_out(area.function)
    facts = facts_of(claim)
    ordered = low is -oo or high is oo or has(high - low, Sign.NONNEG, facts)
    if ordered:
        givens = Givens((*givens.symbols, t), (*givens.constraints, *interval.around(t)))
    inside = facts_of(replace(claim, lhs=body, rhs=S.Zero, givens=givens))
    for primitive in _proposed(body, t):
        if not smooth(primitive, inside):
            continue
        start, stop = (_at(primitive, t, end, inside) for end in (low, high))
        if start is None or stop is None:
            continue
        try:
            proof = normal.prove_equal(Derivative(primitive, t, evaluate=False), body, inside)
        except normal.NormalError:
            continue
        if proof is not None:
            return stop - start, proof
    return None


def _at(primitive: Expr, t: Symbol, end: Expr, inside: Facts) -> Expr | None:
    """What it tends to at an end."""
    return limit(primitive, t, end, inside) if end.is_infinite else value(primitive, t, end)


def _proposed(body: Expr, t: Symbol) -> Iterator[Expr]:
    """What may be an antiderivative; of cases by parameters each."""
    if body.count_ops() > MAX_OPERATIONS:
        return
    from sympy.integrals.manualintegrate import manualintegrate  # loaded only where it is wanted
    from sympy.integrals.rationaltools import ratint

    if body.is_rational_function(t):
        found: Expr = ratint(body, t)
    else:
        found = manualintegrate(body, t)
    if found.has(Integral):
        return
    cases = sorted(found.atoms(Piecewise), key=str)
    if not cases:
        yield found
    elif len(cases) == 1:
        for case, _ in cases[0].args:
            yield found.xreplace({cases[0]: case})
