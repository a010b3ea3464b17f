"""The lines of the input, each with the id of the claim that it makes; a line that is too long is not taken in."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from typing import IO

from verify.frozen import dataclass

LONGEST = 8 << 20  # bytes of one line


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
