"""Frozen dataclasses made quickly are those of the standard library."""

from __future__ import annotations

import copy
import dataclasses
import pickle
from collections.abc import Callable
from dataclasses import FrozenInstanceError, field, fields, replace
from typing import Any

import pytest

from verify import frozen


def _classes(dataclass: Any) -> tuple[type[Any], type[Any], type[Any]]:
    @dataclass(frozen=True)
    class Pair:
        """Two numbers, and what is remembered of them."""

        x: int
        y: int = 2
        seen: list[int] = field(default_factory=list, compare=False, repr=False)

    @dataclass(frozen=True, eq=False)
    class Thing:
        """Equal to nothing but itself."""

        x: int

    @dataclass(frozen=True)
    class Text:
        """It has words, and methods, of its own."""

        words: str

        def __post_init__(self) -> None:
            if not self.words:
                raise ValueError("empty")

        def __hash__(self) -> int:
            return 7

        def __repr__(self) -> str:
            return self.words

    return Pair, Thing, Text


BOTH = [_classes(dataclasses.dataclass), _classes(frozen.dataclass)]


@pytest.mark.parametrize(("Pair", "Thing", "Text"), BOTH, ids=["standard", "ours"])
def test_behaviour(Pair: Callable[..., Any], Thing: Callable[..., Any], Text: Callable[..., Any]) -> None:
    pair = Pair(1)
    assert (pair.x, pair.y, pair.seen) == (1, 2, [])
    assert pair.seen is not Pair(1).seen
    assert pair == Pair(1, 2, [5])
    assert hash(pair) == hash(Pair(1, 2, [5]))
    assert pair != Pair(y=1, x=2)
    assert pair != (1, 2)
    assert repr(pair).endswith("Pair(x=1, y=2)")
    assert replace(pair, y=3) == Pair(1, 3)
    assert [f.name for f in fields(pair)] == ["x", "y", "seen"]
    assert copy.copy(pair) == pair
    with pytest.raises(FrozenInstanceError, match="cannot assign to field 'x'"):
        pair.x = 3
    with pytest.raises(FrozenInstanceError, match="cannot delete field 'x'"):
        del pair.x
    with pytest.raises(TypeError, match="missing 1 required positional argument: 'x'"):
        Pair()
    assert Thing(1) != Thing(1)
    assert (repr(Text("so")), hash(Text("so"))) == ("so", 7)
    assert Text("so") == Text("so")
    with pytest.raises(ValueError, match="empty"):
        Text("")
    match pair:
        case Pair(x, y):  # type: ignore[misc]
            assert (x, y) == (1, 2)


def test_pickle() -> None:
    from verify.model import Place

    place = Place("notes.py", 3)
    assert pickle.loads(pickle.dumps(place)) == place
