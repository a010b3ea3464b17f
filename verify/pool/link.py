"""What a worker and its parent tell each other: pickled messages through two pipes.

What ``multiprocessing`` has for this imports sockets and much else, for which every run would wait.
"""

from __future__ import annotations

import os
import pickle
import select
from typing import Any

_LENGTH = 8  # bytes that say how long a message is
_PIECE = 1 << 20


class Link:
    """One end: what it sends the other end receives, message by message."""

    def __init__(self, inward: int, outward: int) -> None:
        self._inward, self._outward = inward, outward

    def send(self, message: Any) -> None:
        """Send an object.

        Raises:
            OSError: nobody is there to receive it.
        """
        self.send_bytes(pickle.dumps(message))

    def send_bytes(self, message: bytes) -> None:
        """Send an object that is pickled already; it raises what :meth:`send` does."""
        left = memoryview(len(message).to_bytes(_LENGTH) + message)
        while left:
            left = left[os.write(self._outward, left) :]

    def recv(self) -> Any:
        """Wait for an object.

        Raises:
            EOFError: the other end is closed.
        """
        return pickle.loads(self._read(int.from_bytes(self._read(_LENGTH))))

    def _read(self, length: int) -> bytes:
        found = bytearray()
        while len(found) < length:
            piece = os.read(self._inward, min(length - len(found), _PIECE))
            if not piece:
                raise EOFError
            found += piece
        return bytes(found)

    def poll(self) -> bool:
        """Whether there is something to receive, be it the end."""
        waiting = select.poll()
        waiting.register(self._inward, select.POLLIN)
        return bool(waiting.poll(0))

    def fileno(self) -> int:
        """Where what is received arrives, to wait for it."""
        return self._inward

    def close(self) -> None:
        """Close this end."""
        os.close(self._inward)
        os.close(self._outward)


def pair() -> tuple[Link, Link]:
    """The two ends of a link."""
    (here, to_here), (there, to_there) = os.pipe(), os.pipe()
    return Link(here, to_there), Link(there, to_here)
