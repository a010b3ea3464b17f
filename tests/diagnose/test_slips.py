"""Every kind of slip is named, and mended by a line that is proved; a right line has no diagnosis."""

import pytest
import sympy
from sympy import Abs, Derivative, E, Subs, Symbol, cos, cosh, exp, factorial, fibonacci, log, oo, sin, sinh, sqrt

from verify import engine
from verify.config import Settings
from verify.model import Doubt, Verdict
from verify.notation import (
    And,
    Eq,
    ForAll,
    Ge,
    Gt,
    Ne,
    Or,
    Sum,
    argmax,
    delta,
    derivation,
    dimension,
    dot,
    eq,
    frac,
    ge,
    grad,
    gt,
    iff,
    implies,
    index_set,
    le,
    line,
    matrix,
    positive,
    prime,
    real,
    relu,
    same_maximisers,
    sigmoid,
    softmax,
    softplus,
    stationary,
    table,
    vector,
)
from verify.show import show

x, y, z, a, b = real("x y z a b")
p, q = positive("p q")
n, d = dimension("n d")
Omega = index_set("Omega", n)
i, j, k, o, w = Omega.indices("i j k o w")
u, v = vector("u", n), vector("v", n)
c = vector("c", d)
U = matrix("U", Omega, d)
A = matrix("A", n, n)


def diagnoses(step, **options):
    made = derivation("t", "T", steps=[step], **options)
    assert made is not None
    (result,) = engine.judge(made, Settings()).steps
    return result


def chain(first, *steps):
    made = derivation("t", "T", start=line(first), steps=list(steps))
    assert made is not None
    return engine.judge(made, Settings()).steps


EQUATIONS = [
    # the left side, the wrong line, the code, the line as it should be
    (Derivative(sigmoid(x), x), -sigmoid(x) * (1 - sigmoid(x)), "sign", sigmoid(x) * (1 - sigmoid(x))),
    (Derivative(sigmoid(x), x), sigmoid(x) * (1 + sigmoid(x)), "sign", sigmoid(x) * (1 - sigmoid(x))),
    (frac(x**2 - 1, x - 1), x - 1, "sign", x + 1),
    (1 - sigmoid(x), sigmoid(x), "argument", sigmoid(-x)),
    (Derivative(x**2 * y, x), 2 * x, "missing-factor", 2 * x * y),
    (grad(dot(u, u), u), u, "missing-factor", 2 * u),
    (Derivative(x**3, x), 2 * x**2, "constant", 3 * x**2),
    (Derivative(x**3, x), 3 * x**3, "exponent", 3 * x**2),
    (Derivative(log(x), x), x, "reciprocal", 1 / x),
    (Derivative(x * y, x), x * y, "extra-factor", y),
    (Derivative(exp(x**2), x), exp(x**2), "chain-rule", 2 * x * exp(x**2)),
    ((x + y) ** 2, x**2 + y**2, "not-linear", (x + y) ** 2),
    (Derivative(x**2 + 3, x), 2 * x + 3, "extra-term", 2 * x),
    ((x + 1) ** 2, x**2 + 1, "missing-term", x**2 + 2 * x + 1),
    (Derivative(sin(x), x), sin(x), "function", cos(x)),
    (y * log(q) + x, y * q + x, "lost-function", y * log(q) + x),
    (log(exp(x)), exp(x), "extra-function", x),
    (Derivative(x * y, x), x, "variable", y),
    (Sum(delta(k, i) * u[k], k), u[j], "index", u[i]),
    (Sum(A[i, k] * u[k], k), Sum(A[k, i] * u[k], k), "transposed", Sum(A[i, k] * u[k], k)),
    (grad(dot(U[o], c), U[w]), c, "missing-delta", c * delta(o, w)),
    (Sum(u[k], k), Sum(u[k] * delta(k, i), k), "extra-delta", Sum(u[k], k)),
    (grad(Sum(dot(U[k], c), k), c), U[i], "lost-sum", Sum(U[k], k)),
    (grad(Sum(u[k] ** 2, k), u[i]), Sum(2 * u[k], k), "extra-sum", 2 * u[i]),
    (log(p * q), log(p) * log(q), "sum-for-product", log(p) + log(q)),
    (Sum(u[k] + 1, k), Sum(u[k], (k, 1, n - 1)) + n, "range", Sum(u[k], k) + n),
    (Sum(u[k] / n, k), Sum(u[k], k), "average", Sum(u[k], k) / n),
    (a * (x + b), a * x + b, "brackets", a * (x + b)),
    (softmax(u)[i], softmax(2 * u)[i], "extra-factor", softmax(u)[i]),
    (cosh(x) ** 2 - sinh(x) ** 2, x + 1, "extra-term", sympy.S.One),
    (frac(x**2 - 1, x - 1), 1, "missing-term", x + 1),
    (log(sigmoid(x)), x - softplus(-x), "extra-term", -softplus(-x)),
    (Sum(A[i, k], k) - u[i], Sum(A[i, k], k), "missing-term", Sum(A[i, k], k) - u[i]),
]


@pytest.mark.parametrize(("lhs", "wrong", "code", "right"), EQUATIONS, ids=lambda e: str(e)[:40])
def test_a_slip_in_an_equation(lhs, wrong, code, right):
    result = diagnoses(eq(lhs, wrong))
    assert result.verdict is Verdict.REFUTED
    (found,) = result.diagnoses
    assert (found.code, found.repair_verdict) == (code, Verdict.PROVED)
    assert found.repair == show(right)
    assert found.sentence.endswith((".", ".)"))


LOGIC = [
    (implies(Ge(x, 0), Ne(x, 0)), "premise", "x > 0 ⇒ x ≠ 0"),
    (implies(Gt(x, y), Gt(x**2, y**2)), "premise", "x > y and y ≥ 0 ⇒ x**2 > y**2"),
    (implies(Eq(x**2, 4), Eq(x, 2)), "lost-case", "x**2 = 4 ⇒ x = 2 or x = -2"),
    (implies(Eq(x * z, y * z), Eq(x, y)), "lost-domain", "x*z = y*z and z ≠ 0 ⇒ x = y"),
    (implies(And(Ge(x, 0), Ge(y, 0)), Or(Gt(x, 0), Gt(y + 1, 1))), "premise", None),
    (iff(Eq(x, 2), Eq(x**2, 4)), "converse", "x = 2 ⇒ x**2 = 4"),
    (iff(Ge(dot(relu(u), relu(v)), 0), ForAll(k, Gt(u[k] * v[k], 0))), "converse", None),
    (implies(Eq(q * p**2 / 2, 3 * q), Eq(p, sqrt(3))), "constant", "p**2*q/2 = 3*q ⇒ p = sqrt(6)"),
    (iff(Eq(2 * x + 3, 7), Eq(2 * x, 10)), "constant", "2*x + 3 = 7 ⇔ 2*x = 4"),
    (implies(Eq(y, 2 * x + 1), Eq(x, (y + 1) / 2)), "sign", "y = 2*x + 1 ⇒ x = y/2 - 1/2"),
    (implies(Eq(log(p), x * q), Eq(p, exp(x) * q)), "unexplained", "log(p) = q*x ⇒ p = exp(q*x)"),
    (iff(Eq(Derivative(log(q) - x / q, q), 0), Eq(1 / q - x / q**2, 0)), "sign", None),
    (gt(x**2, 0), "strictness", "x**2 ≥ 0"),
    (le(x**2 + y**2, 2 * x * y), "swapped-sides", "x**2 + y**2 ≥ 2*x*y"),
    (ge(p + 1 / p, 3), "constant", "p + 1/p ≥ 2"),
    (eq(relu(x), Abs(x)), "relation", "relu(x) ≤ Abs(x)"),
    (eq(Abs(x + y), Abs(x) + Abs(y)), "relation", "Abs(x + y) ≤ Abs(x) + Abs(y)"),
    (gt(sigmoid(x), sigmoid(0)), "partly", None),
]


@pytest.mark.parametrize(("step", "code", "repair"), LOGIC, ids=[row[1] + str(at) for at, row in enumerate(LOGIC)])
def test_a_slip_in_a_relation_or_an_implication(step, code, repair):
    found = diagnoses(step).diagnoses[0]
    assert (found.code, found.repair_verdict) == (code, Verdict.PROVED)
    assert repair is None or found.repair == repair


def test_a_maximum_over_the_multiplier_is_meant_as_a_stationary_point():
    t, lam = table("t", Omega, positive=True), real("lambda")
    given = Eq(Sum(t[k], k), 1)
    objective = Sum(log(t[k]), k)
    steps = chain(
        argmax(objective, over=t, subject_to=[given]),
        same_maximisers(argmax(objective - lam * (Sum(t[k], k) - 1), over=(t, lam))),
    )
    assert [(d.code, d.repair_verdict) for d in steps[0].diagnoses] == [("stationary", Verdict.PROVED)]
    assert stationary(objective, over=t).stationary


def test_a_slip_in_an_objective():
    steps = chain(
        argmax(-Sum((v[k] - x) ** 2, k), over=x),
        same_maximisers(argmax(-Sum((v[k] + x) ** 2, k), over=x)),
    )
    assert [(d.code, d.repair_verdict) for d in steps[0].diagnoses] == [("sign", Verdict.PROVED)]


def test_two_slips_are_found_together():
    result = diagnoses(eq(Derivative(x**3 + sin(y * x), x), 2 * x**2 + x * cos(y * x)))
    assert sorted(d.code for d in result.diagnoses) == ["constant", "variable"]
    assert result.diagnoses[-1].repair == show(3 * x**2 + y * cos(x * y))
    assert result.diagnoses[-1].repair_verdict is Verdict.PROVED


def test_a_factor_that_is_left_out_within_another_edit():
    result = diagnoses(eq(Sum(softmax(u)[k], k), -n))
    assert result.diagnoses[-1].repair == show(sympy.S.One)


def test_letters_that_are_replaced_already_are_not_exchanged_throughout():
    replaced = Subs(x - y, (x, y), (y, x))
    result = diagnoses(eq(replaced, x + y + replaced))
    assert result.verdict is Verdict.REFUTED and result.diagnoses


def test_two_slips_one_of_which_is_about_the_whole_line_are_found():
    result = diagnoses(eq(Derivative(x**3 + sin(y * x), x), -(3 * x**3) - y * cos(x * y)))
    assert sorted(d.code for d in result.diagnoses) == ["exponent", "sign"]
    assert result.diagnoses[-1].repair == show(3 * x**2 + y * cos(x * y))


def test_an_edit_that_only_lets_a_term_vanish_says_that_it_is_too_much():
    result = diagnoses(eq(relu(x) - relu(-x), x + relu(-x)))
    assert [d.code for d in result.diagnoses] == ["extra-term"]
    assert result.diagnoses[-1].repair == "x"


def test_whole_numbers_are_looked_at_side_by_side():
    m = Symbol("m", integer=True)
    result = diagnoses(eq(fibonacci(2 * m + 1), fibonacci(m) ** 4 + fibonacci(m + 1) ** 2))
    assert [d.code for d in result.diagnoses] == ["exponent"]
    assert result.diagnoses[-1].repair == show(fibonacci(m) ** 2 + fibonacci(m + 1) ** 2)


def test_a_slip_beside_an_infinite_sum():
    m = Symbol("m", integer=True)
    result = diagnoses(eq(sympy.Sum(1 / factorial(m), (m, 0, oo)), E + 1))
    assert [(d.code, d.repair) for d in result.diagnoses] == [("extra-term", show(E))]


def test_a_right_side_that_is_defined_nowhere_is_told_and_mended():
    m = Symbol("m", integer=True, positive=True)
    result = diagnoses(eq(factorial(m), factorial(-m)))
    assert result.verdict is Verdict.UNDECIDED
    assert result.judgement.reason == Doubt.RIGHT_NOWHERE.value
    assert [(d.code, d.repair) for d in result.diagnoses] == [("argument", show(factorial(m)))]
    result = diagnoses(eq(factorial(-m), factorial(m)))
    assert (result.judgement.reason, result.diagnoses) == (Doubt.LEFT_NOWHERE.value, ())


NESTED = [
    (log(exp(x) + exp(y)), y + log(exp(x + y) + 2), ["constant", "sign"], y + log(exp(x - y) + 1)),
    (log(exp(x) + exp(y)), y + log(log(exp(x - y) + 2)), ["constant", "extra-function"], y + log(exp(x - y) + 1)),
    (Derivative(sin(x**2 + 1), x), 2 * x * sin(x**2 + 3), ["constant", "function"], 2 * x * cos(x**2 + 1)),
    (1 / (exp(x) + y + 2), 1 / (exp(x) * y + x + 2), ["extra-factor", "variable"], 1 / (exp(x) + y + 2)),
    (p**2 / (q + 1) + y, p**3 / (log(q) + 1) + y, ["exponent", "extra-function"], p**2 / (q + 1) + y),
    (exp(x * y + 1), exp(exp(x) * y + 2), ["constant", "extra-function"], exp(x * y + 1)),
]


@pytest.mark.parametrize(("lhs", "wrong", "codes", "right"), NESTED, ids=str)
def test_two_slips_within_functions_are_found(lhs, wrong, codes, right):
    found = diagnoses(eq(lhs, wrong)).diagnoses
    assert sorted(d.code for d in found) == codes
    assert (found[-1].repair, found[-1].repair_verdict) == (show(right), Verdict.PROVED)


def test_a_slip_all_through_a_line_is_one_slip():
    right = sigmoid(x) * (1 - sigmoid(x)) + sigmoid(y) * (1 - sigmoid(y))
    wrong = prime(sigmoid, x) * (1 - sigmoid(x)) + prime(sigmoid, y) * (1 - sigmoid(y))
    (found,) = diagnoses(eq(right, wrong)).diagnoses
    assert (found.code, found.repair) == ("function", show(right))


def test_a_line_beyond_any_slip_says_so_and_shows_what_is_right():
    (found,) = diagnoses(eq(Derivative(sin(x) * exp(x**2), x), x**5 + log(p) + sqrt(q))).diagnoses
    assert (found.code, found.repair_verdict) == ("unexplained", Verdict.PROVED)
    assert found.sentence.startswith("No single slip explains this line.") and "cos(x)" in found.repair


def test_a_line_that_is_right_again_says_what_it_takes_back():
    steps = chain(Derivative(sigmoid(x), x), eq(-sigmoid(x) * sigmoid(-x)), eq(sigmoid(x) * sigmoid(-x)))
    assert [d.code for d in steps[0].diagnoses] == ["sign"]
    assert [(d.code, d.sentence) for d in steps[1].diagnoses] == [
        ("cancels", "Drops again the minus that 1 had too many.")
    ]


def test_a_line_that_is_right_by_chance_takes_nothing_back():
    steps = chain(Gt(x, 2), implies(Gt(x**2, 4)), implies(Gt(x, 2)))
    assert [[d.code for d in step.diagnoses] for step in steps] == [[], ["premise"]]


def test_a_line_is_about_nothing_of_another_kind():
    others = [derivation("sum", "S", start=line(Sum(1 / k**2, (k, 1, oo))), steps=[eq(sympy.pi**2 / 6)])]
    others += [derivation("int", "I", start=line(sympy.Integral(y * x, (y, 0, 1))), steps=[eq(x / 2)])]
    for wrong in (x, x / 2, sympy.pi**2 / 6):
        made = derivation("one", "One", start=line(Derivative(x**2, x)), steps=[eq(wrong)])
        assert made is not None
        (step,) = engine.judge(made, Settings(), others=[made, *filter(None, others)]).steps
        assert step.diagnoses and "mislabelled" not in [d.code for d in step.diagnoses]


def test_a_line_about_something_else_is_mislabelled():
    one = derivation("one", "One", start=line(Derivative(sin(x) * y, x)), steps=[eq(-y * sin(x) + 3 * x * y**2)])
    other = derivation("other", "Other", start=line(Derivative(y * cos(x) + 3 * x**2 * y**2 / 2, x)), steps=[eq(y)])
    assert one is not None and other is not None
    (step,) = engine.judge(one, Settings(), others=[one, other]).steps
    assert [(d.code, d.repair_verdict) for d in step.diagnoses] == [("mislabelled", Verdict.PROVED)]


@pytest.mark.parametrize(
    ("lhs", "wrong", "words"),
    [
        (Derivative(x**2, x) + 1, -2 * x + 1, "Perhaps the scan took a plus for a minus."),
        (sigmoid(x) * y, prime(sigmoid, x) * y, "Perhaps the scan took a speck for a prime."),
        (u[i] * v[j], u[j] * v[j], "Perhaps the scan took i for j."),
        (p * Symbol("o", real=True), 0 * p + p * Symbol("O", real=True), "Perhaps the scan took o for O."),
    ],
    ids=["plus", "prime", "index", "letter"],
)
def test_a_typical_misreading_is_said_beside(lhs, wrong, words):
    (found,) = diagnoses(eq(lhs, wrong)).diagnoses
    assert found.transcription == words


@pytest.mark.parametrize(("lhs", "right"), [(row[0], row[3]) for row in EQUATIONS][::4], ids=str)
def test_a_right_line_has_no_diagnosis(lhs, right):
    result = diagnoses(eq(lhs, right))
    assert result.verdict is Verdict.PROVED and not result.diagnoses


def test_a_search_that_is_ended_does_not_cost_the_verdict():
    made = derivation("t", "T", steps=[eq(Derivative(sin(x), x), sin(x))])
    assert made is not None

    def guard(name, check):
        return None if name.endswith("/diagnosis") else check()

    (step,) = engine.judge(made, Settings(), guard).steps
    assert step.verdict is Verdict.REFUTED and step.diagnoses == ()
