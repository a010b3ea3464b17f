"""What a report is shown on: how wide it is, which letters it has, whether it has colours; and lines as it takes them.

Colour only repeats what mark and word already say; where there is none, what is wrong in a line is pointed at from
beneath.
"""

from __future__ import annotations

import os
import shutil
import sys
from collections.abc import Iterable, Iterator
from io import StringIO
from typing import NamedTuple

from rich.cells import cell_len
from rich.text import Text

WRONG_STYLE = "underline red"
"""The style of the wrong part of a line."""


class Terminal(NamedTuple):
    """Its width in cells, the encoding of its letters, and whether it shows colours."""

    width: int
    encoding: str
    color: bool

    @classmethod
    def of(
        cls, width: int | None = None, encoding: str | None = None, color: bool | None = None, *, narrowest: int = 20
    ) -> Terminal:
        """One as it is wanted; what is ``None`` is as standard output has it."""
        width = max(narrowest, width or shutil.get_terminal_size((100, 24)).columns)
        return cls(width, encoding or sys.stdout.encoding or "utf-8", _colors() if color is None else color)

    def printed(self, lines: Iterable[Text]) -> str:
        """The lines as it takes them."""
        if not self.color:
            return "".join(f"{part}\n" for line in lines for part in _plain(line))
        from rich.console import Console  # only here: it takes long to import, and a pipe has no colours

        console = Console(
            file=StringIO(), width=self.width, color_system="standard", force_terminal=True, markup=False,
            highlight=False, emoji=False, legacy_windows=False, soft_wrap=True,
        )  # fmt: skip
        with console.capture() as capture:
            for line in lines:
                line.rstrip()
                console.print(line)
        return capture.get()


def _colors() -> bool:
    """Whether standard output shows colours, and nobody minds them."""
    return sys.stdout.isatty() and not os.environ.get("NO_COLOR") and os.environ.get("TERM") != "dumb"


def _plain(line: Text) -> Iterator[str]:
    """A line without colours, and what points at its wrong part."""
    line.rstrip()
    yield line.plain
    if carets := _carets(line):
        yield carets


def _carets(line: Text) -> str:
    """What stands beneath a line, where there is no colour, to point at its wrong part."""
    marks = [(span.start, span.end) for span in line.spans if span.style == WRONG_STYLE]
    under = ""
    for start, end in sorted(marks):
        under += " " * (cell_len(line.plain[:start]) - len(under)) + "^" * cell_len(line.plain[start:end])
    return under.rstrip()
