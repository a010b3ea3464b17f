"""Softmax as any point of the simplex: what holds for all positive numbers with the sum 1 holds for ``softmax(z)``.

``H(softmax(z)) ≤ log K`` and ``KL(softmax(y) ‖ softmax(z)) ≥ 0`` are the inequalities of Gibbs and Jensen once the
quotients ``exp(z_k)/Σ exp(z_j)`` are numbers ``p_k > 0`` with ``Σp = 1``.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from sympy import Expr, Mul, Pow, S, Sum, Symbol, exp

from verify.checks.common import space_of
from verify.checks.inequalities.sums import over_sums
from verify.config import Settings
from verify.model import Claim, Evidence, Givens, Relation
from verify.occurs import names_in
from verify.terms import Array, Axis, Frac, Index, Proposition, Rel, entry, free

Pattern = tuple[Expr, Expr, Expr]
"""The exponents as a function of :data:`_ANY`, and the range."""
_ANY = Symbol("any", integer=True)


def check(claim: Claim, settings: Settings) -> Evidence | None:
    """As for any inequality between sums, with every softmax an array of shares."""
    if claim.relation not in over_sums.ORDERS or not space_of(claim).real:
        return None
    assert isinstance(claim.lhs, Expr) and isinstance(claim.rhs, Expr)
    shares = _Shares(claim)
    lhs, rhs = shares.put(claim.lhs), shares.put(claim.rhs)
    if not shares.arrays:
        return None
    found = over_sums.check(replace(claim, lhs=lhs, rhs=rhs, givens=shares.givens()), settings)
    return found and replace(found, detail=f"{found.detail}; softmax is a point of the simplex")


class _Shares:
    """Arrays of positive numbers with the sum 1, one for each softmax of a claim."""

    def __init__(self, claim: Claim) -> None:
        self.claim = claim
        self.known = free(claim.lhs) | free(claim.rhs)
        self.taken = names_in((claim.lhs, claim.rhs, claim.givens.constraints))
        self.arrays: dict[Pattern, Array] = {}

    def put(self, e: Expr) -> Expr:
        """The expression with entries of the arrays."""
        if not e.args or isinstance(e, Symbol):
            return e
        if isinstance(e, Frac):
            share = self._share(e.numerator, e.denominator)
            if share is not None:
                return share
        if isinstance(e, Mul):
            for above, below in _quotients(e):
                share = self._share(above, below.base)
                if share is not None:
                    return self.put(Mul(share, *(a for a in e.args if a not in (above, below))))
        args = [self.put(a) if isinstance(a, Expr) else a for a in e.args]
        return e if all(a is b for a, b in zip(args, e.args, strict=True)) else e.func(*args)

    def _share(self, above: Expr, below: Expr) -> Expr | None:
        if not isinstance(above, exp) or not isinstance(below, Sum) or len(below.limits) != 1:
            return None
        bound, lower, upper = below.limits[0]
        if not isinstance(below.function, exp) or bound not in free(below.function):
            return None
        pattern = below.function.args[0].xreplace({bound: _ANY}), lower, upper
        if not free(pattern[0]) - {_ANY} <= self.known:
            return None  # another one for each value of an index
        here = (
            k for k in sorted(free(above), key=str) if isinstance(k, Index) and (k.lower, k.upper) == (lower, upper)
        )
        index = next((k for k in here if pattern[0].xreplace({_ANY: k}) == above.args[0]), None)
        if index is None:
            return None
        if pattern not in self.arrays:
            name = next(n for n in (f"share{'′' * k}" for k in range(len(self.taken) + 1)) if n not in self.taken)
            self.taken = {*self.taken, name}
            self.arrays[pattern] = Array(name, (Axis(lower, upper),), (("positive", True),))
        return entry(self.arrays[pattern], index)

    def givens(self) -> Givens:
        """What is given, and that each array sums to 1."""
        sums: list[Proposition] = []
        for (_, lower, upper), array in self.arrays.items():
            k = Index("k", lower, upper)
            sums.append(Rel(Relation.EQ, Sum(entry(array, k), (k, lower, upper)), S.One))
        given = self.claim.givens
        return Givens((*given.symbols, *self.arrays.values()), (*given.constraints, *sums))


def _quotients(e: Mul) -> Iterator[tuple[Expr, Pow]]:
    for below in e.args:
        if isinstance(below, Pow) and below.exp is S.NegativeOne:
            yield from ((above, below) for above in e.args if isinstance(above, exp))
