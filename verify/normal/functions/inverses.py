"""Inverse trigonometric and hyperbolic functions: one kernel for each of asin, atan, asinh, acosh, atanh.

acos u = π/2 − asin u, asec u = acos(1/u), acsc u = asin(1/u), acsch u = asinh(1/u), asech u = acosh(1/u) hold
everywhere on the principal branches; acot u = atan(1/u) and acoth u = atanh(1/u) only for u ≠ 0, and are kernels of
their own where that is not known. The odd ones have the sign of their argument fixed. ``logarithmic`` fields write the
hyperbolic ones as logarithms: asinh u = log(u + √(u² + 1)), acosh u = log(u + √(u − 1)·√(u + 1)), atanh u =
(log(1 + u) − log(1 − u))/2 (Abramowitz and Stegun 4.6; DLMF 4.37; all valid on the whole of their domains), and where
not all is real asin u = −i·log(i·u + √(1 − u²)) and atan u = i/2·(log(1 − i·u) − log(1 + i·u)) (DLMF 4.23.19, 4.23.26,
with the values on the cuts from above for u < −1, from below for u > 1).
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from sympy import (
    Expr,
    Function,
    S,
    acos,
    acosh,
    acot,
    acoth,
    acsc,
    acsch,
    asec,
    asech,
    asin,
    asinh,
    atan,
    atanh,
    cos,
    cosh,
    pi,
    sin,
    sinh,
    tan,
    tanh,
)

from verify.normal.algebra.field import Field
from verify.normal.algebra.kernels import KINDS, Differentiate, Kernel, Kind
from verify.normal.algebra.ratio import Ratio
from verify.normal.axioms.apply import nonzero
from verify.normal.functions.absolute import absolute
from verify.normal.functions.atoms import constant, imaginary
from verify.normal.functions.gaussian import arctangent
from verify.normal.functions.logarithms import logarithm
from verify.normal.functions.powers import power
from verify.normal.read import read, reads
from verify.normal.signs import NEG, POS, sign
from verify.normal.text.write import expression


def _root(field: Field, a: Ratio, p: int = 1) -> Ratio:
    return power(field, a, field.number(p, 2))


def odd(field: Field, name: str, a: Ratio) -> Ratio:
    """The kernel of an odd function, the sign of its argument fixed."""
    if a.is_zero:
        return a
    if a.num.leading_coefficient() < 0:
        return -odd(field, name, -a)
    value = _special(field, name, a)
    if value is not None:
        return value
    if field.logarithmic and name in ("asin", "atan") and not field.real_domain and a.rational() is None:
        i = imaginary(field)
        if name == "asin":
            return -i * logarithm(field, i * a + _root(field, field.one - a * a))
        return i / field.number(2) * (logarithm(field, field.one - i * a) - logarithm(field, field.one + i * a))
    if field.logarithmic and name in ("asinh", "atanh"):
        if name == "asinh":
            return logarithm(field, a + _root(field, a * a + field.one))
        return (logarithm(field, field.one + a) - logarithm(field, field.one - a)) / field.number(2)
    if name == "atan" and a.num.is_constant() and not a.den.is_constant() and field.real(a):
        known = sign(field, a)
        if known in (NEG, POS):
            turn = constant(field, pi) / field.number(2 if known == POS else -2)
            return turn - odd(field, name, a.inverse())
    real = field.real(a) and (name in ("atan", "asinh") or field.real_domain)
    return field.kernel(name, None, (a,), real=real)


def _special(field: Field, name: str, a: Ratio) -> Ratio | None:
    """Values that SymPy knows at algebraic constants (π/6 and the like)."""
    if name not in ("asin", "atan") or any(k.atoms or k.kind != "root" for k in a.inside):
        return None
    number = a.rational()
    if name == "atan" and number is not None and number != (1, 1):
        return arctangent(field, *number)
    value = (asin if name == "asin" else atan)(expression(field, a))
    return None if value.has(asin, atan) else read(field, value)


def inverse_cosh(field: Field, a: Ratio) -> Ratio:
    """acosh a."""
    if field.logarithmic:
        return logarithm(field, a + _root(field, a - field.one) * _root(field, a + field.one))
    return field.kernel("acosh", None, (a,), real=field.real(a) and field.real_domain)


def inverse_cosine(field: Field, a: Ratio) -> Ratio:
    """acos a."""
    return constant(field, pi) / field.number(2) - odd(field, "asin", a)


def reciprocal(field: Field, name: str, own: str, a: Ratio) -> Ratio:
    """acot, acoth: the function of 1/a where a is known not to be zero."""
    if nonzero(field, a):
        return odd(field, name, a.inverse())
    return field.kernel(own, None, (a,), real=False)


def _reader(node: type[Function], value: Callable[[Field, Ratio], Ratio]) -> None:
    reads(node)(lambda field, e: value(field, read(field, e.args[0])))


def _undone(field: Field, e: Expr, inner: type[Function], lower: Expr, upper: Expr) -> Ratio | None:
    """The angle of ``asin sin t`` and the like, where it is known to be real and between the bounds."""
    (argument,) = e.args
    if not isinstance(argument, inner):
        return None
    angle = argument.args[0]
    facts = field.facts
    within = facts.nonnegative(angle - lower) and facts.nonnegative(upper - angle)
    return read(field, angle) if within else None


@reads(asin)
def _asin(field: Field, e: Expr) -> Ratio:
    known = _undone(field, e, sin, -pi / 2, pi / 2)
    return odd(field, "asin", read(field, e.args[0])) if known is None else known


@reads(acos)
def _acos(field: Field, e: Expr) -> Ratio:
    known = _undone(field, e, cos, S.Zero, pi)
    return inverse_cosine(field, read(field, e.args[0])) if known is None else known


@reads(atan)
def _atan(field: Field, e: Expr) -> Ratio:
    known = _undone(field, e, tan, -pi / 2, pi / 2)  # at ±π/2 the tangent has no value
    return odd(field, "atan", read(field, e.args[0])) if known is None else known


@reads(acosh)
def _acosh(field: Field, e: Expr) -> Ratio:
    if isinstance(e.args[0], cosh):
        inner = read(field, e.args[0].args[0])
        if field.real(inner):
            return absolute(field, inner)
    return inverse_cosh(field, read(field, e.args[0]))


@reads(asinh)
def _asinh(field: Field, e: Expr) -> Ratio:
    known = _real_argument(field, e, sinh)
    return odd(field, "asinh", read(field, e.args[0])) if known is None else known


@reads(atanh)
def _atanh(field: Field, e: Expr) -> Ratio:
    known = _real_argument(field, e, tanh)
    return odd(field, "atanh", read(field, e.args[0])) if known is None else known


def _real_argument(field: Field, e: Expr, inner: type[Function]) -> Ratio | None:
    """t of ``asinh sinh t`` and ``atanh tanh t`` for real t."""
    if not isinstance(e.args[0], inner):
        return None
    found = read(field, e.args[0].args[0])
    return found if field.real(found) else None


_reader(asec, lambda field, a: inverse_cosine(field, a.inverse()))
_reader(acsc, lambda field, a: odd(field, "asin", a.inverse()))
_reader(acsch, lambda field, a: odd(field, "asinh", a.inverse()))
_reader(asech, lambda field, a: inverse_cosh(field, a.inverse()))
_reader(acot, lambda field, a: reciprocal(field, "atan", "acot", a))
_reader(acoth, lambda field, a: reciprocal(field, "atanh", "acoth", a))


def _chain(slope: Callable[[Field, Ratio], Ratio]) -> Callable[[Field, Kernel, Differentiate], Ratio]:
    def derive(field: Field, kernel: Kernel, d: Differentiate) -> Ratio:
        change = d(kernel.args[0])
        return change if change.is_zero else slope(field, kernel.args[0]) * change

    return derive


def _register(
    name: str, function: Any, build: Callable[[Field, Ratio], Ratio], slope: Callable[[Field, Ratio], Ratio]
) -> None:
    def write(field: Field, kernel: Kernel, args: Sequence[Expr]) -> Expr:
        found: Expr = function(args[0])
        return found

    KINDS[name] = Kind(lambda field, data, args: build(field, args[0]), _chain(slope), write)


_register("asin", asin, lambda f, a: odd(f, "asin", a), lambda f, a: _root(f, f.one - a * a, -1))
_register("atan", atan, lambda f, a: odd(f, "atan", a), lambda f, a: (f.one + a * a).inverse())
_register("asinh", asinh, lambda f, a: odd(f, "asinh", a), lambda f, a: _root(f, f.one + a * a, -1))
_register("atanh", atanh, lambda f, a: odd(f, "atanh", a), lambda f, a: (f.one - a * a).inverse())
_register("acosh", acosh, inverse_cosh, lambda f, a: _root(f, a - f.one, -1) * _root(f, a + f.one, -1))
_register("acot", acot, lambda f, a: reciprocal(f, "atan", "acot", a), lambda f, a: -(f.one + a * a).inverse())
_register("acoth", acoth, lambda f, a: reciprocal(f, "atanh", "acoth", a), lambda f, a: (f.one - a * a).inverse())
