"""What else may have happened to a line with two slips: other pairs that make it, and single slips that explain it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import permutations

import numpy as np
from sympy import Expr

from benchmarks.slips.kinds import mutants
from benchmarks.slips.subjects import Subject
from verify.config import Guard, Settings
from verify.diagnose.search.screen import same_values
from verify.diagnose.search.values import FAILS
from verify.evaluate.sampling.space import Space
from verify.ladder import settle
from verify.model import Relation


def make(original: Expr, wrong: Expr, named: Sequence[str], beside: Sequence[Expr]) -> bool:
    """Whether two slips with these names make exactly this line of the original, one after the other.

    ``x·(y + 1)`` for ``1`` is a factor ``x`` and a term ``y`` too many, in whatever order they came in; of
    ``−(y + x·z)`` for ``x`` nobody can tell whether ``z`` has been multiplied first, or the sign been turned.
    """
    for first in mutants(original, beside):
        later = {other for one, other in permutations(named, 2) if one in first.codes[0]}
        if later and any(m.line == wrong and m.codes[0] & later for m in mutants(first.line, beside)):
            return True
    return False


def made_otherwise(subject: Subject, wrong: Expr, named: Sequence[str], guard: Guard) -> bool:
    """The same of the line of a step; where that takes longer than a check may, it is not known."""
    found: list[bool] = []

    def check() -> None:
        found.append(isinstance(subject.rhs, Expr) and make(subject.rhs, wrong, named, subject.beside))

    guard(f"{subject.id}/otherwise", check)
    return any(found)


def one_explains(subject: Subject, wrong: Expr, settings: Settings, guard: Guard) -> bool:
    """Whether a single slip, undone, makes the line true, though not the original: ``a = a + b``, for ``a = c``.

    Nobody who reads the line can know that there were two. Candidates are screened in floating point and then proved.
    Where that takes longer than a check may, none is known.
    """
    found: list[Expr] = []

    def check() -> None:
        found.extend(_single_repairs(subject, wrong, settings))

    guard(f"{subject.id}/one", check)
    return bool(found)


def _single_repairs(subject: Subject, wrong: Expr, settings: Settings) -> Iterator[Expr]:
    """The first true line that a single slip on a wrong line makes."""
    claim = subject.claim(subject.lhs, Relation.EQ, wrong)
    if not isinstance(subject.lhs, Expr):
        return
    for mutant in mutants(wrong, subject.beside):
        space = Space(claim.givens.symbols, claim.givens.constraints, (subject.lhs, wrong))
        try:
            with np.errstate(all="ignore"):
                alike = same_values(subject.lhs, mutant.line, space, settings.seed)
        except FAILS:
            continue
        if alike:
            mended = replace(subject.claim(subject.lhs, Relation.EQ, mutant.line), id=f"{claim.id}/one")
            if settle(mended, settings).verdict.holds:
                yield mutant.line
                return
