"""Whether an encoding makes sense as mathematics: shapes, domains and indices of every line, each error at its line."""

from __future__ import annotations

from typing import Any

from sympy import Expr, Symbol

from verify import lower
from verify.model import Line, Place, Relation, Step
from verify.occurs import free_symbols, names_in
from verify.shapes import content_shape, shape
from verify.terms import (
    Array,
    Content,
    Index,
    Problem,
    TermError,
    is_proposition,
)


class EncodingError(ValueError):
    """An encoding that makes no sense as mathematics; ``place`` is the author's file and line."""

    def __init__(self, message: str, place: Place) -> None:
        super().__init__(f"{place.file}:{place.line}: {message}")
        self.message = message
        self.place = place


def check(
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
