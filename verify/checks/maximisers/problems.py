"""The parts of a maximisation problem: its variables, their entries, where it is defined."""

from __future__ import annotations

from sympy import Expr, Indexed, S, Sum, Symbol, factor

from verify import normal
from verify.checks import domain
from verify.facts import Facts
from verify.model import Givens, Relation
from verify.terms import Array, Index, Problem, Proposition, Rel, Slice, entry, free


def within_problem(givens: Givens, variables: tuple[Expr, ...]) -> Givens:
    """Within a problem its variables are free again: what is given of them elsewhere does not count."""
    arrays = {array_of(v) for v in variables}
    kept = tuple(c for c in givens.constraints if not arrays & _symbols(c))
    return Givens(givens.symbols, kept)


def canonical_too(givens: Givens, real: bool) -> tuple[Proposition, ...]:
    """Given signs of expressions with sums, of their canonical forms as well: values that are computed have these."""
    facts, found = Facts(givens, (), real), list[Proposition]()
    for c in givens.constraints:
        if isinstance(c, Rel) and (gap := c.lhs - c.rhs).has(Sum) and c.op in (Relation.GT, Relation.GE, Relation.NE):
            top, below = normal.rewritten(gap, facts).as_numer_denom()
            if facts.positive(below):
                found.append(Rel(c.op, top, S.Zero))
    return tuple(found)


def array_of(variable: Expr) -> Symbol:
    """The array of a slice; a symbol itself."""
    return variable.array if isinstance(variable, Slice) else variable


def _symbols(item: object) -> set[object]:
    """The free symbols of expressions, propositions and tuples of them."""
    if isinstance(item, Expr):
        return set(free(item))
    if isinstance(item, tuple):
        return {s for part in item for s in _symbols(part)}
    if hasattr(item, "__dataclass_fields__"):
        return {s for f in item.__dataclass_fields__ for s in _symbols(getattr(item, f))}
    return set()


def entries_of(array: Array, item: object) -> list[Indexed]:
    """The entries of an array that occur, in a fixed order."""
    if isinstance(item, Expr):
        return sorted((e for e in item.atoms(Indexed) if e.base.label == array), key=str)
    if isinstance(item, tuple):
        return [e for part in item for e in entries_of(array, part)]
    if hasattr(item, "__dataclass_fields__"):
        return [e for f in item.__dataclass_fields__ for e in entries_of(array, getattr(item, f))]
    return []


def generic_entry(variable: Expr) -> tuple[Expr, tuple[Index, ...]]:
    """``p[o', c]`` and its free indices for the variable ``p[:, c]``; a symbol stands for itself."""
    if isinstance(variable, Array | Slice):
        indices = tuple(Index(f"{n}°", a.lower, a.upper) for n, a in zip("abcd", variable.axes, strict=False))
        if isinstance(variable, Slice):
            return entry(variable.array, *variable.fill(indices)), indices
        return entry(variable, *indices), indices
    return variable, ()


def is_open(variable: Expr) -> bool:
    """The domain of the variable is open: all reals, or the positive or negative ones."""
    symbol = array_of(variable)
    return not symbol.is_integer and (
        bool(symbol.is_positive)
        or bool(symbol.is_negative)
        or (symbol.is_nonnegative is None and symbol.is_nonpositive is None)
    )


def is_interval(variable: Expr) -> bool:
    """The variable, or each of its entries, ranges over an interval: all reals, or those of a sign."""
    symbol = array_of(variable)
    if symbol.is_integer or not symbol.is_extended_real:
        return False
    return not (symbol.is_nonzero and symbol.is_positive is None)


def total(problems: tuple[Problem, ...], facts: Facts) -> bool:
    """Objectives and constraints are defined everywhere: equal where both are defined would not be enough."""
    sides = tuple((problem.objective, problem.subject) for problem in problems)
    return not domain.ungranted(sides, facts, facts.real_mode)


def positive_form(e: Expr, facts: Facts) -> Expr | None:
    """The expression, perhaps with its parts factored, if it is known to be defined and positive."""
    for form in (e, factor(e)):
        if facts.positive(form) and not domain.ungranted((form,), facts, facts.real_mode):
            return form
    return None
