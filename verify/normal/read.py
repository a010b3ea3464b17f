"""From core expressions to the canonical form: one reader a node type, looked up in a table."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from sympy import Add, Basic, Expr, Indexed, Mul, Rational, Symbol
from sympy.core.numbers import (
    Catalan,
    ComplexInfinity,
    EulerGamma,
    Float,
    Half,
    ImaginaryUnit,
    Infinity,
    Integer,
    NaN,
    NegativeInfinity,
    NegativeOne,
    One,
    Pi,
    Zero,
)

from verify.normal.algebra.field import Field
from verify.normal.algebra.limits import Undefined, Unsupported
from verify.normal.algebra.plain import LEAST, written_out
from verify.normal.algebra.ratio import Ratio
from verify.normal.functions import atoms
from verify.terms import Array, Entry, Frac, Index, free

Reader = Callable[[Field, Any], Ratio]
READERS: dict[type, Reader] = {}
LEAVES: dict[type, Reader] = {}  # of the nodes that are read as quickly as they would be remembered
FALLBACKS: list[tuple[type, Reader]] = []  # by isinstance, where the type itself is not in the table


def read(field: Field, e: Basic) -> Ratio:
    """The canonical form of a core expression."""
    leaf = LEAVES.get(type(e))
    if leaf is not None:
        return leaf(field, e)
    key = (e, bindings(field, e)) if field.scope else e
    found = field.memo.get(key)
    if found is None:
        reader = READERS.get(type(e))
        if reader is None:
            reader = next((r for base, r in FALLBACKS if isinstance(e, base)), None)
            if reader is None:
                raise Unsupported(f"{type(e).__name__} is not known to the canonical form")
        outer = field.relations
        inner = field.relations = {}
        try:
            found = field.memo[key] = reader(field, e)
            if inner:
                field.rules_of[key] = inner
        finally:
            field.relations = outer
            if inner:
                outer.update(inner)
    elif key in field.rules_of:
        field.relations.update(field.rules_of[key])
    return found


def bindings(field: Field, e: Basic) -> Any:
    """What the bound indices that occur in ``e`` stand for."""
    if not field.scope:
        return None
    captured = field.scope.keys() & free(e)
    return frozenset((v, getattr(field.scope[v], "key", field.scope[v])) for v in captured) if captured else None


def reads(*types: type) -> Callable[[Reader], Reader]:
    """Register a reader for node types."""

    def register(reader: Reader) -> Reader:
        for node in types:
            READERS[node] = reader
        return reader

    return register


@reads(Add)
def _add(field: Field, e: Expr) -> Ratio:
    if len(e.args) >= LEAST and not field.scope:
        found = written_out(field, e.args)
        if found is not None:
            return found
    return field.total([read(field, arg) for arg in e.args])


@reads(Mul)
def _mul(field: Field, e: Expr) -> Ratio:
    return field.product([read(field, arg) for arg in e.args])


@reads(Frac)
def _frac(field: Field, e: Frac) -> Ratio:
    return read(field, e.numerator) / read(field, e.denominator)


@reads(Integer, Zero, One, NegativeOne)
def _integer(field: Field, e: Integer) -> Ratio:
    return field.number(e.p)


@reads(Rational, Half)
def _rational(field: Field, e: Rational) -> Ratio:
    return field.number(e.p, e.q)


@reads(Symbol, Index, Array, atoms.Bound)
def _symbol(field: Field, e: Symbol) -> Ratio:
    if not field.scope:
        found = field.letters.get(e)
        if found is None:
            found = field.letters[e] = atoms.symbol(field, e)
        return found
    value = field.scope.get(e, e)
    if isinstance(value, Ratio):
        return value
    return field.number(int(value)) if isinstance(value, Integer) else atoms.symbol(field, value)


@reads(Indexed, Entry)
def _indexed(field: Field, e: Indexed) -> Ratio:
    return atoms.entry(field, e.base.label, tuple(read(field, i) for i in e.indices))


@reads(Pi, EulerGamma, Catalan)
def _constant(field: Field, e: Expr) -> Ratio:
    return atoms.constant(field, e)


@reads(ImaginaryUnit)
def _imaginary(field: Field, e: Expr) -> Ratio:
    return atoms.imaginary(field)


@reads(NaN, ComplexInfinity, Infinity, NegativeInfinity)
def _infinite(field: Field, e: Expr) -> Ratio:
    raise Undefined(f"{e} is not a number")


@reads(Float)
def _float(field: Field, e: Expr) -> Ratio:
    raise Unsupported("an inexact number")


LEAVES.update({kind: READERS[kind] for kind in (Rational, Integer, Zero, One, NegativeOne, Half, Symbol)})
FALLBACKS.append((Rational, _rational))
FALLBACKS.append((Symbol, _symbol))
