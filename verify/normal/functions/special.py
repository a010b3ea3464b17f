"""Special functions: what the table of axioms says of their values and derivatives, or kernels."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sympy import (
    Expr,
    Function,
    Shi,
    Si,
    airyai,
    airyaiprime,
    airybi,
    airybiprime,
    digamma,
    erf,
    erfc,
    erfi,
    fresnelc,
    fresnels,
    hyper,
    loggamma,
    lowergamma,
    polygamma,
    trigamma,
)

from verify.normal.algebra.field import Field
from verify.normal.algebra.kernels import KINDS, Differentiate, Kernel, Kind
from verify.normal.algebra.limits import Undefined, Unsupported
from verify.normal.algebra.ratio import Ratio
from verify.normal.axioms import Entry, known, slope
from verify.normal.axioms import reading as _reading  # noqa: F401  # it registers how formulas are read
from verify.normal.axioms.apply import at_pole, by_axiom, by_shift, instance, match
from verify.normal.read import FALLBACKS, read, reads

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


def _derive_function(field: Field, kernel: Kernel, d: Differentiate) -> Ratio:
    total = field.zero
    for position, arg in enumerate(kernel.args):
        change = d(arg)
        if change.is_zero:
            continue
        known = slope(kernel.data, len(kernel.args), position)
        environment = None if known is None else match(field, known.args, kernel.args)
        if known is None or environment is None:
            raise Unsupported(f"derivative of {kernel.data.__name__} by argument {position + 1}")
        field.relations[known.source] = None
        total = total + instance(field, known.value, environment) * change
    return total


def _write_function(field: Field, kernel: Kernel, args: Sequence[Expr]) -> Expr:
    found: Expr = kernel.data(*args)
    return found


KINDS["function"] = Kind(function, _derive_function, _write_function)
