"""A counterexample as a reader is told of it: the point, and the two sides that contradict the claim there."""

from __future__ import annotations

from collections.abc import Sequence

from sympy import Expr

from verify.evaluate.evaluator import Evaluator
from verify.evaluate.fields.exact import Exact
from verify.evaluate.models import describe_model
from verify.evaluate.points import Point, show_value
from verify.evaluate.sampling.space import Space
from verify.evaluate.truth import AtPoint
from verify.model import COMPARISONS, Claim, Relation
from verify.terms import Conj, Opaque, Rel, Tabulate


def certified(claim: Claim, judge: AtPoint) -> tuple[str, str] | None:
    """Both sides as text if the claim is certainly false at the point."""
    if claim.relation in COMPARISONS:
        assert isinstance(claim.lhs, Expr) and isinstance(claim.rhs, Expr)
        sides = judge.relation(Rel(claim.relation, claim.lhs, claim.rhs))
        return (sides.lhs, sides.rhs) if sides.truth is False else None
    left = judge.holds(Conj((claim.lhs, *claim.premises)))  # type: ignore[arg-type]  # a proposition here
    right = judge.holds(claim.rhs)  # type: ignore[arg-type]  # a proposition here
    broken = (left, right) == (True, False) or (claim.relation is Relation.IFF and (left, right) == (False, True))
    return (str(left).lower(), str(right).lower()) if broken else None


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
