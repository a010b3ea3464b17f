"""The parts of a formula, each with its place in the text it was read from."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from verify.frozen import dataclass


class Unread(Exception):
    """Something that is not understood."""


@dataclass(frozen=True, eq=False)
class Node:
    """A part of a formula, at ``text[start:end]``.

    ``kind`` and what the children are: ``number``; ``name`` (``subs`` are its subscripts); ``sum`` (terms, ``signs`` in
    front of them); ``product`` (factors; ``below`` says which are divided by); ``fraction`` and ``power`` (two);
    ``root`` (what is under it, the degree); ``call`` (arguments; ``name`` is the function); ``series`` (body, and the
    index in ``subs``; ``name`` is sum or prod); ``derivative`` (body, or none; the variable in ``subs``); ``dot`` (two
    vectors); ``group`` (what is in the brackets); ``relation`` (the sides).
    """

    kind: str
    start: int
    end: int
    name: str = ""
    children: tuple[Node, ...] = ()
    subs: tuple[Node, ...] = ()
    signs: tuple[Sign, ...] = ()
    below: tuple[bool, ...] = ()
    primes: int = 0
    transposed: bool = False

    @property
    def span(self) -> tuple[int, int]:
        """Where it stands."""
        return self.start, self.end


class Sign(NamedTuple):
    """1 or −1, and where it is written (``start == end``: nowhere)."""

    value: int
    start: int
    end: int


def walk(node: Node) -> Iterator[Node]:
    """A formula and everything in it."""
    yield node
    for child in (*node.children, *node.subs):
        yield from walk(child)
