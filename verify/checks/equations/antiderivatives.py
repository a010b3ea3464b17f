"""Definite integrals by the fundamental theorem of calculus: F(b) − F(a) where F′ = f inside and F is continuous.

Before that :mod:`~verify.checks.equations.standard_integrals` is asked.

An antiderivative is only proposed by SymPy; that its derivative is the integrand is shown by the canonical form, and
that it is continuous from end to end by :mod:`verify.checks.smooth`.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from sympy import (
    Add,
    Derivative,
    Dummy,
    Expr,
    Function,
    Integral,
    Piecewise,
    Pow,
    S,
    Symbol,
    acos,
    acosh,
    asin,
    asinh,
    atan,
    cos,
    cosh,
    exp,
    log,
    oo,
    sec,
    sin,
    sinh,
    tan,
    tanh,
)

from verify import normal
from verify.checks.common import all_sizes, facts_of, restated
from verify.checks.equations import standard_integrals
from verify.checks.equations.one_case import Proofs, proved
from verify.checks.equations.principal_roots import apart
from verify.checks.evidence.record import records
from verify.checks.interval import Interval
from verify.checks.limits import limit, value
from verify.checks.signs import has
from verify.checks.smooth import smooth
from verify.config import Settings
from verify.facts import Facts, Sign
from verify.model import Claim, Evidence, Givens, Relation, Verdict
from verify.terms import free, written_out

MOST = 4  # integrals in a claim
MAX_OPERATIONS = 40  # of an integrand
ELEMENTARY = (exp, log, sin, cos, tan, sec, sinh, cosh, tanh, asin, acos, atan, asinh, acosh)


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
    facts = facts_of(claim)
    sides = (apart(claim.lhs.xreplace(found), facts), apart(claim.rhs.xreplace(found), facts))
    try:
        last = proved(restated(claim, *sides))
    except normal.NormalError:
        return None
    if last is None:
        return None
    conditions = tuple(dict.fromkeys(c for proof in last for c in proof.conditions))
    reason = "the integrals evaluated, by antiderivatives or as standard ones"
    return Evidence(
        "antiderivatives",
        Verdict.PROVED,
        reason,
        all_sizes(claim),
        conditions,
        proofs=records(settings, *proofs, *last),
    )


def _evaluated(claim: Claim, area: Integral) -> tuple[Expr, normal.Proof] | None:
    """The value of an integral, and the proof of what it rests on."""
    if len(area.limits) != 1 or len(area.limits[0]) != 3:
        return None
    t, low, high = area.limits[0]
    if not free(area) <= set(claim.givens.symbols) or t in free(low) | free(high) or not t.is_extended_real:
        return None
    interval = Interval(low, high)
    givens = claim.givens
    body = written_out(area.function)
    if any(t == pair[0] for d in body.atoms(Derivative) for pair in d.variable_count):
        return None
    facts = facts_of(claim)
    ordered = low is -oo or high is oo or has(high - low, Sign.NONNEG, facts)
    if ordered:
        givens = Givens((*givens.symbols, t), (*givens.constraints, *interval.around(t)))
    inside = facts_of(restated(claim, body, S.Zero, givens))
    for constant, found in standard_integrals.proposed(body, t, low, high):
        if standard_integrals.converges(found, claim):
            proof = _same(constant * found.integrand, body, inside)
            if proof is not None:
                return constant * found.value, proof
    for primitive in _proposed(body, t):
        if not smooth(primitive, inside):
            continue
        start, stop = (_at(primitive, t, end, inside) for end in (low, high))
        if start is None or stop is None:
            continue
        proof = _same(Derivative(primitive, t, evaluate=False), body, inside)
        if proof is not None:
            return stop - start, proof
    return None


def _same(lhs: Expr, rhs: Expr, facts: Facts) -> normal.Proof | None:
    try:
        return normal.prove_equal(lhs, rhs, facts)
    except normal.NormalError:
        return None


def _at(primitive: Expr, t: Symbol, end: Expr, inside: Facts) -> Expr | None:
    """What it tends to at an end."""
    return limit(primitive, t, end, inside) if end.is_infinite else value(primitive, t, end)


def _simple(body: Expr, t: Symbol) -> bool:
    """Whether SymPy is asked: it takes long over logarithms beside fractions, and over sums of functions below."""
    functions = [f for f in body.atoms(Function) if t in free(f)]
    powers = [p for p in body.atoms(Pow) if t in free(p.base)]
    below = [p.base for p in powers if isinstance(p.base, Add) and p.exp.could_extract_minus_sign()]
    if body.count_ops() > MAX_OPERATIONS or not all(isinstance(f, ELEMENTARY) for f in functions):
        return False
    if not all(p.exp.is_Number for p in powers) and len(powers) + len(functions) > 1:
        return False
    if len({f.args[0] for f in functions}) > 1 and not all(f.args[0].is_polynomial(t) for f in functions):
        return False
    logs = [f for f in functions if isinstance(f, log)]
    if any(not f.args[0].is_polynomial(t) for f in logs) or (logs and any(b != f.args[0] for f in logs for b in below)):
        return False
    inside = [f for b in below for f in b.atoms(Function) if t in free(f)]
    outside = t in free(body.xreplace({f: Dummy() for f in functions}))
    return not inside or not (outside or any(isinstance(f, sin | cos) for f in inside))


def _proposed(body: Expr, t: Symbol) -> Iterator[Expr]:
    """What may be an antiderivative; of cases by parameters each."""
    if not _simple(body, t):
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
