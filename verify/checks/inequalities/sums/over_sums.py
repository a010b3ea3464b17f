"""Inequalities between sums of symbolic length, for all sizes.

The difference of the sides, in canonical form, has to be nonnegative. It is so where its signs say so, where any number
may stand for each of its sums, where it is a sum of nonnegative terms, or where a smaller difference is: one with a sum
replaced by what bounds it, by Jensen's inequality, by that of Cauchy and Schwarz, by one of its terms. Such steps are
taken one after another, a few deep.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from itertools import chain, islice

import numpy as np
from sympy import Abs, Add, Expr, Integer, Mul, Pow, Product, Rational, S, Sum, exp, log

from verify import normal
from verify.checks.common import all_sizes, space_of
from verify.checks.equations.substitution import Equations
from verify.checks.evidence.argument import Argument, premise
from verify.checks.evidence.record import inferences
from verify.checks.inequalities import order
from verify.checks.inequalities.sums import jensen, members, scalar, schwarz, squares
from verify.checks.inequalities.sums.bound import Bound
from verify.checks.inequalities.sums.monotone import between, direction
from verify.checks.inequalities.sums.summed import Summed, length, linear, sums_of
from verify.config import Settings
from verify.evaluate.field import Indeterminate, Undefined, Unsupported
from verify.evaluate.sampling.batches import at_all, batches
from verify.facts import Facts, Sign
from verify.model import MIRRORED, Claim, Evidence, Relation, Verdict
from verify.show import show
from verify.terms import ForAll, Frac, Index, Rel, conjuncts, free

ORDERS = (Relation.LE, Relation.GE, Relation.LT, Relation.GT)
DEPTH = 3
MOST = 60  # differences that are looked at
SCREENS, SPARSE = 6, 3  # batches of points, every third one: most sizes have several
TOLERANCE = 1e-7
BOUND = "‹"  # how the names of bound indices begin in a canonical form
TERMWISE = "a sum of nonnegative terms is nonnegative"
ROOTS = "of two nonnegative numbers the one with the larger square is larger"


def check(claim: Claim, settings: Settings) -> Evidence | None:
    """PROVED, or nothing."""
    space = space_of(claim)
    if claim.relation not in ORDERS or not space.real:
        return None
    assert isinstance(claim.lhs, Expr) and isinstance(claim.rhs, Expr)
    large, small, op = claim.lhs, claim.rhs, claim.relation
    if op in (Relation.LE, Relation.LT):
        large, small, op = small, large, MIRRORED[op]
    if not (large - small).has(Sum, Product):
        return None
    try:
        search = Search(claim, settings)
        found = search.nonnegative(_exponentials(large - small), op is Relation.GT, DEPTH)
    except normal.NormalError:
        return None
    if found is None:
        return None
    words = "; ".join(dict.fromkeys(argument.words for argument in found))
    return Evidence("sums", Verdict.PROVED, words, all_sizes(claim), inferences=inferences(settings, *found))


def _exponentials(e: Expr) -> Expr:
    """Products as exponentials of sums of logarithms, where their factors are positive (their sums say so later)."""
    if isinstance(e, Product) and all(map(_positive, Mul.make_args(e.function))):
        return exp(Sum(Add(*map(_logarithm, Mul.make_args(e.function))), *e.limits))
    if isinstance(e, Pow) and isinstance(e.base, Product):
        inner = _exponentials(e.base)
        return exp(e.exp * inner.args[0]) if isinstance(inner, exp) else e
    if isinstance(e, Frac | Mul | Add | Pow | log | exp):
        return e.func(*(_exponentials(part) for part in e.args))
    return e


def _positive(factor: Expr) -> bool:
    return bool(factor.as_base_exp()[0].is_positive) or isinstance(factor, exp)


def _logarithm(factor: Expr) -> Expr:
    base, exponent = factor.as_base_exp()
    return exponent * log(base)


class Search:
    """What is looked for on behalf of one claim."""

    def __init__(self, claim: Claim, settings: Settings) -> None:
        self.claim = claim
        self.settings = settings
        self.constraints = (*claim.givens.constraints, *claim.premises)
        self.facts = Facts(claim.givens, claim.premises, True)
        self.equations = Equations(self.facts)
        for p in conjuncts(self.constraints):
            index, body = ((p.index,), p.body) if isinstance(p, ForAll) else ((), p)
            if isinstance(body, Rel) and body.op is Relation.EQ:
                self.equations.take(body, index)
        indices = tuple(s for s in claim.givens.symbols if isinstance(s, Index))
        totals = self.equations.totals(claim.lhs - claim.rhs) if isinstance(claim.lhs, Expr) else []
        self.instances = [*self.equations.instances(indices), *totals]
        self.screens = list(islice(batches(space_of(claim), settings.seed), 0, SCREENS * SPARSE, SPARSE))
        self.seen: dict[tuple[Expr, bool], int] = {}
        self.forms: dict[Expr, Expr] = {}
        self.looked = 0

    def form(self, e: Expr) -> Expr:
        """The canonical form, with sums that are given put in."""
        if e not in self.forms:
            found, _ = self.equations.with_sums(e, self.instances)
            self.forms[e] = normal.rewritten(found, self.facts)
        return self.forms[e]

    def possible(self, e: Expr) -> bool:
        """Whether floats see nothing against ``e ≥ 0``; this only saves the search for a proof where there is none."""
        new = sorted((s for s in free(e) if isinstance(s, Index) and s not in self.claim.givens.symbols), key=str)
        for end in ("lower", "upper") if new else ("lower",):
            at = e.xreplace({index: getattr(index, end) for index in new})
            for batch in self.screens:
                with np.errstate(all="ignore"):
                    try:
                        values = at_all(batch, True)(at)
                    except (Undefined, Unsupported, Indeterminate, OverflowError):
                        continue
                    if np.any(values < -TOLERANCE * (1 + np.abs(values))):
                        return False
        return True

    def nonnegative(self, e: Expr, strict: bool, depth: int) -> list[Argument] | None:
        """Why ``e ≥ 0`` (or > 0) wherever it is defined, if that is found."""
        e = self._numerator(self.form(e))
        if self.looked >= MOST or self.seen.get((e, strict), -1) >= depth or not self.possible(e):
            return None
        self.looked += 1
        self.seen[e, strict] = depth
        rel = Rel(Relation.GT if strict else Relation.GE, e, S.Zero)
        if order.known(rel, self.facts):
            words = f"{show(rel)} by the signs of its parts"
            return [Argument(words, order.RULE, lambda: tuple(order.signs(e, self.facts)))]
        why = scalar.proved(rel, self.facts, self.constraints, self.settings)
        if why:
            return [Argument(f"{show(rel)} {why}", "", lambda: (premise("{}", rel),))]
        if depth == 0 or not e.has(Sum):
            return None
        return self._termwise(e, strict, depth) or self._replaced(e, strict, depth) or self._squared(e, strict, depth)

    def _numerator(self, e: Expr) -> Expr:
        """A multiple by something positive that is no quotient."""
        top, below = e.as_numer_denom()
        if below is S.One:
            return e
        sign = self.facts.sign(below)
        if sign == Sign.POS:
            return top
        return -top if sign == Sign.NEG else e

    def _termwise(self, e: Expr, strict: bool, depth: int) -> list[Argument] | None:
        for (first, last), (sums, rest) in linear(e, self.facts).items():
            index = sums[0][1].index
            if not self.facts.nonempty(first, last):
                continue
            term = Add(*(c * s.f for c, s in sums), rest / length(index))
            found = self.nonnegative(term, strict, depth - 1)
            if found is not None:
                summed = premise("{} is the sum of {}", e, term)
                return [Argument("term by term", TERMWISE, partial(tuple, [summed])), *found]
        return None

    def _replaced(self, e: Expr, strict: bool, depth: int) -> list[Argument] | None:
        for part, found in self._candidates(e):
            if not isinstance(part, Add | Mul) and not self._moves(e, part, part):
                continue
            for bound in found:
                value = self._sided(e, part, bound)
                rest = None if value is None else self.nonnegative(value, strict, depth - 1)
                if rest is not None:
                    return [self._told(part, bound), *rest]
                if self.looked >= MOST:
                    return None
        return None

    def _told(self, part: Expr, bound: Bound) -> Argument:
        rel = Rel(Relation.GE if bound.side < 0 else Relation.LE, part, bound.value)
        return Argument(bound.rule, bound.rule, lambda: (premise("{}", rel),), bound.source)

    def _sided(self, e: Expr, part: Expr, bound: Bound) -> Expr | None:
        """``e`` with a bound in the place of a part, where that makes it smaller."""
        if isinstance(part, Add | Mul):
            return (e - part).expand() + bound.value if bound.side < 0 else None
        return e.xreplace({part: bound.value}) if self._moves(e, part, bound.value) == -bound.side else None

    def _moves(self, e: Expr, part: Expr, value: Expr) -> int | None:
        """Which way an expression goes as a part grows, between what it is and some other value."""
        number = between(part, value, self.facts)
        return direction(e.xreplace({part: number}), number, self.facts)

    def _candidates(self, e: Expr) -> Iterator[tuple[Expr, Iterator[Bound]]]:
        """Parts of an expression, each with its bounds; a combination of sums stands for what is added to the rest."""
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
        total = None if any(s.name.startswith(BOUND) for s in free(part)) else Summed.read(part, e)
        return total if total is not None and self.facts.regular(*total.range) else None

    def _bounds(self, total: Summed, e: Expr) -> Iterator[Bound]:
        facts, form = self.facts, self.form
        yield from jensen.bounds(total, facts, form)
        yield from members.members(total, facts, self.claim.givens.symbols)
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

    def _squared(self, e: Expr, strict: bool, depth: int) -> list[Argument] | None:
        """``P ≥ Q`` from ``P² ≥ Q²`` where both are nonnegative and roots are among their terms."""
        terms = Add.make_args(e.expand())
        if not any(isinstance(p, Pow) and p.exp == Rational(1, 2) for p in e.atoms(Pow)):
            return None
        down = [term for term in terms if not (self.facts.sign(term) or Sign.ANY) & Sign.POS]
        up = Add(*(term for term in terms if term not in down))
        if not down or not self.facts.nonnegative(up):
            return None
        found = self.nonnegative(up**2 - Add(*down) ** 2, strict, depth - 1)
        if found is None:
            return None
        step = Argument("both sides squared", ROOTS, lambda: (premise("{}", Rel(Relation.GE, up, S.Zero)),))
        return [step, *found]
