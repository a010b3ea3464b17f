"""A worker process as its parent sees it: started, given a task, listened to, and in the end buried."""

from __future__ import annotations

import contextlib
import os
import signal
import sys
import tempfile
import time
import warnings
from collections.abc import Callable, Iterable, Iterator
from typing import Any

from verify.config import Guard, Settings
from verify.pool.link import Link, pair
from verify.pool.task import Task
from verify.pool.worker import OUT_OF_MEMORY, become_worker

SILENCE = 60.0
"""How many seconds a task may at least be silent between two checks, or after its last."""

BEHIND = 4
"""How many times its limit a check may take on the clock: a machine that is busy does not change a verdict."""

_COMPLAINTS = ("allocate", "bad_alloc", "out of memory", "not enough memory")


class WorkerProcess:
    """A living child process: the task it is at, the check it is in, and until when that may take.

    Who starts one has flushed stdout and stderr, lest the child write the parent's buffers once more.

    Args:
        work: does what it is given, as in :class:`verify.pool.Pool`.
        settings: the limits.
        others: the parent's ends of the pipes to other workers, which this one inherits.
    """

    def __init__(self, work: Callable[[Any, Guard], Any], settings: Settings, others: Iterable[Link]) -> None:
        self.settings = settings
        self.link, theirs = pair()
        self.task: Task | None = None  # when it is free
        self.kin: object = None  # of its last task
        self.check: str | None = None
        self.since = 0.0
        self.deadline = float("inf")
        self.finished = 0  # how many tasks it has done
        self._output = tempfile.TemporaryFile()  # noqa: SIM115  # closed when the worker is buried
        parent = os.getpid()
        with warnings.catch_warnings():
            # Python warns of a fork beside other threads; the only ones are those of NumPy's BLAS, which survive it.
            warnings.simplefilter("ignore", DeprecationWarning)
            self.pid = os.fork()
        if self.pid == 0:
            become_worker(
                work,
                theirs,
                parent=parent,
                memory=settings.memory,
                seconds=settings.timeout,
                output=self._output,
                others=[self.link, *others],
            )
        theirs.close()

    def give(self, task: Task) -> None:
        """Have a task done; of its checks those that are finished are not done again."""
        task.begin()
        self.task, self.kin = task, task.kin
        self._between_checks()
        with contextlib.suppress(OSError):  # a worker that died while it was free is noticed when it is heard
            self.link.send((task.payload, task.checks))

    def hear(self) -> tuple[bool, Any] | None:
        """Take one message; how the task ended, if that is what it says.

        Raises:
            EOFError, OSError: the process is dead.
        """
        kind, *content = self.link.recv()
        assert self.task is not None and self.task.checks is not None
        if kind == "begins":
            self.check, self.since = content[0], time.monotonic()
            self.deadline = self.since + BEHIND * self.settings.timeout
            return None
        if kind == "ends":
            self.task.checks[content[0]] = content[1]
            self._between_checks()
            return None
        self.task, self.check, self.deadline = None, None, float("inf")
        self.finished += 1
        return kind == "done", content[0]

    def _between_checks(self) -> None:
        self.check, self.since = None, time.monotonic()
        self.deadline = self.since + max(SILENCE, 3 * self.settings.timeout)

    @property
    def limit(self) -> str:
        """The limit on what it is doing, for a person."""
        seconds = self.deadline - self.since if self.check is None else self.settings.timeout
        return f"time limit, {seconds:g} s"

    def overdue(self) -> bool:
        """Whether its time is over and it has nothing to say."""
        return time.monotonic() >= self.deadline and not self.link.poll()

    def kill(self) -> None:
        """End the process, if it lives."""
        with contextlib.suppress(ProcessLookupError):
            os.kill(self.pid, signal.SIGKILL)

    def wait(self) -> int:
        """The exit code of the dead process, of which no zombie is left."""
        try:
            return os.waitstatus_to_exitcode(os.waitpid(self.pid, 0)[1])
        except ChildProcessError:  # whoever started this program has it ignore SIGCHLD
            return -signal.SIGKILL

    def close(self, code: int) -> str:
        """Why it died, if it did so by itself; what it said is passed on if nothing else explains it."""
        self.link.close()
        with self._output as output:
            output.seek(max(0, output.seek(0, os.SEEK_END) - 4096))
            said = output.read().decode(errors="replace")
        if code == -signal.SIGPROF:
            return self.limit
        if code == OUT_OF_MEMORY or (code < 0 and any(word in said.lower() for word in _COMPLAINTS)):
            return f"memory limit, {self.settings.memory} MiB"
        sys.stderr.write(said)
        return f"the worker process died ({f'signal {-code}' if code < 0 else f'exit status {code}'})"


@contextlib.contextmanager
def no_interrupt() -> Iterator[None]:
    """Hold Ctrl-C back, so that it finds a new child either not yet there or already on the list."""
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)
