"""The order of terms is SymPy's."""

import pytest
from sympy import Add, I, Sum, Symbol, exp, log, pi, preorder_traversal, sqrt

from verify.collect import collect
from verify.notation import dimension, index_set, vector
from verify.term_order import ordered_terms

x, y, z = Symbol("x", real=True), Symbol("y", positive=True), Symbol("z")
n = dimension("n")
i = index_set("1..n", n).index("i")
v = vector("v", n)


@pytest.mark.parametrize(
    "e",
    [
        x + y + 1,
        1 - x,
        pi - x,
        -1 + x,
        x**2 + 3 * x * y - y**2 + sqrt(2) * x,
        exp(x) - log(y) * x + 2 * I * z + z**-2,
        Sum(v[i], (i, 1, n)) * x - x + Sum(v[i] ** 2, (i, 1, n)) - 3,
        Sum(i, (i, 1, 3)) * x + x**2 + sqrt(3),
    ],
)
def test_terms_are_in_the_order_that_sympy_writes_them_in(e):
    assert ordered_terms(e) == e.as_ordered_terms()


def test_the_notes_are_written_as_sympy_would():
    lines = [step.line.content for derivation in collect([])[0] for step in derivation.steps]
    sums = [e for line in lines if hasattr(line, "args") for e in preorder_traversal(line) if isinstance(e, Add)]
    assert len(sums) > 30
    assert all(ordered_terms(e) == e.as_ordered_terms() for e in sums)
