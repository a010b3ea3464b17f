"""From the formulas of the table to the canonical form: a reader for each kind of node.

Functions have the readers that they have in SymPy's expressions.
"""

from __future__ import annotations

from typing import Any

from verify.normal.algebra.field import Field
from verify.normal.algebra.limits import Unsupported
from verify.normal.algebra.ratio import Ratio
from verify.normal.axioms.formula import (
    Applied,
    Constant,
    Difference,
    Formula,
    Multiple,
    Number,
    Power,
    Quotient,
    Total,
    Variable,
)
from verify.normal.functions.powers import power
from verify.normal.read import FALLBACKS, LEAVES, READERS, Reader


def _read(field: Field, e: Formula) -> Ratio:
    return LEAVES[type(e)](field, e)


def _number(field: Field, e: Number) -> Ratio:
    return field.number(e.p, e.q)


def _variable(field: Field, e: Variable) -> Ratio:
    found: Ratio = field.scope[e]
    return found


def _constant(field: Field, e: Constant) -> Ratio:
    return READERS[type(e.value)](field, e.value)


def _total(field: Field, e: Total) -> Ratio:
    return _read(field, e.left) + _read(field, e.right)


def _difference(field: Field, e: Difference) -> Ratio:
    return _read(field, e.left) - _read(field, e.right)


def _multiple(field: Field, e: Multiple) -> Ratio:
    return _read(field, e.left) * _read(field, e.right)


def _quotient(field: Field, e: Quotient) -> Ratio:
    return _read(field, e.left) / _read(field, e.right)


def _power(field: Field, e: Power) -> Ratio:
    base, exponent = _read(field, e.left), e.right
    if isinstance(exponent, Number) and exponent.q == 1:
        return base**exponent.p
    return power(field, base, _read(field, exponent))


def _applied(field: Field, e: Applied) -> Ratio:
    return _reader(e.func)(field, e)


def _reader(function: Any) -> Reader:
    found = READERS.get(function) or next((r for base, r in FALLBACKS if issubclass(function, base)), None)
    if found is None:
        raise Unsupported(f"{function.__name__} is not known to the canonical form")
    return found


LEAVES.update(
    {
        Number: _number,
        Variable: _variable,
        Constant: _constant,
        Total: _total,
        Difference: _difference,
        Multiple: _multiple,
        Quotient: _quotient,
        Power: _power,
        Applied: _applied,
    }
)
