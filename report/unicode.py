"""LaTeX mathematics as one line of readable Unicode: ``\\frac{\\partial J}{\\partial V_c}`` → ``∂J/∂V_c``.

Made for terminals and plain text. It never fails: what it does not know stays as the author wrote it. Raised
and lowered signs are used where Unicode has them all (``x₁``, ``e⁻ˣ``, ``U_oᵀ``), and ``_`` or ``^`` otherwise.
Unicode has no lowered ``c`` or ``ω``; so that one line does not mix ``Uₒ`` with ``V_c``, letters are lowered
only when every subscript of the line (or, for :func:`texts`, of all the lines) can be.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass

from report.tex_parse import Node, Row, parse
from report.tex_symbols import (
    ACCENTS, BIG, BIN, CLOSE, OPEN, ORD, PUNCT, REL, SIZES, SPACE, SYMBOLS, WORD,
)  # fmt: skip
from report.text import clean

FRAC, DERIV, FENCE = "frac", "deriv", "fence"

_RAISED = dict(zip("0123456789+−=()abcdefghijklmnoprstuvwxyz∗*′⊤", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁼⁽⁾ᵃᵇᶜᵈᵉᶠᵍʰⁱʲᵏˡᵐⁿᵒᵖʳˢᵗᵘᵛʷˣʸᶻ**′ᵀ", strict=True))
_LOWERED = dict(zip("0123456789+−=()", "₀₁₂₃₄₅₆₇₈₉₊₋₌₍₎", strict=True))
_LOWERED_LETTERS = dict(zip("aehijklmnoprstuvx", "ₐₑₕᵢⱼₖₗₘₙₒₚᵣₛₜᵤᵥₓ", strict=True))
_CHAR_CLASSES = {
    **dict.fromkeys("+-−*/±×·÷∧∨∪∩∘⊕⊗", BIN), **dict.fromkeys("=<>≤≥≠≈∼≡∈∉→⇒⇔∝⊂⊆≪≫", REL), **dict.fromkeys("([⟨⌊⌈", OPEN),
    **dict.fromkeys(")]⟩⌋⌉", CLOSE), **dict.fromkeys(",;:", PUNCT), **dict.fromkeys("∑∏∫Σ∏", ORD),
}  # fmt: skip
_SPELLED = {"-": "−", "*": "∗", "∑": "Σ", "∏": "Π"}
_BOARD = dict(zip("CHNPQRZE", "ℂℍℕℙℚℝℤ𝔼", strict=True)) | {"1": "𝟙"}
_SCRIPT = dict(zip("BEFHILMR", "ℬℰℱℋℐℒℳℛ", strict=True))
_LETTERS = {"mathbb": _BOARD, "mathcal": _SCRIPT, "mathscr": _SCRIPT}


@dataclass(frozen=True, slots=True)
class _Piece:
    """A bit of finished text with its class; ``tail`` says that it ends in an unbracketed ``_`` or ``^``."""

    text: str
    cls: str = ORD
    tail: str = ""


def text(latex: str) -> str:
    """The line as one-line Unicode text."""
    return texts([latex])[0]


def texts(lines: Iterable[str]) -> list[str]:
    """Several lines that should write their subscripts alike, such as those of one derivation."""
    rows = [parse(line).row for line in lines]
    pretty = [_Writer(lowered_letters=True).line(row) for row in rows]
    if not any("_" in line for line in pretty):
        return pretty
    return [_Writer(lowered_letters=False).line(row) for row in rows]


@dataclass(frozen=True, slots=True)
class _Writer:
    lowered_letters: bool

    def line(self, row: Row) -> str:
        return clean(unicodedata.normalize("NFC", _join(self.pieces(row))))

    def tight(self, row: Row) -> str:
        """The row without spaces around operators, for scripts."""
        return _join(self.pieces(row), tight=True)

    def pieces(self, row: Row) -> list[_Piece]:
        found: list[_Piece] = []
        for node in row:
            if node.kind == "group" and node.parts[0]:
                # A braced group joins its row: {a}b reads ab.
                inner = self.pieces(node.parts[0])
                found += inner if len(inner) == 1 or not _has(inner, BIN, REL) else [_Piece(_join(inner), ORD)]
            else:
                found.append(self.piece(node))
        return [piece for piece in found if piece.text]

    def piece(self, node: Node) -> _Piece:
        match node.kind:
            case "char":
                return _Piece(_SPELLED.get(node.name, node.name), _CHAR_CLASSES.get(node.name, ORD))
            case "symbol":
                return _Piece(*SYMBOLS[node.name])
            case "scripts":
                return self.scripts(node)
            case "fence":
                return self.fence(node)
            case "size":
                side = next((cls for end, cls in (("l", OPEN), ("r", CLOSE)) if node.name.endswith(end)), ORD)
                side = REL if node.name in ("middle", *(s for s in SIZES if s.endswith("m"))) else side
                delimiter = _delimiter(node.right)
                return _Piece(delimiter, _CHAR_CLASSES.get(delimiter, side))
            case "env":
                return self.environment(node)
            case "text":
                return _Piece(self.words(node.name), WORD)
            case "command":
                return self.command(node)
        return _Piece(node.name)

    def scripts(self, node: Node) -> _Piece:
        (base, below, above), primes = node.parts, "′" * len(node.name)
        pieces = self.pieces(base)
        cls = pieces[0].cls if len(pieces) == 1 else ORD
        body = _join(pieces)
        if (len(pieces) > 1 and _has(pieces, BIN, REL)) or cls in (FRAC, DERIV):
            body, cls = f"({body})", FENCE
        if len(base) == 1 and base[0].kind == "command" and base[0].name in ("underbrace", "overbrace"):
            note = self.line(below or above)  # an annotation, not an index
            return _Piece(f"{body} [{note}]", cls)
        low, low_tail = self.lowered(below)
        high, high_tail = self.raised(above)
        if cls == BIG and above and low.startswith("_"):  # Σ_{t=1}^T: limits, where a raised T would transpose
            content = self.tight(above)
            high, high_tail = f"^{content}" if _is_atom(content) else f"^{{{content}}}", "^"
        tail = high_tail or ("" if high else low_tail)
        return _Piece(f"{body}{primes}{low}{high}", cls, tail)

    def lowered(self, row: Row) -> tuple[str, str]:
        content = self.tight(row)
        table = _LOWERED | _LOWERED_LETTERS if self.lowered_letters else _LOWERED
        if not content or all(char in table for char in content):
            return "".join(table[char] for char in content), ""
        return (f"_{content}", "_") if _is_atom(content) else (f"_{{{content}}}", "")

    def raised(self, row: Row) -> tuple[str, str]:
        content = self.tight(row)
        if content == "T" or not content:
            return ("ᵀ" if content else ""), ""
        if all(char in _RAISED for char in content):
            return "".join(_RAISED[char] for char in content), ""
        return (f"^{content}", "^") if _is_atom(content) else (f"^({content})", "^")

    def fence(self, node: Node) -> _Piece:
        left, right = _delimiter(node.name), _delimiter(node.right)
        return _Piece(f"{left}{_join(self.pieces(node.parts[0]))}{right}", FENCE)

    def environment(self, node: Node) -> _Piece:
        if node.name == "substack":
            return _Piece(", ".join(filter(None, (self.tight(cell) for row in node.rows for cell in row))))
        rows = [", ".join(filter(None, (self.line(cell) for cell in row))) for row in node.rows]
        if node.name in ("aligned", "split", "gathered"):
            rows = [" ".join(self.line(cell) for cell in row) for row in node.rows]
        body = "; ".join(row for row in rows if row)
        left, right = {
            "cases": ("{", "}"), "rcases": ("{", "}"), "aligned": ("", ""), "split": ("", ""), "gathered": ("", ""),
            "bmatrix": ("[", "]"), "Bmatrix": ("{", "}"), "vmatrix": ("|", "|"),
            "Vmatrix": ("‖", "‖"),
        }.get(node.name, ("(", ")"))  # fmt: skip
        return _Piece(f"{left}{body}{right}", FENCE if left else ORD)

    def words(self, words: str) -> str:
        """The words of a ``\\text``, with the mathematics among them."""
        parts = words.split("$")
        shown = [self.line(parse(part).row) if at % 2 else re.sub(r"\\(.?)", r"\1", part) for at, part in enumerate(parts)]
        return clean("".join(shown))

    def command(self, node: Node) -> _Piece:
        name, parts = node.name, node.parts
        if name in ("frac", "dfrac", "tfrac", "cfrac"):
            return self.fraction(parts[0], parts[1])
        if name.endswith("binom"):
            return _Piece(f"({self.line(parts[0])} choose {self.line(parts[1])})", FENCE)
        if name == "sqrt":
            sign = {"": "√", "3": "∛", "4": "∜"}.get(index := self.tight(parts[0]))
            body = self.line(parts[1])
            body = body if _is_atom(body) else f"({body})"
            return _Piece(f"{sign or f'root_{index} '}{body}")
        if name in ("underset", "overset", "stackrel"):
            script, base = self.tight(parts[0]), self.pieces(parts[1])
            sign = "_" if name == "underset" else "^"
            script = script if _is_atom(script) else f"{{{script}}}"
            return _Piece(f"{_join(base)}{sign}{script}", base[-1].cls if base else ORD, sign)
        if name in ("xrightarrow", "xleftarrow"):
            return _Piece(f"{'→' if name == 'xrightarrow' else '←'}[{self.line(parts[1])}]", REL)
        body = self.line(parts[-1])
        if name in ACCENTS:
            # One letter takes the accent; more are spelled out, as accents over many letters cannot be read.
            accent = name.removeprefix("wide").replace("overline", "bar")
            return _Piece(body + ACCENTS[name] if len(body) == 1 else f"{accent}({body})" if body else "")
        if name in _LETTERS:
            return _Piece("".join(_LETTERS[name].get(char, char) for char in body))
        if name == "not":
            return _Piece(body + "\u0338" if len(body) == 1 else f"not {body}", REL)
        if name == "pmod":
            return _Piece(f"(mod {body})", FENCE)
        wordy = name.rstrip("*") in ("operatorname", "mathop") or name.startswith(("text", "mbox"))
        if wordy or (name in ("mathrm", "mathsf", "mathtt") and len(body) > 1 and body.isalpha()):
            return _Piece(body, WORD)
        inner = self.pieces(parts[-1])
        return _Piece(body, inner[0].cls if len(inner) == 1 else {"mathbin": BIN, "mathrel": REL}.get(name, ORD))

    def fraction(self, above: Row, below: Row) -> _Piece:
        over, under = self.pieces(above), self.pieces(below)
        top, bottom = _join(over), _join(under)
        bare = top.removeprefix("−")
        if any(bare.startswith(d) and bottom.startswith(d) and len(bottom) > 1 for d in "∂d") and not _has(over, BIN, REL) and not _has(under, BIN, REL):
            return _Piece(f"{top}/{bottom}", DERIV)
        simple_top = bool(over) and all(p.cls in (ORD, FENCE, OPEN, CLOSE, PUNCT) for p in _signless(over))
        simple_top = simple_top or (len(over) == 1 and over[0].cls in (WORD, BIG))
        top = top if simple_top or _is_call(over) else f"({top})"
        bottom = bottom if _is_call(under) or bottom.replace(".", "").isdigit() else f"({bottom})"
        return _Piece(f"{top}/{bottom}", FRAC)


def _signless(pieces: list[_Piece]) -> list[_Piece]:
    return pieces[1:] if pieces[0].text == "−" else pieces


def _is_call(pieces: list[_Piece]) -> bool:
    """One atom, one bracket, or an atom applied to a bracket, such as σ(x)."""
    if len(pieces) == 1:
        return pieces[0].cls in (ORD, FENCE, WORD)
    opening = 0 if pieces and pieces[0].cls == OPEN else 1
    if len(pieces) > 2 and pieces[opening].cls == OPEN and pieces[-1].cls == CLOSE:
        return not _has(pieces[opening + 1 : -1], OPEN, CLOSE)
    return len(pieces) == 2 and pieces[0].cls in (ORD, WORD) and pieces[1].cls == FENCE


def _has(pieces: list[_Piece], *classes: str) -> bool:
    return any(piece.cls in classes for piece in _signless(pieces)) if pieces else False


def _is_atom(content: str) -> bool:
    """A single sign (accents aside), or one number: no brackets needed after ``_`` or ``^``."""
    return content.isdigit() or sum(not unicodedata.combining(char) for char in unicodedata.normalize("NFC", content)) <= 1


def _delimiter(token: str) -> str:
    name = token.removeprefix("\\")
    return "" if name in (".", "") else SYMBOLS[name][0] if token != name and name in SYMBOLS else name


def _join(pieces: list[_Piece], tight: bool = False) -> str:
    """The pieces in a row, with the spaces a typographer would leave."""
    result = ""
    before: _Piece | None = None
    last = len(pieces) - 1
    for at, piece in enumerate(pieces):
        after = pieces[at + 1] if at < last else None
        shown = piece
        if piece.cls == BIN and (before is None or before.cls in (BIN, REL, OPEN, PUNCT, WORD, BIG)):
            shown = _Piece(piece.text, "sign")  # not an operation: no space after it
        elif piece.cls == FRAC and (_multiplies(before) or _multiplies(after)):
            shown = _Piece(f"({piece.text})", FENCE)
        result += _gap(before, shown, tight) + shown.text
        before = shown
    return result


def _multiplies(piece: _Piece | None) -> bool:
    return piece is not None and piece.cls in (ORD, WORD, BIG, FRAC, DERIV, FENCE)


def _gap(before: _Piece | None, piece: _Piece, tight: bool) -> str:
    if before is None or before.cls == "sign" or piece.cls == SPACE or before.cls == SPACE:
        return ""
    a, b = before.cls, piece.cls
    if BIG in (a, b) and OPEN != a and not (BIG == b and a == OPEN):
        return " "
    if WORD in (a, b):
        opens = b in (OPEN, FENCE) and piece.text[:1] in "([{" and not before.text.endswith("}")
        apart = a not in (OPEN, "sign") and b not in (CLOSE, PUNCT) and not (a == WORD and opens)
        return " " if apart and not (tight and (BIN in (a, b) or REL in (a, b))) else ""
    if tight:
        return " " if before.tail and b == ORD and piece.text[:1].isalnum() else ""
    if a in (BIN, REL) or b in (BIN, REL) or a == PUNCT:
        return " "
    if a in (FRAC, DERIV) or b in (FRAC, DERIV):
        return "" if a == OPEN or b in (CLOSE, PUNCT, OPEN) or (b == FENCE and piece.text.startswith("(")) else " "
    if b == FENCE and piece.text.startswith("(") and piece.text.endswith(")") and "/" in piece.text and before.tail:
        return " "
    if before.tail == "^" and b in (ORD, OPEN, FENCE):
        return " "
    return " " if before.tail and b == ORD and (piece.text[:1].isalnum() or piece.text[0] in "∂∇") else ""
