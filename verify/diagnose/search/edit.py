"""An edit: one part of a line put in another way, with the slip that this would undo."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import replace
from enum import Enum
from functools import cached_property

from sympy import Add, Expr, Mul, Rational

from verify.diagnose.search import tree
from verify.diagnose.search.deferred import Deferred
from verify.diagnose.search.tree import Part, Path
from verify.diagnose.search.values import FAILS
from verify.frozen import dataclass


class Op(Enum):
    """How the new part is made of the old one and the operand."""

    REPLACE = "replace"
    TIMES = "times"
    PLUS = "plus"


@dataclass(frozen=True)
class Edit:
    """``part`` becomes ``operand``, or ``part·operand``, or ``part + operand``, which is ``given`` or made later.

    ``cost`` ranks edits: how much is changed, and how likely people are to slip so. ``say`` writes the sentence, when
    the edit has been found to mend the line.
    """

    code: str
    part: Part
    op: Op
    given: Expr | Deferred
    cost: float
    say: Callable[[Edit], str]
    places: tuple[tuple[Path, Expr], ...] = ()  # of an edit all through a line: each part that changes, and to what
    compound: float = 0.0  # what it is dearer by beside pairs, as it may be two slips in one

    @cached_property
    def operand(self) -> Expr:
        """What the part is put together with, or replaced by."""
        return self.given.make() if isinstance(self.given, Deferred) else self.given

    @property
    def written(self) -> bool:
        """Whether it can be put together at all."""
        try:
            return isinstance(self.new, Expr)
        except (*FAILS, RecursionError):
            return False

    @cached_property
    def new(self) -> Expr:
        """What should stand in the part's place."""
        if self.op is Op.TIMES:
            made = self.part.node * self.operand
            if isinstance(self.part.node, Add):
                spread = Add(*(term * self.operand for term in self.part.node.args))
                return spread if tree.size(spread) < tree.size(made) else made
            return made
        if self.op is Op.PLUS:
            return self.part.node + self.operand
        return self.operand

    @property
    def old(self) -> Expr:
        """What stands there."""
        return self.part.node

    @property
    def changes(self) -> tuple[tuple[Path, Expr], ...]:
        """Where what is put."""
        if self.drops and self.part.path:
            return ((self.part.path[:-1], self.result),)
        return self.places or ((self.part.path, self.new),)

    @property
    def drops(self) -> bool:
        """Whether a factor or a term is left out."""
        nothing = {Mul: 1, Add: 0}.get(type(self.part.parent))
        return nothing is not None and self.op is Op.REPLACE and self.given == nothing

    @cached_property
    def result(self) -> Expr:
        """The smallest part that is new: what is left of a product or a sum, where something is left out."""
        parent = self.part.parent
        if not self.drops or parent is None:
            return self.new
        return parent.func(*(a for i, a in enumerate(parent.args) if i != self.part.path[-1]))

    @cached_property
    def multiplies(self) -> bool | None:
        """Whether a term is added that only makes another number of one that is there, ``−x/4`` of ``x``.

        ``True``: of one that has a number, ``False``: of one that has none; ``None``: it is a term of its own.
        """
        if not isinstance(self.part.node, Add) or self.op is not Op.PLUS or self.given == 0:
            return None
        rest = self.operand.as_coeff_Mul()[1]
        numbers = [term.as_coeff_Mul()[0] for term in self.part.node.args if term.as_coeff_Mul()[1] == rest]
        kept = len(Add.make_args(self.new)) == len(self.part.node.args)
        return numbers[0] not in (1, -1) if numbers and kept and rest != 1 else None

    def apply(self, line: Expr) -> Expr:
        """The repaired line."""
        return tree.replace(line, self.part.path, self.new)


@dataclass(frozen=True)
class Change:
    """An edit that is yet without its part: of every scalar part alike may a factor have been lost."""

    code: str
    given: Expr | Deferred
    cost: float
    say: Callable[[Edit], str]
    surplus: Callable[[Edit], str] | None = None  # what to say where it takes a factor or a term away
    another: Callable[[Edit], str] | None = None  # … where a term makes another number of one that is there

    def of(self, part: Part, op: Op) -> Edit:
        """The edit of one part."""
        edit = Edit(self.code, part, op, self.given, self.cost, self.say)
        if self.another is not None and edit.multiplies is not None:
            return replace(edit, code="constant" if edit.multiplies else "missing-factor", say=self.another)
        if self.surplus is None or op is Op.REPLACE:
            return edit
        fewer = isinstance(part.node, Add) and (
            tree.size(edit.new) < tree.size(part.node) or len(Add.make_args(edit.new)) < len(part.node.args)
        )
        if op is Op.PLUS and fewer:
            return replace(edit, code="extra-term", say=self.surplus)
        if op is Op.TIMES and _takes_away(edit):
            code = "average" if self.code == "average" else "extra-factor"
            return replace(edit, code=code, say=self.surplus)
        return edit


def _takes_away(edit: Edit) -> bool:
    """Whether a factor leaves less than there is, a lower power, or numbers that are smaller and no fractions."""
    base, exponent = edit.operand.as_base_exp()
    if exponent.is_negative and any(
        b == base and e != -exponent and (e + exponent).is_positive
        for b, e in (a.as_base_exp() for a in Mul.make_args(edit.part.node))
    ):
        return True
    old, new = tree.size(edit.part.node), tree.size(edit.new)
    if new != old or edit.code == "constant" or not isinstance(edit.given, Rational):
        return new < old or (edit.new.is_number and not edit.part.node.is_number)
    return edit.given.p == 1 and edit.given.q > 1 and _denominator(edit.new) == _denominator(edit.part.node)


def _denominator(e: Expr) -> int:
    """The least common denominator of the coefficients of the terms."""
    return math.lcm(*(int(term.as_coeff_Mul()[0].q) for term in Add.make_args(e) if term.as_coeff_Mul()[0].is_Rational))


@dataclass(frozen=True, eq=False)
class Block:
    """Changes of one kind that are proposed for many parts: their operands are evaluated once."""

    op: Op
    changes: tuple[Change, ...]
    extra: float = 0.0  # what they cost more here than elsewhere

    def edit(self, at: int, part: Part) -> Edit:
        """One of them as an edit of one part."""
        change = self.changes[at]
        return replace(change, cost=change.cost + self.extra).of(part, self.op)
