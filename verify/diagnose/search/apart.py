"""Sums and products taken apart, those of expressions and those of formulas alike."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple, TypeAlias

from sympy import Add, Expr, Mul, Pow, Rational, S, UnevaluatedExpr

from verify.diagnose.latex.node import Node, Sign
from verify.frozen import dataclass
from verify.terms import Frac, Ones

Path: TypeAlias = tuple[int, ...]


@dataclass(frozen=True)
class Factor:
    """A factor of an expression: ``base`` to the power ±1 or, as it stands, ``whole``."""

    path: Path
    whole: Expr
    below: bool = False  # divided by
    base: Expr | None = None  # of a negative power: what is divided by


@dataclass(frozen=True)
class Piece:
    """A factor of the LaTeX."""

    node: Node
    below: bool


# -- expressions taken apart ---------------------------------------------------------------------------------------


def terms(e: Expr, path: Path) -> Iterator[tuple[Path, Expr]]:
    """The terms of a sum, each with its path."""
    if isinstance(e, Add):
        for i, term in enumerate(e.args):
            yield from terms(term, (*path, i))
    elif isinstance(e, UnevaluatedExpr) and isinstance(e.args[0], Add):
        yield from terms(e.args[0], (*path, 0))
    else:
        yield path, e


def number(e: Expr, path: Path) -> tuple[Path | None, Rational]:
    """The numeric coefficient of a product, and where it stands if in one place."""
    places = []
    value = S.One
    for at, part, below in _multiplied(e, path, False):
        if isinstance(part, Rational):
            value = value / part if below and part else value * part
            places.append(at)
    return places[0] if len(places) == 1 else None, value


def factors(e: Expr, path: Path) -> Iterator[Factor]:
    """The factors of a product and of the quotients in it, but for the numbers."""
    for at, part, below in _multiplied(e, path, False):
        if isinstance(part, Rational | Ones):  # the vector of ones is seldom written
            continue
        if isinstance(part, Pow) and part.exp.is_Rational and part.exp < 0:
            yield Factor(at, part, below, part.base)
        else:
            yield Factor(at, part, below)


def _multiplied(e: Expr, path: Path, below: bool) -> Iterator[tuple[Path, Expr, bool]]:
    if isinstance(e, Mul):
        for i, part in enumerate(e.args):
            yield from _multiplied(part, (*path, i), below)
    elif isinstance(e, Frac):
        yield from _multiplied(e.numerator, (*path, 0), below)
        yield from _multiplied(e.denominator, (*path, 1), not below)
    elif isinstance(e, UnevaluatedExpr) and not isinstance(e.args[0], Add):
        yield from _multiplied(e.args[0], (*path, 0), below)
    else:
        yield path, e, below


# -- formulas taken apart ------------------------------------------------------------------------------------------


class Term(NamedTuple):
    """A term of a formula: with this sign, and so many times."""

    sign: Sign
    node: Node
    scale: Rational = S.One


def written_terms(node: Node, term: Term, distributed: bool) -> Iterator[Term]:
    """The terms of a formula, those within brackets behind a sign too; ``distributed``: behind a number as well."""
    sign, _, scale = term
    if node.kind == "sum":
        for own, child in zip(node.signs, node.children, strict=True):
            inner = Term(Sign(sign.value * own.value, own.start, own.end), child, scale)
            yield from written_terms(child, inner, distributed)
        return
    if node.kind == "group" and len(node.children) == 1 and node.children[0].kind == "sum" and not node.subs:
        yield from written_terms(node.children[0], term, distributed)
        return
    if distributed and node.kind in ("product", "fraction"):
        found: list[Piece] = []
        value, _ = pieces(node, False, found)
        if len(found) == 1 and not found[0].below and _is_sum(_bare(found[0].node)):
            yield from written_terms(_bare(found[0].node), Term(sign, node, scale * value), distributed)
            return
    yield term._replace(node=node)


def _bare(node: Node) -> Node:
    """What is within brackets."""
    return node.children[0] if node.kind == "group" and len(node.children) == 1 and not node.subs else node


def nothing(node: Node) -> bool:
    """``0``, or the dots between terms."""
    return node.kind == "dots" or (node.kind == "number" and float(node.name) == 0)


def pieces(node: Node, below: bool, found: list[Piece]) -> tuple[Rational, list[Node]]:
    """The factors of a formula, gathered in ``found``; their numeric factor and the numbers it is made of."""
    value, numbers = S.One, []
    if node.kind == "number":
        number = Rational(node.name)
        return (1 / number if below and number else number), [node]
    parts: list[tuple[Node, bool]] = []
    if node.kind == "sum" and len(node.children) == 1:
        value = Rational(node.signs[0].value)
        parts = [(node.children[0], below)]
    elif node.kind == "group" and len(node.children) == 1 and not node.subs and not _is_sum(node.children[0]):
        parts = [(node.children[0], below)]
    elif node.kind == "product":
        parts = [(child, below != under) for child, under in zip(node.children, node.below, strict=True)]
    elif node.kind == "fraction":
        parts = [(node.children[0], below), (node.children[1], not below)]
    elif node.kind == "power" and _is_product(node.children[0]) and (whole := _whole(node.children[1])):
        return _powers(node, whole, below, found)
    else:
        found.append(Piece(node, below))
    for child, under in parts:
        factor, more = pieces(child, under, found)
        value *= factor
        numbers += more
    return value, numbers


def _powers(node: Node, exponent: int, below: bool, found: list[Piece]) -> tuple[Rational, list[Node]]:
    """A whole power of a product: every factor has it."""
    inner: list[Piece] = []
    value, numbers = pieces(node.children[0], False, inner)
    for piece in inner:
        part = piece.node
        under = piece.below != (exponent < 0)
        if abs(exponent) != 1:
            bare = node.children[1].children[0] if exponent < 0 else node.children[1]
            part = Node("power", part.start, part.end, children=(part, bare))
        found.append(Piece(part, below != under))
    raised = value ** (-exponent if below else exponent) if value else value
    return raised, numbers


def _is_product(node: Node) -> bool:
    return _bare(node).kind in ("product", "fraction")


def _whole(node: Node) -> int | None:
    """A whole number, as an exponent."""
    sign = 1
    if node.kind == "sum" and len(node.children) == 1:
        sign, node = node.signs[0].value, node.children[0]
    return sign * int(node.name) if node.kind == "number" and node.name.isdigit() else None


def rooted(found: list[Piece]) -> list[Piece] | None:
    """The same with the root of a product as a product of roots; ``None`` where there is none."""
    changed = False
    result: list[Piece] = []
    for piece in found:
        inner: list[Piece] = []
        numbers: list[Node] = []
        if piece.node.kind == "root" and len(piece.node.children) == 1:
            _, numbers = pieces(piece.node.children[0], False, inner)
        if len(inner) + len(numbers) < 2:
            result.append(piece)
            continue
        changed = True
        parts = [*inner, *(Piece(number, False) for number in numbers)]
        result += [Piece(_root(part.node), part.below != piece.below) for part in parts]
    return result if changed else None


def _root(node: Node) -> Node:
    if node.kind == "power" and _whole(node.children[1]) == 2:
        return node.children[0]
    return Node("root", node.start, node.end, children=(node,))


def _is_sum(node: Node) -> bool:
    return node.kind == "sum" and len(node.children) > 1
