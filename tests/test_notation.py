"""What an author writes, and what is said of what makes no sense: message and line are a tested interface."""

from __future__ import annotations

import sys
from collections.abc import Callable
from typing import Any

import pytest
import sympy
from sympy import Derivative, Symbol, exp

from tests.judging import judge
from verify import notation as n
from verify.lower import lower
from verify.model import LoadError, Relation, Verdict
from verify.notation import (
    EncodingError,
    Eq,
    Ge,
    Gt,
    Ne,
    Sum,
    argmax,
    derivation,
    dimension,
    dot,
    eq,
    ge,
    grad,
    holds,
    implies,
    index_set,
    line,
    matrix,
    real,
    same_maximisers,
    vector,
)
from verify.show import show
from verify.terms import TermError

size, d = dimension("n d")
Omega = index_set("Omega", size)
o, w, k = Omega.indices("o w k")
V, W, U = vector("V", d), vector("W", size), matrix("U", Omega, d)
x, y = real("x y")


def chain(*steps: Any, start: Any = None, **more: Any) -> Any:
    return derivation("test", "A test", start=line(x) if start is None else start, steps=steps, **more)


BAD: list[tuple[str, Callable[[], Any], str]] = [
    (
        "integral without a range",
        lambda: chain(eq(sympy.Integral(x, x)), start=line(x)),
        r"an integral wants its range, \(x, a, b\); an antiderivative F of f is Derivative\(F, x\) = f",
    ),
    (
        "vector plus number",
        lambda: chain(eq(V + 1), start=line(V)),
        r"in the sum V \+ 1: 1 is a scalar, V is a vector of length d",
    ),
    (
        "function of a vector",
        lambda: chain(eq(exp(V)), start=line(V)),
        "must be a scalar, but V is a vector of length d",
    ),
    ("product of vectors", lambda: chain(eq(V * V), start=line(x)), "must be a scalar, but V is a vector"),
    ("two vectors", lambda: chain(eq(V * U[w]), start=line(V), given=[w]), "both are vectors; use dot"),
    ("vector equal to a number", lambda: chain(eq(x), start=line(V)), "V is a vector of length d, x is a scalar"),
    ("lengths differ", lambda: chain(eq(dot(V, W))), "lengths d and n differ"),
    (
        "row equal to a vector of another length",
        lambda: chain(eq(U[w]), start=line(W), given=[w]),
        "length n.*length d",
    ),
    ("unbound index", lambda: chain(eq(x + W[k])), r"the index k is not bound.*given=\[k\]"),
    ("undeclared symbol", lambda: chain(eq(x + Symbol("z"))), r'the symbol z has no domain.*z = real\("z"\)'),
    ("undeclared in the first line", lambda: chain(eq(x), start=line(Symbol("z"))), "the symbol z has no domain"),
    ("no first line", lambda: derivation("t", "T", steps=[eq(x)]), "no first line"),
    ("two sides in a chain", lambda: chain(eq(x, y)), "does not belong in a chain"),
    ("no steps", lambda: derivation("t", "T", start=line(x), steps=[]), "at least one step"),
    ("a tag twice", lambda: chain(eq(x, tag="1"), eq(x, tag="1")), "the tag 1 is used twice"),
    ("no such premise", lambda: chain(eq(x, keep="9")), "no line with that tag"),
    ("an expression implied", lambda: chain(implies(Ge(x, 0))), "'⇒' relates two propositions"),
    ("a proposition equated", lambda: chain(eq(Ge(x, 0))), "'=' relates two expressions"),
    ("maximisers of an expression", lambda: chain(same_maximisers(x)), "two maximisation problems"),
    ("gradient of a vector", lambda: chain(eq(grad(V, V)), start=line(V)), "differentiates a scalar"),
    ("vectors unequal", lambda: chain(eq(x), given=[Ne(V, V)]), "say which component differs"),
    ("three sides", lambda: eq(x, y, x), "takes one side"),
    ("a SymPy relation as a given", lambda: chain(eq(x), given=[x >= 0]), "given takes propositions such as Ge"),
    ("text as a given", lambda: chain(eq(x), given=["x >= 0"]), "given takes propositions"),
    ("text as a line", lambda: eq("x"), "needs an expression; text is its LaTeX"),
    ("a SymPy relation as a line", lambda: chain(implies(x > 0), start=line(Ge(x, 0))), r"write Ge\(x, 0\)"),
    ("computed in floating point", lambda: chain(eq(x / 3.0)), "computed in floating point; write it exactly"),
    ("an odd domain", lambda: chain(eq(Symbol("s", imaginary=True))), "declared imaginary"),
    ("one name, two symbols", lambda: chain(eq(x + n.positive("x"))), "two different symbols called x"),
    ("not a number", lambda: chain(eq(x + sympy.nan)), "this divides by zero: SymPy has made nan of it"),
    ("a matrix of SymPy", lambda: eq(sympy.Matrix([[1]])), "SymPy's matrices are not used here"),
    (
        "derivative by a whole number",
        lambda: chain(eq(Derivative(n.integer("q") ** 2, n.integer("q")))),
        "whole number",
    ),
    (
        "matrix times vector of another length",
        lambda: chain(eq(n.matvec(U, W)), start=line(W)),
        "lengths d and n differ",
    ),
    ("not a step", lambda: chain(x), "steps are made by eq"),
]


@pytest.mark.parametrize(("make", "message"), [row[1:] for row in BAD], ids=[row[0] for row in BAD])
def test_what_makes_no_sense_is_said_with_file_and_line(make: Callable[[], Any], message: str) -> None:
    with pytest.raises(EncodingError, match=message) as caught:
        make()
    assert caught.value.place.file == __file__
    assert caught.value.place.line > 0
    assert str(caught.value).startswith(f"{__file__}:{caught.value.place.line}: ")


def test_an_error_stands_at_its_own_line() -> None:
    first = sys._getframe().f_lineno
    with pytest.raises(EncodingError) as caught:
        derivation(
            "test",
            "A test",
            start=line(x),
            steps=[
                eq(x + 0),
                eq(x + V),
            ],
        )
    assert caught.value.place.line == first + 8


def test_while_collecting_errors_are_noted_and_the_others_survive() -> None:
    errors: list[LoadError] = []
    with n.collecting(errors) as built:
        assert chain(eq(V)) is None
        good = chain(eq(x))
    assert [e.file for e in errors] == [__file__]
    assert built == [good]


def test_the_line_stays_as_written() -> None:
    assert n.frac(x, x) != 1
    assert n.hold(1 + x) - 1 != x
    assert Ge(sympy.Max(0, x), 0).lhs == sympy.Max(0, x)
    assert n.sigmoid(0) != sympy.Rational(1, 2)


def test_floats_are_the_decimals_that_were_typed() -> None:
    from verify.lower import lower

    assert lower(0.1 * x) == x / 10
    assert n.Eq(x, 0.1).rhs == sympy.Rational(1, 10)


def test_relations_have_their_words() -> None:
    made = chain(eq(x), ge(x), start=line(x))
    assert [s.relation for s in made.steps] == [Relation.EQ, Relation.GE]
    assert [s.tag for s in made.steps] == ["1", "2"]
    alone = derivation("t", "T", steps=[ge(x**2, 0), holds(Gt(exp(x), 0)), implies(Eq(x, 1), Ge(x, 0))])
    assert alone is not None
    assert alone.start is None


def test_givens_list_sizes_and_symbols_in_order_of_appearance() -> None:
    made = chain(eq(dot(U[w], V)), start=line(dot(U[w], V)))
    assert [s.name for s in made.givens.symbols] == ["U", "w", "V", "n", "d"]


def test_a_subscript_too_many_is_an_error() -> None:
    with pytest.raises(TermError, match="1 index, 2 given"):
        W[1, 2]


@pytest.mark.parametrize("index", [0, sympy.Rational(1, 2), x])
def test_a_subscript_is_a_whole_number_within_its_range(index: Any) -> None:
    with pytest.raises(TermError, match=r"subscript is a whole number|runs from 1 to n"):
        W[index]


def test_limits_at_infinity_are_read() -> None:
    made = derivation("limit", "L", steps=[eq(sympy.Limit(sympy.log(x) / x, x, sympy.oo), 0)])
    assert made is not None


def test_iterating_an_array_is_an_error() -> None:
    with pytest.raises(TypeError):
        list(V)


def test_the_examples_of_the_design() -> None:
    J = -sympy.log(exp(dot(U[o], V)) / Sum(exp(dot(U[k], V)), k))
    P = exp(dot(U[w], V)) / Sum(exp(dot(U[k], V)), k)
    made = derivation(
        "naive", "N", start=line(grad(J, U[w]), tag="5.0"), steps=[eq(V * (P - n.delta(w, o)), r"V_c", tag="5.4")]
    )
    assert made is not None
    assert made.steps[0].line.latex == "V_c"
    one = 1 + exp(-x)
    assert chain(eq(Derivative(1 / one, x)), start=line(Derivative(n.sigmoid(x), x))) is not None


def test_a_problem_is_a_line() -> None:
    p = n.table("p", Omega, positive=True)
    problem = argmax(Sum(sympy.log(p[k]), k), over=p, subject_to=[Eq(Sum(p[k], k), 1)])
    assert chain(same_maximisers(problem), start=line(problem)) is not None


def test_a_sum_above_a_fraction_line_keeps_its_brackets() -> None:
    x = n.real("x")
    assert show(n.frac(1 - x, -x)) == "((1 - x)/(-x))"
    assert show(n.frac(2 * x, x + 1)) == "(2*x/(x + 1))"


def test_a_variable_of_integration_has_the_sign_of_its_range():
    t = n.real("t")
    size = sympy.Symbol("t", positive=True)
    assert lower(sympy.Integral(sympy.sqrt(t**2), (t, 0, 1))) == sympy.Integral(size, (size, 0, 1))
    both = sympy.Integral(sympy.sqrt(t**2), (t, -1, 1))
    assert lower(both) == both


def test_a_transposed_matrix_times_a_vector():
    rows, columns = n.dimension("m"), n.dimension("d")
    X, y, w = n.matrix("X", rows, columns), n.vector("y", rows), n.vector("w", columns)
    assert show(n.matvec(X, w)) == "X·w"
    assert show(n.matvec(n.transpose(X), y - n.matvec(X, w))) == "Xᵀ·(y - X·w)"
    made = chain(
        eq(-2 * n.matvec(n.transpose(X), y - n.matvec(X, w))),
        start=line(grad(dot(y - n.matvec(X, w), y - n.matvec(X, w)), w)),
    )
    assert made is not None
    with pytest.raises(n.TermError, match="transpose"):
        n.transpose(y)


def test_a_limit_is_from_both_sides_unless_it_says_otherwise():
    t = n.real("t")
    assert str(n.Limit(t, t, 0).args[3]) == "+-"
    assert str(n.Limit(t, t, 0, "-").args[3]) == "-"


def test_a_component_of_a_vector_that_is_not_just_a_name() -> None:
    rows, d = dimension("n d")
    i = index_set("1..n", rows).index("i")
    weights, h, b = matrix("W", rows, d), vector("h", d), vector("b", rows)
    made = n.component(n.matvec(weights, h) + b, i)
    assert judge(eq(made, dot(weights[i], h) + b[i]))[0].judgement.verdict is Verdict.PROVED
    assert n.component(b, i) == b[i]
