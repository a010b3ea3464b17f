"""Propositions, problems, lines and claims over core terms."""

from __future__ import annotations

from collections.abc import Iterable

from sympy import Expr

from verify.lower.expressions import lower
from verify.lower.names import components
from verify.model import Claim, Givens, Relation
from verify.occurs import names_in
from verify.shapes import common_shape, need_scalar, shape
from verify.terms import Conj, Content, Disj, ForAll, Index, Maximises, Neg, Problem, Proposition, Rel, TermError


def lower_proposition(p: Proposition, taken: frozenset[str] = frozenset()) -> Proposition:
    """The same over core scalars: a relation between vectors becomes one for each component."""
    if isinstance(p, Conj | Disj):
        return type(p)(tuple(lower_proposition(part, taken) for part in p.parts))
    if isinstance(p, Neg):
        return Neg(lower_proposition(p.part, taken))
    if isinstance(p, ForAll):
        return ForAll(p.index, lower_proposition(p.body, taken | {p.index.name}))
    if isinstance(p, Rel):
        axes = common_shape((p.lhs, p.rhs), lambda: f"in {p.lhs} {p.op.value} {p.rhs}")
        if axes and p.op is Relation.NE:
            raise TermError("≠ between vectors: say which component differs")
        indices = components(axes, taken | names_in(p))
        body: Proposition = Rel(p.op, _entry(p.lhs, indices, taken), _entry(p.rhs, indices, taken))
        for index in reversed(indices):
            body = ForAll(index, body)
        return body
    return Maximises(
        lower_problem(p.problem, taken),
        tuple((lower(variable, (), taken), lower(value, (), taken)) for variable, value in p.values),
    )


def lower_problem(p: Problem, taken: frozenset[str] = frozenset()) -> Problem:
    """The same with a core objective and core constraints; the variables stay arrays and slices."""
    need_scalar(p.objective, "an objective")
    taken = taken | {index.name for index in p.each}
    return Problem(
        lower(p.objective, (), taken),
        p.variables,
        tuple(lower_proposition(c, taken) for c in p.subject),
        p.each,
        p.stationary,
        p.minimised,
    )


def _entry(e: Expr, indices: tuple[Index, ...], taken: Iterable[str]) -> Expr:
    return lower(e, indices if shape(e) else (), taken)


def lower_content(content: Content, indices: tuple[Index, ...], taken: frozenset[str]) -> Content:
    """The core of a line; an expression that is a vector becomes its entry at ``indices``."""
    if isinstance(content, Expr):
        return _entry(content, indices, taken)
    if isinstance(content, Problem):
        return lower_problem(content, taken)
    return lower_proposition(content, taken)


def claim(
    name: str,
    lhs: Content,
    relation: Relation,
    rhs: Content,
    givens: Givens,
    indices: tuple[Index, ...] = (),
    premises: tuple[Proposition, ...] = (),
) -> Claim:
    """A self-contained claim over core terms; ``indices`` name the generic component of vector sides."""
    taken = frozenset({symbol.name for symbol in givens.symbols} | {index.name for index in indices})
    used = [i for i in indices if not isinstance(lhs, Problem)]
    symbols = (*givens.symbols, *(i for i in used if i not in givens.symbols))
    return Claim(
        name,
        lower_content(lhs, indices, taken),
        relation,
        lower_content(rhs, indices, taken),
        Givens(symbols, tuple(lower_proposition(c, taken) for c in givens.constraints)),
        tuple(lower_proposition(p, taken) for p in premises),
    )
