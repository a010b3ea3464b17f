"""The givens as short sentences."""

from __future__ import annotations

from sympy import (
    Integer,
    Piecewise,
    Symbol,
)

from verify.model import Givens
from verify.show.plain import show
from verify.show.typeset import latex
from verify.terms import (
    Array,
    Index,
    entry,
)

LISTED = 20  # members of a sequence that are written out


def givens(given: Givens) -> tuple[str, ...]:
    """The givens as short sentences, sizes first."""
    sizes = [s for s in given.symbols if not isinstance(s, Index | Array) and s.is_integer and s.is_positive]
    groups: dict[str, list[str]] = {}
    for symbol in (*sizes, *(s for s in given.symbols if s not in sizes)):
        groups.setdefault(_domain(symbol), []).append(_name(symbol))
    sentences = [
        f"{', '.join(names)} {domain.replace('integers', 'an integer') if len(names) == 1 else domain}"
        for domain, names in groups.items()
    ]
    return (*sentences, *(show(c) for c in given.constraints))


def typeset_givens(given: Givens) -> tuple[str, ...]:
    """The same with propositions and definitions as LaTeX, between ``$`` signs."""
    defined = [s for s in given.symbols if isinstance(s, Array) and s.definition is not None and not _listed(s)]
    others = Givens(tuple(s for s in given.symbols if s not in defined))
    meanings = (
        f"${latex(entry(s, *s.definition.indices))} = {latex(s.definition.body)}$" for s in defined if s.definition
    )
    return (*givens(others), *meanings, *(f"${latex(c)}$" for c in given.constraints))


def _name(symbol: Symbol) -> str:
    if isinstance(symbol, Array) and symbol.definition is not None and not _listed(symbol):
        return f"{symbol.name}[{', '.join(map(str, symbol.definition.indices))}]"
    return str(symbol.name)


def _listed(array: Array) -> str:
    """A short sequence that is given by its members: ``(1, 2, 2)``."""
    definition = array.definition
    if definition is None or len(array.axes) != 1 or not isinstance(definition.body, Piecewise):
        return ""
    first, last = array.axes[0].lower, array.axes[0].upper
    if not (isinstance(first, Integer) and isinstance(last, Integer) and last - first < LISTED):
        return ""
    members = (definition.body.xreplace({definition.indices[0]: Integer(k)}) for k in range(int(first), int(last) + 1))
    return f"({', '.join(map(show, members))})"


def _domain(symbol: Symbol) -> str:
    if isinstance(symbol, Index):
        return f"∈ {{{symbol.lower}, …, {symbol.upper}}}"
    if isinstance(symbol, Array):
        if symbol.definition is not None:
            return f"= {_listed(symbol) or show(symbol.definition.body)}"
        shape = "×".join(str(axis.size) for axis in symbol.axes)
        if symbol.values is not None:
            return f"a sequence of {shape} members of {{{symbol.values[0]}, …, {symbol.values[1]}}}"
        kind = {"positive": "positive reals", "integer": "integers", "nonnegative": "nonnegative reals"}
        names = [kind[key] for key, value in symbol.domain if value and key in kind]
        if names:
            return f"a table of {shape} {' and '.join(names)}"
        return f"∈ ℝ^{shape}" if shape.isalnum() else f"∈ ℝ^({shape})"
    if symbol.is_integer:
        return "integers ≥ 1" if symbol.is_positive else "integers ≥ 0" if symbol.is_nonnegative else "integers"
    if symbol.is_positive:
        return "> 0"
    if symbol.is_nonnegative:
        return "≥ 0"
    if symbol.is_negative:
        return "< 0"
    return "real" if symbol.is_extended_real else "complex"
