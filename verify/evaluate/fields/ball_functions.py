"""Elementary functions of balls that need care: where they jump, branch or leave the reals.

Each takes the field, which says whether all numbers are real (:class:`flint.arb`, else :class:`flint.acb`), and its
arguments. It raises :class:`~verify.evaluate.field.Undefined` where there is no value,
:class:`~verify.evaluate.field.Indeterminate` where the balls are too wide to tell.
"""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from typing import Any

import sympy
from flint import acb, arb
from sympy import Expr

from verify.evaluate.field import Field, Indeterminate, Undefined, Unsupported
from verify.terms import relu, sigmoid, softplus

LARGEST_WHOLE = arb(10) ** 1000
LARGEST_EXPONENT = 10**9  # beyond, the size of an exponential is known but no digit of it


def real_of(field: Field, x: Any) -> Any:
    """A real ball: the number itself, which has no order among the complex ones unless it is real."""
    if field.real:
        return x
    if x.imag == 0:
        return x.real
    raise Undefined("an order relation between complex numbers")


def _lift(field: Field, x: Any) -> Any:
    """A real ball as an element of the field."""
    return x if field.real else acb(x)


def _complex(field: Field, x: Any) -> Any:
    """The number itself, in a complex field."""
    if field.real:
        raise Unsupported("a complex function among the reals")
    return x


def _log(field: Field, x: Any, base: Any = None) -> Any:
    if x == 0:
        raise Undefined("log 0")
    if field.real:
        if x < 0:
            raise Undefined("a logarithm that leaves the reals")
        if not x > 0:
            raise Indeterminate("a logarithm of what may be negative")
    elif 0 in x.real and 0 in x.imag:
        raise Indeterminate("a logarithm of what may be zero")
    value = x.log()
    return value if base is None else value * field.inv(_log(field, base))


def _exp(field: Field, x: Any) -> Any:
    size = x if field.real else x.real
    if size > LARGEST_EXPONENT or size < -LARGEST_EXPONENT:
        raise Indeterminate("an exponential too large to be useful")
    return x.exp()


def _sigmoid(field: Field, x: Any) -> Any:
    return field.inv(1 + _exp(field, -x))


def _softplus(field: Field, x: Any) -> Any:
    return _log(field, 1 + _exp(field, x))


def _relu(field: Field, x: Any) -> Any:
    return _lift(field, real_of(field, x).max(arb(0)))


def _max(field: Field, *args: Any) -> Any:
    total = real_of(field, args[0])
    for a in args[1:]:
        total = total.max(real_of(field, a))
    return _lift(field, total)


def _min(field: Field, *args: Any) -> Any:
    total = real_of(field, args[0])
    for a in args[1:]:
        total = total.min(real_of(field, a))
    return _lift(field, total)


def _abs(field: Field, x: Any) -> Any:
    return _lift(field, abs(x))


def _sign(field: Field, x: Any) -> Any:
    if x == 0:
        return field.const(Fraction(0))
    if field.real:
        if x > 0 or x < 0:
            return arb(1 if x > 0 else -1)
        raise Indeterminate("the sign of what may be zero")
    return x * field.inv(acb(abs(x)))


def _arg(field: Field, x: Any) -> Any:
    if x == 0:
        raise Undefined("arg 0")
    return acb(_complex(field, x).log().imag)


def _round(field: Field, x: Any, method: str) -> Any:
    """Floor or ceiling, as Arb names them."""
    value = getattr(real_of(field, x), method)()
    if not value.is_exact():
        raise Indeterminate("a value that may be rounded either way")
    return _lift(field, value)


def _atan2(field: Field, y: Any, x: Any) -> Any:
    """The argument of ``x + iy``; of complex numbers by its logarithm."""
    if x == 0 and y == 0:
        raise Undefined("the direction of the origin")
    if field.real or (x.imag == 0 and y.imag == 0):
        x, y = (x, y) if field.real else (x.real, y.real)
        if not (x > 0 or y > 0 or y < 0 or (x < 0 and y == 0)):
            raise Indeterminate("a direction that may be either of two")
        return _lift(field, arb.atan2(y, x))
    i = acb(0, 1)
    return -i * _log(field, (x + i * y) * field.inv((x * x + y * y).sqrt()))


def _mod(field: Field, a: Any, b: Any) -> Any:
    """``a − b⌊a/b⌋``; of whole numbers, whose quotient may have no exact ball, their remainder."""
    first, second = _whole(field, a), _whole(field, b)
    if first is not None and second:
        return field.const(Fraction(first % second))
    return a - b * _round(field, a * field.inv(b), "floor")


def _whole(field: Field, x: Any) -> int | None:
    """The whole number that a ball is."""
    value = real_of(field, x)
    return int(value.fmpz()) if value.is_exact() and value.is_integer() and abs(value) < LARGEST_WHOLE else None


def _heaviside(field: Field, x: Any, at_zero: Any = None) -> Any:
    """Heaviside's function; at its step only where the author says which value it has, since conventions differ."""
    value = real_of(field, x)
    if value == 0:
        if at_zero is None:
            raise Undefined("the step function at its step")
        return at_zero
    if not (value > 0 or value < 0):
        raise Indeterminate("on which side of the step cannot be told")
    return field.const(Fraction(1 if value > 0 else 0))


def _delta(field: Field, a: Any, b: Any) -> Any:
    equal = field.equal(a, b)
    if equal is None:
        raise Indeterminate("whether two numbers are equal cannot be told")
    return field.const(Fraction(int(equal)))


CAREFUL: dict[type[Expr], Callable[..., Any]] = {
    sympy.log: _log,
    sympy.exp: _exp,
    sigmoid: _sigmoid,
    softplus: _softplus,
    relu: _relu,
    sympy.Max: _max,
    sympy.Min: _min,
    sympy.Abs: _abs,
    sympy.sign: _sign,
    sympy.arg: _arg,
    sympy.re: lambda f, x: acb(_complex(f, x).real),
    sympy.im: lambda f, x: acb(_complex(f, x).imag),
    sympy.conjugate: lambda f, x: x if f.real else acb(x.real, -x.imag),
    sympy.floor: lambda f, x: _round(f, x, "floor"),
    sympy.ceiling: lambda f, x: _round(f, x, "ceil"),
    sympy.atan2: _atan2,
    sympy.Mod: _mod,
    sympy.Heaviside: _heaviside,
    sympy.KroneckerDelta: _delta,
}
