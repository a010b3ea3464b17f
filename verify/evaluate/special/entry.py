"""How a special function is described: its value in balls, and where it is holomorphic.

Arguments and values are complex balls. ``regular`` says whether the function is surely holomorphic on a neighbourhood
of all arguments in the given balls, as far as branch cuts go; at poles the value itself is not finite. A function that
is regular at real arguments has a real value there (Schwarz's reflection principle), unless it is declared otherwise.
"""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from typing import Any, TypeAlias

from flint import acb, arb, fmpq, fmpz

from verify.frozen import dataclass

Ball: TypeAlias = Any  # an acb


def everywhere(*args: Ball) -> bool:
    """No branch cut at all."""
    return True


@dataclass(frozen=True)
class Entry:
    """One function; ``reflects`` means that conjugate arguments give the conjugate value."""

    value: Callable[..., Ball]
    regular: Callable[..., bool] = everywhere
    reflects: bool = True


NOT_FINITE = acb("nan")


def whole(z: Ball) -> int | None:
    """The integer that a ball is, if it is exactly one."""
    if not z.imag.is_zero() or not z.real.is_exact() or not z.real.is_integer():
        return None
    return int(z.real.unique_fmpz())


def broken(z: Ball) -> bool:
    """Whether a ball certainly contains no whole number."""
    return not z.imag.contains(0) or not z.real.contains_integer()


def exactly(value: int | fmpz) -> Ball:
    """An integer as a complex number, exactly however large it is."""
    return acb(arb(fmpz(value)))


def rational(value: Fraction) -> Ball:
    """A rational number as the tightest ball."""
    return acb(arb(fmpq(value.numerator, value.denominator)))


def has_zero(z: Ball) -> bool:
    """Whether zero lies in the ball."""
    return bool(z.contains(0))


def right_of_cut(z: Ball) -> bool:
    """Surely off the ray from 0 to −∞."""
    return bool(z.real > 0 or z.imag > 0 or z.imag < 0)


def off_ray(z: Ball, start: int, right: bool) -> bool:
    """Surely off the ray from ``start`` to +∞ (``right``) or to −∞."""
    return right_of_cut(start - z if right else z - start)
