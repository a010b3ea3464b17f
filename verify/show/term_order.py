"""The order in which the terms of a sum are written: SymPy's, found faster, and none with a minus first if avoidable.

SymPy asks of every factor whether it is a number, for which a ``Sum`` is built anew. Which symbols occur free is known
here, so that only what has none is asked; and nothing is that SymPy would have to sum up or integrate, which may take
it for ever.
"""

from __future__ import annotations

from functools import lru_cache
from typing import Any

from sympy import (
    Add,
    Derivative,
    Expr,
    Integer,
    Integral,
    Limit,
    Mul,
    Product,
    S,
    Sum,
    default_sort_key,
    hyper,
    meijerg,
)
from sympy.core.exprtools import decompose_power

from verify.terms import free

LONG = (Sum, Product, Integral, Limit, Derivative, hyper, meijerg)
"""Numbers whose values may take long."""


def ordered_terms(e: Expr) -> list[Expr]:
    """The terms of a sum in the lexicographic order of their monomials, as ``Expr.as_ordered_terms`` has them.

    The first that has no minus comes first: ``x − a``, not ``−a + x``.
    """
    return list(_ordered(e))


@lru_cache(maxsize=1 << 10)
def _ordered(e: Expr) -> tuple[Expr, ...]:
    terms = list(Add.make_args(e))
    if len(terms) == 2 and any(t.is_Number or t.is_NumberSymbol for t in terms) and not e.has(*LONG):
        one, other = e.as_ordered_terms()
        return (other, one) if _negative(one) and not _negative(other) else (one, other)
    read = [_read(term) for term in terms]
    bases = {base for _, powers, _ in read for base in powers}
    generators = sorted(bases, key=default_sort_key) if len(bases) > 1 else list(bases)
    key, reverse = e._parse_order(None)

    def sort_key(item: tuple[Expr, tuple[complex, dict[Expr, Any], tuple[Expr, ...]]]) -> Any:
        term, (coefficient, powers, others) = item
        monomial = tuple(powers.get(g, 0) for g in generators)
        return key((term, ((coefficient.real, coefficient.imag), monomial, others)))

    pairs = sorted(zip(terms, read, strict=True), key=sort_key, reverse=reverse)
    first = next((at for at, (term, _) in enumerate(pairs) if not _negative(term)), 0)
    return tuple(term for term, _ in (pairs[first], *pairs[:first], *pairs[first + 1 :]))


def _negative(term: Expr) -> bool:
    """Whether it is written with a minus before it."""
    return bool(term.as_coeff_Mul()[0].is_extended_negative)


def _read(term: Expr) -> tuple[complex, dict[Expr, Any], tuple[Expr, ...]]:
    """A term's coefficient, the powers in it, and what does not commute."""
    number, rest = term.as_coeff_Mul()
    coefficient = complex(int(number)) if isinstance(number, Integer) else complex(number)
    powers: dict[Expr, Any] = {}
    others: list[Expr] = []
    for factor in Mul.make_args(rest) if rest is not S.One else ():
        if not free(factor) and factor.is_number and not factor.has(*LONG):
            try:
                coefficient *= complex(factor)
            except (TypeError, ValueError):
                pass
            else:
                continue
        if factor.is_commutative:
            base, exponent = decompose_power(factor)
            powers[base] = exponent
        else:
            others.append(factor)
    return coefficient, powers, tuple(others)
