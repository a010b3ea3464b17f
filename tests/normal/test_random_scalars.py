"""Scalars at random, real and complex: true rewrites are proved, and what is proved stands up to balls."""

from __future__ import annotations

from collections import Counter
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from random_scalars import disagree, grow, mutated, p, q, rewritten, w, x, y, z
from sympy import Expr

from verify.facts import Facts
from verify.model import Givens
from verify.normal import NormalError, prove_equal

KINDS = {
    "real": ((x, y, p), True),
    "positive": ((p, q), True),
    "complex": ((z, w, p), False),
}
LARGEST = 60  # operations
SWEEP = 2_000  # expressions; each is compared with one that has its value and two that may not


def cases(seed: int) -> Counter[str]:
    """What became of one random expression; a proof that numbers contradict fails the test."""
    rng = Random(f"scalars {seed}")
    symbols, real = KINDS[rng.choice(sorted(KINDS))]
    facts = Facts(Givens(symbols=symbols), real_mode=real)
    e = grow(rng, rng.choice((2, 3, 4)), symbols)
    found: Counter[str] = Counter()
    if e.count_ops() > LARGEST:
        return found
    for what, other in (("same", rewritten(rng, e, symbols)), *(("mutant", mutated(rng, e, symbols)) for _ in "12")):
        proved = attempt(e, other, facts)
        if proved:
            assert not disagree(e, other, symbols, Random(seed), real, 12), (seed, e, other)
        found[f"{what}: {proved}"] += 1
        if what == "same" and proved is False and attempt(e, e, facts) and not disagree(e, other, symbols, rng, real):
            found["missed"] += 1
    return found


def attempt(a: Expr, b: Expr, facts: Facts) -> bool | None:
    """Whether equality is proved; ``None`` where the form refuses."""
    try:
        return prove_equal(a, b, facts) is not None
    except NormalError:
        return None


@settings(max_examples=50, deadline=None, derandomize=True)
@given(st.integers(0, 10**9))
def test_random_scalars(seed: int) -> None:
    assert not cases(seed)["missed"]


@pytest.mark.slow
def test_sweep() -> None:
    total: Counter[str] = Counter()
    for seed in range(SWEEP):
        total += cases(seed)
    assert total["same: True"] > SWEEP // 2
    assert total["missed"] <= total["same: True"] // 500
