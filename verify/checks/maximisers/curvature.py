"""Curvature by the rules of disciplined convex programming (Grant, Boyd & Ye 2006).

Sums and products under a logarithm are told by log-convexity and log-concavity (Boyd & Vandenberghe, *Convex
Optimization*, 2004, 3.5): so the losses of logistic and softmax regression are seen to be convex.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from enum import IntEnum

from sympy import Add, Expr, Indexed, Mul, Pow, S, Sum, Symbol, exp, log

from verify import normal
from verify.checks.common import equal
from verify.checks.maximisers.problems import array_of, entries_of, generic_entry
from verify.facts import Facts
from verify.terms import Frac, Index, free, sigmoid, softplus

MOST_TERMS = 100  # of a canonical form that is looked at


class Curvature(IntEnum):
    """What is known of an expression as a function of the variables, in a convenient order."""

    UNKNOWN = 0
    CONCAVE = 1
    AFFINE = 2
    CONSTANT = 3


def curvature(e: Expr, array: Symbol, facts: Facts) -> Curvature:
    """Constant, affine or concave in the entries of ``array``; or not known to be any of them."""
    if array not in free(e):
        return Curvature.CONSTANT
    if isinstance(e, Indexed) or e == array:
        return Curvature.AFFINE
    if isinstance(e, Add):
        return min(curvature(part, array, facts) for part in e.args)
    if isinstance(e, Sum):
        return curvature(e.function, array, facts)
    if isinstance(e, Mul):
        varying = [part for part in e.args if array in free(part)]
        if len(varying) != 1:
            expanded = e.expand()
            return curvature(expanded, array, facts) if expanded != e else Curvature.UNKNOWN
        inner = curvature(varying[0], array, facts)
        scale = Mul(*(part for part in e.args if array not in free(part)))
        if inner is Curvature.AFFINE:
            return Curvature.AFFINE if facts.real(scale) else Curvature.UNKNOWN
        if inner is Curvature.CONCAVE and facts.nonnegative(scale):
            return Curvature.CONCAVE
        if facts.nonnegative(-scale) and _convex(varying[0], array, facts):
            return Curvature.CONCAVE
        return Curvature.UNKNOWN
    if isinstance(e, Frac):
        return curvature(e.numerator * Pow(e.denominator, -1), array, facts)
    if isinstance(e, log) and curvature(e.args[0], array, facts) >= Curvature.CONCAVE:
        return Curvature.CONCAVE if facts.positive(e.args[0]) or facts.real_mode else Curvature.UNKNOWN
    if isinstance(e, log) and _log_concave(e.args[0], array, facts):
        return Curvature.CONCAVE
    if isinstance(e, Pow) and e.exp == S.Half and curvature(e.base, array, facts) >= Curvature.CONCAVE:
        return Curvature.CONCAVE if facts.positive(e.base) else Curvature.UNKNOWN  # else the domain is not open
    return Curvature.UNKNOWN


def concave(e: Expr, array: Symbol, facts: Facts) -> bool:
    """Concave in the entries of ``array`` as it stands, or in canonical form: y log σ(z) + (1 − y) log(1 − σ(z))."""
    if curvature(e, array, facts) >= Curvature.CONCAVE:
        return True
    with suppress(normal.NormalError):
        form = normal.rewritten(e, facts, MOST_TERMS)
        if curvature(form, array, facts) >= Curvature.CONCAVE:
            same = equal(e, form, facts)
            return same is not None and not same.conditions
    return False


def _convex(e: Expr, array: Symbol, facts: Facts) -> bool:
    if isinstance(e, Add):
        return all(_convex(part, array, facts) or curvature(part, array, facts) >= Curvature.AFFINE for part in e.args)
    if isinstance(e, Sum):
        return _convex(e.function, array, facts)
    if isinstance(e, Mul):
        scale, varying = e.as_independent(*(part for part in e.args if array in free(part)), as_Add=False)
        return scale is not S.One and facts.nonnegative(scale) and _convex(varying, array, facts)
    if isinstance(e, exp | softplus):  # increasing and convex
        return curvature(e.args[0], array, facts) >= Curvature.AFFINE
    if isinstance(e, log):
        return _log_convex(e.args[0], array, facts)
    return isinstance(e, Pow) and e.exp == 2 and curvature(e.base, array, facts) >= Curvature.AFFINE


def _log_convex(e: Expr, array: Symbol, facts: Facts) -> bool:
    """Positive, and with a convex logarithm: exponentials of affine functions, what is made of them by + and ·."""
    if array not in free(e):
        return facts.positive(e)
    if isinstance(e, Add | Mul):
        return all(_log_convex(part, array, facts) for part in e.args)
    if isinstance(e, Sum):
        return _log_convex(e.function, array, facts)
    if isinstance(e, exp):
        return curvature(e.args[0], array, facts) >= Curvature.AFFINE
    if isinstance(e, Pow) and array not in free(e.exp):
        if facts.nonnegative(e.exp):
            return _log_convex(e.base, array, facts)
        return facts.nonnegative(-e.exp) and _log_concave(e.base, array, facts)
    return False


def _log_concave(e: Expr, array: Symbol, facts: Facts) -> bool:
    """Positive, and with a concave logarithm: σ and 1 − σ of affine functions, quotients that are log-convex below."""
    if array not in free(e):
        return facts.positive(e)
    if isinstance(e, Mul):
        return all(_log_concave(part, array, facts) for part in e.args)
    if isinstance(e, exp):
        return curvature(e.args[0], array, facts) >= Curvature.AFFINE
    if isinstance(e, Frac):
        return _log_concave(e.numerator, array, facts) and _log_convex(e.denominator, array, facts)
    if isinstance(e, Pow) and array not in free(e.exp):
        if facts.nonnegative(e.exp):
            return _log_concave(e.base, array, facts)
        return facts.nonnegative(-e.exp) and _log_convex(e.base, array, facts)
    rest = 1 - e
    of = e if isinstance(e, sigmoid) else rest if isinstance(rest, sigmoid) else None
    return of is not None and curvature(of.args[0], array, facts) >= Curvature.AFFINE


def strictly_concave(e: Expr, variable: Expr, facts: Facts) -> bool:
    """A positive multiple of log, or a negative one of a square, for every entry of the variable; and concave terms."""
    array = array_of(variable)
    terms = [part for part in _terms(e) if array in free(part)]
    concave = all(curvature(part, array, facts) >= Curvature.CONCAVE for part in terms)
    return concave and any(_strict(part, variable, facts) for part in terms)


def _terms(e: Expr) -> Iterator[Expr]:
    """What adds up to an expression, sums of sums apart and with their factors within."""
    if isinstance(e, Add):
        for part in e.args:
            yield from _terms(part)
    elif isinstance(e, Sum):
        yield from (Sum(part, *e.limits) for part in Add.make_args(e.function.expand()))
    elif isinstance(e, Mul) and len(sums := [part for part in e.args if isinstance(part, Sum)]) == 1:
        (total,) = sums
        scale = e / total
        captured = free(scale) & {limit[0] for limit in total.limits}
        yield from [e] if captured else _terms(Sum(scale * total.function, *total.limits))
    else:
        yield e


def _strict(e: Expr, variable: Expr, facts: Facts) -> bool:
    """A sum over the entries of the variable of positive multiples of log, or negative ones of squares."""
    generic, indices = generic_entry(variable)
    bound: list[Index] = []
    while isinstance(e, Sum):
        bound += [limit[0] for limit in e.limits]
        e = e.function
    entries = entries_of(array_of(variable), e)
    if len(entries) != 1 or not isinstance(generic, Indexed):
        return False
    places = zip(entries[0].indices, generic.indices, strict=True)
    renaming = {found: wanted for found, wanted in places if wanted in indices}
    same_ranges = all((i.lower, i.upper) == (j.lower, j.upper) for i, j in renaming.items() if isinstance(i, Index))
    others = [i for i in bound if i not in renaming]  # the summand's weight is the sum over these
    if not set(renaming) <= set(bound) or not same_ranges or entries[0].xreplace(renaming) != generic:
        return False
    if not all(facts.nonnegative(i.upper - i.lower) and {i.lower, i.upper}.isdisjoint(bound) for i in others):
        return False
    scale, core = e.as_independent(entries[0], as_Add=False)
    if core == log(entries[0]):
        return facts.positive(scale)
    return bool(core == entries[0] ** 2 and facts.positive(-scale))
