"""A proof of equality, and what a reader sees of it."""

from __future__ import annotations

from functools import cached_property

from sympy import Expr

from verify.normal.algebra.field import Field
from verify.normal.algebra.kernels import Kernel
from verify.normal.algebra.limits import TooLarge
from verify.normal.algebra.ratio import Ratio
from verify.normal.conditions import as_written, conditions, needs
from verify.normal.domain import Scan
from verify.normal.functions.atoms import Bound
from verify.normal.text.display import Display, display
from verify.normal.text.kernel_display import ATOM, joined, wrapped
from verify.normal.text.write import expression
from verify.normal.workspace import in_field
from verify.terms import Proposition

MAX_SHOWN = 40  # terms of one polynomial that a proof shows


class Proof:
    """Why two expressions are equal wherever both are defined.

    ``conditions`` say where that is (what is not zero, what is taken as real); ``kernels`` are the generators of the
    field, ``relations`` the rules used; ``canonical`` is the common canonical form. They are written when they are
    asked for: most proofs are steps of other checks and never shown. ``lhs`` and ``rhs`` are what was proved equal.
    ``convergence`` is what has to hold for the series in it to converge; whether it ever does is not looked at.
    """

    def __init__(self, field: Field, scan: Scan, *values: Ratio) -> None:
        self.lhs, self.rhs = scan.sides
        self._scan = scan
        self._field = field
        self._values = values
        self.convergence: tuple[Proposition, ...] = tuple(field.converges)
        self._rules = tuple(field.relations)

    @cached_property
    def canonical(self) -> str:
        """The common canonical form."""
        return display(self._field, self._values[0], MAX_SHOWN)

    @cached_property
    def form(self) -> Expr:
        """The common canonical form as an expression."""
        return expression(self._field, self._values[0])

    @cached_property
    def conditions(self) -> tuple[str, ...]:
        """Where both sides are defined, beyond what is given."""
        sides, facts, scan = (self.lhs, self.rhs), self._field.facts, self._scan
        wanted = needs(sides, facts, scan.real)
        if not wanted:
            return ()
        try:  # a field of its own, in which nothing is taken for granted
            return in_field(sides, facts, lambda field: conditions(field, wanted), scan)
        except TooLarge:
            return tuple(dict.fromkeys(as_written(need) for need in wanted))

    @cached_property
    def kernels(self) -> tuple[str, ...]:
        """The generators that occur, those inside others too, in order of appearance."""
        shown = self._shown
        return tuple(dict.fromkeys(shown.kernel(k)[0] for k in self._occurring if not isinstance(k.data, Bound)))

    @cached_property
    def relations(self) -> tuple[str, ...]:
        """Relations of algebraic generators, and rules that were used."""
        field, shown = self._field, self._shown
        found = []
        for k in self._occurring:
            if k.index in field.rules:
                degree, value, _ = field.rules[k.index]
                found.append(f"{wrapped(shown.kernel(k), ATOM)}**{degree} = {joined(shown.terms(value))[0]}")
        return (*dict.fromkeys(found), *self._rules)

    @cached_property
    def _occurring(self) -> list[Kernel]:
        found: dict[int, Kernel] = {}
        stack = [k for v in self._values for k in v.inside]
        while stack:
            kernel = stack.pop()
            if kernel.index not in found:
                found[kernel.index] = kernel
                stack.extend(k for a in kernel.args for k in a.inside)
        return [found[i] for i in sorted(found, reverse=True)]

    @cached_property
    def _shown(self) -> Display:
        return Display(self._field, (k for v in self._values for k in v.inside), MAX_SHOWN)

    def __repr__(self) -> str:
        return f"Proof({self.lhs} = {self.rhs})"
