"""Every proof of the tables is checked again, by a program that shares nothing with the canonical form."""

from __future__ import annotations

from itertools import pairwise

import pytest
from sympy import Derivative, Expr, KroneckerDelta, Sum, cosh, exp, log
from test_display import CONDITIONS
from test_notes import (
    CENTER,
    FACTS,
    LF,
    MORE,
    NEGATIVE_CENTER,
    NEGATIVE_NEGATIVE,
    NEGATIVE_OUTSIDE,
    OUTSIDE,
    SG,
    SIGMOID,
    SKIPGRAM,
    SOFTMAX,
)
from test_soundness import COMPLEX, COMPLEX_FALSE, COMPLEX_TRUE, FALSE, REAL, TRUE, a, k, n, o, p, x, y

from verify.facts import Facts
from verify.normal import prove_equal
from verify.recheck import Recheck, recheck
from verify.terms import sigmoid

CHAINS = [SOFTMAX, CENTER, OUTSIDE, SIGMOID, NEGATIVE_CENTER, NEGATIVE_OUTSIDE, NEGATIVE_NEGATIVE]
PROVED: list[tuple[Expr, Expr, Facts]] = [
    *((lhs, rhs, REAL) for lhs, rhs in TRUE),
    *((lhs, rhs, REAL) for lhs, rhs, _ in CONDITIONS),
    *((lhs, rhs, COMPLEX) for lhs, rhs in COMPLEX_TRUE),
    *((lhs, rhs, FACTS) for chain in CHAINS for lhs, rhs in pairwise(chain)),
    *((lhs, rhs, SG) for lhs, rhs, true in SKIPGRAM if true),
    *((lhs, rhs, LF) for lhs, rhs, true in MORE if true),
]


def again(lhs: Expr, rhs: Expr, facts: Facts) -> Recheck:
    """What the re-checker says."""
    return recheck(lhs, rhs, facts.givens.symbols, facts.givens.constraints)


@pytest.mark.parametrize(("lhs", "rhs", "facts"), PROVED)
def test_every_proof_stands(lhs: Expr, rhs: Expr, facts: Facts) -> None:
    proof = prove_equal(lhs, rhs, facts)
    assert proof is not None
    found = again(proof.lhs, proof.rhs, facts)
    assert found.agreed, found


@pytest.mark.parametrize(
    ("lhs", "rhs"),
    [
        (CENTER[0], CENTER[-1]),
        (OUTSIDE[0], OUTSIDE[-1]),
        (Sum(KroneckerDelta(k, o) * a[k], (k, 1, n)), a[o]),
        (sigmoid(x) * (1 + exp(-x)) + 2 * cosh(y), 1 + exp(y) + exp(-y)),
        (Derivative(exp(x**2) / (1 + x), x), exp(x**2) * (2 * x + 2 * x**2 - 1) / (1 + x) ** 2),
    ],
)
def test_primes_speak_where_only_rings_and_exponentials_occur(lhs: Expr, rhs: Expr) -> None:
    found = again(lhs, rhs, FACTS)
    assert found.agreed
    assert found.residues > 0


@pytest.mark.parametrize(
    ("lhs", "rhs", "facts"),
    [
        *((lhs, rhs, FACTS) for lhs, rhs in [(CENTER[0], -CENTER[-1]), (OUTSIDE[0], OUTSIDE[1] * (1 + exp(-p)))]),
        *((lhs, rhs, REAL) for lhs, rhs in FALSE if lhs.free_symbols and not lhs.has(log(0))),
        *((lhs, rhs, COMPLEX) for lhs, rhs in COMPLEX_FALSE),
    ],
)
def test_what_is_false_is_seen_or_not_proved(lhs: Expr, rhs: Expr, facts: Facts) -> None:
    assert again(lhs, rhs, facts).disagreement or prove_equal(lhs, rhs, facts) is None
