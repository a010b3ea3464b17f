"""Concrete smooth functions that stand for opaque ones when numbers are wanted."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from functools import lru_cache
from typing import TypeAlias
from zlib import crc32

import sympy
from sympy import Add, Expr, Symbol

from verify.evaluate.field import Element, Field
from verify.evaluate.fields.duals import combinations

Row: TypeAlias = tuple[int, ...]
MODELS = 4  # how many concrete functions stand in turn for an opaque one
_DEGREES = (2, 7, 4, 3)
_CONSTANTS = {1: 0, 2: -1000}  # functions that vanish at 0, and that are negative there


def _coefficient(name: str, variant: int, power: int, i: int) -> int:
    """A whole number from −4 to 4, the same every time, different for different functions."""
    if power == 0 and variant in _CONSTANTS:
        return _CONSTANTS[variant]
    value = crc32(f"{name}|{variant}|{power}|{i}".encode()) % 9 - 4
    return value if value or not power else 1 + i % 2


def model(field: Field, variant: int, name: str, entries: Sequence[Element]) -> Element:
    """A concrete smooth function to stand for an opaque one: ``c + Σₖ (Σᵢ aₖᵢxᵢ)ᵏ`` over all the entries xᵢ.

    Powers of generic linear forms have every cross term up to their degree. The last model adds the exponential of
    a linear form, for what is true of polynomials only.
    """

    constant, rows, exponent = coefficients(variant, name, len(entries))
    forms = combinations(field, (*rows, exponent) if exponent else rows, entries)
    total = field.const(Fraction(constant))
    for power, form in enumerate(forms[: len(rows)], 1):
        total = field.add(total, field.power_int(form, power))
    if exponent:
        total = field.add(total, field.call(sympy.exp, (field.mul(field.const(Fraction(1, 8)), forms[-1]),)))
    return total


@lru_cache(maxsize=1 << 10)
def coefficients(variant: int, name: str, entries: int) -> tuple[int, tuple[Row, ...], Row]:
    """The numbers that make up a model: the constant, the linear form of each power, and that of the exponential."""

    def row(power: int) -> Row:
        return tuple(_coefficient(name, variant, power, i) for i in range(1, entries + 1))

    rows = tuple(row(power) for power in range(1, _DEGREES[variant] + 1))
    return _coefficient(name, variant, 0, 0), rows, row(8) if variant == MODELS - 1 else ()


def describe_model(variant: int, name: str, entries: int) -> str:
    """The concrete function, written out where it has few arguments."""
    if entries > 3:
        return f"a polynomial of degree {_DEGREES[variant]} in its {entries} entries (model {variant + 1})"
    symbols = [Symbol(f"x{i}") if entries > 1 else Symbol("x") for i in range(1, entries + 1)]

    def form(power: int) -> Expr:
        return Add(*(_coefficient(name, variant, power, i) * x for i, x in enumerate(symbols, 1)))

    powers = ((k, form(k)) for k in range(2, _DEGREES[variant] + 1))
    summands = [str(form(1) + _coefficient(name, variant, 0, 0))]
    summands += [f"({f})^{k}" if isinstance(f, Add) else str(f**k) for k, f in powers if f != 0]
    summands += [f"exp(({form(8)})/8)"] if variant == MODELS - 1 else []
    names = f"({', '.join(map(str, symbols))})" if entries > 1 else "x"
    return f"{names} ↦ {' + '.join(summands)}".replace("**", "^").replace("*", "·").replace("-", "−")
