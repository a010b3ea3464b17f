"""Foreign text made harmless, whatever the format.

Titles, remarks, LaTeX and messages come from files that anyone may have written. A terminal obeys control
characters, and bidirectional overrides can make a line read as something it is not; both are replaced by a
visible sign before any renderer sees them. Each format escapes its own markup on top of this.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from functools import cache
from itertools import groupby

REPLACEMENT = "\N{REPLACEMENT CHARACTER}"

# Characters that reorder or hide the text around them: LRE…RLO, LRI…PDI, zero-width signs, the byte order
# mark. The plain marks LRM and RLM stay: Hebrew remarks may need them, and they cannot deceive.
_DECEIVING = frozenset("\u200b\u2060\ufeff\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")

# What a person would write on a typewriter, for outputs that know no more than ASCII.
_TYPEWRITER = {
    "✓": "+", "≈": "~", "✗": "x", "∅": "0", "‼": "!!", "·": "*", "…": "...", "−": "-", "×": "x", "–": "-",
    "—": "-", "‘": "'", "’": "'", "“": '"', "”": '"', "≠": "!=", "≤": "<=", "≥": ">=", "⇒": "=>", "⇔": "<=>",
    "→": "->", "∞": "inf", "∂": "d", "∑": "Sum", "Σ": "Sum", "∏": "Prod", "Π": "Prod", "∫": "Int", "√": "sqrt",
    "∈": " in ", "∉": " not in ", "∀": "for all ", "∃": "exists ", "′": "'", "ᵀ": "^T", "⁄": "/", "‖": "||",
    "∇": "grad ",
    "⁺": "^+", "⁻": "^-", "ℝ": "R", "ℂ": "C", "ℤ": "Z", "ℕ": "N", "├": "|", "└": "`", "│": "|", "─": "-",
    REPLACEMENT: "?",
}  # fmt: skip
# The accents that mean something in mathematics: ŷ must not become y.
_ACCENTS = {
    "\u0302": "hat", "\u0304": "bar", "\u0303": "tilde", "\u20d7": "vec", "\u0307": "dot", "\u030c": "check",
    "\u0306": "breve", "\u0332": "underline", "\u0338": "<not>",
}  # fmt: skip


def clean(text: str) -> str:
    """One line of printable text: white space runs become one space, what deceives becomes U+FFFD."""
    safe = text if text.isascii() and text.isprintable() else "".join(map(_harmless, text))
    return " ".join(safe.split())


@cache
def _harmless(char: str) -> str:
    if char in "\t\n\r\v\f":
        return " "
    if char in _DECEIVING or unicodedata.category(char) in ("Cc", "Cs", "Zl", "Zp"):
        return REPLACEMENT
    return char


def fit_encoding(text: str, encoding: str) -> str:
    """The text with every character that ``encoding`` cannot express spelled out, never failing."""
    try:
        text.encode(encoding)
    except UnicodeEncodeError:
        return "".join(_run(sign, list(run), encoding) for sign, run in groupby(text, _script))
    except LookupError:  # an encoding that Python does not know: only ASCII is safe
        return fit_encoding(text, "ascii")
    return text


def _script(char: str) -> str:
    """``^`` for a raised sign, ``_`` for a lowered one."""
    decomposition = unicodedata.decomposition(char)
    return "^" if "<super>" in decomposition else "_" if "<sub>" in decomposition else ""


def _run(sign: str, run: Sequence[str], encoding: str) -> str:
    """Signs that stand together; raised ones are raised together: ``^(-x)``."""
    spelled = [_spelled(char, encoding) for char in run]
    if len(run) > 1 and all(text.startswith(sign) and len(text) == 2 for text in spelled) and sign:
        return f"{sign}({''.join(text[1] for text in spelled)})"
    return "".join(spelled)


def _spelled(char: str, encoding: str) -> str:
    if _encodable(char, encoding):
        return char
    if char in _TYPEWRITER:
        return _TYPEWRITER[char]
    name = unicodedata.name(char, "")
    if name.startswith("GREEK"):  # "GREEK SMALL LETTER OMEGA WITH TONOS" -> omega
        word = name.partition("LETTER ")[2].split(" WITH ")[0].replace(" ", "").replace("FINAL", "")
        return word.capitalize() if "CAPITAL" in name else word.lower()
    if char in _ACCENTS:
        return _ACCENTS[char]
    # Superscripts and subscripts decompose to the plain character; so that 2 raised is not 2, keep the sign.
    prefix = _script(char)
    base, *more = list(unicodedata.normalize("NFKD", char))
    accented = any(unicodedata.combining(part) for part in more)
    if base == char or not _encodable(base, encoding) or (accented and not base.isalpha()):
        return f"<U+{ord(char):04X}>"  # ≮ is not <: only letters may lose an accent
    spelled = _TYPEWRITER | _ACCENTS
    return prefix + "".join(part if _encodable(part, encoding) else spelled.get(part, "") for part in (base, *more))


def _encodable(char: str, encoding: str) -> bool:
    try:
        char.encode(encoding)
    except UnicodeEncodeError:
        return False
    return True
