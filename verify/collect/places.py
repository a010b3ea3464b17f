"""How files are named to the reader."""

from __future__ import annotations

import contextlib
import os
from dataclasses import replace
from pathlib import Path

from verify.model import Derivation, Place


def shown(path: Path | str) -> str:
    """How a file is named to the reader: relative to the current folder when inside it, else absolute."""
    absolute = Path(os.path.abspath(path))
    with contextlib.suppress(OSError, ValueError):  # ValueError: it is elsewhere; OSError: there is no current folder
        return str(absolute.relative_to(Path.cwd()))
    return str(absolute)


def with_shown_places(derivation: Derivation) -> Derivation:
    """The same, with every file named as it is shown."""
    names: dict[str, str] = {}

    def place(of: Place) -> Place:
        if of.file not in names:
            names[of.file] = shown(of.file)
        return Place(names[of.file], of.line)

    start = derivation.start and replace(derivation.start, place=place(derivation.start.place))
    steps = tuple(replace(s, line=replace(s.line, place=place(s.line.place))) for s in derivation.steps)
    return replace(derivation, start=start, steps=steps, place=place(derivation.place))
