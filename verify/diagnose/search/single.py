"""The smallest edit that makes a line follow: proposed by every kind of slip, screened in floats, then proved."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator, Sequence
from functools import cached_property

import numpy as np
from sympy import Add, Derivative, Expr, Function, Mul, Number, Pow, Symbol

from verify import normal
from verify.diagnose.context import Case
from verify.diagnose.search import solve, throughout, tried, wanted
from verify.diagnose.search.edit import Edit, Op
from verify.diagnose.search.gaps import Gaps
from verify.diagnose.search.remainders import remainders
from verify.diagnose.search.rounds import ROUNDS, Ground
from verify.diagnose.search.screen import Screen, Variants, merged, same_values
from verify.diagnose.search.tree import Part, parts, replace, replace_all, size
from verify.diagnose.search.values import FAILS
from verify.diagnose.search.weights import SHORT, alone, beside, growing, offsets, outcome, rewriting
from verify.evaluate.sampling.space import Space
from verify.frozen import dataclass
from verify.model import Claim, Judgement, Relation, Verdict
from verify.shapes import shape
from verify.terms import Content, Frac

PROOFS = 8  # tried at most
CLEAR = 1.9  # what a repair costs beyond which what is missing is worked out
FAR = 2.8  # what two edits cost beyond which others are looked for
UNLIKELY = 4.2  # … beyond which they explain nothing
VANISHES = 0.5  # what an edit is dearer by that lets a term vanish, or a factor become one, that can be left out
TRIVIAL = 1.8  # what edits are dearer by that leave of a line nothing but the left side, which stands there
REPEATED = 0.3  # … one edit, beside others
OFFSETS = 0.4  # … that makes up for a term elsewhere that can be left out
COPIED = 0.2  # … a term that makes of the line the left side, most of which stands there
RESTATED = 0.5  # what an edit is dearer by that only says the left side again, at greater length
AGAIN = 1.3  # … that makes f(a) of the line, which was f(b), where f(a) is the left side
ALIKE = 0.3  # what two edits are dearer by that make of the line the left side
CANCELS = 0.2  # … for each factor that it puts in beside the same one
SEEN = 0.2  # what an edit is cheaper by if its result stands elsewhere


@dataclass(frozen=True)
class Repair:
    """Edits which together make the line follow, and what the engine says of it."""

    edits: tuple[Edit, ...]
    line: Expr
    judgement: Judgement
    cost: float
    alone: float = 0.0  # what it is dearer by if it is one edit (see weights.alone)
    repeats: bool = False  # the line is left as the left side, which stands there already

    @property
    def price(self) -> float:
        """The cost, beside repairs with another number of edits."""
        first, *more = self.edits
        repeats = self.repeats and not more and not (first.drops and size(first.old) <= SHORT)
        return self.cost + self.alone + ((TRIVIAL - REPEATED) if repeats else 0.0)


class Search:
    """The search for one line, against one left side."""

    def __init__(self, case: Case, lhs: Expr, rhs: Expr, ground: Ground | None = None) -> None:
        """``ground`` may be that of searches for the same line against other left sides."""
        self.case, self.lhs, self.rhs = case, lhs, rhs
        self.ground = Ground(case, lhs, rhs) if ground is None else ground
        self.words, self.parts = self.ground.words, self.ground.parts
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
                hits = self.screen.hits(variants)
            self._variants += variants
            if hits:
                self._found += [(edit,) for edit in hits]
                self._repair = self.best(self._found)
            likely = self._repair is not None and self._repair.cost <= ROUNDS[self._next].enough
            if likely and self._repair is not None and self._repair.judgement.verdict is Verdict.PROVED:
                self._next = len(ROUNDS)
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
            repair = self.best(found) if found else None
            if (repair is None or repair.price > FAR) and not self.screen.sheets[0].dear:
                more = list(tried.evaluated(self.screen, self.rhs, self.variants, search.joined))
                repair = cheaper(repair, self.best(more) if more else None)
            if deep and (repair is None or repair.price > FAR) and not self.screen.sheets[0].dear:
                more = list(tried.nested(self.screen, self.ground, self.rhs, self.variants))
                repair = cheaper(repair, self.best(more) if more else None)
            if deep and (repair is None or repair.price > UNLIKELY):
                more = list(
                    remainders(self.case, self.lhs, self.rhs, self.variants, self.words, self.ground.space.real)
                )
                repair = cheaper(repair, self.best(more) if more else None)
        return repair if repair is None or repair.price <= UNLIKELY else None

    def best(self, found: Sequence[tuple[Edit, ...]]) -> Repair | None:
        """The cheapest of the edits that the engine proves; else the cheapest that it supports."""
        supported: Repair | None = None
        tried = 0
        for edits, line, cost in self.ranked(found):
            if line not in self._judged:
                self._judged[line] = self._judge(line)
            judgement = self._judged[line]
            if judgement is None:
                continue
            tried += 1
            if judgement.verdict is Verdict.PROVED or (judgement.verdict is Verdict.SUPPORTED and supported is None):
                dearer = alone(edits[0], self.seen) if len(edits) == 1 else 0.0
                repeats = line == self.lhs and self._repeats
                repair = Repair(edits, line, judgement, cost, dearer, repeats)
                if judgement.verdict is Verdict.PROVED:  # that a = a shows nothing
                    return repair if supported is None or not repeats else supported
                supported = repair
            if tried >= PROOFS:
                break
        return supported

    def _judge(self, line: Expr) -> Judgement | None:
        """What the engine says of a line, if it agrees at the points that are looked at."""
        try:
            return self.case.settle(self.case.claim(self.lhs, Relation.EQ, line)) if self.agrees(line) else None
        except FAILS:
            return None

    def ranked(self, found: Sequence[tuple[Edit, ...]]) -> Iterator[tuple[tuple[Edit, ...], Expr, float]]:
        """The edits with the lines that they make, the cheapest first, each line once.

        What is seen elsewhere in the derivation is likely to be meant, all the more if it is the whole line.
        """
        best: dict[Expr, tuple[float, tuple[Edit, ...], float]] = {}
        beside_pairs = any(len(edits) > 1 for edits in found)
        dropped = {edits[0].part.path for edits in found if len(edits) == 1 and edits[0].drops}
        terms = {e.part.path for e, *more in found if not more and e.drops and isinstance(e.part.parent, Add)}
        numbers = any(e.code == "extra-factor" and e.drops and e.old.is_Rational for e, *more in found if not more)
        for edits in found:
            if any(not e.written or self._restates(e) for e in edits):
                continue
            cost = sum(e.cost - self._familiar(e) + 0.01 * e.part.depth for e in edits)
            cost += rewriting(edits) + sum(map(growing, edits))
            cost += CANCELS * sum(map(self._cancels, edits)) if len(edits) > 1 else 0.0
            if len(edits) == 1 and any(edits[0].part.path[:i] in dropped for i in range(edits[0].part.depth)):
                cost += VANISHES
            elif len(edits) == 1 and edits[0].code == "constant" and numbers:
                cost += OFFSETS / 2
            elif len(edits) == 1 and edits[0].part.path not in terms:
                cost += OFFSETS if any(offsets(edits[0].part.path, term) for term in terms) else 0.0
            with contextlib.suppress(*FAILS):
                line = applied(self.rhs, edits)
                if line == self.lhs:
                    modest = self._repeats and all(
                        e.code == "sign" or (e.drops and size(e.old) <= SHORT) for e in edits
                    )
                    if len(edits) > 1 and (self.rhs.is_number or self._repeats) and not modest:
                        continue  # nothing is left of the line, or what stood there already
                    copied = self._copied and edits[0].op is Op.PLUS and not edits[0].part.path
                    if not copied and any(e.op is not Op.REPLACE and size(e.operand) > SHORT for e in edits):
                        continue
                    longer = any(size(e.new) > size(e.old) for e in edits)
                    trivial = REPEATED if len(edits) == 1 or size(self.lhs) <= SHORT else TRIVIAL
                    called = isinstance(self.lhs, Function) and isinstance(self.rhs, type(self.lhs))
                    again = AGAIN if called and len(edits) == 1 and not edits[0].drops else SEEN / 2
                    longer = longer and again != AGAIN
                    cost += COPIED if copied else RESTATED if longer else trivial if self._repeats else again
                    cost += ALIKE if len(edits) > 1 and not modest else 0.0
                cost -= SEEN if line in self.case.lines and line != self.lhs else 0.0
                cost += outcome(edits, self.rhs, line, self.lhs) if len(edits) > 1 else 0.0
                price = cost + (alone(edits[0], self.seen) if len(edits) == 1 and beside_pairs else 0.0)
                if line != self.rhs and (line not in best or price < best[line][0]):
                    best[line] = price, edits, cost
        for line, (_, edits, cost) in sorted(best.items(), key=lambda item: (round(item[1][0], 6), size(item[0]))):
            yield edits, line, cost

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

    def _restates(self, edit: Edit) -> bool:
        """The left side as a factor of one, or a term beside zero, or with a function around it."""
        if edit.op is not Op.REPLACE:
            factors = Mul.make_args(self.lhs)
            plain = size(self.lhs) <= SHORT and all(isinstance(a, Symbol | Number | Pow) for a in factors)
            put_in = size(edit.new) >= size(edit.old)  # it is none to take it away
            return not plain and put_in and edit.operand.has(self.lhs) and edit.operand != edit.part.node
        new = edit.new
        within = size(new) > size(edit.old) and (new != self.lhs or bool(edit.part.path))
        return within and size(self.lhs) > 1 and new.has(self.lhs) and not self.rhs.has(self.lhs)

    @cached_property
    def _repeats(self) -> bool:
        """Whether the left side stands on the right, beside other things."""
        return size(self.lhs) > 1 and beside(self.rhs, self.lhs)

    def _cancels(self, edit: Edit) -> bool:
        """Whether a factor is put in that stands in the line already, where it could be left out."""
        return (
            edit.op is Op.TIMES
            and not edit.operand.is_number
            and not self._factors.isdisjoint((edit.operand, 1 / edit.operand))
        )

    @cached_property
    def _factors(self) -> frozenset[Expr]:
        """What stands in the line as a factor."""
        return frozenset(p.node for p in self.parts if isinstance(p.parent, Mul | Frac))

    @cached_property
    def _copied(self) -> bool:
        """Whether the line is the left side without some of its terms."""
        return isinstance(self.lhs, Add) and {*Add.make_args(self.rhs)} < {*self.lhs.args}

    def _familiar(self, edit: Edit) -> float:
        """What an edit is cheaper by for making something that is seen elsewhere, above all in the left side."""
        parent, at, made = edit.part.parent, edit.part.path[-1:], None
        if parent is None:
            made = edit.new
        elif isinstance(parent, Function) and self.lhs.has(type(parent)):  # to build functions takes SymPy long
            made = replace(parent, at, edit.new)
        near = made is not None and _skeleton(made, edit.part) in self._left
        strange = near and isinstance(parent, Function) and _skeleton(parent, edit.part) not in self._left
        inner = edit.code == "lost-sum" and edit.part.below_derivative  # the derivative is rather one of each term
        gain = (SEEN if edit.result in self.seen and not inner else 0.0) + (SEEN / 2 if near else 0.0)
        return gain + (SEEN / 2 if strange else 0.0) + (SEEN if self._again(edit) else 0.0)

    def _again(self, edit: Edit) -> bool:
        """Whether the sum in which something is changed becomes one that stands elsewhere."""
        parent = edit.part.parent
        if not isinstance(parent, Add) or edit.drops or shape(parent):
            return False
        return replace(parent, edit.part.path[-1:], edit.new) in self.seen

    @cached_property
    def _left(self) -> frozenset[Expr]:
        return frozenset(_skeleton(part.node, part) for part in parts(self.lhs))

    @cached_property
    def seen(self) -> frozenset[Expr]:
        """Every part of the lines."""
        return frozenset(part.node for part in self.words.parts)


def cheaper(one: Repair | None, other: Repair | None) -> Repair | None:
    """The repair that costs less, if there is one."""
    return min((r for r in (one, other) if r is not None), key=lambda r: r.price, default=None)


def applied(line: Expr, edits: Sequence[Edit]) -> Expr:
    """The line with the edits made: side by side, or the second one within what the first has made."""
    if len(edits) == 2:
        first, second = edits
        if first.part.depth < second.part.depth and second.part.path[: first.part.depth] == first.part.path:
            return second.apply(first.apply(line))
    made: Expr = replace_all(line, {edit.part.path: edit.new for edit in edits})
    return made


def _computed(core: Content, lhs: Expr) -> Expr:
    """A scalar with its derivatives worked out: the same values, without what would cancel in them."""
    if not isinstance(core, Expr) or not core.has(Derivative) or shape(lhs):
        return lhs
    try:
        return normal.expand_derivatives(core)
    except (*FAILS, normal.NormalError):
        return lhs


def _skeleton(e: Expr, part: Part) -> Expr:
    """An expression with the names of the indices taken away that are bound around it."""
    if not part.bound:
        return e
    bound = {k.name for k, *_ in part.bound}
    return e.xreplace({s: Symbol("·", integer=True) for s in e.free_symbols if s.name in bound})


def agrees(lhs: Expr, rhs: Expr, claim: Claim, seed: int) -> bool:
    """Whether two lines have the same values at a few points."""
    space = Space(claim.givens.symbols, claim.givens.constraints, (lhs, rhs))
    with np.errstate(all="ignore"):
        return same_values(lhs, rhs, space, seed)
