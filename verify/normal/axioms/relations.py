"""Relations between several functions at once: Wronskians, Legendre's relation, gcd and lcm.

Each says what one kernel is in terms of the others, if those occur.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import sympy

from verify.normal.algebra.field import Field
from verify.normal.algebra.limits import Undefined
from verify.normal.algebra.ratio import Ratio
from verify.normal.algebra.substitution import substitute
from verify.normal.axioms.apply import instance
from verify.normal.axioms.formula import Formula, Variable
from verify.normal.axioms.words import (
    airyai,
    airyaiprime,
    airybi,
    besseli,
    besselj,
    besselk,
    bessely,
    elliptic_e,
    elliptic_k,
    pi,
)
from verify.normal.functions.absolute import absolute
from verify.normal.functions.special import application
from verify.terms.whole import gcd, lcm

z, nu, m = Variable("z"), Variable("nu"), Variable("m")
f, g, h = Variable("f"), Variable("g"), Variable("h")

Partners = tuple[tuple[Any, tuple[Formula, ...]], ...]
RELATIONS: dict[Any, tuple[tuple[Variable, ...], Partners, Formula, str]] = {
    sympy.airybiprime: (
        (z,),
        ((airyai, (z,)), (airyaiprime, (z,)), (airybi, (z,))),
        (1 / pi + g * h) / f,
        "DLMF 9.2.7",
    ),
    sympy.bessely: (
        (nu, z),
        ((besselj, (nu - 1, z)), (besselj, (nu, z)), (bessely, (nu - 1, z))),
        (g * h - 2 / (pi * z)) / f,
        "DLMF 10.5.2",
    ),
    sympy.besselk: (
        (nu, z),
        ((besseli, (nu - 1, z)), (besseli, (nu, z)), (besselk, (nu - 1, z))),
        (1 / z - g * h) / f,
        "DLMF 10.28.2",
    ),
    sympy.elliptic_e: (
        (m,),
        ((elliptic_k, (1 - m,)), (elliptic_k, (m,)), (elliptic_e, (1 - m,))),
        (pi / 2 - g * h + g * f) / f,
        "DLMF 19.7.1",
    ),
}
"""function: (its arguments, the three other kernels f, g, h, its value, the source)."""


def eliminated(field: Field, a: Ratio) -> Ratio | None:
    """``a`` with one kernel replaced by what a relation says of it."""
    present = {k.ratio.key for k in a.inside}
    for kernel in a.inside:
        relation = RELATIONS.get(kernel.data) if kernel.kind == "function" else None
        if relation is None or len(relation[0]) != len(kernel.args):
            continue
        symbols, partners, value, source = relation
        environment: dict[Any, Any] = dict(zip(symbols, kernel.args, strict=True))
        for name, (function, args) in zip((f, g, h), partners, strict=True):
            environment[name] = application(field, function.head, tuple(instance(field, x, environment) for x in args))
        if all(environment[name].key in present for name in (f, g, h)):
            field.relations[source] = None
            return substitute(field, a, {kernel.index: instance(field, value, environment)})
    return None


def common_multiples(field: Field, a: Ratio) -> Iterator[Ratio]:
    """The two cases of lcm(x, y)·gcd(x, y) = |x·y|: not both zero, and both."""
    for kernel in a.inside:
        if kernel.kind != "function" or kernel.data is not lcm:
            continue
        x, y = kernel.args
        letters = [field.only(x), field.only(y)]
        if any(k is None or k.kind != "symbol" for k in letters):
            continue
        divisor = application(field, gcd, kernel.args)
        try:
            zero = {k.index: field.zero for k in letters if k is not None}
            yield substitute(field, a, {kernel.index: absolute(field, x) * absolute(field, y) / divisor})
            yield substitute(field, a, zero)
        except Undefined:
            return
        return


def related(field: Field, a: Ratio) -> bool:
    """Whether the relations show that ``a`` vanishes."""
    for _ in range(4):
        less = eliminated(field, a)
        if less is None:
            break
        a = less
        if a.is_zero:
            return True
    cases = list(common_multiples(field, a))
    return len(cases) == 2 and all(case.is_zero for case in cases)
