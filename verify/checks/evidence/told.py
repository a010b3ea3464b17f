"""A point read back from what a reader is told of it: ``{"n": "2", "x": "-1/2", "U": "((0), (1))"}``."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from fractions import Fraction
from itertools import product

from sympy import Symbol

from verify.checks.evidence.witness import entry_count, opaque_functions
from verify.evaluate.evaluator import Evaluator
from verify.evaluate.fields.exact import Exact
from verify.evaluate.models import MODELS, describe_model
from verify.evaluate.points import Point, Value
from verify.evaluate.sampling.space import Space
from verify.terms import Array

_REAL = r"-?\d+(?:/\d+)?"
_NUMBER = re.compile(rf"(?P<re>{_REAL})|(?:(?P<a>{_REAL}) (?P<sign>[+-]) )?(?P<minus>-?)(?:(?P<b>\d+(?:/\d+)?)·)?i")


class NotTold(ValueError):
    """Something of the point is missing, or cannot be read."""


def told(said: Mapping[str, str], space: Space, contents: Sequence[object]) -> Point:
    """The point of a witness, from its text.

    Raises:
        NotTold: something is missing, or cannot be read.
    """
    try:
        integers = {s: int(said[s.name]) for s in (*space.sizes, *space.indices, *space.integers)}
        scalars = {s: _value(said[s.name]) for s in space.scalars}
        words: dict[Array, dict[tuple[int, ...], int]] = {}
        entries: dict[Array, dict[tuple[int, ...], Value]] = {}
        for array in space.arrays:
            cells = dict(zip(_places(array, integers), _leaves(said[array.name]), strict=True))
            if array.values is not None:
                words[array] = {at: int(text) for at, text in cells.items()}
            else:
                entries[array] = {at: _value(text) for at, text in cells.items()}
        for variant in range(MODELS):
            point = Point(integers, scalars, words, entries, variant)
            functions = opaque_functions(contents).items()
            if all(said[name] == describe_model(variant, name, entry_count(f, point)) for name, f in functions):
                return point
    except (KeyError, ValueError) as error:
        raise NotTold(str(error)) from error
    raise NotTold("a function")


def _places(array: Array, integers: Mapping[Symbol, int]) -> Iterator[tuple[int, ...]]:
    """Every subscript, the last one fastest."""
    point = Point(integers)
    whole = Evaluator(Exact(point), point).integer
    return product(*(range(whole(a.lower, integers), whole(a.upper, integers) + 1) for a in array.axes))


def _leaves(text: str) -> list[str]:
    return [part.strip() for part in re.split(r"[(),]", text) if part.strip()]


def _value(text: str) -> Value:
    found = _NUMBER.fullmatch(text)
    if found is None:
        raise NotTold(text)
    if found["re"]:
        return Fraction(found["re"])
    size = Fraction(found["b"] or 1)
    return Fraction(found["a"] or 0), -size if found["minus"] or found["sign"] == "-" else size
