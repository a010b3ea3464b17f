"""Codes of sums, products, powers, entries of arrays and cases, over any field."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any

from sympy import (
    Add,
    Expr,
    Indexed,
    Integer,
    KroneckerDelta,
    Max,
    Min,
    Mul,
    Piecewise,
    Pow,
    Product,
    Rational,
    S,
    Sum,
    UnevaluatedExpr,
)

from verify.evaluate.analysis.series import infinite, series_code
from verify.evaluate.codes.code import MAKERS, Code, code, compiles, put_back, reach, slot
from verify.evaluate.codes.conditions import condition
from verify.evaluate.codes.wholes import Whole, bounds, must, or_else, whole
from verify.evaluate.field import Element, Undefined, Unsupported
from verify.terms import Array, Entry, Frac, fraction

if TYPE_CHECKING:
    from verify.evaluate.evaluator import Evaluator


def _constant(e: Rational) -> Code:
    value = fraction(e)
    return lambda m: m.field.const(value)


MAKERS.update(dict.fromkeys((Integer, Rational, *{type(Integer(k)) for k in (-1, 0, 1)}, type(S.Half)), _constant))


@compiles(Add)
def _add(e: Add) -> Code:
    return or_else(e, partial(_terms, e))


def _terms(e: Add) -> Code:
    first, *rest = (code(a) for a in e.args)
    if len(rest) == 1:
        (second,) = rest
        return lambda m: m.add(first(m), second(m))

    def run(m: Evaluator) -> Element:
        add, total = m.add, first(m)
        for term in rest:
            total = add(total, term(m))
        return total

    return run


@compiles(Mul)
def _mul(e: Mul) -> Code:
    return or_else(e, partial(_factors, e))


def _factors(e: Mul) -> Code:
    first, *rest = (code(a) for a in e.args)
    if len(rest) == 1:
        (second,) = rest
        return lambda m: m.mul(first(m), second(m))

    def run(m: Evaluator) -> Element:
        mul, total = m.mul, first(m)
        for factor in rest:
            total = mul(total, factor(m))
        return total

    return run


@compiles(Pow)
def _pow(e: Pow) -> Code:
    return or_else(e, partial(_power, e))


def _power(e: Pow) -> Code:
    base, exponent = code(e.base), e.exp
    if isinstance(exponent, Integer):
        power = int(exponent)
        if power == -1:
            return lambda m: m.inv(base(m))
        return lambda m: m.power_int(base(m), power)
    general = code(exponent)
    number = whole(exponent)
    if number is None or not exponent.is_integer:
        return lambda m: m.power(base(m), general(m))
    return _integer_power(base, general, number)


def _integer_power(base: Code, general: Code, number: Whole) -> Code:
    def run(m: Evaluator) -> Element:
        value = base(m)
        try:
            power = number(m)
        except Unsupported:
            return m.power(value, general(m))
        return m.inv(value) if power == -1 else m.power_int(value, power)

    return run


@compiles(Frac)
def _frac(e: Frac) -> Code:
    top, bottom = code(e.numerator), code(e.denominator)
    return lambda m: m.mul(top(m), m.inv(bottom(m)))


@compiles(KroneckerDelta)
def _delta(e: KroneckerDelta) -> Code:
    first, second = must(e.args[0]), must(e.args[1])
    return lambda m: m.whole(int(first(m) == second(m)))


@compiles(UnevaluatedExpr)
def _held(e: UnevaluatedExpr) -> Code:
    return code(e.args[0])


@compiles(Max, Min)
def _extremum(e: Max | Min) -> Code:
    kind, parts = type(e), [code(a) for a in sorted(e.args, key=str)]
    return lambda m: m.call(kind, [part(m) for part in parts])


@compiles(Piecewise)
def _piecewise(e: Piecewise) -> Code:
    cases = [(code(value), condition(holds)) for value, holds in e.args]
    return lambda m: m.field.select([(holds(m), partial(value, m)) for value, holds in cases])


# -- series --------------------------------------------------------------------------------------------------------


@compiles(Sum)
def _sum(e: Sum) -> Code:
    return or_else(e, partial(_series, e))


@compiles(Product)
def _product(e: Product) -> Code:
    return _series(e)


def _series(e: Sum | Product) -> Code:
    adding = isinstance(e, Sum)
    if any(map(infinite, e.limits)):
        return series_code(e, lambda body, limit: _loop(code(body), limit, adding))
    run = code(e.function)
    for limit in e.limits:  # the last one is the outermost
        run = _loop(run, limit, adding)
    return run


def _loop(body: Code, limit: Any, adding: bool) -> Code:
    steps, bound = bounds(limit), slot(limit[0])

    def run(m: Evaluator) -> Element:
        env = m.env
        combine = m.add if adding else m.mul
        before = env.get(bound)
        total: Element | None = None
        try:
            for value in steps(m):
                env[bound] = value
                term = body(m)
                total = term if total is None else combine(total, term)
        finally:
            put_back(env, bound, before)
        return m.whole(0 if adding else 1) if total is None else total

    return run


# -- entries of arrays ---------------------------------------------------------------------------------------------


@compiles(Indexed, Entry)
def _indexed(e: Indexed) -> Code:
    array = e.base.label
    indices = [must(i) for i in e.indices]
    if not isinstance(array, Array):
        return lambda m: m.field.lookup((array, *(i(m) for i in indices)))
    ranges = [(must(axis.lower), must(axis.upper)) for axis in array.axes]
    body = None if array.definition is None else code(array.definition.body)
    number, symbols = slot(array), reach(e)

    def find(m: Evaluator, at: tuple[int, ...]) -> Element:
        if m.below is not None and m.own.isdisjoint(symbols):
            return m.lift(entry(m.below, at))
        for i, (lower, upper) in zip(at, ranges, strict=True):
            if not lower(m) <= i <= upper(m):
                raise Undefined(f"{array}[{', '.join(map(str, at))}] is out of range")
        if body is not None:
            return m.defined(array, at, body)
        if array in m.point.words:
            return m.whole(m.point.words[array][at])
        return m.field.lookup((array, *at))

    def entry(m: Evaluator, at: tuple[int, ...]) -> Element:
        key = (number, at)
        found = m.memo.get(key)
        if found is None:
            found = m.memo[key] = find(m, at)
        return found

    if len(indices) == 1:
        (only,) = indices
        return lambda m: entry(m, (only(m),))
    if len(indices) == 2:
        first, second = indices
        return lambda m: entry(m, (first(m), second(m)))
    return lambda m: entry(m, tuple([i(m) for i in indices]))


def entry_key(variable: Expr) -> tuple[Any, tuple[Whole, ...]]:
    """What a field looks up for a symbol or an entry: the symbol or array, and the codes of the indices."""
    if isinstance(variable, Indexed):
        return variable.base.label, tuple(must(i) for i in variable.indices)
    return variable, ()
