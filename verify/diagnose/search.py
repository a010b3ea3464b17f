"""The smallest edit that makes a line follow: proposed by every kind of slip, screened in floats, proved by the engine."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import TypeAlias

import numpy as np
from sympy import Expr

from verify.diagnose import brackets, factors, functions, letters, numbers, powers, series, signs, terms
from verify.diagnose.context import Case, Vocabulary
from verify.diagnose.edit import Block, Edit
from verify.diagnose.screen import Screen
from verify.diagnose.tree import Part, parts
from verify.diagnose.values import FAILS
from verify.evaluate.sampling import Space
from verify.model import Judgement, Relation, Verdict

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
        tried: set[Expr] = set()
        for edits in sorted(found, key=lambda edits: sum(self.rank(e) for e in edits)):
            try:
                line = self.rhs
                for edit in edits:
                    line = edit.apply(line)
                if line in tried or line == self.rhs:
                    continue
                tried.add(line)
                if not self.agrees(line):
                    continue
                claim = self.case.claim(self.lhs, Relation.EQ, line)
            except FAILS:
                continue
            judgement = self.case.settle(claim)
            if judgement.verdict is Verdict.PROVED:
                return Repair(edits, line, judgement)
            if judgement.verdict is Verdict.SUPPORTED and supported is None:
                supported = Repair(edits, line, judgement)
            if len(tried) >= PROOFS:
                break
        return supported

    def agrees(self, line: Expr) -> bool:
        """Whether a line has the values of the left side wherever it is looked at."""
        with np.errstate(all="ignore"):
            return self.screen.agrees(line)

    def rank(self, edit: Edit) -> float:
        """The cost of an edit, less where its result is seen elsewhere in the derivation."""
        near = edit.new in self._seen
        return edit.cost - (0.2 if near else 0.0) + 0.01 * edit.part.depth

    @property
    def _seen(self) -> set[Expr]:
        if not hasattr(self, "_seen_parts"):
            self._seen_parts = {part.node for part in self.words.parts}
        return self._seen_parts
