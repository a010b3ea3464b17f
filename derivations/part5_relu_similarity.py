"""Inequalities about relu and sigmoid in a paraphrase model. Every line stands alone; the order is ours."""

from sympy import Rational

from verify.notation import (
    And,
    Eq,
    ForAll,
    Ge,
    Gt,
    Lt,
    Or,
    derivation,
    dimension,
    dot,
    eq,
    ge,
    holds,
    iff,
    index_set,
    real,
    relu,
    sigmoid,
    vector,
)

d = dimension("d")
i = index_set("1..d", d).index("i")
x, x1, x2 = vector("x", d), vector("x_1", d), vector("x_2", d)
a, a1, a2 = real("a a_1 a_2")
half = Rational(1, 2)

same_signs = ForAll(i, Or(And(Gt(x1[i], 0), Gt(x2[i], 0)), And(Lt(x1[i], 0), Lt(x2[i], 0))))

RELU_SIMILARITY = derivation(
    "relu-similarity",
    "What relu does to a similarity",
    source="last part",
    steps=[
        ge(relu(x), 0, r"\text{relu}(\vec x) = \max(0, \vec x) \geq 0", tag="R.1"),
        holds(Or(Eq(relu(a), 0), Eq(relu(a), a)), r"\text{relu}(x) = 0 \ \text{or}\ \text{relu}(x) = x", tag="R.2"),
        ge(relu(a1) * relu(a2), 0, r"\text{relu}(x_1)\cdot\text{relu}(x_2) \geq 0", tag="R.3"),
        ge(dot(relu(x1), relu(x2)), 0, r"\text{relu}(\vec x_1)^T\cdot\text{relu}(\vec x_2) \geq 0", tag="R.4"),
        eq(sigmoid(0), half, r"\text{sigmoid}(0) = 0.5", tag="R.5"),
        ge(
            sigmoid(dot(relu(x1), relu(x2))),
            half,
            r"\forall\,\vec x_1, \vec x_2:\ \text{sigmoid}(\text{relu}(\vec x_1)^T\text{relu}(\vec x_2)) \geq 0.5",
            tag="R.6",
        ),
        iff(
            Ge(dot(relu(x1), relu(x2)), 0),
            same_signs,
            r"\text{relu}(\vec x_1)^T\text{relu}(\vec x_2) \geq 0 \Leftrightarrow \vec x_1, \vec x_2"
            r"\ \text{have the same signs}",
            tag="R.7",
            erratum="the left side always holds",
        ),
        iff(
            Gt(sigmoid(dot(x1, x2)), half),
            Gt(dot(x1, x2), 0),
            r"\text{sigmoid}(\vec x_1^T\vec x_2) > 0.5 \Leftrightarrow \vec x_1^T\vec x_2 > 0",
            tag="R.8",
            reason="p(paraphrase|x₁,x₂) = sigmoid(x₁ᵀx₂), and 1 is predicted above the threshold",
        ),
        iff(
            Gt(dot(x1, x2), 0),
            same_signs,
            r"\vec x_1^T\vec x_2 > 0 \Leftrightarrow \vec x_1, \vec x_2\ \text{have the same signs}",
            tag="R.9",
            erratum="true for numbers, not for vectors",
        ),
    ],
    remarks=[
        "The assumption is that Acc(M) ≥ 0.25.",
        "There is somewhat of a cluster for all the adjectives. Also, “king” and “male” are clustered in a meaningful "
        "manner (though “queen” and “female” are not), etc.",
    ],
)
