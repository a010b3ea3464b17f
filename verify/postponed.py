"""A part of SymPy that is costly to import and hardly ever used, imported when it is asked for.

The first sum of two terms has SymPy import its tensors, these its permutations, and these a package that computes the
symmetries of the five regular solids. Every run would wait for that, and none needs it.
"""

from __future__ import annotations

import sys
from importlib import import_module
from importlib.abc import Loader, MetaPathFinder
from importlib.machinery import ModuleSpec, PathFinder
from types import ModuleType
from typing import Any

PACKAGE = "sympy.combinatorics"
AT_ONCE = {"Permutation": "permutations"}
"""What SymPy's own modules ask this package for, and the module of it that has that."""


def postpone() -> None:
    """Have the package run its ``__init__`` when something of it is first asked for; its modules do not wait for it."""
    if PACKAGE not in sys.modules:
        sys.meta_path.insert(0, _Finder())


class _Package(ModuleType):
    """The package before its ``__init__`` has run: whatever it lacks makes it run."""

    def __getattr__(self, name: str) -> Any:
        if name in AT_ONCE:
            return getattr(import_module(f"{PACKAGE}.{AT_ONCE[name]}"), name)
        if name.startswith("__") and name != "__all__":  # Python asks for such, and can do without
            raise AttributeError(f"module {self.__name__!r} has no attribute {name!r}")
        self.__class__ = ModuleType  # type: ignore[assignment]  # an ordinary module from now on
        assert self.__spec__ is not None and isinstance(self.__spec__.loader, _Loader)
        self.__spec__.loader.run(self)
        return getattr(self, name)


class _Loader(Loader):
    """Makes the module, and leaves for later what fills it."""

    def __init__(self, loader: Loader) -> None:
        self._loader = loader

    def create_module(self, spec: ModuleSpec) -> ModuleType:
        """The module, empty as yet."""
        return _Package(spec.name)

    def exec_module(self, module: ModuleType) -> None:
        """Nothing, for now."""

    def run(self, module: ModuleType) -> None:
        """What was left for later."""
        self._loader.exec_module(module)


class _Finder(MetaPathFinder):
    """Finds the one package, where Python finds it."""

    def find_spec(self, fullname: str, path: Any, target: ModuleType | None = None) -> ModuleSpec | None:
        """Its specification, with the loader that waits."""
        if fullname != PACKAGE:
            return None
        spec = PathFinder.find_spec(fullname, path)
        if spec is not None and spec.loader is not None:
            spec.loader = _Loader(spec.loader)
        return spec
