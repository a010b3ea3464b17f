"""Jensen's inequality: ``Σ w f(t) ≥ W f(Σ w t / W)`` for convex f, with weights w ≥ 0 of the sum ``W > 0``.

Which f are convex is known from a table (Boyd & Vandenberghe, *Convex Optimization*, 2004, 3.1.5). Logarithms are
concave, and ``−log(1/t)`` is the same as ``log t``: bounds from both sides, which gives the log-sum inequality.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

from sympy import Abs, Expr, Integer, Mul, Pow, Rational, S, cosh, exp, log

from verify.checks.inequalities.sums.bound import Bound
from verify.checks.inequalities.sums.summed import Summed
from verify.facts import Facts
from verify.terms import free

RULE = "Jensen's inequality"
SOURCE = "J. L. W. V. Jensen 1906; Hardy, Littlewood & Pólya, Inequalities, 3.6"

Form = Callable[[Expr], Expr]


def bounds(total: Summed, facts: Facts, form: Form) -> Iterator[Bound]:
    """Bounds of a sum, for every factor of the summand that bends; ``form`` gives the canonical form."""
    factors, scale = total.varying()
    if not facts.nonnegative(scale):
        return
    for bending in factors:
        weight = scale * Mul(*(part for part in factors if part is not bending))
        found = list(_bends(bending, total, facts))
        if not found or not facts.nonnegative(weight):
            continue
        whole = form(total.of(weight))
        if not facts.positive(whole):
            continue
        for side, inner, outer in found:
            mean = form(total.of(weight * inner)) / whole
            yield Bound(side, whole * outer(mean), RULE, SOURCE)


def _bends(f: Expr, total: Summed, facts: Facts) -> Iterator[tuple[int, Expr, Callable[[Expr], Expr]]]:
    """``f = g(t)``: −1 for convex g (Jensen bounds from below), 1 for concave, with t and g."""
    if isinstance(f, exp | cosh | Abs):
        kind = type(f)
        yield -1, f.args[0], lambda t: kind(t)
    elif isinstance(f, log):
        t = f.args[0]
        if facts.positive(t):
            yield 1, t, lambda mean: log(mean)
            yield -1, 1 / t, lambda mean: -log(mean)
            soft = _soft(t, total, facts)
            if soft is not None:
                exponent, constant, slope = soft
                yield -1, exponent, lambda mean: log(constant + slope * exp(mean))
    elif isinstance(f, Pow) and isinstance(f.exp, Rational):
        yield from _power(f.base, f.exp, facts)


def _power(t: Expr, r: Rational, facts: Facts) -> Iterator[tuple[int, Expr, Callable[[Expr], Expr]]]:
    even = isinstance(r, Integer) and r > 0 and r % 2 == 0
    if even or (r > 1 and facts.nonnegative(t)) or (r < 0 and facts.positive(t)):
        yield -1, t, lambda mean: mean**r
    elif 0 < r < 1 and facts.nonnegative(t):
        yield 1, t, lambda mean: mean**r


def _soft(t: Expr, total: Summed, facts: Facts) -> tuple[Expr, Expr, Expr] | None:
    """``t = a + b·exp(u)`` with a, b > 0 free of the index, whose logarithm is convex in u."""
    terms = list(t.args) if t.is_Add else [t]
    moving = [term for term in terms if total.index in free(term)]
    if len(moving) != 1:
        return None
    exponentials = [part for part in Mul.make_args(moving[0]) if isinstance(part, exp)]
    if len(exponentials) != 1:
        return None
    constant, slope = t - moving[0], moving[0] / exponentials[0]
    if constant is S.Zero or total.index in free(slope) or not (facts.positive(constant) and facts.positive(slope)):
        return None
    return exponentials[0].args[0], constant, slope
