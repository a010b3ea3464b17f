"""Special functions: kernels with their derivatives, and the shifts of the gamma function.

1/Γ is entire and 1/Γ(u) = u/Γ(u + 1), so factorials, gammas and binomials whose arguments differ by integers are
rational multiples of one kernel (DLMF 5.5.1). Derivatives of the others are those of SymPy's ``fdiff`` (DLMF chapters
6, 7, 10, 19, 25), read once for each function.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from typing import Any

from sympy import (
    Chi,
    Ci,
    Dummy,
    Ei,
    Expr,
    Function,
    LambertW,
    Shi,
    Si,
    airyai,
    airyaiprime,
    airybi,
    airybiprime,
    besseli,
    besselj,
    besselk,
    bessely,
    beta,
    binomial,
    elliptic_e,
    elliptic_f,
    elliptic_k,
    erf,
    erfc,
    erfi,
    expint,
    factorial,
    fresnelc,
    fresnels,
    gamma,
    li,
    loggamma,
    lowergamma,
    polygamma,
    polylog,
    rf,
    uppergamma,
    zeta,
)

from verify.normal.field import Field
from verify.normal.kernels import KINDS, Differentiate, Kernel, Kind
from verify.normal.limits import TooLarge, Unsupported
from verify.normal.ratio import Ratio
from verify.normal.read import FALLBACKS, read, reads
from verify.normal.signs import POS, sign
from verify.normal.substitution import substitute

MAX_SHIFT = 60
DERIVABLE = (
    erf,
    erfi,
    Ei,
    li,
    Si,
    Ci,
    Shi,
    Chi,
    polylog,
    besselj,
    bessely,
    besseli,
    besselk,
    airyai,
    airybi,
    airyaiprime,
    airybiprime,
    elliptic_e,
    elliptic_f,
    elliptic_k,
    expint,
    fresnelc,
    fresnels,
    LambertW,
    loggamma,
    polygamma,
    zeta,
    uppergamma,
    lowergamma,
)
REAL = (erf, erfi, Si, Shi, fresnelc, fresnels, airyai, airybi, airyaiprime, airybiprime)  # on the whole real line


@reads(*DERIVABLE)
def _function(field: Field, e: Function) -> Ratio:
    return function(field, e.func, tuple(read(field, a) for a in e.args))


def function(field: Field, name: Any, args: tuple[Ratio, ...]) -> Ratio:
    """A special function as a kernel."""
    return field.kernel("function", name, args, real=name in REAL and all(field.real(a) for a in args))


FALLBACKS.append((Function, _function))


@reads(erfc)
def _erfc(field: Field, e: Expr) -> Ratio:
    return field.one - function(field, erf, (read(field, e.args[0]),))


@reads(gamma)
def _gamma(field: Field, e: Expr) -> Ratio:
    return euler(field, read(field, e.args[0]))


@reads(factorial)
def _factorial(field: Field, e: Expr) -> Ratio:
    return euler(field, read(field, e.args[0]) + field.one)


@reads(beta)
def _beta(field: Field, e: Expr) -> Ratio:
    a, b = (read(field, x) for x in e.args[:2])
    return euler(field, a) * euler(field, b) / euler(field, a + b)


@reads(rf)
def _rising(field: Field, e: Expr) -> Ratio:
    a, n = (read(field, x) for x in e.args)
    if sign(field, a) != POS or sign(field, a + n) != POS:
        return function(field, rf, (a, n))
    return euler(field, a + n) / euler(field, a)


@reads(binomial)
def _binomial(field: Field, e: Expr) -> Ratio:
    n, k = (read(field, x) for x in e.args)
    # for a negative integer n the quotient of gammas is no more the binomial
    if sign(field, n + field.one) != POS:
        return function(field, binomial, (n, k))
    return euler(field, n + field.one) / (euler(field, k + field.one) * euler(field, n - k + field.one))


def euler(field: Field, a: Ratio) -> Ratio:
    """Γ(a), the rational constant term of a moved into [0, 1) (to (0, 1] for numbers)."""
    whole = 0
    if a.den.is_constant():
        den = int(a.den.leading_coefficient())
        constant = next((int(c) for m, c in a.num.terms() if not any(m)), 0)
        whole = constant // den
    number = a.rational()
    if number is not None:
        if number[1] == 1:
            if number[0] <= 0:
                raise Unsupported("gamma at a pole")
            whole = number[0] - 1
        elif number[1] == 2:
            from sympy import pi as circle
            from sympy import sqrt

            if abs(whole) > MAX_SHIFT:
                raise TooLarge("a shift of the gamma function")
            return _shift(field, a - field.number(whole), whole) * read(field, sqrt(circle))
    if abs(whole) > MAX_SHIFT and number is None:
        raise TooLarge("a shift of the gamma function")
    if number is not None and number[1] == 1:
        if whole > 2000:
            raise TooLarge("a factorial")
        from math import factorial as exact

        return field.number(exact(whole))
    low = a - field.number(whole)
    base = field.kernel("gamma", None, (low,), real=field.real(low))
    return _shift(field, low, whole) * base


def _shift(field: Field, low: Ratio, whole: int) -> Ratio:
    result = field.one
    for i in range(max(whole, 0)):
        result = result * (low + field.number(i))
    for i in range(max(-whole, 0)):
        result = result / (low - field.number(i + 1))
    return result


def _derive_gamma(field: Field, kernel: Kernel, d: Differentiate) -> Ratio:
    change = d(kernel.args[0])
    if change.is_zero:
        return change
    return kernel.ratio * digamma_of(field, kernel.args[0]) * change


def digamma_of(field: Field, a: Ratio) -> Ratio:
    """ψ(a)."""
    return function(field, polygamma, (field.zero, a))


def _whole(a: Ratio) -> int | None:
    number = a.rational()
    return number[0] if number is not None and number[1] == 1 else None


@cache
def _slope(name: Any, pattern: tuple[int | None, ...], position: int) -> tuple[Expr, tuple[Dummy, ...]]:
    """The derivative of a function by one argument, as SymPy knows it; ``pattern`` holds the integer arguments."""
    names = tuple(Dummy(f"u{i}") for i in range(len(pattern)))
    arguments = [v if known is None else known for known, v in zip(pattern, names, strict=True)]
    return name(*arguments).fdiff(position + 1), names


def _derive_function(field: Field, kernel: Kernel, d: Differentiate) -> Ratio:
    total = field.zero
    for position, arg in enumerate(kernel.args):
        change = d(arg)
        if change.is_zero:
            continue
        if kernel.data not in DERIVABLE:
            raise Unsupported(f"derivative of {kernel.data.__name__}")
        pattern = tuple(_whole(x) for x in kernel.args)
        slope, names = _slope(kernel.data, pattern, position)
        value = read(field, slope)
        mapping = {}
        for name, x in zip(names, kernel.args, strict=True):
            k = field.only(read(field, name))
            assert k is not None
            mapping[k.index] = x
        total = total + substitute(field, value, mapping) * change
    return total


def _write_function(field: Field, kernel: Kernel, args: Sequence[Expr]) -> Expr:
    found: Expr = kernel.data(*args)
    return found


def _write_gamma(field: Field, kernel: Kernel, args: Sequence[Expr]) -> Expr:
    return gamma(args[0])


KINDS["gamma"] = Kind(lambda field, data, args: euler(field, args[0]), _derive_gamma, _write_gamma)
KINDS["function"] = Kind(function, _derive_function, _write_function)
