"""The parts of an expression that may be replaced by what bounds them: sums and their combinations, sizes, squares.

A combination of sums (``Σ w log a − Σ w log b``) is found as one sum first, since its bounds are closer.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import chain

from sympy import Abs, Add, Expr, Integer, Mul, Pow, Rational, Sum, Symbol, log

from verify.checks.inequalities.sums import jensen, members, schwarz, squares
from verify.checks.inequalities.sums.bound import Bound
from verify.checks.inequalities.sums.jensen import Form
from verify.checks.inequalities.sums.summed import Summed, has_outer_index, linear, sums_of
from verify.facts import Facts, Sign
from verify.terms import Proposition


class Parts:
    """Finds the parts of expressions that have bounds.

    Args:
        form: gives the canonical form.
        symbols: those of the claim, whose indices name terms.
        constraints: what is given, among it bounds of entries.
    """

    def __init__(self, facts: Facts, form: Form, symbols: Sequence[Symbol], constraints: Sequence[Proposition]) -> None:
        self.facts = facts
        self.form = form
        self.symbols = symbols
        self.constraints = constraints

    def of(self, e: Expr) -> Iterator[tuple[Expr, Iterator[Bound]]]:
        """Parts of an expression, each with its bounds."""
        for part, bound in squares.forms(e, self.facts):
            yield part, iter([bound])
        for sums, _ in linear(e, self.facts).values():
            yield from self._merged(sums, e)
        for size in sorted(e.atoms(Abs), key=str):
            if isinstance(size.args[0], Sum) and (total := self._read(size.args[0], e)) is not None:
                roots = (Bound(1, b.value, b.rule, b.source) for b in self._roots(total, e) if b.side > 0)
                yield size, chain(roots, [members.size(total, self.form)])
        for power in sorted(e.atoms(Pow), key=str):
            if isinstance(power.base, Sum) and isinstance(power.exp, Integer) and power.exp == 2:
                total = self._read(power.base, e)
                if total is not None:
                    yield power, self._squares(total, e)
        for part in sums_of(e):
            total = self._read(part, e)
            if total is not None:
                yield part, self._bounds(total, e)

    def _read(self, part: Sum, e: Expr) -> Summed | None:
        """A sum in an expression, unless it depends on the index of a sum around it."""
        total = None if has_outer_index(part) else Summed.read(part, e)
        return total if total is not None and self.facts.regular(*total.range) else None

    def _bounds(self, total: Summed, e: Expr) -> Iterator[Bound]:
        facts, form = self.facts, self.form
        yield from jensen.bounds(total, facts, form)
        yield from members.members(total, facts, self.symbols)
        yield from members.entries(total, facts, self.constraints, form)
        yield from self._roots(total, e)

    def _roots(self, total: Summed, e: Expr) -> Iterator[Bound]:
        return (b for b in schwarz.bounds(total, self.facts, self.form) if self._familiar(b.value, e))

    def _squares(self, total: Summed, e: Expr) -> Iterator[Bound]:
        for square in schwarz.squares(total, self.facts, self.form):
            if self._familiar(square, e):
                yield Bound(1, square, schwarz.RULE, schwarz.SOURCE)

    def _familiar(self, value: Expr, e: Expr) -> bool:
        """Whether an expression speaks of no sums that are new."""
        return set(sums_of(self.form(value))) <= set(sums_of(e))

    def _merged(self, sums: list[tuple[Expr, Summed]], e: Expr) -> Iterator[tuple[Expr, Iterator[Bound]]]:
        """What several sums over one range add up to, as one sum."""
        yield from self._logarithms(sums)
        if len(sums) > 1:
            index = sums[0][1].index
            part = Add(*(c * s.of(s.f) for c, s in sums))
            total = Summed(Add(*(c * s.f for c, s in sums)), index)
            found = (Bound(b.side, b.value, b.rule, b.source) for b in schwarz.bounds(total, self.facts, self.form))
            yield part, (b for b in found if b.side < 0 and self._familiar(b.value, e))

    def _logarithms(self, sums: list[tuple[Expr, Summed]]) -> Iterator[tuple[Expr, Iterator[Bound]]]:
        """``Σ w log a − Σ w log b`` as ``Σ w log(a/b)``."""
        groups: dict[Expr, list[tuple[Expr, Summed, Expr]]] = {}
        for c, s in sums:
            logs = [part for part in s.varying()[0] if isinstance(part, log) and self.facts.positive(part.args[0])]
            if len(logs) == 1:
                groups.setdefault(s.f / logs[0], []).append((c, s, logs[0].args[0]))
        for weight, group in groups.items():
            scale = group[0][0]
            sign = self.facts.sign(scale)
            ratios = [c / scale for c, _, _ in group]
            if len(group) < 2 or sign not in (Sign.POS, Sign.NEG) or not all(isinstance(r, Rational) for r in ratios):
                continue
            inside = Mul(*(a**r for r, (_, _, a) in zip(ratios, group, strict=True)))
            total = Summed(weight * log(inside), group[0][1].index)
            part = Add(*(c * s.of(s.f) for c, s, _ in group))
            found = jensen.bounds(total, self.facts, self.form)
            sided = 1 if sign == Sign.POS else -1
            yield part, (Bound(b.side * sided, scale * b.value, b.rule, b.source) for b in found)
