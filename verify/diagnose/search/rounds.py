"""What may be wrong with a line, the likeliest first: rounds of kinds of slips, and the edits that they propose."""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Iterator, Sequence
from typing import NamedTuple, TypeAlias

import numpy as np
from sympy import Expr

from verify.diagnose.context import Case
from verify.diagnose.kinds import (
    brackets,
    complements,
    deltas,
    factors,
    functions,
    letters,
    lost_functions,
    numbers,
    powers,
    repeated,
    series,
    signs,
    terms,
)
from verify.diagnose.search.edit import Block, Edit
from verify.diagnose.search.screen import Screen
from verify.diagnose.search.tree import Part, parts
from verify.diagnose.search.values import FAILS
from verify.diagnose.search.variants import Proposal, Variants
from verify.diagnose.vocabulary import Vocabulary
from verify.evaluate.sampling.space import Space
from verify.model import Claim, Relation

Kind: TypeAlias = Callable[[Part, Vocabulary], Iterator[Edit]]
Added: TypeAlias = Callable[[Part, Vocabulary], Block | None]


UNSEEN = 1.6  # what a term or factor may cost at most that is put in unseen


class Round(NamedTuple):
    """Kinds of slips, and what a repair may cost at most that makes those of later rounds unlikely."""

    kinds: tuple[Kind, ...]
    added: tuple[Added, ...]
    enough: float


ROUNDS = (
    Round(
        (
            signs.propose,
            numbers.propose,
            factors.propose,
            terms.propose,
            powers.overturned,
            functions.mistaken,
            complements.propose,
            repeated.propose,
        ),
        (),
        1.2,
    ),
    Round(
        (
            powers.propose,
            functions.propose,
            letters.propose,
            series.propose,
            deltas.propose,
            brackets.propose,
            factors.several,
            terms.several,
        ),
        (),
        1.3,
    ),
    Round((), (factors.added, terms.added), 1.65),
    Round((lost_functions.rare, factors.of_one, powers.squared), (), 0.0),
)
KINDS = tuple(kind for each in ROUNDS for kind in each.kinds)


class Ground:
    """A line with its parts and the words around it: what the searches against different left sides have in common."""

    def __init__(self, case: Case, lhs: Expr, rhs: Expr) -> None:
        self.givens = givens = case.claim(lhs, Relation.EQ, rhs).givens
        lines = (lhs, rhs, *(line for line in case.lines if isinstance(line, Expr)))
        self.line = rhs
        self.words = Vocabulary(lines)
        self.parts = tuple(parts(rhs))
        self.space = Space(givens.symbols, givens.constraints, lines)
        self._symbols = {*givens.symbols, *self.words.symbols}
        self._proposals: dict[int, Sequence[Proposal]] = {}
        self._variants: dict[object, list[Variants]] = {}

    def holds(self, claim: Claim) -> bool:
        """Whether its points are good for a claim about another left side too."""
        givens = claim.givens
        return givens.constraints == self.givens.constraints and self._symbols.issuperset(givens.symbols)

    def edits(self, part: Part, kinds: Sequence[Kind] = KINDS) -> Iterator[Edit]:
        """What kinds of slips propose for one part."""
        for propose in kinds:
            with contextlib.suppress(*FAILS, RecursionError):  # what cannot be written is no slip
                yield from propose(part, self.words)

    def proposals(self, number: int) -> Sequence[Proposal]:
        """What a round proposes for every part."""
        if number not in self._proposals:
            self._proposals[number] = [
                (
                    part,
                    tuple(self.edits(part, ROUNDS[number].kinds)),
                    [block for make in ROUNDS[number].added if (block := make(part, self.words)) is not None],
                )
                for part in self.parts
            ]
        return self._proposals[number]

    def cheapest(self, number: int, most: int) -> list[Edit]:
        """The likeliest edits of a round, where nothing can be said of their values."""
        found = [edit for _, single, _ in self.proposals(number) for edit in single]
        found += [
            block.edit(at, part)
            for part, _, blocks in self.proposals(number)
            for block in blocks
            for at, change in enumerate(block.changes)
            if change.cost + block.extra <= UNSEEN
        ]
        return sorted(found, key=lambda edit: edit.cost + 0.01 * edit.part.depth)[:most]

    def variants(self, number: int, screen: Screen) -> list[Variants]:
        """The values of the line with every edit that a round proposes."""
        if not screen.sheets:
            return []
        key = number, screen.sheets[0], screen.targets[0].ndim
        if key not in self._variants:
            with np.errstate(all="ignore"):
                self._variants[key] = screen.variants(self.line, self.proposals(number))
        return self._variants[key]
