"""A corpus of two words, counted. Every line stands alone."""

from sympy import Max, Min, exp

from verify.notation import (
    Ge,
    Ne,
    Sum,
    data,
    delta,
    derivation,
    dimension,
    dot,
    eq,
    frac,
    ge,
    implies,
    index_set,
    matrix,
    real,
    vector,
)

house, bank = 1, 2
word = index_set("{house, bank}", 2).index("word")
TEXTS = [data("text1", [house] * 3), data("text2", [bank] * 3)]
m = 1
t, j = index_set("1..3", 3).index("t"), index_set("1..m", m).index("j")
before, after = (j, Max(-m, 1 - t), -1), (j, 1, Min(m, 3 - t))


def count(o, c):
    """#(o,c): how often o stands within m words of c, in one text at a time."""
    return sum(
        Sum(sum(Sum(delta(text[t + j], o) * delta(text[t], c), window) for window in (before, after)), t)
        for text in TEXTS
    )


def p(o, c):
    """Line M.8: the maximum-likelihood estimate."""
    return frac(count(o, c), Sum(count(word, c), word))


n, d = dimension("n"), dimension("d")
o, w = index_set("Omega", n).indices("o w")
v_c, u = vector("v_c", d), matrix("u", n, d)
q = real("q")

TINY_CORPUS = derivation(
    "tiny-corpus",
    "The corpora “house house house” and “bank bank bank”",
    source="third part, example",
    steps=[
        eq(p(house, house), 1, r"p(\text{house}|\text{house}) = 1", tag="C.1"),
        eq(p(house, bank), 0, r"p(\text{house}|\text{bank}) = 0", tag="C.2"),
        eq(p(bank, bank), 1, r"p(\text{bank}|\text{bank}) = 1", tag="C.3"),
        eq(p(bank, house), 0, r"p(\text{bank}|\text{house}) = 0", tag="C.4"),
        ge(
            frac(exp(dot(u[o], v_c)), Sum(exp(dot(u[w], v_c)), w)),
            0,
            r"p(o|c) = \frac{\exp(u_o^T v_c)}{\sum_w \exp(u_w^T v_c)} \geq 0",
            tag="C.5",
        ),
        implies(
            Ge(q, 0),
            Ne(q, 0),
            r"\Rightarrow p(\text{house}|\text{bank}) \neq 0",
            tag="C.6",
            reason="drawn from the bound of C.5 alone",
            erratum="the bound must be strict for this: the exponential is > 0",
        ),
    ],
    remarks=["Window m = 1, counted within each text.", "“Prone to overreact.”"],
)
