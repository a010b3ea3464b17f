"""Letters in the alphabets of mathematics: ``\\mathbb{R}`` is ℝ, ``\\mathbf{x}`` is 𝐱, named by Unicode itself."""

from __future__ import annotations

import unicodedata
from functools import cache

ALPHABETS: dict[str, tuple[str, ...]] = {
    "mathbb": ("DOUBLE-STRUCK",),
    "mathcal": ("SCRIPT",),
    "mathscr": ("SCRIPT",),
    "mathfrak": ("FRAKTUR", "BLACK-LETTER"),
    "mathbf": ("BOLD",),
    "boldsymbol": ("BOLD ITALIC", "BOLD"),
    "bm": ("BOLD ITALIC", "BOLD"),
    "mathit": ("ITALIC",),
    "mathsf": ("SANS-SERIF",),
    "mathtt": ("MONOSPACE",),
}
_KINDS = {"LATIN CAPITAL LETTER": "CAPITAL", "LATIN SMALL LETTER": "SMALL", "GREEK CAPITAL LETTER": "CAPITAL",
          "GREEK SMALL LETTER": "SMALL", "DIGIT": "DIGIT"}  # fmt: skip


@cache
def styled(char: str, command: str) -> str:
    """The sign in the alphabet that a command names; the sign itself where Unicode has no such letter."""
    name = unicodedata.name(char, "")
    for begins, kind in _KINDS.items():
        if name.startswith(f"{begins} "):
            letter = name.removeprefix(f"{begins} ")
            for alphabet in ALPHABETS[command]:
                # Letters that had a place before the mathematical alphabets were added keep it: ℝ, ℋ, ℎ.
                for full in (f"MATHEMATICAL {alphabet} {kind} {letter}", f"{alphabet} {kind} {letter}"):
                    if (found := _named(full)) is not None:
                        return found
            if (char, command) == ("h", "mathit"):
                return "\N{PLANCK CONSTANT}"
    return char


def _named(name: str) -> str | None:
    try:
        return unicodedata.lookup(name)
    except KeyError:
        return None
