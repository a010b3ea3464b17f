"""Why an expression with sums of symbolic length is nonnegative: a search a few steps deep.

It is so where its signs say so, where any number may stand for each of its sums, where it is a sum of nonnegative
terms, or where a smaller expression is: one with a part replaced by what bounds it (:mod:`.parts`). Such steps are
taken one after another.
"""

from __future__ import annotations

from functools import partial
from itertools import islice

import numpy as np
from sympy import Add, Expr, Mul, Pow, Rational, S, Sum

from verify import normal
from verify.checks.common import space_of
from verify.checks.equations.substitution import Equations
from verify.checks.evidence.argument import Argument, premise
from verify.checks.inequalities import order
from verify.checks.inequalities.sums import scalar
from verify.checks.inequalities.sums.bound import Bound
from verify.checks.inequalities.sums.monotone import between, direction
from verify.checks.inequalities.sums.parts import Parts
from verify.checks.inequalities.sums.summed import length, linear
from verify.config import Settings
from verify.evaluate.field import Indeterminate, Undefined, Unsupported
from verify.evaluate.sampling.batches import at_all, batches
from verify.facts import Facts, Sign
from verify.model import Claim, Relation
from verify.show import show
from verify.terms import ForAll, Index, Rel, conjuncts, free

MOST = 60  # expressions that are looked at
SCREENS, SPARSE = 6, 3  # batches of points, every third one: most sizes have several
TOLERANCE = 1e-7
TERMWISE = "a sum of nonnegative terms is nonnegative"
ROOTS = "of two nonnegative numbers the one with the larger square is larger"


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
        self.parts = Parts(self.facts, self.form, claim.givens.symbols, self.constraints)
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
        for part, found in self.parts.of(e):
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
