"""The zero test: the canonical form first, then what a canonical form alone does not see.

* two cases for a Kronecker delta that is left: equal indices (one replaces the other), or δ = 0;
* sums over one range merged into one summand (1/(1+f) + f/(1+f) = 1 under Σ);
* ranges split and joined: Σ_a^c = Σ_a^b + Σ_{b+1}^c for a − 1 ≤ b ≤ c;
* three cases for a sign;
* equal powers: f = √g if f² = g and f ≥ 0;
* an algebraic constant too near to zero not to be zero.
"""

from __future__ import annotations

from itertools import permutations
from typing import Any

from sympy import Expr

from verify.normal.algebra.constants import constant_zero
from verify.normal.algebra.field import Field
from verify.normal.algebra.kernels import Kernel
from verify.normal.algebra.limits import MAX_CASES, Undefined
from verify.normal.algebra.ratio import Ratio
from verify.normal.algebra.substitution import substitute
from verify.normal.binding import deltas
from verify.normal.binding.ranges import generator, regular
from verify.normal.binding.sums import summation
from verify.normal.binding.telescoping import by_induction
from verify.normal.functions.atoms import symbol
from verify.normal.read import read
from verify.normal.signs import NEG, POS, polynomial_sign, times

MAX_GAP = 8
_SETTLED = {"symbol", "entry", "exp", "cos", "sin", "log", "atan", "asin"}  # kinds of which the form knows all


def vanishes(field: Field, a: Ratio, budget: int = MAX_CASES) -> bool:
    """Whether ``a`` is shown to be zero wherever it is defined."""
    if a.is_zero:
        return True
    if budget <= 1:
        return False
    kernels = a.inside
    for kernel in kernels:
        if kernel.kind == "delta":
            pair = deltas.merge(field, kernel)
            if pair is None:
                continue
            field.relations["cases: equal indices, different indices"] = None
            try:
                apart = substitute(field, a, {kernel.index: field.zero})
                if not vanishes(field, apart, budget // 2):
                    return False
                equal = substitute(field, a, {kernel.index: field.one, pair[0].index: pair[1]})
                return vanishes(field, equal, budget // 2)
            except Undefined:
                return False
    merged = _merge_sums(field, a)
    if merged is not None:
        return vanishes(field, merged, budget - 1)
    joined = _join_ranges(field, a)
    if joined is not None:
        return vanishes(field, joined, budget - 1)
    if any(kernel.kind == "sum" for kernel in kernels) and by_induction(field, a):
        return True
    if sum(kernel.kind == "function" for kernel in kernels) > 1 and _related(field, a):
        return True
    for kernel in kernels:
        if kernel.kind == "sign":
            return _sign_cases(field, a, kernel, budget // 3)
    if _constant_coefficients(field, a):
        return True
    return any(_squared(field, a, kernel, budget // 2) for kernel in kernels)


def _constant_coefficients(field: Field, a: Ratio) -> bool:
    """Whether every coefficient is a constant that is zero, as a polynomial in the kernels that are not constant."""
    constants = {k.index for k in a.over if not k.atoms}
    if not constants:
        return False
    parts: dict[tuple[int, ...], dict[tuple[int, ...], Any]] = {}
    for monomial, coefficient in a.num.terms():
        outside = tuple(0 if g in constants else e for g, e in enumerate(monomial))
        inside = tuple(e if g in constants else 0 for g, e in enumerate(monomial))
        parts.setdefault(outside, {})[inside] = coefficient
    if not all(constant_zero(field, field.context.from_dict(terms)) for terms in parts.values()):
        return False
    field.relations["an algebraic number too near to zero not to be zero"] = None
    return True


def _squared(field: Field, a: Ratio, kernel: Kernel, budget: int) -> bool:
    """p + q·r = 0 for a radical r ≥ 0 with r**N = b, if p**N = (−q)**N·b and p, q have opposite signs."""
    if kernel.kind != "root" or not kernel.real or a.num.degrees()[kernel.index] != 1:
        return False
    q = a.num.derivative(kernel.index)
    p = a.num - q * kernel.poly
    n = kernel.data
    powers = (field.polynomial(field.power(part, n)) for part in (p, -q))
    gap = next(powers) - next(powers) * kernel.args[0]
    if not gap.is_zero and all(k.kind in _SETTLED and k.atoms for k in gap.inside):
        return False  # nothing is left to be tried; signs take long
    slope = polynomial_sign(field, q)
    if slope is None or (slope & NEG and slope & POS):  # then there is no opposite sign
        return False
    rest = polynomial_sign(field, p)
    if rest is None or times(rest, slope) & POS:
        return False
    if not vanishes(field, gap, budget):
        return False
    field.relations["equal powers of numbers that are not negative"] = None
    return True


def _related(field: Field, a: Ratio) -> bool:
    from verify.normal.axioms.relations import related  # loaded when it is needed

    return related(field, a)


def _sign_cases(field: Field, a: Ratio, kernel: Kernel, budget: int) -> bool:
    """f > 0, f < 0, and f = 0 where f can be solved for a symbol."""
    f = kernel.args[0]
    modulus = field.table.get(("abs", None, f.key))
    for value in (field.one, -field.one):
        mapping = {kernel.index: value}
        if modulus is not None:
            mapping[modulus.index] = value * f
        if not vanishes(field, substitute(field, a, mapping), budget):
            return False
    if kernel.index in field.rules and field.rules[kernel.index][0] == 2:
        return True
    for unknown in f.over:
        if unknown.kind in ("symbol", "entry"):
            root = deltas.solve(field, f, unknown)
            if root is not None:
                mapping = {kernel.index: field.zero}
                if modulus is not None:
                    mapping[modulus.index] = field.zero
                try:
                    # first the sign: a case that is not chosen need not be defined there
                    chosen = substitute(field, a, mapping)
                    return vanishes(field, substitute(field, chosen, {unknown.index: root}), budget)
                except Undefined:
                    return False
    return False


def _sums(field: Field, a: Ratio) -> list[Kernel]:
    return [k for k in a.over if k.kind == "sum" and len(k.data) == 1]


def _merge_sums(field: Field, a: Ratio) -> Ratio | None:
    """One sum instead of several over the same range, if that makes the summand vanish or constant."""
    groups: dict[tuple[object, object], list[Kernel]] = {}
    for kernel in _sums(field, a):
        _, lo, hi = kernel.data[0]
        groups.setdefault((lo, hi), []).append(kernel)
    for group in groups.values():
        if len(group) < 2:
            continue
        indices = [k.index for k in group]
        if any(sum(int(m[g]) for g in indices) > 1 for m in a.num.monoms()):
            continue
        rest, body = field.polynomial(a.num), field.zero
        v, lo, hi = max((k.data[0] for k in group), key=lambda limit: limit[0].name)
        field.fresh += 1
        fresh = type(v)(f"‹.{field.fresh}›", lo, hi)
        variable = symbol(field, fresh)
        for kernel in group:
            coefficient = field.polynomial(a.num.derivative(kernel.index))
            rest = rest - coefficient * kernel.ratio
            inner = substitute(field, kernel.args[0], {generator(field, kernel.data[0][0]).index: variable})
            body = body + coefficient * inner
        if generator(field, fresh).index not in field.deep(body):
            field.relations["sums over one range merged"] = None
            return rest + summation(field, body, [(fresh, lo, hi)])
    return None


def _join_ranges(field: Field, a: Ratio) -> Ratio | None:
    """Replace a sum over a range by those over its parts that occur too."""
    sums = _sums(field, a)
    for whole, part in permutations(sums, 2):
        (v, lo, hi), (w, low, high) = whole.data[0], part.data[0]
        variable = generator(field, v)
        body = whole.args[0]
        other = substitute(field, part.args[0], {generator(field, w).index: variable.ratio})
        if other.key != body.key:
            continue

        def terms(start: Expr, count: int, body: Ratio = body, variable: Kernel = variable) -> Ratio:
            total = field.zero
            for i in range(count):
                total = total + substitute(field, body, {variable.index: read(field, start + i)})
            return total

        value: Ratio | None = None
        below, above = low - lo, hi - high
        if below == 0 and above.is_Integer and 0 < above <= MAX_GAP and regular(field, low, high):
            value = part.ratio + terms(high + 1, int(above))
        elif above == 0 and below.is_Integer and 0 < below <= MAX_GAP and regular(field, low, high):
            value = part.ratio + terms(lo, int(below))
        elif below == 0:
            for last in sums:
                (u, start, stop) = last.data[0]
                gap = start - high - 1
                if last in (whole, part) or stop != hi or not gap.is_Integer or not 0 <= gap <= MAX_GAP:
                    continue
                third = substitute(field, last.args[0], {generator(field, u).index: variable.ratio})
                if third.key == body.key and regular(field, low, high) and regular(field, start, stop):
                    value = part.ratio + last.ratio + terms(high + 1, int(gap))
                    break
        if value is not None:
            field.relations["ranges of a sum split"] = None
            return substitute(field, a, {whole.index: value})
    return None
