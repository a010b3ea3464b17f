"""The smallest edit that makes a line follow: proposed by every kind of slip, screened in floats, then proved."""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TypeAlias

import numpy as np
from sympy import Expr

from verify.diagnose import brackets, factors, functions, letters, numbers, powers, series, signs, terms
from verify.diagnose.context import Case, Vocabulary
from verify.diagnose.edit import Block, Edit
from verify.diagnose.screen import Screen, same_values
from verify.diagnose.tree import Part, parts
from verify.diagnose.values import FAILS
from verify.evaluate.space import Space
from verify.model import Claim, Judgement, Relation, Verdict

Kind: TypeAlias = Callable[[Part, Vocabulary], Iterator[Edit]]
KINDS: tuple[Kind, ...] = (
    signs.propose,
    numbers.propose,
    factors.propose,
    terms.propose,
    powers.propose,
    functions.propose,
    letters.propose,
    series.propose,
    brackets.propose,
)
ADDED: tuple[Callable[[Part, Vocabulary], Block | None], ...] = (factors.added, terms.added)
PROOFS = 8  # tried at most
SEEN = 0.2  # what an edit is cheaper by if its result stands elsewhere


@dataclass(frozen=True)
class Repair:
    """Edits which together make the line follow, and what the engine says of it."""

    edits: tuple[Edit, ...]
    line: Expr
    judgement: Judgement


class Search:
    """The search for one line, against one left side."""

    def __init__(self, case: Case, lhs: Expr, rhs: Expr) -> None:
        self.case, self.lhs, self.rhs = case, lhs, rhs
        claim = case.claim(lhs, Relation.EQ, rhs)
        others = tuple(line for line in case.lines if isinstance(line, Expr))
        self.words = Vocabulary((lhs, rhs, *others))
        self.parts = tuple(parts(rhs))
        space = Space(claim.givens.symbols, claim.givens.constraints, (lhs, rhs, *others))
        with np.errstate(all="ignore"):
            self.screen = Screen(lhs, rhs, space, case.seed)

    def single(self) -> Repair | None:
        """The best proved edit of one place."""
        found: list[Edit] = []
        with np.errstate(all="ignore"):
            for part in self.parts:
                blocks = [block for make in ADDED if (block := make(part, self.words)) is not None]
                found += self.screen.hits(self.rhs, part, list(self.proposals(part)), blocks)
        return self.best([(edit,) for edit in found])

    def proposals(self, part: Part) -> Iterator[Edit]:
        """What every kind of slip proposes for one part."""
        for propose in KINDS:
            yield from propose(part, self.words)

    def best(self, found: Sequence[tuple[Edit, ...]]) -> Repair | None:
        """The cheapest of the edits that the engine proves; else the cheapest that it supports."""
        supported: Repair | None = None
        tried = 0
        for edits, line in self.ranked(found):
            try:
                if not self.agrees(line):
                    continue
                claim = self.case.claim(self.lhs, Relation.EQ, line)
            except FAILS:
                continue
            tried += 1
            judgement = self.case.settle(claim)
            if judgement.verdict is Verdict.PROVED:
                return Repair(edits, line, judgement)
            if judgement.verdict is Verdict.SUPPORTED and supported is None:
                supported = Repair(edits, line, judgement)
            if tried >= PROOFS:
                break
        return supported

    def ranked(self, found: Sequence[tuple[Edit, ...]]) -> Iterator[tuple[tuple[Edit, ...], Expr]]:
        """The edits with the lines that they make, the cheapest first, each line once.

        What is seen elsewhere in the derivation is likely to be meant, all the more if it is the whole line.
        """
        best: dict[Expr, tuple[float, tuple[Edit, ...]]] = {}
        for edits in found:
            cost = sum(e.cost - (SEEN if e.new in self.seen else 0.0) + 0.01 * e.part.depth for e in edits)
            with contextlib.suppress(*FAILS):
                line = self.rhs
                for edit in edits:
                    line = edit.apply(line)
                cost -= SEEN if line in self.seen and line != self.lhs else 0.0
                if line != self.rhs and (line not in best or cost < best[line][0]):
                    best[line] = cost, edits
        for line, (_, edits) in sorted(best.items(), key=lambda item: item[1][0]):
            yield edits, line

    def agrees(self, line: Expr) -> bool:
        """Whether a line has the values of the left side wherever it is looked at."""
        with np.errstate(all="ignore"):
            return self.screen.agrees(line)

    def ordered(self) -> tuple[Relation, ...]:
        """The weak order relations that may hold between the sides, as far as is seen."""
        with np.errstate(all="ignore"):
            return tuple(r for r in (Relation.GE, Relation.LE) if self.screen.bounded(self.rhs, r))

    @cached_property
    def seen(self) -> frozenset[Expr]:
        """Every part of the lines."""
        return frozenset(part.node for part in self.words.parts)


def agrees(lhs: Expr, rhs: Expr, claim: Claim, seed: int) -> bool:
    """Whether two lines have the same values at a few points."""
    space = Space(claim.givens.symbols, claim.givens.constraints, (lhs, rhs))
    with np.errstate(all="ignore"):
        return same_values(lhs, rhs, space, seed)
