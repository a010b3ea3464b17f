"""Numbers, symbols and entries of arrays as kernels."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from typing import Any

from sympy import Expr, I, Symbol, sympify

from verify.normal.algebra.field import Field
from verify.normal.algebra.kernels import KINDS, Kernel, Kind
from verify.normal.algebra.limits import Unsupported
from verify.normal.algebra.ratio import Ratio
from verify.normal.text.write import expression
from verify.terms import Index
from verify.terms import entry as entry_of


class Bound(Index):
    """A bound index of the canonical form: named by how deep it stands above its summand, so that renaming bound
    indices changes nothing; a class of its own, so that no symbol of an author's can be captured."""

    __slots__ = ()

    def __new__(cls, name: str, lower: Expr | int = 1, upper: Expr | int = 1) -> Bound:
        return _bound(name, sympify(lower, strict=True), sympify(upper, strict=True))


@cache
def _bound(name: str, lower: Expr, upper: Expr) -> Bound:
    obj: Bound = Symbol.__xnew__(Bound, name, integer=True)
    obj.lower, obj.upper = lower, upper
    return obj


def symbol(field: Field, name: Symbol) -> Ratio:
    """A symbol (or index) as a kernel."""
    found = field.table.get(("symbol", name))
    if found is not None:
        return found.ratio
    real = field.real_domain or bool(name.is_extended_real) or field.facts.real(name)
    return field.letter(name, real)


def entry(field: Field, label: Any, indices: tuple[Ratio, ...]) -> Ratio:
    """An entry of an array as a kernel."""
    real = field.real_domain or bool(getattr(label, "is_extended_real", None))
    return field.kernel("entry", label, indices, real=real, atoms=(label,))


def constant(field: Field, value: Expr) -> Ratio:
    """A real constant that is taken as transcendental."""
    return field.kernel("constant", value, real=True)


def imaginary(field: Field) -> Ratio:
    """The imaginary unit, I² = −1."""
    return field.kernel("imaginary", "I", rule=(2, -field.unit))


def integer(field: Field, a: Ratio) -> bool:
    """Known to be an integer."""
    if a.rational() is not None:
        return bool(a.den.is_one())
    if all(k.kind == "symbol" for k in a.inside):  # then nothing more is known, as of n·(n + 1)/2
        return bool(a.den.is_one()) and all(k.data.is_integer for k in a.inside)
    if a.den.is_one() and all(k.kind in ("symbol", "entry") and k.data.is_integer for k in a.inside):
        return True
    return bool(field.facts.integer(expression(field, a)))


def whole(field: Field, *ends: Expr) -> bool:
    """The ends of a range known to be integers."""
    return all(e.is_Integer or bool(field.facts.integer(e)) for e in ends)


def _no_derivative(field: Field, kernel: Kernel, d: Any) -> Ratio:
    return field.zero


def _entry_derivative(field: Field, kernel: Kernel, d: Any) -> Ratio:
    if any(not d(a).is_zero for a in kernel.args):
        raise Unsupported(f"derivative of an entry of {kernel.data} by its index")
    return field.zero


def _write_entry(field: Field, kernel: Kernel, args: Sequence[Expr]) -> Expr:
    return entry_of(kernel.data, *args)


def _write_imaginary(field: Field, kernel: Kernel, args: Sequence[Expr]) -> Expr:
    return I


KINDS["symbol"] = Kind(lambda field, data, args: symbol(field, data), _no_derivative, lambda f, k, a: k.data)
KINDS["entry"] = Kind(entry, _entry_derivative, _write_entry)
KINDS["constant"] = Kind(lambda field, data, args: constant(field, data), _no_derivative, lambda f, k, a: k.data)
KINDS["imaginary"] = Kind(lambda field, data, args: imaginary(field), _no_derivative, _write_imaginary)
