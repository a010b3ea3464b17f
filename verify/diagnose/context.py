"""What is known around a refuted line: the lines beside it, and how to find out whether another one holds."""

from __future__ import annotations

from collections.abc import Callable

from sympy import Expr

from verify.frozen import dataclass
from verify.model import Claim, Diagnosis, Judgement, Relation
from verify.terms import Content, Proposition

ClaimOf = Callable[[Content, Relation, Content], Claim]


@dataclass(frozen=True)
class Elsewhere:
    """The first line of another derivation of the same source, and the claims made of it under both one's givens.

    ``latex`` is how it is written there.
    """

    name: str
    content: Content
    claim: ClaimOf
    latex: str = ""


@dataclass(frozen=True)
class Case:
    """A refuted step, and how to find out whether another one holds.

    ``lines`` are the other lines of the derivation; ``elsewhere`` are the first lines of other ones; ``before`` are the
    diagnoses of the step before. ``claim`` makes the claim that two sides stand in a relation; ``settle`` judges it,
    ``prove`` does so without any values of its sides.
    ``scope`` says for what part of the domain the step has been found to hold; ``latex`` is how the author wrote the
    line (or what was made of it, where he did not), ``written`` how he wrote others; ``alone`` says that the left
    side is the author's too, of the same step; ``worked_out``: it is not the author's, but what should stand there.
    ``said`` tells what a claim's problem says of its variables.
    """

    lhs: Content
    relation: Relation
    rhs: Content
    claim: ClaimOf
    settle: Callable[[Claim], Judgement]
    prove: Callable[[Claim], Judgement]
    lines: tuple[Content, ...] = ()
    elsewhere: tuple[Elsewhere, ...] = ()
    before: tuple[Diagnosis, ...] = ()
    scope: str = ""
    latex: str = ""
    written: tuple[tuple[str, Expr], ...] = ()
    alone: bool = False
    worked_out: bool = False
    seed: int = 0
    said: Callable[[Claim], tuple[Proposition, ...]] = lambda claim: ()
