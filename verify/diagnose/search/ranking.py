"""In which order edits that seem to mend a line are put before the engine: the likeliest first."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator, Sequence
from functools import cached_property

from sympy import Add, Expr, Function, Mul, Number, Pow, Symbol, exp

from verify.diagnose.search.edit import Edit, Op
from verify.diagnose.search.repair import REPEATED, TRIVIAL, applied
from verify.diagnose.search.rounds import Ground
from verify.diagnose.search.tree import Part, Path, parts, replace, size
from verify.diagnose.search.values import FAILS
from verify.diagnose.search.weights import SHORT, alone, beside, growing, offsets, outcome, rewriting
from verify.frozen import dataclass
from verify.shapes import shape
from verify.terms import Content, Frac, written_out

VANISHES = 0.5  # what an edit is dearer by that lets a term vanish, or a factor become one, that can be left out
OFFSETS = 0.4  # … that makes up for a term elsewhere that can be left out
COPIED = 0.2  # … a term that makes of the line the left side, most of which stands there
RESTATED = 0.5  # what an edit is dearer by that only says the left side again, at greater length
AGAIN = 1.3  # … that makes f(a) of the line, which was f(b), where f(a) is the left side
ALIKE = 0.3  # what two edits are dearer by that make of the line the left side
CANCELS = 0.2  # … for each factor that it puts in beside the same one
MULTIPLE = 0.2  # … by a term that is a multiple of what it is put beside
SEEN = 0.2  # what an edit is cheaper by if its result stands elsewhere


@dataclass(frozen=True)
class Others:
    """What single edits are compared with: where another one leaves something out, or a number as a factor.

    ``pairs``: there are pairs of edits as well.
    """

    dropped: frozenset[Path]
    terms: frozenset[Path]
    numbers: bool
    pairs: bool

    @classmethod
    def of(cls, found: Sequence[tuple[Edit, ...]]) -> Others:
        """All that have been found."""
        out = [edits[0] for edits in found if len(edits) == 1 and edits[0].drops]
        return cls(
            frozenset(e.part.path for e in out),
            frozenset(e.part.path for e in out if isinstance(e.part.parent, Add)),
            any(e.code == "extra-factor" and e.old.is_Rational for e in out),
            any(len(edits) > 1 for edits in found),
        )

    def price(self, edit: Edit) -> float:
        """What a single edit is dearer by beside them."""
        path = edit.part.path
        if any(path[:i] in self.dropped for i in range(len(path))):
            return VANISHES
        if edit.code == "constant" and self.numbers:
            return OFFSETS / 2
        if path in self.terms:
            return 0.0
        return OFFSETS if any(offsets(path, term) for term in self.terms) else 0.0


class Ranking:
    """What edits of a line cost, against one left side, with all that stands around."""

    def __init__(
        self, lhs: Expr, line: Expr, lines: Sequence[Content], ground: Ground, worked_out: bool = False
    ) -> None:
        """``lines`` are the other lines of the derivation; ``worked_out``: the left side is what should stand there."""
        self.worked_out = worked_out
        self.lhs, self.line, self.lines = lhs, line, lines
        self.words, self.parts = ground.words, ground.parts

    def ranked(self, found: Sequence[tuple[Edit, ...]]) -> Iterator[tuple[tuple[Edit, ...], Expr, float]]:
        """The edits with the lines that they make and what they cost, the cheapest first, each line once.

        What is seen elsewhere in the derivation is likely to be meant, all the more if it is the whole line.
        """
        best: dict[Expr, tuple[float, tuple[Edit, ...], float]] = {}
        others = Others.of(found)
        for edits in found:
            if any(not e.written or self._restates(e) for e in edits):
                continue
            if len(edits) > 1 and any(map(_all_anew, edits)):
                continue
            cost = sum(e.cost - self._familiar(e) + 0.01 * e.part.depth for e in edits)
            cost += MULTIPLE * sum(map(_multiple, edits)) + rewriting(edits) + sum(map(growing, edits))
            cost += CANCELS * sum(map(self._cancels, edits)) if len(edits) > 1 else others.price(edits[0])
            with contextlib.suppress(*FAILS):
                line = applied(self.line, edits)
                left = self._left_alone(edits) if line == self.lhs else 0.0
                if left is None:
                    continue
                cost += left
                cost -= SEEN if line in self.lines and line != self.lhs else 0.0
                cost += outcome(edits, self.line, line, self.lhs) if len(edits) > 1 else 0.0
                price = cost + (alone(edits[0], self.seen) if len(edits) == 1 and others.pairs else 0.0)
                if line != self.line and (line not in best or price < best[line][0]):
                    best[line] = price, edits, cost
        for line, (_, edits, cost) in sorted(best.items(), key=lambda item: (round(item[1][0], 6), size(item[0]))):
            yield edits, line, cost

    def _left_alone(self, edits: Sequence[Edit]) -> float | None:
        """What edits are dearer by that make of the line the left side; ``None`` if they leave nothing of the line."""
        if self.worked_out and all(e.op is Op.REPLACE or _plain_factor(e) for e in edits):
            return 0.0
        modest = all(e.code == "sign" or (e.drops and size(e.old) <= SHORT) or _another_power(e) for e in edits)
        if len(edits) > 1 and (self.line.is_number or self.repeats) and not modest:
            return None  # or nothing but what stood there already
        copied = self._copied and edits[0].op is Op.PLUS and not edits[0].part.path
        if not copied and any(e.op is not Op.REPLACE and size(e.operand) > SHORT for e in edits):
            return None
        trivial = REPEATED if len(edits) == 1 or size(self.lhs) <= SHORT else TRIVIAL
        same = isinstance(self.line, Function) and self.line.args == self.lhs.args
        called = isinstance(self.lhs, Function) and (isinstance(self.line, type(self.lhs)) or same)
        again = AGAIN if called and len(edits) == 1 and not edits[0].drops else SEEN / 2
        longer = again != AGAIN and any(size(e.new) > size(e.old) for e in edits)
        cost = COPIED if copied else RESTATED if longer else trivial if self.repeats else again
        return cost + (ALIKE if len(edits) > 1 and not modest else 0.0)

    def _restates(self, edit: Edit) -> bool:
        """The left side as a factor of one, or a term beside zero, or with a function around it."""
        if edit.op is not Op.REPLACE:
            factors = Mul.make_args(self.lhs)
            plain = size(self.lhs) <= SHORT and all(isinstance(a, Symbol | Number | Pow) for a in factors)
            put_in = size(edit.new) >= size(edit.old)  # it is none to take it away
            again = edit.operand.has(self.lhs) or (size(edit.operand) > SHORT and edit.operand in self.lines)
            return not plain and put_in and again and edit.operand != edit.part.node
        new = edit.new
        within = size(new) > size(edit.old) and (new != self.lhs or bool(edit.part.path))
        return within and size(self.lhs) > 1 and new.has(self.lhs) and not self.line.has(self.lhs)

    def restated(self, line: Expr) -> bool:
        """Whether a line is the left side once more, with its quotients written in one way or another."""
        return line == self.lhs or (
            (self.lhs.has(Frac) or line.has(Frac)) and written_out(line) == self._left_written_out
        )

    @cached_property
    def _left_written_out(self) -> Expr:
        return written_out(self.lhs)

    @cached_property
    def repeats(self) -> bool:
        """Whether the left side stands on the right, beside other things."""
        return size(self.lhs) > 1 and beside(self.line, self.lhs)

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
        return isinstance(self.lhs, Add) and {*Add.make_args(self.line)} < {*self.lhs.args}

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
        gain = SEEN if edit.result in self.seen and not inner and _telling(edit) else 0.0
        return (
            gain + (SEEN / 2 if near else 0.0) + (SEEN / 2 if strange else 0.0) + (SEEN if self._again(edit) else 0.0)
        )

    def _again(self, edit: Edit) -> bool:
        """Whether the sum or power in which something is changed becomes one that stands elsewhere."""
        parent = edit.part.parent
        power = isinstance(parent, Pow) and not parent.exp.is_number
        if not (isinstance(parent, Add) or power) or edit.drops or shape(parent):
            return False
        return replace(parent, edit.part.path[-1:], edit.new) in self.seen

    @cached_property
    def _left(self) -> frozenset[Expr]:
        return frozenset(_skeleton(part.node, part) for part in parts(self.lhs))

    @cached_property
    def seen(self) -> frozenset[Expr]:
        """Every part of the lines."""
        return frozenset(part.node for part in self.words.parts)


def _multiple(edit: Edit) -> bool:
    """Whether a term is put in beside what divides it: ``y² + y³`` is rather ``y²(1 + y)``, with a factor lost."""
    node = edit.part.node
    if edit.op is not Op.PLUS or edit.code != "missing-term" or node.is_number or isinstance(node, Add) or shape(node):
        return False
    more = edit.operand / node
    return (
        not more.is_number
        and all(not b.is_number or e.is_positive is True for b, e in (f.as_base_exp() for f in Mul.make_args(more)))
        and all(e.is_number and e.is_positive is True for _, e in (f.as_base_exp() for f in Mul.make_args(more)))
    )


def _all_anew(edit: Edit) -> bool:
    """Whether the whole line is left out, and a number put in."""
    return not edit.part.path and edit.op is Op.REPLACE and edit.new.is_number and not _another_power(edit)


def _another_power(edit: Edit) -> bool:
    """Whether a power of something short becomes another one."""
    old, new = (e.as_base_exp() for e in (edit.old, edit.new))
    return size(edit.old) <= SHORT and old[0] == new[0] and bool(old[1].is_Rational and new[1].is_Rational)


def _plain_factor(edit: Edit) -> bool:
    """Whether it is one factor that is lost, or one division, and not something made to fit."""
    return edit.op is Op.TIMES and any(side.is_number for side in edit.operand.as_numer_denom())


def _telling(edit: Edit) -> bool:
    """Whether it says something that the result is seen elsewhere.

    It does not where it is all that is put in, nor of the sign of a number or of an exponent: with another base that
    is another power.
    """
    parent, at = edit.part.parent, edit.part.path[-1:]
    exponent = isinstance(parent, exp) or (isinstance(parent, Pow) and at == (1,))
    if edit.code == "sign" and (exponent or edit.old.is_Rational):
        return False
    return not (edit.op is Op.TIMES and edit.old == 1)


def _skeleton(e: Expr, part: Part) -> Expr:
    """An expression with the names of the indices taken away that are bound around it."""
    if not part.bound:
        return e
    bound = {k.name for k, *_ in part.bound}
    return e.xreplace({s: Symbol("·", integer=True) for s in e.free_symbols if s.name in bound})
