"""Codes of derivatives, substitutions and opaque functions: what is evaluated with dual numbers or bound values."""

from __future__ import annotations

from collections.abc import Callable
from itertools import product
from typing import TYPE_CHECKING

from sympy import Derivative, Dummy, Subs

from verify.evaluate.analysis import integrals, limits  # noqa: F401  # they register what they compile
from verify.evaluate.analysis.derivatives import cauchy
from verify.evaluate.arithmetic import entry_key
from verify.evaluate.codes.code import Code, code, compiles, slot
from verify.evaluate.codes.wholes import must
from verify.evaluate.field import Element, Field, Undefined, Unsupported
from verify.evaluate.fields.duals import Bound, Duals, slope_of
from verify.evaluate.models import model
from verify.terms import Opaque, Partial, Tabulate

if TYPE_CHECKING:
    from verify.evaluate.evaluator import Evaluator

HIGHEST_BY_DUALS = 3  # the work doubles with each order

Flat = Callable[["Evaluator"], tuple[list[Element], dict[tuple[int, ...], int]]]


@compiles(Derivative)
def _derivative(e: Derivative) -> Code:
    wholes = {v: Dummy(v.name, real=True) for v, _ in e.variable_count if v.is_Symbol and v.is_integer}
    if wholes:  # by an integer symbol: of the function as it is between the integers
        counts = [(wholes.get(v, v), count) for v, count in e.variable_count]
        between = Derivative(e.expr.xreplace(wholes), *counts, evaluate=False)
        return code(Subs(between, tuple(wholes.values()), tuple(wholes)))
    body = code(e.expr)
    variables = [(v, slot(v) if v.is_Symbol else None, *entry_key(v), must(count)) for v, count in e.variable_count]

    by_circle = cauchy(e) if len(variables) == 1 and variables[0][1] is not None else None

    def run(m: Evaluator) -> Element:
        if by_circle is None:
            return by_duals(m)
        high = variables[0][4](m) > HIGHEST_BY_DUALS
        first, second = (by_circle, by_duals) if high else (by_duals, by_circle)
        try:
            return first(m)
        except Unsupported as error:
            try:
                return second(m)
            except Unsupported:
                raise error from None

    def by_duals(m: Evaluator) -> Element:
        levels = [m]
        for variable, number, name, indices, count in reversed(variables):
            for _ in range(count(m)):
                if number in m.env:
                    raise Unsupported(f"a derivative by the whole number {variable}")
                levels.append(levels[-1].dual((name, *[i(m) for i in indices])))
        value = body(levels[-1])
        for below in reversed(levels[:-1]):
            value = slope_of(value, below.field)
        return value

    return run


@compiles(Subs)
def _subs(e: Subs) -> Code:
    body = code(e.expr)
    keys = [(v,) for v in e.variables]
    slots = [slot(v) for v in e.variables]
    points = [code(p) for p in e.point]

    def run(m: Evaluator) -> Element:
        values = dict(zip(keys, [p(m) for p in points], strict=True))
        hidden = {number: m.env.pop(number) for number in slots if number in m.env}
        try:
            return body(m.bound(values))
        finally:
            m.env.update(hidden)

    return run


@compiles(Opaque)
def _opaque(e: Opaque) -> Code:
    flat, name = _flat(e), e.name
    return lambda m: model(m.field, m.point.variant, name, flat(m)[0])


def _flat(e: Opaque) -> Flat:
    """All entries of all arguments in one list, and where each of them stands."""
    arguments: list[tuple[Code, list[tuple[int, Callable[[Evaluator], int], Callable[[Evaluator], int]]]]] = []
    for argument in e.arguments:
        if isinstance(argument, Tabulate):
            limits = [(slot(index), must(lower), must(upper)) for index, lower, upper in argument.limits]
            arguments.append((code(argument.body), limits))
        else:
            arguments.append((code(argument), []))

    def run(m: Evaluator) -> tuple[list[Element], dict[tuple[int, ...], int]]:
        values: list[Element] = []
        where: dict[tuple[int, ...], int] = {}
        for position, (body, limits) in enumerate(arguments):
            before = {number: m.env[number] for number, _, _ in limits if number in m.env}
            try:
                for at in product(*[range(lower(m), upper(m) + 1) for _, lower, upper in limits]):
                    where[(position, *at)] = len(values)
                    m.env.update(zip([number for number, _, _ in limits], at, strict=True))
                    values.append(body(m))
            finally:
                for number, _, _ in limits:
                    m.env.pop(number, None)
                m.env.update(before)
        return values, where

    return run


@compiles(Partial)
def _partial(e: Partial) -> Code:
    flat, name = _flat(e.application), e.application.name
    entries = [[must(part) for part in by] for by in e.by]

    def run(m: Evaluator) -> Element:
        values, where = flat(m)
        keys = [(("argument", i),) for i in range(len(values))]
        levels: list[Field] = [Bound(m.field, dict(zip(keys, values, strict=True)))]
        for parts in entries:
            at = tuple([part(m) for part in parts])
            if at not in where:
                raise Undefined("a partial derivative by an entry out of range")
            levels.append(Duals(levels[-1], keys[where[at]], m.rule))
        top = levels[-1]
        value = model(top, m.point.variant, name, [top.lookup(key) for key in keys])
        for below in reversed(levels[:-1]):
            value = slope_of(value, below)
        return value

    return run
