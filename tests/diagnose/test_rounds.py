"""Edits whose expression comes later have its values; all variants in one walk have those of each alone."""

import numpy as np
import pytest
from sympy import Derivative, Symbol, besselk, cos, exp, log, sin, sqrt

from verify import engine
from verify.config import Settings
from verify.diagnose.context import Case
from verify.diagnose.search.deferred import Deferred
from verify.diagnose.search.rounds import ROUNDS, Ground
from verify.diagnose.search.screen import Screen
from verify.diagnose.search.sheet import Sheet
from verify.diagnose.search.sheets import forget
from verify.diagnose.search.spread import spread
from verify.diagnose.search.targets import DEAR
from verify.diagnose.search.values import FAILS
from verify.diagnose.search.variants import filling
from verify.evaluate.sampling.batches import batches
from verify.notation import Sum, derivation, dimension, dot, eq, frac, index_set, line, matrix, real, sigmoid, vector

x, y = real("x y")
n, d = dimension("n d")
Omega = index_set("Omega", n)
k, o, w = Omega.indices("k o w")
u = vector("u", n)
c, U = vector("c", d), matrix("U", Omega, d)

LINES = [
    (sin(x) ** 2, 2 * sin(x) * cos(x) + log(1 + x**2) / 3),
    (Derivative(sqrt(x**2 + y**2), x), frac(x, sqrt(x**2 + y**2)) - sigmoid(-2 * x * y)),
    (exp(u[w]), u[w] * Sum(exp(u[k]), k) + Sum(u[k] ** 2, k) * u[o]),
    (U[w] * exp(dot(U[w], c)), exp(dot(U[o], c)) * U[w] - c),
]


@pytest.fixture(autouse=True)
def nothing_evaluated_before():
    forget()


def ground_of(lhs, rhs):
    made = derivation("t", "T", start=line(lhs), steps=[eq(rhs)], given=[o, w] if lhs.has(w) else [])
    (step,) = made.steps

    def claim(left, relation, right):
        return engine.make_claim("t:1", left, relation, step, made, ())

    return Ground(Case(lhs, step.relation, rhs, claim, lambda _: None, lambda _: None), lhs, rhs)


def sheets_of(ground):
    return [Sheet(batch, ground.space.real) for batch in batches(ground.space, 0, count=2)]


@pytest.mark.parametrize(("lhs", "rhs"), LINES)
def test_values_that_come_first_are_those_of_the_expression_that_comes_later(lhs, rhs):
    ground = ground_of(lhs, rhs)
    sheet = sheets_of(ground)[0]
    compared = 0
    with np.errstate(all="ignore"):
        for part in ground.parts:
            if part.bound:
                continue
            old = sheet.value(part.node, sheet.point.integers)
            for edit in ground.edits(part):
                if isinstance(edit.given, Deferred):
                    try:
                        first = edit.given.value(sheet, sheet.point.integers, old)
                        later = sheet.value(edit.operand, sheet.point.integers)
                    except FAILS:
                        continue
                    known = np.isfinite(first) & np.isfinite(later)
                    close = np.abs(first - later) <= 1e-9 * (np.abs(first) + np.abs(later)) + 1e-12
                    assert (close | ~known).all(), edit
                    compared += known.any()
    assert compared > 10


@pytest.mark.parametrize(("lhs", "rhs"), LINES)
def test_all_variants_in_one_walk_have_the_values_of_each_part_alone(lhs, rhs):
    ground = ground_of(lhs, rhs)
    sheet = sheets_of(ground)[0]
    with np.errstate(all="ignore"):
        for number in range(len(ROUNDS)):
            places = []
            for part, single, blocks in ground.proposals(number):
                count = len(single) + sum(len(block.changes) for block in blocks)
                if count:
                    places.append((part.path, count, filling(part, single, blocks)))
            table = spread(sheet, rhs, places)
            for path, count, fill in places:
                alone = sheet.along(rhs, {path: fill})
                assert table[path].shape[0] == count
                np.testing.assert_allclose(*np.broadcast_arrays(table[path], alone), rtol=1e-12)


def test_few_points_screen_where_values_are_dear():
    z = Symbol("z", positive=True)
    ground = ground_of(besselk(1, z), besselk(0, z) / z)
    screen = Screen(besselk(1, z), besselk(0, z) / z, ground.space, 0)
    assert screen.sheets[0].count <= DEAR


def test_points_are_kept_where_values_are_cheap():
    ground = ground_of(sin(x), cos(x))
    assert Screen(sin(x), cos(x), ground.space, 0).sheets[0].count > DEAR


def test_values_that_were_dear_for_one_derivation_do_not_show_in_the_next():
    dear, cheap = (
        derivation("t", "T", steps=[eq(left, right)])
        for left, right in ((besselk(1, exp(x)), besselk(0, exp(x)) / 2), (sin(x), cos(x)))
    )
    engine.judge(dear, Settings())
    engine.judge(cheap, Settings())
    ground = ground_of(sin(x), cos(x))
    assert Screen(sin(x), cos(x), ground.space, 0).sheets[0].count > DEAR
