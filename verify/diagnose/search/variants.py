"""The edits of one part, and the values that a line has with each of them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby
from typing import TypeAlias

from verify.diagnose.search.edit import Block, Change, Edit, Op
from verify.diagnose.search.sheet import Sheet
from verify.diagnose.search.spread import stacked
from verify.diagnose.search.tree import Part, Path
from verify.diagnose.search.values import Env, Fill, Values, lift
from verify.frozen import dataclass

Proposal: TypeAlias = tuple[Part, Sequence[Edit], Sequence[Block]]
"""What is proposed for one part."""


@dataclass(frozen=True)
class Variants:
    """The edits of one part, and the values that the line has with each."""

    part: Part
    single: tuple[Edit, ...]
    blocks: tuple[Block, ...]
    values: Values

    def edit(self, at: int) -> Edit:
        """The edit that a row of the values belongs to."""
        if at < len(self.single):
            return self.single[at]
        at -= len(self.single)
        for block in self.blocks:
            if at < len(block.changes):
                return block.edit(at, self.part)
            at -= len(block.changes)
        raise IndexError(at)

    @property
    def costs(self) -> list[float]:
        """What each costs, in the order of the values."""
        return [*(e.cost for e in self.single), *(c.cost + b.extra for b in self.blocks for c in b.changes)]


def merged(found: Sequence[Variants]) -> Iterator[Variants]:
    """What has been found for each part in turn as one."""
    by: dict[Path, list[Variants]] = {}
    for variants in found:
        by.setdefault(variants.part.path, []).append(variants)
    for same in by.values():
        rows: list[Values] = [v.values[: len(v.single)] for v in same] + [v.values[len(v.single) :] for v in same]
        single = tuple(edit for v in same for edit in v.single)
        blocks = tuple(block for v in same for block in v.blocks)
        yield Variants(same[0].part, single, blocks, stacked(rows)) if len(same) > 1 else same[0]


def filling(part: Part, edits: Sequence[Edit], blocks: Sequence[Block]) -> Fill:
    """The values of all variants of a part: of the edits, then of each block's changes."""
    rank = len(part.shape)
    groups: list[tuple[Op, Sequence[Edit | Change], object]] = []
    for op, run in groupby(edits, key=lambda edit: edit.op):
        groups.append((op, list(run), None))
    groups += [(block.op, block.changes, block.changes) for block in blocks]

    def fill(sheet: Sheet, env: Env) -> Values:
        old = sheet.value(part.node, env)
        stacks = []
        for op, changes, key in groups:
            scalar = op is Op.TIMES
            stack = sheet.stacked(
                [c.given for c in changes], env, () if scalar else old.shape[:-1], key, part.bound, old
            )
            stacks.append(stack if op is Op.REPLACE else old * lift(stack, rank) if scalar else old + stack)
        return stacked(stacks)

    return fill
