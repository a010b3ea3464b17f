"""No entry of the table of axioms restates a record of a corpus, unless it is a definition and says so."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from itertools import permutations
from pathlib import Path
from typing import Any

import pytest
from sympy import Derivative, Dummy, Expr, Function, S, Symbol, factorial, gamma, hyper

from verify.model import Relation
from verify.normal import NormalError
from verify.normal.axioms import FAMILIES, load
from verify.normal.axioms.hypergeometric import FORMS, at_quarter, quadratic
from verify.normal.prove import prove_equal
from verify.normal.workspace import PLAIN
from verify.read.build import Builder
from verify.read.claims import claim, record
from verify.read.names import ELEMENTARY, POLYNOMIALS
from verify.read.syntax import ReadError
from verify.terms import Frac

CORPORA = Path(__file__).parents[2] / "benchmarks" / "corpora"
NAMES = ("fungrim", "sympy_tests")


def plain(e: Expr) -> Expr:
    """Without what is known of the symbols."""
    e = e.replace(Frac, lambda a, b: a / b).replace(factorial, lambda a: gamma(a + 1))
    return e.xreplace({s: Symbol(s.name) for s in e.free_symbols})


def head(e: Expr) -> Any:
    return (Derivative, e.expr.func) if isinstance(e, Derivative) else e.func


def statements() -> dict[Any, list[tuple[Any, Expr, Expr]]]:
    """What the table says, by the function that it is said of; definitions left out."""
    entries = [at_quarter(), *quadratic(), *FORMS]
    for family in FAMILIES:
        table = load(family)
        entries += [*table.axioms, *table.last, *table.shifts, *table.ladders, *table.slopes]
    found = defaultdict(list)
    for entry in entries:
        if not getattr(entry, "definition", False):
            for left, right in entry.statements():
                found[head(left)].append((entry, plain(left), plain(right)))
    return found


def records(monkeypatch: pytest.MonkeyPatch) -> Iterator[tuple[str, Expr, Expr]]:
    """The equations of the corpora, as printed: SymPy rewrites no special function."""
    evaluated = Builder.call

    def call(self: Builder, function: Any, args: Any) -> Expr:
        if function in ELEMENTARY or function in POLYNOMIALS or function is gamma:
            return evaluated(self, function, args)
        try:
            found: Expr = function(*args, evaluate=False)
        except (TypeError, ValueError):
            return evaluated(self, function, args)
        return found

    monkeypatch.setattr(Builder, "call", call)
    for name in NAMES:
        for line in (CORPORA / f"{name}.jsonl").read_bytes().splitlines():
            try:
                found = claim(record(line))
            except ReadError:
                continue
            if found.relation is Relation.EQ:
                yield found.id, plain(found.lhs), plain(found.rhs)


def applications(e: Expr) -> set[Expr]:
    return {part for part in e.atoms(Function, hyper, Derivative) if part.func not in ELEMENTARY}


def restates(sides: tuple[Expr, Expr], statement: tuple[Expr, Expr]) -> bool:
    """Whether an equation is the statement, with other names and solved for another term."""
    left, right = statement
    names = sorted(left.free_symbols, key=str)
    for node in applications(sides[0]) | applications(sides[1]):
        others = sorted(node.free_symbols, key=str)
        if head(node) != head(left) or len(others) != len(names):
            continue
        for order in permutations(others):
            renaming = dict(zip(names, order, strict=True))
            if left.xreplace(renaming) == node:
                value = right.xreplace(renaming)
                difference = sides[0] - sides[1]
                return node not in applications(value) and vanishes(difference.xreplace({node: value}))
    return False


def vanishes(e: Expr) -> bool:
    """Zero whatever the functions in it are."""
    unknown = sorted((f for f in applications(e) if f.func is not gamma), key=lambda f: (-len(str(f)), str(f)))
    for f in unknown:
        e = e.xreplace({f: Dummy()})
    try:
        return prove_equal(e, S.Zero, PLAIN) is not None
    except NormalError:
        return False


def test_none_restates_a_record(monkeypatch: pytest.MonkeyPatch) -> None:
    known = statements()
    found = []
    for name, lhs, rhs in records(monkeypatch):
        heads = {head(node) for node in applications(lhs) | applications(rhs)}
        for entry, left, right in (s for h in heads for s in known.get(h, ())):
            if restates((lhs, rhs), (left, right)):
                found.append(f"{name}: {entry.source}, {left} = {right}")
    assert not found, "\n".join(found)
