"""Hypergeometric functions that are known by simpler ones: sums that end, values at 1, ½ and −1, and the table's forms.

An entry of the table stands for all functions whose parameters differ from its own by whole numbers
(:mod:`verify.normal.axioms.contiguous`).
"""

from __future__ import annotations

from itertools import permutations

import sympy

from verify.normal.algebra.field import Field
from verify.normal.algebra.limits import TooLarge, Undefined, Unsupported
from verify.normal.algebra.ratio import Ratio
from verify.normal.algebra.substitution import substitute
from verify.normal.axioms.apply import Environment, belongs, by_axiom, instance, solved
from verify.normal.axioms.contiguous import MAX_STEPS, Parameters, difference, walk
from verify.normal.axioms.formula import Number, variables
from verify.normal.axioms.hypergeometric import FORMS, ROOT, Form, at_quarter, quadratic, z
from verify.normal.axioms.roots import cube_root, square_root
from verify.normal.axioms.words import airyai, airyaiprime, airybi, airybiprime
from verify.normal.functions.atoms import constant, imaginary
from verify.normal.functions.exponentials import exponential
from verify.normal.functions.gamma import infinite_product
from verify.normal.functions.powers import power
from verify.normal.functions.special import function
from verify.normal.signs import NEG, POS, sign

MAX_DEGREE = 40


def polynomial(field: Field, upper: Parameters, lower: Parameters, argument: Ratio) -> Ratio | None:
    """A sum that ends, because an upper parameter is a number −n."""
    ends = [-u.rational()[0] for u in upper if (u.rational() or (1, 1))[1] == 1 and (u.rational() or (1, 1))[0] <= 0]  # type: ignore[index]
    if not ends:
        return None
    degree = min(ends)
    if degree > MAX_DEGREE:
        raise TooLarge(f"a hypergeometric polynomial of degree {degree}")
    total = term = field.one
    for k in range(degree):
        step = field.number(k)
        up = field.product(u + step for u in upper)
        below = field.product(x + step for x in lower)
        if below.is_zero:
            raise Undefined("a hypergeometric function with a lower parameter 0, −1, −2, …")
        term = term * up * argument / (below * field.number(k + 1))
        total = total + term
    return total


def exact(field: Field, upper: Parameters, lower: Parameters, argument: Ratio) -> Ratio | None:
    """The value at a number, where the table or a sum at 1 tells it."""
    if len(upper) != 2 or len(lower) != 1:
        return None
    try:
        if argument.is_one:
            return at_one(field, upper, lower[0])
        for order in permutations(upper):
            (a, b), args = order, (*order, *lower, argument)
            found = None
            if argument.rational() == (1, 4):
                found = by_axiom(field, (at_quarter(),), args)
            elif argument.rational() in ((-1, 3), (1, 9)):
                found = _nearer(field, a, b, lower[0], argument)
            elif argument.rational() in ((1, 2), (-1, 1)):
                found = by_axiom(field, quadratic(), args)
            elif argument.rational() is None and not any(k.atoms for k in argument.inside):
                found = _on_circle(field, a, b, lower[0], argument)
            if found is not None:
                return found
    except (Undefined, Unsupported):
        return None
    return None


def _nearer(field: Field, a: Ratio, b: Ratio, c: Ratio, argument: Ratio) -> Ratio | None:
    """At −1/3 by Pfaff's transformation from 1/4; at 1/9, where b = a + 1/2, by a quadratic one from 1/2."""
    half, two = field.number(1, 2), field.number(2)
    if argument.rational() == (-1, 3):
        value = exact(field, (a, c - b), (c,), field.number(1, 4))
        scale, source = power(field, field.number(3, 4), a), "Pfaff's transformation (DLMF 15.8.1)"
    elif (b - a - half).is_zero:
        value = exact(field, (a * two, c - half), (c * two - field.one,), half)
        scale, source = power(field, field.number(3, 4), a * two), "quadratic transformation (DLMF 15.8.13)"
    else:
        return None
    if value is None:
        return None
    field.relations[source] = None
    return scale * value


_TURNS = {(1, 4): 6, (1, 2): 4, (3, 4): 3}
"""The whole numbers n for which sin²(π/n) is rational."""


def _on_circle(field: Field, a: Ratio, b: Ratio, c: Ratio, argument: Ratio) -> Ratio | None:
    """F(a, b; 2b; 1 − e^(−2iθ)) = e^(iaθ)·F(a/2, b − a/2; b + 1/2; sin²θ) for |θ| < π/2, where that has a value.

    That is the quadratic transformation DLMF 15.8.13, followed by Pfaff's 15.8.1.
    """
    i = imaginary(field)
    (unit,) = i.inside
    two = field.number(2)
    if not (c - two * b).is_zero or not all(k is unit or k.real for k in argument.inside):
        return None
    conjugate = substitute(field, argument, {unit.index: -i})
    if not (argument + conjugate - argument * conjugate).is_zero:  # |1 − z| = 1
        return None
    square = (argument + conjugate) / field.number(4)
    n = _TURNS.get(square.rational() or (0, 1))
    above = sign(field, (argument - conjugate) / i)
    if n is None or above not in (POS, NEG):
        return None
    value = exact(field, (a / two, b - a / two), (b + field.number(1, 2),), square)
    if value is None:
        return None
    field.relations["quadratic transformation (DLMF 15.8.13, 15.8.1)"] = None
    turn = i * constant(field, sympy.pi) * a / field.number(n)
    if above == NEG:
        turn = -turn
    return exponential(field, turn) * value


def at_one(field: Field, upper: Parameters, c: Ratio) -> Ratio:
    """F(a, b; c; 1) by its recurrence in c.

    Where the series converges, (c − a − b)·F′(1) = ab·F(1) by the differential equation, and so
    F(c) = (1 + θ/c)F(c + 1) is (c − a)(c − b)/(c·(c − a − b)) times F(c + 1) at 1. It tends to 1 as c grows.
    """
    a, b = upper
    field.relations["recurrence in c at 1 (DLMF 15.5.15, 15.10.1)"] = None
    return infinite_product(field, (c - a, c - b), (c, c - a - b))


def lerch(field: Field, upper: Parameters, lower: Parameters, argument: Ratio) -> Ratio | None:
    """F(1, a, …, a; a + 1, …, a + 1; z) = aⁿ·Φ(z, n, a) (DLMF 25.14.1)."""
    a = lower[0] - field.one
    if any(x.key != lower[0].key for x in lower) or sum(u.key == a.key for u in upper) < len(lower):
        return None
    rest = [u for u in upper if u.key != a.key] or [a]
    if len(rest) > 1 or not rest[0].is_one:
        return None
    field.relations["DLMF 25.14.1"] = None
    n = field.number(len(lower))
    return a ** len(lower) * function(field, sympy.lerchphi, (argument, n, a))


_AIRY = {
    (2, 3): (airybi(z) / airybi(0) + airyai(z) / airyai(0)) / 2,
    (4, 3): (airybi(z) - airyai(z) * airybi(0) / airyai(0)) / (2 * z * airybiprime(0)),
    (1, 3): (airybiprime(z) / airybiprime(0) + airyaiprime(z) / airyaiprime(0)) / 2,
    (5, 3): (airybiprime(z) / airybi(0) + airyaiprime(z) / airyai(0)) / z**2,
}


def airy(field: Field, parameter: Ratio, argument: Ratio) -> Ratio | None:
    """0F1(b; z³/9) for thirds b, by Airy functions (DLMF 9.4.1 to 9.4.4)."""
    value = _AIRY.get(parameter.rational() or (0, 1))
    root = None if value is None else cube_root(field, argument * field.number(9))
    if value is None or root is None:
        return None
    field.relations["DLMF 9.4.1 to 9.4.4"] = None
    return instance(field, value, {z: root})


# -- forms whose parameters differ by whole numbers -----------------------------------------------------------------


def by_form(field: Field, upper: Parameters, lower: Parameters, argument: Ratio) -> Ratio | None:
    for form in FORMS:
        if len(form.upper) != len(upper) or len(form.lower) != len(lower):
            continue
        fitting = [(order, _fit(field, form, order, lower)) for order in permutations(upper)]
        if all(environment is None for _, environment in fitting):
            continue
        root: Ratio | None = None
        if form.squared:
            root = square_root(field, argument if form.squared > 0 else -argument)
            if root is None and form.squared > 0 and square_root(field, -argument) is None:
                root = power(field, argument, field.number(1, 2))
            if root is None:
                continue
        for order, environment in fitting:
            if environment is None:
                continue
            environment[z] = argument
            if root is not None:
                environment[ROOT] = root
            try:
                found = _from_form(field, form, environment, order, lower, argument)
            except (Undefined, Unsupported):
                continue
            if found is not None:
                field.relations[form.source] = None
                return found
    return None


def _fit(field: Field, form: Form, upper: Parameters, lower: Parameters) -> Environment | None:
    """What the symbols of a form stand for, so that all parameters differ from its own by whole numbers."""
    found: Environment = {}
    values = (*upper, *lower)
    for position in form.order:
        pattern, value = form.parameters[position], values[position]
        if isinstance(pattern, Number):
            number = value.rational()
            if number is None or number[1] != pattern.q or abs(number[0] - pattern.p) > MAX_STEPS * pattern.q:
                return None
            if (number[0] - pattern.p) % pattern.q:
                return None
            continue
        unknown = variables(pattern) - found.keys()
        if len(unknown) > 1:
            return None
        if unknown:
            (symbol,) = unknown
            bound = solved(field, pattern, symbol, value, found)
            if not belongs(field, symbol, bound):
                return None
            found[symbol] = bound
        elif difference(value, instance(field, pattern, found)) is None:
            return None
    return found


def _from_form(
    field: Field, form: Form, environment: Environment, upper: Parameters, lower: Parameters, argument: Ratio
) -> Ratio | None:
    start_upper = tuple(instance(field, p, environment) for p in form.upper)
    start_lower = tuple(instance(field, p, environment) for p in form.lower)
    value = instance(field, form.value, environment)
    if all(a.key == b.key for a, b in zip((*start_upper, *start_lower), (*upper, *lower), strict=True)):
        return value
    pair = (value, instance(field, form.slope, environment))
    try:
        return walk(field, pair, start_upper, start_lower, upper, lower, argument)[0]
    except Undefined:  # an upper parameter meets a lower one on the way
        pair = walk(field, pair, start_upper, start_lower, upper, start_lower, argument)
        return walk(field, pair, upper, start_lower, upper, lower, argument)[0]
