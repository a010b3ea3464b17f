"""What a diagnosis says to a reader where its author gave no LaTeX: whole statements, typeset, and nothing empty."""

import pytest
from sympy import Derivative, exp, sin, sqrt

from report.formulas import unicode
from verify import engine
from verify.config import Settings
from verify.notation import (
    Eq,
    Gt,
    complex_number,
    derivation,
    dimension,
    eq,
    function,
    ge,
    gt,
    iff,
    line,
    lt,
    positive,
    real,
    vector,
)

x, y = real("x y")
p = positive("p")
w = complex_number("w")
f = function("f")


def last(step, start=None):
    """The last diagnosis of a step, and its repair on one line."""
    made = derivation("t", "T", start=start and line(start), steps=[step])
    assert made is not None
    (result,) = engine.judge(made, Settings()).steps
    found = result.diagnoses[-1]
    return found, unicode.text(found.repair_latex)


@pytest.mark.parametrize(
    ("step", "start", "repaired"),
    [
        (eq((x**2 - 1) / (x - 1), x - 1), None, "(x² − 1)/(x − 1) = x + 1"),
        (eq(Derivative(exp(x) * sin(x), x), exp(x) * sin(x)), None, "d/dx eˣ sin(x) = eˣ(sin(x) + cos(x))"),
        (ge(p + 1 / p, 3), None, "p + 1/p ≥ 2"),
        (ge(x**2, x), None, "x² ≥ x (x ≤ 0)"),
        (gt(x**2, 0), None, "x² ≥ 0"),
        (lt(2 * x**2), 2 * x**2 + 1, "> 2x²"),
        (ge(3), p + 1 / p, "≥ 2"),
        (iff(Eq(x, 2), Eq(x**2, 4)), None, "x = 2 ⇒ x² = 4"),
        (iff(Gt(x**2, 0), Gt(x, 0)), None, "x² > 0 ⇐ x > 0"),
    ],
)
def test_a_repair_is_the_whole_of_what_should_stand_there(step, start, repaired):
    assert last(step, start)[1] == repaired


def test_the_wrong_part_is_marked_in_what_was_made_of_the_line():
    found, _ = last(eq((x**2 - 1) / (x - 1), x - 1))
    assert found.spans


def test_the_domain_is_written_as_mathematics():
    found, _ = last(ge(x**2, x))
    assert r"$x \leq 0$" in found.sentence


def test_complex_numbers_have_no_order():
    found, _ = last(eq(sqrt(w**2), w))
    assert "≥" not in found.repair and "≤" not in found.repair


def test_what_is_computed_says_more_than_the_line():
    found, _ = last(gt(f(x).diff(x), 0))
    assert (found.code, found.repair) == ("unexplained", "")


def test_a_counterexample_says_which_component_it_is_of():
    u = vector("u", dimension("n"))
    made = derivation("t", "T", start=line(u), steps=[eq(-u)])
    assert made is not None
    (result,) = engine.judge(made, Settings()).steps
    assert result.judgement.witness is not None
    assert list(result.judgement.witness.point) == ["n", "u", "component i"]
