"""Which files there are, and the derivations of all of them."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator, Sequence
from pathlib import Path

from verify.collect.author import derivations_of
from verify.collect.places import shown
from verify.model import Derivation, LoadError

OWN = Path(__file__).resolve().parent.parent.parent / "derivations"
"""The project's own notes, read when no path is given."""


def collect(paths: Sequence[Path]) -> tuple[list[Derivation], list[LoadError]]:
    """The derivations of files and folders (all ``*.py`` below, but names that begin with ``_`` or ``.``), in order.

    Line 0 of an error stands for the whole file. Of two derivations with one id only the first is returned.
    """
    derivations: list[Derivation] = []
    errors: list[LoadError] = []
    seen: set[Path] = set()
    for path in paths or [OWN]:
        found, faults = _collect_path(path, seen)
        derivations += found
        errors += faults
    return _without_duplicates(derivations, errors), errors


def _collect_path(path: Path, seen: set[Path]) -> tuple[list[Derivation], list[LoadError]]:
    try:
        if path.is_dir():
            files, empty = list(_python_files(path)), "there is no derivation in this folder"
        elif not path.exists():
            name = "" if path.suffix == ".py" or len(path.parts) > 1 else " (of a step or derivation: -k or explain)"
            return [], [LoadError(str(path), 0, f"there is no such file or folder{name}")]
        elif path.suffix != ".py" or not path.is_file():
            return [], [LoadError(shown(path), 0, "this is not a Python file (*.py), nor a folder of them")]
        else:
            files, empty = [path], "there is no derivation(…) in this file"
    except (OSError, ValueError) as error:  # a name that is too long, a folder that may not be read, …
        return [], [LoadError(str(path), 0, str(error))]
    found: list[Derivation] = []
    faults: list[LoadError] = []
    repeated = False
    for file in files:
        resolved = file.resolve()
        if resolved in seen:
            repeated = True
            continue
        seen.add(resolved)
        more, wrong = derivations_of(resolved)
        found += more
        faults += wrong
    if not (found or faults or repeated):
        faults.append(LoadError(shown(path), 0, empty))
    return found, faults


def _python_files(folder: Path) -> Iterator[Path]:
    """All Python files below a folder, in natural order (eq2.py before eq10.py)."""
    below = []
    for parent, folders, names in os.walk(folder, onerror=_raise):
        folders[:] = [name for name in folders if not name.startswith(("_", "."))]
        below += [Path(parent, name) for name in names if name.endswith(".py") and not name.startswith(("_", "."))]
    return iter(sorted(below, key=lambda file: _natural(file.relative_to(folder))))


def _raise(error: OSError) -> None:
    raise error


def _natural(path: Path) -> list[list[tuple[int, str]]]:
    return [
        [(int(word), "") if word.isdecimal() else (-1, word.lower()) for word in re.split(r"(\d+)", part)]
        for part in path.parts
    ]


def _without_duplicates(derivations: Sequence[Derivation], errors: list[LoadError]) -> list[Derivation]:
    first: dict[str, Derivation] = {}
    for derivation in derivations:
        there = first.setdefault(derivation.id, derivation).place
        if first[derivation.id] is not derivation:
            here = derivation.place
            message = (
                f"the id {derivation.id!r} is taken already, at {there.file}:{there.line}; this one is not verified"
            )
            errors.append(LoadError(here.file, here.line, message))
    return list(first.values())
