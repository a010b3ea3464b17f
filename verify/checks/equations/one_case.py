"""One case of an equation: a symbol has a value, and the canonical form settles what is left."""

from __future__ import annotations

from typing import Any, TypeAlias

from sympy import Derivative, Expr, Symbol, nan, zoo

from verify import normal
from verify.checks.common import equal, facts_of, restated
from verify.checks.equations.identity import rename
from verify.model import Claim, Givens
from verify.terms import free

Proofs: TypeAlias = list[normal.Proof]


def proved(claim: Claim) -> Proofs | None:
    """The proof of one case, if there is one that takes no convergence for granted.

    Raises:
        normal.NormalError: the sides cannot be brought to a canonical form.
    """
    assert isinstance(claim.lhs, Expr) and isinstance(claim.rhs, Expr)
    if any(side.has(nan, zoo) for side in (claim.lhs, claim.rhs)):
        return None
    proof = equal(claim.lhs, claim.rhs, facts_of(claim), convergent=True)
    return None if proof is None or proof.convergence else [proof]


def put(claim: Claim, old: Symbol, new: Expr, *further: Symbol) -> Claim:
    """The claim with a symbol replaced, ``further`` symbols declared.

    Raises:
        normal.Unsupported: a derivative by the symbol, or by one of the value's.
    """
    symbols = tuple(s for s in claim.givens.symbols if s != old) + further
    constraints = tuple(rename(c, old, new) for c in claim.givens.constraints)
    lhs, rhs = (_replaced(side, old, new) for side in (claim.lhs, claim.rhs))
    return restated(claim, lhs, rhs, Givens(symbols, constraints))


def _replaced(side: Any, old: Symbol, new: Expr) -> Any:
    named = {old, *free(new)}
    if any(pair[0] in named for d in side.atoms(Derivative) for pair in d.variable_count):
        raise normal.Unsupported("a derivative at a value of its variable")
    return side.xreplace({old: new})
