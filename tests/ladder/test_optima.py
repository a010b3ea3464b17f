"""What follows from being a maximiser, in a chain from arg max to the estimate."""

from __future__ import annotations

from sympy import exp, log

from tests.judging import judge
from verify.model import Standing, Verdict
from verify.notation import (
    Eq,
    ForAll,
    Gt,
    Lt,
    Sum,
    argmax,
    argmin,
    dimension,
    dot,
    eq,
    holds,
    implies,
    index_set,
    line,
    matvec,
    maximises,
    nonnegative,
    positive,
    real,
    same_maximisers,
    sigmoid,
    stationary,
    table,
    transpose,
    vector,
)

P, R = Verdict.PROVED, Verdict.REFUTED
n, K = dimension("N K")
i = index_set("1..N", n).index("i")
k, m = index_set("1..K", K).indices("k m")
x = vector("x", n)
share, counts = vector("pi", K, positive=True), vector("c", K, positive=True)
of_each = table("T", K, n, positive=True)
sums_to_one = Eq(Sum(share[k], k), 1)
responsible = ForAll(i, Eq(Sum(of_each[k, i], k), 1))


def verdicts(given: list[object], *steps: object, **more: object) -> list[Verdict]:
    return [step.judgement.verdict for step in judge(*steps, given=given, **more)]


def test_shares_of_a_multinomial() -> None:
    problem = argmax(Sum(counts[k] * log(share[k]), k), over=share, subject_to=[sums_to_one])
    right = implies(problem, ForAll(k, Eq(share[k], counts[k] / Sum(counts[m], m))))
    wrong = implies(problem, ForAll(k, Eq(share[k], counts[k] / K)))
    assert verdicts([], right, wrong) == [P, R]
    assert verdicts([sums_to_one], right, wrong) == [P, R]


def test_weights_of_a_mixture_by_what_is_given_of_the_responsibilities() -> None:
    objective = Sum(of_each[k, i] * log(share[k]), i, k)
    problem = argmax(objective, over=share, subject_to=[sums_to_one])
    estimate = Sum(of_each[k, i], i) / n
    right = holds(maximises(problem, {share[k]: estimate}))
    wrong = holds(maximises(problem, {share[k]: estimate / 2}))
    implied = implies(problem, ForAll(k, Eq(share[k], estimate)))
    assert verdicts([responsible], right, wrong, implied) == [P, R, P]
    assert verdicts([], right) == [R]  # without what is given


def test_a_multiplier_is_not_the_first_problem_s() -> None:
    objective, lam = Sum(counts[k] * log(share[k]), k), real("lambda")
    problem = argmax(objective, over=share, subject_to=[sums_to_one])
    steps = judge(
        same_maximisers(stationary(objective - lam * (Sum(share[k], k) - 1), over=(share, lam))),
        implies(ForAll(k, Eq(share[k], counts[k] / lam))),
        implies(ForAll(k, Eq(share[k], counts[k] / Sum(counts[m], m)))),
        start=line(problem),
        given=[sums_to_one],
    )
    assert [step.standing for step in steps] == [Standing.SOUND] * 3


def test_a_wrong_derivative() -> None:
    variance, mean = positive("v"), real("mu")
    squares = Sum((x[i] - mean) ** 2, i)
    problem = argmax(-n * log(variance) / 2 - squares / (2 * variance), over=variance)
    right, wrong = (
        implies(problem, Eq(-n / (2 * variance) + sign * squares / (2 * variance**2), 0)) for sign in (1, -1)
    )
    assert verdicts([Gt(squares, 0)], right, wrong) == [P, R]


def test_the_mode_of_a_beta_distribution_whose_parameters_are_larger_than_one() -> None:
    q, a, b = positive("q alpha beta")
    h, t = nonnegative("h t")
    inside = [Lt(q, 1)]
    density = argmax(q**h * (1 - q) ** t * q ** (a - 1) * (1 - q) ** (b - 1), over=q, subject_to=inside)
    steps = judge(
        same_maximisers(argmax((h + a - 1) * log(q) + (t + b - 1) * log(1 - q), over=q, subject_to=inside)),
        implies(Eq(q, (h + a - 1) / (h + t + a + b - 2))),
        implies(Eq(q, (h + a - 1) / (h + t + a + b))),
        start=line(density),
        given=[Gt(a, 1), Gt(b, 1), Lt(q, 1)],
    )
    assert [step.judgement.verdict for step in steps] == [P, P, R]
    assert steps[1].judgement.scope == ""


def test_a_wrong_line_after_right_ones_is_wrong_of_the_first_as_well() -> None:
    mean = real("mu")
    steps = judge(
        same_maximisers(argmin(Sum((x[i] - mean) ** 2, i), over=mean)),
        same_maximisers(argmax(Sum((x[i] - mean) ** 2, i), over=mean)),
        start=line(argmin(3 * Sum((x[i] - mean) ** 2, i), over=mean)),
    )
    assert [step.standing for step in steps] == [Standing.SOUND, Standing.OWN_SLIP]


def test_right_lines_after_a_slip_carry_it() -> None:
    mean = real("mu")
    steps = judge(
        eq(Sum(x[i] + mean, i)),
        eq(Sum(x[i], i) + n * mean),
        start=line(Sum(x[i], i) - n * mean),
    )
    assert [step.standing for step in steps] == [Standing.OWN_SLIP, Standing.CARRIED]


def test_least_squares_of_symbolic_size() -> None:
    d = dimension("d")
    m = index_set("1..d", d).index("m")
    data, w, y = table("X", n, d), vector("w", d), vector("y", n)
    weight = positive("lambda")
    squares = Sum((y[i] - dot(data[i], w)) ** 2, i)
    for sign, verdict in ((1, P), (-1, Verdict.UNDECIDED)):
        objective = squares + sign * weight * dot(w, w)
        at_rest = same_maximisers(stationary(objective, over=w))
        assert [step.judgement.verdict for step in judge(at_rest, start=line(argmin(objective, over=w)))] == [verdict]
    cubes = Sum(w[m] ** 3, m)
    steps = judge(same_maximisers(stationary(cubes, over=w)), start=line(argmax(cubes, over=w)))
    assert steps[0].judgement.verdict is not P


def test_logistic_and_softmax_regression_of_symbolic_size() -> None:
    d = dimension("d")
    data, w, y, rows = table("X", n, d), vector("w", d), vector("y", n), table("W", K, d)
    score = dot(data[i], w)
    cross_entropy = -Sum(y[i] * log(sigmoid(score)) + (1 - y[i]) * log(1 - sigmoid(score)), i)
    margins = Sum(log(1 + exp(-y[i] * score)), i)
    labelled = Sum(log(Sum(exp(dot(rows[k], data[i])), k)) - dot(rows[1], data[i]), i)
    squares = Sum((y[i] - sigmoid(score)) ** 2, i)
    undecided = Verdict.UNDECIDED
    for loss, over, verdict in ((cross_entropy, w, P), (margins, w, P), (labelled, rows, P), (squares, w, undecided)):
        at_rest = same_maximisers(stationary(loss, over=over))
        (step,) = judge(at_rest, start=line(argmin(loss, over=over)))
        assert step.judgement.verdict is verdict
        assert step.minimised


def test_a_wrong_normal_equation() -> None:
    d = dimension("d")
    data, w, y, weight = table("X", n, d), vector("w", d), vector("y", n), positive("lambda")
    objective = Sum((y[i] - dot(data[i], w)) ** 2, i) + weight * dot(w, w)
    right, wrong = (
        Eq(matvec(transpose(data), matvec(data, w)) + k * weight * w, matvec(transpose(data), y)) for k in (1, 2)
    )
    problem = stationary(objective, over=w)
    assert verdicts([], implies(problem, right), implies(problem, wrong)) == [P, R]
