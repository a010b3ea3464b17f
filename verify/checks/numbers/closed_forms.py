"""Where the sides of an inequality touch at numbers of a closed form: multiples of π, powers of e, square roots …."""

from __future__ import annotations

import math
from contextlib import suppress
from dataclasses import replace
from fractions import Fraction
from itertools import product
from typing import TypeAlias

from sympy import Expr, I, Integer, Rational, Symbol, exp, log, pi, sign, sqrt

from verify.checks.evidence.witness import describe
from verify.config import Settings
from verify.evaluate.fields.balls import precision
from verify.evaluate.points import Point, Value
from verify.evaluate.sampling.draws import allowed
from verify.evaluate.sampling.neighbours import Neighbourhood, Vector
from verify.evaluate.truth import at_point, text
from verify.facts import Facts
from verify.model import Claim, Givens, Witness
from verify.normal import NormalError, prove_equal
from verify.show import show
from verify.terms import Rel

MOST_NUMBERS = 3  # that may all be of a closed form
NEAR = 1e-6

Numbers: TypeAlias = dict[Symbol, Expr]


def closed_form(rel: Rel, hood: Neighbourhood, vector: Vector) -> Numbers | None:
    """Multiples of π, powers of e, logarithms or square roots near the point, at which the sides are proved equal."""
    space, point = hood.space, hood.point(vector)
    if space.tables or point is None or len(vector) > MOST_NUMBERS:
        return None
    for numbers in product(*(_near(point.scalars[s]) for s in space.scalars)):
        values = dict(zip(space.scalars, numbers, strict=True))
        if not (all(allowed(s, _rough(n)) for s, n in values.items()) and _admitted(hood, values)):
            continue
        lhs, rhs = _sides(rel.lhs, rel.rhs, hood, values)
        with suppress(NormalError):
            proof = prove_equal(lhs, rhs, Facts(Givens()))
            if proof is not None and not proof.conditions:
                return values
    return None


def touching_at(claim: Claim, hood: Neighbourhood, values: Numbers, settings: Settings) -> Witness:
    """The witness that the sides are equal at those numbers."""
    shown = {**describe(hood.frame, hood.space, ()), **{s.name: show(n) for s, n in values.items()}}
    assert isinstance(claim.lhs, Expr) and isinstance(claim.rhs, Expr)
    lhs, rhs = _sides(claim.lhs, claim.rhs, hood, values)
    with precision(64):
        balls = at_point(Point(), hood.space.real).balls(64)
        left, right = text(balls(lhs)), text(balls(rhs))
    witness = Witness(shown, left, right, "both sides are equal there")
    if not settings.records:
        return witness
    from verify.checks.evidence.python import program

    return replace(
        witness, python=program(replace(claim, lhs=lhs, rhs=rhs, givens=Givens()), replace(witness, point={}))
    )


def _admitted(hood: Neighbourhood, values: Numbers) -> bool:
    """Whether the numbers certainly satisfy the conditions that points have to be tried for."""
    with precision(64):
        judge = at_point(Point(), hood.space.real)
        return all(
            isinstance(c, Rel) and judge.holds(Rel(c.op, *_sides(c.lhs, c.rhs, hood, values))) for c in hood.space.late
        )


def _sides(lhs: Expr, rhs: Expr, hood: Neighbourhood, values: Numbers) -> tuple[Expr, Expr]:
    frame = {**values, **{s: Integer(n) for s, n in hood.frame.integers.items()}}
    return lhs.subs(frame), rhs.subs(frame)


def _near(value: Value) -> list[Expr]:
    """Numbers of a simple form near a real or complex one."""
    if isinstance(value, tuple):
        return [a + I * b for a, b in product(*map(_closed_forms, value))]
    return _closed_forms(value)


def _rough(number: Expr) -> Value:
    """The number, rounded."""
    a, b = number.as_real_imag()
    return (Fraction(float(a)), Fraction(float(b))) if b else Fraction(float(a))


def _closed_forms(number: Fraction) -> list[Expr]:
    """Numbers of a simple form that agree with a number to about seven digits."""
    x = float(number)
    forms = [Rational(*_simple(x)), Rational(*_simple(x, 1024)), pi * Rational(*_simple(x / math.pi))]
    forms.append(sign(x) * sqrt(Rational(*_simple(x * x))))
    if abs(x) < 10 and (power := _simple(math.exp(x)))[0]:
        forms.append(log(Rational(*power)))
    if x:
        forms.append(sign(x) * exp(Rational(*_simple(math.log(abs(x))))))
    return [f for f in dict.fromkeys(forms) if abs(float(f) - x) < NEAR]


def _simple(x: float, denominator: int = 12) -> tuple[int, int]:
    return Fraction(x).limit_denominator(denominator).as_integer_ratio()
