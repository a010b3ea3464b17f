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
from sympy import Expr, Symbol

from verify import lower
from verify.model import Derivation, Givens, Line, LoadError, Place, Relation, Step
from verify.occurs import free_symbols, names_in
from verify.shapes import content_shape, shape
from verify.terms import (
    TRUE,
    Array,
    Content,
    Index,
    Problem,
    Proposition,
    TermError,
    is_proposition,
    number,
)

_PACKAGE = str(Path(__file__).parent) + os.sep


class EncodingError(ValueError):
    """An encoding that makes no sense as mathematics; ``place`` is the author's file and line."""

    def __init__(self, message: str, place: Place) -> None:
        super().__init__(f"{place.file}:{place.line}: {message}")
        self.message = message
        self.place = place


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


def _step(relation: Relation) -> Callable[..., Step]:
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


eq = _step(Relation.EQ)
ne = _step(Relation.NE)
lt = _step(Relation.LT)
le = _step(Relation.LE)
gt = _step(Relation.GT)
ge = _step(Relation.GE)
implies = _step(Relation.IMPLIES)
iff = _step(Relation.IFF)
same_maximisers = _step(Relation.SAME_MAXIMISERS)


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
    _check(first, steps, constraints, declared, place)
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


def _check(
    first: Line | None,
    steps: tuple[Step, ...],
    constraints: tuple[Any, ...],
    declared: tuple[Symbol, ...],
    place: Place,
) -> None:
    """Shapes, domains and indices of every line, each error at its own line."""
    known = {s for s in (*declared, *(free_symbols(first.content) if first else ())) if isinstance(s, Index)}
    expected: Content | None = first.content if first else None
    _check_line(constraints, place, None)
    lines = [(first, None)] if first else []
    lines += [(step.line, step.alone_lhs) for step in steps]  # type: ignore[misc]  # Line | None joins
    for line_, alone in lines:
        assert line_ is not None
        contents = tuple(c for c in (alone, line_.content) if c is not None)
        _check_line(contents, line_.place, known if first else None)
        try:
            content_shape([*([expected] if expected is not None else []), *contents])
        except TermError as error:
            raise EncodingError(str(error).replace(" in this chain", ""), line_.place) from error
    for step in steps:
        before = step.alone_lhs if first is None else expected
        _check_relation(step, before)
        expected = step.line.content if first is not None else expected


def _check_line(contents: tuple[Any, ...], place: Place, known: set[Index] | None) -> None:
    try:
        for content in contents:
            lower.lower_content(content, lower.components(content_shape([content]), names_in(content)), frozenset())
    except TermError as error:
        raise EncodingError(str(error), place) from error
    for symbol in free_symbols(contents):
        if isinstance(symbol, Index):
            if known is not None and symbol not in known:
                raise EncodingError(
                    f"the index {symbol} is not bound: no sum ranges over it here, and the first line does not have it "
                    f"(if it is any member of its set, list it in given=[{symbol}])",
                    place,
                )
        elif not isinstance(symbol, Array) and _odd_domain(symbol):
            raise EncodingError(
                f"the symbol {symbol} is declared {_odd_domain(symbol)}, which is not known here; declare it with "
                "real, positive, integer, … and say the rest in given=[…]",
                place,
            )
        elif not isinstance(symbol, Array) and symbol.is_complex is None:
            raise EncodingError(
                f'the symbol {symbol} has no domain: declare it, for example {symbol} = real("{symbol}")', place
            )


_ODD = ("imaginary", "irrational", "noninteger", "zero", "composite", "transcendental")


def _odd_domain(symbol: Symbol) -> str:
    """An assumption that points are not drawn for."""
    return next((name for name in _ODD if symbol.assumptions0.get(name)), "")


def _check_relation(step: Step, before: Any) -> None:
    """Relations between numbers take expressions, ⇒ and ⇔ propositions, same maximisers problems."""
    after, relation = step.line.content, step.relation
    if relation is Relation.SAME_MAXIMISERS:
        good = isinstance(before, Problem) and isinstance(after, Problem)
        wanted = "two maximisation problems, argmax(…)"
    elif relation in (Relation.IMPLIES, Relation.IFF):
        good = is_proposition(after) and (is_proposition(before) or isinstance(before, Problem))
        wanted = "two propositions such as Eq(x, 1) or Ge(y, 0)"
    else:
        good = isinstance(before, Expr) and isinstance(after, Expr)
        wanted = "two expressions"
        if good and relation is Relation.NE and shape(after):
            good, wanted = False, "numbers: of vectors say which component differs"
    if not good:
        raise EncodingError(f"'{relation.value}' relates {wanted}", step.line.place)
