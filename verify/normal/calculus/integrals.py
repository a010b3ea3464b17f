"""Integrals: terms with a known antiderivative by the fundamental theorem, the others as kernels.

The integrand is expanded; factors free of the variable go outside. Sines and cosines of one angle become exponentials
and back. Two integrals over one range with one integrand are one kernel.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sympy import Expr, Integral, Symbol, Tuple, oo

from verify.normal.algebra.field import Field
from verify.normal.algebra.kernels import KINDS, Kernel, Kind
from verify.normal.algebra.limits import MAX_TERMS, TooLarge, Unsupported
from verify.normal.algebra.ratio import Ratio
from verify.normal.algebra.substitution import substitute
from verify.normal.axioms import primitives
from verify.normal.axioms import slope as known_slope
from verify.normal.axioms.primitives import End, infinite
from verify.normal.calculus.waves import MAX_WAVES, monomial, over_powers, waves_of
from verify.normal.functions.atoms import imaginary, symbol
from verify.normal.functions.exponentials import exponential
from verify.normal.read import read, reads
from verify.normal.text.write import expression
from verify.terms import free


@reads(Integral)
def _integral(field: Field, e: Integral) -> Ratio:
    body: Any = e.function
    *inner, (variable, lo, hi) = (limit.args for limit in e.limits)
    if inner:
        body = Integral(body, *(Tuple(*limit) for limit in inner))
    if field.scope.keys() & free(e):
        raise Unsupported("an integral under a sum")
    depth = 1 + sum(isinstance(part, Integral) for part in _nodes(body))
    assumptions = {k: v for k, v in variable.assumptions0.items() if k in ("positive", "real", "complex") and v}
    bound = Symbol(f"‹∫{depth}›", **assumptions)
    value = read(field, body.xreplace({variable: bound}))
    return integral(field, value, bound, _end(field, lo), _end(field, hi))


def _nodes(e: Expr) -> Any:
    from sympy import preorder_traversal

    return preorder_traversal(e)


def _end(field: Field, e: Expr) -> End:
    return e if e is oo or e is -oo else read(field, e)


def integral(field: Field, body: Ratio, bound: Symbol, lo: End, hi: End) -> Ratio:
    """∫ body d(bound)."""
    if body.is_zero or (not infinite(lo) and not infinite(hi) and lo.key == hi.key):
        return field.zero
    (t,) = symbol(field, bound).inside
    oscillating = over_powers(field, body, t, lo, hi)
    if oscillating is not None:
        return oscillating
    original, mirrored = body, 0
    if t.index in field.deep(field.polynomial(body.den)):
        facing = field.one - t.ratio  # powers of 1 − t are part of a beta integral
        while mirrored < MAX_WAVES and (body.den.gcd(facing.num)).total_degree() > 0:
            body, mirrored = body * facing, mirrored + 1
        if not _simple_den(field, body, t):
            return _kernel(field, original, bound, lo, hi)
    inside = [k.index for k in body.over if t.index in k.deep]
    below = [k.index for k in field.used(body.den) if t.index in k.deep]
    parts: dict[tuple[int, ...], dict[tuple[int, ...], Any]] = {}
    for m, c in body.num.terms():
        rest = list(m)
        for g in inside:
            rest[g] = 0
        parts.setdefault(tuple(m[g] for g in inside), {})[tuple(rest)] = c
    if len(parts) > MAX_TERMS:
        raise TooLarge("an integrand")
    degrees = body.den.degrees()
    moving = field.product(field.at(g).ratio ** int(degrees[g]) for g in below)
    outer = field.polynomial(body.den) / moving
    total = field.zero
    for exponents, terms in parts.items():
        powers = {g: int(e) for g, e in zip(inside, exponents, strict=True) if e}
        for g in below:
            powers[g] = powers.get(g, 0) - int(degrees[g])
        coefficient = field.polynomial(field.context.from_dict(terms)) / outer
        powers = {g: e for g, e in powers.items() if e}
        total = total + coefficient * _term(field, powers, mirrored, t, bound, lo, hi)
    return total


def _simple_den(field: Field, body: Ratio, t: Kernel) -> bool:
    """The denominator is a product of something free of t and powers of single kernels."""
    degrees = [(k, int(body.den.degrees()[k.index])) for k in field.used(body.den) if t.index in k.deep]
    rest = body.den
    for kernel, e in degrees:
        quotient, remainder = divmod(rest, kernel.poly**e)
        if not remainder.is_zero():
            return False
        rest = quotient
    return t.index not in field.deep(field.polynomial(rest))


def _term(field: Field, powers: dict[int, int], mirrored: int, t: Kernel, bound: Symbol, lo: End, hi: End) -> Ratio:
    try:
        return _known(field, powers, mirrored, t, lo, hi)
    except primitives.Divergent:
        raise
    except Unsupported:
        body = field.product(field.at(g).ratio ** e for g, e in powers.items()) / (field.one - t.ratio) ** mirrored
        return _kernel(field, body, bound, lo, hi)


def _known(field: Field, powers: dict[int, int], below: int, t: Kernel, lo: End, hi: End) -> Ratio:
    """The integral of a product of powers of kernels, over (1 − t)**below."""
    whole, exponent, logs = 0, field.zero, 0
    rates: dict[str, tuple[Ratio, Ratio]] = {}  # t**c: c and the coefficient
    waves: dict[int, tuple[Kernel, int, int]] = {}
    constant, mirrored = field.one, field.number(-below)
    for g, e in powers.items():
        kernel = field.at(g)
        if kernel is t:
            whole = e
        elif kernel.kind in ("root", "power") and kernel.args[0].key == t.ratio.key:
            if len(kernel.args) > 1 and t.index in field.deep(kernel.args[1]):
                raise Unsupported("an exponent that is integrated over")
            share = field.number(1) if kernel.kind == "root" else kernel.args[1]
            exponent = exponent + share * field.number(e, kernel.data)
        elif kernel.kind == "exp":
            degree, slope, rest = monomial(field, kernel.args[0], t)
            scale = field.number(e, kernel.data)
            before = rates.get(degree.key, (degree, field.zero))[1]
            rates[degree.key] = (degree, before + slope * scale)
            constant = constant * exponential(field, rest * scale)
        elif kernel.kind in ("cos", "sin") and e > 0:
            waves[g] = (kernel, e, 0) if kernel.kind == "cos" else (kernel, 0, e)
        elif kernel.kind == "log" and kernel.args[0].key == t.ratio.key and e > 0:
            logs = e
        elif kernel.kind in ("root", "power") and kernel.args[0].key == (field.one - t.ratio).key:
            share = field.number(1) if kernel.kind == "root" else kernel.args[1]
            mirrored = mirrored + share * field.number(e, kernel.data)
        elif kernel.kind == "function" and len(powers) == 1 and e == 1:
            return _of_family(field, kernel, t, lo, hi)
        else:
            raise Unsupported(f"an integral of a {kernel.kind}")
    plain = exponent.is_zero
    if not mirrored.is_zero:
        if rates or waves or logs or not t.data.is_positive:
            raise Unsupported("a power of 1 − t times other functions")
        return constant * primitives.beta_integral(field, exponent + field.number(whole), mirrored, lo, hi)
    if not plain or logs or whole < 0:
        if not t.data.is_positive:
            raise Unsupported("a power of what may be negative")
        s = exponent + field.number(whole)
        if rates and logs == 1 and not waves and len(rates) == 1:
            ((degree, slope),) = rates.values()
            return constant * primitives.logarithmic_gamma(field, s, -slope, degree, lo, hi)
        if waves or len(rates) > 1 or (rates and logs):
            raise Unsupported("a power times other functions")
        if rates:
            ((degree, slope),) = rates.values()
            return constant * primitives.incomplete(field, s, -slope, degree, lo, hi)
        if logs:
            return constant * primitives.logarithmic(field, s, logs, lo, hi)
        return constant * primitives.power_of(field, s, lo, hi)
    one, two = field.one, field.number(2)
    linear = rates.pop(one.key, (one, field.zero))[1]
    square = rates.pop(two.key, (two, field.zero))[1]
    if rates:
        if len(rates) > 1 or not linear.is_zero or not square.is_zero or waves or not t.data.is_positive:
            raise Unsupported("an exponential of several powers")
        ((degree, slope),) = rates.values()
        return constant * primitives.incomplete(field, field.number(whole), -slope, degree, lo, hi)
    total = field.zero
    for weight, frequency in waves_of(field, [(k, c, s) for k, c, s in waves.values()], t):
        rate = linear + imaginary(field) * frequency if not frequency.is_zero else linear
        if square.is_zero:
            value = primitives.exponential_polynomial(field, whole, rate, lo, hi)
        else:
            value = primitives.gaussian(field, whole, -square, rate, lo, hi)
        total = total + weight * value
    return constant * total


def _of_family(field: Field, kernel: Kernel, t: Kernel, lo: End, hi: End) -> Ratio:
    if len(kernel.args) != 2 or t.index in field.deep(kernel.args[0]):
        raise Unsupported("an integral over an order")
    degree, slope, _ = monomial(field, kernel.args[1], t)
    if not degree.is_one:
        raise Unsupported("a function of something that is not linear")

    def at(end: End) -> Ratio:
        return substitute(field, kernel.args[1], {t.index: end})

    return primitives.of_family(field, kernel, slope, at, lo, hi)


# -- the kernel -------------------------------------------------------------------------------------------------------


def _kernel(field: Field, body: Ratio, bound: Symbol, lo: End, hi: End) -> Ratio:
    ends = tuple(x if infinite(x) else expression(field, x) for x in (lo, hi))
    inner = [x for x in (lo, hi) if not infinite(x)]
    named = (bound, *ends)
    return field.kernel(
        "integral",
        named,
        (body,),
        real=field.real(body) and all(infinite(x) or field.real(x) for x in (lo, hi)),
        bound=[symbol(field, bound)],
        inner=inner,
    )


def _rebuild(field: Field, kernel: Kernel, mapping: dict[int, Ratio]) -> Ratio:
    bound, lo, hi = kernel.data
    own = symbol(field, bound).inside[0].index
    if any(own in field.deep(v) for v in mapping.values()) or own in mapping:
        raise Unsupported("a substitution that would be captured by an integral")
    ends = [x if infinite(x) else substitute(field, read(field, x), mapping) for x in (lo, hi)]
    return integral(field, substitute(field, kernel.args[0], mapping), bound, *ends)


def _derive(field: Field, kernel: Kernel, d: Any) -> Ratio:
    """Leibniz's rule at the ends; under the integral sign only where nothing depends on the variable.

    It asks for an integrand that is continuous at the ends: ∫ sign(t)² dt has the derivative 1 at 0.
    """
    bound, lo, hi = kernel.data
    if not d(kernel.args[0]).is_zero:
        raise Unsupported("a derivative under the integral sign")
    own = symbol(field, bound).inside[0].index
    if any(_jumps(part, own) for part in map(field.at, field.deep(kernel.args[0]))):
        raise Unsupported("a derivative of an integral of what may jump")
    total = field.zero
    for end, direction in ((hi, 1), (lo, -1)):
        if not infinite(end):
            value = read(field, end)
            change = d(value)
            if not change.is_zero:  # where it stands still, the integrand need not have a value
                total = total + field.number(direction) * substitute(field, kernel.args[0], {own: value}) * change
    return total


def _jumps(part: Kernel, own: int) -> bool:
    """Whether a kernel is not known to be continuous, wherever it has a value, in the variable of integration."""
    if own not in part.deep or part.kind not in ("sign", "delta", "function"):
        return False
    count = len(part.args)
    return part.kind != "function" or not any(known_slope(part.data, count, i) for i in range(count))


def _write(field: Field, kernel: Kernel, args: Sequence[Expr]) -> Expr:
    found: Expr = Integral(args[0], Tuple(*kernel.data))
    return found


KINDS["integral"] = Kind(None, _derive, _write, _rebuild)
