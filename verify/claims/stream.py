"""All lines of the input answered in order, a window of them at a time."""

from __future__ import annotations

import json
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from typing import IO, Any, Protocol, TypeVar

from verify.claims.answer import Answer, answer, unreadable
from verify.claims.lines import Ids, Line, identify, lines
from verify.config import Settings
from verify.frozen import dataclass
from verify.pool import TaskError

R_co = TypeVar("R_co", covariant=True)

WINDOW = 16  # lines in flight for each worker


class Awaited(Protocol[R_co]):
    """A result that is under way, as in ``concurrent.futures``."""

    def result(self, timeout: float | None = None) -> R_co: ...

    def cancel(self) -> bool: ...


class Executor(Protocol):
    """Whatever does the work: the local pool, or a cluster's.

    The function is called with the arguments and a guard for its checks, somewhere, once or several times. Function,
    arguments and result can be pickled.
    """

    def submit(self, function: Callable[..., Answer], /, *args: Any) -> Awaited[Answer]: ...


class ResumeError(ValueError):
    """The output that is to be continued does not belong to the input."""


@dataclass(frozen=True)
class Progress:
    """How far it is: lines answered, bytes of the input taken, and the last verdict."""

    lines: int
    read: int
    verdict: str


def run(
    source: IO[bytes],
    executor: Executor,
    settings: Settings,
    window: int,
    done: Iterable[bytes] = (),
    on_progress: Callable[[Progress], None] = lambda progress: None,
) -> Iterator[Answer]:
    """The answers to all lines of the input, in order, each as soon as it and all before it are there.

    Args:
        window: how many lines may be in flight.
        done: the lines of an earlier output, which are not answered again.

    Raises:
        ResumeError: ``done`` is not what an earlier run made of the beginning of this input.
    """
    ids = Ids()
    waiting: deque[tuple[Line, str | None, Awaited[Answer] | str]] = deque()
    stream = lines(source)
    for number, earlier in enumerate(done, 1):
        line = next(stream, None)
        if line is None:
            raise ResumeError(f"it has more lines than the input, whose last is line {number - 1}")
        _compare(number, earlier, identify(line, ids)[0])
        on_progress(Progress(number, line.end, ""))
    try:
        for line in stream:
            name, why = identify(line, ids)
            waiting.append((line, name, why or executor.submit(answer, line.content, name, settings)))
            if len(waiting) >= window:
                yield _next(waiting, on_progress)
        while waiting:
            yield _next(waiting, on_progress)
    finally:
        for _, _, pending in waiting:
            if not isinstance(pending, str):
                pending.cancel()


def _next(
    waiting: deque[tuple[Line, str | None, Awaited[Answer] | str]], on_progress: Callable[[Progress], None]
) -> Answer:
    line, name, pending = waiting[0]
    if isinstance(pending, str):
        found = unreadable(name, pending)
    else:
        try:
            found = pending.result()
        except TaskError as error:
            found = unreadable(name, str(error))
    waiting.popleft()
    on_progress(Progress(line.number, line.end, found["verdict"]))
    return found


def _compare(number: int, earlier: bytes, name: str | None) -> None:
    try:
        fields = json.loads(earlier)
    except ValueError:
        fields = None
    if not isinstance(fields, dict) or "verdict" not in fields:
        raise ResumeError(f"its line {number} is not a verdict")
    if fields.get("id") != name:
        raise ResumeError(f"its line {number} is about {fields.get('id')!r}, that of the input about {name!r}")
