"""Worker processes with hard limits on time and memory. Knows nothing of mathematics.

Python signals do not interrupt C code, and FLINT aborts the process when memory runs out. So the checks run in forked
workers, and the parent enforces the limits: a worker announces each check before it begins and sends its evidence when
it ends. If a check takes too long, or the worker dies in it, the parent kills the worker and a new one does the same
task again, with the finished checks *replayed* from the parent's memory and the fatal one answered by UNDECIDED.

:func:`run` does a list of tasks; :class:`Pool` takes them one by one, as an executor of ``concurrent.futures`` does.
Everything happens in the calling thread, while it waits for a result: beside threads it would be unsafe to fork.
"""

from __future__ import annotations

import contextlib
import os
import selectors
import signal
import sys
import tempfile
import time
import warnings
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from enum import Enum
from multiprocessing.connection import Connection, Pipe
from typing import IO, Any, Generic, TypeVar

from verify.config import Guard, Settings
from verify.frozen import dataclass
from verify.model import Evidence
from verify.worker import OUT_OF_MEMORY, become_worker, undecided

T = TypeVar("T")
R = TypeVar("R")

SILENCE = 60.0
"""How many seconds a task may at least be silent between two checks, or after its last."""

WORN = 500
"""After so many tasks a worker makes way for a new one: what libraries remember grows without bound."""

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
    task: Future[Any] | None = None
    kin: object = None  # of its last task
    check: str | None = None
    since: float = 0.0
    deadline: float = float("inf")
    finished: int = 0


class TaskError(RuntimeError):
    """A task raised, hung or died *between* its checks; the text says which."""


class Future(Generic[R]):
    """The result of a task that is under way, like that of ``concurrent.futures``."""

    def __init__(self, pool: Pool, payload: Any, tell: Callable[[Phase, str], None], kin: object) -> None:
        self._pool = pool
        self.payload = payload
        self.tell = tell
        self.kin = kin
        self.checks: dict[str, Evidence | None] | None = None  # those that are finished; None before the start
        self._answer: tuple[bool, Any] | None = None

    def done(self) -> bool:
        """Whether there is a result, a failure, or a cancellation."""
        return self._answer is not None

    def result(self, timeout: float | None = None) -> R:
        """Wait for the result.

        Raises:
            TaskError: the task raised, hung or died between its checks, or was cancelled.
            TimeoutError: it took longer than ``timeout`` seconds.
        """
        until = time.monotonic() + timeout if timeout is not None else float("inf")
        while self._answer is None:
            if time.monotonic() >= until:
                raise TimeoutError
            self._pool.turn(until)
        succeeded, content = self._answer
        if not succeeded:
            raise TaskError(content)
        result: R = content
        return result

    def cancel(self) -> bool:
        """Do not begin the task; ``False`` if it has begun already."""
        return self._pool.withdraw(self)

    def settle(self, succeeded: bool, content: Any) -> None:
        """For the pool: the result, or why there is none."""
        self._answer = (succeeded, content)
        self.checks = None
        self.tell(Phase.FINISHED, "")


def run(
    tasks: Sequence[T],
    work: Callable[[T, Guard], R],
    *,
    settings: Settings,
    on_event: Callable[[Event], None] | None = None,
    failed: Callable[[T, str], R],
    kin: Callable[[T], object] = lambda task: None,
    meanwhile: Callable[[], Callable[[R], object] | None] = lambda: None,
) -> list[R]:
    """``work(task, guard)`` for every task, in ``settings.jobs`` workers; the results in the order of the tasks.

    Args:
        work: does one task, each of its checks through the guard, under a name that is unique in the task (its last
            part, after ``/``, is the name of the check). It may be begun several times, so a check's evidence must be
            its only effect.
        on_event: is told of progress, in the calling thread.
        failed: the result of a task that raised, hung or died *between* its checks, and the reason.
        kin: tasks of equal kin have much in common, of which a worker that does them one after the other remembers
            what it has computed.
        meanwhile: is called once, when the workers have something to do; what it returns, if anything, is then called
            with every result as it comes, while the workers are at the others.

    Raises:
        PoolError: processes cannot be forked here.
    """

    finished: list[int] = []

    def listener(position: int) -> Callable[[Phase, str], None]:
        def tell(phase: Phase, detail: str) -> None:
            if phase is Phase.FINISHED:
                finished.append(position)
            if on_event:
                on_event(Event(phase, position, detail))

        return tell

    # The workers inherit the tasks and are told their positions: a task need not be one that can be sent.
    with Pool(settings, lambda position, guard: work(tasks[position], guard), most=len(tasks)) as pool:
        futures: list[Future[R]] = [
            pool.enter(position, listener(position), kin(task)) for position, task in enumerate(tasks)
        ]
        pool.employ()
        use = meanwhile()
        results: dict[int, R] = {}
        while len(results) < len(tasks):
            pool.turn()
            for position in finished:
                try:
                    results[position] = futures[position].result()
                except TaskError as error:
                    results[position] = failed(tasks[position], str(error))
                if use is not None:
                    use(results[position])
            finished.clear()
        return [results[position] for position in range(len(tasks))]


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
        self.workers: list[_Worker] = []
        self.links = selectors.PollSelector()  # of all workers; no descriptor of its own, which they would inherit
        self.waiting: deque[Future[Any]] = deque()

    def __enter__(self) -> Pool:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def submit(self, function: Callable[..., R], /, *args: Any) -> Future[R]:
        """Have ``function(*args, guard)`` called in a worker; function and arguments must be such as can be pickled."""
        future = self.enter((function, args), lambda phase, detail: None)
        self.employ()
        return future

    def enter(self, payload: Any, tell: Callable[[Phase, str], None], kin: object = None) -> Future[Any]:
        """Have ``work(payload, guard)`` done; ``tell`` hears of its phases, ``kin`` is as in :func:`run`.

        It begins with :meth:`employ`, or while someone waits for a result.
        """
        future: Future[Any] = Future(self, payload, tell, kin)
        self.waiting.append(future)
        return future

    def withdraw(self, future: Future[Any]) -> bool:
        """Take a task back that has not begun."""
        if future not in self.waiting or future.checks is not None:
            return False
        self.waiting.remove(future)
        future.settle(False, "cancelled")
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
            elif time.monotonic() >= worker.deadline and not worker.link.poll():
                self._overdue(worker)
        self.employ()

    def employ(self) -> None:
        """Give what is waiting to workers that are free, or new."""
        while self.waiting:
            free = next((worker for worker in self.workers if worker.task is None), None)
            if free is None:
                if len(self.workers) >= self.size:
                    return
                free = self._start()
            self._assign(free, self._next(free))

    def _next(self, worker: _Worker) -> Future[Any]:
        """What waits longest: of the kin of the worker's last task, else of a kin that no other is at, else of all."""
        elsewhere = {other.kin for other in self.workers if other is not worker}
        choices = (
            next((task for task in self.waiting if task.kin == worker.kin), None),
            next((task for task in self.waiting if task.kin not in elsewhere), None),
        )
        task = next(filter(None, choices), self.waiting[0])
        self.waiting.remove(task)
        return task

    def close(self) -> None:
        """End all workers, at once."""
        for worker in self.workers:
            _kill(worker.pid)
        while self.workers:
            self._bury(self.workers[-1])

    def _start(self) -> _Worker:
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
                    self.work,
                    theirs,
                    parent=parent,
                    memory=self.settings.memory,
                    output=output,
                    others=[ours, *(worker.link for worker in self.workers)],
                )
            worker = _Worker(pid, ours, output)
            self.workers.append(worker)
            self.links.register(ours, selectors.EVENT_READ)
        theirs.close()
        return worker

    def _assign(self, worker: _Worker, task: Future[Any]) -> None:
        if task.checks is None:
            task.checks = {}
            task.tell(Phase.STARTED, "")
        worker.task, worker.kin = task, task.kin
        self._between_checks(worker)
        with contextlib.suppress(OSError):  # a worker that died while it was free is noticed when it is heard
            worker.link.send((task.payload, task.checks))

    def _between_checks(self, worker: _Worker) -> None:
        worker.check, worker.since = None, time.monotonic()
        worker.deadline = worker.since + max(SILENCE, 3 * self.settings.timeout)

    def _hear(self, worker: _Worker) -> None:
        """Take one message."""
        try:
            kind, *content = worker.link.recv()
        except (EOFError, OSError):
            self._end(worker, self._bury(worker))
            return
        task = worker.task
        assert task is not None and task.checks is not None
        if kind == "begins":
            worker.check, worker.since = content[0], time.monotonic()
            worker.deadline = worker.since + self.settings.timeout
        elif kind == "ends":
            task.checks[content[0]] = content[1]
            self._between_checks(worker)
        else:
            worker.task, worker.check, worker.deadline = None, None, float("inf")
            worker.finished += 1
            if worker.finished >= WORN:
                self._bury(worker)
            task.settle(kind == "done", content[0])

    def _overdue(self, worker: _Worker) -> None:
        seconds = worker.deadline - worker.since
        self._bury(worker)
        self._end(worker, f"time limit, {seconds:g} s")

    def _end(self, worker: _Worker, reason: str) -> None:
        """The worker is dead: answer the check it was in, or, if it was in none, give the task up."""
        task = worker.task
        if task is None:
            return
        assert task.checks is not None
        if worker.check is None:
            task.settle(False, f"{reason}, between two checks")
            return
        seconds = time.monotonic() - worker.since
        task.checks[worker.check] = undecided(worker.check, reason, seconds)
        self.waiting.appendleft(task)  # to be begun again
        task.tell(Phase.STOPPED, f"{worker.check}: {reason}")

    def _bury(self, worker: _Worker) -> str:
        """Kill the process if it lives, and leave no zombie; why it died, if it did so by itself."""
        _kill(worker.pid)
        try:
            code = os.waitstatus_to_exitcode(os.waitpid(worker.pid, 0)[1])
        except ChildProcessError:  # whoever started this program has it ignore SIGCHLD
            code = -signal.SIGKILL
        self.workers.remove(worker)
        self.links.unregister(worker.link)
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
