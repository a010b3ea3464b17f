"""Which slips are made on which step: a few of different kinds, the same ones every time."""

from __future__ import annotations

import hashlib
import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from sympy import Expr

from benchmarks.slips.kinds import Mutant, mutants
from benchmarks.slips.places import Path, same_place
from benchmarks.slips.same import one_edit, one_for_another
from benchmarks.slips.subjects import Subject
from verify.model import MIRRORED, STRICTER, Relation
from verify.terms import TRUE


@dataclass(frozen=True)
class Trial:
    """A step with slips: what the line or the relation has become. ``number`` tells the trials of a step apart.

    ``folded`` and ``lost`` are as of a :class:`~benchmarks.slips.kinds.Mutant`. ``one``: two slips that are one
    (see :func:`~benchmarks.slips.same.one_edit`). ``between``: the line with the first of two slips.
    """

    subject: int
    number: int
    codes: tuple[frozenset[str], ...]
    relation: Relation
    line: Expr | None  # None: the line is as it was
    folded: bool = False
    lost: Path | None = None
    one: bool = False
    between: Expr | None = None

    @property
    def double(self) -> bool:
        """Two slips in one line."""
        return len(self.codes) == 2


def trials(position: int, subject: Subject, singles: int, doubles: int, seed: int) -> list[Trial]:
    """The slips made on one step: single ones, as many kinds as possible, and pairs of slips."""
    digest = hashlib.sha256(f"{seed}/{subject.source}/{subject.id}".encode()).digest()
    chance = random.Random(digest)
    found: list[Trial] = []

    def add(mutant: Mutant, between: Expr | None = None) -> None:
        found.append(
            Trial(
                position,
                len(found),
                mutant.codes,
                subject.relation,
                mutant.line,
                mutant.folded,
                mutant.lost,
                len(mutant.codes) == 2 and one_edit(subject.rhs, mutant.line),
                between,
            )
        )

    for relation, code in _other_relations(subject.relation, subject.lhs == TRUE):
        found.append(Trial(position, len(found), (frozenset(code.split()),), relation, None))
    if isinstance(subject.rhs, Expr) and subject.relation is Relation.EQ:
        every = mutants(subject.rhs, subject.beside)
        for mutant in _of_each_kind(every, singles, chance):
            add(mutant)
        taken = {mutant.line for mutant in every} | {subject.rhs}
        for _ in range(doubles):
            pair = _pair(every, taken, subject, chance)
            if pair is not None:
                add(*pair)
    return found


def _other_relations(relation: Relation, unconditional: bool) -> Iterator[tuple[Relation, str]]:
    """A relation the wrong way round, or strict for weak."""
    if relation in MIRRORED:
        yield MIRRORED[relation], "swapped-sides"
    if relation in STRICTER:
        yield STRICTER[relation], "strictness"
    if relation in (Relation.LT, Relation.LE, Relation.GT, Relation.GE):
        yield Relation.EQ, "relation strictness"
    if relation is Relation.IMPLIES and not unconditional:
        yield Relation.IFF, "converse"


def _of_each_kind(every: Sequence[Mutant], wanted: int, chance: random.Random) -> list[Mutant]:
    """So many mutants, of as many kinds as there are."""
    by_kind: dict[str, list[Mutant]] = {}
    for mutant in every:
        by_kind.setdefault(mutant.code, []).append(mutant)
    for group in by_kind.values():
        chance.shuffle(group)
    codes = sorted(by_kind)
    chance.shuffle(codes)
    drawn: list[Mutant] = []
    while len(drawn) < min(wanted, len(every)):
        for code in codes:
            if by_kind[code] and len(drawn) < wanted:
                drawn.append(by_kind[code].pop())
    return drawn


def _pair(
    every: Sequence[Mutant], taken: set[Expr], subject: Subject, chance: random.Random
) -> tuple[Mutant, Expr] | None:
    """Two slips of different kinds that are not one slip in disguise, and the line with the first one."""
    for _ in range(5):
        if not every:
            return None
        first = chance.choice(every)
        others = [
            m for m in mutants(first.line, subject.beside) if m.line not in taken and not m.codes[0] & first.codes[0]
        ]
        if others:
            second = chance.choice(others)
            if not _in_disguise(subject, second.line):
                folded, lost = first.folded or second.folded, first.lost
                if second.lost is not None and lost is None:
                    lost = same_place(first.line, second.lost, subject.rhs)
                return Mutant((*first.codes, *second.codes), second.line, folded, lost), first.line
    return None


def _in_disguise(subject: Subject, line: Expr) -> bool:
    """Whether a single slip makes the line, or undoes it; two that are one edit are kept, as such."""
    if one_edit(subject.rhs, line):
        return False
    return one_for_another(subject.rhs, line) or any(m.line == subject.rhs for m in mutants(line, subject.beside))
