"""NumPy floats, many points at once: fast, and never more than a hint."""

from __future__ import annotations

import operator
from collections.abc import Callable, Sequence
from fractions import Fraction
from functools import lru_cache
from typing import Any

import numpy as np
import sympy
from sympy import Expr

from verify.evaluate.field import Element, Key, Truth, Unsupported
from verify.evaluate.points import Point, Value
from verify.terms import Array, relu, sigmoid, softplus


def _sigmoid(x: Any) -> Any:
    return 1 / (1 + np.exp(-x))


def _real(x: Element) -> Element:
    """Among complex numbers what is real has no imaginary part; nothing else is rounded."""
    return x if np.isrealobj(x) else np.where(np.imag(x) == 0, np.real(x), np.nan)


def _sign(x: Any) -> Any:
    size = np.abs(x)
    return np.where(size == 0, 0, x / np.where(size == 0, 1, size))


_FUNCTIONS: dict[type[Expr], Callable[..., Any]] = {
    sympy.exp: np.exp,
    sympy.log: np.log,
    sympy.sin: np.sin,
    sympy.cos: np.cos,
    sympy.tan: np.tan,
    sympy.cot: lambda x: 1 / np.tan(x),
    sympy.sec: lambda x: 1 / np.cos(x),
    sympy.csc: lambda x: 1 / np.sin(x),
    sympy.sinh: np.sinh,
    sympy.cosh: np.cosh,
    sympy.tanh: np.tanh,
    sympy.coth: lambda x: 1 / np.tanh(x),
    sympy.asin: np.arcsin,
    sympy.acos: np.arccos,
    sympy.atan: np.arctan,
    sympy.asinh: np.arcsinh,
    sympy.acosh: np.arccosh,
    sympy.atanh: np.arctanh,
    sympy.Abs: np.abs,
    sympy.sign: _sign,
    sympy.re: np.real,
    sympy.im: np.imag,
    sympy.conjugate: np.conj,
    sympy.arg: np.angle,
    sympy.floor: lambda x: np.floor(_real(x)),
    sympy.ceiling: lambda x: np.ceil(_real(x)),
    sigmoid: _sigmoid,
    softplus: lambda x: np.logaddexp(0, x) if np.isrealobj(x) else np.log(1 + np.exp(x)),
    relu: lambda x: np.maximum(x, 0),
}


@lru_cache(maxsize=1 << 10)
def _float(number: Expr) -> float:
    return float(number)


class Floats:
    """Double precision at all points of a batch, which share sizes, indices and words; NaN where undefined."""

    add, mul = staticmethod(operator.add), staticmethod(operator.mul)

    def __init__(self, points: Sequence[Point], real: bool) -> None:
        self.points = points
        self.real = real
        self.type = np.float64 if real else np.complex128
        self._memo: dict[Key, Any] = {}

    def _array(self, values: Sequence[Value]) -> Any:
        if self.real:
            return np.array([v.numerator / v.denominator for v in values])  # type: ignore[union-attr]  # no pairs
        return np.array([complex(*map(float, v)) if isinstance(v, tuple) else complex(v) for v in values])

    def lookup(self, key: Key) -> Element:
        if key not in self._memo:
            if isinstance(key[0], Array):
                self._memo[key] = self._array([p.entries[key[0]][key[1:]] for p in self.points])
            else:
                self._memo[key] = self._array([p.scalars[key[0]] for p in self.points])
        return self._memo[key]

    def const(self, value: Fraction) -> Element:
        try:
            return self.type(value.numerator / value.denominator)
        except OverflowError:
            return self.type(np.inf if value > 0 else -np.inf)

    def number(self, value: Expr) -> Element:
        if value is sympy.S.ImaginaryUnit:
            if self.real:
                raise Unsupported("i among the reals")
            return np.complex128(1j)
        return self.type(_float(value))

    def combine(self, rows: Sequence[Sequence[int]], elements: Sequence[Element]) -> list[Element]:
        """Linear combinations, all at once (:func:`verify.evaluate.fields.duals.combinations`)."""
        return list(np.tensordot(np.array(rows, dtype=np.float64), np.stack(np.broadcast_arrays(*elements)), axes=1))

    def inv(self, a: Element) -> Element:
        if np.count_nonzero(a) == np.size(a):
            return 1 / a
        return np.where(a == 0, np.nan, 1 / a)

    def power_int(self, base: Element, exponent: int) -> Element:
        return np.power(base, float(exponent)) if exponent >= 0 else self.inv(np.power(base, float(-exponent)))

    def power(self, base: Element, exponent: Element) -> Element:
        return np.power(base, exponent)

    def call(self, function: type[Expr], args: Sequence[Element]) -> Element:
        if function is sympy.Max or function is sympy.Min:
            pick = np.maximum if function is sympy.Max else np.minimum
            total = args[0]
            for a in args[1:]:
                total = pick(total, a)
            return total
        if function is sympy.log and len(args) == 2:
            return np.log(args[0]) / np.log(args[1])
        implementation = _FUNCTIONS.get(function)
        if implementation is None or len(args) != 1:
            raise Unsupported(f"no floating-point {function.__name__}")
        result = implementation(args[0])
        if function is sympy.log:
            result = np.where(args[0] == 0, np.nan, result)
        return result if self.real else result.astype(np.complex128)

    def less(self, a: Element, b: Element, strict: bool) -> Truth:
        a, b = np.real(a), np.real(b)
        return a < b if strict else a <= b

    def equal(self, a: Element, b: Element) -> Truth:
        return a == b

    def select(self, cases: Sequence[tuple[Truth, Callable[[], Element]]]) -> Element:
        result: Any = self.type(np.nan)
        for truth, thunk in reversed(cases):
            if truth is False or truth is None:
                continue
            value = thunk()
            result = value if truth is True else np.where(truth, value, result)
        return result
