"""Settings of a run: everything that may influence a verdict or a limit, in one frozen record."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeAlias

from verify.frozen import dataclass
from verify.model import Evidence


@dataclass(frozen=True)
class Settings:
    """``timeout`` is the limit of one check in seconds of processor time, ``memory`` that of one worker in MiB.

    ``forms``: a proof says which canonical form both sides have, and a line what it is as plain text. ``records``:
    proofs keep what they rest on, witnesses how to look at them again (reports that show these ask for them).
    ``rechecks``: the independent re-checker looks at every proof, too. ``thorough``: numbers look for counterexamples
    to what is proved as if it were not; without it they only confirm it. ``proved``: this is so now, a proof stands.
    ``refuted``: a counterexample stands; what might contradict it is asked once more, but does not search.
    """

    seed: int = 0
    timeout: float = 10.0
    memory: int = 4096
    jobs: int = 0  # 0: one worker a processor
    forms: bool = True
    records: bool = False
    rechecks: bool = False
    thorough: bool = False
    proved: bool = False
    refuted: bool = False


Guard: TypeAlias = Callable[[str, Callable[[], Evidence | None]], Evidence | None]
"""Runs one check under its name. The pool's guard lets it be killed at a limit and gives UNDECIDED instead."""


def unguarded(name: str, check: Callable[[], Evidence | None]) -> Evidence | None:
    """The guard of a run without worker processes: no limits."""
    return check()
