"""Slips of worked derivations in machine learning: what a teacher would write beside them."""

import pytest
from sympy import Derivative, log, tanh

from verify import engine
from verify.config import Settings
from verify.diagnose.latex import hand
from verify.model import Verdict
from verify.notation import (
    Eq,
    Gt,
    Sum,
    delta,
    derivation,
    dimension,
    dot,
    eq,
    grad,
    implies,
    index_set,
    line,
    matrix,
    matvec,
    real,
    sigmoid,
    softmax,
    softplus,
    stationary,
    transpose,
    vector,
)

n, d = dimension("n d")
Rows, Columns = index_set("M", n), index_set("F", d)
i, j, k = Rows.indices("i j k")
f, g = Columns.indices("f g")
x, y, z = vector("x", Rows), vector("y", Rows), vector("z", Rows)
X, w, Y = matrix("X", Rows, Columns), vector("w", Columns), matrix("Y", Rows, Rows)
a, t, beta = real("a t beta")
score = sigmoid(dot(X[i], w))


def told(lhs, step, **options):
    made = derivation("t", "T", start=line(lhs), steps=[step], **options)
    assert made is not None
    result = engine.judge(made, Settings()).steps[-1]
    assert result.verdict is Verdict.REFUTED
    assert result.diagnoses[-1].repair_verdict is Verdict.PROVED
    return [(found.code, found.sentence.replace("$", "")) for found in result.diagnoses]


LOSS = -Sum(x[i] * log(score) + (1 - x[i]) * log(1 - score), i)
LINES = [
    # the line before, the wrong line, the code, words of the sentence
    (
        grad(LOSS, w),
        -Sum((x[i] * (1 - score) - (1 - x[i]) * (1 - score)) * X[i], i),
        "function",
        "The complement is meant",
    ),
    (
        grad(LOSS, w),
        -Sum((x[i] * (1 - score) - x[i] * score) * X[i], i),
        "function",
        "The complement is meant",
    ),
    (grad(sigmoid(a), a), sigmoid(a) ** 2, "function", "has to be 1 -"),
    (grad(sigmoid(a), a), (1 - sigmoid(a)) ** 2, "function", "One of the two factors 1 -"),
    (grad(log(sigmoid(a)), a), sigmoid(a), "argument", "The argument has the wrong sign"),
    (grad(log(score), w[f]), score * X[i, f], "argument", "The argument has the wrong sign"),
    (Sum((y[i] - beta * x[i]) * x[i], i), Sum(y[i] * x[i], i) - beta * Sum(x[i], i) ** 2, "brackets", "inside the sum"),
    (Sum(x[i] * x[j], i, j) / n, Sum(x[i] ** 2, i) / n, "brackets", "The square belongs outside the sum"),
    (grad(grad(Sum(dot(X[i], w) ** 2, i), w[f]), w[g]), 2 * Sum(X[i, f] ** 2, i), "index", "One of the two factors"),
    (a * t + beta, a**2 + beta, "variable", "One of the two factors a has to be t."),
    (Sum(y[k] * grad(z[k] ** 2, z[i]), k), Sum(2 * y[k] * z[k], k), "missing-delta", "is there for k = i only"),
    (Sum(y[k] * grad(dot(X[k], w), X[i]), k), Sum(y[k] * w, k), "missing-delta", "a Kronecker delta"),
    (
        Sum(y[k] * grad(softmax(z)[k], z[i]), k),
        Sum(y[k] * softmax(z)[k] * (1 - softmax(z)[i]), k),
        "missing-delta",
        "The term 1 is there for k = i only",
    ),
    (grad(Sum(y[k] * z[k] ** 2, k), z[i]), Sum(2 * y[k] * z[k], k), "extra-sum", "There is no sum here"),
    # the chain rule meets an activation: its prime is lost, and no quotient of the two made up
    (grad(a * tanh(dot(X[i], w)), w[f]), a * tanh(dot(X[i], w)) * X[i, f], "function", "with a prime"),
    (grad(a * softplus(beta * t), t), a * softplus(beta * t) * beta, "function", "with a prime"),
    (grad(sigmoid(beta) * t, beta), sigmoid(beta) * (1 - sigmoid(beta)) * tanh(a) + 0 * t, "variable", "t, not"),
    (
        grad(tanh(sigmoid(a) * t + beta), a),
        (1 - tanh(t) ** 2) * sigmoid(a) * (1 - sigmoid(a)) * t,
        "argument",
        "another",
    ),
    (grad(Sum(y[k] * dot(X[k], w), k), w[f]), Sum(y[k] * Y[k, i], k), "variable", "not {Y}"),
    (grad(Sum(y[k] * Y[k, j], k), Y[i, j]), X[i, f] * y[i] / Y[i, j], "variable", "not {X}"),
]


@pytest.mark.parametrize(
    ("before", "wrong", "code", "words"), LINES, ids=[f"{r[2]}-{at}" for at, r in enumerate(LINES)]
)
def test_a_wrong_line_is_told_as_a_teacher_would(before, wrong, code, words):
    ((found, sentence),) = told(before, eq(wrong), given=[f, g, i])
    assert found == code
    assert words in sentence


def test_the_square_of_a_sum_in_a_denominator():
    before = Eq(beta * Sum(x[i] ** 2, i), Sum(x[i] * y[i], i))
    wrong = implies(Eq(beta, Sum(x[i] * y[i], i) / Sum(x[i], i) ** 2))
    ((code, sentence),) = told(before, wrong, given=[Gt(Sum(x[i] ** 2, i), 0)])
    assert code == "brackets"
    assert sentence.startswith("The square belongs inside the sum")


@pytest.mark.parametrize(
    ("latex", "wrong", "misread"),
    [
        ("a + t", a + t, ""),  # a plus stands where the minus should be
        ("-t + 3a", 3 * a - t, "Perhaps the scan took a speck for a minus."),
        ("3a - t", 3 * a - t, "Perhaps the scan took a plus for a minus."),
        ("t + 3a", 3 * a + t, "Perhaps the scan lost a minus."),
    ],
)
def test_the_sign_of_a_later_term_does_not_get_lost(latex, wrong, misread):
    right = {"a + t": a - t, "t + 3a": 3 * a - t}.get(latex, 3 * a + t)
    made = derivation("t", "T", start=line(Sum(right / n, i)), steps=[eq(wrong, latex)])
    assert made is not None
    (found,) = engine.judge(made, Settings()).steps[-1].diagnoses
    assert (found.code, found.transcription) == ("sign", misread)


NORMAL = Eq(matvec(transpose(X), matvec(X, w)) + a * w, matvec(transpose(X), x))
RIDGE = stationary(Sum((x[i] - dot(X[i], w)) ** 2, i) + t**2 * dot(w, w), over=w)


@pytest.mark.parametrize(
    ("before", "wrong", "code"),
    [
        (NORMAL, Eq(matvec(transpose(X), matvec(X, w)) + 2 * a * w, matvec(transpose(X), x)), "extra-factor"),
        (NORMAL, Eq(matvec(transpose(X), matvec(X, w)) - a * w, matvec(transpose(X), x)), "sign"),
        (NORMAL, Eq(2 * matvec(transpose(X), matvec(X, w)) + 2 * a * w, matvec(transpose(X), x)), "missing-factor"),
        (RIDGE, Eq(matvec(transpose(X), matvec(X, w)) + 2 * t**2 * w, matvec(transpose(X), x)), "extra-factor"),
    ],
)
def test_a_term_of_an_equation_between_vectors(before, wrong, code):
    ((found, _),) = told(before, implies(wrong))
    assert found == code


MEAN = Sum(x[j], j) / n


@pytest.mark.parametrize(
    ("before", "wrong", "latex", "sentence", "repair"),
    [
        (
            Derivative(sigmoid(a) * tanh(t), t),
            sigmoid(a) * (1 - tanh(t)),
            r"\sigma(a)(1-\tanh t)",
            r"The factor \tanh t is one too few: \tanh^{2}{\left(t \right)}.",
            r"\sigma(a)(1-\tanh^{2}{\left(t \right)})",
        ),
        (
            a * sigmoid(t) * log(sigmoid(t)) + sigmoid(t),
            a * sigmoid(t) + sigmoid(t),
            r"a p+p",
            "",
            r"a p \log p+p",
        ),
        (
            2 / n * Sum((x[j] - MEAN) * (delta(j, i) - 1 / n), j),
            2 * (x[i] - MEAN),
            r"2(x_i-\mu)",
            r"The division by n is missing: \frac{2 x_i}{n} - \frac{2 \sum_{j=1}^{n} {x}_{j}}{n^{2}}.",
            r"\frac{2 x_i}{n} - \frac{2 \sum_{j=1}^{n} {x}_{j}}{n^{2}}",
        ),
    ],
)
def test_the_author_s_words_keep_their_meaning_in_another_place(before, wrong, latex, sentence, repair):
    first = r"a p \log p + p" if before.has(log) else ""
    made = derivation("t", "T", start=line(before, first), steps=[eq(wrong, latex)], given=[i])
    assert made is not None
    (found,) = engine.judge(made, Settings()).steps[-1].diagnoses
    assert sentence in found.sentence.replace("$", "")
    assert found.repair_latex == repair


def test_an_argument_gets_brackets_where_a_factor_follows():
    p = sigmoid(t)
    words = hand.vocabulary(((r"\log p + p", log(p) + p),))
    assert hand.write(a * p * log(p), words) == r"a \log{\left(p \right)} p"
    assert hand.write(2 * log(p), words) == r"2 \log p"
    assert hand.write(log(p) ** 2, words) == r"\log{\left(p \right)}^{2}"


def test_a_lost_factor_is_likelier_than_a_wrong_label():
    one = derivation("one", "One", start=line(grad(a * dot(x, y), x[i])), steps=[eq(a)])
    other = derivation("other", "Other", start=line(grad(a * beta + t, beta)), steps=[eq(a)])
    assert one is not None and other is not None
    (step,) = engine.judge(one, Settings(), others=[one, other]).steps
    assert [found.code for found in step.diagnoses] == ["missing-factor"]
