"""What occurs in some lines: their parts, symbols, ranges and functions, in the order of the lines."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property
from typing import Any

from sympy import Add, Expr, Function, Pow, Product, Sum, Symbol

from verify.diagnose.search.tree import Part, parts
from verify.frozen import dataclass
from verify.occurs import free_symbols
from verify.shapes import shape
from verify.terms import Array, Index, free

POWERS = 6  # of one base
FEW_TERMS = 3
FEW_WHOLES = 2
FEW_LOST = 2
FEW_EXPONENTS = 3


@dataclass
class Occurring:
    """What occurs in some lines; each part with the indices that are bound there."""

    lines: Sequence[Expr]

    @cached_property
    def parts(self) -> tuple[Part, ...]:
        """Every part once."""
        found: dict[Any, Part] = {}
        for line in self.lines:
            for part in parts(line):
                found.setdefault((part.node, part.bound), part)
        return tuple(found.values())

    @cached_property
    def symbols(self) -> tuple[Symbol, ...]:
        """Free symbols, indices and arrays."""
        return free_symbols(tuple(self.lines))

    @cached_property
    def indices(self) -> tuple[Index, ...]:
        """The free indices."""
        return tuple(s for s in self.symbols if isinstance(s, Index))

    @cached_property
    def arrays(self) -> tuple[Array, ...]:
        """Vectors, matrices and tables that stand for themselves."""
        return tuple(s for s in self.symbols if isinstance(s, Array) and s.axes and s.values is None)

    @cached_property
    def sizes(self) -> tuple[Symbol, ...]:
        """The symbols by which ranges end."""
        ends = {s for _, lower, upper in self.ranges for end in (lower, upper) for s in end.free_symbols}
        ends |= {s for a in self.arrays for axis in a.axes for s in (axis.lower - axis.upper).free_symbols}
        return tuple(s for s in self.symbols if s in ends)

    @cached_property
    def ranges(self) -> tuple[tuple[Symbol, Expr, Expr], ...]:
        """The ranges of all sums and products."""
        found: dict[Any, None] = {}
        for part in self.parts:
            if isinstance(part.node, Sum | Product):
                for limit in part.node.limits:
                    found.setdefault(tuple(limit))
        return tuple(found)

    @cached_property
    def functions(self) -> tuple[Any, ...]:
        """The functions of one variable that occur."""
        found = [type(p.node) for p in self.parts if isinstance(p.node, Function) and len(p.node.args) == 1]
        return tuple(dict.fromkeys(found))

    @cached_property
    def calls(self) -> tuple[tuple[Any, Expr], ...]:
        """Functions of one variable, and the arguments of any of them."""
        arguments = [p.node.args[0] for p in self.parts if type(p.node) in self.functions]
        return tuple((f, argument) for f in self.functions for argument in dict.fromkeys(arguments))

    @cached_property
    def exponents(self) -> tuple[Symbol, ...]:
        """The symbols that are raised to."""
        found = (s for p in self.parts if isinstance(p.node, Pow) for s in p.node.exp.free_symbols)
        return tuple(sorted(set(found), key=str))[:FEW_EXPONENTS]

    @cached_property
    def sums(self) -> tuple[Add, ...]:
        """The sums of a few terms that stand somewhere."""
        found = [p.node for p in self.parts if isinstance(p.node, Add) and not p.bound and not shape(p.node)]
        return tuple(dict.fromkeys(e for e in found if len(e.args) <= FEW_TERMS))

    @cached_property
    def long_sums(self) -> tuple[Add, ...]:
        """The sums of several terms that stand somewhere."""
        found = [p.node for p in self.parts if isinstance(p.node, Add) and not p.bound and not shape(p.node)]
        return tuple(dict.fromkeys(e for e in found if len(e.args) >= FEW_TERMS))

    @cached_property
    def raised(self) -> dict[Expr, tuple[Expr, ...]]:
        """To what powers something is raised somewhere, but for whole numbers."""
        found: dict[Expr, dict[Expr, None]] = {}
        for part in self.parts:
            if isinstance(part.node, Pow) and not part.node.exp.is_Integer and not part.node.base.is_number:
                found.setdefault(part.node.base, {}).setdefault(part.node.exp)
        return {base: tuple(exponents)[:POWERS] for base, exponents in found.items()}

    @cached_property
    def wholes(self) -> tuple[Symbol, ...]:
        """Whole numbers that are no indices, if they are few."""
        found = tuple(s for s in self.symbols if s.is_integer and not isinstance(s, Index | Array))
        return found if len(found) <= FEW_WHOLES else ()

    @cached_property
    def lost(self) -> tuple[Symbol, ...]:
        """The symbols of the left side that do not stand in the line, if they are few: each of them has got lost."""
        if len(self.lines) < 2:
            return ()
        lhs, rhs, *_ = self.lines
        found = free_symbols((lhs,)) if len(free(rhs)) > 0 else ()
        plain = [s for s in found if s not in free(rhs) and not isinstance(s, Index | Array) and not s.is_integer]
        return tuple(plain) if len(plain) <= FEW_LOST else ()
