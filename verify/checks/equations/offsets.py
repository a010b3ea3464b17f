"""A whole number that is at least another one is that number and an offset: m ≥ n as m = n + j with j ≥ 0."""

from __future__ import annotations

from dataclasses import replace

from sympy import Dummy, Symbol

from verify.checks.equations.one_case import Proofs, proved, put
from verify.model import GREATER, ORDERS, Claim, Givens, Relation
from verify.occurs import free_symbols
from verify.terms import Rel


def by_offset(claim: Claim) -> tuple[str, Proofs] | None:
    """What is given about the order of two whole numbers is put into one of them.

    Raises:
        normal.NormalError: a step is beyond the canonical form.
    """
    for given in claim.givens.constraints:
        if not isinstance(given, Rel) or given.op not in ORDERS:
            continue
        more, less = (given.lhs, given.rhs) if given.op in GREATER else (given.rhs, given.lhs)
        strict = given.op in (Relation.GT, Relation.LT)
        if not (isinstance(more, Symbol) and isinstance(less, Symbol) and more.is_integer and less.is_integer):
            continue
        rest = tuple(c for c in claim.givens.constraints if c is not given)
        if more in free_symbols(rest):
            continue
        offset = Dummy("j", integer=True, nonnegative=True)
        freed = replace(claim, givens=Givens(claim.givens.symbols, rest))
        proofs = proved(put(freed, more, less + offset + int(strict), offset))
        if proofs is not None:
            return f"{more} is {less} and an offset", proofs
    return None
