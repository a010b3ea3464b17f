"""Sums in closed form by induction on their upper end.

Σ_{k=lo}^{n} f(k) = g(n) for all whole n ≥ n₀ if g(n + 1) − g(n) = f(n + 1) and it holds for n₀ (Graham, Knuth,
Patashnik, *Concrete Mathematics*, 2.1): nothing else may be given about n than where it starts.
"""

from __future__ import annotations

from collections.abc import Sequence
from operator import attrgetter

from sympy import Expr, Integer, Symbol

from verify.model import Relation
from verify.normal.algebra.field import Field
from verify.normal.algebra.kernels import Kernel
from verify.normal.algebra.limits import NormalError, Restart, TooLarge, Undefined, Unsupported
from verify.normal.algebra.ratio import Ratio
from verify.normal.algebra.substitution import substitute
from verify.normal.binding.ranges import generator
from verify.normal.read import read
from verify.normal.signs import ZERO, sign
from verify.occurs import free_symbols
from verify.terms import Disj, Rel, free

MAX_TERMS = 8


def by_induction(field: Field, a: Ratio) -> bool:
    """Whether ``a`` is shown to vanish by induction on the end of its sums."""
    sums = [k for k in a.over if k.kind == "sum" and len(k.data) == 1]
    indices = [k.index for k in sums]
    if any(sum(int(m[g]) for g in indices) > 1 for m in a.num.monoms()):
        return False
    for n in sorted({s for k in sums for s in free(k.data[0][2])}, key=attrgetter("name")):
        try:
            if isinstance(n, Symbol) and n.is_integer and _induction(field, a, n, sums):
                field.relations["induction on the end of a sum"] = None
                return True
        except (Restart, TooLarge):
            raise
        except NormalError:
            continue
    return False


def _induction(field: Field, a: Ratio, n: Symbol, sums: Sequence[Kernel]) -> bool:
    start = beginning(field, n)
    moving = generator(field, n)
    sums = [k for k in sums if n in free(k.data[0][2])]
    den = field.polynomial(a.den)
    lead = field.polynomial(a.num.derivative(sums[0].index)) / den
    scale = field.one
    if moving.index in field.deep(lead):
        known = sign(field, lead)
        if known is None or known & ZERO:
            return False
        scale = lead.inverse()
    rest, change = a * scale, field.zero
    firsts: list[tuple[Ratio, Kernel, int]] = []
    for kernel in sums:
        ((v, lo, hi),) = kernel.data
        coefficient = field.polynomial(a.num.derivative(kernel.index)) / den * scale
        if start is None or n in free(lo) or (hi - n).has(n) or moving.index in field.deep(coefficient):
            return False
        count = hi.xreplace({n: start}) - lo + 1
        if moving.index in field.deep(kernel.args[0]) or not count.is_Integer or not 0 <= int(count) <= MAX_TERMS:
            return False
        bound, body = generator(field, v), kernel.args[0]
        rest = rest - coefficient * kernel.ratio
        change = change + coefficient * substitute(field, body, {bound.index: read(field, hi + 1)})
        firsts.append((coefficient, kernel, int(count)))
    assert start is not None
    following = substitute(field, rest, {moving.index: moving.ratio + field.one})
    if not (following - rest + change).is_zero:
        return False
    for later in (0, 1):  # where Γ(n) stands for Γ(n + 1)/n, n = 0 follows from n = 1 by the same step
        try:
            total = substitute(field, rest, {moving.index: read(field, start + later)})
            for coefficient, kernel, count in firsts:
                total = total + coefficient * _terms(field, kernel, count + later)
            return total.is_zero
        except (Undefined, Unsupported):
            continue
    return False


def _terms(field: Field, kernel: Kernel, count: int) -> Ratio:
    """The first terms of a sum."""
    ((v, lo, _),) = kernel.data
    bound = generator(field, v)
    return field.total(term_at(field, kernel.args[0], bound, read(field, lo + i)) for i in range(count))


def term_at(field: Field, term: Ratio, k: Kernel, at: Ratio) -> Ratio:
    """t(at); by t(at + 1) and their ratio, where Γ(k) = Γ(k + 1)/k stands in the way."""
    try:
        return substitute(field, term, {k.index: at})
    except (Undefined, Unsupported):
        back = term / substitute(field, term, {k.index: k.ratio + field.one})
        following = substitute(field, term, {k.index: at + field.one})
        return following * substitute(field, back, {k.index: at})


def beginning(field: Field, n: Symbol) -> Expr | None:
    """The least value of a whole number of which nothing else is given."""
    return beginning_given(getattr(field.facts, "givens", None), n)


def beginning_given(givens: object, n: Symbol) -> Expr | None:
    """The same by the givens themselves. What excludes single points of other variables does not count: where both
    sides are defined there too, they are equal because they are nearby."""
    least = Integer(1) if n.is_positive else Integer(0) if n.is_nonnegative else None
    if n.is_nonzero and not n.is_positive:
        return None
    if n.is_even is not None or n.is_odd is not None or n.is_prime is not None or n.is_composite is not None:
        return None
    for condition in getattr(givens, "constraints", ()):
        if n not in free_symbols((condition,)) or _excludes_points(condition, n):
            continue
        if not isinstance(condition, Rel):
            return None
        op, left, right = condition.op, condition.lhs, condition.rhs
        if right == n and isinstance(left, Integer) and op in (Relation.LE, Relation.LT):
            op, left, right = (Relation.GE if op is Relation.LE else Relation.GT), right, left
        if left != n or not isinstance(right, Integer) or op not in (Relation.GE, Relation.GT):
            return None
        bound = right + 1 if op is Relation.GT else right
        least = bound if least is None or bound > least else least
    return least


def _excludes_points(condition: object, n: Symbol) -> bool:
    """It fails only where some continuous variable has one of countably many values."""
    parts = condition.parts if isinstance(condition, Disj) else (condition,)
    return any(
        isinstance(part, Rel)
        and part.op is Relation.NE
        and any(s != n and not s.is_integer and (part.lhs - part.rhs).has(s) for s in free_symbols((part,)))
        for part in parts
    )
