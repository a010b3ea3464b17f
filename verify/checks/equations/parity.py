"""Equations with (−1)ⁿ, n mod 2, Bernoulli and Euler numbers: for even and for odd n."""

from __future__ import annotations

from sympy import Dummy, Expr, Integer, Mod, Pow, S, Symbol, bernoulli, euler, floor

from verify.checks.equations.one_case import Proofs, proved, put
from verify.model import Claim
from verify.normal.binding.telescoping import beginning_given
from verify.occurs import free_symbols
from verify.terms import free


def by_parity(claim: Claim) -> tuple[str, Proofs] | None:
    """Words and proofs for both parities of a whole number on which something depends; ``None`` if there are none.

    Raises:
        normal.NormalError: a case is beyond the canonical form.
    """
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
            found = proved(put(claim, n, value, *further))
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
