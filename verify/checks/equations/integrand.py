"""Integrands taken apart, and integrals that are known with what they need to converge."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TypeAlias

from sympy import Expr, Mul, S, Symbol, exp

from verify.frozen import dataclass
from verify.terms import free


@dataclass(frozen=True)
class Found:
    """An integrand, its integral, and what has to be positive, not negative, or off (−∞, 0], for it to converge."""

    integrand: Expr
    value: Expr
    positive: tuple[Expr, ...] = ()
    nonnegative: tuple[Expr, ...] = ()
    off_cut: tuple[Expr, ...] = ()


@dataclass(frozen=True)
class Parts:
    """c·t**s·exp(e)·Π bᵢ**pᵢ."""

    power: Expr
    exponent: Expr
    others: tuple[tuple[Expr, Expr], ...]


Entry: TypeAlias = Callable[[Parts, Symbol], Iterator[Found]]
"""Proposals for an integrand of one variable, between ends that are known."""


def parts(body: Expr, t: Symbol) -> tuple[Expr, Parts]:
    """The factor that is constant, and the rest taken apart."""
    constant, power, exponent = S.One, S.Zero, S.Zero
    others: dict[Expr, Expr] = {}
    for factor in Mul.make_args(body):
        if t not in free(factor):
            constant *= factor
            continue
        base, e = factor.as_base_exp()
        if isinstance(factor, exp):
            exponent += factor.args[0]
        elif isinstance(base, exp) and t not in free(e):
            exponent += base.args[0] * e
        elif base == t:
            power += e
        else:
            others[base] = others.get(base, S.Zero) + e
    return constant, Parts(power, exponent, tuple(others.items()))


def slope(e: Expr, t: Symbol) -> Expr | None:
    """b, where e = b·t."""
    rate = e.diff(t)
    return rate if t not in free(rate) and (e - rate * t).expand() == 0 else None


def exponential(e: Expr, t: Symbol) -> tuple[Expr, Expr]:
    """c and r, where e = c·exp(r·t)."""
    constant, p = parts(e, t)
    moving = p.exponent.diff(t)
    return constant * exp((p.exponent - moving * t).expand()), moving
