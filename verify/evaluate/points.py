"""Concrete points: a size for every dimension, a value for every symbol, index and array entry; all exact."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import field
from fractions import Fraction
from functools import cached_property
from typing import Any, TypeAlias

from sympy import Symbol

from verify.frozen import dataclass
from verify.terms import Array

Value: TypeAlias = Fraction | tuple[Fraction, Fraction]  # real, or (real part, imaginary part)


@dataclass(frozen=True)
class Point:
    """``integers`` are sizes, indices and whole numbers; ``words`` the sequences of integers, by index tuple.

    Three memories: ``counts`` of integer expressions (points that have integers and words in common may share it),
    ``slots`` of the integers as :func:`verify.evaluate.evaluator.slots_of` names them (where the integers are in common
    it may be shared too), and ``judges`` of :func:`verify.evaluate.truth.at_point`.
    """

    integers: Mapping[Symbol, int] = field(default_factory=dict)
    scalars: Mapping[Symbol, Value] = field(default_factory=dict)
    words: Mapping[Array, Mapping[tuple[int, ...], int]] = field(default_factory=dict)
    entries: Mapping[Array, Mapping[tuple[int, ...], Value]] = field(default_factory=dict)
    variant: int = 0  # which concrete functions stand for the opaque ones
    counts: dict[Any, int] = field(default_factory=dict, compare=False, repr=False)
    judges: dict[bool, Any] = field(default_factory=dict, compare=False, repr=False)
    slots: dict[int, int] = field(default_factory=dict, compare=False, repr=False)

    def moved(self, values: Mapping[Symbol, Value]) -> Point:
        """The point with other values for some symbols, and with memories of its own."""
        scalars = {**self.scalars, **{s: v for s, v in values.items() if not s.is_integer}}
        integers = {**self.integers, **{s: int(v) for s, v in values.items() if s.is_integer}}  # type: ignore[arg-type]  # no pairs
        return Point(integers, scalars, self.words, self.entries, self.variant)

    @cached_property
    def simplicity(self) -> int:
        """How many digits it takes to write the point down: smaller is nicer to read."""
        total = sum(map(digits, self.scalars.values()))
        total += sum(digits(value) for cells in self.entries.values() for value in cells.values())
        return total + sum(map(abs, self.integers.values())) + 3 * self.variant


def digits(value: Value) -> int:
    """How much there is to write; negative numbers and fractions a little more."""
    if isinstance(value, tuple):
        return digits(value[0]) + digits(value[1]) + 1
    top = value.numerator
    return top.bit_length() + 2 * (value.denominator.bit_length() - 1) + (top < 0)


def show_value(value: Value | int) -> str:
    """``-1/2``, or ``1 + 2i``."""
    if isinstance(value, tuple):
        re, im = value
        if not im:
            return str(re)
        sign = "-" if im < 0 else "+"
        size = "" if abs(im) == 1 else f"{abs(im)}·"
        return f"{re} {sign} {size}i" if re else f"{'-' if im < 0 else ''}{size}i"
    return str(value)
