"""Points moved onto the equations among the constraints, where that is easy."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from fractions import Fraction
from functools import lru_cache

from sympy import Indexed, Sum, Symbol, preorder_traversal

from verify.evaluate.evaluator import Env, Evaluator
from verify.evaluate.field import Undefined, Unsupported
from verify.evaluate.fields.exact import Exact, root
from verify.evaluate.points import Point, Value
from verify.evaluate.sampling.draws import allowed
from verify.model import Relation
from verify.terms import Array, Conj, ForAll, Proposition, Rel, fraction


def equations(p: Proposition, point: Point) -> Iterator[tuple[Rel, Env]]:
    """The equations that a proposition asserts, at all values of its indices."""

    def walk(p: Proposition, env: Env) -> Iterator[tuple[Rel, Env]]:
        if isinstance(p, Conj):
            for part in p.parts:
                yield from walk(part, env)
        elif isinstance(p, ForAll):
            walker = Evaluator(Exact(point), point)
            for i in range(walker.integer(p.index.lower, env), walker.integer(p.index.upper, env) + 1):
                yield from walk(p.body, {**env, p.index: i})
        elif isinstance(p, Rel) and p.op is Relation.EQ:
            yield p, env

    try:
        if equational(p):
            yield from walk(p, point.integers)
    except Unsupported:
        return


@lru_cache(maxsize=1 << 10)
def equational(p: Proposition) -> bool:
    """Whether an equation is among what it asserts."""
    if isinstance(p, Conj):
        return any(map(equational, p.parts))
    return equational(p.body) if isinstance(p, ForAll) else isinstance(p, Rel) and p.op is Relation.EQ


def solve(rel: Rel, env: Env, point: Point) -> Point:
    """A point that satisfies an equation, by changing as little as possible; the same point if that is not easy."""
    try:
        if _gap(rel, env, point) == 0:
            return point
        scaled = _scale(rel, env, point)
        if scaled is not None:
            return scaled
        for key in _unknowns(rel, env, point):
            solved = _solve_for(key, rel, env, point)
            if solved is not None:
                return solved
    except (Unsupported, Undefined):
        return point
    return point


def _gap(rel: Rel, env: Env, point: Point) -> Fraction:
    exact = Evaluator(Exact(point), point)
    return fraction(exact(rel.lhs, env) - exact(rel.rhs, env))


def _scale(rel: Rel, env: Env, point: Point) -> Point | None:
    """A sum of positive entries that must have a given positive total is scaled to it."""
    for total, goal in ((rel.lhs, rel.rhs), (rel.rhs, rel.lhs)):
        if isinstance(total, Sum) and isinstance(total.function, Indexed) and not goal.has(Indexed):
            array = total.function.base.label
            if not (isinstance(array, Array) and array.is_positive and array in point.entries):
                continue
            exact = Evaluator(Exact(point), point)
            factor = fraction(exact(goal, env) / exact(total, env))
            if factor <= 0:
                continue
            cells = dict(point.entries[array])
            for inner in exact.ranges(total.limits, env):
                at = tuple(exact.integer(i, inner) for i in total.function.indices)
                cells[at] = cells[at] * factor  # type: ignore[operator]  # positive entries are fractions
            return _replace(point, array, cells)
    return None


def _replace(point: Point, array: Array, cells: dict[tuple[int, ...], Value]) -> Point:
    return replace(point, entries={**point.entries, array: cells}, judges={})


def _unknowns(rel: Rel, env: Env, point: Point) -> list[tuple[object, ...]]:
    """Symbols and entries of an equation that could be solved for, scalars first."""
    symbols, indexed = _mentioned(rel)
    scalars = [(s,) for s in symbols if s in point.scalars]
    entries: list[tuple[object, ...]] = []
    walker = Evaluator(Exact(point), point)
    for node in indexed:
        if node.base.label in point.entries:
            try:
                entries.append((node.base.label, *(walker.integer(i, env) for i in node.indices)))
            except Unsupported:
                continue
    return [*scalars, *dict.fromkeys(entries)]


@lru_cache(maxsize=1 << 8)
def _mentioned(rel: Rel) -> tuple[tuple[Symbol, ...], tuple[Indexed, ...]]:
    """The free symbols of an equation, and the entries of arrays in the order in which they stand there."""
    nodes = (*preorder_traversal(rel.lhs), *preorder_traversal(rel.rhs))
    symbols = tuple(sorted(rel.lhs.free_symbols | rel.rhs.free_symbols, key=str))
    return symbols, tuple(node for node in nodes if isinstance(node, Indexed))


def _solve_for(key: tuple[object, ...], rel: Rel, env: Env, point: Point) -> Point | None:
    """Exact roots of a polynomial of degree at most two in one unknown, read off at four values."""

    def at(value: Fraction) -> Point:
        if isinstance(key[0], Array):
            return _replace(point, key[0], {**point.entries[key[0]], key[1:]: value})  # type: ignore[dict-item]  # indices
        return replace(point, scalars={**point.scalars, key[0]: value}, judges={})

    values = {}
    for v in (1, -1, 2, 3):
        values[v] = _gap(rel, env, at(Fraction(v)))
    a = (values[1] + values[3] - 2 * values[2]) / 2
    b = values[2] - values[1] - 3 * a
    c = values[1] - a - b
    if a - b + c != values[-1]:
        return None
    candidates: list[Fraction] = []
    if a == 0 and b != 0:
        candidates = [-c / b]
    elif a != 0:
        width = root(b * b - 4 * a * c, 2)
        if width is not None:
            candidates = [(-b - width) / (2 * a), (-b + width) / (2 * a)]
    symbol = key[0]
    for value in candidates:
        if allowed(symbol, value) and _gap(rel, env, at(value)) == 0:
            return at(value)
    return None
