"""Sums, deltas and indices at random: true rewrites are proved, and what is proved stands up to numbers."""

from __future__ import annotations

from random import Random

from hypothesis import given, settings
from hypothesis import strategies as st
from random_sums import FACTS, GIVENS, grow, mutated, rewritten

from verify.normal import NormalError, Proof, prove_equal
from verify.recheck import recheck


def attempt(lhs: object, rhs: object) -> Proof | None:
    """A proof, or ``None`` where there is none or the form refuses."""
    try:
        return prove_equal(lhs, rhs, FACTS)
    except NormalError:
        return None


@settings(max_examples=60, deadline=None, derandomize=True)
@given(st.integers(0, 10**9))
def test_true_rewrites_are_proved(seed: int) -> None:
    rng = Random(seed)
    e = grow(rng, rng.choice((2, 3, 4)))
    assert attempt(e, e) is None or attempt(e, rewritten(rng, e)) is not None


@settings(max_examples=60, deadline=None, derandomize=True)
@given(st.integers(0, 10**9))
def test_what_is_proved_is_true(seed: int) -> None:
    rng = Random(seed)
    e = grow(rng, rng.choice((2, 3, 4)))
    other = mutated(rng, e)
    if attempt(e, other) is not None:
        found = recheck(e, other, GIVENS.symbols, (), seed, points=4)
        assert not found.disagreement, found
