"""Foreign text made harmless, and spelled out where an encoding is poor."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from report.text import clean, fit_encoding


def test_clean_shows_what_would_deceive() -> None:
    assert clean("a\x1b[31m\u202eb\u200b") == "a�[31m�b�"
    assert clean(" a\n\tb  c ") == "a b c"
    assert clean("\ud800") == "�"
    assert clean("אבג ŷ") == "אבג ŷ"


@pytest.mark.parametrize(
    ("words", "ascii_"),
    [
        ("✓ ✗ ≈ ∅ ‼", "+ x ~ 0 !!"),
        ("−1/2 ≤ ∞", "-1/2 <= inf"),
        ("ŷ_ω − y_ω", "yhat_omega - y_omega"),  # the hat makes the difference
        ("Σ e⁻ˣ x₁ Ω", "Sum e^(-x) x_1 Omega"),
        ("≠ ≮", "!= <U+226E>"),  # never without its stroke
        ("Müller 中", "Muller <U+4E2D>"),
    ],
)
def test_ascii_fallback_keeps_the_meaning(words: str, ascii_: str) -> None:
    assert fit_encoding(words, "ascii") == ascii_


def test_encodings_that_can_are_left_alone() -> None:
    assert fit_encoding("ŷ ≤ é", "utf-8") == "ŷ ≤ é"
    assert fit_encoding("é ≤", "latin-1") == "é <="
    assert fit_encoding("é", "no-such-encoding").isascii()


@given(st.text(), st.sampled_from(["ascii", "latin-1", "cp1252", "cp437", "utf-8"]))
def test_never_fails(words: str, encoding: str) -> None:
    fit_encoding(clean(words), encoding).encode(encoding)
