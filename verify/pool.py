"""Worker processes with hard limits on time and memory. Knows nothing of mathematics.

Python signals do not interrupt C code, and FLINT aborts the process when memory runs out. So the checks run in forked
workers, and the parent enforces the limits: a worker announces each check before it begins and sends its evidence when
it ends. If a check takes too long, or the worker dies in it, the parent kills the worker and a new one does the same
task again, with the finished checks *replayed* from the parent's memory and the fatal one answered by UNDECIDED.
"""

from __future__ import annotations

import contextlib
import os
import signal
import sys
import tempfile
import time
import warnings
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from enum import Enum
from multiprocessing.connection import Connection, Pipe, wait
from typing import IO, Generic, TypeVar

from verify.config import Guard, Settings
from verify.model import Evidence
from verify.worker import OUT_OF_MEMORY, become_worker, undecided

T = TypeVar("T")
R = TypeVar("R")

SILENCE = 60.0
"""How many seconds a task may at least be silent between two checks, or after its last."""

_COMPLAINTS = ("allocate", "bad_alloc", "out of memory", "not enough memory")


class PoolError(RuntimeError):
    """The limits cannot be enforced on this system."""


class Phase(Enum):
    """What an :class:`Event` reports of a task."""

    STARTED = "started"
    STOPPED = "stopped"  # a check was ended at a limit, or its worker died; the task goes on in a new worker
    FINISHED = "finished"


@dataclass(frozen=True)
class Event:
    """Progress, for a display: the task at ``position`` changed its phase; ``detail`` says why it was stopped."""

    phase: Phase
    position: int
    detail: str = ""


@dataclass
class _Worker:
    """A living child process, as its parent sees it. ``task`` is ``None`` when it is free."""

    pid: int
    link: Connection
    output: IO[bytes]
    task: int | None = None
    check: str | None = None
    since: float = 0.0
    deadline: float = float("inf")


def run(
    tasks: Sequence[T],
    work: Callable[[T, Guard], R],
    *,
    settings: Settings,
    on_event: Callable[[Event], None] | None = None,
    failed: Callable[[T, str], R],
) -> list[R]:
    """``work(task, guard)`` for every task, in ``settings.jobs`` workers; the results in the order of the tasks.

    Args:
        work: does one task, each of its checks through the guard, under a name that is unique in the task (its last
            part, after ``/``, is the name of the check). It may be begun several times, so a check's evidence must be
            its only effect.
        on_event: is told of progress, in the calling thread.
        failed: the result of a task that raised, hung or died *between* its checks, and the reason.

    Raises:
        PoolError: processes cannot be forked here.
    """
    if not hasattr(os, "fork"):
        raise PoolError("checks need POSIX processes (Linux, macOS, WSL) for their limits on time and memory")
    pool = _Pool(tasks, work, settings, on_event or (lambda event: None), failed)
    try:
        return pool.run()
    finally:
        pool.close()


@dataclass
class _Pool(Generic[T, R]):
    tasks: Sequence[T]
    work: Callable[[T, Guard], R]
    settings: Settings
    on_event: Callable[[Event], None]
    failed: Callable[[T, str], R]
    workers: list[_Worker] = field(default_factory=list)
    results: dict[int, R] = field(default_factory=dict)
    finished_checks: dict[int, dict[str, Evidence | None]] = field(default_factory=dict)

    def run(self) -> list[R]:
        waiting = deque(range(len(self.tasks)))
        size = min(self.settings.jobs or _processors(), len(self.tasks))
        while len(self.results) < len(self.tasks):
            while waiting and len(self.workers) < size:
                self._start()
            for worker in self.workers:
                if waiting and worker.task is None:
                    self._assign(worker, waiting.popleft())
            deadline = min(worker.deadline for worker in self.workers)
            patience = min(max(0.0, deadline - time.monotonic()), 3600.0)  # the system's clocks overflow
            ready = wait([worker.link for worker in self.workers], patience)
            for worker in list(self.workers):
                stopped = None
                if worker.link in ready:
                    stopped = self._hear(worker)
                elif time.monotonic() >= worker.deadline and not worker.link.poll():
                    stopped = self._overdue(worker)
                if stopped is not None:
                    waiting.appendleft(stopped)
        return [self.results[position] for position in range(len(self.tasks))]

    def close(self) -> None:
        """End all workers, at once."""
        for worker in self.workers:
            _kill(worker.pid)
        while self.workers:
            self._bury(self.workers[-1])

    def _start(self) -> None:
        ours, theirs = Pipe()
        output = tempfile.TemporaryFile()  # noqa: SIM115  # closed when the worker is buried
        for stream in (sys.stdout, sys.stderr):
            with contextlib.suppress(OSError, ValueError):
                stream.flush()  # lest the child write the parent's buffer once more
        parent = os.getpid()
        with _no_interrupt(), warnings.catch_warnings():
            # Python warns of a fork beside other threads; the only ones are those of NumPy's BLAS, which survive it.
            warnings.simplefilter("ignore", DeprecationWarning)
            pid = os.fork()
            if pid == 0:
                become_worker(
                    lambda position, guard: self.work(self.tasks[position], guard),
                    theirs,
                    parent=parent,
                    memory=self.settings.memory,
                    output=output,
                    others=[ours, *(worker.link for worker in self.workers)],
                )
            self.workers.append(_Worker(pid, ours, output))
        theirs.close()

    def _assign(self, worker: _Worker, position: int) -> None:
        finished = self.finished_checks.get(position)
        if finished is None:
            finished = self.finished_checks[position] = {}
            self.on_event(Event(Phase.STARTED, position))
        worker.task = position
        self._between_checks(worker)
        with contextlib.suppress(OSError):  # a worker that died while it was free is noticed when it is heard
            worker.link.send((position, finished))

    def _between_checks(self, worker: _Worker) -> None:
        worker.check, worker.since = None, time.monotonic()
        worker.deadline = worker.since + max(SILENCE, 3 * self.settings.timeout)

    def _hear(self, worker: _Worker) -> int | None:
        """Take one message; the position of a task that has to be begun again is returned."""
        try:
            kind, *content = worker.link.recv()
        except (EOFError, OSError):
            return self._end(worker, self._bury(worker))
        assert worker.task is not None
        if kind == "begins":
            worker.check, worker.since = content[0], time.monotonic()
            worker.deadline = worker.since + self.settings.timeout
        elif kind == "ends":
            self.finished_checks[worker.task][content[0]] = content[1]
            self._between_checks(worker)
        else:
            position, worker.task, worker.check, worker.deadline = worker.task, None, None, float("inf")
            self._finish(position, content[0] if kind == "done" else self.failed(self.tasks[position], content[0]))
        return None

    def _overdue(self, worker: _Worker) -> int | None:
        seconds = worker.deadline - worker.since
        self._bury(worker)
        return self._end(worker, f"time limit, {seconds:g} s")

    def _end(self, worker: _Worker, reason: str) -> int | None:
        """The worker is dead: answer the check it was in, or, if it was in none, give the task up."""
        if worker.task is None:
            return None
        if worker.check is None:
            self._finish(worker.task, self.failed(self.tasks[worker.task], f"{reason}, between two checks"))
            return None
        seconds = time.monotonic() - worker.since
        self.finished_checks[worker.task][worker.check] = undecided(worker.check, reason, seconds)
        self.on_event(Event(Phase.STOPPED, worker.task, f"{worker.check}: {reason}"))
        return worker.task

    def _finish(self, position: int, result: R) -> None:
        self.results[position] = result
        del self.finished_checks[position]
        self.on_event(Event(Phase.FINISHED, position))

    def _bury(self, worker: _Worker) -> str:
        """Kill the process if it lives, and leave no zombie; why it died, if it did so by itself."""
        _kill(worker.pid)
        try:
            code = os.waitstatus_to_exitcode(os.waitpid(worker.pid, 0)[1])
        except ChildProcessError:  # whoever started this program has it ignore SIGCHLD
            code = -signal.SIGKILL
        self.workers.remove(worker)
        worker.link.close()
        with worker.output as output:
            output.seek(max(0, output.seek(0, os.SEEK_END) - 4096))
            said = output.read().decode(errors="replace")
        if code == OUT_OF_MEMORY or (code < 0 and any(word in said.lower() for word in _COMPLAINTS)):
            return f"memory limit, {self.settings.memory} MiB"
        sys.stderr.write(said)
        return f"the worker process died ({f'signal {-code}' if code < 0 else f'exit status {code}'})"


def _kill(pid: int) -> None:
    with contextlib.suppress(ProcessLookupError):
        os.kill(pid, signal.SIGKILL)


def _processors() -> int:
    """How many processors this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


@contextlib.contextmanager
def _no_interrupt() -> Iterator[None]:
    """Hold Ctrl-C back, so that it finds a new child either not yet there or already on the list."""
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)
