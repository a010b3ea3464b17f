"""Sums whose terms are hypergeometric: t(k + 1)/t(k) is a rational function of k.

Such a sum is its first term times a hypergeometric function (Petkovšek, Wilf, Zeilberger, *A = B*, 3.3), if it runs to
infinity, or ends where its terms vanish by themselves: an upper parameter −n for a sum of n + 1 terms. A divergent sum
is not defined: what is not known of convergence becomes a condition. Where a power series converges on its circle its
sum is the limit from inside (Abel). Rational terms are split into partial fractions (DLMF 5.7.6, 5.15.1).
"""

from __future__ import annotations

from fractions import Fraction

from sympy import Expr, RisingFactorial, floor, lerchphi, oo, polygamma, zeta

from verify.normal.algebra.factors import factor
from verify.normal.algebra.field import Field
from verify.normal.algebra.kernels import Kernel
from verify.normal.algebra.limits import NormalError, Restart, TooLarge
from verify.normal.algebra.ratio import Poly, Ratio
from verify.normal.algebra.substitution import substitute
from verify.normal.axioms.appell import addition
from verify.normal.axioms.apply import continuous
from verify.normal.axioms.convergence import converges, lerch_converges
from verify.normal.axioms.hyper import hypergeometric
from verify.normal.binding.ranges import Limit, generator
from verify.normal.binding.telescoping import term_at
from verify.normal.functions.atoms import integer
from verify.normal.functions.powers import power
from verify.normal.functions.special import function
from verify.normal.read import read
from verify.normal.signs import NEG, POS, sign

KINDS = {"symbol", "gamma", "power", "alternating", "quarter turns", "exp"}


def closed_form(field: Field, body: Ratio, limit: Limit, later: int = 0) -> Ratio | None:
    """The sum in closed form, or ``None``; ``later`` counts leading terms that were found to vanish."""
    v, lo, hi = limit
    k = generator(field, v)
    moving = [kernel for kernel in body.inside if k.index in kernel.deep]
    kinds = {"gamma" if kernel.data is RisingFactorial else kernel.kind for kernel in moving}
    if not kinds <= {*KINDS, "function"} or (hi is not oo and "gamma" not in kinds) or not lo.is_finite:
        return None
    try:
        if "function" in kinds:
            return addition(field, body, limit)
        first = substitute(field, body, {k.index: k.ratio + read(field, lo)})
        lerch = _lerch(field, first, k) if hi is oo and "power" in kinds else None
        if lerch is not None:
            return lerch
        following = substitute(field, first, {k.index: k.ratio + field.one})
        step = following / first
        if any(k.index in kernel.deep for kernel in step.inside if kernel is not k):
            return None
        if hi is oo and step.rational() is None and kinds == {"symbol"}:
            return _rational(field, first, k)
        if hi is oo and kinds == {"symbol", "alternating"}:
            alternating = power(field, field.number(-1), k.ratio)
            if all(k.index not in kernel.deep for kernel in (first / alternating).inside if kernel is not k):
                return _rational(field, first / alternating, k, alternating=True)
        parameters = _parameters(field, step, k)
        if parameters is None:
            return None
        upper, lower, argument = parameters
        start = term_at(field, first, k, field.zero)
        if start.is_zero and later < 2:
            return closed_form(field, body, (v, lo + 1, hi), later + 1)
        if len(upper) > len(lower) + 1 or not all(_no_pole(field, x) for x in lower):
            return None
        if hi is not oo and not _ends(field, hi - lo, upper, start):
            return None
        if hi is oo and not converges(field, upper, lower, argument):
            return None
        field.relations["a sum of hypergeometric terms (A = B, 3.3)"] = None
        return start * hypergeometric(field, upper, lower, argument)
    except (Restart, TooLarge):
        raise
    except NormalError:
        return None


def _parameters(field: Field, step: Ratio, k: Kernel) -> tuple[tuple[Ratio, ...], tuple[Ratio, ...], Ratio] | None:
    """t(k + 1)/t(k) = Π(k + a)/(Π(k + b)·(k + 1))·z."""
    argument = field.one
    found: tuple[list[Ratio], list[Ratio]] = ([], [])
    for p, side, direction in ((step.num, found[0], 1), (step.den, found[1], -1)):
        content, parts = factor(field, p)
        argument = argument * field.number(content) ** direction
        for f, e in parts:
            degree = int(f.degrees()[k.index])
            if degree == 0:
                argument = argument * field.polynomial(f) ** (e * direction)
                continue
            if degree > 1:
                return None
            slope, rest = _linear(field, f, k)
            argument = argument * slope ** (e * direction)
            side.extend([rest / slope] * e)
    upper, lower = found
    one = next((x for x in lower if x.is_one), None)
    if one is not None:
        lower.remove(one)
    else:
        upper.append(field.one)
    return tuple(upper), tuple(lower), argument


def _lerch(field: Field, term: Ratio, k: Kernel) -> Ratio | None:
    """Σ_{k ≥ 0} wᵏ·(k + a)⁻ˢ = Φ(w, s, a), and ζ(s, a) for w = 1 (DLMF 25.14.1, 25.11.1)."""
    linear = [
        (f, e * direction)
        for p, direction in ((term.num, 1), (term.den, -1))
        for f, e in factor(field, p)[1]
        if len(f) > 1
    ]
    if len(linear) > 1 or any(int(f.degrees()[k.index]) != 1 for f, _ in linear):
        return None
    apart = field.product(field.polynomial(f) ** e for f, e in linear)
    rest, found = term / apart, []
    for kernel in term.inside:
        if kernel.kind == "power" and k.index in field.deep(kernel.args[0]):
            e = int(term.num.degrees()[kernel.index]) - int(term.den.degrees()[kernel.index])
            found.append((kernel.args[0], kernel.args[1] * field.number(-e, kernel.data)))
            rest = rest / kernel.ratio**e
    if len(found) != 1:
        return None
    base, s = found[0]
    if not base.den.is_constant() or int(base.num.degrees()[k.index]) != 1 or k.index in field.deep(s):
        return None
    slope = field.polynomial(base.num.derivative(k.index)) / field.polynomial(base.den)
    shift = base - slope * k.ratio
    if k.index in field.deep(slope) or k.index in field.deep(shift) or sign(field, slope) != POS:
        return None
    for f, e in linear:
        ratio = field.polynomial(f) / base
        if k.index in field.deep(ratio):
            return None
        rest, s = rest * ratio**e, s - field.number(e)
    first = substitute(field, rest, {k.index: field.zero})
    w = substitute(field, rest, {k.index: k.ratio + field.one}) / rest
    if k.index in field.deep(w):
        return None
    if not lerch_converges(field, w, s):
        return None
    scale = first * power(field, slope, -s)
    field.relations["DLMF 25.11.1, 25.14.1"] = None
    if w.is_one:
        return scale * function(field, zeta, (s, shift / slope))
    return scale * function(field, lerchphi, (w, s, shift / slope))


def _linear(field: Field, f: Poly, k: Kernel) -> tuple[Ratio, Ratio]:
    slope = f.derivative(k.index)
    return field.polynomial(slope), field.polynomial(f - slope * k.poly)


def _no_pole(field: Field, a: Ratio) -> bool:
    """Known not to be 0, −1, −2, …"""
    number = a.rational()
    if number is not None:
        return number[1] != 1 or number[0] > 0
    return continuous(field, a) or sign(field, a) == POS or integer(field, a - field.number(1, 2))


def _ends(field: Field, length: Expr, upper: tuple[Ratio, ...], start: Ratio) -> bool:
    """The terms after the last one vanish by themselves."""
    keys = {u.key for u in upper}
    if isinstance(length, floor):
        last = read(field, length.args[0])
        half = field.number(1, 2)
        if not integer(field, last * field.number(2)) or not {(-last).key, (half - last).key} <= keys:
            return False
        return _not_below(field, last, Fraction(0)) or (
            _not_below(field, last, Fraction(-1, 2)) and _vanishes(field, start, last + half)
        )
    last = read(field, length)
    if not integer(field, last) or (-last).key not in keys:
        return False
    return _not_below(field, last, Fraction(0)) or (
        _not_below(field, last, Fraction(-1)) and _vanishes(field, start, last + field.one)
    )


def _not_below(field: Field, a: Ratio, bound: Fraction) -> bool:
    known = sign(field, a - field.number(bound.numerator, bound.denominator))
    return known is not None and not known & NEG


def _vanishes(field: Field, start: Ratio, empty: Ratio) -> bool:
    """The first term is zero where the range is empty."""
    for unknown in empty.inside:
        if unknown.kind == "symbol" and empty.den.is_constant() and empty.num.derivative(unknown.index).is_constant():
            slope, rest = _linear(field, empty.num, unknown)
            return substitute(field, start, {unknown.index: -rest / slope}).is_zero
    return False


def _rational(field: Field, term: Ratio, k: Kernel, alternating: bool = False) -> Ratio | None:
    """Σ_{k ≥ 0} of a proper rational function of k, or of (−1)ᵏ times it, by partial fractions."""
    _, parts = factor(field, term.den)
    degree = sum(int(f.degrees()[k.index]) * e for f, e in parts)
    if int(term.num.degrees()[k.index]) > degree - (1 if alternating else 2):
        return None  # it diverges
    moving = [(f, e) for f, e in parts if f.degrees()[k.index]]
    if any(int(f.degrees()[k.index]) > 1 for f, _ in moving):
        return None
    roots = [(rest / slope, slope, e) for f, e in moving for slope, rest in [_linear(field, f, k)]]
    if not all(_no_pole(field, a) for a, _, _ in roots):
        return None
    total = field.zero
    for a, _, e in roots:
        at = -a
        rest = term * (k.ratio + a) ** e
        factorial = 1
        for j in range(e):  # the coefficient of (k + a)**(j − e)
            value = substitute(field, rest, {k.index: at}) / field.number(factorial)
            order = e - j - 1
            scale = field.number((-1) ** (order + 1))
            for i in range(1, order + 1):
                scale = scale / field.number(i)
            if alternating:
                part = function(field, lerchphi, (field.number(-1), field.number(order + 1), a))
            else:
                part = scale * function(field, polygamma, (field.number(order), a))
            total = total + value * part
            rest = _slope(field, rest, k)
            factorial *= j + 1
    field.relations["partial fractions and ψ⁽ᵐ⁾ (DLMF 5.7.6, 5.15.1)"] = None
    return total


def _slope(field: Field, a: Ratio, k: Kernel) -> Ratio:
    """The derivative of a rational function by k."""
    num, den = field.polynomial(a.num), field.polynomial(a.den)
    up, down = field.polynomial(a.num.derivative(k.index)), field.polynomial(a.den.derivative(k.index))
    return (up * den - num * down) / (den * den)
