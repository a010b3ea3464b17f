"""The pool itself: which worker does which task, what becomes of a task whose worker died, and the future results."""

from __future__ import annotations

import contextlib
import os
import selectors
import sys
import time
from collections import deque
from collections.abc import Callable
from typing import Any, Generic, TypeVar

from verify.config import Guard, Settings
from verify.pool.process import WorkerProcess, no_interrupt
from verify.pool.task import Phase, Task
from verify.pool.worker import undecided

R = TypeVar("R")

WORN = 500
"""After so many tasks a worker makes way for a new one: what libraries remember grows without bound."""


class PoolError(RuntimeError):
    """The limits cannot be enforced on this system."""


class Future(Generic[R]):
    """The result of a task that is under way, like that of ``concurrent.futures``."""

    def __init__(self, pool: Pool, task: Task) -> None:
        self._pool = pool
        self._task = task

    def done(self) -> bool:
        """Whether there is a result, a failure, or a cancellation."""
        return self._task.settled

    def result(self, timeout: float | None = None) -> R:
        """Wait for the result.

        Raises:
            TaskError: the task raised, hung or died between its checks, or was cancelled.
            TimeoutError: it took longer than ``timeout`` seconds.
        """
        until = time.monotonic() + timeout if timeout is not None else float("inf")
        while not self._task.settled:
            if time.monotonic() >= until:
                raise TimeoutError
            self._pool.turn(until)
        result: R = self._task.result()
        return result

    def cancel(self) -> bool:
        """Do not begin the task; ``False`` if it has begun already."""
        return self._pool.withdraw(self._task)


def _call(payload: tuple[Callable[..., Any], tuple[Any, ...]], guard: Guard) -> Any:
    function, args = payload
    return function(*args, guard)


class Pool:
    """Worker processes that take tasks one by one.

    Args:
        settings: how many workers, and the limits.
        work: does what was entered; for :meth:`submit` the default.
        most: more workers than this are never of use.

    Raises:
        PoolError: processes cannot be forked here.
    """

    def __init__(self, settings: Settings, work: Callable[[Any, Guard], Any] = _call, most: int = 1 << 16) -> None:
        if not hasattr(os, "fork"):
            raise PoolError("checks need POSIX processes (Linux, macOS, WSL) for their limits on time and memory")
        self.settings = settings
        self.work = work
        self.size = min(settings.jobs or _processors(), most)
        self.workers: list[WorkerProcess] = []
        self.links = selectors.PollSelector()  # of all workers; no descriptor of its own, which they would inherit
        self.waiting: deque[Task] = deque()

    def __enter__(self) -> Pool:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def submit(self, function: Callable[..., R], /, *args: Any) -> Future[R]:
        """Have ``function(*args, guard)`` called in a worker; function and arguments must be such as can be pickled."""
        task = Task((function, args), lambda phase, detail: None)
        self.enter(task)
        self.employ()
        return Future(self, task)

    def enter(self, task: Task) -> None:
        """Have a task done. It begins with :meth:`employ`, or while someone waits for a result."""
        self.waiting.append(task)

    def withdraw(self, task: Task) -> bool:
        """Take a task back that has not begun."""
        if task not in self.waiting or task.checks is not None:
            return False
        self.waiting.remove(task)
        task.settle(False, "cancelled")
        return True

    def turn(self, until: float = float("inf")) -> None:
        """Wait until a worker has something to say or is overdue, and attend to it."""
        self.employ()
        deadline = min((until, *(worker.deadline for worker in self.workers)))
        patience = min(max(0.0, deadline - time.monotonic()), 3600.0)  # the system's clocks overflow
        ready = {key.fileobj for key, _ in self.links.select(patience)}
        for worker in list(self.workers):
            if worker.link in ready:
                self._hear(worker)
            elif worker.overdue():
                self._stop(worker)
        self.employ()

    def employ(self) -> None:
        """Give what is waiting to workers that are free, or new."""
        while self.waiting:
            free = next((worker for worker in self.workers if worker.task is None), None)
            if free is None:
                if len(self.workers) >= self.size:
                    return
                free = self._start()
            free.give(self._next(free))

    def close(self) -> None:
        """End all workers, at once."""
        for worker in self.workers:
            worker.kill()
        while self.workers:
            self._bury(self.workers[-1])

    def _next(self, worker: WorkerProcess) -> Task:
        """What waits longest: of the kin of the worker's last task, else of a kin that no other is at, else of all."""
        elsewhere = {other.kin for other in self.workers if other is not worker}
        choices = (
            next((task for task in self.waiting if task.kin == worker.kin), None),
            next((task for task in self.waiting if task.kin not in elsewhere), None),
        )
        task = next(filter(None, choices), self.waiting[0])
        self.waiting.remove(task)
        return task

    def _start(self) -> WorkerProcess:
        for stream in (sys.stdout, sys.stderr):
            with contextlib.suppress(OSError, ValueError):
                stream.flush()
        with no_interrupt():
            worker = WorkerProcess(self.work, self.settings, [other.link for other in self.workers])
            self.workers.append(worker)
            self.links.register(worker.link, selectors.EVENT_READ)
        return worker

    def _hear(self, worker: WorkerProcess) -> None:
        """Take one message."""
        task = worker.task
        try:
            outcome = worker.hear()
        except (EOFError, OSError):
            self._go_on_without(worker, self._bury(worker))
            return
        if outcome is not None:
            if worker.finished >= WORN:
                self._bury(worker)
            assert task is not None
            task.settle(*outcome)

    def _stop(self, worker: WorkerProcess) -> None:
        """End a worker that is overdue."""
        self._bury(worker)
        self._go_on_without(worker, worker.limit)

    def _go_on_without(self, worker: WorkerProcess, reason: str) -> None:
        """The worker is dead: answer the check it was in, or, if it was in none, give the task up."""
        task = worker.task
        if task is None:
            return
        assert task.checks is not None
        if worker.check is None:
            task.settle(False, f"{reason}, between two checks")
            return
        task.checks[worker.check] = undecided(worker.check, reason, time.monotonic() - worker.since)
        self.waiting.appendleft(task)  # to be begun again
        task.tell(Phase.STOPPED, f"{worker.check}: {reason}")

    def _bury(self, worker: WorkerProcess) -> str:
        """Kill a worker if it lives; why it died, if it did so by itself."""
        worker.kill()
        code = worker.wait()
        self.workers.remove(worker)
        self.links.unregister(worker.link)
        return worker.close(code)


def _processors() -> int:
    """How many processors this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
