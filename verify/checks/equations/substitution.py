"""Equals for equals: what equations determine, and expressions with it put in the place of what it equals.

Each equation among the premises is turned into a rule: an entry or symbol that it determines is replaced by what it
equals (``p(o|c) = #(o,c)/λ`` replaces ``p`` wherever it stands, for every ``o`` in its range).
"""

from __future__ import annotations

from collections.abc import Sequence

from sympy import Derivative, Expr, Indexed, Product, S, Subs, Sum, Symbol

from verify import normal
from verify.facts import Facts, Sign
from verify.frozen import dataclass
from verify.terms import (
    Array,
    Axis,
    Index,
    Rel,
    entry,
    free,
)

ROUNDS = 4  # rules are applied to each other so often


@dataclass(frozen=True)
class Rule:
    """``pattern = value``; ``bound`` are the indices of the pattern that stand for anything in their range."""

    pattern: Expr
    bound: tuple[Index, ...]
    value: Expr


class Equations:
    """Equations that hold, each for all values of some indices."""

    def __init__(self, facts: Facts) -> None:
        self.facts = facts
        self.equations: list[tuple[Expr, tuple[Index, ...]]] = []
        self.symmetric: set[Expr] = set()

    def take(self, p: Rel, bound: tuple[Index, ...]) -> None:
        """A further equation, for all values of the indices."""
        self.equations.append((evaluated(p.lhs - p.rhs), bound))
        if isinstance(p.lhs, Indexed) and isinstance(p.rhs, Indexed) and p.lhs.base == p.rhs.base and len(bound) == 2:
            array = p.lhs.base.label
            whole = isinstance(array, Array) and array.axes == tuple(Axis(i.lower, i.upper) for i in bound)
            if whole and set(p.lhs.indices) == set(bound) and p.lhs.indices == p.rhs.indices[::-1]:
                self.symmetric.add(p.lhs.base)

    def ordered(self, e: Expr, inner: tuple[Expr, ...] = ()) -> Expr:
        """The entries of symmetric arrays with the indices that sums bind last."""
        if not self.symmetric or not e.args or isinstance(e, Derivative | Subs):
            return e
        if isinstance(e, Indexed):
            if e.base not in self.symmetric:
                return e
            return Indexed(e.base, *sorted(e.indices, key=lambda i: (inner.index(i) if i in inner else -1, str(i))))
        if isinstance(e, Sum | Product):
            inner = (*inner, *(limit[0] for limit in reversed(e.limits)))
            return e.func(self.ordered(e.function, inner), *e.limits)
        return e.func(*(self.ordered(a, inner) if isinstance(a, Expr) else a for a in e.args))

    def instances(self, fixed: tuple[Index, ...]) -> list[Expr]:
        """The premises' equations, those for all indices also at the indices that the conclusion speaks of."""
        found: list[Expr] = []
        for equation, bound in self.equations:
            if not bound:
                found.append(equation)
            elif len(bound) == 1:
                for index in fixed:
                    if self.facts.within(index, bound[0].lower, bound[0].upper):
                        found.append(equation.xreplace({bound[0]: index}))
        return found

    def totals(self, goal: Expr) -> list[Expr]:
        """The equations for all values of an index, added up over all of them: as they are, and times a vector."""
        vectors = sorted((a for a in free(goal) if isinstance(a, Array) and len(a.axes) == 1), key=str)
        found = []
        for equation, bound in self.equations:
            if len(bound) == 1:
                (index,) = bound
                axis = Axis(index.lower, index.upper)
                weights = [S.One, *(entry(a, index) for a in vectors if a.axes == (axis,))]
                found += [Sum(weight * equation, (index, index.lower, index.upper)) for weight in weights]
        return found

    def rules(self, instances: Sequence[Expr]) -> list[Rule]:
        """What the equations determine: whole families first, then what the instances can be solved for."""
        rules: list[Rule] = []
        for equation, bound in self.equations:  # families that are solved already: p[o, c] = …
            rule = self._family(equation, bound) if bound else None
            if rule is not None and all(r.pattern.base != rule.pattern.base for r in rules):
                rules.append(rule)
        for equation in instances:
            reduced = self.apply(rules, equation)
            if normal.prove_equal(reduced, S.Zero, self.facts):
                continue
            solved = self._solve(reduced)
            if solved is not None:
                rules.append(solved)
        return rules

    def with_sums(self, goal: Expr, instances: Sequence[Expr]) -> tuple[Expr, list[Rule]]:
        """The canonical form of an expression with every sum that an equation determines replaced by its value.

        Of the sums of an equation it determines the shortest, by the others: what remains are quadratic forms.
        """
        rules: list[Rule] = []
        for equation in instances:
            reduced = _replaced(normal.rewritten(equation, self.facts), rules).expand()
            for total in sorted(reduced.atoms(Sum), key=lambda s: (s.count_ops(), str(s))):
                slope = reduced.coeff(total)
                rest = reduced - slope * total
                if slope.is_Rational and slope != 0 and not rest.has(total):
                    rules.append(Rule(total, (), -rest / slope))
                    break
        return (_replaced(normal.rewritten(goal, self.facts), rules) if rules else goal), rules

    def _family(self, equation: Expr, bound: tuple[Index, ...]) -> Rule | None:
        """``p[o, c] − value = 0`` for all ``o``, with no other entry of ``p`` in the value."""
        for term in equation.as_ordered_terms():
            for sign in (1, -1):
                pattern = sign * term
                if isinstance(pattern, Indexed) and set(bound) <= set(pattern.indices):
                    value = -sign * (equation - term)
                    if pattern.base.label not in free(value):
                        return Rule(pattern, bound, value)
        return None

    def _solve(self, equation: Expr) -> Rule | None:
        """An equation that is linear in a symbol or entry, once multiplied by it perhaps, solved for it."""
        symbols: list[Expr] = sorted(
            (s for s in free(equation) if isinstance(s, Symbol) and not isinstance(s, Array | Index)), key=str
        )
        entries = sorted((e for e in equation.atoms(Indexed) if not _bound_inside(equation, e)), key=str)
        for unknown in [s for s in symbols if not s.is_integer] + [e for e in entries if not _defined(e)]:
            for scaled in (equation, equation * unknown):
                linear = normal.linear_in(scaled, unknown, self.facts)
                if linear is None:
                    continue
                slope, rest = linear
                sign = self.facts.sign(slope)
                if sign is not None and not sign & Sign.ZERO and unknown not in (-rest / slope).free_symbols:
                    return Rule(unknown, (), -rest / slope)
        return None

    def apply(self, rules: Sequence[Rule], e: Expr) -> Expr:
        """An expression with equals put in for equals, a few times over."""
        for rule in (*rules,) * ROUNDS:
            e = self._rewrite(e, rule)
        return self.ordered(e)

    def _rewrite(self, e: Expr, rule: Rule) -> Expr:
        if isinstance(rule.pattern, Symbol) and e == rule.pattern:
            return rule.value
        if isinstance(e, Indexed) and isinstance(rule.pattern, Indexed):
            if e.base != rule.pattern.base:
                return e
            binding: dict[Expr, Expr] = {}
            for wanted, found in zip(rule.pattern.indices, e.indices, strict=True):
                if wanted in rule.bound:
                    index = next(i for i in rule.bound if i == wanted)
                    if binding.setdefault(wanted, found) != found:
                        return e
                    if not self.facts.within(found, index.lower, index.upper):
                        return e
                elif wanted != found:
                    return e
            return rule.value.xreplace(binding)
        if not e.args or isinstance(e, Symbol | Derivative | Subs):
            return e  # what is substituted at a point says nothing of a derivative there
        if isinstance(e, Sum | Product):
            taken = (free(rule.value) - set(rule.bound)) & {limit[0] for limit in e.limits}
            if taken:
                return e  # the rule speaks of another index of the same name
            return e.func(self._rewrite(e.function, rule), *e.limits)
        return e.func(*(self._rewrite(a, rule) if isinstance(a, Expr) else a for a in e.args))


def _replaced(e: Expr, rules: Sequence[Rule]) -> Expr:
    """An expression with the values of sums put in; they may speak of later ones."""
    for rule in rules:
        e = e.xreplace({rule.pattern: rule.value})
    return e


def evaluated(e: Expr) -> Expr:
    """Derivatives computed, where they can be: equals must not be put in below one that is still to be computed."""
    try:
        return normal.expand_derivatives(e)
    except normal.NormalError:
        return e


def _bound_inside(e: Expr, entry_: Indexed) -> bool:
    """Whether an entry's index is bound by a sum of the expression."""
    bound = {limit[0] for s in e.atoms(Sum, Product) for limit in s.limits}
    return bool(free(entry_) & bound)


def _defined(e: Indexed) -> bool:
    return isinstance(e.base.label, Array) and e.base.label.definition is not None
