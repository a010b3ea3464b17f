"""Claims in bulk: a stream of lines in, one verdict a line out, in the same order, as it goes.

Only a window of lines is in memory at any time. Everything that may take long or go wrong, reading included, happens in
an executor (the local worker processes, or whatever else has ``submit``), one task a line.
"""

from __future__ import annotations

import json
import sqlite3
import time
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from typing import IO, Any, Protocol, TypeVar

from verify.config import Guard, Settings
from verify.frozen import dataclass
from verify.model import Claim, Evidence, Judgement, Verdict, Witness
from verify.pool import TaskError

R_co = TypeVar("R_co", covariant=True)
Answer = dict[str, Any]

LONGEST = 8 << 20  # bytes of one line
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


# -- one line ------------------------------------------------------------------------------------------------------


def answer(line: bytes, name: str | None, settings: Settings, guard: Guard) -> Answer:
    """The verdict on one line. Called in a worker; what it says depends on nothing but the arguments."""
    from verify.ladder import settle
    from verify.read import ReadError
    from verify.read.claims import claim, record

    began = time.perf_counter()
    claims: list[Claim] = []

    def read() -> Evidence | None:
        """Reading is a check too: SymPy may take any time over what it is given."""
        try:
            claims.append(claim(record(line)))
        except ReadError as error:
            return Evidence("read", Verdict.UNDECIDED, str(error))
        return None

    failure = guard(f"{name}/read", read)
    if failure is not None:
        judgement = Judgement(Verdict.UNDECIDED, reason=f"cannot be read: {failure.detail}", evidence=(failure,))
        return _answer(name, judgement, failure.seconds or time.perf_counter() - began)
    judgement = settle(claims[0] if claims else claim(record(line)), settings, guard)
    spent = sum(evidence.seconds for evidence in judgement.evidence)  # in other workers too, that were ended
    return _answer(name, judgement, max(spent, time.perf_counter() - began))


def unreadable(name: str | None, reason: str) -> Answer:
    """The verdict on a line that is no claim, or could not be worked on."""
    return _answer(name, Judgement(Verdict.UNDECIDED, reason=reason), 0.0)


def _answer(name: str | None, judgement: Judgement, seconds: float) -> Answer:
    deciding = next((e.check for e in judgement.evidence if e.verdict is judgement.verdict), "")
    return {
        "id": name,
        "verdict": judgement.verdict.value,
        "scope": judgement.scope,
        "check": deciding,
        "witness": _witness(judgement.witness),
        "reason": judgement.reason,
        "seconds": round(seconds, 4),
    }


def _witness(witness: Witness | None) -> dict[str, Any] | None:
    if witness is None:
        return None
    return {"point": dict(witness.point), "lhs": witness.lhs, "rhs": witness.rhs, "note": witness.note}


# -- all lines -----------------------------------------------------------------------------------------------------


@dataclass
class Line:
    """One line of the input: its number from 1, its bytes (``None`` where it is too long), and where it ends."""

    number: int
    content: bytes | None
    end: int


def lines(source: IO[bytes]) -> Iterator[Line]:
    """The lines of the input, of which a long one is not taken into memory."""
    number = end = 0
    while chunk := source.readline(LONGEST + 1):
        number, end = number + 1, end + len(chunk)
        content: bytes | None = chunk
        if len(chunk) > LONGEST:
            content = None
            while not chunk.endswith(b"\n") and (chunk := source.readline(LONGEST)):
                end += len(chunk)
        yield Line(number, content, end)


class Ids:
    """Which ids have occurred, and on which line. On disk as far as they do not fit a small cache."""

    def __init__(self) -> None:
        self._table = sqlite3.connect("")
        self._table.execute("CREATE TABLE ids (id BLOB PRIMARY KEY, line INTEGER) WITHOUT ROWID")

    def first(self, id: str, line: int) -> int:
        """The line on which the id occurred first, which may be this one."""
        key = id.encode("utf-8", "surrogatepass")
        self._table.execute("INSERT OR IGNORE INTO ids VALUES (?, ?)", (key, line))
        number: int = self._table.execute("SELECT line FROM ids WHERE id = ?", (key,)).fetchone()[0]
        return number


def identify(line: Line, ids: Ids) -> tuple[str | None, str]:
    """The id of a line, and why it is no claim (empty where it is one)."""
    from verify.read.claims import RecordError, record

    if line.content is None:
        return None, f"line {line.number}: longer than {LONGEST} bytes"
    try:
        id = record(line.content).id
    except RecordError as error:
        return error.id, f"line {line.number}: {error}"
    first = ids.first(id, line.number)
    return id, f"line {line.number}: the id occurred on line {first} already" if first != line.number else ""


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


def text(found: Answer) -> bytes:
    """An answer as one line of JSON."""
    try:
        return (json.dumps(found, ensure_ascii=False) + "\n").encode()
    except UnicodeEncodeError:  # half a surrogate pair in an id
        return (json.dumps(found) + "\n").encode()
