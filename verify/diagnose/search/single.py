"""The smallest edit that makes a line follow: proposed by every kind of slip, screened in floats, then proved."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property

import numpy as np
from sympy import Derivative, Expr, Product, Sum

from verify import normal
from verify.diagnose.context import Case
from verify.diagnose.search import solve, throughout, tried, wanted
from verify.diagnose.search.edit import Edit
from verify.diagnose.search.gaps import Gaps
from verify.diagnose.search.lifted import lifted
from verify.diagnose.search.ranking import Ranking
from verify.diagnose.search.remainders import remainders
from verify.diagnose.search.repair import Repair, cheaper
from verify.diagnose.search.rounds import ROUNDS, Ground
from verify.diagnose.search.screen import Screen, same_values
from verify.diagnose.search.values import FAILS
from verify.diagnose.search.variants import Variants, merged
from verify.diagnose.search.weights import alone
from verify.evaluate.sampling.space import Space
from verify.model import Claim, Judgement, Relation, Verdict
from verify.shapes import shape
from verify.terms import Content

PROOFS = 8  # tried at most
BLIND = 24  # … of each round where nothing has values
FARTHER = 0.4  # what a repair may cost more than one that numbers support, to be proved where values take long
CLEAR = 1.9  # what a repair costs beyond which what is missing is worked out
FAR = 2.8  # what two edits cost beyond which others are looked for
UNLIKELY = 4.2  # … beyond which they explain nothing


class Search:
    """The search for one line, against one left side."""

    def __init__(self, case: Case, lhs: Expr, rhs: Expr, ground: Ground | None = None) -> None:
        """``ground`` may be that of searches for the same line against other left sides."""
        self.case, self.lhs, self.rhs = case, lhs, rhs
        self.ground = Ground(case, lhs, rhs) if ground is None else ground
        self.words, self.parts = self.ground.words, self.ground.parts
        self.ranking = Ranking(lhs, rhs, case.lines, self.ground, case.worked_out)
        self._next = 0
        self._worked_out = False
        self._found: list[tuple[Edit, ...]] = []
        self._repair: Repair | None = None
        self._variants: list[Variants] = []
        self._judged: dict[Expr, Judgement | None] = {}
        core = case.claim(lhs, Relation.EQ, rhs).lhs
        plain = core if isinstance(core, Expr) and not shape(lhs) else None
        with np.errstate(all="ignore"):
            self.screen = Screen(_computed(core, lhs), rhs, self.ground.space, case.seed, plain)

    def single(self, rounds: int = len(ROUNDS) + 1) -> Repair | None:
        """The best proved edit of one place, looked for in the first ``rounds``, as far as it has not been.

        After all that kinds of slips propose comes what can be worked out, where nothing clear was found.
        """
        while self._next < min(rounds, len(ROUNDS)):
            variants = self.ground.variants(self._next, self.screen)
            with np.errstate(all="ignore"):
                hits = self.screen.hits(variants) if self.screen.sheets else self.ground.cheapest(self._next, BLIND)
            self._variants += variants
            if hits:
                self._found += [(edit,) for edit in hits]
                self._repair = self.best(self._found)
            if (repair := self._repair) is not None and repair.cost <= ROUNDS[self._next].enough:
                settled = repair.judgement.verdict is Verdict.PROVED or self.slow  # then no other is proved soon
                self._next = len(ROUNDS) if settled else self._next
            self._next += 1
        if rounds > len(ROUNDS) and not self._worked_out and (self._repair is None or self._repair.price > CLEAR):
            self._worked_out = True
            gaps = Gaps(self.case, self.parts, self.words.ranges, self.ground.space.real)
            found = [(edit,) for edit in gaps.edits(self.lhs, self.rhs)]
            with np.errstate(all="ignore"):
                found += [(edit,) for edit in solve.solved(self.screen, self.rhs, self.parts, self.words)]
            if found:
                self._found += found
                self._repair = self.best(self._found)
        return self._repair

    @cached_property
    def slow(self) -> bool:
        """Whether values take long, here or in balls."""
        series = self.lhs.atoms(Sum, Product) | self.rhs.atoms(Sum, Product)
        return self.screen.dear or any(end.is_infinite for s in series for _, *ends in s.limits for end in ends)

    @cached_property
    def variants(self) -> tuple[Variants, ...]:
        """All variants of each part that have been looked at."""
        return tuple(merged(self._variants))

    def double(self, deep: bool = True) -> Repair | None:
        """The best proved pair of edits; ``deep``: one may stand within what another has made, at some cost."""
        if not self.screen.sheets:
            return None
        with np.errstate(all="ignore"):
            search = wanted.Wanted(self.screen, self.rhs, self.variants, self.words)
            found = search.found()
            found += lifted(found, search.parts, self.words)
            repair = self.best(found) if found else None
            if (repair is None or repair.price > FAR) and not self.screen.sheets[0].dear:
                more: list[tuple[Edit, ...]] = []
                more += tried.evaluated(self.screen, self.rhs, self.variants, search.joined)
                more += tried.signed(self.screen, self.rhs, search.gathered, search.joined, search.parts)
                more += lifted(more, search.parts, self.words)
                repair = cheaper(repair, self.best(more) if more else None)
            if deep and (repair is None or repair.price > FAR) and not self.screen.sheets[0].dear:
                more = [*tried.nested(self.screen, self.ground, self.rhs, self.variants)]
                repair = cheaper(repair, self.best(more) if more else None)
            if deep and (repair is None or repair.price > UNLIKELY):
                more = [*remainders(self.case, self.lhs, self.rhs, self.variants, self.words, self.ground.space.real)]
                repair = cheaper(repair, self.best(more) if more else None)
        return repair if repair is None or repair.price <= UNLIKELY else None

    def best(self, found: Sequence[tuple[Edit, ...]]) -> Repair | None:
        """The cheapest of the edits that the engine proves; else the cheapest that it supports."""
        supported: Repair | None = None
        tried = 0
        for edits, line, cost in self.ranking.ranked(found):
            if supported is not None and self.slow and cost > supported.cost + FARTHER:
                break
            if line not in self._judged:
                self._judged[line] = self._judge(line)
            judgement = self._judged[line]
            if judgement is None:
                continue
            tried += 1
            if judgement.verdict is Verdict.PROVED or (judgement.verdict is Verdict.SUPPORTED and supported is None):
                dearer = alone(edits[0], self.ranking.seen) if len(edits) == 1 else 0.0
                repeats = line == self.lhs and self.ranking.repeats
                repair = Repair(edits, line, judgement, cost, dearer, repeats)
                if judgement.verdict is Verdict.PROVED:  # that a = a shows nothing
                    empty = repeats or (line == self.lhs and self.lhs.args[:1] == (self.rhs,))
                    return repair if supported is None or not empty else supported
                supported = repair
            if tried >= (PROOFS if self.screen.sheets else BLIND):
                break
        return supported

    def _judge(self, line: Expr) -> Judgement | None:
        """What the engine says of a line, if it agrees at the points that are looked at.

        Where values take long, a proof is asked for before they are looked at; where there are none, nothing else.
        """
        try:
            claim = self.case.claim(self.lhs, Relation.EQ, line)
            if self.slow:
                proved = self.case.prove(claim)
                if proved.verdict is Verdict.PROVED or not self.screen.sheets:
                    return proved
            return self.case.settle(claim) if self.agrees(line) else None
        except FAILS:
            return None

    def agrees(self, line: Expr) -> bool:
        """Whether a line has the values of the left side wherever it is looked at."""
        with np.errstate(all="ignore"):
            return self.screen.agrees(line)

    def apart(self, other: Expr) -> bool:
        """Whether the line is seen to differ from something else."""
        with np.errstate(all="ignore"):
            return self.screen.apart(other, self.rhs)

    def ordered(self, sharp: bool = True) -> tuple[Relation, ...]:
        """The weak order relations that may hold between the sides, as far as is seen; ``sharp``: as bounds are."""
        with np.errstate(all="ignore"):
            bound = not sharp or self.rhs.is_number or self.screen.touches(self.rhs)
            if not self.lhs.free_symbols or not bound:
                return ()
            return tuple(r for r in (Relation.GE, Relation.LE) if self.screen.bounded(self.rhs, r))

    def throughout(self) -> Repair | None:
        """The same edit at every place, alone or with one more edit."""
        lines = [(edit, edit.new) for edit in throughout.propose(self.rhs, self.words)]
        good = [(edit,) for edit, line in lines if self.agrees(line)]
        repair = self.best(good) if good else None
        return self.primed() if repair is None else repair

    def primed(self, rounds: int = len(ROUNDS)) -> Repair | None:
        """The derivative for the function itself at several places, and one more edit."""
        for edit in throughout.primes(self.rhs):
            more = Search(self.case, self.lhs, edit.new).single(rounds)
            if more is not None:
                return Repair((edit, *more.edits), more.line, more.judgement, edit.cost + more.cost)
        return None


def _computed(core: Content, lhs: Expr) -> Expr:
    """A scalar with its derivatives worked out: the same values, without what would cancel in them."""
    if not isinstance(core, Expr) or not core.has(Derivative) or shape(lhs):
        return lhs
    try:
        return normal.expand_derivatives(core)
    except (*FAILS, normal.NormalError):
        return lhs


def agrees(lhs: Expr, rhs: Expr, claim: Claim, seed: int) -> bool:
    """Whether two lines have the same values at a few points."""
    space = Space(claim.givens.symbols, claim.givens.constraints, (lhs, rhs))
    with np.errstate(all="ignore"):
        return same_values(lhs, rhs, space, seed)
