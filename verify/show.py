"""Mathematics as one line of text, and as LaTeX where an author gave none; the givens as sentences."""

from __future__ import annotations

import sympy
from sympy import Expr, Symbol

from verify.model import Givens
from verify.terms import Array, Conj, Content, Disj, ForAll, Index, Maximises, Neg, Problem, Rel

Names = {"Omega": "Ω", "lambda": "λ", "omega": "ω", "theta": "θ", "sigma": "σ", "mu": "μ"}


def show(content: Content) -> str:
    """A line's content as text."""
    if isinstance(content, Rel):
        return f"{show(content.lhs)} {content.op.value} {show(content.rhs)}"
    if isinstance(content, Conj):
        return " and ".join(_part(p) for p in content.parts) if content.parts else "true"
    if isinstance(content, Disj):
        return " or ".join(_part(p) for p in content.parts) if content.parts else "false"
    if isinstance(content, Neg):
        return f"not {_part(content.part)}"
    if isinstance(content, ForAll):
        return f"for all {content.index}: {show(content.body)}"
    if isinstance(content, Maximises):
        values = ", ".join(f"{show(k)} = {show(v)}" for k, v in content.values)
        return f"{values} is the one maximiser of {show(content.problem)}"
    if isinstance(content, Problem):
        names = ", ".join(str(v) for v in content.variables)
        what = "the stationary points in" if content.stationary else "arg max over"
        each = f" for each {', '.join(map(str, content.each))}" if content.each else ""
        subject = f" subject to {'; '.join(show(c) for c in content.subject)}" if content.subject else ""
        return f"{what} {names} of {show(content.objective)}{subject}{each}"
    return str(content)


def _part(p: Content) -> str:
    return f"({show(p)})" if isinstance(p, Conj | Disj | ForAll) else show(p)


def latex(content: Content) -> str:
    """LaTeX made from the expression, for a line whose author gave none."""
    if isinstance(content, Expr):
        return str(sympy.latex(content))
    return rf"\text{{{show(content)}}}"


# -- givens ------------------------------------------------------------------------------------------------------


def givens(given: Givens) -> tuple[str, ...]:
    """The givens as short sentences, sizes first."""
    sizes = [s for s in given.symbols if not isinstance(s, Index | Array) and s.is_integer and s.is_positive]
    groups: dict[str, list[str]] = {}
    for symbol in (*sizes, *(s for s in given.symbols if s not in sizes)):
        groups.setdefault(_domain(symbol), []).append(_name(symbol))
    sentences = [f"{', '.join(names)} {domain}" for domain, names in groups.items()]
    return (*sentences, *(show(c) for c in given.constraints))


def _name(symbol: Symbol) -> str:
    if isinstance(symbol, Array) and symbol.definition is not None:
        return f"{symbol.name}[{', '.join(map(str, symbol.definition.indices))}]"
    return str(symbol.name)


def _domain(symbol: Symbol) -> str:
    if isinstance(symbol, Index):
        return f"∈ {{{symbol.lower}, …, {symbol.upper}}}"
    if isinstance(symbol, Array):
        if symbol.definition is not None:
            return f"= {symbol.definition.body}"
        shape = "×".join(str(axis.size) for axis in symbol.axes)
        if symbol.values is not None:
            return f"a sequence of {shape} members of {{{symbol.values[0]}, …, {symbol.values[1]}}}"
        kind = {"positive": "positive reals", "integer": "integers", "nonnegative": "nonnegative reals"}
        names = [kind[key] for key, value in symbol.domain if value and key in kind]
        return f"∈ ℝ^({shape})" if not names else f"a {shape} table of {' and '.join(names)}"
    if symbol.is_integer:
        return "integers ≥ 1" if symbol.is_positive else "integers ≥ 0" if symbol.is_nonnegative else "integers"
    if symbol.is_positive:
        return "> 0"
    if symbol.is_nonnegative:
        return "≥ 0"
    if symbol.is_negative:
        return "< 0"
    return "real" if symbol.is_extended_real else "complex"
