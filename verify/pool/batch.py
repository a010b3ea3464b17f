"""A list of tasks done by a pool, with its progress told and the results in the order of the list."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import TypeVar

from verify.config import Guard, Settings
from verify.frozen import dataclass
from verify.pool.executor import Pool
from verify.pool.task import Phase, Task, TaskError

T = TypeVar("T")
R = TypeVar("R")


@dataclass(frozen=True)
class Event:
    """Progress, for a display: the task at ``position`` changed its phase; ``detail`` says why it was stopped."""

    phase: Phase
    position: int
    detail: str = ""


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
        kin: as in :class:`verify.pool.task.Task`.
        meanwhile: is called once, when the workers have something to do; what it returns, if anything, is then called
            with every result as it comes, while the workers are at the others.

    Raises:
        PoolError: processes cannot be forked here.
    """
    finished: list[int] = []

    def tell(position: int, phase: Phase, detail: str) -> None:
        if phase is Phase.FINISHED:
            finished.append(position)
        if on_event:
            on_event(Event(phase, position, detail))

    # The workers inherit the tasks and are told their positions: a task need not be one that can be sent.
    with Pool(settings, lambda position, guard: work(tasks[position], guard), most=len(tasks)) as pool:
        entered = [Task(position, partial(tell, position), kin(task)) for position, task in enumerate(tasks)]
        for waiting in entered:
            pool.enter(waiting)
        pool.employ()
        use = meanwhile()
        results: dict[int, R] = {}
        while len(results) < len(tasks):
            pool.turn()
            for position in finished:
                try:
                    results[position] = entered[position].result()
                except TaskError as error:
                    results[position] = failed(tasks[position], str(error))
                if use is not None:
                    use(results[position])
            finished.clear()
        return [results[position] for position in range(len(tasks))]
