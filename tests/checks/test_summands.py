"""Sums whose summands have a sign in every case of a premise: proved where they do, and never where one does not."""

import pytest

from verify import engine
from verify.config import Settings
from verify.model import Verdict
from verify.notation import (
    And,
    ForAll,
    Ge,
    Gt,
    Le,
    Lt,
    Or,
    Sum,
    derivation,
    dimension,
    dot,
    implies,
    index_set,
    integer,
    sigmoid,
    vector,
)

d, m = dimension("d m")
I = index_set("I", d)
i, j = I.indices("i j")
u, v = vector("u", d), vector("v", d)
z = integer("z")
w = vector("w", m)


def cases(first, second, index=i):
    return ForAll(index, Or(first, second))


SAME = cases(And(Gt(u[i], 0), Gt(v[i], 0)), And(Lt(u[i], 0), Lt(v[i], 0)))
WEAK = cases(And(Ge(u[i], 0), Ge(v[i], 0)), And(Le(u[i], 0), Le(v[i], 0)))
MIXED = cases(And(Gt(u[i], 0), Gt(v[i], 0)), And(Lt(u[i], 0), Gt(v[i], 0)))
OPEN = cases(And(Gt(u[i], 0), Gt(v[i], 0)), Lt(u[i], 0))


@pytest.mark.parametrize(
    ("premise", "conclusion", "proved"),
    [
        (SAME, Gt(dot(u, v), 0), True),
        (SAME, Gt(sigmoid(dot(u, v)), sigmoid(0)), True),
        (WEAK, Ge(dot(u, v), 0), True),
        (And(SAME, Gt(z, 0)), Gt(3 * dot(u, v) + z, 0), True),
        (SAME, ForAll(i, Gt(Sum(u[j] * v[j], j), 0)), True),
        (WEAK, Gt(dot(u, v), 0), False),
        (MIXED, Gt(dot(u, v), 0), False),
        (OPEN, Gt(dot(u, v), 0), False),
        (SAME, ForAll(i, Gt(Sum(u[j] * v[i], j), 0)), False),  # v[i] is another one than that of the case
        (SAME, Gt(Sum(u[j] * v[j], (j, 1, z)), 0), False),  # another range
        (cases(Gt(w[1], 0), Lt(w[1], 0)), Gt(Sum(w[1], (j, 1, d)), 0), False),
    ],
)
def test_a_sum_has_the_sign_that_every_case_gives(premise, conclusion, proved):
    made = derivation("t", "T", steps=[implies(premise, conclusion)])
    assert made is not None
    (step,) = engine.judge(made, Settings()).steps
    assert (step.verdict is Verdict.PROVED) is proved


def test_an_empty_sum_is_zero():
    n = integer("n")
    k = index_set("K", n).index("k")
    a, b = vector("a", n), vector("b", n)
    premise = cases(And(Gt(a[k], 0), Gt(b[k], 0)), And(Lt(a[k], 0), Lt(b[k], 0)), k)
    made = derivation("t", "T", steps=[implies(premise, Gt(dot(a, b), 0)), implies(premise, Ge(dot(a, b), 0))])
    assert made is not None
    strict, weak = engine.judge(made, Settings()).steps
    assert strict.verdict is not Verdict.PROVED and weak.verdict is Verdict.PROVED
