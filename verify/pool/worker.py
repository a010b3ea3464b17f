"""What happens inside a worker process: a task at a time, each check between two messages.

A worker tells ``("begins", check)``, ``("ends", check, evidence)``, then ``("done", result)`` or ``("failed", why)``.
It is told the task and the evidence of the checks that are already finished. It needs no farewell: whatever happens, it
ends by SIGKILL, by its own death, or with its parent.
"""

from __future__ import annotations

import contextlib
import ctypes
import gc
import os
import pickle
import signal
import sys
import time
from collections.abc import Callable, Iterable
from typing import IO, Any, NoReturn

from verify.config import Guard
from verify.model import Evidence, Verdict
from verify.pool.link import Link

OUT_OF_MEMORY = 77
"""The exit status by which a worker says so; libraries say it on stderr and abort."""

_PR_SET_PDEATHSIG = 1


def become_worker(
    work: Callable[[Any, Guard], Any],
    link: Link,
    *,
    parent: int,
    memory: int,
    seconds: float,
    output: IO[bytes],
    others: Iterable[Link],
) -> NoReturn:
    """What a forked child does instead of returning into its parent's code.

    Args:
        work: does a task; what it needs besides was inherited by the fork.
        parent: the process to die with.
        memory: how many MiB it may use besides what it uses now.
        seconds: how much processor time a check may take; who takes more is killed by SIGPROF.
        output: takes whatever is written to stdout and stderr.
        others: inherited ends of pipes, which would stay open here when the parent dies.
    """
    status = 1
    try:
        signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for the parent, who kills
        signal.signal(signal.SIGTERM, signal.SIG_DFL)
        signal.signal(signal.SIGPROF, signal.SIG_DFL)
        signal.pthread_sigmask(signal.SIG_UNBLOCK, {signal.SIGINT, signal.SIGPROF})
        _die_with(parent)
        for other in others:
            other.close()
        for descriptor in (1, 2):
            os.dup2(output.fileno(), descriptor)
        sys.stdout = sys.stderr = open(2, "w", buffering=1, errors="replace", closefd=False)  # noqa: SIM115
        gc.freeze()  # do not touch, and so copy, what is shared with the parent
        _limit_memory(memory)
        while True:
            _do_task(work, link, seconds)
    except MemoryError:
        status = OUT_OF_MEMORY
    except (EOFError, OSError):  # the parent is gone
        status = 0
    finally:
        os._exit(status)


def _do_task(work: Callable[[Any, Guard], Any], link: Link, seconds: float) -> None:
    task, finished = link.recv()
    try:
        message = pickle.dumps(("done", work(task, _guard(link, finished, seconds))))
    except MemoryError:
        raise
    except Exception as error:
        message = pickle.dumps(("failed", f"internal error: {type(error).__name__}: {error}"))
    link.send_bytes(message)


def _guard(link: Link, finished: dict[str, Evidence | None], seconds: float) -> Guard:
    """The guard of one task: runs a check between two messages to the parent, or replays its evidence."""
    inside = False

    def guard(name: str, check: Callable[[], Evidence | None]) -> Evidence | None:
        nonlocal inside
        if inside:  # a check within a check: the outer one's limits hold
            return check()
        if name in finished:
            return finished[name]
        link.send(("begins", name))
        inside, began = True, time.monotonic()
        signal.setitimer(signal.ITIMER_PROF, seconds)
        try:
            evidence = check()
            message = pickle.dumps(("ends", name, evidence))
        except MemoryError:
            os._exit(OUT_OF_MEMORY)  # what is left may be in any state
        except Exception as error:
            reason = f"internal error in this check: {type(error).__name__}: {error}"
            evidence = undecided(name, reason, time.monotonic() - began)
            message = pickle.dumps(("ends", name, evidence))
        finally:
            signal.setitimer(signal.ITIMER_PROF, 0)
            inside = False
        link.send_bytes(message)
        return evidence

    return guard


def undecided(name: str, reason: str, seconds: float) -> Evidence:
    """What is known of a check that could not finish."""
    return Evidence(check=name.rsplit("/", 1)[-1], verdict=Verdict.UNDECIDED, detail=reason, seconds=seconds)


def _die_with(parent: int) -> None:
    """Be killed when the parent dies, however that happens (Linux; elsewhere the closed pipe tells, after a check)."""
    with contextlib.suppress(OSError, AttributeError):
        ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signal.SIGKILL)
    if os.getppid() != parent:
        os._exit(0)


def _limit_memory(mebibytes: int) -> None:
    """Limit this process to so much more memory than it uses now; and no core dumps, which take seconds."""
    import resource

    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    try:
        with open("/proc/self/statm", encoding="ascii") as statm:
            used = int(statm.read().split()[0]) * resource.getpagesize()
    except OSError:  # not Linux: address space cannot be limited reliably
        return
    _, hard = resource.getrlimit(resource.RLIMIT_AS)
    limit = used + (mebibytes << 20)
    resource.setrlimit(resource.RLIMIT_AS, (limit if hard == resource.RLIM_INFINITY else min(limit, hard), hard))
