"""Claims in bulk: a stream of lines in, one verdict a line out, in the same order, as it goes.

Only a window of lines is in memory at any time. Everything that may take long or go wrong, reading included, happens in
an executor (the local worker processes, or whatever else has ``submit``), one task a line.
"""

from __future__ import annotations

from verify.claims.answer import Answer, answer, text, unreadable
from verify.claims.stream import WINDOW, Awaited, Executor, Progress, ResumeError, run

__all__ = [
    "WINDOW",
    "Answer",
    "Awaited",
    "Executor",
    "Progress",
    "ResumeError",
    "answer",
    "run",
    "text",
    "unreadable",
]
