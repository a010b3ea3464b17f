"""Single signs as MathML: letters, operators with their spaces, brackets, names of functions."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from html import escape

from report.formulas.symbols import BIG, BIN, CLOSE, OPEN, ORD, PUNCT, REL, SPACE, SYMBOLS, WORD
from report.mathml.classes import INNER, LIMITS, NOT_BINARY_AFTER
from report.mathml.letters import ALPHABETS, styled

_GLYPHS = {"-": "−", "*": "∗", "Σ": "∑", "Π": "∏"}  # the big operators, not the letters that one-line text has for them
_GAPS = {BIN: ("0.2222em", "0.2222em"), REL: ("0.2778em", "0.2778em"), PUNCT: ("0", "0.1667em")}
_SPACES = {"!": "-0.1667em", "/": "0", ":": "0.2222em", ">": "0.2222em", ";": "0.2778em", " ": "0.25em", "quad": "1em",
           "qquad": "2em", "enspace": "0.5em", "enskip": "0.5em"}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Signs:
    """Writes signs; ``alphabet`` is the command whose letters are wanted, ``tight`` is set in scripts.

    ``before`` is the class of what stands before a sign: it decides whether a minus is an operation.
    """

    alphabet: str = ""
    tight: bool = False

    def letter(self, char: str) -> str:
        """A sign as text, in the alphabet that holds here."""
        return escape(styled(char, self.alphabet) if self.alphabet in ALPHABETS else char)

    def sign(self, char: str, cls: str, before: str) -> str:
        """A sign of a class (after TeX), ``before`` being the class of what comes before it."""
        if char == "ᵀ":
            return '<msup><mrow></mrow><mi mathvariant="normal">T</mi></msup>'
        if cls == ORD and (char.isalnum() or char in "∂∇∞"):
            return mi(self.letter(char), upright=bool(self.alphabet) or char in "∇∞")
        glyph = escape(_GLYPHS.get(char, char))
        if cls == ORD:
            return f'<mo lspace="0" rspace="0" stretchy="false">{glyph}</mo>'
        if cls in (OPEN, CLOSE):
            form = "prefix" if cls == OPEN else "postfix"
            return f'<mo form="{form}" lspace="0" rspace="0" stretchy="false">{glyph}</mo>'
        if cls == BIG:
            lead = "" if before in (ORD, CLOSE, INNER, WORD) and not self.tight else ' lspace="0"'
            return f"<mo{lead}>{glyph}</mo>"
        if cls == BIN and before in NOT_BINARY_AFTER:
            return f'<mo form="prefix" lspace="0" rspace="0">{glyph}</mo>'
        left, right = ("0", "0") if self.tight else _GAPS[cls]
        left = "0" if cls == REL and not before else left
        return f'<mo form="infix" lspace="{left}" rspace="{right}" stretchy="false">{glyph}</mo>'

    def symbol(self, name: str, before: str) -> str:
        r"""A macro that stands for one sign, ``\leq``."""
        text, cls = SYMBOLS[name]
        if cls == SPACE:
            return f'<mspace width="{_SPACES.get(name, "0.1667em")}"/>'
        if cls == WORD:
            return mi(text) if name not in LIMITS else f'<mo movablelimits="true" lspace="0" rspace="0">{text}</mo>'
        if name == "bmod":
            return f'<mspace width="0.2222em"/>{mi("mod")}<mspace width="0.2222em"/>'
        if cls == ORD and len(text) == 1 and unicodedata.category(text)[0] == "L":
            return mi(self.letter(text), upright=bool(self.alphabet) or text.isupper())
        if cls == ORD and text in "∂∇∞∅□…⋯⋮⋱":
            return mi(text, upright=text != "∂")
        return self.sign({"sum": "∑", "prod": "∏"}.get(name, text), cls, before)


def mi(letters: str, upright: bool = False) -> str:
    """An identifier; browsers slant one letter, and only that, by themselves."""
    variant = ' mathvariant="normal"' if upright and len(letters) == 1 else ""
    return f"<mi{variant}>{letters}</mi>"


def fence(delimiter: str, form: str, grows: bool = True, more: str = "") -> str:
    """A bracket; nothing for an empty one."""
    if not delimiter:
        return ""
    size = f'stretchy="true" symmetric="true"{more}' if grows else 'stretchy="false"'
    return f'<mo form="{form}" {size} lspace="0" rspace="0">{escape(delimiter)}</mo>'


def delimiter(token: str) -> str:
    """What a delimiter of LaTeX looks like; empty for none."""
    if token in ("<", ">"):
        return "⟨" if token == "<" else "⟩"
    name = token.removeprefix("\\")
    return "" if name in (".", "") else SYMBOLS[name][0] if token != name and name in SYMBOLS else name
