"""Sums and products taken apart, those of expressions and those of formulas alike."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TypeAlias

from sympy import Add, Expr, Mul, Pow, Rational, S, UnevaluatedExpr

from verify.diagnose.latex_node import Node, Sign
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


def written_terms(node: Node, sign: Sign) -> Iterator[tuple[Sign, Node]]:
    """The terms of a formula, those within brackets behind a sign too."""
    if node.kind == "sum":
        for own, child in zip(node.signs, node.children, strict=True):
            yield from written_terms(child, Sign(sign.value * own.value, own.start, own.end))
    elif node.kind == "group" and len(node.children) == 1 and node.children[0].kind == "sum" and not node.subs:
        yield from written_terms(node.children[0], sign)
    else:
        yield sign, node


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
    else:
        found.append(Piece(node, below))
    for child, under in parts:
        factor, more = pieces(child, under, found)
        value *= factor
        numbers += more
    return value, numbers


def _is_sum(node: Node) -> bool:
    return node.kind == "sum" and len(node.children) > 1
