"""One file of an author, run as Python would import it; it leaves no trace in this process."""

from __future__ import annotations

import contextlib
import sys
from collections.abc import Iterator
from dataclasses import replace
from importlib.machinery import FileFinder, ModuleSpec, SourceFileLoader
from itertools import count
from pathlib import Path
from types import CodeType, ModuleType
from typing import Any

from verify.collect.errors import load_error
from verify.collect.places import shown, with_shown_places
from verify.model import Derivation, LoadError
from verify.notation import collecting

_OURS = {"verify", "report", "derivations", "sympy", "mpmath", "numpy", "flint", "z3", "rich"}
_numbers = count()  # for module names; a file may be collected twice in one process, as tests do


def derivations_of(file: Path) -> tuple[list[Derivation], list[LoadError]]:
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
            errors.append(load_error(error, file))
        bound = [value for value in vars(module).values() if isinstance(value, Derivation)]
        unique = {id(value): value for value in (*built, *bound)}  # named by the author or not
        own = [
            d
            for d in unique.values()
            if Path(d.place.file) == file or (any(d is value for value in bound) and not _is_imported(d, module))
        ]
    return [with_shown_places(d) for d in own], [replace(e, file=shown(e.file)) for e in errors]


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
