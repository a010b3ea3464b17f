"""Quadratic forms: ``Σ_s Σ_ij r_s u_si u_sj = Σ_s r_s (Σ_i u_si)² ≥ 0``."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations

from sympy import Add, Expr, Mul, Rational, S, Sum, Symbol, factor

from verify.checks.inequalities.sums.bound import Bound
from verify.facts import Facts
from verify.terms import free

RULE = "a sum of squares is nonnegative"


def forms(e: Expr, facts: Facts) -> Iterator[tuple[Expr, Bound]]:
    """Sums over several indices that are sums of squares, with the bound 0; those over the same indices together."""
    groups: dict[tuple[Expr, ...], list[tuple[Expr, Expr]]] = {}
    for term in Add.make_args(e.expand()):
        sums = [part for part in Mul.make_args(term) if isinstance(part, Sum) and len(part.limits) > 1]
        if len(sums) == 1 and not any(end.is_infinite for limit in sums[0].limits for end in limit[1:]):
            groups.setdefault(tuple(sums[0].limits), []).append((term, term / sums[0] * sums[0].function))
    for limits, found in groups.items():
        f = Add(*(summand for _, summand in found))
        pairs = combinations([limit for limit in limits if not _depends(limits, limit[0])], 2)
        if any(tuple(one[1:]) == tuple(other[1:]) and _square(f, one[0], other[0], facts) for one, other in pairs):
            yield Add(*(term for term, _ in found)), Bound(-1, S.Zero, RULE, "")


def _depends(limits: tuple[Expr, ...], index: Symbol) -> bool:
    """Whether the range of another index depends on this one."""
    return any(index in free(end) for limit in limits for end in limit.args[1:])


def _square(f: Expr, a: Symbol, b: Symbol, facts: Facts) -> bool:
    """Whether a summand, made symmetric in two indices, is the same function of either, times something nonnegative."""
    swapped = f.xreplace({a: b, b: a})
    first, second, rest = S.One, S.One, S.One
    for part in Mul.make_args(factor((f + swapped) * Rational(1, 2))):
        has_a, has_b = a in free(part), b in free(part)
        if has_a and has_b:
            return False
        if has_a:
            first *= part
        elif has_b:
            second *= part
        else:
            rest *= part
    ratio = second / first.xreplace({a: b})  # a sign may go either way
    return first is not S.One and not free(ratio) & {a, b} and facts.nonnegative(rest * ratio)
