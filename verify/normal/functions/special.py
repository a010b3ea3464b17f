"""Special functions: what the table of axioms says of their values and derivatives, or kernels.

Derivatives of which the table says nothing are those of SymPy's ``fdiff`` (DLMF chapters 6, 7, 10, 19, 25), read once
for each function.
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
    digamma,
    elliptic_e,
    elliptic_f,
    elliptic_k,
    erf,
    erfc,
    erfi,
    expint,
    fresnelc,
    fresnels,
    hyper,
    li,
    loggamma,
    lowergamma,
    polygamma,
    polylog,
    trigamma,
    uppergamma,
    zeta,
)
from sympy.core.function import ArgumentIndexError

from verify.normal.algebra.field import Field
from verify.normal.algebra.kernels import KINDS, Differentiate, Kernel, Kind
from verify.normal.algebra.limits import Undefined, Unsupported
from verify.normal.algebra.ratio import Ratio
from verify.normal.algebra.substitution import substitute
from verify.normal.axioms import Entry, known, slope
from verify.normal.axioms import reading as _reading  # noqa: F401  # it registers how formulas are read
from verify.normal.axioms.apply import at_pole, by_axiom, by_shift, instance, match
from verify.normal.read import FALLBACKS, read, reads

MAX_SHIFT = 60
MAX_MULTIPLE = 6
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


_POLES = {polygamma: 1, digamma: 0, trigamma: 0, loggamma: 0, lowergamma: 0}  # by which argument it has those of Γ


def _function(field: Field, e: Function) -> Ratio:
    return function(field, e.func, _arguments(field, e))


def _arguments(field: Field, e: Function) -> tuple[Ratio, ...]:
    """What a function is applied to, as it was written: at a pole it has no value."""
    args = tuple(read(field, a) for a in e.args)
    place = _POLES.get(e.func)
    if place is not None and at_pole(field, args[place]):
        raise Undefined(f"{e.func.__name__} at a pole")
    return args


def function(field: Field, name: Any, args: tuple[Ratio, ...]) -> Ratio:
    """A special function: what the table of axioms makes of it, or else a kernel."""
    entry = known(name)
    if entry is None:
        return application(field, name, args)
    key = ("axiom", name, *(a.key for a in args))
    found: Ratio | None = field.memo.get(key)
    if found is None:
        outer, field.relations = field.relations, {}
        try:
            found = field.memo[key] = _value(field, name, args, entry) or application(field, name, args)
            field.rules_of[key] = field.relations
        finally:
            inner, field.relations = field.relations, outer
            outer.update(inner)
    else:
        field.relations.update(field.rules_of[key])
    return found


def _value(field: Field, name: Any, args: tuple[Ratio, ...], entry: Entry) -> Ratio | None:
    axioms, rule, last, shifts = entry
    found = by_axiom(field, axioms, args)
    if found is None and rule is not None:
        found = rule(field, args)
    if found is None and last:
        found = by_axiom(field, last, args)
    for shift in shifts:
        if found is None:
            found = by_shift(field, shift, args)
    return found


def application(field: Field, name: Any, args: tuple[Ratio, ...]) -> Ratio:
    """A special function as a kernel."""
    return field.kernel("function", name, args, real=name in REAL and all(field.real(a) for a in args))


FALLBACKS.append((Function, _function))


@reads(erfc)
def _erfc(field: Field, e: Expr) -> Ratio:
    return field.one - function(field, erf, (read(field, e.args[0]),))


@reads(hyper)
def _hyper(field: Field, e: Expr) -> Ratio:
    from verify.normal.axioms.hyper import read_hyper  # the table is loaded when it is needed

    return read_hyper(field, e)


@reads(digamma)
def _digamma(field: Field, e: Expr) -> Ratio:
    return digamma_of(field, *_arguments(field, e))


@reads(trigamma)
def _trigamma(field: Field, e: Expr) -> Ratio:
    return function(field, polygamma, (field.one, *_arguments(field, e)))


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
    try:
        return name(*arguments).fdiff(position + 1), names
    except ArgumentIndexError:
        raise Unsupported(f"derivative of {name.__name__} by argument {position + 1}") from None


def _derive_function(field: Field, kernel: Kernel, d: Differentiate) -> Ratio:
    total = field.zero
    for position, arg in enumerate(kernel.args):
        change = d(arg)
        if change.is_zero:
            continue
        known_slope = slope(kernel.data, position)
        if known_slope is not None:
            environment = match(field, known_slope.args, kernel.args)
            if environment is not None:
                field.relations[known_slope.source] = None
                total = total + instance(field, known_slope.value, environment) * change
                continue
        if kernel.data not in DERIVABLE:
            raise Unsupported(f"derivative of {kernel.data.__name__}")
        pattern = tuple(_whole(x) for x in kernel.args)
        step, names = _slope(kernel.data, pattern, position)
        value = read(field, step)
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


KINDS["function"] = Kind(function, _derive_function, _write_function)
