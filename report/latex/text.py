"""Foreign text for pdfLaTeX: every character either has a known way to be typeset or is spelled out.

pdfLaTeX stops at a character it has no glyph for. So that no remark can stop it, letters are built from their
accents, mathematical signs from the macros we know, Hebrew is transliterated (pdfLaTeX has no Hebrew letters of
its own), and whatever is left is shown by its code point, small: U+4E2D.
"""

from __future__ import annotations

import unicodedata

from report import glyphs
from report.formulas.symbols import MACROS
from report.text import clean

_LONG_WORD = 12  # after so many characters without a space, a line may break
_LONG_NUMBER = 20  # a number is better left whole

_ASCII = {
    "\\": r"\textbackslash{}", "{": r"\{", "}": r"\}", "$": r"\$", "&": r"\&", "#": r"\#", "%": r"\%", "_": r"\_",
    "~": r"\textasciitilde{}", "^": r"\textasciicircum{}", "<": r"\textless{}", ">": r"\textgreater{}",
    "|": r"\textbar{}", '"': r"\textquotedbl{}", "`": r"\textasciigrave{}",
}  # fmt: skip
_SIGNS = {
    "“": "``", "”": "''", "„": r"\quotedblbase{}", "‘": "`", "’": "'", "‚": r"\quotesinglbase{}",
    "«": r"\guillemotleft{}", "»": r"\guillemotright{}", "–": "--", "—": "---", "‐": "-", "‑": "-", "…": r"\ldots{}",
    "\u00a0": "~", "\u202f": r"\,", "\u2009": r"\,", "\u200a": r"\,", "\u200e": "", "\u200f": "", "\u00ad": r"\-",
    "·": r"\textperiodcentered{}", "•": r"\textbullet{}", "⁄": "/", "ß": r"\ss{}", "æ": r"\ae{}", "Æ": r"\AE{}",
    "œ": r"\oe{}", "Œ": r"\OE{}", "ø": r"\o{}", "Ø": r"\O{}", "ł": r"\l{}", "Ł": r"\L{}", "ı": r"\i{}", "ð": r"\dh{}",
    "þ": r"\th{}", "Þ": r"\TH{}", "§": r"\S{}", "¶": r"\P{}", "©": r"\textcopyright{}", "°": r"\textdegree{}",
    "€": r"\texteuro{}", "£": r"\pounds{}", "✓": r"\ding{51}", "✗": r"\ding{55}", "✔": r"\ding{52}", "✘": r"\ding{56}",
    "‼": "!!", "¡": r"\textexclamdown{}", "¿": r"\textquestiondown{}", "¬": r"\ensuremath{\neg}",
    "□": r"\ensuremath{\square}", "′": r"\ensuremath{'}", "″": r"\ensuremath{''}", "\ufffd": r"\unknownchar{FFFD}",
}  # fmt: skip
_ACCENTS = {
    "\u0300": "`", "\u0301": "'", "\u0302": "^", "\u0303": "~", "\u0304": "=", "\u0306": "u", "\u0307": ".",
    "\u0308": '"', "\u030a": "r", "\u030b": "H", "\u030c": "v", "\u0323": "d", "\u0327": "c", "\u0328": "k",
    "\u0331": "b",
}  # fmt: skip
# ISO 259, simplified; points and accents of Hebrew are left out.
_HEBREW = {
    **dict(zip("בגדהוזיכךלמםנןספףקרת־׳״", "b g d h w z y k k l m m n n s p p q r t - ' ''".split(), strict=True)),
    "א": r"\textquoteright{}", "ע": r"\textquoteleft{}", "ח": r"\d{h}", "ט": r"\d{t}", "צ": r"\d{s}", "ץ": r"\d{s}",
    "ש": r"\v{s}",
}  # fmt: skip


def escape(words: str) -> str:
    """Prose that compiles and means the same, whatever it contains."""
    written: list[str] = []
    before, run = "", 0
    for char in unicodedata.normalize("NFC", clean(words)):
        if char == "\u20d7" and before.isalpha():
            written[-1] = (
                rf"\ensuremath{{\vec{{{MACROS.get(before, before)}}}}}"
                if before.isascii() or before in MACROS
                else written[-1] + _unknown(char)
            )
        elif unicodedata.combining(char) and written and _ACCENTS.get(char):
            written[-1] = _accented(written[-1], char)
        else:
            written.append(_letter(char, before))
        before, run = char, 0 if char in " -" else run + 1
        if run >= (_LONG_NUMBER if char.isdigit() else _LONG_WORD):
            written.append(r"\allowbreak{}")
            run = 0
    return "".join(written)


def plain_math(words: str) -> str:
    """Mathematics in one line of text: what is raised or lowered there stands so."""
    shifts = {"sup": r"\textsuperscript", "sub": r"\textsubscript"}
    written = ""
    for place, part in glyphs.scripts(clean(words)):
        inner = " " * part[:1].isspace() + escape(part) + " " * (part[-1:].isspace() and bool(part.strip()))
        written += f"{shifts[place]}{{{inner}}}" if place else inner
    return written


def code(words: str) -> str:
    """Text in typewriter type that may break after any sign."""
    written, run = [], 0
    for char in clean(words):
        written.append(escape(char) if char != " " else " ")
        run = run + 1 if char.isalnum() else 0
        if run % _LONG_WORD == 0 and char != " ":
            written.append(r"\allowbreak{}")
    return f"\\texttt{{{''.join(written)}}}"


def _letter(char: str, before: str) -> str:
    if char == before and char in "-,'":
        return "{}" + char  # not the ligature: -- is two hyphens here
    if char in _ASCII:
        return _ASCII[char]
    if char.isascii():
        return char
    if char in _SIGNS:
        return _SIGNS[char]
    if char in _HEBREW:
        return _HEBREW[char]
    if 0x0591 <= ord(char) <= 0x05C7:
        return ""
    if char in MACROS:
        return f"\\ensuremath{{{MACROS[char]}}}"
    return _composed(char) or _unknown(char)


def _composed(char: str) -> str:
    """Letters with accents, raised and lowered signs, styled letters; empty if a part cannot be typeset.

    A part is never dropped: ``≠`` without its stroke would say the opposite.
    """
    base, *marks = list(unicodedata.normalize("NFD", char))
    if marks and all(mark in _ACCENTS for mark in marks) and base.isalpha():
        written = _letter(base, "")
        for mark in marks:
            written = _accented(written, mark)
        return written
    if marks == ["\u0338"] and (base in MACROS or base in "<>="):
        return rf"\ensuremath{{\not {MACROS.get(base, base)}}}"
    plain = unicodedata.normalize("NFKD", char)
    if plain == char or not all(part.isascii() or part in MACROS or part in _SIGNS for part in plain):
        return ""
    inner = "".join(_letter(part, "") for part in plain)
    kind = unicodedata.decomposition(char)
    raised = r"\textsuperscript" if "<super>" in kind else r"\textsubscript" if "<sub>" in kind else ""
    return f"{raised}{{{inner}}}" if raised else inner


def _accented(letter: str, mark: str) -> str:
    """Over mathematics (ω̂) the accent is one of mathematics too."""
    if letter.startswith(r"\ensuremath{"):
        name = {"^": "hat", "~": "tilde", "=": "bar", ".": "dot", '"': "ddot", "v": "check", "u": "breve"}.get(
            _ACCENTS[mark]
        )
        return letter.replace(r"\ensuremath{", rf"\ensuremath{{\{name} ", 1) if name else letter + _unknown(mark)
    return f"\\{_ACCENTS[mark]}{{{letter}}}"


def _unknown(char: str) -> str:
    return f"\\unknownchar{{{ord(char):04X}}}"
