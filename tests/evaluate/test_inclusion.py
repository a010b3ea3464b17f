"""The value on a ball holds the values at its points, in every field of balls; what cannot be told stays untold."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from itertools import product
from typing import Any

import pytest
import sympy
from flint import acb, arb
from sympy import Abs, Derivative, Expr, Heaviside, Max, Min, Piecewise, S, Symbol, atan2

from verify.evaluate.codes.conditions import conjunction, negation
from verify.evaluate.evaluator import Evaluator
from verify.evaluate.field import Indeterminate, Undefined, Unsupported
from verify.evaluate.fields.balls import Balls, precision
from verify.evaluate.fields.holomorphic import Holomorphic
from verify.evaluate.points import Point
from verify.terms import relu, sigmoid, softplus

BITS = 80
NOWHERE = Point()
x, y = Symbol("x", real=True), Symbol("y", real=True)
NAMES = """
    exp log sin cos tan cot sec csc sinh cosh tanh coth sech csch asin acos atan asinh acosh atanh gamma erf erfc
    Abs sign floor ceiling Heaviside Ei li
""".split()
ONE: list[Any] = [*(getattr(sympy, name) for name in NAMES), sigmoid, softplus, relu]
TWO: list[Any] = [Max, Min, sympy.Mod, atan2]
PARTS = (sympy.arg, sympy.re, sympy.im, sympy.conjugate)
OF_ORDER = (relu, Max, Min, sympy.Mod, sympy.floor, sympy.ceiling, Heaviside)  # of real numbers only
CENTERS = (0.3, 1.0, -0.7, 2.0, 3.5, -1.0)
TURNED = (0.5 + 0.5j, -1.0 + 0.125j, -2 - 0.0625j, 0.25j)
RADII = (0.0, 2**-10, 0.25, 1.5)


def wide(center: complex, radius: float, real: bool) -> Any:
    parts = [arb(center.real, radius)] if real else [arb(center.real, radius), arb(center.imag, radius)]
    return parts[0] if real else acb(*parts)


def within(center: complex, radius: float, real: bool) -> Iterator[complex]:
    steps = (0.0, 0.875, -0.875) if radius else (0.0,)
    for right, up in product(steps, (0.0,) if real else steps):
        yield complex(center) + radius * complex(right, up)


def image(real: bool, function: Any, *args: Any) -> Any:
    """The value, or ``None`` where there is none or it cannot be told."""
    try:
        return Balls(NOWHERE, real).call(function, args)
    except (Undefined, Unsupported):
        return None


def holds(ball: Any, value: Any) -> bool:
    return ball is None or value is None or not ball.is_finite() or bool(ball.overlaps(value))


@pytest.mark.parametrize(
    ("function", "real"),
    [*((f, True) for f in (*ONE, *TWO)), *((f, False) for f in (*ONE, *TWO, *PARTS) if f not in OF_ORDER)],
    ids=str,
)
def test_balls(function: Any, real: bool) -> None:
    rest, compared = (2.0,) if function in TWO else (), 0
    with precision(BITS):
        for center, radius in product(CENTERS if real else (*CENTERS, *TURNED), RADII):
            others = [wide(v, 0.0, real) for v in rest]
            ball = image(real, function, wide(center, radius, real), *others)
            for point in within(center, radius, real):
                value = image(real, function, wide(point, 0.0, real), *others)
                assert holds(ball, value), (center, radius, point)
                compared += radius > 0 and ball is not None and value is not None
    assert compared


@pytest.mark.parametrize("function", ONE, ids=str)
@pytest.mark.parametrize("analytic", [False, True])
def test_balls_on_which_a_function_is_continued(function: Any, analytic: bool) -> None:
    """Where the result says that the function is holomorphic, it is that which agrees with its values on the line."""

    def on_line(z: Any) -> Any:
        field = Holomorphic(Balls(NOWHERE, True), (x,), z, True, analytic)
        try:
            return field.call(function, [(z, True)])[0]
        except (Undefined, Unsupported):
            return None

    with precision(BITS):
        for center, radius in product(CENTERS, RADII):
            ball = on_line(acb(arb(center, radius), arb(0, radius if analytic else 0)))
            for point in within(center, radius, True):
                assert holds(ball, image(True, function, arb(point.real))), (center, radius, point)


JUMPS: list[tuple[Any, float]] = [
    (Abs, 0.0), (sympy.sign, 0.0), (relu, 0.0), (sympy.floor, 2.0), (sympy.ceiling, -1.0), (Heaviside, 0.0),
    (sympy.log, -1.0), (sympy.Pow, -1.0), (sympy.asin, 1.5), (sympy.atanh, -2.0), (sympy.gamma, -1.0),
]  # fmt: skip


@pytest.mark.parametrize(("function", "place"), JUMPS, ids=str)
def test_around_a_jump_or_cut_nothing_is_holomorphic(function: Any, place: float) -> None:
    with precision(BITS):
        z = acb(arb(place, 0.125), arb(0, 0.125))
        field = Holomorphic(Balls(NOWHERE, True), (x,), z, True, True)
        if function is sympy.Pow:  # a square root
            assert not field.power((z, True), (acb(0.5), True))[0].is_finite()
        else:
            assert not field.call(function, [(z, True)])[0].is_finite()


UNDEFINED: list[tuple[Any, tuple[float, ...], type[Exception]]] = [
    (sympy.log, (0.0,), Undefined), (sympy.log, (-1.0,), Undefined), (sympy.atanh, (2.0,), Undefined),
    (sympy.acosh, (0.5,), Undefined), (atan2, (0.0, 0.0), Undefined), (Heaviside, (0.0,), Undefined),
    (sympy.re, (1.0,), Unsupported), (sympy.Mod, (1.0, 0.0), Undefined),
]  # fmt: skip


@pytest.mark.parametrize(("function", "args", "error"), UNDEFINED, ids=str)
def test_real_functions_have_no_value_where_they_leave_the_reals(
    function: Any, args: tuple[float, ...], error: type[Exception]
) -> None:
    with precision(BITS), pytest.raises(error):
        Balls(NOWHERE, True).call(function, [arb(v) for v in args])


@pytest.mark.parametrize(
    ("function", "place"),
    [(sympy.log, 0.0), (sympy.sign, 0.0), (sympy.floor, 1.0), (Heaviside, 0.0), (sympy.asin, 1.0)],
    ids=str,
)
def test_what_a_wide_ball_does_not_tell_is_indeterminate(function: Any, place: float) -> None:
    with precision(BITS), pytest.raises(Indeterminate):
        Balls(NOWHERE, True).call(function, [arb(place, 0.25)])


# -- derivatives where pieces meet ---------------------------------------------------------------------------------


def slope(e: Expr, at: int) -> Any:
    point = Point({}, {x: Fraction(at), y: Fraction(1)})
    with precision(BITS):
        return Evaluator(Balls(point, True), point)(Derivative(e, x, evaluate=False))


PIECES: list[tuple[Expr, int, int, int]] = [  # slopes at −2 and 2; where there is none
    (Max(x, y), 0, 1, 1),
    (Min(x, y), 1, 0, 1),
    (Max(x, -x, y), -1, 1, 1),
    (relu(x - y), 0, 1, 1),
    (Abs(x), -1, 1, 0),
    (Piecewise((x**2, x < 1), (3 * x, True)), -4, 3, 1),
]


@pytest.mark.parametrize(("e", "left", "right", "kink"), PIECES, ids=str)
def test_derivatives_where_pieces_meet(e: Expr, left: int, right: int, kink: int) -> None:
    assert slope(e, -2) == left
    assert slope(e, 2) == right
    with pytest.raises(Undefined):
        slope(e, kink)


@pytest.mark.parametrize(("a", "b"), list(product((True, False, None), repeat=2)))
def test_conditions_are_those_of_kleenes_strong_logic(a: bool | None, b: bool | None) -> None:
    expected = False if False in (a, b) else None if None in (a, b) else True
    assert conjunction([a, b]) is expected
    assert negation(a) is (None if a is None else not a)


CONDITIONS: list[tuple[Expr, int]] = [
    (Piecewise((1, (x > 0) & (y > 0)), (2, True)), 1),
    (Piecewise((1, (x < 0) | (y < 0)), (2, True)), 2),
    (Piecewise((1, ~((x > 0) & (y > 5))), (2, True)), 1),
    (Piecewise((1, sympy.Ne(x, 2)), (2, True)), 2),
    (Piecewise((1, x <= 2), (2, True)), 1),
    (Piecewise((1, S.false), (2, x >= y)), 2),
]


@pytest.mark.parametrize(("e", "value"), CONDITIONS, ids=str)
def test_the_first_case_that_holds(e: Expr, value: int) -> None:
    point = Point({}, {x: Fraction(2), y: Fraction(1)})
    assert Evaluator(Balls(point, True), point)(e) == value
