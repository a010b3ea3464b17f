"""The order of terms is SymPy's, but for a first term with a minus."""

import pytest
from sympy import Add, I, Sum, Symbol, exp, log, pi, preorder_traversal, sqrt

from verify.collect import collect
from verify.notation import dimension, index_set, vector
from verify.show.term_order import ordered_terms

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
    assert ordered_terms(e) == as_written(e)


def as_written(e):
    """SymPy's order, the first term without a minus moved to the front."""
    terms = e.as_ordered_terms()
    first = next((t for t in terms if not t.as_coeff_Mul()[0].is_negative), terms[0])
    return [first, *(t for t in terms if t is not first)]


def test_the_notes_are_written_as_sympy_would():
    lines = [step.line.content for derivation in collect([])[0] for step in derivation.steps]
    sums = [e for line in lines if hasattr(line, "args") for e in preorder_traversal(line) if isinstance(e, Add)]
    assert len(sums) > 30
    assert all(ordered_terms(e) == as_written(e) for e in sums)


def test_a_term_without_a_minus_comes_first():
    assert ordered_terms(y - x) == [y, -x]
    assert ordered_terms(x**2 + y - z * x**3) == [x**2, -z * x**3, y]
    assert ordered_terms(-x - y) == [-x, -y]
