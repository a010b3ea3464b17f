"""Lines, steps and derivations as an author puts them together, and the check that they make sense.

Every error is said with the author's file and line; nothing here knows how steps are verified.
"""

from __future__ import annotations

import itertools
import os
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from pathlib import Path
from typing import Any

import sympy
from sympy import Symbol

from verify.model import Derivation, Givens, Line, LoadError, Place, Relation, Step
from verify.notation.sense import EncodingError, check
from verify.occurs import free_symbols
from verify.terms import (
    TRUE,
    Content,
    Problem,
    Proposition,
    TermError,
    is_proposition,
    number,
)

_PACKAGE = str(Path(__file__).parent.parent) + os.sep  # all of verify/


def as_proposition(p: Any) -> Proposition:
    """``p``, if it is a proposition.

    Raises:
        TermError: it is something else.
    """
    if not is_proposition(p):
        raise TermError(f"expected a proposition such as Ge(x, 0), got {p}")
    return p


# -- lines ---------------------------------------------------------------------------------------------------


def _place() -> Place:
    """The author's file and line: the innermost frame outside this package."""
    frame = sys._getframe(1)
    while frame.f_back is not None and frame.f_code.co_filename.startswith(_PACKAGE):
        frame = frame.f_back
    return Place(frame.f_code.co_filename, frame.f_lineno)


def _content(item: Any) -> Content:
    return item if isinstance(item, Problem) else item if is_proposition(item) else number(item)


def line(content: Any, latex: str = "", *, tag: str = "") -> Line:
    """The first line of a chain."""
    return Line(_content(content), latex, tag, _place())


_NAMES = {
    Relation.EQ: "eq",
    Relation.NE: "ne",
    Relation.LT: "lt",
    Relation.LE: "le",
    Relation.GT: "gt",
    Relation.GE: "ge",
    Relation.IMPLIES: "implies",
    Relation.IFF: "iff",
    Relation.SAME_MAXIMISERS: "same_maximisers",
}


def related(relation: Relation) -> Callable[..., Step]:
    """The word for a relation: what makes a line that is so related to the line before."""

    def make(*parts: Any, tag: str = "", reason: str = "", erratum: str = "", keep: str | Sequence[str] = ()) -> Step:
        place = _place()
        sides = [part for part in parts if not isinstance(part, str)]
        latex = "".join(part for part in parts if isinstance(part, str))
        if not sides:
            raise EncodingError(f"a line with '{relation.value}' needs an expression; text is its LaTeX", place)
        if len(sides) > 2:
            raise EncodingError(f"a line with '{relation.value}' takes one side (or two, to stand alone)", place)
        try:
            contents = [_content(side) for side in sides]
        except (TermError, sympy.SympifyError) as error:
            raise EncodingError(str(error), place) from error
        kept = (keep,) if isinstance(keep, str) else tuple(keep)
        alone = contents[0] if len(contents) == 2 else None
        return Step(Line(contents[-1], latex, tag, place), relation, alone, kept, reason, erratum)

    make.__name__ = make.__qualname__ = _NAMES[relation]  # as Python's own messages call it
    make.__doc__ = (
        f"A line that relates to the line before by ``{relation.value}``: ``(content, latex, tag=…)``; with two sides "
        "``(lhs, rhs, latex, tag=…)`` it stands alone. ``reason`` is the author's; ``keep`` names earlier lines kept "
        "as premises; ``erratum`` acknowledges that the source is known to be wrong here."
    )
    return make


eq = related(Relation.EQ)
ne = related(Relation.NE)
lt = related(Relation.LT)
le = related(Relation.LE)
gt = related(Relation.GT)
ge = related(Relation.GE)
implies = related(Relation.IMPLIES)
iff = related(Relation.IFF)
same_maximisers = related(Relation.SAME_MAXIMISERS)


def holds(proposition: Proposition, latex: str = "", **options: Any) -> Step:
    """A proposition that stands alone: it holds for all values of its symbols."""
    return implies(TRUE, as_proposition(proposition), latex, **options)


# -- derivations ---------------------------------------------------------------------------------------------

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
    place = _place()
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
    first = start if isinstance(start, Line) or start is None else Line(_content(start), "", "", place)
    if not steps:
        raise EncodingError("a derivation needs at least one step", place)
    for step in steps:
        if not isinstance(step, Step):
            raise EncodingError(f"steps are made by eq(), le(), implies(), …; got {step!r}", place)
        if first is None and step.alone_lhs is None:
            raise EncodingError("the chain has no first line: give start=line(…), or both sides", step.line.place)
        if first is not None and step.alone_lhs is not None:
            raise EncodingError("a line with two sides does not belong in a chain", step.line.place)
    first = first and Line(first.content, first.latex, first.tag or "0", first.place)
    taken = {step.tag for step in steps} | ({first.tag} if first else set())
    free_tags = (str(i) for i in itertools.count(1) if str(i) not in taken)
    steps = tuple(step if step.tag else _tagged(step, next(free_tags)) for step in steps)
    tags = [step.tag for step in steps] + ([first.tag] if first else [])
    for step in steps:
        if tags.count(step.tag) > 1:
            raise EncodingError(f"the tag {step.tag} is used twice", step.line.place)
        for kept in step.keeps:
            if kept not in tags:
                raise EncodingError(f"keep={kept!r}: there is no line with that tag", step.line.place)
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
    contents = [side for line_ in ([first] if first else []) for side in [line_.content]]
    contents += [side for s in steps for side in (s.alone_lhs, s.line.content) if side is not None]
    symbols = free_symbols((tuple(contents), declared, constraints))
    names = [s.name for s in symbols]
    for name in names:
        if names.count(name) > 1:
            raise EncodingError(f"there are two different symbols called {name}", place)
    return Derivation(id, title, source, first, steps, Givens(symbols, constraints), remarks, place)


def _tagged(step: Step, tag: str) -> Step:
    line_ = Line(step.line.content, step.line.latex, tag, step.line.place)
    return Step(line_, step.relation, step.alone_lhs, step.keeps, step.justification, step.erratum)
