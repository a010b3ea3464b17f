"""The lines of a derivation as an author writes them: the first, and one word for each relation to the line before.

Every error is said with the author's file and line; nothing here knows how steps are verified.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import sympy

from verify.model import Line, Place, Relation, Step
from verify.notation.sense import EncodingError
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


def place_of_author() -> Place:
    """The author's file and line: the innermost frame outside this package."""
    frame = sys._getframe(1)
    while frame.f_back is not None and frame.f_code.co_filename.startswith(_PACKAGE):
        frame = frame.f_back
    return Place(frame.f_code.co_filename, frame.f_lineno)


def as_content(item: Any) -> Content:
    """What an author gives as a side: a problem, a proposition or a number.

    Raises:
        TermError, sympy.SympifyError: it is none of them.
    """
    return item if isinstance(item, Problem) else item if is_proposition(item) else number(item)


def line(content: Any, latex: str = "", *, tag: str = "") -> Line:
    """The first line of a chain."""
    return Line(as_content(content), latex, tag, place_of_author())


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
        place = place_of_author()
        sides = [part for part in parts if not isinstance(part, str)]
        latex = "".join(part for part in parts if isinstance(part, str))
        if not sides:
            raise EncodingError(f"a line with '{relation.value}' needs an expression; text is its LaTeX", place)
        if len(sides) > 2:
            raise EncodingError(f"a line with '{relation.value}' takes one side (or two, to stand alone)", place)
        try:
            contents = [as_content(side) for side in sides]
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
