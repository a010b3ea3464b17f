"""A task on its way through the pool: what is to be done, which of its checks are finished, and how it ended."""

from __future__ import annotations

from collections.abc import Callable
from enum import Enum
from typing import Any

from verify.model import Evidence


class Phase(Enum):
    """What is told of a task that is under way."""

    STARTED = "started"
    STOPPED = "stopped"  # a check was ended at a limit, or its worker died; the task goes on in a new worker
    FINISHED = "finished"


class TaskError(RuntimeError):
    """A task raised, hung or died *between* its checks, or was cancelled; the text says which."""


class Task:
    """What the pool remembers of a task.

    Args:
        payload: what is to be done, as it is sent to a worker.
        tell: hears of each phase, and why a check was stopped.
        kin: tasks of equal kin have much in common, of which a worker that does them one after the other remembers
            what it has computed.

    ``checks`` is the evidence of the checks that are finished; ``None`` before the task has begun and when it is over.
    """

    def __init__(self, payload: Any, tell: Callable[[Phase, str], None], kin: object = None) -> None:
        self.payload = payload
        self.tell = tell
        self.kin = kin
        self.checks: dict[str, Evidence | None] | None = None
        self._outcome: tuple[bool, Any] | None = None

    @property
    def settled(self) -> bool:
        """Whether there is a result, a failure, or a cancellation."""
        return self._outcome is not None

    def begin(self) -> None:
        """A worker takes it, for the first time or after another one died in it."""
        if self.checks is None:
            self.checks = {}
            self.tell(Phase.STARTED, "")

    def settle(self, succeeded: bool, content: Any) -> None:
        """It ended: with this result, or for this reason without one."""
        self._outcome = (succeeded, content)
        self.checks = None
        self.tell(Phase.FINISHED, "")

    def result(self) -> Any:
        """The result of a settled task.

        Raises:
            TaskError: there is none.
        """
        assert self._outcome is not None
        succeeded, content = self._outcome
        if not succeeded:
            raise TaskError(content)
        return content
