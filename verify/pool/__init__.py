"""Worker processes with hard limits on time and memory. Knows nothing of mathematics.

Python signals do not interrupt C code, and FLINT aborts the process when memory runs out. So the checks run in forked
workers, and the parent enforces the limits: a worker announces each check before it begins and sends its evidence when
it ends. If a check takes too long, or the worker dies in it, the parent kills the worker and a new one does the same
task again, with the finished checks *replayed* from the parent's memory and the fatal one answered by UNDECIDED.

:func:`run` does a list of tasks; :class:`Pool` takes them one by one, as an executor of ``concurrent.futures`` does.
Everything happens in the calling thread, while it waits for a result: beside threads it would be unsafe to fork.
"""

from __future__ import annotations

from verify.pool.batch import Event, run
from verify.pool.executor import Future, Pool, PoolError
from verify.pool.task import Phase, TaskError

__all__ = ["Event", "Future", "Phase", "Pool", "PoolError", "TaskError", "run"]
