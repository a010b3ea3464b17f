"""The skip-gram likelihood, maximised with a Lagrange multiplier.

θ is the table p(o|c) > 0 itself; #(o,c) counts how often o stands in the window of c, positions outside the text
skipped; every count is positive. An equals sign between arg maxes means: the same maximisers.
"""

from sympy import Max, Min, log

from verify.notation import (
    And,
    Eq,
    ForAll,
    Gt,
    Product,
    Sum,
    argmax,
    define,
    delta,
    derivation,
    dimension,
    implies,
    index_set,
    line,
    maximises,
    real,
    same_maximisers,
    sequence,
    stationary,
    table,
)

n, m, T = dimension("n"), dimension("m"), dimension("T")
Omega = index_set("Omega", n)
o, c = Omega.indices("o c")
t = index_set("1..T", T).index("t")
j = index_set("1..m", m).index("j")
w = sequence("w", T, Omega)
p = table("p", Omega, Omega, positive=True)
lam, multiplier = real("lambda"), table("lambda", Omega)

before, after = (j, Max(-m, 1 - t), -1), (j, 1, Min(m, T - t))


def sum_of(f):
    """The sum over all positions t and all j ≠ 0 of the window that lie within the text."""
    return Sum(Sum(f(t, j), before) + Sum(f(t, j), after), t)


def product_of(f):
    """The product over the same positions."""
    return Product(Product(f(t, j), before) * Product(f(t, j), after), t)


N = define("#", (o, c), sum_of(lambda t, j: delta(w[t + j], o) * delta(w[t], c)), integer=True)
counted = ForAll(o, c, Gt(N[o, c], 0))
normalised = ForAll(c, Eq(Sum(p[o, c], o), 1))

likelihood = product_of(lambda t, j: p[w[t + j], w[t]])
L = r"\arg\max_\theta "
START = line(
    argmax(likelihood, over=p, subject_to=[normalised]),
    L + r"L(\theta),\quad L(\theta)=\prod_{t=1}^T\prod_{j=-m}^m p_\theta(w_{t+j}|w_t)",
    tag="M.0",
)
squared = product_of(lambda t, j: p[w[t + j], w[t]] ** N[w[t + j], w[t]])
squared_log = sum_of(lambda t, j: N[w[t + j], w[t]] * log(p[w[t + j], w[t]]))

AS_PRINTED = derivation(
    "skip-gram-likelihood-as-printed",
    "Maximum likelihood of skip-gram, the products over positions as printed",
    source="third part",
    given=[counted],
    start=START,
    steps=[
        same_maximisers(
            argmax(squared, over=p, subject_to=[normalised]),
            L + r"\prod_{t=1}^T\prod_{j=-m}^m p_\theta(w_{t+j}|w_t)^{\#(w_{t+j},w_t)}",
            tag="M.1",
            erratum="the product is still over positions, so each pair is counted twice over: # squared",
        ),
        same_maximisers(
            argmax(squared_log, over=p, subject_to=[normalised]),
            L + r"\sum_{t=1}^T\sum_{j=-m}^m \#(w_{t+j},w_t)\cdot\log p_\theta(w_{t+j}|w_t)",
            tag="M.2",
            reason="take the logarithm",
        ),
        same_maximisers(
            argmax(
                squared_log - Sum(multiplier[c] * (Sum(p[o, c], o) - 1), c),
                over=(p, multiplier),
            ),
            r"\arg\max_{\theta,\lambda}\left[\sum_{j=-m}^m \#(w_{t+j},w_t)\cdot\log p_\theta(w_{t+j}|w_t)\right]"
            r" - \lambda\left(\sum_{j=-m}^m p_\theta(w_{t+j}|w_t) - 1\right)",
            tag="M.4",
            erratum="the Lagrangian has no joint maximum: its stationary points are meant",
        ),
    ],
)

pairs = argmax(Product(p[o, c] ** N[o, c], o, c), over=p, subject_to=[normalised])
log_pairs = argmax(Sum(N[o, c] * log(p[o, c]), o, c), over=p, subject_to=[normalised])
one_centre = argmax(Sum(N[o, c] * log(p[o, c]), o), over=p[:, c], subject_to=[Eq(Sum(p[o, c], o), 1)], each=c)
lagrangian = Sum(N[o, c] * log(p[o, c]), o) - lam * (Sum(p[o, c], o) - 1)
estimate = N[o, c] / Sum(N[o, c], o)

MENDED = derivation(
    "skip-gram-likelihood",
    "Maximum likelihood of skip-gram, the products over distinct pairs",
    source="third part",
    given=[c, counted, normalised],
    start=START,
    steps=[
        same_maximisers(pairs, L + r"\prod_{(o,c)} p_\theta(o|c)^{\#(o,c)}", tag="M.1", reason="collect equal factors"),
        same_maximisers(
            log_pairs, L + r"\sum_{(o,c)} \#(o,c)\cdot\log p_\theta(o|c)", tag="M.2", reason="take the logarithm"
        ),
        same_maximisers(
            one_centre,
            r"\arg\max_{p_\theta(\cdot|c)} \sum_o \#(o,c)\log p_\theta(o|c)",
            tag="M.3",
            reason="one centre word at a time",
        ),
        same_maximisers(
            stationary(lagrangian, over=(p[:, c], lam), each=c),
            r"\operatorname{stat}_{p,\lambda}\left[\sum_o \#(o,c)\cdot\log p_\theta(o|c)\right]"
            r" - \lambda\left(\sum_o p_\theta(o|c) - 1\right)",
            tag="M.4",
            reason="the constrained maximisers are the stationary points of the Lagrangian",
        ),
        implies(
            ForAll(o, Eq(N[o, c] / p[o, c] - lam, 0)),
            r"\frac{\#(o,c)}{p_\theta(o|c)} - \lambda = 0",
            tag="M.5",
            reason="the derivative by p(o|c), set to zero",
        ),
        implies(
            ForAll(o, Eq(p[o, c], N[o, c] / lam)), r"p_\theta(o|c) = \frac{\#(o,c)}{\lambda}", tag="M.6", keep="M.5"
        ),
        implies(
            And(Eq(Sum(p[o, c], o), 1), Eq(1, Sum(N[o, c] / lam, o)), Eq(lam, Sum(N[o, c], o))),
            r"\sum_i p_\theta(o_i|c) = 1 = \sum_i \frac{\#(o_i,c)}{\lambda} \Rightarrow \lambda = \sum_i \#(o_i,c)",
            tag="M.7",
            keep="M.5",
        ),
        implies(
            And(ForAll(o, Eq(p[o, c], estimate)), maximises(one_centre, {p[o, c]: estimate})),
            r"p_\theta(o|c) = \frac{\#(o,c)}{\sum_i \#(o_i,c)}",
            tag="M.8",
            keep="M.6",
            reason="this is the one maximiser",
        ),
    ],
    remarks=[
        "“But here too we got …” (the aside is not legible further).",
        "Where some counts are 0, but not all of a centre's, M.8 is still the one maximiser, with 0·log 0 = 0.",
    ],
)
