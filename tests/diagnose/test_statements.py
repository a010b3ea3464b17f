"""Statements and arg maxes: the wrong sign is pointed at, and the line is put right in its author's hand."""

import pytest
from sympy import log

from verify import engine
from verify.config import Settings
from verify.diagnose.latex.arg_max import over_distinct, with_constraints
from verify.diagnose.latex.statements import said, statement
from verify.model import Relation
from verify.notation import (
    And,
    Eq,
    ForAll,
    Ge,
    Gt,
    Ne,
    Product,
    Sum,
    argmax,
    derivation,
    dimension,
    dot,
    gt,
    iff,
    implies,
    index_set,
    line,
    real,
    relu,
    same_maximisers,
    table,
    vector,
)

x, y, z, q = real("x y z q")
n = dimension("n")
Omega = index_set("Omega", n)
j, k = Omega.indices("j k")
u, v = vector("u", n), vector("v", n)


def told(step):
    made = derivation("t", "T", steps=[step])
    assert made is not None
    (result,) = engine.judge(made, Settings()).steps
    found = result.diagnoses[0]
    return found.code, [step.line.latex[slice(*span)] for span in found.spans], found.repair_latex


ALONE = [
    (implies(Ge(x, 0), Ne(x, 0), r"x \geq 0 \Rightarrow x \neq 0"),
     "premise", [r"\geq"], r"x > 0 \Rightarrow x \neq 0"),
    (implies(Ge(q, 0), Ne(q, 0), r"\Rightarrow p(a|b) \neq 0"),
     "premise", [r"\Rightarrow"], r"p(a|b) > 0 \Rightarrow p(a|b) \neq 0"),
    (implies(Gt(x, y), Gt(x**2, y**2), r"x > y \implies x^2 > y^2"),
     "premise", [r"\implies"], r"x > y,\ y \geq 0 \implies x^2 > y^2"),
    (implies(Eq(x**2, 4), Eq(x, 2), r"x^2 = 4 \Rightarrow x = 2"),
     "lost-case", ["x = 2"], r"x^2 = 4 \Rightarrow x = 2\ \text{or}\ x = -2"),
    (implies(Eq(x * z, y * z), Eq(x, y), r"xz = yz \Rightarrow x = y"),
     "lost-domain", [r"\Rightarrow"], r"xz = yz,\ z \neq 0 \Rightarrow x = y"),
    (iff(Eq(x, 2), Eq(x**2, 4), r"x = 2 \iff x^2 = 4"), "converse", [r"\iff"], r"x = 2 \Rightarrow x^2 = 4"),
    (iff(Ge(dot(relu(u), relu(v)), 0), ForAll(k, Gt(u[k] * v[k], 0)), r"a \geq 0 \Leftrightarrow \text{same signs}"),
     "converse", [r"\Leftrightarrow"], r"a \geq 0 \Leftarrow \text{same signs}"),
    (iff(Eq(2 * q, 6 * x), Eq(q, 2 * x), r"2q = 6x \iff q = 2x"), "constant", ["2"], r"2q = 6x \iff q = 3x"),
    (gt(x**2, 0, "x^2 > 0"), "strictness", [">"], r"x^2 \geq 0"),
]  # fmt: skip


@pytest.mark.parametrize(("step", "code", "marked", "repaired"), ALONE, ids=lambda e: e if isinstance(e, str) else "")
def test_a_statement_is_put_right_where_it_is_wrong(step, code, marked, repaired):
    assert told(step) == (code, marked, repaired)


def test_a_sign_that_occurs_twice_has_no_place():
    code, marked, _ = told(implies(And(Ge(x, 0), Ge(y, 0)), Ne(x, 0), r"x \geq 0, y \geq 0 \Rightarrow x \neq 0"))
    assert (code, marked) == ("premise", [])


def test_the_parts_of_a_statement():
    parts = statement(r"(x < 1) \Rightarrow \frac{x = 2}{y} \leq z")
    assert parts.arrow is not None and parts.premise.text.strip() == "(x < 1)"
    assert parts.premise.sign(Relation.LT) is None  # within brackets
    assert parts.conclusion.sign(Relation.EQ) is None
    assert parts.conclusion.sign(Relation.LE) is not None
    assert list(said(r"a = f(x) \geq 0", None, Ge(q, 0))) == [("f(x)", q), ("0", Ge(q, 0).rhs)]
    assert statement(r"a \Rightarrow b \Rightarrow c").arrow is None


def test_an_arg_max_is_put_right():
    t, lam = table("t", Omega, positive=True), real("lambda")
    given = Eq(Sum(t[k], k), 1)
    objective = Sum(log(t[k]), k)
    latex = r"\arg\max_{t,\lambda} \sum_k \log t_k - \lambda(\sum_k t_k - 1)"
    step = same_maximisers(argmax(objective - lam * (Sum(t[k], k) - 1), over=(t, lam)), latex)
    made = derivation("t", "T", start=line(argmax(objective, over=t, subject_to=[given])), steps=[step])
    assert made is not None
    (found,) = engine.judge(made, Settings()).steps[0].diagnoses
    assert [latex[slice(*span)] for span in found.spans] == [r"\arg\max_{t,\lambda}"]
    assert found.repair_latex == latex.replace(r"\arg\max", r"\operatorname*{stat}")


def test_a_lost_constraint_is_written_behind():
    found = with_constraints(r"\arg\max_t f(t)", [Eq(x, 1)])
    assert found == (((0, 10),), r"\arg\max_t f(t)\quad\text{subject to}\ x = 1")
    assert with_constraints("f(t)", [Eq(x, 1)]) is None


def test_a_series_over_places_runs_over_what_is_counted():
    N, p = table("#", Omega, Omega, positive=True), table("p", Omega, Omega, positive=True)
    latex = r"\arg\max_\theta \prod_t p_\theta(w_t|v_t)^{\#(w_t,v_t)}"
    spans, repaired = over_distinct(latex, N[k, j], (k, j), Product(p[k, j] ** N[k, j], k, j))
    assert [latex[slice(*span)] for span in spans] == [r"\prod_t "]
    assert repaired == r"\arg\max_\theta \prod_{k,j} p_\theta(k|j)^{\#(k,j)}"
    assert (
        over_distinct(latex, N[k, j], (k, j), Product(N[k, j] ** p[k, j], k, j)) is None
    )  # it would say another thing
