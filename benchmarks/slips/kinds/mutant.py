"""What the kinds of slips are made of: a line with a slip, the material of slips, a kind."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

from sympy import Expr, Function, Product, Sum, Symbol

from benchmarks.slips.places import Path, Place, places
from verify.occurs import free_symbols
from verify.shapes import shape
from verify.terms import Array, Index

Codes = frozenset[str]


@dataclass(frozen=True)
class Mutant:
    """A line with one slip or more: what it may rightly be called (one set a slip), and the line.

    ``folded``: SymPy has rewritten what stands around the slip, so that nobody has written this line; ``lost`` is the
    way to the term or factor of the right line that is not there any more, if that is the slip.
    """

    codes: tuple[Codes, ...]
    line: Expr
    folded: bool = False
    lost: Path | None = None

    @property
    def code(self) -> str:
        """The first name of the first slip."""
        return sorted(self.codes[0])[0]


@dataclass(frozen=True)
class Words:
    """What a step is made of: the material of slips."""

    lines: tuple[Expr, ...]

    @cached_property
    def parts(self) -> tuple[Place, ...]:
        return tuple(place for line in self.lines for place in places(line))

    @cached_property
    def symbols(self) -> tuple[Symbol, ...]:
        return tuple(s for s in free_symbols(self.lines) if not isinstance(s, Array))

    @cached_property
    def scalars(self) -> tuple[Symbol, ...]:
        return tuple(s for s in self.symbols if not isinstance(s, Index))

    @cached_property
    def sizes(self) -> tuple[Symbol, ...]:
        ends = {s for p in self.parts if isinstance(p.part, Sum | Product) for _, *e in p.part.limits for s in _free(e)}
        return tuple(s for s in self.symbols if s in ends)

    @cached_property
    def functions(self) -> tuple[type, ...]:
        found = (type(p.part) for p in self.parts if isinstance(p.part, Function) and len(p.part.args) == 1)
        return tuple(dict.fromkeys(found))

    @cached_property
    def small(self) -> tuple[Expr, ...]:
        """Short parts without bound indices, as terms and factors that do not belong somewhere."""
        found = [p.part for p in self.parts if not p.bound and not p.part.is_number and len(list(places(p.part))) <= 4]
        return tuple(dict.fromkeys([*self.scalars, *found]))

    def indices(self, place: Place) -> tuple[Index, ...]:
        """The indices that may stand at a place."""
        return tuple(dict.fromkeys((*place.bound, *(s for s in self.symbols if isinstance(s, Index)))))


def _free(ends: Sequence[Expr]) -> set[Symbol]:
    return set().union(*(end.free_symbols for end in ends))


Found = Iterator[tuple[Codes, Expr]]
Kind = Callable[[Place, Words], Found]


def called(*names: str) -> Codes:
    """What a slip may rightly be called."""
    return frozenset(names)


def is_scalar(e: Expr) -> bool:
    """Whether it is no vector."""
    return not shape(e)
