"""The gamma function: shifted, multiplied, reflected down to one representative.

1/Γ is entire and 1/Γ(u) = u/Γ(u + 1), so factorials, gammas and binomials whose arguments differ by integers are
rational multiples of one kernel (DLMF 5.5.1).
"""

from __future__ import annotations

from collections.abc import Sequence
from math import factorial as exact_factorial

from sympy import Expr, beta, factorial, gamma, pi

from verify.normal.algebra.field import Field
from verify.normal.algebra.kernels import KINDS, Differentiate, Kernel, Kind
from verify.normal.algebra.limits import TooLarge, Undefined, Unsupported
from verify.normal.algebra.ratio import Ratio
from verify.normal.axioms.apply import at_pole, constant_term, continuous, negative
from verify.normal.functions.atoms import constant
from verify.normal.functions.exponentials import grain
from verify.normal.functions.powers import power
from verify.normal.functions.special import digamma_of
from verify.normal.functions.trigonometry import sine
from verify.normal.read import read, reads

MAX_SHIFT = 60
MAX_MULTIPLE = 6


@reads(gamma)
def _gamma(field: Field, e: Expr) -> Ratio:
    return _off_poles(field, read(field, e.args[0]))


@reads(factorial)
def _factorial(field: Field, e: Expr) -> Ratio:
    return _off_poles(field, read(field, e.args[0]) + field.one)


def _off_poles(field: Field, a: Ratio) -> Ratio:
    """Γ(a) as it was written: at a pole it has no value, nor has a quotient with it."""
    if at_pole(field, a):
        raise Undefined("gamma at a pole")
    return euler(field, a)


@reads(beta)
def _beta(field: Field, e: Expr) -> Ratio:
    a, b = (read(field, x) for x in e.args[:2])
    return _off_poles(field, a) * _off_poles(field, b) / euler(field, a + b)


def euler(field: Field, a: Ratio) -> Ratio:
    """Γ(a) over one representative: shifted (DLMF 5.5.1), multiplied (5.5.6), reflected (5.5.3)."""
    number = a.rational()
    if number is not None:
        return _at_number(field, a, *number)
    if len(a.den) > 1:
        return _shifted(field, a, 0)
    top, bottom = constant_term(a)
    whole = top // bottom
    if abs(whole) > MAX_SHIFT:
        raise TooLarge("a shift of the gamma function")
    moving = a - field.number(top, bottom)
    content, below = int(moving.num.content()), int(moving.den.leading_coefficient())
    unit = moving * field.number(below, content)
    if negative(unit):
        unit = -unit
    n = grain(field, "gamma", (unit,), below)
    times = content * (n // below)
    if 1 < times <= MAX_MULTIPLE:
        field.relations["Γ(m·z) as a product of Γ(z + j/m) (DLMF 5.5.6)"] = None
        m = field.number(times)
        result = power(field, m, a - field.number(1, 2))
        result = result * power(field, field.number(2) * constant(field, pi), field.number(1 - times, 2))
        for j in range(times):
            result = result * euler(field, (a + field.number(j)) / m)
        return result
    if negative(moving) and continuous(field, a):
        field.relations["Γ(z)·Γ(1 − z) = π/sin(π·z) (DLMF 5.5.3)"] = None
        circle = constant(field, pi)
        return circle / (sine(field, circle * a) * euler(field, field.one - a))
    return _shifted(field, a, whole)


def infinite_product(field: Field, upper: Sequence[Ratio], lower: Sequence[Ratio]) -> Ratio:
    """Π over k ≥ 0 of Π(k + u)/Π(k + l), which converges as Σ u = Σ l: Π Γ(l)/Π Γ(u) (DLMF 5.8.5)."""
    field.relations["Π over k ≥ 0 of Π(k + u)/Π(k + l) (DLMF 5.8.5)"] = None
    return field.product(euler(field, x) for x in lower) / field.product(euler(field, u) for u in upper)


def _shifted(field: Field, a: Ratio, whole: int) -> Ratio:
    low = a - field.number(whole)
    return _shift(field, low, whole) * field.kernel("gamma", None, (low,), real=field.real(low))


def _at_number(field: Field, a: Ratio, top: int, bottom: int) -> Ratio:
    if bottom == 1:
        if top <= 0:
            raise Unsupported("gamma at a pole")
        if top > 2001:
            raise TooLarge("a factorial")
        return field.number(exact_factorial(top - 1))
    whole = top // bottom
    if abs(whole) > MAX_SHIFT:
        if bottom == 2:
            raise TooLarge("a shift of the gamma function")
        return field.kernel("gamma", None, (a,), real=True)
    low = a - field.number(whole)
    result = _shift(field, low, whole)
    circle = constant(field, pi)
    if bottom == 2:
        return result * power(field, circle, field.number(1, 2))
    if 2 * (top % bottom) > bottom:
        field.relations["Γ(z)·Γ(1 − z) = π/sin(π·z) (DLMF 5.5.3)"] = None
        return result * circle / (sine(field, circle * low) * euler(field, field.one - low))
    if (top % bottom, bottom) == (1, 6):
        field.relations["Γ(2·z) as a product of Γ(z) and Γ(z + 1/2) (DLMF 5.5.5)"] = None
        third = field.kernel("gamma", None, (field.number(1, 3),), real=True)
        two, half = field.number(2), field.number(1, 2)
        roots = power(field, two, field.number(-1, 3)) * power(field, field.number(3), half)
        return result * roots * third * third / power(field, circle, half)
    return result * field.kernel("gamma", None, (low,), real=True)


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


def _write_gamma(field: Field, kernel: Kernel, args: Sequence[Expr]) -> Expr:
    return gamma(args[0])


KINDS["gamma"] = Kind(lambda field, data, args: euler(field, args[0]), _derive_gamma, _write_gamma)
