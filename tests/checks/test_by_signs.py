"""Implications that hold by the signs of the symbols alone; and what is close to them and is not proved."""

from __future__ import annotations

import pytest
from sympy import Abs, Max, Min, sign

from verify import lower
from verify.checks.inequalities import by_signs
from verify.config import Settings
from verify.model import Givens, Relation, Verdict
from verify.notation import And, Eq, Ge, Gt, Le, Lt, Ne, Not, Or, real

x, y = real("x y")
IMPLIES, IFF = Relation.IMPLIES, Relation.IFF
SAME = Or(And(Gt(x, 0), Gt(y, 0)), And(Lt(x, 0), Lt(y, 0)))
TRUE = [
    (Gt(x * y, 0), IFF, SAME, ()),
    (Eq(x * y, 0), IFF, Or(Eq(x, 0), Eq(y, 0)), ()),
    (Eq(x**2 + y**2, 0), IFF, And(Eq(x, 0), Eq(y, 0)), ()),
    (And(Gt(x, 0), Gt(y, 0)), IMPLIES, Gt(x + y, 0), ()),
    (Gt(x * y**2, 0), IFF, And(Gt(x, 0), Ne(y, 0)), ()),
    (Lt(x**3, 0), IFF, Lt(x, 0), ()),
    (Gt(x * y, 0), IMPLIES, Gt(y, 0), (Gt(x, 0),)),
    (Gt(Max(x, y), 0), IFF, Or(Gt(x, 0), Gt(y, 0)), ()),
    (Eq(Abs(x), 0), IFF, Eq(x, 0), ()),
    (Gt(sign(x), 0), IFF, Not(Le(x, 0)), ()),
]
UNTOLD = [
    (Ge(x * y, 0), IFF, SAME, ()),
    (Gt(x + y, 0), IMPLIES, Or(Gt(x, 0), Lt(y, 0)), ()),
    (Gt(x - y, 0), IMPLIES, Gt(x, 0), ()),
    (Ge(x + y, 0), IFF, Or(Gt(x, 0), Gt(y, 0)), ()),
    (Gt(Min(x, y), 0), IFF, Or(Gt(x, 0), Gt(y, 0)), ()),
    (Ne(x, 0), IMPLIES, Gt(1 / x**2, 0), ()),  # what is not defined everywhere is no matter of signs
    (Gt(x, 1), IMPLIES, Gt(x, 2), ()),
    (Gt(x, 0), IMPLIES, Lt(x, 0), (Lt(x, 0), Gt(x, 0))),  # no case is left
]


def found(lhs, relation, rhs, given):
    return by_signs.check(lower.claim("t", lhs, relation, rhs, Givens((x, y), given)), Settings())


@pytest.mark.parametrize(("lhs", "relation", "rhs", "given"), TRUE)
def test_proved_in_every_case(lhs, relation, rhs, given):
    evidence = found(lhs, relation, rhs, given)
    assert evidence is not None and evidence.verdict is Verdict.PROVED


@pytest.mark.parametrize(("lhs", "relation", "rhs", "given"), UNTOLD)
def test_silent_where_a_case_is_open(lhs, relation, rhs, given):
    assert found(lhs, relation, rhs, given) is None
