"""Find the derivations in an author's files.

An author's file is Python: to collect it is to run it. It may import its siblings by name, which are run too; what they
print goes to stderr. What cannot be used becomes a :class:`LoadError` at the author's own line, never a traceback,
and the rest is collected all the same.
"""

from __future__ import annotations

import contextlib
import os
import re
import sys
from collections.abc import Iterator, Sequence
from dataclasses import replace
from importlib.machinery import FileFinder, ModuleSpec, SourceFileLoader
from itertools import count
from pathlib import Path
from types import CodeType, ModuleType
from typing import Any

import sympy

from verify import notation
from verify.model import Derivation, LoadError, Place
from verify.notation import EncodingError, collecting

OWN = Path(__file__).resolve().parent.parent / "derivations"
"""The project's own notes, read when no path is given."""

_OURS = {"verify", "report", "derivations", "sympy", "mpmath", "numpy", "flint", "z3", "rich"}
_numbers = count()  # for module names; a file may be collected twice in one process, as tests do


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


def shown(path: Path | str) -> str:
    """How a file is named to the reader: relative to the current folder when inside it, else absolute."""
    absolute = Path(os.path.abspath(path))
    with contextlib.suppress(OSError, ValueError):  # ValueError: it is elsewhere; OSError: there is no current folder
        return str(absolute.relative_to(Path.cwd()))
    return str(absolute)


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
        more, wrong = _collect_file(resolved)
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


# -- one file ------------------------------------------------------------------------------------------------


def _collect_file(file: Path) -> tuple[list[Derivation], list[LoadError]]:
    """Run one file; what it defined before an error counts."""
    name = f"_derivations_{next(_numbers)}_{file.stem}"
    module = ModuleType(name)
    module.__file__ = str(file)
    errors: list[LoadError] = []
    sys.modules[name] = module  # where dataclasses and pickle look for it
    with _as_import(file.parent), collecting(errors) as built:
        try:
            exec(_FreshLoader(name, str(file)).get_code(name), vars(module))
        except (Exception, SystemExit) as error:
            errors.append(_load_error(error, file))
        bound = [value for value in vars(module).values() if isinstance(value, Derivation)]
        unique = {id(value): value for value in (*built, *bound)}  # named by the author or not
        own = [
            d
            for d in unique.values()
            if Path(d.place.file) == file or (any(d is value for value in bound) and not _is_imported(d, module))
        ]
    return [_with_shown_places(d) for d in own], [replace(e, file=shown(e.file)) for e in errors]


def _is_imported(derivation: Derivation, module: ModuleType) -> bool:
    """Whether another module holds it; else it was made here, by a function of another file."""
    others = [other for other in sys.modules.values() if isinstance(other, ModuleType) and other is not module]
    return any(value is derivation for other in others for value in list(vars(other).values()))


class _FreshLoader(SourceFileLoader):
    """Compiles anew each time: a cached *.pyc is stale when a file is edited twice within a second."""

    def get_code(self, fullname: str) -> CodeType:
        code: CodeType = self.source_to_code(self.get_data(self.path), self.path)
        return code


class _Siblings:
    """Lets a file import its siblings, unless their names are those of Python or of this program."""

    def __init__(self, folder: Path) -> None:
        self.found: set[str] = set()
        self._finder = FileFinder(str(folder), (_FreshLoader, [".py"]))

    def find_spec(self, fullname: str, path: Any, target: ModuleType | None = None) -> ModuleSpec | None:
        """The file of a module that is not part of a package."""
        if path is not None or fullname in sys.stdlib_module_names or fullname in _OURS:
            return None
        spec = self._finder.find_spec(fullname)
        if spec is None or spec.loader is None:  # a folder without __init__.py
            return None
        self.found.add(fullname)
        return spec


@contextlib.contextmanager
def _as_import(folder: Path) -> Iterator[None]:
    """An author's file may import its siblings, and print; neither leaves a trace in this process."""
    siblings = _Siblings(folder)
    sys.meta_path.insert(0, siblings)
    try:
        with contextlib.redirect_stdout(sys.stderr):
            yield
    finally:
        sys.meta_path.remove(siblings)
        if siblings.found:
            for name in [name for name in sys.modules if name.partition(".")[0] in siblings.found]:
                del sys.modules[name]  # another folder may have siblings of the same names


def _load_error(error: BaseException, file: Path) -> LoadError:
    """An exception, at the last line of the author's file that was being run."""
    if isinstance(error, EncodingError):
        return LoadError(error.place.file, error.place.line, error.message)
    kind, message = type(error).__name__, " ".join(str(error).split())
    if isinstance(error, ImportError) and error.path:
        message = message.removesuffix(f" ({error.path})")
    if isinstance(error, SyntaxError) and error.filename == str(file):
        return LoadError(str(file), error.lineno or 0, f"{kind}: {error.msg}")
    if type(error).__module__.partition(".")[0] != __package__:  # else it was written for the author already
        message = f"{kind}: {message}{_hint(error)}" if message else kind
    lines, at = [], error.__traceback__
    while at is not None:
        if at.tb_frame.f_code.co_filename == str(file):
            lines.append(at.tb_lineno)
        at = at.tb_next
    return LoadError(str(file), lines[-1] if lines else 0, message)


def _hint(error: BaseException) -> str:
    """What to do about a name that is not known."""
    missing = re.match(r"cannot import name '(\w+)' from 'verify\.notation'", str(error))
    from verify.spelling import near

    name = missing[1] if missing else str(error.name) if isinstance(error, NameError) else ""
    if not name:
        return ""
    if hasattr(sympy, name):
        return f"; SymPy has it: from sympy import {name}"
    if name in notation.__all__:
        return f"; from verify.notation import {name}"
    alike = near(name, notation.__all__, cutoff=0.6)
    if alike or missing:
        return f"; near it: {', '.join(alike)}" if alike else ""
    return f'; declare it, for example {name} = real("{name}")'


def _with_shown_places(derivation: Derivation) -> Derivation:
    names: dict[str, str] = {}

    def place(of: Place) -> Place:
        if of.file not in names:
            names[of.file] = shown(of.file)
        return Place(names[of.file], of.line)

    start = derivation.start and replace(derivation.start, place=place(derivation.start.place))
    steps = tuple(replace(s, line=replace(s.line, place=place(s.line.place))) for s in derivation.steps)
    return replace(derivation, start=start, steps=steps, place=place(derivation.place))


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
