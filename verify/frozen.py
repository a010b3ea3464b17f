"""Frozen dataclasses, made quickly: there are many, and every run waits for all of them.

The standard library writes and compiles six methods a class. Five of them are the same for all classes but for the
names of the fields, and here they are: only ``__init__`` is compiled. To a type checker, to ``fields`` and to
``replace`` they are the dataclasses that they were.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Callable
from operator import attrgetter
from typing import TYPE_CHECKING, Any, NoReturn

__all__ = ["dataclass"]

if TYPE_CHECKING:
    from dataclasses import dataclass
else:

    def dataclass(cls=None, /, *, frozen=False, eq=True, slots=False):
        """What its namesake makes; a method that the class itself defines stands."""
        if frozen and not slots:
            return lambda cls: _frozen(cls, eq)
        made = dataclasses.dataclass(frozen=frozen, eq=eq, slots=slots)
        return made if cls is None else made(cls)


def _frozen(cls: type, eq: bool) -> type:
    fields = dataclasses.fields(dataclasses.dataclass(init=False, repr=False, eq=False)(cls))
    methods: list[Callable[..., Any]] = [
        _initialiser(fields, hasattr(cls, "__post_init__")),
        _representation(fields),
        __setattr__,
        __delattr__,
    ]
    for method in (*methods, *(_comparison(fields) if eq else ())):
        if method.__name__ not in vars(cls) or (method.__name__ == "__hash__" and vars(cls)["__hash__"] is None):
            setattr(cls, method.__name__, method)
    return cls


def _initialiser(fields: tuple[dataclasses.Field[Any], ...], checks: bool) -> Callable[..., None]:
    """``__init__(self, x, y=…)``; what a factory makes is made where nothing else is given; ``checks`` at last."""
    names = [field.name for field in fields]
    made = {f.name: f.default_factory for f in fields if f.default_factory is not dataclasses.MISSING}
    defaults = [_FACTORY if f.name in made else f.default for f in fields]
    values = (f"make[{name!r}]() if {name} is factory else {name}" if name in made else name for name in names)
    lines = [f"    put(self, {name!r}, {value})\n" for name, value in zip(names, values, strict=True)]
    known: dict[str, Any] = {"put": object.__setattr__, "make": made, "factory": _FACTORY}
    if checks:
        lines.append("    self.__post_init__()\n")
    exec(f"def __init__(self, {', '.join(names)}):\n{''.join(lines)}", known)
    initialiser: Callable[..., None] = known["__init__"]
    initialiser.__defaults__ = tuple(d for d in defaults if d is not dataclasses.MISSING)
    return initialiser


_FACTORY = object()


def _representation(fields: tuple[dataclasses.Field[Any], ...]) -> Callable[[Any], str]:
    names = [field.name for field in fields if field.repr]

    def __repr__(self: Any) -> str:
        return f"{type(self).__qualname__}({', '.join(f'{name}={getattr(self, name)!r}' for name in names)})"

    return __repr__


def _comparison(fields: tuple[dataclasses.Field[Any], ...]) -> tuple[Callable[..., Any], ...]:
    contents = attrgetter(*(field.name for field in fields if field.compare))

    def __eq__(self: Any, other: object) -> Any:
        return contents(self) == contents(other) if other.__class__ is self.__class__ else NotImplemented

    def __hash__(self: Any) -> int:
        return hash(contents(self))

    return __eq__, __hash__


def __setattr__(self: object, name: str, value: object) -> NoReturn:
    raise dataclasses.FrozenInstanceError(f"cannot assign to field {name!r}")


def __delattr__(self: object, name: str) -> NoReturn:
    raise dataclasses.FrozenInstanceError(f"cannot delete field {name!r}")
