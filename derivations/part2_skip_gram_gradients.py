"""Second part, (1) to (3): the gradients of the skip-gram loss over a window, for any differentiable loss J."""

from verify.notation import (
    IndexSet,
    Ne,
    Sum,
    derivation,
    dimension,
    eq,
    function,
    grad,
    index_set,
    line,
    matrix,
    sequence,
)

n, d, m = dimension("n"), dimension("d"), dimension("m")
Omega = index_set("Omega", n)
Window = IndexSet("-m..m", -m, m)
c, w = Omega.indices("c w")
j = Window.index("j")
V, U = matrix("V", Omega, d), matrix("U", Omega, d)
context = sequence("context", Window, Omega)  # context[j] is the word w_{t+j}
loss = function("J")


def J(j):
    """The loss for the word at offset j; it depends on V only through V_c."""
    return loss(V[c], context[j], U)


def over_window(f):
    """The sum over -m ≤ j ≤ m, j ≠ 0."""
    return Sum(f(j), (j, -m, -1)) + Sum(f(j), (j, 1, m))


J_sg = over_window(J)
SUM = r"\sum_{\substack{-m\leq j\leq m\\ j\neq 0}}"

FIRST = derivation(
    "skip-gram-gradients-1",
    "Gradient for the outside vectors",
    source="second part, (1)",
    start=line(grad(J_sg, U), r"\frac{\partial J_{\text{sg}}(V_c,w_{t-m},\dots,w_{t+m},U)}{\partial U}", tag="S1.0"),
    steps=[
        eq(over_window(lambda j: grad(J(j), U)), SUM + r"\frac{\partial}{\partial U} J(V_c,w_{t+j},U)", tag="S1.1"),
    ],
)

SECOND = derivation(
    "skip-gram-gradients-2",
    "Gradient for the centre vector",
    source="second part, (2)",
    start=line(
        grad(J_sg, V[c]), r"\frac{\partial J_{\text{sg}}(V_c,w_{t-m},\dots,w_{t+m},U)}{\partial V_c}", tag="S2.0"
    ),
    steps=[
        eq(
            -over_window(lambda j: grad(J(j), V[c])),
            "-" + SUM + r"\frac{\partial}{\partial V_c} J(V_c,w_{t+j},U)",
            tag="S2.1",
            erratum="the minus has no reason to be there",
        ),
    ],
)

THIRD = derivation(
    "skip-gram-gradients-3",
    "Gradient for the other centre vectors",
    source="second part, (3)",
    given=[Ne(w, c)],
    start=line(
        grad(J_sg, V[w]),
        r"\left.\frac{\partial J_{\text{sg}}(V_c,w_{t-m},\dots,w_{t+m},U)}{\partial V_w}\right|_{w\neq c}",
        tag="S3.0",
    ),
    steps=[eq(0, "0", tag="S3.1")],
    remarks=["Printed as the derivative by V_c taken at w ≠ c; read as the derivative by V_w for w ≠ c."],
)
