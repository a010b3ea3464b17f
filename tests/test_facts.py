"""Signs, ranges and inequalities of indices: each line a fact that must be found, or must not be."""

from __future__ import annotations

import pytest
from sympy import Expr, Integer, Max, Min, Product, Sum, Symbol, cosh, exp, log, pi, sin, sqrt

from verify.facts import Facts, Sign, flip, plus, times
from verify.model import Givens, Relation
from verify.terms import Array, Axis, ForAll, Frac, Index, Rel, relu, sigmoid, softplus

n, K, m, T = (Symbol(s, integer=True, positive=True) for s in ("n", "K", "m", "T"))
x, y, z = (Symbol(s, real=True) for s in "xyz")
p = Symbol("p", positive=True)
w = Symbol("w", complex=True)
k, t = Index("k", 1, K), Index("t", 1, T)
o = Index("o", K + 1, n)
words = Array("w", (Axis(Integer(1), T),), (("integer", True),), values=(Integer(1), n))
counts = Array("c", (Axis(Integer(1), n),))
facts = Facts(
    Givens(
        (o, t),
        (
            Rel(Relation.GT, x, Integer(2)),
            Rel(Relation.NE, y, Integer(0)),
            ForAll(Index("i", 1, n), Rel(Relation.GT, counts[Index("i", 1, n)], Integer(0))),
        ),
    )
)

SIGNS: list[tuple[Expr, Sign | None]] = [
    (x, Sign.POS),
    (x - 1, Sign.POS),
    (3 - x, Sign.ANY),
    (x**2 - 1, Sign.ANY),
    (log(x), Sign.POS),
    (y**2, Sign.POS),
    (1 / y**2, Sign.POS),
    (y, Sign.NONZERO),
    (z**2, Sign.NONNEG),
    (-(z**2) - 1, Sign.NEG),
    (sqrt(p), Sign.POS),
    (exp(z), Sign.POS),
    (cosh(z), Sign.POS),
    (sigmoid(z), Sign.POS),
    (1 - sigmoid(z), Sign.POS),
    (2 - sin(z), Sign.POS),
    (1 - sin(z), Sign.NONNEG),
    (softplus(z) * relu(z), Sign.NONNEG),
    (relu(x), Sign.POS),
    (abs(y), Sign.POS),
    (Max(z, p), Sign.POS),
    (Min(z, -p), Sign.NEG),
    (Frac(-p, y**2), Sign.NEG),
    (pi - 4, Sign.ANY),
    (Sum(exp(z), (k, 1, K)), Sign.POS),
    (Sum(exp(z), (k, 1, K - 1)), Sign.NONNEG),  # perhaps empty
    (Sum(-p, (k, 1, K)), Sign.NEG),
    (Product(p, (k, 1, K - 1)), Sign.POS),
    (Product(z, (k, 1, K)), Sign.ANY),
    (n - K, Sign.POS),  # o lies between them
    (counts[o], Sign.POS),
    (counts[o + 1], Sign.ANY),  # perhaps out of range
    (w, None),
    (w * x, None),
]


@pytest.mark.parametrize(("expression", "sign"), SIGNS, ids=[str(e) for e, _ in SIGNS])
def test_signs(expression: Expr, sign: Sign | None) -> None:
    assert facts.sign(expression) == sign


def test_ranges_of_indices() -> None:
    assert facts.distinct(o, k)
    assert not facts.distinct(k, Index("l", 1, K))
    assert facts.within(k, Integer(1), n)
    assert facts.within(o, Integer(1), n)
    assert not facts.within(k + 1, Integer(1), K)
    assert facts.within(words[t + 5], Integer(1), n)
    assert facts.nonempty(Integer(1), n)
    assert not facts.nonempty(Max(-m, 1 - t), Integer(-1))
    assert facts.regular(Max(-m, 1 - t), Integer(-1))
    assert facts.regular(Integer(1), Min(m, T - t))


def test_exponentials_of_complex_numbers_do_not_vanish() -> None:
    assert facts.nonzero(exp(w))
    assert not facts.nonzero(w)


@pytest.mark.parametrize("a", range(1, 8))
@pytest.mark.parametrize("b", range(1, 8))
def test_the_arithmetic_of_signs_covers_every_case(a: int, b: int) -> None:
    values = {Sign.NEG: (-3, -1), Sign.ZERO: (0,), Sign.POS: (1, 3)}

    def numbers(sign: int) -> list[int]:
        return [v for one, vs in values.items() if sign & one for v in vs]

    def sign(value: int) -> Sign:
        return Sign.POS if value > 0 else Sign.NEG if value < 0 else Sign.ZERO

    for u in numbers(a):
        assert sign(-u) & flip(Sign(a))
        for v in numbers(b):
            assert sign(u + v) & plus(Sign(a), Sign(b))
            assert sign(u * v) & times(Sign(a), Sign(b))


scores, most = Array("z", (Axis(Integer(1), n),)), Symbol("m", real=True)
i = Index("i", 1, n)
confined = Facts(
    Givens(
        (i, most),
        (
            ForAll(k_n := Index("k", 1, n), Rel(Relation.LE, scores[k_n], most)),
            ForAll(k_n, Rel(Relation.GT, counts[k_n], Integer(1))),
            ForAll(k_n, Rel(Relation.LT, 2 * words[k_n], counts[k_n] + 3)),
        ),
    )
)


@pytest.mark.parametrize(
    ("expression", "sign"),
    [
        (most - scores[i], Sign.NONNEG),
        (2 * scores[i] - 2 * most - 1, Sign.NEG),
        (most - scores[i] - 1, Sign.ANY),
        (scores[i] + most, Sign.ANY),
        (most - scores[t], Sign.ANY),  # t may be out of range
        (counts[i], Sign.POS),
        (counts[i] - 1, Sign.POS),
        (counts[i] - 2, Sign.ANY),
        (counts[i] + 3 - 2 * words[i], Sign.POS),
        (counts[i] + 3 - 2 * words[1], Sign.ANY),  # of another index
    ],
    ids=str,
)
def test_what_holds_for_all_entries_holds_for_each(expression: Expr, sign: Sign) -> None:
    assert confined.sign(expression) == sign
