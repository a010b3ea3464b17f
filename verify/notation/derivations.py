"""A derivation as an author puts it together from lines, and the check that it makes sense.

Every error is said with the author's file and line; nothing here knows how steps are verified.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import replace
from typing import Any

from sympy import Symbol

from verify.model import Derivation, Givens, Line, LoadError, Place, Step
from verify.notation.lines import as_content, place_of_author
from verify.notation.sense import EncodingError, check
from verify.occurs import free_symbols
from verify.terms import is_proposition

_collector: ContextVar[tuple[list[LoadError], list[Derivation]] | None] = ContextVar("collector", default=None)


@contextmanager
def collecting(errors: list[LoadError]) -> Iterator[list[Derivation]]:
    """While active, a derivation that makes no sense is noted in ``errors`` instead of raising.

    Yields the list of all derivations built meanwhile, in order, whether or not they are given a name.
    """
    built: list[Derivation] = []
    token = _collector.set((errors, built))
    try:
        yield built
    finally:
        _collector.reset(token)


def derivation(
    id: str,
    title: str,
    *,
    source: str = "",
    start: Line | Any = None,
    steps: Sequence[Step],
    given: Sequence[Any] = (),
    remarks: Sequence[str] = (),
) -> Derivation | None:
    """A titled chain of lines, checked for sense.

    Args:
        id: its name in every report; unique.
        start: the first line, or ``None`` when every step stands alone.
        given: propositions taken as true, and indices or symbols that no line shows first.
        remarks: prose of the source that has nothing to check.

    Raises:
        EncodingError: shapes that do not fit, an index that nothing binds, an undeclared symbol, a missing start.
    """
    place = place_of_author()
    collector = _collector.get()
    try:
        made = _derivation(id, title, source, start, _listed(steps), _listed(given), _listed(remarks), place)
    except EncodingError as error:
        if collector is None:
            raise
        collector[0].append(LoadError(error.place.file, error.place.line, f"{id}: {error.message}"))
        return None
    if collector is not None:
        collector[1].append(made)
    return made


def _listed(items: Any) -> tuple[Any, ...]:
    """What an author gave as a list; one item may come without brackets."""
    return tuple(items) if isinstance(items, list | tuple) else (items,)


def _derivation(
    id: str,
    title: str,
    source: str,
    start: Any,
    steps: tuple[Step, ...],
    given: tuple[Any, ...],
    remarks: tuple[str, ...],
    place: Place,
) -> Derivation:
    first = start if isinstance(start, Line) or start is None else Line(as_content(start), "", "", place)
    _check_form(first, steps, place)
    first, steps = _all_tagged(first, steps)
    for item in given:
        if not (is_proposition(item) or isinstance(item, Symbol)):
            raise EncodingError(
                f"given takes propositions such as Ge(x, 0), and symbols; {item} is neither (x >= 0 is SymPy's, which "
                "rewrites itself)",
                place,
            )
    constraints = tuple(g for g in given if is_proposition(g))
    declared = free_symbols((tuple(g for g in given if not is_proposition(g)), constraints))
    check(first, steps, constraints, declared, place)
    contents = [first.content] if first else []
    contents += [side for s in steps for side in (s.alone_lhs, s.line.content) if side is not None]
    symbols = free_symbols((tuple(contents), declared, constraints))
    names = [s.name for s in symbols]
    for name in names:
        if names.count(name) > 1:
            raise EncodingError(f"there are two different symbols called {name}", place)
    return Derivation(id, title, source, first, steps, Givens(symbols, constraints), remarks, place)


def _check_form(first: Line | None, steps: tuple[Step, ...], place: Place) -> None:
    """Steps there are, of one form: a chain from a first line, or lines that stand alone."""
    if not steps:
        raise EncodingError("a derivation needs at least one step", place)
    for step in steps:
        if not isinstance(step, Step):
            raise EncodingError(f"steps are made by eq(), le(), implies(), …; got {step!r}", place)
        if first is None and step.alone_lhs is None:
            raise EncodingError("the chain has no first line: give start=line(…), or both sides", step.line.place)
        if first is not None and step.alone_lhs is not None:
            raise EncodingError("a line with two sides does not belong in a chain", step.line.place)


def _all_tagged(first: Line | None, steps: tuple[Step, ...]) -> tuple[Line | None, tuple[Step, ...]]:
    """The lines with a tag each, the author's or the next free number; earlier lines that are kept are there."""
    first = first and replace(first, tag=first.tag or "0")
    taken = {step.tag for step in steps} | ({first.tag} if first else set())
    free_tags = (str(i) for i in itertools.count(1) if str(i) not in taken)
    steps = tuple(s if s.tag else replace(s, line=replace(s.line, tag=next(free_tags))) for s in steps)
    tags = [step.tag for step in steps] + ([first.tag] if first else [])
    for step in steps:
        if tags.count(step.tag) > 1:
            raise EncodingError(f"the tag {step.tag} is used twice", step.line.place)
        for kept in step.keeps:
            if kept not in tags:
                raise EncodingError(f"keep={kept!r}: there is no line with that tag", step.line.place)
    return first, steps
