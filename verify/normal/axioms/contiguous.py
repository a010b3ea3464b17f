"""Hypergeometric functions in canonical form: parameters that differ by whole numbers come to one representative.

With θ = z·d/dz, a function of order two is represented by (F, θF): F(a + 1) = (1 + θ/a)·F and F(c − 1) =
(1 + θ/(c − 1))·F for upper parameters a and lower ones c, and θ²F follows from the differential equation (DLMF 16.3,
16.8.3). Polynomials are written out; what the table of :mod:`verify.normal.axioms.hypergeometric` knows has its value.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import permutations
from typing import Any, TypeAlias

from sympy import Expr, airyai, airyaiprime, airybi, airybiprime, hyper, lerchphi

from verify.normal.axioms.apply import (
    Environment,
    belongs,
    by_axiom,
    constant_term,
    instance,
    linear,
    negative,
)
from verify.normal.axioms.convergence import converges
from verify.normal.axioms.hypergeometric import EXACT, FORMS, QUADRATIC, ROOT, Form, z
from verify.normal.axioms.roots import cube_root, square_root
from verify.normal.exponentials import exponential
from verify.normal.field import Field
from verify.normal.gamma import infinite_product
from verify.normal.kernels import KINDS, Differentiate, Kernel, Kind
from verify.normal.limits import TooLarge, Undefined, Unsupported
from verify.normal.powers import power
from verify.normal.ratio import Ratio
from verify.normal.read import read
from verify.normal.signs import POS, sign
from verify.normal.special import function
from verify.terms import free

MAX_DEGREE = 40
MAX_STEPS = 24
Pair: TypeAlias = tuple[Ratio, Ratio]
Parameters: TypeAlias = tuple[Ratio, ...]


def read_hyper(field: Field, e: Expr) -> Ratio:
    """The canonical form of a hypergeometric function."""
    upper, lower, argument = e.args
    return hypergeometric(
        field, tuple(read(field, p) for p in upper), tuple(read(field, p) for p in lower), read(field, argument)
    )


def hypergeometric(field: Field, upper: Parameters, lower: Parameters, argument: Ratio) -> Ratio:
    """The generalised hypergeometric function."""
    upper, lower = _without_common(upper, lower)
    if argument.is_zero or any(u.is_zero for u in upper):
        return field.one
    polynomial = _polynomial(field, upper, lower, argument)
    if polynomial is not None:
        return polynomial
    if not lower and len(upper) < 2:
        if not upper:
            return exponential(field, argument)
        if argument.is_one:
            if sign(field, -upper[0]) == POS:
                return field.zero
            raise Undefined("a binomial series at its pole")
        return power(field, field.one - argument, -upper[0])
    if not upper:
        airy = _airy(field, lower[0], argument)
        if airy is not None:
            return airy
    if len(upper) == len(lower) + 1 and len(lower) > 1:
        lerch = _lerch(field, upper, lower, argument)
        if lerch is not None:
            return lerch
    if (len(upper), len(lower)) not in ((0, 1), (1, 1), (2, 1)):
        return application(field, upper, lower, argument)
    if argument.is_one and len(upper) > len(lower) and not converges(field, upper, lower, argument):
        raise Undefined("a hypergeometric series that diverges at 1")
    known = exact(field, upper, lower, argument)
    if known is not None:
        return known
    found = _by_form(field, upper, lower, argument)
    if found is not None:
        return found
    if len(upper) == 1 and negative(argument):
        field.relations["Kummer's transformation (DLMF 13.2.39)"] = None
        return exponential(field, argument) * hypergeometric(field, (lower[0] - upper[0],), lower, -argument)
    if len(upper) == 2:
        turned = _euler(field, upper, lower, argument)
        if turned is not None:
            return turned
    return _by_shifts(field, upper, lower, argument)


def _lerch(field: Field, upper: Parameters, lower: Parameters, argument: Ratio) -> Ratio | None:
    """F(1, a, …, a; a + 1, …, a + 1; z) = aⁿ·Φ(z, n, a) (DLMF 25.14.1)."""
    a = lower[0] - field.one
    if any(x.key != lower[0].key for x in lower) or sum(u.key == a.key for u in upper) < len(lower):
        return None
    rest = [u for u in upper if u.key != a.key] or [a]
    if len(rest) > 1 or not rest[0].is_one:
        return None
    field.relations["DLMF 25.14.1"] = None
    n = field.number(len(lower))
    return a ** len(lower) * function(field, lerchphi, (argument, n, a))


_AIRY = {
    (2, 3): (airybi(z) / airybi(0) + airyai(z) / airyai(0)) / 2,
    (4, 3): (airybi(z) - airyai(z) * airybi(0) / airyai(0)) / (2 * z * airybiprime(0)),
    (1, 3): (airybiprime(z) / airybiprime(0) + airyaiprime(z) / airyaiprime(0)) / 2,
    (5, 3): (airybiprime(z) / airybi(0) + airyaiprime(z) / airyai(0)) / z**2,
}


def _airy(field: Field, parameter: Ratio, argument: Ratio) -> Ratio | None:
    """0F1(b; z³/9) for thirds b, by Airy functions (DLMF 9.4.1 to 9.4.4)."""
    value = _AIRY.get(parameter.rational() or (0, 1))
    root = None if value is None else cube_root(field, argument * field.number(9))
    if value is None or root is None:
        return None
    field.relations["DLMF 9.4.1 to 9.4.4"] = None
    return instance(field, value, {z: root})


def application(field: Field, upper: Parameters, lower: Parameters, argument: Ratio) -> Ratio:
    """The function as a kernel."""
    args = (*sorted(upper, key=lambda r: r.key), *sorted(lower, key=lambda r: r.key), argument)
    return field.kernel("hyper", (len(upper), len(lower)), args)


def _without_common(upper: Parameters, lower: Parameters) -> tuple[Parameters, Parameters]:
    up, low = list(upper), list(lower)
    for u in upper:
        same = next((x for x in low if x.key == u.key), None)
        if same is not None:
            up.remove(u)
            low.remove(same)
    return tuple(up), tuple(low)


def _polynomial(field: Field, upper: Parameters, lower: Parameters, argument: Ratio) -> Ratio | None:
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
            args = (*order, *lower, argument)
            found = by_axiom(field, EXACT, args)
            if found is None and argument.rational() in ((1, 2), (-1, 1)):
                found = by_axiom(field, QUADRATIC, args)
            if found is not None:
                return found
    except (Undefined, Unsupported):
        return None
    return None


def at_one(field: Field, upper: Parameters, c: Ratio) -> Ratio:
    """F(a, b; c; 1) by its recurrence in c.

    Where the series converges, (c − a − b)·F′(1) = ab·F(1) by the differential equation, and so
    F(c) = (1 + θ/c)F(c + 1) is (c − a)(c − b)/(c·(c − a − b)) times F(c + 1) at 1. It tends to 1 as c grows.
    """
    a, b = upper
    field.relations["recurrence in c at 1 (DLMF 15.5.15, 15.10.1)"] = None
    return infinite_product(field, (c - a, c - b), (c, c - a - b))


# -- forms whose parameters differ by whole numbers -----------------------------------------------------------------


def _by_form(field: Field, upper: Parameters, lower: Parameters, argument: Ratio) -> Ratio | None:
    for form in FORMS:
        if len(form.upper) != len(upper) or len(form.lower) != len(lower):
            continue
        root: Ratio | None = None
        if form.squared:
            root = square_root(field, argument if form.squared > 0 else -argument)
            if root is None and form.squared > 0 and square_root(field, -argument) is None:
                root = power(field, argument, field.number(1, 2))
            if root is None:
                continue
        for order in permutations(upper):
            environment = _fit(field, form, order, lower)
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
    for pattern, value in zip((*form.upper, *form.lower), (*upper, *lower), strict=True):
        unknown = [s for s in free(pattern) if s not in found]
        if len(unknown) > 1:
            return None
        if unknown:
            (symbol,) = unknown
            slope, rest = linear(pattern, symbol)
            bound = (value - instance(field, rest, found)) / instance(field, slope, {})
            if not belongs(field, symbol, bound):
                return None
            found[symbol] = bound
        elif _difference(value, instance(field, pattern, found)) is None:
            return None
    return found


def _difference(a: Ratio, b: Ratio) -> int | None:
    number = (a - b).rational()
    return number[0] if number is not None and number[1] == 1 and abs(number[0]) <= MAX_STEPS else None


def _from_form(
    field: Field, form: Form, environment: Environment, upper: Parameters, lower: Parameters, argument: Ratio
) -> Ratio | None:
    start_upper = tuple(instance(field, p, environment) for p in form.upper)
    start_lower = tuple(instance(field, p, environment) for p in form.lower)
    value = instance(field, form.value, environment)
    if all(a.key == b.key for a, b in zip((*start_upper, *start_lower), (*upper, *lower), strict=True)):
        return value
    pair = (value, instance(field, form.slope(), environment))
    try:
        return _walk(field, pair, start_upper, start_lower, upper, lower, argument)[0]
    except Undefined:  # an upper parameter meets a lower one on the way
        pair = _walk(field, pair, start_upper, start_lower, upper, start_lower, argument)
        return _walk(field, pair, upper, start_lower, upper, lower, argument)[0]


# -- representatives --------------------------------------------------------------------------------------------------


def _euler(field: Field, upper: Parameters, lower: Parameters, argument: Ratio) -> Ratio | None:
    """Of (a, b) and (c − a, c − b) the pair whose names come first (Euler's transformation)."""
    (a, b), (c,) = upper, lower
    mirrored = (c - a, c - b)
    if sorted(_residue(field, u).key for u in mirrored) >= sorted(_residue(field, u).key for u in upper):
        return None
    field.relations["Euler's transformation (DLMF 15.8.1)"] = None
    return power(field, field.one - argument, c - a - b) * hypergeometric(field, mirrored, lower, argument)


def _residue(field: Field, a: Ratio) -> Ratio:
    """``a`` with its rational constant moved to (0, 1] for numbers, to [0, 1) otherwise."""
    top, bottom = constant_term(a)
    whole = top // bottom
    if a.rational() is not None and bottom == 1:
        whole = top - 1
    return a - field.number(whole)


def _by_shifts(field: Field, upper: Parameters, lower: Parameters, argument: Ratio) -> Ratio:
    low_upper = tuple(_residue(field, u) for u in upper)
    low_lower = tuple(_residue(field, x) for x in lower)
    same = all(a.key == b.key for a, b in zip((*low_upper, *low_lower), (*upper, *lower), strict=True))
    if same or any(u.key == x.key for u in low_upper for x in low_lower):
        return application(field, upper, lower, argument)
    field.relations["contiguous hypergeometric functions (DLMF 16.3.6)"] = None
    try:
        return _walk(field, _base(field, low_upper, low_lower, argument), low_upper, low_lower, upper, lower, argument)[
            0
        ]
    except Undefined:
        return application(field, upper, lower, argument)


def _base(field: Field, upper: Parameters, lower: Parameters, argument: Ratio) -> Pair:
    """(F, θF) as kernels: θF = z·(a₁…/c₁…)·F(a₁ + 1, …; c₁ + 1, …)."""
    above = application(field, tuple(u + field.one for u in upper), tuple(x + field.one for x in lower), argument)
    scale = field.product(upper) / field.product(lower)
    return application(field, upper, lower, argument), argument * scale * above


def _walk(
    field: Field,
    pair: Pair,
    upper: Parameters,
    lower: Parameters,
    to_upper: Parameters,
    to_lower: Parameters,
    argument: Ratio,
) -> Pair:
    """(F, θF) at other parameters, one step at a time, lower ones first."""
    up, low = list(upper), list(lower)
    for own, target, is_upper in ((low, to_lower, False), (up, to_upper, True)):
        for i, wanted in enumerate(target):
            distance = _difference(wanted, own[i])
            if distance is None:
                raise Unsupported("parameters too far apart")
            for _ in range(abs(distance)):
                step = field.one if distance > 0 else -field.one
                if (distance > 0) == is_upper:  # F(a + 1) and F(c − 1) are given by θ at once
                    by = own[i] if is_upper else own[i] - field.one
                    pair = _raise(field, pair, _equation(field, up, low, argument), by)
                    own[i] = own[i] + step
                else:
                    own[i] = own[i] + step
                    by = own[i] if is_upper else own[i] - field.one
                    pair = _lower(field, pair, _equation(field, up, low, argument), by)
    return pair


def _equation(field: Field, upper: Sequence[Ratio], lower: Sequence[Ratio], argument: Ratio) -> Pair:
    """θ²F = m₀·F + m₁·θF."""
    (c,) = lower
    less = field.one - c
    if not upper:
        return argument, less
    if len(upper) == 1:
        return upper[0] * argument, argument + less
    a, b = upper
    rest = field.one - argument
    return a * b * argument / rest, ((a + b) * argument + less) / rest


def _raise(field: Field, pair: Pair, equation: Pair, by: Ratio) -> Pair:
    """(1 + θ/by) applied to (F, θF)."""
    (f, g), (m0, m1) = pair, equation
    return f + g / by, g + (m0 * f + m1 * g) / by


def _lower(field: Field, pair: Pair, equation: Pair, by: Ratio) -> Pair:
    """The inverse of that."""
    (f, g), (m0, m1) = pair, equation
    one = field.one
    determinant = one + m1 / by - m0 / (by * by)
    return ((one + m1 / by) * f - g / by) / determinant, (g - m0 / by * f) / determinant


# -- the kernel -------------------------------------------------------------------------------------------------------


def _split(kernel_data: tuple[int, int], args: Sequence[Any]) -> tuple[Any, Any, Any]:
    p, q = kernel_data
    return tuple(args[:p]), tuple(args[p : p + q]), args[-1]


def _derive(field: Field, kernel: Kernel, d: Differentiate) -> Ratio:
    upper, lower, argument = _split(kernel.data, kernel.args)
    if any(not d(p).is_zero for p in (*upper, *lower)):
        raise Unsupported("derivative of a hypergeometric function by a parameter")
    change = d(argument)
    if change.is_zero:
        return change
    scale = field.product(upper) / field.product(lower)
    above = hypergeometric(field, tuple(u + field.one for u in upper), tuple(x + field.one for x in lower), argument)
    return scale * above * change


def _write(field: Field, kernel: Kernel, args: Sequence[Expr]) -> Expr:
    upper, lower, argument = _split(kernel.data, args)
    found: Expr = hyper(upper, lower, argument)
    return found


KINDS["hyper"] = Kind(lambda field, data, args: hypergeometric(field, *_split(data, args)), _derive, _write)
