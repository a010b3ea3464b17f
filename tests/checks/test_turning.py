"""What follows whichever sign a number has on which relu, |·|, max or min depends; and what does not."""

import pytest
from sympy import Abs, Max, Min

from verify import engine
from verify.config import Settings
from verify.model import Verdict
from verify.notation import (
    And,
    Eq,
    ForAll,
    Gt,
    Or,
    complex_number,
    derivation,
    dimension,
    holds,
    index_set,
    nonnegative,
    real,
    relu,
    vector,
)

d = dimension("d")
i = index_set("I", d).index("i")
v = vector("v", d)
a, b, c = real("a b c")
p = nonnegative("p")
z = complex_number("z")

EITHER = [
    Or(Eq(relu(a), 0), Eq(relu(a), a)),
    Or(Eq(Abs(a), a), Eq(Abs(a), -a)),
    Or(Eq(Max(a, b), a), Eq(Max(a, b), b)),
    Or(Eq(Min(a, b, evaluate=False), a), Eq(Max(a, b), a)),
    Or(Eq(Abs(a * b), a * b), Eq(Abs(a) * Abs(b), -a * b)),
    Or(Eq(Abs(a) + Abs(b), a + b), Eq(Abs(a) + Abs(b), a - b), Eq(Abs(a) + Abs(b), b - a), Eq(Abs(a) + Abs(b), -a - b)),
    ForAll(i, Or(Eq(relu(v[i]), 0), Eq(relu(v[i]), v[i]))),
]
NEITHER = [
    Or(Eq(relu(a), 0), Eq(relu(a), b)),
    Or(Eq(Abs(a), a), Eq(Abs(a), b)),
    Or(Gt(relu(a), 0), Gt(a, 0)),
    Or(Eq(Max(a, b, c), a), Eq(Max(a, b, c), b)),
    Or(Eq(Abs(z), z), Eq(Abs(z), -z)),
    Or(ForAll(i, Eq(relu(v[i]), 0)), ForAll(i, Eq(relu(v[i]), v[i]))),  # the entries differ in their signs
    Or(And(Eq(Abs(a), a), Eq(Abs(b), b)), And(Eq(Abs(a), -a), Eq(Abs(b), -b))),
]


def judged(proposition):
    made = derivation("t", "T", steps=[holds(proposition)])
    assert made is not None
    (step,) = engine.judge(made, Settings()).steps
    return step


@pytest.mark.parametrize("proposition", EITHER)
def test_one_thing_or_the_other_whatever_the_sign(proposition):
    step = judged(proposition)
    assert step.verdict is Verdict.PROVED
    assert any(e.check == "implication" for e in step.judgement.evidence)


@pytest.mark.parametrize("proposition", NEITHER)
def test_what_fails_for_one_sign_is_not_proved(proposition):
    assert judged(proposition).verdict is Verdict.REFUTED


def test_a_sign_that_is_known_is_no_case():
    step = judged(Or(Eq(relu(p), p), Eq(relu(p), a)))
    assert step.verdict is Verdict.PROVED
    assert not any("where" in e.detail for e in step.judgement.evidence)
