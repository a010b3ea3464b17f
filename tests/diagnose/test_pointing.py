"""Where a part stands in the author's LaTeX, and the author's line with that part put right."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from sympy import Abs, Derivative, Expr, Product, Subs, Sum, Symbol, binomial, exp, factorial, log, pi, sqrt

from verify.collect import collect
from verify.diagnose.latex.align import alignments, parsed
from verify.diagnose.latex.pointing import point, point_all, span_of
from verify.notation import Sum as sum_over
from verify.notation import (
    dot,
    frac,
    grad,
    hold,
    index_set,
    integer,
    matrix,
    positive,
    prime,
    real,
    sigmoid,
    softmax,
    vector,
)
from verify.terms import Slice

x, y, a, b = real("x y a b")
i, j, p = integer("i"), integer("j"), positive("p")
n = 5
Omega = index_set("Omega", n)
o, k, w = Omega.indices("o k w")
V, U, v = vector("V_c", 3), matrix("U", Omega, 3), vector("v", n)


def paths(e: Expr, path: tuple[int, ...] = ()) -> Iterator[tuple[tuple[int, ...], Expr]]:
    yield path, e
    if isinstance(e, Symbol | Slice):
        return
    if isinstance(e, Subs):
        yield from paths(e.point[0], (*path, 2, 0))
    for i, part in enumerate(e.args):
        if isinstance(part, Expr) and not (isinstance(e, Sum | Product | Derivative | Subs) and i):
            yield from paths(part, (*path, i))


def replaced(e: Expr, path: tuple[int, ...], new: Expr) -> Expr:
    if not path:
        return new
    args = [replaced(arg, path[1:], new) if i == path[0] else arg for i, arg in enumerate(e.args)]
    return Derivative(*args, evaluate=False) if isinstance(e, Derivative) else e.func(*args)


def find(line: Expr, part: Expr) -> tuple[int, ...]:
    """The one place at which a part occurs."""
    (found,) = [path for path, e in paths(line) if e == part]
    return found


def marked(latex: str, line: Expr, part: Expr) -> str:
    span = span_of(latex, line, find(line, part))
    return "" if span is None else f"{latex[: span[0]]}⟦{latex[span[0] : span[1]]}⟧{latex[span[1] :]}"


SPANS = [
    ("x^2 - 3y", x**2 - 3 * y, -3 * y, "x^2 ⟦- 3y⟧"),
    ("x^2 - 3y", x**2 - 3 * y, x**2, "⟦x^2⟧ - 3y"),
    (r"\frac{x+1}{y}", frac(x + 1, y), x + 1, r"\frac{⟦x+1⟧}{y}"),
    (r"\frac{1}{y}\cdot x", x * frac(1, y), frac(1, y), r"⟦\frac{1}{y}⟧\cdot x"),
    (r"x(1-\sigma(x))", x * (1 - sigmoid(x)), 1 - sigmoid(x), r"x⟦(1-\sigma(x))⟧"),
    (r"e^{-x}\log y", exp(-x) * log(y), -x, r"e^{⟦-x⟧}\log y"),
    (r"\log(x + y)", log(x + y), x + y, r"\log(⟦x + y⟧)"),
    (r"\sqrt{x+y}\,a", sqrt(x + y) * a, x + y, r"\sqrt{⟦x+y⟧}\,a"),
    (r"-(a - b)", b - a, -a, r"-(⟦a⟧ - b)"),
    (r"\sum_k e^{U_k^T V_c}", sum_over(exp(dot(U[k], V)), k), dot(U[k], V), r"\sum_k e^{⟦U_k^T V_c⟧}"),
    (r"\sum_\omega U_\omega", sum_over(U[w], w), U[w], r"\sum_\omega ⟦U_\omega⟧"),  # the author's ω is called w
    (r"\text{softmax}(v)_k", softmax(v)[k], softmax(v), r"⟦\text{softmax}(v)⟧_k"),
    (r"\sigma'(x + y)", prime(sigmoid, x + y), x + y, r"\sigma'(⟦x + y⟧)"),
    (r"\frac{\partial}{\partial V_c} U_o^T V_c", grad(dot(U[o], V), V), dot(U[o], V),
     r"\frac{\partial}{\partial V_c} ⟦U_o^T V_c⟧"),
    (r"\hat y - y", exp(x) / (1 + exp(x)) - y, exp(x) / (1 + exp(x)), r"⟦\hat y⟧ - y"),  # a name for something
    (r"1 + x - 1", hold(1 + x) - 1, hold(1 + x), r"⟦1 + x⟧ - 1"),
    (r"y = 2x + 1", 2 * x + 1, 2 * x, r"y = ⟦2x⟧ + 1"),
    (r"2(a - b)", 2 * (a - b), 2 * a, r"2(⟦a⟧ - b)"),  # SymPy multiplies it out
    (r"\frac{a+b}{2}", (a + b) / 2, b / 2, r"\frac{a+⟦b⟧}{2}"),
    (r"|a - b|\,x", Abs(a - b) * x, a - b, r"|⟦a - b⟧|\,x"),
    (r"\lVert V_c\rVert^2 + 1", dot(V, V) + 1, dot(V, V), r"⟦\lVert V_c\rVert^2⟧ + 1"),
    (r"\binom{i}{j} j!", binomial(i, j) * factorial(j), factorial(j), r"\binom{i}{j} ⟦j!⟧"),
    (r"(2x)^{-1}y", y / (2 * x), x, r"(2⟦x⟧)^{-1}y"),
    (r"v^{(k)} + \sqrt{2\pi}", v[k] + sqrt(2 * pi), v[k], r"⟦v^{(k)}⟧ + \sqrt{2\pi}"),
    (r"\frac{\mathrm{d}}{\mathrm{d}x} e^{ax}", Derivative(exp(a * x), x), exp(a * x),
     r"\frac{\mathrm{d}}{\mathrm{d}x} ⟦e^{ax}⟧"),
]  # fmt: skip


@pytest.mark.parametrize(("latex", "line", "part", "told"), SPANS, ids=[case[3] for case in SPANS])
def test_a_part_is_found(latex, line, part, told):
    assert marked(latex, line, part) == told


@pytest.mark.parametrize(
    ("latex", "line", "part"),
    [
        (r"\hat y\,x", exp(a) / (1 + exp(a)) * x, 1 + exp(a)),  # within a name
        (r"p\,q", (x + 1) * (y + 1), x + 1),  # which is which?
        (r"\frac{x", x + y, x),  # not LaTeX
        (r"x\mathbin{?}y", x + y, x),
        (r"x\,y", x + y, x),  # says something else
        ("", x + y, x),
    ],
)
def test_where_it_is_not_certain_nothing_is_told(latex, line, part):
    assert marked(latex, line, part) == ""


REPAIRS = [
    (r"-\sigma(x)(1-\sigma(x))", -sigmoid(x) * (1 - sigmoid(x)), -sigmoid(x) * (1 - sigmoid(x)),
     sigmoid(x) * (1 - sigmoid(x)), r"\sigma(x)(1-\sigma(x))"),
    (r"U_o^T V_c + b", dot(U[o], V) + b, b, -b, r"U_o^T V_c - b"),
    (r"x - y", x - y, -y, y, r"x + y"),
    (r"\log\sigma(x)", log(sigmoid(x)), sigmoid(x), sigmoid(-x), r"\log\sigma(-x)"),
    (r"e^{x}", exp(x), x, -x, "e^{-x}"),
    (r"\frac{x}{(1+y)^2}", frac(x, (1 + y) ** 2), (1 + y) ** 2, 1 + y, r"\frac{x}{1+y}"),
    (r"x\,y", x * y, x, x + 1, r"\left(x + 1\right)\,y"),
    (r"V_c(\hat y_o - 1)", V * (exp(x) / y - 1), exp(x) / y - 1, exp(x) / y - a, r"V_c(\hat y_o -a)"),
    (r"y = 2x", 2 * x, 2 * x, 3 * x, "y = 3x"),
]  # fmt: skip


@pytest.mark.parametrize(("latex", "line", "part", "new", "repaired"), REPAIRS, ids=[case[0] for case in REPAIRS])
def test_a_part_is_put_right_in_the_authors_hand(latex, line, part, new, repaired):
    path = find(line, part)
    assert point(latex, line, path, new, replaced(line, path, new)).repaired == repaired


def test_a_sign_is_pointed_at_with_what_it_belongs_to():
    found = point("a + x", a + x, find(a + x, x), -x, a - x)
    assert found.span == (2, 5)
    assert found.repaired == "a - x"


def test_the_minus_before_the_whole_line_is_pointed_at_alone():
    found = point(r"- x\,y", -x * y, (), x * y, x * y)
    assert found.span == (0, 1)
    assert found.repaired == r"x\,y"


def test_only_what_is_changed_is_pointed_at():
    line = frac(exp(-x) * (1 + y), 2 + y)
    found = point(r"\frac{e^{-x}(1+y)}{2+y}", line, (), frac(exp(-x) * (3 + y), 2 + y), frac(exp(-x) * (3 + y), 2 + y))
    assert found.span == (13, 14)
    assert found.repaired == r"\frac{e^{-x}(3+y)}{2+y}"


@pytest.mark.parametrize(
    ("latex", "line", "right", "part", "repaired"),
    [
        (r"x\cdot e^y\cdot b", x * exp(y) * b, x * b, "e^y", r"x\cdot b"),
        (r"x\,y", x * y, y, "x", "y"),
        ("x - y + a", x - y + a, x + a, "- y", "x + a"),
        ("x - y", x - y, -y, "x", "-y"),
        (r"\log(x + y)", log(x + y), log(x), "y", r"\log(x)"),
        (r"\frac{x\cdot a}{(1+y)^2}", frac(x * a, (1 + y) ** 2), x * a, "(1+y)^2", r"x\cdot a"),
    ],
)
def test_what_does_not_belong_there_is_pointed_at_and_left_out(latex, line, right, part, repaired):
    found = point(latex, line, (), right, right)
    assert found.span is not None and latex[slice(*found.span)] == part
    assert found.repaired == repaired


def test_a_line_that_is_not_understood_is_written_anew():
    found = point(r"x\mathbin{?}y", x + y, (), x - y, x - y)
    assert found.span is None
    assert found.repaired == "x - y"


def test_what_other_lines_call_a_part_is_what_it_is_called():
    p = exp(x) / (1 + exp(x))
    found = point(r"V_c", V, (), V * p, V * p, others=[(r"\hat y_o", p)])
    assert found.repaired == r"V_c \hat y_o"


LINES = [
    pytest.param(line.latex, line.content, id=f"{derivation.id}:{line.tag}")
    for derivation in collect([])[0]
    for line in (*([derivation.start] if derivation.start else []), *(step.line for step in derivation.steps))
    if isinstance(line.content, Expr) and line.latex
]


@pytest.mark.parametrize(("latex", "line"), LINES)
def test_what_stands_at_a_span_says_the_part(latex, line):
    for path, part in paths(line):
        span = span_of(latex, line, path)
        if span is not None:
            text = latex[slice(*span)]
            assert parsed(text, part) is not None
            assert alignments(text, part) or alignments(text, -part), (part, text)


def test_most_parts_of_the_notes_are_found():
    spans = [span_of(*line.values, path) for line in LINES for path, _ in paths(line.values[1])]
    assert sum(span is not None for span in spans) > 0.5 * len(spans)  # the others stand within names such as ŷ


def test_two_places_are_put_right_one_after_the_other():
    line = x * sigmoid(y) - a
    after = replaced(line, find(line, -a), a)
    edits = [(find(line, -a), a), (find(after, sigmoid(y)), sigmoid(-y))]
    spans, repaired = point_all(r"x\,\sigma(y) - a", line, edits, x * sigmoid(-y) + a)
    assert repaired == r"x\,\sigma(-y) + a"
    assert spans[0] == (13, 16)


def test_names_mean_in_the_repaired_line_what_they_mean_in_the_authors():
    line = x - exp(y)
    assert point(r"x-\hat{e}", line, (), -line, -line).repaired == r"\hat{e} - x"


def test_a_repaired_line_is_not_only_the_name_of_another():
    line = x - y
    assert point("x-y", line, (), -line, -line, [("L", y - x)]).repaired != "L"
