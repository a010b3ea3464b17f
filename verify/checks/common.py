"""What the checks share: the facts of a claim, how things are written for the reader."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import lru_cache
from typing import TypeAlias

from sympy import Expr

from verify import lower, normal
from verify.config import Settings
from verify.evaluate.evaluator import Evaluator
from verify.evaluate.fields.exact import Exact
from verify.evaluate.models import describe_model
from verify.evaluate.points import Point, show_value
from verify.evaluate.sampling.space import Space
from verify.facts import Facts
from verify.model import Claim, Evidence, Givens, Relation
from verify.terms import Index, Opaque, Proposition, Tabulate

Check: TypeAlias = Callable[[Claim, Settings], Evidence | None]

NO_POINT = "no point was found that satisfies the assumptions and at which both sides are defined"
NO_VALUE = "a side has no value"
NOWHERE = f"{NO_VALUE} at all"  # certainly, not only as far as can be told
ORDER = {
    Relation.EQ,
    Relation.NE,
    Relation.LT,
    Relation.LE,
    Relation.GT,
    Relation.GE,
}


@lru_cache(maxsize=512)
def space_of(claim: Claim) -> Space:
    """Everything of the claim that needs a value."""
    space = Space(claim.givens.symbols, claim.givens.constraints, (claim.lhs, claim.rhs, claim.premises))
    space.real = space.real and not claim.principal
    return space


@lru_cache(maxsize=512)
def facts_of(claim: Claim) -> Facts:
    """The claim's givens, ready to be asked."""
    indices = tuple(s for s in claim.givens.symbols if isinstance(s, Index))
    return _facts(claim.givens.constraints, claim.premises, indices, space_of(claim).real)


@lru_cache(maxsize=64)
def _facts(
    constraints: tuple[Proposition, ...], premises: tuple[Proposition, ...], indices: tuple[Index, ...], real: bool
) -> Facts:
    """One object for all claims that assume the same: what was found out once is remembered there."""
    return Facts(Givens(indices, constraints), premises, real)


def forget() -> None:
    """Begin afresh: the field in which two sides are compared shows, in its kernels, what else was compared there."""
    facts_of.cache_clear()
    _facts.cache_clear()


def equal(lhs: Expr, rhs: Expr, facts: Facts, convergent: bool = False) -> normal.Proof | None:
    """A proof that both sides have one canonical form, as they stand or with definitions unfolded.

    ``convergent`` as in :func:`normal.prove_equal`.

    Raises:
        normal.TooLarge: the expressions swell past the limit.
    """
    found = normal.prove_equal(lhs, rhs, facts, convergent)
    return found or unfolded_equal(lhs, rhs, facts, convergent)


def unfolded_equal(lhs: Expr, rhs: Expr, facts: Facts, convergent: bool = False) -> normal.Proof | None:
    """The same with definitions unfolded; nothing where there are none."""
    unfolded = lower.unfold(lhs), lower.unfold(rhs)
    return normal.prove_equal(*unfolded, facts, convergent) if unfolded != (lhs, rhs) else None


def all_sizes(claim: Claim) -> str:
    """The scope of a proof: every size there is."""
    sizes = [s.name for s in claim.givens.symbols if s in space_of(claim).sizes]
    return f"all {', '.join(sizes)}" if sizes else ""


def describe(point: Point, space: Space, contents: Sequence[object] = ()) -> dict[str, str]:
    """A point as text, one item a symbol: sizes and indices first, then numbers, vectors as ``(1, 2)``."""
    shown: dict[str, str] = {}
    for symbol in (*space.sizes, *space.indices, *space.integers):
        shown[symbol.name] = str(point.integers[symbol])
    for symbol in space.scalars:
        shown[symbol.name] = show_value(point.scalars[symbol])
    for array in space.arrays:
        cells = point.words.get(array) or point.entries[array]
        shown[array.name] = nested([(at, show_value(value)) for at, value in cells.items()])
    for name, application in opaque_functions(contents).items():
        shown[name] = describe_model(point.variant, name, entry_count(application, point))
    return shown


def nested(cells: Sequence[tuple[tuple[int, ...], str]]) -> str:
    """``(1, 2)`` for a vector, ``((1, 2), (3, 4))`` for a matrix."""
    if not cells:
        return "()"
    if len(cells[0][0]) == 1:
        return f"({', '.join(value for _, value in cells)})"
    rows: dict[int, list[tuple[tuple[int, ...], str]]] = {}
    for at, value in cells:
        rows.setdefault(at[0], []).append((at[1:], value))
    return f"({', '.join(nested(row) for row in rows.values())})"


def opaque_functions(item: object) -> dict[str, Opaque]:
    """The opaque functions that occur, by name, each with one application."""
    found: dict[str, Opaque] = {}

    def walk(part: object) -> None:
        if isinstance(part, Opaque):
            found.setdefault(part.name, part)
        if isinstance(part, tuple | list):
            for inner in part:
                walk(inner)
        elif hasattr(part, "__dataclass_fields__"):
            for name in part.__dataclass_fields__:
                walk(getattr(part, name))
        elif hasattr(part, "args"):
            for inner in part.args:
                walk(inner)

    walk(item)
    return found


def entry_count(application: Opaque, point: Point) -> int:
    """How many numbers a function is given."""
    walker = Evaluator(Exact(point), point)
    total = 0
    for argument in application.arguments:
        cells = 1
        for _, first, last in argument.limits if isinstance(argument, Tabulate) else ():
            cells *= max(0, walker.integer(last, point.integers) - walker.integer(first, point.integers) + 1)
        total += cells
    return total
