"""Why something holds that is no equation: by which rule, and from what; in full only where a report asks for it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TypeAlias

from verify import normal
from verify.frozen import dataclass
from verify.terms import Content

Premise: TypeAlias = tuple[str, tuple[Content, ...]]
"""A sentence in which ``{}`` stands for each of its contents."""


def premise(sentence: str, *contents: Content) -> Premise:
    """One thing that has been found to be so."""
    return sentence, contents


@dataclass(frozen=True)
class Argument:
    """``words`` say it in short; ``source`` is where the rule is found; ``proofs`` are the equalities it needs."""

    words: str
    rule: str
    premises: Callable[[], Sequence[Premise]]
    source: str = ""
    proofs: tuple[normal.Proof, ...] = ()
